"""``required with column = codes unless column``: filled, or else the reason for leaving it so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from wps_xl.rules.conditions import Condition, blank, both
from wps_xl.rules.kind import At, Check, Kind
from wps_xl.rules.kinds.required_with import called_for, condition, filled_with
from wps_xl.rules.rows import Detail, Rows

CODE = "reason-missing"


def filled_unless(
    frame: pd.DataFrame, *, column: str, other: str, wanted: Sequence[str], instead: str
) -> pd.Series[bool]:
    """Where the other column has one of the codes, this one is filled or the one instead of it."""
    filled = filled_with(frame, column=column, other=other, wanted=wanted)
    return filled | frame[instead].notna()


def _check(at: At) -> Check:
    other, *wanted, instead = at.rule.operands
    return Check(filled_unless, {"other": other, "wanted": wanted, "instead": instead})


def _formulas(at: At) -> Mapping[str, Condition]:
    other, *wanted, instead = at.rule.operands
    return {CODE: both(blank(at.code), blank(instead), called_for(at, other, wanted))}


def _says(at: At) -> str:
    *wanted, instead = at.rule.operands
    return f"Required {condition(at, *wanted)}, or give {at.heading(instead)}."


def _detail(at: At, rows: Rows, position: int) -> Detail:
    return Detail({"other": rows.other(position, at.rule.operands[-1])})


KIND = Kind(
    r"required with (\w+) = (.+) unless (\w+)",
    says=_says,
    checks=lambda at: {CODE: _check(at)},
    formulas=_formulas,
    concerns=lambda at: (at.code, at.rule.operands[-1]),
    raises={CODE: _detail},
)
