# mypy: disable-error-code="misc, has-type, no-any-return"
"""A test engine for the real, unmodified xlwings: workbooks of openpyxl behind its interface.

It does to what is typed what Excel does: a text that looks like a number, a date, a truth value or
a formula becomes one unless an apostrophe stands before it. Numbers are handed over as fractions.
``FAILING`` makes the call with that number fail as a busy Excel does.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import xlwings as xw
from openpyxl.cell import MergedCell
from openpyxl.utils import get_column_letter, range_boundaries
from xlwings import base_classes as base

ERRORS = {"#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!"}


class Record:
    """What happened: calls, alerts, texts of the status bar, pivots refreshed; what shall fail."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.failing: frozenset[int] = frozenset()
        self.alerts: list[str] = []
        self.status: list[object] = []
        self.refreshed: list[str] = []
        self.answers: list[object] = []
        self.quiet = True


RECORD = Record()


def called(name: str) -> None:
    """Note a call, and fail if it is its turn."""
    if RECORD.quiet:
        return
    RECORD.calls.append(name)
    if len(RECORD.calls) in RECORD.failing:
        raise xw.XlwingsError(f"call {len(RECORD.calls)}, {name}: Excel is busy")


class Engine:
    name, type = "openpyxl", "desktop"

    def __init__(self) -> None:
        self.apps = Apps()

    @staticmethod
    def clean_value_data(
        data: Any, dates: Any, empty_as: Any, numbers: Any, err_to_str: bool
    ) -> list[list[Any]]:
        def clean(value: Any) -> Any:
            if value is None:
                return empty_as
            if isinstance(value, str) and value in ERRORS:
                return value if err_to_str else empty_as
            if isinstance(value, bool | str):
                return value
            if isinstance(value, int | float):
                return numbers(value) if numbers else float(value)
            return value

        return [[clean(value) for value in row] for row in data]

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        return "" if value is None else value


class Apps(base.Apps):
    def __init__(self) -> None:
        self.open: list[App] = []

    def add(
        self, spec: Any = None, add_book: Any = None, xl: Any = None, visible: Any = None
    ) -> App:
        self.open.insert(0, App(self))
        return self.open[0]

    def keys(self) -> list[int]:
        return [app.pid for app in self.open]

    def __iter__(self) -> Iterator[App]:
        return iter(self.open)

    def __len__(self) -> int:
        return len(self.open)

    def __getitem__(self, pid: int) -> App:
        return next(app for app in self.open if app.pid == pid)

    @staticmethod
    def cleanup() -> None:
        pass


class App(base.App):
    STATES = ("screen_updating", "display_alerts", "enable_events", "calculation", "status_bar")

    def __init__(self, apps: Apps) -> None:
        self._books = Books(self)
        self.states: dict[str, Any] = {
            "screen_updating": True,
            "display_alerts": True,
            "enable_events": True,
            "calculation": "automatic",
            "status_bar": False,
        }

    engine = property(lambda self: ENGINE)
    pid = property(lambda self: 1)
    books = property(lambda self: self._books)
    api = property(lambda self: AppApi())
    version = property(lambda self: "16.0")
    visible = property(lambda self: True, lambda self, value: None)

    def activate(self, steal_focus: bool = False) -> None:
        pass

    @property
    def selection(self) -> Range | None:
        called("selection")
        book = self._books.active
        if book is None:
            return None
        sheet = book.sheets.active
        return sheet.range(sheet.ws.sheet_view.selection[0].sqref.split(" ")[0])

    def alert(self, prompt: str, title: str, buttons: str, mode: str, callback: Any) -> str:
        called("alert")
        RECORD.alerts.append(prompt)
        return "ok"


def _state(name: str) -> property:
    def get(self: App) -> Any:
        called(name)
        return self.states[name]

    def put(self: App, value: Any) -> None:
        called(f"{name}=")
        self.states[name] = value
        if name == "status_bar":
            RECORD.status.append(value)

    return property(get, put)


for _name in App.STATES:
    setattr(App, _name, _state(_name))


class AppApi:
    """What COM offers and xlwings has no word for."""

    def InputBox(self, *words: object, Type: int) -> object:  # noqa: N802, N803
        return RECORD.answers.pop(0)

    def FileDialog(self, kind: int) -> Dialog:  # noqa: N802
        return Dialog()


class Dialog:
    class Filters:
        Clear = staticmethod(lambda: None)
        Add = staticmethod(lambda name, pattern: None)

    def Show(self) -> int:  # noqa: N802
        self.chosen = RECORD.answers.pop(0)
        return -1 if self.chosen else 0

    def SelectedItems(self, number: int) -> object:  # noqa: N802
        return self.chosen


class Books(base.Books):
    def __init__(self, app: App) -> None:
        self.app, self.open_books = app, list[Book]()

    api = property(lambda self: self)
    active = property(lambda self: self.open_books[0] if self.open_books else None)

    def open(self, fullname: Any, *words: Any, **named: Any) -> Book:
        called("open")
        path = Path(fullname).resolve()
        self.open_books.insert(0, Book(self, openpyxl.load_workbook(path), str(path)))
        return self.open_books[0]

    def __call__(self, key: Any) -> Book:
        for book in self.open_books:
            if str(key).lower() in (book.name.lower(), book.fullname.lower()):
                return book
        raise KeyError(key)

    def __contains__(self, key: Any) -> bool:
        return any(str(key).lower() == book.name.lower() for book in self.open_books)

    def __len__(self) -> int:
        return len(self.open_books)

    def __iter__(self) -> Iterator[Book]:
        return iter(self.open_books)


class Book(base.Book):
    def __init__(self, books: Books, wb: openpyxl.Workbook, fullname: str) -> None:
        self.books, self.wb, self.where = books, wb, fullname
        self.read_only = False

    app = property(lambda self: self.books.app)
    fullname = property(lambda self: self.where)
    name = property(lambda self: re.split(r"[\\/]", self.where)[-1])
    sheets = property(lambda self: Sheets(self))

    @property
    def api(self) -> Any:
        called("book.api")
        return type("Api", (), {"ReadOnly": self.read_only})

    def activate(self) -> None:
        self.books.open_books.remove(self)
        self.books.open_books.insert(0, self)

    def close(self) -> None:
        called("close")
        self.books.open_books.remove(self)

    def save(self, path: Any = None, password: Any = None) -> None:
        called("save")
        self.wb.save(self.where)


class Sheets(base.Sheets):
    def __init__(self, book: Book) -> None:
        self.book = book

    active = property(lambda self: Sheet(self.book, self.book.wb.active))

    def __call__(self, key: Any) -> Sheet:
        for sheet in self:
            if sheet.ws.title.lower() == str(key).lower():
                return sheet
        raise KeyError(key)

    def __len__(self) -> int:
        return len(self.book.wb.worksheets)

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, ws) for ws in self.book.wb.worksheets)


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
        cells = [cell.value for cell in self._cells()]
        width = self.shape[1]
        return [cells[at : at + width] for at in range(0, len(cells), width)]

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


ENGINE = Engine()


def start() -> Any:
    """A fresh Excel; what it is told is in RECORD."""
    if "openpyxl" not in [engine.name for engine in xw.engines]:
        xw.engines.add(xw.Engine(impl=ENGINE))
    xw.engines["openpyxl"].activate()
    ENGINE.apps.open.clear()
    RECORD.__init__()
    if hasattr(xw.Book, "_mock_caller"):
        del xw.Book._mock_caller
    return xw.App()


def open_in_excel(path: Path) -> Any:
    """The workbook, opened and in front, as the one whose button was pressed."""
    book = start().books.open(path)
    book.set_mock_caller()
    RECORD.quiet = False
    return book
