"""Where the rows of a code list stand: in a file, or on a sheet of a review workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


class ListPlace(Protocol):
    """Where the rows of a table stand, for what is said about one of them."""

    @property
    def name(self) -> str:
        """The file, or the sheet and the list."""

    def at(self, row: int, column: str) -> str:
        """The line or the cell of the row, counted from 0."""

    def called(self, column: str) -> str:
        """The heading of the column, as whoever reads it sees it."""


@dataclass(frozen=True)
class File:
    """A code list in a file: its rows stand on the lines below the headings."""

    name: str

    def at(self, row: int, column: str) -> str:
        """See Place."""
        return f"line {row + 2}"

    def called(self, column: str) -> str:
        """See Place."""
        return column


@dataclass(frozen=True)
class Cells:
    """A code list on a sheet of a review workbook; ``cells`` says of each row by column where.

    ``headings`` are those of the sheet that are not called like their columns.
    """

    name: str
    cells: Sequence[Mapping[str, str]]
    headings: Mapping[str, str] = field(default_factory=dict)

    def at(self, row: int, column: str) -> str:
        """See Place."""
        known = self.cells[row]
        return known.get(column) or next(iter(known.values()), "")

    def called(self, column: str) -> str:
        """See Place."""
        return self.headings.get(column, column)
