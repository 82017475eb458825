"""Texts that were spoiled on the way: letters broken by a wrong encoding, ends cut off."""

from __future__ import annotations

import re

BROKEN, CUT = "broken-letters", "cut-off"
# What two or three bytes of UTF-8 look like where each is taken for a letter of its own.
_PAIRS = re.compile(
    "(?:[ÃÂÅÄ][\x80-\xbfŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|â[€‚„†‹][\x80-\xbf\u0080-\uffff]?)+"
)
_CYRILLIC = re.compile("(?:[ÐÑ][\x80-\xbfŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]){3,}")
_ARABIC = re.compile("(?:[ØÙ][\x80-\xbfŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]){3,}")
_LOST = "\ufffd"
# The length at which old drivers and programs cut texts, with what may have been trimmed.
_CUT_AT = range(254, 257)


def is_broken(text: str) -> bool:
    """Whether letters of the text were broken by a wrong encoding."""
    return _LOST in text or repaired(text) != text


def repaired(text: str) -> str:
    """The text with its broken letters put together again, where that is possible."""
    if text.isascii():
        return text
    for pattern in (_PAIRS, _CYRILLIC, _ARABIC):
        text = pattern.sub(_joined, text)
    return text


def _joined(match: re.Match[str]) -> str:
    bytes_ = b"".join(_byte(mark) for mark in match[0])
    try:
        return bytes_.decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _byte(mark: str) -> bytes:
    try:
        return mark.encode("cp1252")
    except UnicodeEncodeError:
        return mark.encode("latin-1", "replace")


def is_cut(text: str) -> bool:
    """Whether the text has the length at which programs cut, and ends within a sentence."""
    return len(text) in _CUT_AT and text[-1:].isalnum()
