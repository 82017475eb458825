"""From a workbook to a return: its Cover and its sheets, typed cell by cell, and their faults."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from wps_xl.codebook import Codebook, Cycle
from wps_xl.forms.definitions import VERSION, Column, Form, FormSheet, forms
from wps_xl.forms.imprint import Imprint
from wps_xl.intake import cells, seen, telling
from wps_xl.intake.account import Account, SheetAccount, whole
from wps_xl.intake.asides import told_asides
from wps_xl.intake.catalogue import Place, catalogue, issue
from wps_xl.intake.cells import Finding, Reader, Typed, read_column
from wps_xl.intake.cover import (
    Cover,
    changed_values,
    identity,
    is_signed,
    other_form,
    place,
    read_cover,
    version_issue,
)
from wps_xl.intake.days import date_reader
from wps_xl.intake.fronts import Front, front_of
from wps_xl.intake.issued import Issued
from wps_xl.intake.nothing import (
    empty_words,
    is_free,
    is_row_number,
    or_nothing,
    ordinary_texts,
)
from wps_xl.intake.outside import account_without_data, cover_account, remarks_on, table_account
from wps_xl.intake.quantities import Counting, odd_fractions
from wps_xl.intake.rows import covered_cells, never, odd_rows
from wps_xl.intake.sheets import RENAMED, Copied, meant, rows_anywhere, sheets_in
from wps_xl.intake.tables import REWORDED, RawTable, raw_table
from wps_xl.model import Book, Issue, Table, Value

SET_ASIDE, BLANK_FORM = "set-aside", "blank-form"


@dataclass(frozen=True)
class Return:
    """One form filled by an entity.

    ``status`` is blank where the return counts, else why it does not: set-aside, superseded,
    two-returns, blank-form. ``account`` is what was found in it, and what became of it.
    ``whole_sheet_faults`` names sheets whose rows are all held back, and why.
    ``silent`` are cells by sheet, row and column about which nothing more is to be said, since
    they lie under merged cells; those without column are rows of ``never``, which never count
    since they are totals or no data, each with its reason. ``idle`` are prepared rows that nobody
    filled, by sheet: Excel row and number. ``copies`` are copied sheets, whose rows do not count.
    ``dated`` says that the file has a date of its own; ``chosen`` that the office says it counts.
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
    silent: frozenset[tuple[str, int, str]] = frozenset()
    never: Mapping[tuple[str, int], str] = field(default_factory=dict)
    idle: Mapping[str, Mapping[int, Value]] = field(default_factory=dict)
    copies: tuple[Copied, ...] = ()
    account: Account = field(default_factory=Account)
    dated: bool = True
    chosen: bool = False

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

    @property
    def saved(self) -> dt.datetime:
        """When the file was saved, as a cell of the workbook keeps it."""
        return self.modified.replace(microsecond=0)

    @property
    def all_rows(self) -> frozenset[tuple[str, int]]:
        """Sheet and Excel row of all rows of data, those of copied sheets included."""
        return self.account.rows

    def sheet_called(self, name: str) -> str:
        """What the return itself calls a sheet of the form; a copied sheet has only that name."""
        return self.tables[name].sheet if name in self.tables else name

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


@dataclass(frozen=True)
class _Sheets:
    """The data sheets of one return, as in ``Return``."""

    tables: Mapping[str, Table]
    issues: list[Issue]
    whole_faults: Mapping[str, str]
    silent: frozenset[tuple[str, int, str]]
    never: Mapping[tuple[str, int], str]
    idle: Mapping[str, Mapping[int, Value]]
    copies: tuple[Copied, ...]
    accounts: list[SheetAccount]

    @property
    def rows(self) -> frozenset[tuple[str, int]]:
        """Sheet and Excel row of all rows of data, those of copied sheets included."""
        read = ((name, row) for name, table in self.tables.items() for row in table.numbers)
        copied = ((copy.sheet, row) for copy in self.copies for row in copy.rows)
        return frozenset((*read, *copied))


class ReturnReader:
    """Turns workbooks into returns for one cycle. Its readers are made once for all of them."""

    def __init__(self, codebook: Codebook, cycle: Cycle) -> None:
        self.codebook = codebook
        self.cycle = cycle
        self.forms = forms(codebook)
        self._counting = Counting.of(codebook)
        self._empty = empty_words(codebook)
        self._is_ordinary = ordinary_texts(self._empty).fullmatch
        self._issued = Issued(codebook, cycle)
        self._cover = next(iter(self.forms.values())).cover
        self._readers: dict[tuple[str, str], Mapping[str, Reader]] = {}
        self._known: dict[tuple[str, str], dict[Value, Typed]] = {}

    def read(self, book: Book) -> Return:
        """The return in ``book``; faults of the Cover that set it aside are its issues."""
        front = front_of(book, self._cover)
        item = self._read(book, front)
        return replace(item, issues=(*item.issues, *telling.on_arrival(book, item, front)))

    def _read(self, book: Book, front: Front | None) -> Return:
        lines = self._readers_of(self._cover)
        cover = read_cover(front.grid, self._cover, lines, seen.seen_on_cover) if front else None
        entity, form_code, faults = identity(book, cover, self.codebook, self.cycle, self._cover)
        form = self.forms.get(form_code)
        if front is not None and front.rivals:
            faults = [telling.two_covers(book, front)]
        elif form is not None and not faults:
            faults = other_form(book, cover, form, meant(book, form, self.forms), entity)
        is_form = form is not None and meant(book, form, self.forms) is form
        if form is None or front is None or cover is None or front.rivals or not is_form:
            return self._set_aside(book, entity, form_code, cover, faults)
        imprint = self._issued.imprint(book)
        is_old = cover.text("form_version") != VERSION
        sheets = self._tables(book, form, entity, is_old, front, imprint)
        issues = sheets.issues
        where = Place(book.name, entity, form.code)
        about, remarks = cover_account(front.grid, cover, self._issued, imprint)
        asides, fates = told_asides(
            book, where, sheets.tables, lambda said: self._issued.in_margins(said, form, imprint)
        )
        issues += [*remarks_on(replace(where, sheet=cover.sheet), remarks), *asides]
        account = Account((about, *sheets.accounts), fates, sheets.rows)
        if not faults:
            issues += changed_values(book, cover, form, entity, self.cycle)
            issues += self._cover_findings(book, cover, form, entity)
            lacking = [f"{i.sheet} {i.heading}" for i in issues if i.code.startswith("missing-")]
            version = list(version_issue(book, cover, form, entity, lacking))
            # The older version explains columns that no row must fill.
            explained = "missing-optional-column" if version else ""
            issues = [*(item for item in issues if item.code != explained), *version]
        status = SET_ASIDE if faults else ""
        is_whole = set(sheets.tables) == set(form.sheets) and not sheets.whole_faults
        if is_whole and account.holds_nothing and not (faults or is_signed(cover, form.cover)):
            status = BLANK_FORM
            line = place(book.name, cover, form.cover.columns["entity"], entity, form.code)
            issues = [issue(BLANK_FORM, line, found=entity)]
        return Return(
            book=book.name,
            modified=book.modified,
            entity=entity,
            form=form_code,
            cover=cover,
            tables=sheets.tables,
            issues=tuple(faults or issues),
            status=status,
            whole_sheet_faults=sheets.whole_faults,
            silent=sheets.silent,
            never=sheets.never,
            idle=sheets.idle,
            copies=sheets.copies,
            account=account,
            dated=book.dated,
        )

    def _set_aside(
        self, book: Book, entity: str, form: str, cover: Cover | None, faults: Sequence[Issue]
    ) -> Return:
        """A return of which nobody can say whose or which it is: its rows are only counted."""
        why = faults[0].code
        copies = rows_anywhere(book, self.forms.values(), self.cycle.classification, SET_ASIDE)
        unread = tuple(whole(grid, why) for grid in book.grids.values())
        fates = tuple((aside, why) for aside in book.asides)
        rows = frozenset((copy.sheet, row) for copy in copies for row in copy.rows)
        return Return(
            book.name,
            book.modified,
            entity,
            form,
            cover,
            {},
            tuple(faults),
            SET_ASIDE,
            copies=copies,
            account=Account(unread, fates, rows),
            dated=book.dated,
        )

    def _tables(
        self, book: Book, form: Form, entity: str, is_old: bool, front: Front, imprint: Imprint
    ) -> _Sheets:
        classification = self.cycle.classification
        layout = sheets_in(book, form, entity, classification, self._issued, front)
        accounts = [
            whole(book.grids[name], fate)
            for name, fate in layout.fates.items()
            if name not in {grid.name for grid in layout.grids.values()}
        ]
        tables: dict[str, Table] = {}
        issues = list(layout.issues)
        for grid in layout.without_data:
            account, remarks = account_without_data(grid, self._issued, imprint)
            accounts.append(account)
            issues += remarks_on(Place(book.name, entity, form.code, grid.name), remarks)
        faulty = dict.fromkeys(layout.renamed, RENAMED)
        silent: set[tuple[str, int, str]] = set()
        none: dict[tuple[str, int], str] = {}
        idle: dict[str, Mapping[int, Value]] = {}
        for name, grid in layout.grids.items():
            sheet = form.sheets[name]
            raw = raw_table(grid, sheet, classification)
            if is_old:
                raw = replace(raw, misfits=[m for m in raw.misfits if m.code != REWORDED])
            table, findings = self._typed(book, raw, sheet)
            tables[name], idle[name] = table, raw.idle
            shell = Return(book.name, book.modified, entity, form.code, None, {name: table}, ())
            required = {c.code for c in sheet.columns.values() if c.is_required(classification)}
            odd = [*odd_rows(raw, sheet, self.codebook, required), *seen.struck_rows(raw)]
            out = never(odd)
            none |= {(name, row): why for row, why in out.items()}
            hushed = {(row, "") for row in out}
            silent |= {(name, *at) for at in hushed | covered_cells(odd, raw.letters)}
            told = {at: what for at, what in findings.items() if at[0] not in out}
            account, beside = table_account(raw, sheet, self._issued, is_old, imprint)
            accounts.append(account)
            issues += telling.misfit_issues(shell, sheet, [*raw.misfits, *odd, *beside])
            issues += telling.cell_issues(shell, sheet, told)
            for misfit in raw.misfits:
                if misfit.row is None and catalogue()[misfit.code].severity == "error":
                    faulty.setdefault(name, misfit.code)
        shell = Return(book.name, book.modified, entity, form.code, None, tables, ())
        issues += telling.link_issues(shell, form, tables)
        silences = frozenset(silent)
        return _Sheets(tables, issues, faulty, silences, none, idle, layout.copies, accounts)

    def _typed(
        self, book: Book, raw: RawTable, sheet: FormSheet
    ) -> tuple[Table, dict[tuple[int, str], Finding]]:
        readers = self._readers_of(sheet)
        columns: dict[str, list[Value]] = {}
        findings: dict[tuple[int, str], Finding] = {}
        for code, column in sheet.columns.items():
            if code not in raw.columns:
                columns[code] = [None] * len(raw.numbers)
                continue
            coded = column.type != "text"
            memory = self._known.setdefault((sheet.name, code), {}) if coded else {}
            ordinary = self._is_ordinary if is_free(column) else is_row_number(column)
            columns[code], found = read_column(raw.columns[code], readers[code], memory, ordinary)
            findings |= {(raw.numbers[at], code): finding for at, finding in found.items()}
        for at, code, (value, finding) in seen.as_seen(raw, sheet, readers):
            columns[code][at] = value
            findings.pop((raw.numbers[at], code), None)
            findings |= {(raw.numbers[at], code): finding} if finding else {}
        for at, code, odd in odd_fractions(columns, sheet, self._counting):
            said = findings.get((raw.numbers[at], code))
            others = (said, *said.others) if said else ()
            findings[raw.numbers[at], code] = replace(odd, others=others)
        findings |= seen.linked_cells(raw, findings) | dict(seen.broken_cells(raw))
        about = (raw.letters, raw.headings, raw.heading_row)
        return Table(book.name, raw.grid.name, raw.numbers, columns, *about), findings

    def _readers_of(self, sheet: FormSheet) -> Mapping[str, Reader]:
        key = (sheet.form, sheet.name)
        if key not in self._readers:
            self._readers[key] = {
                code: self._reader(column) for code, column in sheet.columns.items()
            }
        return self._readers[key]

    def _reader(self, column: Column) -> Reader:
        needed = column.is_required(self.cycle.classification)
        return or_nothing(self._plain_reader(column), column, self._empty, needed)

    def _plain_reader(self, column: Column) -> Reader:
        if column.list_name:
            codes = self.codebook[column.list_name]
            return cells.codes_reader(codes) if column.many else cells.code_reader(codes)
        if column.type == "number":
            counts = bool(column.rule("at-least") or column.rule("above"))
            may_be_percent = not counts or column.rule("quotient") is not None
            return cells.number_reader(self.cycle.number_style, may_be_percent)
        if column.type == "date":
            return date_reader(self.cycle.plan_period[1])
        return cells.read_text if is_free(column) else cells.read_number_text

    def _cover_findings(self, book: Book, cover: Cover, form: Form, entity: str) -> Iterator[Issue]:
        for column in form.cover.columns.values():
            if column.code not in cover.cells and column.required == "yes":
                yield issue("missing-line", place(book.name, cover, column, entity, form.code))
        for code, finding in cover.findings.items():
            where = place(book.name, cover, form.cover.columns[code], entity, form.code)
            yield telling.said(finding, where)
