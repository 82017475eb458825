"""A column of numbers or of dates; what else stands in it is told when its cells are read."""

from __future__ import annotations

from wps_xl.rules.conditions import is_text
from wps_xl.rules.kind import Kind

_SAYS = {"number": "A number.", "date": "A date."}

KIND = Kind(
    applies=lambda at: at.column.type in _SAYS,
    says=lambda at: _SAYS[at.column.type],
    formulas=lambda at: {f"not-a-{at.column.type}": is_text(at.code)},
)
