"""What numbers and dates are compared with, and the kinds of rules that compare them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

import pandas as pd

from wps_xl.rules.conditions import Bound, cell, compares, constant
from wps_xl.rules.kind import At, Check, Kind, in_pair
from wps_xl.rules.rows import Detail, Rows


def not_below(frame: pd.DataFrame, *, column: str, other: str) -> pd.Series[bool]:
    """The value is at least that of the other column."""
    return _either_blank(frame, column, other) | (frame[column] >= frame[other])


def above(frame: pd.DataFrame, *, column: str, other: str) -> pd.Series[bool]:
    """The value is greater than that of the other column."""
    return _either_blank(frame, column, other) | (frame[column] > frame[other])


def not_above(frame: pd.DataFrame, *, column: str, other: str) -> pd.Series[bool]:
    """The value is at most that of the other column."""
    return _either_blank(frame, column, other) | (frame[column] <= frame[other])


def _either_blank(frame: pd.DataFrame, *columns: str) -> pd.Series[bool]:
    return frame[list(columns)].isna().any(axis=1)


# How a value is wrong to its bound: pandera's own check of a constant, ours of another column.
_CHECKS: Mapping[str, tuple[str, str, Callable[..., pd.Series[bool]]]] = {
    "<": ("greater_than_or_equal_to", "min_value", not_below),
    "<=": ("greater_than", "min_value", above),
    ">": ("less_than_or_equal_to", "max_value", not_above),
}


def midnight(day: dt.date) -> dt.datetime:
    """The moment at which a day begins, as cells keep days."""
    return dt.datetime.combine(day, dt.time())


def period(at: At) -> tuple[dt.date, dt.date]:
    """The first and the last day of the period that the rule names."""
    return at.cycle.review if at.rule.operand == "review" else at.cycle.plan_period


def fixed(at: At) -> float | dt.datetime:
    """The number or the day that the rule names, in figures or as something of the cycle."""
    begin, end = at.cycle.plan_period
    days = {
        "review_from": at.cycle.review[0],
        "plan_from": begin,
        "plan_to": end,
        "practices_from": at.cycle.practices_from,
    }
    day = days.get(at.rule.operand)
    if day is None:
        return float(at.rule.operand)
    return midnight(day) if at.column.type == "date" else float(day.year)


def comparing(
    pattern: str, says: str, sign: str, codes: tuple[str, str], expected: str = "{}"
) -> Kind:
    """A kind whose value is wrong where it is ``sign`` its bound.

    ``codes`` are those of a constant bound and of another column; ``expected`` words the constant.
    """
    built_in, limit, of_pair = _CHECKS[sign]

    def code(at: At) -> str:
        return codes[at.is_pair]

    def bound(at: At) -> Bound:
        return cell(at.rule.operand) if at.is_pair else constant(fixed(at))

    def check(at: At) -> Check:
        if at.is_pair:
            return Check(of_pair, {"other": at.rule.operand})
        return Check(built_in, {limit: fixed(at)})

    def detail(at: At, rows: Rows, position: int) -> Detail:
        if at.is_pair:
            return in_pair(at, rows, position)
        return Detail({"expected": expected.format(rows.show(fixed(at)))})

    return Kind(
        pattern,
        says=lambda at: says.format(at.heading(at.rule.operand)),
        checks=lambda at: {code(at): check(at)},
        formulas=lambda at: {code(at): compares(at.code, sign, bound(at))},
        stops=lambda at: {sign: bound(at)},
        raises=dict.fromkeys(codes, detail),
    )
