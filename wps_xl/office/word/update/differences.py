"""Says in words how two texts differ: “34,086” → “35,012”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

MOST = 12
_REFERENCE = re.compile(r"\{\w+ [^}]*\}")
_MARK = re.compile(r"\[fn: ")


def changed_words(old: str, new: str) -> str:
    """The changed words, old and new side by side."""
    return shortened(_pairs(_plain(old).split(), _plain(new).split()))


def shortened(found: Sequence[str]) -> str:
    """The first dozen, and how many more there are."""
    rest = f"; and {len(found) - MOST} more" if len(found) > MOST else ""
    return "; ".join(found[:MOST]) + rest


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[str]:
    return list(_changes(old, new))


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "replace":
            yield f"“{' '.join(old[first:last])}” → “{' '.join(new[start:end])}”"
        elif kind == "delete":
            yield f"“{' '.join(old[first:last])}” goes"
        elif kind == "insert":
            yield f"“{' '.join(new[start:end])}” is new"


def _plain(text: str) -> str:
    """The text as readers know it: references by a word, notes in brackets."""
    return _MARK.sub(" [note: ", _REFERENCE.sub("[number]", text))
