"""A column that each row must fill, in every cycle or in those by areas or by themes."""

from __future__ import annotations

from wps_xl.rules.conditions import blank
from wps_xl.rules.kind import Kind, plainly

REQUIRED = "required"
"""The code of what pandera's own check of blank cells finds."""

KIND = Kind(
    applies=lambda at: at.column.is_required(at.cycle.classification),
    says=lambda at: "Required.",
    formulas=lambda at: {REQUIRED: blank(at.code)},
    raises={REQUIRED: plainly},
    rank=-1,
)
