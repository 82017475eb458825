"""What we wrote last into generated ranges, so that what staff type over it is noticed and kept.

The hidden sheet ``Written`` holds a digest of every generated row and of every cell outside tables.
Rows may be sorted and columns moved: a row is known by what it says, not by where it stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b

import pandas as pd
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.model import Grid, Value, column_letter, column_number
from wps_xl.office.excel.package.blocks import LongBook
from wps_xl.office.excel.package.own_columns import plain_heading
from wps_xl.office.excel.pivots.layout import box_of
from wps_xl.office.excel.text import put, safe_text
from wps_xl.records import Note
from wps_xl.review.layout import SheetPlan
from wps_xl.review.table_rows import KEYS
from wps_xl.review.workbook import Review, Typed, sheets_of, table
from wps_xl.sheets.review.lists import beside_lists, columns_by_list

SHEET, NOTES = "Written", "Notes"
Box = tuple[int, int, int, int]

_ANY = "*"
_SIZE = 4
_CHARS = 2 * _SIZE
_CHUNK = 4000
_SHORT = 5_000
# Staff fill in its lists; they are read and written back.
_LISTS = "lists"


def add_written_sheet(book: LongBook, review: Review) -> None:
    """The hidden sheet that remembers what this workbook's generated ranges hold."""
    sheet = book.create_sheet(SHEET)
    sheet.sheet_state = "hidden"
    for at, heading in enumerate(("Sheet", "Digests"), start=1):
        put(sheet.cell(1, at), heading)
    number = 1
    for name, digests in _digests(book, review):
        for start in range(0, len(digests), _CHUNK):
            number += 1
            put(sheet.cell(number, 1), name)
            put(sheet.cell(number, 2), "".join(digests[start : start + _CHUNK]))


def _digests(book: LongBook, review: Review) -> Iterator[tuple[str, list[str]]]:
    for plan in sheets_of(review):
        if plan.kind == _LISTS:
            continue
        found: list[str] = []
        if _generated(plan):
            found += _row_digests(review.tables[plan.name][_generated(plan)])
        boxes = [box_of(_ref(pivot)) for pivot in vars(book[plan.name]).get("_pivots", ())]
        found += sorted(
            _cell_digest(address, value)
            for address, value in _loose_cells(book[plan.name], plan, boxes)
        )
        yield plan.name, found


def _ref(pivot: object) -> str:
    return str(pivot.location.ref)  # type: ignore[attr-defined]


def _loose_cells(
    sheet: Worksheet, plan: SheetPlan, boxes: Sequence[Box]
) -> Iterator[tuple[str, Value]]:
    """What we write outside of tables and PivotTables; a formula may show anything."""
    last = plan.header_row - 1 if plan.fields else sheet.max_row
    for row in sheet.iter_rows(max_row=last) if last else ():
        for cell in row:
            if cell.value is not None and not _inside(boxes, cell.row, cell.column):
                yield cell.coordinate, _ANY if cell.data_type == "f" else cell.value  # type: ignore[misc]


def _inside(boxes: Iterable[Box], row: int, column: int) -> bool:
    return any(
        left <= column <= right and top <= row <= bottom for left, top, right, bottom in boxes
    )


def _generated(plan: SheetPlan) -> list[str]:
    """The headings whose cells we write anew; none where all that staff type is read back."""
    if plan.kind != "data" and plan.name not in KEYS:
        return []
    return [field.heading for field in plan.fields if not field.office]


def _row_digests(frame: pd.DataFrame) -> list[str]:
    columns = [map(_plain, values) for values in frame.to_numpy(dtype=object).T.tolist()]
    return [_digest("\x1f".join(values)) for values in zip(*columns, strict=True)]


def _cell_digest(address: str, value: Value) -> str:
    return _digest(f"{address}\x1f{_plain(value)}")


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=_SIZE).hexdigest()


def _plain(value: object) -> str:
    """A value as it comes back from the file, whoever saved it."""
    if value is None or value != value:
        return ""
    if isinstance(value, str):
        if value.isprintable() and len(value) < _SHORT and "_x" not in value:
            return value
        return safe_text(value).replace("_x005F_", "_")
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int | float):
        return f"{value:.15g}"
    if isinstance(value, dt.datetime):
        return f"{value + dt.timedelta(milliseconds=500):%Y-%m-%d %H:%M:%S}"
    return f"{value:%Y-%m-%d} 00:00:00" if isinstance(value, dt.date) else str(value)


def typed_over(
    review: Review, grids: Mapping[str, Grid], pivots: Mapping[str, Sequence[Box]]
) -> tuple[Typed, ...]:
    """What stands in generated ranges and was not written by us.

    ``pivots`` are the ranges of PivotTables by sheet: what they show is counted, not typed.
    """
    known = _known(grids.get(SHEET))
    standing = {name.casefold(): grid for name, grid in grids.items()}
    places = {name.casefold(): boxes for name, boxes in pivots.items()}
    found: list[Typed] = []
    for plan in sheets_of(review) if known else ():
        name = plan.name.casefold()
        if name not in standing:
            continue
        digests, grid = known.get(name, set()), standing[name]
        found += _typed_rows(review, plan, digests)
        for row, column, value in _loose(grid, plan, review, places.get(name, ())):
            address = f"{column_letter(column)}{row}"
            marks = {_cell_digest(address, value), _cell_digest(address, _ANY)}
            if not marks & digests:
                found.append(Typed(plan.name, address, _plain(value)))
    return tuple(found)


def sheets_written(grids: Mapping[str, Grid]) -> set[str]:
    """The sheets that wps_xl wrote into the workbook last, in lower case."""
    return set(_known(grids.get(SHEET)))


def _known(grid: Grid | None) -> dict[str, set[str]]:
    """Sheet, in lower case → all digests of what we wrote there."""
    known: dict[str, set[str]] = {}
    for number in range(2, len(grid.rows) + 1) if grid else ():
        name, text = str(grid.value(number, 1)), str(grid.value(number, 2))  # type: ignore[union-attr]
        parts = known.setdefault(name.casefold(), set())
        parts.update(text[at : at + _CHARS] for at in range(0, len(text), _CHARS))
    return known


def _typed_rows(review: Review, plan: SheetPlan, digests: set[str]) -> Iterator[Typed]:
    headings = _generated(plan)
    if not headings:
        return
    frame, letters = review.tables[plan.name], review.letters[plan.name]
    first = min(letters.values(), key=column_number)
    for at, digest in enumerate(_row_digests(frame[headings])):
        values = frame.iloc[at].to_dict() if digest not in digests else {}
        row = {heading: values[heading] for heading in headings if heading in values}
        if any(value is not None for value in row.values()):
            text = " | ".join(_plain(value) for value in row.values() if value is not None)
            number = int(frame.index[at])
            yield Typed(plan.name, f"{first}{number}", text, number, row, letters)


def _loose(
    grid: Grid, plan: SheetPlan, review: Review, boxes: Sequence[Box]
) -> Iterator[tuple[int, int, Value]]:
    """Cells outside of the sheet's tables and PivotTables; columns of staff's own stay as they
    are beside a table."""
    if plan.kind == _LISTS:
        yield from beside_lists(grid, columns_by_list(review.codebook.tables["choices"]))
        return
    letters = review.letters.get(plan.name, {}) if plan.fields else {}
    top = _header_row(grid, plan, letters) if plan.fields else len(grid.rows) + 1
    settings = {line["code"] for line in plan.lines}
    for number, row in enumerate(grid.rows[: top - 1], start=1):
        for at, value in enumerate(row, start=1):
            if value is None or _inside(boxes, number, at):
                continue
            if at == 2 and settings and grid.value(number, 3) in settings:
                continue
            yield number, at, value


def _header_row(grid: Grid, plan: SheetPlan, letters: Mapping[str, str]) -> int:
    """Where the headings stand: staff may have put rows above them."""
    places = {heading: column_number(letter) for heading, letter in letters.items()}
    numbers = range(1, len(grid.rows) + 1)
    stands = (
        number
        for number in numbers
        if all(plain_heading(str(grid.value(number, at))) == h for h, at in places.items())
    )
    return next(stands, plan.header_row)


def with_notes(review: Review, moment: dt.datetime) -> tuple[Review, int]:
    """The review with what was typed over kept in sheet Notes, and how many notes that made.

    A row of a table is held against what stands there now: only cells that differ are kept; a row
    of a data sheet that is as it was typed will be lost when its return is gathered again, and is
    kept whole.
    """
    layout = {plan.name: plan for plan in sheets_of(review)}
    rows: list[dict[str, Value]] = []
    for sheet in dict.fromkeys(typed.sheet for typed in review.typed):
        rows += _notes(review, layout[sheet], [t for t in review.typed if t.sheet == sheet])
    if not rows:
        return review, 0
    notes = ({"When": moment, **row} for row in rows)
    tables = {**review.tables, NOTES: table(layout[NOTES], [*review.rows(Note), *notes])}
    return replace(review, tables=tables, typed=()), len(rows)


def _rows_now(review: Review, plan: SheetPlan) -> Callable[[Typed], Mapping[str, Value] | None]:
    """What a row of a table that was typed over has become: it may have moved, or be gone."""
    rows = review.rows_of(plan.name) if plan.fields else ()
    if plan.kind == "data":
        by_number = {row.at: row.by_heading() for row in rows}
        places = review.moves.get(plan.name)
        return lambda one: by_number.get(
            one.number if places is None else places.get(one.number, 0)
        )
    codes = KEYS.get(plan.name, ())
    keys = [field.heading for field in plan.fields if field.column in codes]
    by_heading = [row.by_heading() for row in rows if keys]
    by_key = {tuple(_plain(row[key]) for key in keys): row for row in by_heading}
    return lambda one: by_key.get(tuple(_plain(one.row[key]) for key in keys))


def _notes(review: Review, plan: SheetPlan, typed: Iterable[Typed]) -> Iterator[dict[str, Value]]:
    now = _rows_now(review, plan)
    for one in typed:
        row = now(one) if one.row else None
        if row is None:
            yield {"Sheet": one.sheet, "Cell": one.cell, "Text": one.text}
            continue
        changed = [
            heading
            for heading, value in one.row.items()
            if value is not None and _plain(value) != _plain(row[heading])
        ]
        for heading in changed:
            cell = f"{one.letters[heading]}{one.number}"
            yield {"Sheet": one.sheet, "Cell": cell, "Text": _plain(one.row[heading])}
        if not changed and plan.kind == "data":
            yield {"Sheet": one.sheet, "Cell": one.cell, "Text": one.text}
