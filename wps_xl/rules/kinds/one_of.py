"""Groups of columns of which each row fills at least one."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from wps_xl.rules.conditions import any_of, blank, both
from wps_xl.rules.kind import At, Check, Kind
from wps_xl.rules.rows import Detail, Rows

CODE = "one-of-required"


def one_is_filled(
    frame: pd.DataFrame, *, column: str, groups: Sequence[Sequence[str]]
) -> pd.Series[bool]:
    """At least one group of columns is filled."""
    filled = [frame[list(group)].notna().all(axis=1) for group in groups]
    return pd.concat(filled, axis=1).any(axis=1)


def _columns(at: At) -> tuple[str, ...]:
    return tuple(code for group in at.sheet.one_of for code in group)


def _detail(at: At, rows: Rows, position: int) -> Detail:
    groups = (" with ".join(map(at.heading, group)) for group in at.sheet.one_of)
    return Detail({"other": "; ".join(groups)})


KIND = Kind(
    applies=lambda at: bool(at.sheet.one_of) and at.code == at.sheet.one_of[0][0],
    checks=lambda at: {CODE: Check(one_is_filled, {"groups": at.sheet.one_of})},
    formulas=lambda at: {CODE: both(*(any_of(*map(blank, group)) for group in at.sheet.one_of))},
    # Each result of the plan in force is asked about, begun or not.
    prepared=lambda at: at.sheet.prefilled == "results",
    concerns=_columns,
    marks=_columns,
    raises={CODE: _detail},
    rank=1,
)
