"""The sheets of a workbook as they stand on Excel's screen, as grids."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from wps_xl.errors import InputError
from wps_xl.model import Grid, Value, column_letter
from wps_xl.office.reading.plain import plain_moment, plain_number, without_blank_ends

ERRORS = frozenset(
    ("#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!", "#SPILL!", "#CALC!")
)
MOST_CELLS = 5_000_000

# xlwings says what its objects are only inside Excel.
XwSheet = Any
Box = tuple[int, int, int, int]
"""Top, left, bottom, right, where nothing else is said."""


def grids(book: Any) -> dict[str, Grid]:
    """Every worksheet of an open workbook, in the order of the tabs.

    Raises
    ------
    InputError
        Where a sheet reaches too far to be read.
    """
    return {sheet.name: _with_looks(sheet, values(sheet)) for sheet in book.sheets}


def _with_looks(sheet: XwSheet, grid: Grid) -> Grid:
    """The grid with merged ranges and hidden rows."""
    top, left, bottom, right = _used(sheet)
    return replace(
        grid,
        merged=tuple(sorted(_merged(sheet, (top, left, bottom, right)))),
        hidden_rows=frozenset(
            row for row in _hidden(sheet, top, bottom - top + 1) if row <= len(grid.rows)
        ),
    )


def _used(sheet: XwSheet) -> Box:
    used = sheet.used_range
    height, width = used.shape
    return used.row, used.column, used.row + height - 1, used.column + width - 1


def values(sheet: XwSheet) -> Grid:
    """The values and error values of a sheet, whatever it looks like."""
    top, left, bottom, right = _used(sheet)
    height, width = bottom - top + 1, right - left + 1
    if height * width > MOST_CELLS:
        raise InputError(
            f"Sheet {sheet.name} reaches down to row {top + height - 1:,}, to column "
            f"{column_letter(left + width - 1)}. Delete the empty rows and columns behind its "
            "data, then try again."
        )
    area = sheet.range((top, left), (bottom, right))
    found = area.options(ndim=2, err_to_str=True).value
    errors: dict[str, str] = {}
    rows: list[list[Value]] = [[] for _ in range(top - 1)]
    for number, line in enumerate(found, start=top):
        row: list[Value] = [None] * (left - 1)
        for at, value in enumerate(line, start=left):
            if isinstance(value, str) and value in ERRORS:
                errors[f"{column_letter(at)}{number}"] = value
                value = None
            row.append(_plain(value))
        rows.append(row)
    return Grid(sheet.name, without_blank_ends(rows), bool(sheet.visible), errors=errors)


def _plain(value: object) -> Value:
    """A value as files hold it: Excel hands over each number as a fraction."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float | int):
        number: Value = plain_number(float(value))
        return number
    if isinstance(value, dt.datetime):
        moment: Value = plain_moment(value.replace(tzinfo=None))
        return moment
    return str(value) if value not in (None, "") else None


def _hidden(sheet: XwSheet, top: int, height: int) -> Iterator[int]:
    """Hidden rows. One question answers for a stretch of rows that are equally high."""
    stretch = sheet.range((top, 1), (top + height - 1, 1))
    found = stretch.row_height
    if found is not None or height == 1:
        yield from range(top, top + height) if found == 0 else ()
        return
    half = height // 2
    yield from _hidden(sheet, top, half)
    yield from _hidden(sheet, top + half, height - half)


def _merged(sheet: XwSheet, box: Box) -> set[str]:
    """Merged ranges, found by halving: most sheets have none and answer once."""
    top, left, bottom, right = box
    area = sheet.range((top, left), (bottom, right))
    if area.merge_cells is False:
        return set()
    if area.merge_cells:
        whole = sheet.range((top, left)).merge_area
        height, width = whole.shape
        if bottom < whole.row + height and right < whole.column + width:
            return {whole.get_address(False, False)}
    if bottom - top >= right - left:
        middle = (top + bottom) // 2
        halves = (top, left, middle, right), (middle + 1, left, bottom, right)
    else:
        middle = (left + right) // 2
        halves = (top, left, bottom, middle), (top, middle + 1, bottom, right)
    return _merged(sheet, halves[0]) | _merged(sheet, halves[1])


def pivot_boxes(sheet: XwSheet) -> list[Box]:
    """Where PivotTables stand: left, top, right, bottom, their filters included."""
    boxes = []
    for pivot in sheet.pivot_tables:
        area, filters = pivot.range, len(pivot.filters)
        height, width = area.shape
        top = max(1, area.row - (filters + 1 if filters else 0))
        boxes.append((area.column, top, area.column + width - 1, area.row + height - 1))
    return boxes


def selection(book: Any) -> Mapping[str, Any]:
    """What is selected: the sheet's name, and row and column of the first cell."""
    area = book.app.selection
    if area is None:
        return {"sheet": book.sheets.active.name, "row": 1, "column": 1}
    return {"sheet": area.sheet.name, "row": area.row, "column": area.column}


def is_protected(sheet: Any) -> bool:
    """Whether cells of a sheet are protected; xlwings itself has no word for it."""
    return flag(sheet, "ProtectContents", "protect_contents")


def flag(thing: Any, windows: str, mac: str) -> bool:
    """A yes-or-no property of Excel's own object: COM on Windows, appscript on macOS."""
    api = thing.api
    if hasattr(api, windows):
        return bool(getattr(api, windows))
    return bool(getattr(api, mac).get())
