"""``quotient of column and column``: a percentage that its part and its whole bear out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from wps_xl.rules.kind import At, Check, Kind
from wps_xl.rules.rows import Detail, Rows

WRONG, IMPOSSIBLE, FRACTION = "not-the-quotient", "impossible-percentage", "percent-as-fraction"


def is_quotient(frame: pd.DataFrame, *, column: str, part: str, whole: str) -> pd.Series[bool]:
    """The percentage is that of the part in the whole, as it is rounded."""
    exact = 100 * frame[part] / frame[whole].where(frame[whole] > 0)
    off = (frame[column] - exact).abs() > _rounding(frame[column])
    # A percentage that no whole can have is told as such.
    return ~(off & frame[column].between(0, 100) & (frame[part] <= frame[whole]))


def is_possible(frame: pd.DataFrame, *, column: str, part: str, whole: str) -> pd.Series[bool]:
    """Some part of the whole is this percentage of it, where the part is not given."""
    percent, of = frame[column], frame[whole]
    counted = frame[part].isna() & (of >= 1) & (of == of.round(0)) & (percent >= 1)
    nearest = 100 * (percent * of / 100).round(0) / of.where(of > 0)
    return ~(counted & ((percent - nearest).abs() > _rounding(percent)))


def is_no_fraction(frame: pd.DataFrame, *, column: str, part: str, whole: str) -> pd.Series[bool]:
    """A percentage without its part or whole is not below one per cent."""
    alone = frame[part].isna() | frame[whole].isna()
    return ~(alone & (frame[column] > 0) & (frame[column] < 1))


def _rounding(percent: pd.Series) -> pd.Series:
    """How far a percentage may lie from its quotient: half of the last decimal that it gives."""
    whole, tenths = percent == percent.round(0), percent == percent.round(1)
    return (percent * 0 + 0.005).mask(tenths, 0.05).mask(whole, 0.5) + 1e-9


def _checks(at: At) -> Mapping[str, Check]:
    part, whole = at.rule.operands
    tests = {WRONG: is_quotient, IMPOSSIBLE: is_possible, FRACTION: is_no_fraction}
    return {code: Check(test, {"part": part, "whole": whole}) for code, test in tests.items()}


def _says(at: At) -> str:
    part, whole = map(at.heading, at.rule.operands)
    return f"With {part} and {whole} it is their quotient, rounded."


def _wrong(at: At, rows: Rows, position: int) -> Detail:
    part, whole = at.rule.operands
    exact = 100 * rows.number(position, part) / rows.number(position, whole)
    half: Any = _rounding(rows.frame[at.code].iloc[[position]]).iat[0]
    decimals = {0.5: 0, 0.05: 1}.get(round(float(half), 3), 2)
    other = f"{rows.other(position, part)} and {rows.other(position, whole)}"
    also = rows.filled(position, [part, whole])
    return Detail({"other": other}, rows.show(round(exact, decimals)), also)


def _impossible(at: At, rows: Rows, position: int) -> Detail:
    _, whole = at.rule.operands
    of, percent = rows.number(position, whole), rows.number(position, at.code)
    below = int(percent * of / 100)
    near = [rows.show(round(100 * part / of, 1)) for part in (below, below + 1) if part <= of]
    slots = {"other": rows.other(position, whole), "expected": " or ".join(near)}
    return Detail(slots, " or ".join(near), rows.filled(position, [whole]))


def _fraction(at: At, rows: Rows, position: int) -> Detail:
    return Detail(suggestion=rows.show(round(100 * rows.number(position, at.code), 2)))


KIND = Kind(
    r"quotient of (\w+) and (\w+)",
    says=_says,
    # Arithmetic on a cell that holds text would turn Excel's whole count into an error.
    checks=_checks,
    raises={WRONG: _wrong, IMPOSSIBLE: _impossible, FRACTION: _fraction},
)
