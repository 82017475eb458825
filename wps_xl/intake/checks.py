"""The forms' own rules, checked by pandera once per sheet type over the rows of all returns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrorReason, SchemaErrors

from wps_xl.codebook import Codebook, Cycle
from wps_xl.forms.definitions import FormSheet, forms
from wps_xl.forms.schemas import TYPES, schema
from wps_xl.intake.catalogue import Place, issue
from wps_xl.intake.cover import place as cover_place
from wps_xl.intake.cover import show
from wps_xl.intake.days import ODD
from wps_xl.intake.returns import Return
from wps_xl.intake.rules import unexplained
from wps_xl.model import Issue
from wps_xl.model.text import visible
from wps_xl.rules.kind import Frames
from wps_xl.rules.kinds import refers_to, within
from wps_xl.rules.kinds.required import REQUIRED
from wps_xl.rules.registry import rules_on
from wps_xl.rules.rows import RETURN, ROW, Rows

ENTITY = "entity"
# What a cell holds that was read as blank.
_HOLDS = {
    "blank-text": "holds only spaces (“{}”)",
    "read-as-blank": "holds “{}”, which stands for nothing",
}


class Failure(NamedTuple):
    """A row that breaks a rule: the issue's code, the column, the rule in words, and the row."""

    code: str
    column: str
    rule: str
    position: int


def stack(sheet: FormSheet, returns: Sequence[Return]) -> pd.DataFrame:
    """The rows of one sheet over all returns.

    Columns of the sheet, and ``return`` (position in ``returns``), ``row`` (Excel row),
    ``entity``. Text and codes are str, numbers float, dates datetime64.
    """
    columns: dict[str, list[object]] = {code: [] for code in sheet.columns}
    owners: list[int] = []
    rows: list[int] = []
    for position, item in enumerate(returns):
        table = item.tables.get(sheet.name)
        if table is None or item.form != sheet.form:
            continue
        owners += [position] * len(table.numbers)
        rows += table.numbers
        for code, values in columns.items():
            values.extend(table.columns[code])
    return _typed(sheet, columns, owners, rows, [returns[at].entity for at in owners])


def cover_frame(sheet: FormSheet, returns: Sequence[Return]) -> pd.DataFrame:
    """The Covers of all returns, one row each, with the columns of ``stack``."""
    read = [(at, item.cover) for at, item in enumerate(returns) if item.cover is not None]
    columns = {code: [cover.values.get(code) for _, cover in read] for code in sheet.columns}
    owners = [at for at, _ in read]
    return _typed(sheet, columns, owners, owners, [returns[at].entity for at in owners])


def _typed(
    sheet: FormSheet,
    columns: Mapping[str, Sequence[object]],
    owners: Sequence[int],
    rows: Sequence[int],
    entities: Sequence[str],
) -> pd.DataFrame:
    data = {
        code: pd.Series(list(values), dtype=TYPES.get(sheet.columns[code].type, "str"))
        for code, values in columns.items()
    }
    data |= {
        RETURN: pd.Series(owners, dtype="int64"),
        ROW: pd.Series(rows, dtype="int64"),
        ENTITY: pd.Series(entities, dtype="str"),
    }
    return pd.DataFrame(data, copy=False)


def failures(frame: pd.DataFrame, rules: pa.DataFrameSchema) -> Iterator[Failure]:
    """Every rule that a row breaks."""
    try:
        rules.validate(frame, lazy=True, inplace=True)
    except SchemaErrors as errors:
        for error in errors.schema_errors:
            check = error.check
            if error.reason_code is SchemaErrorReason.DATAFRAME_CHECK:
                told = (str(check.error), str(check.title), str(check.description))
            elif error.reason_code is SchemaErrorReason.SERIES_CONTAINS_NULLS:
                told = (REQUIRED, str(error.schema.name), "")
            else:
                # A column that is not what typing makes of cells is no fault of the data.
                raise
            for position in pd.unique(error.failure_cases["index"]):
                yield Failure(*told, int(position))


def check(
    returns: Sequence[Return],
    sheet: FormSheet,
    frames: Frames,
    codebook: Codebook,
    cycle: Cycle,
) -> list[Issue]:
    """The issues of one sheet over all returns. A cell already found faulty is not named twice.

    ``frames`` are the rows of every sheet, this one among them.
    """
    frame = frames[sheet.name]
    if frame.empty:
        return []
    known = _Known(returns, sheet, codebook)
    place = partial(_place, returns, sheet, frame[RETURN].tolist(), frame[ROW].tolist())
    rows = Rows(frame, place, show)
    rules = {
        (code, at.code, at.rule.text): (kind, at, detail)
        for kind, at in rules_on(sheet, codebook, cycle, frames)
        for code, detail in kind.raises.items()
    }
    found = []
    for code, column, rule, position in failures(frame, schema(sheet, codebook, cycle, frames)):
        kind, at, detailed = rules[code, column, rule]
        where, owner = place(position, column), rows.owners[position]
        if known.is_told(code, owner, kind.concerns(at), where):
            continue
        detail = detailed(at, rows, position)
        if detail is not None:
            shown = {"found": visible(rows.shown(position, column)), **known.holds(where)}
            slots = {**shown, **detail.slots}
            found.append(
                issue(code, where, suggestion=detail.suggestion, also=detail.also, **slots)
            )
    return found


def _place(
    returns: Sequence[Return],
    sheet: FormSheet,
    owners: Sequence[int],
    rows: Sequence[int],
    position: int,
    column: str,
) -> Place:
    """Where the value of one row and column stands in its own return."""
    owner = returns[owners[position]]
    if sheet.has_rows:
        return owner.place(sheet, rows[position], column)
    return cover_place(owner.book, owner.cover, sheet.columns[column], owner.entity, owner.form)


class _Known:
    """What has been said of cells already: their faults, and spaces that were read as blank."""

    def __init__(self, returns: Sequence[Return], sheet: FormSheet, codebook: Codebook) -> None:
        self._returns, self._sheet, self._codebook = returns, sheet, codebook
        self._references: dict[int, set[str]] = {}
        found = [issue for item in returns for issue in item.issues]
        self._faulty = {
            (issue.book, issue.sheet, issue.row, issue.column)
            for issue in found
            if issue.severity == "error"
        }
        self._blank = {
            (issue.book, issue.sheet, issue.cell): _HOLDS[issue.code].format(issue.found)
            for issue in found
            if issue.code in _HOLDS
        }
        self._odd = {(i.book, i.sheet, i.cell) for i in found if i.code == ODD}
        self._silent = [
            {(row, column) for name, row, column in item.silent if name == sheet.name}
            for item in returns
        ]

    def is_told(self, code: str, owner: int, columns: Collection[str], where: Place) -> bool:
        """Whether a fault of one of these cells, or of the whole row, has been told.

        A date known as one that cannot be meant is in no period; references to rows that cannot be
        read are told there.
        """
        silent = self._silent[owner]
        if silent and any((where.row, column) in silent for column in ("", *columns)):
            return True
        key = (where.book, where.sheet, where.row)
        if where.cell is None or any((*key, column) in self._faulty for column in columns):
            return True
        if code == within.CODE:
            return (where.book, where.sheet, where.cell) in self._odd
        return code == refers_to.CODE and where.column not in self._referring(owner)

    def holds(self, where: Place) -> dict[str, str]:
        """What a blank cell holds, in words, where that is something."""
        words = self._blank.get((where.book, where.sheet, where.cell))
        return {"holds": words} if words else {}

    def _referring(self, owner: int) -> set[str]:
        """The columns of which references are held against the rows of another sheet."""
        if owner not in self._references:
            item = self._returns[owner]
            pairs = unexplained(item, forms(self._codebook)[item.form])
            name = self._sheet.name
            self._references[owner] = {column for sheet, column in pairs if sheet == name}
        return self._references[owner]
