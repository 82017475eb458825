# mypy: disable-error-code="misc, has-type, no-any-return"
"""The sheets of the test engine: ranges, tables and pivots over openpyxl.

It does to what is typed what Excel does: a text that looks like a number, a date, a truth value or
a formula becomes one unless an apostrophe stands before it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from desk.hosts.excel_record import RECORD, called
from openpyxl.cell import MergedCell
from openpyxl.utils import get_column_letter, range_boundaries
from xlwings import base_classes as base

if TYPE_CHECKING:
    from desk.hosts.excel_engine import Book


class Sheet(base.Sheet):
    def __init__(self, book: Book, ws: Any) -> None:
        self._book, self.ws = book, ws

    book = property(lambda self: self._book)
    index = property(lambda self: self._book.wb.index(self.ws) + 1)
    tables = property(lambda self: Tables(self))
    pivot_tables = property(lambda self: Pivots(self))
    visible = property(lambda self: self.ws.sheet_state == "visible")

    @property
    def name(self) -> str:
        called("sheet.name")
        return str(self.ws.title)

    @property
    def api(self) -> Any:
        called("sheet.api")
        return type("Api", (), {"ProtectContents": self.ws.protection.sheet})

    @property
    def used_range(self) -> Range:
        called("used_range")
        return Range(self, 1, 1, self.ws.max_row, self.ws.max_column)

    def range(self, first: Any, last: Any = None) -> Range:
        called("range")
        if isinstance(first, str):
            left, top, right, bottom = range_boundaries(first.replace("$", ""))
            return Range(self, int(top or 1), int(left or 1), int(bottom or 1), int(right or 1))
        last = last or first
        if isinstance(first, Range):
            first, last = (first.r1, first.c1), (last.r2, last.c2)
        return Range(self, first[0], first[1], last[0], last[1])

    def activate(self) -> None:
        called("activate")
        self._book.wb.active = self.ws


class Range(base.Range):
    def __init__(self, sheet: Sheet, top: int, left: int, bottom: int, right: int) -> None:
        self._sheet, self.options = sheet, dict[str, Any]()
        self.r1, self.c1, self.r2, self.c2 = top, left, bottom, right

    api = property(lambda self: self)
    sheet = property(lambda self: self._sheet)
    row = property(lambda self: self.r1)
    column = property(lambda self: self.c1)
    shape = property(lambda self: (self.r2 - self.r1 + 1, self.c2 - self.c1 + 1))
    has_array = property(lambda self: False)

    def __len__(self) -> int:
        return int(self.shape[0] * self.shape[1])

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = (row - 1) // self.shape[1] + 1, (row - 1) % self.shape[1] + 1
        row, column = self.r1 + row - 1, self.c1 + column - 1
        return Range(self._sheet, row, column, row, column)

    def get_address(self, rows: bool, columns: bool, external: bool) -> str:
        row, column = "$" if rows else "", "$" if columns else ""
        first = f"{column}{get_column_letter(self.c1)}{row}{self.r1}"
        last = f"{column}{get_column_letter(self.c2)}{row}{self.r2}"
        return first if self.shape == (1, 1) else f"{first}:{last}"

    address = property(lambda self: self.get_address(True, True, False))

    @property
    def coords(self) -> Any:
        return (self._sheet.ws.title, self.r1, self.c1, *self.shape)

    def _cells(self) -> Iterator[Any]:
        ws = self._sheet.ws
        for row in range(self.r1, self.r2 + 1):
            for column in range(self.c1, self.c2 + 1):
                yield ws.cell(row, column)

    @property
    def raw_value(self) -> Any:
        called("value")
        # Not ws.cell: it would make a cell of every blank.
        found = self._sheet.ws._cells
        columns = range(self.c1, self.c2 + 1)
        return [
            [found[row, column].value if (row, column) in found else None for column in columns]
            for row in range(self.r1, self.r2 + 1)
        ]

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        called("value=")
        block = isinstance(data, list | tuple)
        values = [value for row in data for value in row] if block else [data] * len(self)
        for cell, value in zip(self._cells(), values, strict=True):
            enter(cell, value)

    @property
    def formula(self) -> Any:
        called("formula")
        return [list(row) for row in self.raw_value]

    @property
    def number_format(self) -> Any:
        return next(self._cells()).number_format

    @number_format.setter
    def number_format(self, value: str) -> None:
        called("number_format=")
        for cell in self._cells():
            cell.number_format = value

    @property
    def row_height(self) -> float | None:
        called("row_height")
        rows = self._sheet.ws.row_dimensions
        found = {0.0 if rows[row].hidden else 15.0 for row in range(self.r1, self.r2 + 1)}
        return found.pop() if len(found) == 1 else None

    @property
    def merge_cells(self) -> bool | None:
        called("merge_cells")
        areas = [area.bounds for area in self._sheet.ws.merged_cells.ranges]
        inside = any(
            left <= self.c1 and top <= self.r1 and self.c2 <= right and self.r2 <= bottom
            for left, top, right, bottom in areas
        )
        apart = all(
            right < self.c1 or self.c2 < left or bottom < self.r1 or self.r2 < top
            for left, top, right, bottom in areas
        )
        return True if inside else False if apart else None

    @property
    def merge_area(self) -> Range:
        where = next(self._cells()).coordinate
        for area in self._sheet.ws.merged_cells.ranges:
            if where in area:
                return self._sheet.range(area.coord)
        return self

    def select(self) -> None:
        called("select")
        self._sheet.activate()
        chosen = self._sheet.ws.sheet_view.selection[0]
        chosen.activeCell = f"{get_column_letter(self.c1)}{self.r1}"
        chosen.sqref = self.get_address(False, False, False)


def enter(cell: Any, value: Any) -> None:
    """What stands in a cell after a value was assigned to it."""
    if isinstance(cell, MergedCell):
        return  # Excel keeps such a value and never shows it
    cell.quotePrefix = False
    if isinstance(value, str):
        if value.startswith("'"):
            cell.value = value[1:] or None
            cell.data_type = "s" if value[1:] else "n"
            return
        value = _guessed(value)
    cell.value = value


def _guessed(text: str) -> Any:
    if text == "":
        return None
    if text.upper() in ("TRUE", "FALSE"):
        return text.upper() == "TRUE"
    if re.fullmatch(r"[-+]?\d[\d,]*\.?\d*(E[-+]?\d+)?", text, re.IGNORECASE):
        return float(text.replace(",", ""))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return dt.datetime.fromisoformat(text)
    return text


class Tables(base.Collection):
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    api = property(lambda self: self)
    parent = property(lambda self: self.sheet)

    def __call__(self, key: Any) -> Table:
        tables = list(self.sheet.ws.tables.values())
        found = tables[key - 1] if isinstance(key, int) else self.sheet.ws.tables[key]
        return Table(self.sheet, found)

    def __len__(self) -> int:
        return len(self.sheet.ws.tables)

    def __iter__(self) -> Iterator[Table]:
        return (Table(self.sheet, table) for table in self.sheet.ws.tables.values())

    def __contains__(self, key: Any) -> bool:
        return key in self.sheet.ws.tables


class Table(base.Table):
    def __init__(self, sheet: Sheet, table: Any) -> None:
        self.sheet, self.table = sheet, table

    api = property(lambda self: self.table)
    parent = property(lambda self: self.sheet)
    name = property(lambda self: self.table.displayName)
    range = property(lambda self: self.sheet.range(self.table.ref))
    show_totals = property(lambda self: bool(self.table.totalsRowCount))

    @property
    def header_row_range(self) -> Range:
        found = self.range
        return Range(self.sheet, found.r1, found.c1, found.r1, found.c2)

    def resize(self, area: Range) -> None:
        called("resize")
        self.table.ref = area.get_address(False, False, False)


class Pivots(base.Collection):
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    api = property(lambda self: self)
    parent = property(lambda self: self.sheet)

    def __len__(self) -> int:
        return len(self.sheet.ws._pivots)

    def __call__(self, key: Any) -> Pivot:
        return Pivot(self.sheet, self.sheet.ws._pivots[key - 1])

    def __iter__(self) -> Iterator[Pivot]:
        return (Pivot(self.sheet, pivot) for pivot in self.sheet.ws._pivots)


class Pivot(base.PivotTable):
    def __init__(self, sheet: Sheet, pivot: Any) -> None:
        self.sheet, self.pivot = sheet, pivot

    name = property(lambda self: self.pivot.name)
    range = property(lambda self: self.sheet.range(self.pivot.location.ref))
    filters = property(lambda self: Filters(self.pivot.pageFields))

    def refresh(self) -> None:
        called("refresh")
        RECORD.refreshed.append(self.pivot.name)


class Filters(base.Collection):
    def __init__(self, fields: Any) -> None:
        self.fields = fields

    def __len__(self) -> int:
        return len(self.fields)
