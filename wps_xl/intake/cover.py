"""The Cover of a return: which form, cycle and entity it is, and who answers for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wps_xl.codebook import Codebook, Cycle
from wps_xl.forms.definitions import COVER, VERSION, Column, Form, FormSheet
from wps_xl.intake.catalogue import Place, issue
from wps_xl.intake.cells import Finding, Reader, Typed, failed
from wps_xl.intake.fronts import lines_of
from wps_xl.model import Book, Grid, Issue, Look, Value, column_letter, split_address

Seen = Callable[[Column, Value, Look, Reader], Typed | None]
"""What a cell is read as by its look; None where its value alone says it all."""


@dataclass(frozen=True)
class Cover:
    """What a Cover says: values by column code, the cell of each, and what it is called.

    ``sheet`` is the name of the sheet in the entity's own file.
    """

    values: Mapping[str, Value]
    cells: Mapping[str, str]
    findings: Mapping[str, Finding]
    headings: Mapping[str, str] = field(default_factory=dict)
    sheet: str = COVER

    def text(self, code: str) -> str:
        """The value of one line as text, blank where there is none."""
        value = self.values.get(code)
        return "" if value is None else str(value)


def read_cover(grid: Grid, sheet: FormSheet, readers: Mapping[str, Reader], seen: Seen) -> Cover:
    """What the Cover of a workbook says."""
    values: dict[str, Value] = {}
    cells: dict[str, str] = {}
    findings: dict[str, Finding] = {}
    for code, (row, column) in lines_of(grid, sheet):
        raw = grid.value(row, column)
        cell = cells[code] = f"{column_letter(column)}{row}"
        value, finding = (None, None) if raw is None else readers[code](raw)
        if raw is not None and cell in grid.looks:
            read = seen(sheet.columns[code], raw, grid.looks[cell], readers[code])
            value, finding = read or (value, finding)
        if cell in grid.objects:
            finding = Finding("cell-object", "")
        elif cell in grid.errors:
            finding = failed(grid.errors[cell])
        elif cell in grid.uncached:
            finding = Finding("formula-without-result", "")
        values[code] = value
        if finding is not None:
            findings[code] = finding
    headings = {code: column.heading for code, column in sheet.columns.items()}
    return Cover(values, cells, findings, headings, grid.name)


def place(
    book: str, cover: Cover | None, column: Column | None = None, entity: str = "", form: str = ""
) -> Place:
    """The place of one line of the Cover."""
    if cover is None or column is None:
        return Place(book, entity, form, cover.sheet if cover else "")
    cell = cover.cells.get(column.code)
    row = split_address(cell)[1] if cell else None
    named = (column.code, column.heading, column.para)
    return Place(book, entity, form, cover.sheet, cell, row, *named)


def is_signed(cover: Cover, sheet: FormSheet) -> bool:
    """Whether the entity says on the Cover when it was done, or that it was signed off.

    Names and addresses may have been filled in by the office.
    """
    asked = [c.code for c in sheet.columns.values() if not c.prefilled and c.type != "text"]
    return any(cover.values.get(code) is not None or code in cover.findings for code in asked)


def identity(
    book: Book, cover: Cover | None, codebook: Codebook, cycle: Cycle, sheet: FormSheet
) -> tuple[str, str, list[Issue]]:
    """The entity and form of a return, and the issues that set it aside."""
    if cover is None or not any(cover.cells.get(code) for code in ("form", "cycle", "entity")):
        return "", "", [issue("no-cover", place(book.name, None), found=_sheets(book))]
    issues = []
    known = {}
    for code, fault in (("form", "unknown-form"), ("entity", "unknown-entity")):
        known[code] = cover.text(code)
        if not known[code]:
            found = cover.findings[code].found if code in cover.findings else ""
            suggestion = cover.findings[code].suggestion if code in cover.findings else ""
            where = place(book.name, cover, sheet.columns[code])
            issues.append(issue(fault, where, found=found, suggestion=suggestion))
    if cover.text("cycle") != cycle.code:
        finding = cover.findings.get("cycle")
        found = finding.found if finding else cover.text("cycle")
        where = place(book.name, cover, sheet.columns["cycle"], known["entity"], known["form"])
        issues.append(issue("other-cycle", where, found=found, expected=cycle.name))
    return known["entity"], known["form"], issues


def other_form(
    book: Book, cover: Cover | None, named: Form, meant: Form, entity: str
) -> list[Issue]:
    """An issue where the workbook has the sheets of another form than its Cover names."""
    if meant is named:
        return []
    where = place(book.name, cover, named.cover.columns["form"], entity, named.code)
    sheets = ", ".join(meant.sheets)
    return [issue("other-form", where, found=named.label, other=sheets, suggestion=meant.label)]


def _sheets(book: Book) -> str:
    return ", ".join(book.grids)


def locked_values(cycle: Cycle) -> dict[str, Value]:
    """What the Cover of every form of a cycle says, prefilled and locked."""
    first, last = cycle.review
    begin, end = cycle.plan_period
    return {
        "cycle": cycle.code,
        "review_from": _midnight(first),
        "review_to": _midnight(last),
        "plan_from": _midnight(begin),
        "plan_to": _midnight(end),
        "practices_from": _midnight(cycle.practices_from),
    }


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day)


def changed_values(
    book: Book, cover: Cover, form: Form, entity: str, cycle: Cycle
) -> Iterator[Issue]:
    """An issue for each locked line whose value is not what the form was issued with."""
    for code, issued in locked_values(cycle).items():
        value = cover.values.get(code)
        if code != "cycle" and value is not None and value != issued:
            where = place(book.name, cover, form.cover.columns[code], entity, form.code)
            yield issue(
                "cover-changed",
                where,
                found=show(value),
                expected=show(issued),
                suggestion=show(issued),
            )


def version_issue(
    book: Book, cover: Cover, form: Form, entity: str, lacking: Sequence[str]
) -> Iterator[Issue]:
    """A warning for another version of the form, an error where columns are ``lacking``."""
    version = cover.text("form_version")
    if version and version != VERSION:
        where = place(book.name, cover, form.cover.columns["form_version"], entity, form.code)
        code = "old-version" if lacking else "other-version"
        yield issue(code, where, found=version, expected=VERSION, other="; ".join(lacking))


def show(value: Value) -> str:
    """A value as a message prints it: dates as year-month-day, whole numbers without a point."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return f"{int(value)}"
    if isinstance(value, float):
        # Excel shows no more than 15 digits.
        return f"{value:.15g}"
    return "" if value is None else str(value)
