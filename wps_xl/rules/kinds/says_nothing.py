"""A column in which something has to be said; such words are told when its cells are read."""

from __future__ import annotations

from wps_xl.rules.conditions import says
from wps_xl.rules.kind import At, Kind

EMPTY_WORDS = "empty_words"
"""The line of the list of limits with the words that say nothing."""


def _applies(at: At) -> bool:
    is_told = at.sheet.has_rows and at.column.is_told(at.cycle.classification)
    return is_told and bool(at.codebook.words(EMPTY_WORDS))


KIND = Kind(
    applies=_applies,
    formulas=lambda at: {"says-nothing": says(at.code, at.codebook.words(EMPTY_WORDS))},
)
