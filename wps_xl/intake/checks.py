"""The forms' own rules, checked by pandera once per sheet type over the rows of all returns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from wps_xl.codebook import Codebook, Cycle
from wps_xl.forms.definitions import FormSheet
from wps_xl.forms.schemas import schema
from wps_xl.intake.catalogue import Place, issue
from wps_xl.intake.days import ODD
from wps_xl.intake.returns import Return
from wps_xl.intake.rule_messages import RETURN as RETURN
from wps_xl.intake.rule_messages import ROW as ROW
from wps_xl.intake.rule_messages import Rows
from wps_xl.model import Issue

ENTITY = "entity"
# What a cell holds that was read as blank.
_HOLDS = {
    "blank-text": "holds only spaces (“{}”)",
    "read-as-blank": "holds “{}”, which stands for nothing",
}
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
    return pd.DataFrame(data, copy=False)


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
    known = _Known(returns, sheet)
    rows = Rows(returns, sheet, frame, cycle)
    found = []
    for code, column, position in failures(frame, schema(sheet, codebook, cycle)):
        where = rows.place(position, column)
        owner, row = rows.owners[position], rows.rows[position]
        if where.cell is None or known.is_told(owner, row, _blamed(sheet, code, column), where):
            continue
        if code == "outside-period" and known.is_odd(where):
            continue
        if code == "duplicate-number" and rows.twins(position, column)[-1] != position:
            # One issue for all rows with the same number, at the last of them.
            continue
        detail = rows.detail(code, position, column)
        holds = known.holds(where)
        found.append(
            issue(
                code,
                where,
                suggestion=detail.suggestion,
                also=detail.also,
                **{**holds, **detail.slots},
            )
        )
    return found


def _blamed(sheet: FormSheet, code: str, column: str) -> set[str]:
    """The columns of which one that is faulty already explains why the rule is broken."""
    if code == "one-of-required":
        return {part for parts in sheet.one_of for part in parts}
    rule = sheet.columns[column].rule("required-unless")
    instead = rule.operands[-1] if rule and code == "reason-missing" else column
    return {column, instead}


class _Known:
    """What has been said of cells already: their faults, and spaces that were read as blank."""

    def __init__(self, returns: Sequence[Return], sheet: FormSheet) -> None:
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

    def is_told(self, owner: int, row: int, columns: set[str], where: Place) -> bool:
        """Whether a fault of one of these cells, or of the whole row, has been told."""
        silent = self._silent[owner]
        if silent and any((row, column) in silent for column in ("", *columns)):
            return True
        key = (where.book, where.sheet, where.row)
        return any((*key, column) in self._faulty for column in columns)

    def holds(self, where: Place) -> dict[str, str]:
        """What a blank cell holds, in words, where that is something."""
        words = self._blank.get((where.book, where.sheet, where.cell))
        return {"holds": words} if words else {}

    def is_odd(self, where: Place) -> bool:
        """Whether a date is known as one that cannot be meant, so that no period has it."""
        return (where.book, where.sheet, where.cell) in self._odd
