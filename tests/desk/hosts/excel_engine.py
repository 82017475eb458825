# mypy: disable-error-code="misc, has-type, no-any-return"
"""A test engine for the real, unmodified xlwings: workbooks of openpyxl behind its interface.

Numbers are handed over as fractions, as Excel does. What it is told, and which call shall fail as
a busy Excel does, is in ``RECORD``; sheets and their cells are in ``excel_cells``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import openpyxl
import xlwings as xw
from desk.hosts.excel_cells import Range, Sheet
from desk.hosts.excel_record import RECORD, called
from openpyxl.worksheet.merge import MergedCellRange
from xlwings import base_classes as base

ERRORS = {"#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!"}


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
        RECORD.modes.append(mode)
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
        called("InputBox")
        RECORD.questions.append(str(words[0]))
        answer = RECORD.answers.pop(0)
        return False if answer is None else answer

    def FileDialog(self, kind: int) -> Dialog:  # noqa: N802
        called("FileDialog")
        return Dialog()


class Dialog:
    class Filters:
        Clear = staticmethod(lambda: None)
        Add = staticmethod(lambda name, pattern: None)

    Title = ""

    def Show(self) -> int:  # noqa: N802
        RECORD.questions.append(self.Title)
        self.chosen = RECORD.answers.pop(0)
        return -1 if self.chosen else 0

    def SelectedItems(self, number: int) -> object:  # noqa: N802
        return self.chosen


def _loaded(path: Path) -> openpyxl.Workbook:
    """The workbook; the borders of merged cells, which take long, are left as they are."""
    with mock.patch.object(MergedCellRange, "format", _as_it_is):
        return openpyxl.load_workbook(path)


def _as_it_is(area: MergedCellRange) -> None:
    pass


class Books(base.Books):
    def __init__(self, app: App) -> None:
        self.app, self.open_books = app, list[Book]()

    api = property(lambda self: self)
    active = property(lambda self: self.open_books[0] if self.open_books else None)

    def open(self, fullname: Any, *words: Any, **named: Any) -> Book:
        called("open")
        path = Path(fullname).resolve()
        self.open_books.insert(0, Book(self, _loaded(path), str(path)))
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
    # With add_book it would wait a while for the Excel of macOS.
    return xw.App(add_book=False)


def open_in_excel(path: Path) -> Any:
    """The workbook, opened and in front, as the one whose button was pressed."""
    book = start().books.open(path)
    book.set_mock_caller()
    RECORD.quiet = False
    return book
