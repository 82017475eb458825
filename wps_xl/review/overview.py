"""Sheet Overview: a row may hold a focus and a challenge, and the office words each of them.

``Our wording`` belongs to what the row holds. Where it holds both, each has a column of its own,
and ``Our wording`` is for the one whose column is blank while the other's is not.
"""

from __future__ import annotations

from collections.abc import Mapping

from wps_xl.codebook import Codebook
from wps_xl.model import Value
from wps_xl.review.columns import headings, text
from wps_xl.review.layout import OUR_CHALLENGE, OUR_FOCUS, OUR_WORDING

SHEET = "Overview"
FOCUS, CHALLENGE = "focus", "challenge"
_OWN = {FOCUS: OUR_FOCUS, CHALLENGE: OUR_CHALLENGE}
_OTHER = {FOCUS: CHALLENGE, CHALLENGE: FOCUS}
Row = Mapping[str, Value]


def wording_column(row: Row, part: str, codebook: Codebook) -> str:
    """The office's column that words this part of a row; blank where none does."""
    if text(row.get(_OWN[part])):
        return _OWN[part]
    if not text(row.get(OUR_WORDING)):
        return ""
    has = {one: bool(text(row[headings(codebook, SHEET)[one]])) for one in _OWN}
    if has[part] and has[_OTHER[part]]:
        return OUR_WORDING if text(row.get(_OWN[_OTHER[part]])) else ""
    # Words beside a row that holds neither are those of a focus that the office adds.
    return OUR_WORDING if has[part] or (part == FOCUS and not has[CHALLENGE]) else ""


def is_unclear(row: Row, codebook: Codebook) -> bool:
    """Whether ``Our wording`` says not which of the two it words, so that it cannot be printed."""
    used = {wording_column(row, part, codebook) for part in _OWN}
    return bool(text(row.get(OUR_WORDING))) and OUR_WORDING not in used
