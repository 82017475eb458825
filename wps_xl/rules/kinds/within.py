"""``within the review period`` or ``plan period``: a date outside it is asked about."""

from __future__ import annotations

from wps_xl.rules.bounds import midnight, period
from wps_xl.rules.conditions import Condition, any_of, compares, constant
from wps_xl.rules.kind import At, Check, Kind
from wps_xl.rules.rows import Detail, Rows

CODE = "outside-period"


def _check(at: At) -> Check:
    first, last = map(midnight, period(at))
    return Check("in_range", {"min_value": first, "max_value": last})


def _outside(at: At) -> Condition:
    first, last = map(constant, period(at))
    return any_of(compares(at.code, "<", first), compares(at.code, ">", last))


def _detail(at: At, rows: Rows, position: int) -> Detail:
    first, last = period(at)
    return Detail({"expected": f"{first} to {last} ({at.rule.operand} period on the Cover)"})


KIND = Kind(
    r"within the (\w+) period",
    says=lambda at: f"Within the {at.rule.operand} period on the Cover.",
    checks=lambda at: {CODE: _check(at)},
    formulas=lambda at: {CODE: _outside(at)},
    raises={CODE: _detail},
)
