"""``required with column`` or ``required with column = codes``: filled where the other one is."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from wps_xl.rules.conditions import Condition, blank, both, filled, says
from wps_xl.rules.kind import At, Check, Kind, plainly

CODE = "required-with"


def filled_with(
    frame: pd.DataFrame, *, column: str, other: str, wanted: Sequence[str]
) -> pd.Series[bool]:
    """Where the other column is filled, or has one of the codes, this one is filled too."""
    called_for = frame[other].isin(wanted) if wanted else frame[other].notna()
    return ~called_for | frame[column].notna()


def called_for(at: At, other: str, wanted: Sequence[str]) -> Condition:
    """The other column is filled, or says one of the codes."""
    codes = [at.codebook[at.sheet.columns[other].list_name][code] for code in wanted]
    words = [word for entry in codes for word in (entry.code, entry.label, *entry.also)]
    return says(other, words) if wanted else filled(other)


def condition(at: At, other: str, *wanted: str) -> str:
    """Where the column is called for, in words."""
    labels = [at.codebook[at.sheet.columns[other].list_name].label(code) for code in wanted]
    said = f"where {at.heading(other)} is {' or '.join(labels)}"
    return said if wanted else f"with {at.heading(other)}"


def when_filled(code: str, pattern: str, says: str) -> Kind:
    """A kind of column that is filled where another one is."""

    def check(at: At) -> Check:
        other, *wanted = at.rule.operands
        return Check(filled_with, {"other": other, "wanted": wanted})

    return Kind(
        pattern,
        says=lambda at: f"{says} {condition(at, *at.rule.operands)}.",
        checks=lambda at: {code: check(at)},
        formulas=lambda at: {
            code: both(blank(at.code), called_for(at, at.rule.operand, at.rule.operands[1:]))
        },
        raises={code: plainly},
    )


KIND = when_filled(CODE, r"required with (\w+)(?: = (?!.* unless )(.+))?", "Required")
