"""From a workbook to a return: its Cover and its sheets, typed cell by cell, and their faults."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from wps_xl.codebook import Codebook, Cycle
from wps_xl.forms.definitions import Column, Form, FormSheet, forms
from wps_xl.intake import cells
from wps_xl.intake.catalogue import Place, issue
from wps_xl.intake.cells import Finding, Reader, Typed, read_column
from wps_xl.intake.cover import Cover, changed_values, identity, place, read_cover, version_issue
from wps_xl.intake.tables import Misfit, RawTable, raw_table
from wps_xl.model import Book, Issue, Table, Value

SET_ASIDE = "set-aside"


@dataclass(frozen=True)
class Return:
    """One form filled by an entity.

    ``status`` is blank where the return counts, else why it does not: set-aside, superseded,
    two-returns. ``whole_sheet_faults`` names sheets whose rows are all held back, and why.
    """

    book: str
    modified: dt.datetime
    entity: str
    form: str
    cover: Cover | None
    tables: Mapping[str, Table]
    issues: tuple[Issue, ...]
    status: str = ""
    whole_sheet_faults: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def content(self) -> str:
        """A fingerprint of what was filled in, whatever the file is called or when it was saved."""
        parts: list[object] = [self.entity, self.form]
        if self.cover is not None:
            parts += sorted((code, repr(value)) for code, value in self.cover.values.items())
        for name, table in self.tables.items():
            parts.append(name)
            parts += [(code, list(values)) for code, values in sorted(table.columns.items())]
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    def place(self, sheet: FormSheet, row: int | None, column: str = "") -> Place:
        """Where an issue of one row and column points; a column not found has no cell."""
        table = self.tables[sheet.name]
        letter = table.letters.get(column)
        about = sheet.columns.get(column)
        return Place(
            book=self.book,
            entity=self.entity,
            form=self.form,
            sheet=table.sheet,
            cell=f"{letter}{row}" if letter and row else None,
            row=row,
            column=column,
            heading=table.headings.get(column, about.heading if about else ""),
            para=about.para if about else "",
        )


class ReturnReader:
    """Turns workbooks into returns for one cycle. Its readers are made once for all of them."""

    def __init__(self, codebook: Codebook, cycle: Cycle) -> None:
        self.codebook = codebook
        self.cycle = cycle
        self.forms = forms(codebook)
        self._cover = next(iter(self.forms.values())).cover
        self._readers: dict[tuple[str, str], Mapping[str, Reader]] = {}
        self._known: dict[tuple[str, str], dict[Value, Typed]] = {}

    def read(self, book: Book) -> Return:
        """The return in ``book``; faults of the Cover that set it aside are its issues."""
        cover = read_cover(book, self._cover, self._readers_of(self._cover))
        entity, form_code, faults = identity(book, cover, self.codebook, self.cycle, self._cover)
        form = self.forms.get(form_code)
        if form is None or cover is None:
            return Return(
                book.name, book.modified, entity, form_code, cover, {}, tuple(faults), SET_ASIDE
            )
        tables, issues, whole = self._tables(book, form, entity)
        if not faults:
            issues += changed_values(book, cover, form, entity, self.cycle)
            issues += self._cover_findings(book, cover, form, entity)
            complete = not any(item.code.startswith("missing") for item in issues)
            issues += version_issue(book, cover, form, entity, complete)
        return Return(
            book=book.name,
            modified=book.modified,
            entity=entity,
            form=form_code,
            cover=cover,
            tables=tables,
            issues=tuple(faults or issues),
            status=SET_ASIDE if faults else "",
            whole_sheet_faults=whole,
        )

    def _tables(
        self, book: Book, form: Form, entity: str
    ) -> tuple[dict[str, Table], list[Issue], dict[str, str]]:
        grids = {name.strip().casefold(): grid for name, grid in book.grids.items()}
        tables: dict[str, Table] = {}
        issues: list[Issue] = []
        whole: dict[str, str] = {}
        for name, sheet in form.sheets.items():
            grid = grids.get(name.casefold())
            if grid is None:
                where = Place(book.name, entity, form.code, name)
                issues.append(
                    issue("missing-sheet", where, other=name, found=", ".join(book.grids))
                )
                continue
            raw = raw_table(grid, sheet, self.cycle.classification)
            table, findings = self._typed(book, raw, sheet)
            tables[name] = table
            shell = Return(book.name, book.modified, entity, form.code, None, {name: table}, ())
            found = list(_misfits(shell, sheet, raw.misfits)) + list(
                _cell_issues(shell, sheet, findings)
            )
            issues += found
            for item in found:
                if item.severity == "error" and item.row is None:
                    whole.setdefault(name, item.code)
        return tables, issues, whole

    def _typed(
        self, book: Book, raw: RawTable, sheet: FormSheet
    ) -> tuple[Table, dict[tuple[int, str], Finding]]:
        readers = self._readers_of(sheet)
        coded = {column.code for column in sheet.columns.values() if column.type != "text"}
        columns: dict[str, Sequence[Value]] = {}
        findings: dict[tuple[int, str], Finding] = {}
        for code in sheet.columns:
            if code not in raw.columns:
                columns[code] = [None] * len(raw.numbers)
                continue
            memory = self._known.setdefault((sheet.name, code), {}) if code in coded else None
            columns[code], found = read_column(raw.columns[code], readers[code], memory)
            findings |= {(raw.numbers[at], code): finding for at, finding in found.items()}
        findings |= dict(_broken_cells(raw))
        table = Table(
            book.name,
            raw.grid.name,
            raw.numbers,
            columns,
            raw.letters,
            raw.headings,
            raw.heading_row,
        )
        return table, findings

    def _readers_of(self, sheet: FormSheet) -> Mapping[str, Reader]:
        key = (sheet.form, sheet.name)
        if key not in self._readers:
            self._readers[key] = {
                code: self._reader(column) for code, column in sheet.columns.items()
            }
        return self._readers[key]

    def _reader(self, column: Column) -> Reader:
        if column.list_name:
            codes = self.codebook[column.list_name]
            return cells.codes_reader(codes) if column.many else cells.code_reader(codes)
        if column.type == "number":
            return cells.number_reader(self.cycle.number_style)
        if column.type == "date":
            return cells.read_date
        is_number = column.rule("unique") or column.rule("refers-to")
        return cells.read_number_text if is_number else cells.read_text

    def _cover_findings(self, book: Book, cover: Cover, form: Form, entity: str) -> Iterator[Issue]:
        for code, finding in cover.findings.items():
            where = place(book.name, cover, form.cover.columns[code], entity, form.code)
            yield issue(
                finding.code,
                where,
                found=finding.found,
                suggestion=finding.suggestion,
                expected=finding.expected,
            )


def _broken_cells(raw: RawTable) -> Iterator[tuple[tuple[int, str], Finding]]:
    """Findings for cells that show an error or a formula without a result."""
    columns = {letter: code for code, letter in raw.letters.items()}
    rows = set(raw.numbers)
    for cell, shown in {**raw.grid.errors, **dict.fromkeys(raw.grid.uncached, "")}.items():
        letters = "".join(filter(str.isalpha, cell))
        row = int(cell[len(letters) :])
        if letters in columns and row in rows:
            code = "error-value" if shown else "formula-without-result"
            yield (row, columns[letters]), Finding(code, shown)


def _cell_issues(
    shell: Return, sheet: FormSheet, findings: Mapping[tuple[int, str], Finding]
) -> Iterator[Issue]:
    for (row, column), finding in sorted(findings.items()):
        yield issue(
            finding.code,
            shell.place(sheet, row, column),
            found=finding.found,
            suggestion=finding.suggestion,
            expected=finding.expected,
        )


def _misfits(shell: Return, sheet: FormSheet, misfits: Sequence[Misfit]) -> Iterator[Issue]:
    table = shell.tables[sheet.name]
    for misfit in misfits:
        column = sheet.columns.get(misfit.column)
        where = Place(
            book=shell.book,
            entity=shell.entity,
            form=shell.form,
            sheet=table.sheet,
            cell=misfit.cell,
            column=misfit.column,
            heading=column.heading if column else "",
            para=column.para if column else "",
        )
        yield issue(
            misfit.code,
            where,
            found=misfit.found,
            suggestion=misfit.suggestion,
            cells=misfit.place,
        )
