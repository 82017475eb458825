"""What the office typed, carried from one state of the workbook to the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from wps_xl.forms.definitions import data_sheets
from wps_xl.model import Value
from wps_xl.records import Note
from wps_xl.review import decisions, parked, references
from wps_xl.review.layout import plans
from wps_xl.review.moves import Moves, Rows
from wps_xl.review.workbook import Review, table

NOTES = "Notes"
Values = dict[str, Value]


@dataclass(frozen=True)
class Carried:
    """The data sheets and Notes with what the office typed, the lines of Decisions about it, where
    rows went, and what a person must know."""

    tables: Mapping[str, pd.DataFrame]
    register: Sequence[Values]
    moves: Moves
    said: tuple[str, ...]


def carry(
    review: Review,
    after: Review,
    waiting: Rows,
    renewed: Collection[tuple[str, str]],
    today: dt.datetime,
) -> Carried:
    """Lay what the office typed beside the rows that it is about.

    ``after`` has the rows of the next state, ``waiting`` those held back; ``renewed`` are entity
    and form of the returns that were read.
    """
    before = decisions.current(review)
    went = decisions.follow(review, after, waiting, before)
    names = references.renamed(review, went, renewed)
    made, lost = references.led_on(before, names)
    half = parked.without_words(review, made, went.decided)
    made = [_less(one, half[at]) if at in half else one for at, one in enumerate(made)]
    gone = [*parked.parked(review, before, went.decided, renewed), *half.values()]
    broken = [(before[one.at], one) for one in lost if before[one.at] not in gone]
    tables = {
        sheet.name: decisions.apply(sheet, after.tables[sheet.name], made, went.decided)
        for sheet in data_sheets(review.codebook)
    }
    notes = list(parked.note_rows(review, gone, broken, today))
    if notes:
        plan = next(plan for plan in plans(review.codebook) if plan.name == NOTES)
        tables[NOTES] = table(plan, [*review.rows(Note), *notes])
    said = tuple(parked.said(made, went.decided, gone, broken))
    return Carried(tables, decisions.register(review, made, went.decided, today), went.moves, said)


def _less(one: decisions.Decided, gone: decisions.Decided) -> decisions.Decided:
    """A decision without what of it is gone."""
    left = {name: value for name, value in one.entries.items() if name not in gone.entries}
    return replace(one, entries=left)
