"""Says in words how two texts or two tables differ: “34,086” → “35,012”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from lxml import etree

from wps_xl.report.word.ledger import visible_text
from wps_xl.report.word.ooxml import w

MOST = 12
_REFERENCE = re.compile(r"\{\w+ [^}]*\}")
_MARK = re.compile(r"\[fn: ")


def changed_words(old: str, new: str) -> str:
    """The changed words, old and new side by side."""
    return shortened(_pairs(_plain(old).split(), _plain(new).split()))


def changed_cells(old: str, grid: etree._Element) -> str:
    """The changed cells of a table; ``old`` holds its cells a line each."""
    new = [_plain(text) for text in visible_text(grid, {}).splitlines()]
    columns = len(grid.find(w("tblGrid"))) if grid.find(w("tblGrid")) is not None else 0
    before = [_plain(text) for text in old.splitlines()]
    if len(before) != len(new) or not columns:
        return shortened(_pairs(before, new))
    found = []
    for at, (one, other) in enumerate(zip(before, new, strict=True)):
        if one != other:
            row, column = at - at % columns, at % columns
            found.append(f"{new[row]}, {new[column]}: “{one}” → “{other}”")
    return shortened(found)


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
