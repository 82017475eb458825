"""What pandera is asked of what staff type into lists and lines, and what it finds, as values.

Nothing here is imported where there is nothing to check, since pandera takes its time to come.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import pandera.pandas as pa
from pandera.api.extensions import register_check_method
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors

MISSING = SchemaErrorReason.COLUMN_NOT_IN_DATAFRAME.name
BLANK = SchemaErrorReason.SERIES_CONTAINS_NULLS.name
TWICE = SchemaErrorReason.SERIES_CONTAINS_DUPLICATES.name


@dataclass(frozen=True)
class Fault:
    """What a check found: its row by the index, the columns it is about, the text of the first.

    ``says`` is the ``error`` of the check, or one of MISSING, BLANK and TWICE.
    """

    row: int
    columns: Sequence[str]
    value: str
    says: str


def faults(frame: pd.DataFrame, schema: pa.DataFrameSchema) -> list[Fault]:
    """All that breaks the schema, in the order of the rows and of the columns."""
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        found = [fault for error in errors.schema_errors for fault in _faults(error, frame)]
        if not found:
            raise
        order = [*schema.columns]
        return sorted(found, key=lambda one: (one.row, order.index(one.columns[0])))
    return []


def _faults(error: SchemaError, frame: pd.DataFrame) -> list[Fault]:
    cases, reason = error.failure_cases, error.reason_code
    if reason == SchemaErrorReason.CHECK_ERROR:
        # A check over several columns of which one is missing, which is told.
        return []
    name = reason.name if reason else ""
    if name == MISSING:
        return [Fault(-1, (str(cases),), "", MISSING)]
    columns: Sequence[str] = (error.schema.name,)
    if isinstance(error.check, pa.Check):
        name, columns = (
            error.check.error or "",
            (error.check.statistics or {}).get("columns", columns),
        )
    texts = frame[columns[0]].fillna("")
    return [Fault(row, columns, texts[row], name) for row in dict.fromkeys(cases["index"])]


def day(text: object) -> dt.date | None:
    """The day that a text gives in the order year-month-day, else None."""
    try:
        found = dt.date.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.isoformat() == text else None


def is_day(texts: pd.Series) -> pd.Series:
    """Whether each text is a day."""
    return texts.map(day).notna()


def in_order(frame: pd.DataFrame, *, columns: Sequence[str]) -> pd.Series:
    """Whether the period of two columns ends after it begins, where both are days."""
    first, last = (frame[column].where(frame[column].map(day).notna()) for column in columns)
    return ~(last < first).fillna(False).astype(bool)


def number_for(frame: pd.DataFrame, *, columns: Sequence[str], codes: str) -> pd.Series:
    """Whether the first column holds a number wherever the second matches ``codes``."""
    numbers = pd.to_numeric(frame[columns[0]], errors="coerce").notna()
    return numbers | ~frame[columns[1]].str.fullmatch(codes, na=False).astype(bool)


def once_each(frame: pd.DataFrame, *, columns: Sequence[str], value: str) -> pd.Series:
    """Whether ``value`` stands in the first column once only for each value of the second."""
    again = frame.loc[frame[columns[0]] == value, columns[1]].duplicated()
    return ~again.reindex(frame.index, fill_value=False)


def given_beside(frame: pd.DataFrame, *, columns: Sequence[str]) -> pd.Series:
    """Whether the second column is given wherever the first is."""
    return frame[columns[0]].isna() | frame[columns[1]].notna()


for _check, _statistics in (
    (is_day, []),
    (in_order, ["columns"]),
    (number_for, ["columns", "codes"]),
    (once_each, ["columns", "value"]),
    (given_beside, ["columns"]),
):
    register_check_method(statistics=_statistics)(_check)
