"""Small returns in memory, drawn row by row and edited as entities edit them."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import pandas as pd

from wps_xl.codebook import Codebook
from wps_xl.forms.definitions import data_sheets, forms
from wps_xl.intake.checks import stack
from wps_xl.intake.returns import Return
from wps_xl.intake.validation import Intake
from wps_xl.model import Table, Value, column_letter

ENTITY, BOOK = "UNDP", "return.xlsx"
_count = itertools.count()


@dataclass(frozen=True)
class Drawn:
    """A row of a return: its number, what it says by column, and whether an error holds it."""

    number: str
    says: Mapping[str, Value]
    held: bool = False


def intake_of(codebook: Codebook, form: str, sheets: Mapping[str, Sequence[Drawn]]) -> Intake:
    """What comes in when an entity sends these rows."""
    tables = {name: _table(codebook, form, name, rows) for name, rows in sheets.items()}
    saved = dt.datetime(2031, 1, 1) + dt.timedelta(days=next(_count))
    item = Return(BOOK, saved, ENTITY, form, None, tables, ())
    filled = {s.name: stack(s, [item]) for s in data_sheets(codebook) if s.name in sheets}
    held = {
        (name, at): "list-value"
        for name, rows in sheets.items()
        for at, row in enumerate(rows, start=5)
        if row.held
    }
    return Intake((item,), (), (), {**_blank(codebook), **filled}, {0: held})


@cache
def _blank(codebook: Codebook) -> Mapping[str, pd.DataFrame]:
    return {sheet.name: stack(sheet, []) for sheet in data_sheets(codebook)}


def _table(codebook: Codebook, form: str, name: str, rows: Sequence[Drawn]) -> Table:
    sheet = forms(codebook)[form].sheets[name]
    columns = {code: [row.says.get(code) for row in rows] for code in sheet.columns}
    columns[next(iter(sheet.columns))] = [row.number for row in rows]
    letters = {code: column_letter(at) for at, code in enumerate(sheet.columns, start=1)}
    headings = {code: column.heading for code, column in sheet.columns.items()}
    return Table(BOOK, name, list(range(5, 5 + len(rows))), columns, letters, headings, 4)


def renumbered(rows: Sequence[Drawn], letter: str) -> list[Drawn]:
    """The rows numbered from the first to the last."""
    return [replace(row, number=f"{letter}-{at}") for at, row in enumerate(rows, start=1)]
