"""``refers to Sheet.column``: the value is the number of a row of another sheet."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping

import pandas as pd

from wps_xl.rules.conditions import absent
from wps_xl.rules.kind import At, Check, Kind
from wps_xl.rules.rows import RETURN, Detail, Rows

CODE = "unknown-reference"


def stands_there(
    frame: pd.DataFrame, *, column: str, numbers: Collection[tuple[int, str]]
) -> pd.Series[bool]:
    """Return and number, whatever its case, are among those of the other sheet."""
    named = frame[[RETURN, column]].dropna()
    pairs = zip(named[RETURN].tolist(), named[column].tolist(), strict=True)
    wrong = [(owner, number.casefold()) not in numbers for owner, number in pairs]
    return pd.Series(~frame.index.isin(named.index[wrong]), index=frame.index)


def _checks(at: At) -> Mapping[str, Check]:
    sheet, key = at.target
    if sheet not in at.frames:
        return {}
    there = at.frames[sheet][[RETURN, key]].dropna()
    pairs = zip(there[RETURN].tolist(), there[key].tolist(), strict=True)
    numbers = frozenset((owner, number.casefold()) for owner, number in pairs)
    return {CODE: Check(stands_there, {"numbers": numbers})}


def _detail(at: At, rows: Rows, position: int) -> Detail:
    sheet, key = at.target
    there = at.frames[sheet]
    numbers = there[key][there[RETURN] == rows.owners[position]].dropna().tolist()
    typed = {number.casefold(): number for number in reversed(numbers)}
    number = rows.shown(position, at.code).casefold()
    near = difflib.get_close_matches(number, typed, n=1, cutoff=0.6)
    return Detail({"other": sheet}, typed[near[0]] if near else "")


KIND = Kind(
    r"refers to (\w+\.\w+)",
    says=lambda at: f"It names a row of sheet {at.target[0]}.",
    checks=_checks,
    formulas=lambda at: {CODE: absent(at.code, *at.target)},
    raises={CODE: _detail},
)
