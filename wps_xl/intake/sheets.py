"""Which sheet of a workbook is which sheet of the form; renamed and copied ones are told."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from wps_xl.forms.definitions import COVER, Form, FormSheet
from wps_xl.intake.catalogue import Place, issue
from wps_xl.intake.tables import raw_table
from wps_xl.model import Book, Grid, Issue

_PARTS_FOUND = 0.8


def sheets_of(book: Book, form: Form) -> dict[str, Grid]:
    """The data sheets of a form that the workbook has, by their name in the form."""
    grids = {name.strip().casefold(): grid for name, grid in book.grids.items()}
    return {name: grids[name.casefold()] for name in form.sheets if name.casefold() in grids}


def meant(book: Book, form: Form, forms: Mapping[str, Form]) -> Form:
    """The form whose sheets the workbook has, where it has none of the form its Cover names."""
    if sheets_of(book, form):
        return form
    others = (other for other in forms.values() if _has_half(book, other))
    return next(others, form)


def _has_half(book: Book, form: Form) -> bool:
    return 2 * len(sheets_of(book, form)) >= len(form.sheets)


def sheet_issues(
    book: Book, form: Form, entity: str, classification: str, found: Mapping[str, Grid]
) -> Iterator[Issue]:
    """Issues for sheets that are missing or renamed, and for filled copies of a sheet."""
    known = {name.casefold() for name in (COVER, *form.sheets)}
    spare = {n: grid for n, grid in book.grids.items() if n.strip().casefold() not in known}
    for name, sheet in form.sheets.items():
        alike = [other for other, grid in spare.items() if _has_columns(grid, sheet)]
        where = Place(book.name, entity, form.code, name)
        if name in found:
            for other in alike:
                yield from _copied(book, form, entity, sheet, spare.pop(other), classification)
            continue
        near = alike or difflib.get_close_matches(name, spare, n=1, cutoff=0.8)
        if near:
            spare.pop(near[0])
            yield issue("renamed-sheet", where, other=name, found=near[0], suggestion=name)
        else:
            yield issue("missing-sheet", where, other=name, found=", ".join(book.grids))


def _has_columns(grid: Grid, sheet: FormSheet) -> bool:
    """Whether a row near the top holds nearly all codes of the sheet."""
    wanted = set(sheet.columns)
    least = _PARTS_FOUND * len(wanted)
    return any(
        len(wanted & {value for value in row if isinstance(value, str)}) >= least
        for row in grid.rows[:10]
        if len(row) >= least
    )


def _copied(
    book: Book, form: Form, entity: str, sheet: FormSheet, grid: Grid, classification: str
) -> Iterator[Issue]:
    raw = raw_table(grid, sheet, classification)
    if raw.numbers:
        cell = f"A{raw.heading_row}"
        where = Place(book.name, entity, form.code, grid.name, cell)
        count = str(len(raw.numbers))
        yield issue("copied-sheet", where, found=grid.name, other=sheet.name, count=count)
