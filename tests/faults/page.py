"""One sheet of a return as openpyxl holds it, with its columns by code, to put faults into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADING, FIRST = 4, 5


@dataclass(frozen=True)
class Page:
    """A sheet and the workbook it belongs to."""

    book: Workbook
    sheet: Worksheet

    @classmethod
    def of(cls, book: Workbook, name: str) -> Page:
        return cls(book, book[name])

    def column(self, code: str) -> int:
        """The number of the column with this code."""
        codes = [cell.value for cell in self.sheet[HEADING - 1]]
        return codes.index(code) + 1

    def at(self, row: int, code: str) -> str:
        return f"{get_column_letter(self.column(code))}{row}"

    def get(self, row: int, code: str) -> object:
        return self.sheet.cell(row, self.column(code)).value

    def put(self, row: int, code: str, value: object) -> None:
        self.sheet.cell(row, self.column(code)).value = value  # type: ignore[assignment]

    def line(self, code: str) -> int:
        """The row of a line of the Cover."""
        rows = range(1, self.sheet.max_row + 1)
        return next(row for row in rows if self.sheet.cell(row, 3).value == code)


Spoil = Callable[[Page, int, Random], str | None]
"""Puts a fault into a row; the code of the column where its issue must stand, or its address."""


@dataclass(frozen=True)
class Fault:
    """One class of faults: where it is put, and the issue that it must raise.

    ``severity`` is that of the contract, not read from our catalogue. ``alone`` faults change a
    whole sheet and have a file to themselves.
    """

    name: str
    form: str
    sheet: str
    column: str
    code: str
    severity: str
    spoil: Spoil
    alone: bool = False


def sets(column: str, *values: object) -> Spoil:
    """A fault that is one of these values in a cell."""

    def spoil(page: Page, row: int, chance: Random) -> str | None:
        page.put(row, column, chance.choice(values))
        return None

    return spoil


def puts(**values: object) -> Spoil:
    """A fault that is several cells of a row together."""

    def spoil(page: Page, row: int, chance: Random) -> str | None:
        for column, value in values.items():
            page.put(row, column, value)
        return None

    return spoil
