"""What a form tells the person who fills it in: the same rules that the checks apply, in words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from wps_xl.codebook import Codebook, Cycle
from wps_xl.forms.definitions import Column, FormSheet
from wps_xl.rules.kind import At
from wps_xl.rules.registry import rules_of

_AREAS: Mapping[str, str] = {"areas": "area", "themes": "thematic area"}


def about(text: str, cycle: Cycle) -> str:
    """A title or a help line of a sheet in the words of the cycle's classification."""
    return text.replace("{area}", _AREAS[cycle.classification])


def instruction(sheet: FormSheet, column: Column, codebook: Codebook, cycle: Cycle) -> str:
    """The input message of one column: what it takes, when it is needed, its rules, its help."""
    at = partial(At, column, sheet, codebook, cycle, {})
    parts = [*(kind.says(here) for kind, here in rules_of(column, at)), column.help]
    return " ".join(part for part in parts if part)
