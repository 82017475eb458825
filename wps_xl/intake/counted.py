"""The rows that count: accepted ones as frames, held back ones with the reason, and the control.

found = accepted + held back, for every return (S/2007/567, para. 43: aggregation needs all rows).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from wps_xl.intake.checks import ENTITY
from wps_xl.intake.validation import Intake
from wps_xl.rules.rows import RETURN, ROW

BOOK, SHEET = "book", "sheet"


@dataclass(frozen=True)
class HeldBack:
    """One row that does not count, and the code of the reason."""

    book: str
    entity: str
    sheet: str
    row: int
    reason: str


@dataclass(frozen=True)
class Gathered:
    """``rows`` by sheet: ``entity``, the columns of the form, ``book``, ``sheet``, ``row``.

    ``waiting`` are the rows held back of returns that count, in the same way.
    """

    rows: Mapping[str, pd.DataFrame]
    held_back: tuple[HeldBack, ...]
    found: int
    waiting: Mapping[str, pd.DataFrame]

    @property
    def accepted(self) -> int:
        """How many rows count."""
        return sum(len(frame) for frame in self.rows.values())


def gather(intake: Intake) -> Gathered:
    """Split what was found into rows that count and rows held back."""
    rows, waiting = (
        {name: _rows(intake, name, held) for name in intake.frames} for held in (False, True)
    )
    held = [
        HeldBack(item.book, item.entity, item.sheet_called(name), number, reason)
        for at, item in enumerate(intake.returns)
        for (name, number), reason in sorted(intake.held[at].items())
    ]
    return Gathered(rows, tuple(held), intake.rows_found, waiting)


def _rows(intake: Intake, name: str, held: bool) -> pd.DataFrame:
    frame = intake.frames[name]
    owners, numbers = frame[RETURN].tolist(), frame[ROW].tolist()
    keep = [
        ((name, number) in intake.held[owner]) == held
        for owner, number in zip(owners, numbers, strict=True)
    ]
    kept = frame[pd.Series(keep, index=frame.index, dtype=bool)]
    returns = [intake.returns[owner] for owner in kept[RETURN].tolist()]
    columns = [column for column in frame.columns if column not in (RETURN, ROW, ENTITY)]
    return pd.DataFrame(
        {
            ENTITY: kept[ENTITY].to_numpy(),
            **{column: kept[column].to_numpy() for column in columns},
            BOOK: [item.book for item in returns],
            SHEET: [item.tables[name].sheet for item in returns],
            ROW: kept[ROW].to_numpy(),
        }
    )
