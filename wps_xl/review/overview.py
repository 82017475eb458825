"""Sheet Overview: a row may hold a focus and a challenge, and the office words each of them.

``Our wording`` belongs to what the row holds. Where it holds both, each has a column of its own,
and ``Our wording`` is for the one whose column is blank while the other's is not.
"""

from __future__ import annotations

from wps_xl.records import Overview

FOCUS, CHALLENGE = "focus", "challenge"
_OWN = {FOCUS: "our_wording_focus", CHALLENGE: "our_wording_challenge"}
_OTHER = {FOCUS: CHALLENGE, CHALLENGE: FOCUS}
_WORDING = "our_wording"


def wording_column(row: Overview, part: str) -> str:
    """The office's column that words this part of a row; blank where none does."""
    ours = {FOCUS: row.our_wording_focus, CHALLENGE: row.our_wording_challenge}
    if ours[part]:
        return _OWN[part]
    if not row.our_wording:
        return ""
    has = {FOCUS: bool(row.focus), CHALLENGE: bool(row.challenge)}
    if has[part] and has[_OTHER[part]]:
        return _WORDING if ours[_OTHER[part]] else ""
    # Words beside a row that holds neither are those of a focus that the office adds.
    return _WORDING if has[part] or (part == FOCUS and not has[CHALLENGE]) else ""


def is_unclear(row: Overview) -> bool:
    """Whether ``Our wording`` says not which of the two it words, so that it cannot be printed."""
    used = {wording_column(row, part) for part in _OWN}
    return bool(row.our_wording) and _WORDING not in used
