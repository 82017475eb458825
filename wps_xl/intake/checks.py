"""The forms' own rules, checked by pandera once per sheet type over the rows of all returns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from wps_xl.codebook import Codebook, Cycle
from wps_xl.forms.conditions import first_date, limit
from wps_xl.forms.definitions import COVER, FormSheet
from wps_xl.forms.schemas import schema
from wps_xl.intake.catalogue import Place, issue
from wps_xl.intake.cover import place as cover_place
from wps_xl.intake.cover import show
from wps_xl.intake.returns import Return
from wps_xl.intake.text import visible
from wps_xl.model import Issue

RETURN, ROW, ENTITY = "return", "row", "entity"
Failure = tuple[str, str, int]


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


_TYPES = {"number": "float64", "date": "datetime64[us]"}


def _typed(
    sheet: FormSheet,
    columns: Mapping[str, Sequence[object]],
    owners: Sequence[int],
    rows: Sequence[int],
    entities: Sequence[str],
) -> pd.DataFrame:
    data = {
        code: pd.Series(list(values), dtype=_TYPES.get(sheet.columns[code].type, "str"))
        for code, values in columns.items()
    }
    data |= {
        RETURN: pd.Series(owners, dtype="int64"),
        ROW: pd.Series(rows, dtype="int64"),
        ENTITY: pd.Series(entities, dtype="str"),
    }
    return pd.DataFrame(data)


def failures(frame: pd.DataFrame, rules: pa.DataFrameSchema) -> Iterator[Failure]:
    """Issue code, column and position of every rule that a row breaks."""
    try:
        rules.validate(frame, lazy=True)
    except SchemaErrors as errors:
        for error in errors.schema_errors:
            name = getattr(error.check, "name", None)
            code, _, column = (name or f"required:{error.schema.name}").partition(":")
            for position in pd.unique(error.failure_cases["index"]):
                yield code, column, int(position)


def check(
    returns: Sequence[Return],
    sheet: FormSheet,
    frame: pd.DataFrame,
    codebook: Codebook,
    cycle: Cycle,
) -> list[Issue]:
    """The issues of one sheet over all returns. A cell already found faulty is not named twice."""
    if frame.empty:
        return []
    faulty = {
        (item.book, issue.sheet, issue.row, issue.column)
        for item in returns
        for issue in item.issues
        if issue.severity == "error"
    }
    words = _Words(returns, sheet, frame, cycle)
    found = []
    for code, column, position in failures(frame, schema(sheet, codebook, cycle)):
        where = words.place(position, column)
        key = (where.book, where.sheet, where.row)
        group = {part for parts in sheet.one_of for part in parts} | {column}
        blamed = group if code == "one-of-required" else {column}
        if where.cell is None or any((*key, part) in faulty for part in blamed):
            continue
        found.append(issue(code, where, **words.slots(code, position, column)))
    return found


class _Words:
    """Finds places and fills the slots of messages for the rows of one stacked sheet."""

    def __init__(
        self, returns: Sequence[Return], sheet: FormSheet, frame: pd.DataFrame, cycle: Cycle
    ) -> None:
        self.returns = returns
        self.sheet = sheet
        self.frame = frame
        self.cycle = cycle
        self.owners: list[int] = frame[RETURN].tolist()
        self.rows: list[int] = frame[ROW].tolist()

    def place(self, position: int, column: str) -> Place:
        owner = self.returns[self.owners[position]]
        if self.sheet.name == COVER:
            about = self.sheet.columns[column]
            return cover_place(owner.book, owner.cover, about, owner.entity, owner.form)
        return owner.place(self.sheet, self.rows[position], column)

    def slots(self, code: str, position: int, column: str) -> dict[str, str]:
        """What the message of ``code`` says of this row."""
        found = self._shown(position, column)
        slots = {"found": visible(found), "count": str(len(found))}
        rule = next(
            (r for r in self.sheet.columns[column].rules if code in _CODES_OF.get(r.kind, ())),
            None,
        )
        if code == "one-of-required":
            slots["other"] = self._one_of()
        elif code == "duplicate-number":
            slots["cells"] = self._twins(position, column)
        elif code in ("too-short", "too-long") and rule:
            low, high = rule.operands
            slots["expected"] = f"{low} to {high} characters" if low else f"up to {high} characters"
        elif rule and rule.operand in self.sheet.columns:
            slots["other"] = self._other(position, rule.operand)
        elif rule and rule.operand:
            slots["other"] = f"the {rule.operand} of the return"
            slots["expected"] = self._limit(rule.kind, rule.operand)
        return slots

    def _limit(self, kind: str, operand: str) -> str:
        number = limit(operand, self.cycle)
        if number is not None:
            words = {"at-least": "{} or more", "at-most": "{} or less", "above": "above {}"}
            return words[kind].format(show(number))
        if kind == "within":
            first, last = self.cycle.review if operand == "review" else self.cycle.plan_period
            return f"{first} to {last} ({operand} period on the Cover)"
        day = first_date(operand, self.cycle)
        return "" if day is None else show(day.to_pydatetime())

    def _shown(self, position: int, column: str) -> str:
        value: Any = self.frame[column].iat[position]
        if pd.isna(value):
            return ""
        return show(value.to_pydatetime() if isinstance(value, pd.Timestamp) else value)

    def _other(self, position: int, column: str) -> str:
        where = self.place(position, column)
        shown = visible(self._shown(position, column))
        cell = f" ({where.cell})" if where.cell else ""
        return f"“{shown}” in {where.heading}{cell}" if shown else f"{where.heading}{cell}"

    def _one_of(self) -> str:
        groups = [
            " with ".join(self.sheet.columns[code].heading for code in group)
            for group in self.sheet.one_of
        ]
        return "; ".join(groups)

    def _twins(self, position: int, column: str) -> str:
        same_return = self.frame[RETURN] == self.owners[position]
        values = self.frame[column].str.casefold()
        twins = self.frame.index[same_return & (values == values.iat[position])]
        return ", ".join(str(self.place(at, column).cell) for at in twins.tolist())


_CODES_OF = {
    "at-least": ("below-minimum",),
    "above": ("below-minimum",),
    "at-most": ("above-maximum", "part-over-whole"),
    "not-before": ("dates-order", "before-first-date"),
    "within": ("outside-period",),
    "length": ("too-short", "too-long"),
    "required-with": ("required-with",),
    "expected-with": ("expected-with",),
    "differs-from": ("same-value",),
    "unique": ("duplicate-number",),
}
