"""The office's columns of the data sheets: what they say."""

from __future__ import annotations

from collections.abc import Mapping

from wps_xl.model import Value
from wps_xl.review.columns import alike
from wps_xl.review.layout import IN_REPORT, PANEL

CHOSEN, LEFT_OUT = "yes", "no"
ELIGIBLE, NOT_ELIGIBLE, OPEN = "eligible", "not eligible", "open"
Row = Mapping[str, Value]


def is_chosen(row: Row) -> bool:
    """Whether the office wants the row in the report."""
    return alike(row.get(IN_REPORT)) == CHOSEN


def is_left_out(row: Row) -> bool:
    """Whether the office wants the row in no document."""
    return alike(row.get(IN_REPORT)) == LEFT_OUT


def panel_decision(row: Row) -> str:
    """What the panel found of a case of good practice (para. 52); open where nothing says so."""
    said = alike(row.get(PANEL))
    return said if said in (ELIGIBLE, NOT_ELIGIBLE) else OPEN
