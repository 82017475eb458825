"""``differs from column``, or from the entity: of several values none is the other one."""

from __future__ import annotations

import pandas as pd

from wps_xl.rules.conditions import same
from wps_xl.rules.kind import At, Check, Kind, in_pair
from wps_xl.rules.rows import Detail, Rows

CODE = "same-value"


def differs(frame: pd.DataFrame, *, column: str, other: str, several: bool) -> pd.Series[bool]:
    """The value, or each of several, is not that of the other column."""
    if not several:
        return frame[[column, other]].isna().any(axis=1) | (frame[column] != frame[other])
    both = frame[[column, other]].dropna()
    pairs = zip(both[column].tolist(), both[other].tolist(), strict=True)
    alike = [two in one.split("; ") for one, two in pairs]
    return pd.Series(~frame.index.isin(both.index[alike]), index=frame.index)


def _detail(at: At, rows: Rows, position: int) -> Detail:
    if at.is_pair:
        return in_pair(at, rows, position)
    return Detail({"other": f"the {at.rule.operand} of the return"})


KIND = Kind(
    r"differs from (\w+)",
    says=lambda at: f"It differs from {at.heading(at.rule.operand)}.",
    checks=lambda at: {CODE: Check(differs, {"other": at.rule.operand, "several": at.column.many})},
    formulas=lambda at: (
        {CODE: same(at.code, at.rule.operand)} if at.is_pair and not at.column.many else {}
    ),
    raises={CODE: _detail},
)
