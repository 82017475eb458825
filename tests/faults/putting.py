"""How an instance of a kind is put into a row: what is typed there, and how it looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from faults.page import HEADING, Page
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Color, Font

Put = Callable[[Page, int, str], object]
"""Puts an instance into a row and a column; what it gives is kept for the suite to write."""
M, P, V = (("progress", sheet) for sheet in ("Measures", "Progress", "Overview"))
U = ("progress", "Updates")
N, R, S = (("plan", sheet) for sheet in ("Initiatives", "Results", "Resources"))
G = ("practices", "Practices")


@dataclass(frozen=True)
class Result:
    """A formula, and the result that its suite stored."""

    formula: str
    result: str


@dataclass(frozen=True)
class Box:
    """The words of a text box on a cell."""

    words: str


@dataclass(frozen=True)
class Seen:
    """One instance: the kind it is of, where it is put, and the codes that must stand there.

    ``needs`` is what a suite must keep: ``fonts`` or ``boxes``. ``rows`` is how many rows it takes,
    the last of which is its own.
    """

    kind: str
    form: str
    sheet: str
    column: str
    put: Put
    code: str
    needs: str = ""
    rows: int = 1


def shown(value: object, number_format: str, **others: object) -> Put:
    def put(page: Page, row: int, column: str) -> None:
        for code, other in others.items():
            page.put(row, code, other)
        cell = page.sheet[page.at(row, column)]
        cell.value, cell.number_format = value, number_format

    return put


def holds(value: object) -> Put:
    return lambda page, row, column: page.put(row, column, value)


def rich(before: str, font: InlineFont, apart: str, after: str = "") -> Put:
    return holds(CellRichText(before, TextBlock(font, apart), *([after] if after else [])))


def looks(font: Font) -> Put:
    def put(page: Page, row: int, column: str) -> None:
        page.sheet[page.at(row, column)].font = font

    return put


def comes_to(formula: str, result: str = "0") -> Put:
    return lambda page, row, column: Result(formula, result)


def fills(*values: object) -> Put:
    """A row of other things instead of one of data."""

    def put(page: Page, row: int, column: str) -> None:
        for at in range(1, page.sheet.max_column + 1):
            page.sheet.cell(row, at).value = dict(enumerate(values, 1)).get(at)  # type: ignore[assignment]

    return put


def headings(row_of: int) -> Put:
    def put(page: Page, row: int, column: str) -> None:
        fills(*(cell.value for cell in page.sheet[row_of]))(page, row, column)

    return put


def total(word: str, column: str) -> Put:
    """A row that adds up all above it in one column, and says so in some language."""

    def put(page: Page, row: int, first: str) -> None:
        held = (page.get(at, column) for at in range(HEADING + 1, row))
        whole = sum(value for value in held if isinstance(value, int | float))
        fills()(page, row, first)
        page.put(row, first, word)
        page.put(row, column, whole)

    return put


def adds_up(words: str, name: str) -> Put:
    """A row that is a total by its words, of the two rows before it."""

    def put(page: Page, row: int, column: str) -> None:
        page.put(row, name, words)
        page.put(row, column, sum(page.get(row - at, column) for at in (1, 2)))  # type: ignore[misc]

    return put


def note(words: str) -> Put:
    def put(page: Page, row: int, column: str) -> None:
        page.sheet[page.at(row, column)].comment = Comment(words, "Somebody")

    return put


def link(words: str, address: str) -> Put:
    def put(page: Page, row: int, column: str) -> None:
        cell = page.sheet[page.at(row, column)]
        cell.value, cell.hyperlink = words, address

    return put


def box(words: str) -> Put:
    return lambda page, row, column: Box(words)


STRUCK, WHITE = InlineFont(strike=True), InlineFont(color=Color("FFFFFFFF"))
RAISED, LOWERED = InlineFont(vertAlign="superscript"), InlineFont(vertAlign="subscript")
CUT = ("Women of the border villages learned how to settle quarrels about wells and land. " * 4)[
    :255
]
TIME, TWO = dt.time(1, 30), dt.time(2, 45)
DAY, YEAR = dt.datetime(2007, 5, 4), dt.datetime(1905, 6, 29)


def of(kind: str, *instances: tuple[tuple[str, str], str, Put, str], needs: str = "") -> list[Seen]:
    """Instances of one kind."""
    return [Seen(kind, *where, column, put, code, needs) for where, column, put, code in instances]
