"""``N to N characters`` or ``up to N characters``: how long a text may be, and has to be."""

from __future__ import annotations

from collections.abc import Mapping

from wps_xl.rules.conditions import constant, length
from wps_xl.rules.kind import At, Check, Kind
from wps_xl.rules.rows import Detail, Rows

_ENDS = {"too-short": ("<", "min_value"), "too-long": (">", "max_value")}
"""The sign and pandera's word of either end."""


def _limits(at: At) -> Mapping[str, int]:
    """The least and the greatest length, by the code of the issue."""
    return {code: int(end) for code, end in zip(_ENDS, at.rule.operands, strict=True) if end}


def _expected(at: At) -> str:
    low, high = at.rule.operands
    return f"{low} to {high} characters" if low else f"up to {high} characters"


def _detail(at: At, rows: Rows, position: int) -> Detail:
    count = len(rows.shown(position, at.code))
    return Detail({"expected": _expected(at), "count": str(count)})


KIND = Kind(
    r"(?:(\d+)|up) to (\d+) characters",
    says=lambda at: f"{_expected(at).capitalize()}.",
    checks=lambda at: {
        code: Check("str_length", {_ENDS[code][1]: end}) for code, end in _limits(at).items()
    },
    formulas=lambda at: {
        code: length(at.code, _ENDS[code][0], end) for code, end in _limits(at).items()
    },
    stops=lambda at: {_ENDS[code][0]: constant(end) for code, end in _limits(at).items()},
    raises=dict.fromkeys(_ENDS, _detail),
)
