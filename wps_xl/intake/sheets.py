"""Which sheet of a workbook is which sheet of the form; renamed and copied ones are told."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from wps_xl.forms.definitions import Form, FormSheet
from wps_xl.intake.account import ISSUED
from wps_xl.intake.catalogue import Place, issue
from wps_xl.intake.fronts import Front, plain_name
from wps_xl.intake.issued import Issued
from wps_xl.intake.outside import OWN_SHEET, own_sheet
from wps_xl.intake.tables import SEARCHED_ROWS, RawTable, raw_table
from wps_xl.model import Book, Grid, Issue, Value
from wps_xl.model.text import squeezed

_PARTS_FOUND = 0.8
RENAMED = "renamed-sheet"


@dataclass(frozen=True)
class Copied:
    """A filled copy of a sheet: what it is called, its Excel rows, and why they do not count."""

    sheet: str
    rows: Sequence[int]
    reason: str


@dataclass
class Layout:
    """Which sheet is which: the grid of each sheet of the form, which of them are called
    otherwise, the copies, and what is to be said of it all. ``fates`` are those of the sheets that
    are not read as tables, by their names, but for the sheets of the form ``without_data``."""

    grids: dict[str, Grid] = field(default_factory=dict)
    renamed: list[str] = field(default_factory=list)
    copies: tuple[Copied, ...] = ()
    fates: dict[str, str] = field(default_factory=dict)
    without_data: list[Grid] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def add_copy(self, where: Place, raw: RawTable, original: RawTable) -> None:
        """Note a copy; it is an error where it holds rows that the original does not."""
        there = set(_records(original))
        more = sum(record not in there for record in _records(raw))
        code = "copied-rows" if more else "copied-sheet"
        name, count = raw.grid.name, str(more or len(raw.numbers))
        place = replace(where, sheet=name, cell=f"A{raw.heading_row}")
        self.issues.append(issue(code, place, found=name, other=where.sheet, count=count))
        self.copies += (Copied(name, raw.numbers, code),)
        self.fates[name] = code


def sheets_of(book: Book, form: Form) -> dict[str, Grid]:
    """The data sheets of a form that the workbook has, by their name in the form."""
    grids: dict[str, Grid] = {}
    # Where two names differ by spaces alone, the one without them is meant.
    for name in sorted(book.grids, key=lambda name: "".join(name.split()) != name):
        grids.setdefault(plain_name(name), book.grids[name])
    found = {name: plain_name(name) for name in form.sheets}
    return {name: grids[plain] for name, plain in found.items() if plain in grids}


def meant(book: Book, form: Form, forms: Mapping[str, Form]) -> Form:
    """The form whose sheets the workbook has, where it has none of the form its Cover names."""
    if sheets_of(book, form):
        return form
    others = (other for other in forms.values() if _has_half(book, other))
    return next(others, form)


def _has_half(book: Book, form: Form) -> bool:
    return 2 * len(sheets_of(book, form)) >= len(form.sheets)


def rows_anywhere(
    book: Book, forms: Iterable[Form], classification: str, reason: str
) -> tuple[Copied, ...]:
    """The rows of every sheet that has the columns of a form's, under the sheet's own name."""
    sheets = [sheet for form in forms for sheet in form.sheets.values()]
    found = []
    for grid in book.grids.values():
        named = (s for s in sheets if plain_name(s.name) == plain_name(grid.name))
        tops = _tops(grid)
        alike = (s for s in sheets if _has_columns(tops, s))
        meant = next(chain(named, alike), None)
        rows = raw_table(grid, meant, classification).numbers if meant else ()
        if rows:
            found.append(Copied(grid.name, rows, reason))
    return tuple(found)


def sheets_in(
    book: Book, form: Form, entity: str, classification: str, issued: Issued, front: Front
) -> Layout:
    """The sheets of a form, those called otherwise among them, and the filled copies of a sheet.

    ``classification`` is the cycle's, on which some requirements depend. ``front`` is the Cover:
    where that is called otherwise, the whole workbook was exported, copied or translated, and a
    sheet that alone has the columns of one of the form is that one.
    """
    found = sheets_of(book, form)
    known = {grid.name for grid in found.values()}
    spare = {
        name: grid
        for name, grid in book.grids.items()
        if name not in known and name != front.grid.name
    }
    layout = Layout()
    tops = {name: _tops(grid) for name, grid in spare.items()}
    for name, sheet in form.sheets.items():
        alike = [other for other in spare if _has_columns(tops[other], sheet)]
        where = Place(book.name, entity, form.code, name)
        if name in found:
            layout.grids[name] = found[name]
            original = raw_table(found[name], sheet, classification) if alike else None
            for other in alike:
                raw = raw_table(spare.pop(other), sheet, classification)
                layout.fates[other] = ISSUED
                if raw.numbers and original is not None:
                    layout.add_copy(where, raw, original)
            continue
        if front.is_called_otherwise and len(alike) == 1:
            layout.grids[name] = spare.pop(alike[0])
            continue
        near = alike or difflib.get_close_matches(name, spare, n=1, cutoff=0.8)
        if not near:
            missing = issue("missing-sheet", where, other=name, found=", ".join(book.grids))
            layout.issues.append(missing)
            continue
        layout.issues.append(issue(RENAMED, where, other=name, found=near[0]))
        grid = spare.pop(near[0])
        layout.fates[grid.name] = RENAMED
        if raw_table(grid, sheet, classification).numbers:
            layout.grids[name] = grid
            layout.renamed.append(name)
    for own in spare.values():
        is_ours = issued.is_sheet_of_ours(own.name, own.value(1, 1))
        if is_ours:
            layout.without_data.append(own)
            continue
        layout.fates[own.name] = OWN_SHEET
        layout.issues += own_sheet(Place(book.name, entity, form.code), own)
    return layout


def _tops(grid: Grid) -> list[set[str]]:
    """The texts of the rows near the top of a sheet."""
    rows = (
        {squeezed(value) for value in row if isinstance(value, str)}
        for row in grid.rows[:SEARCHED_ROWS]
    )
    return [texts for texts in rows if texts]


def _has_columns(tops: Sequence[set[str]], sheet: FormSheet) -> bool:
    """Whether one of these rows holds nearly all codes of the sheet, or nearly all headings."""
    least = _PARTS_FOUND * len(sheet.columns)
    for texts in tops:
        if len(texts) >= least:
            headings = {code for text in texts if (code := sheet.by_heading(text))}
            if max(len(texts & sheet.columns.keys()), len(headings)) >= least:
                return True
    return False


def _records(raw: RawTable) -> list[tuple[Value, ...]]:
    """The rows of a table, to be held against those of another."""
    blanks = [None] * len(raw.numbers)
    columns = [raw.columns.get(code, blanks) for code in sorted(raw.columns)]
    return list(zip(*columns, strict=True))
