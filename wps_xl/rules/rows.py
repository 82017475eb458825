"""The rows of one sheet over all returns, as messages about them speak of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

import pandas as pd

from wps_xl.model.text import visible

RETURN, ROW = "return", "row"
"""The columns of a frame that say in which return a row stands (its position), and in which row."""


class Where(Protocol):
    """A cell as a message names it."""

    @property
    def sheet(self) -> str: ...
    @property
    def cell(self) -> str | None: ...
    @property
    def heading(self) -> str: ...


@dataclass(frozen=True)
class Detail:
    """The slots of a message, a suggestion, and the other cells of the same cause."""

    slots: Mapping[str, str] = field(default_factory=dict)
    suggestion: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows of a stacked frame; ``place`` says where the value of a position and column stands,
    ``show`` how a value is printed."""

    frame: pd.DataFrame
    place: Callable[[int, str], Where]
    show: Callable[[Any], str]

    @cached_property
    def owners(self) -> list[int]:
        """The position of the return of each row."""
        owners: list[int] = self.frame[RETURN].tolist()
        return owners

    def own(self, position: int) -> slice:
        """The positions of the rows that stand in the same return."""
        owner = self.owners[position]
        return slice(self.owners.index(owner), len(self.owners) - self.owners[::-1].index(owner))

    def address(self, position: int, column: str) -> str:
        """The cell with its sheet, as ``also`` lists it; blank where the column is missing."""
        where = self.place(position, column)
        return f"{where.sheet}!{where.cell}" if where.cell else ""

    def shown(self, position: int, column: str) -> str:
        """The value as a message prints it; blank where there is none."""
        value: Any = self.frame[column].iat[position]
        if pd.isna(value):
            return ""
        return self.show(value.to_pydatetime() if isinstance(value, pd.Timestamp) else value)

    def number(self, position: int, column: str) -> float:
        """The number in one row and column."""
        value: Any = self.frame[column].iat[position]
        return float(value)

    def other(self, position: int, column: str) -> str:
        """Another cell of the row in words: its value, heading and address."""
        where = self.place(position, column)
        shown = visible(self.shown(position, column))
        cell = f" ({where.cell})" if where.cell else ""
        return f"“{shown}” in {where.heading}{cell}" if shown else f"{where.heading}{cell}"

    def filled(self, position: int, columns: Sequence[str]) -> tuple[str, ...]:
        """The addresses of those of the cells that are filled."""
        filled = [column for column in columns if self.shown(position, column)]
        return tuple(filter(None, (self.address(position, column) for column in filled)))
