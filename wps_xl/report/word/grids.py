"""Follows a changed table of contents row by row, tracked."""

from __future__ import annotations

from difflib import SequenceMatcher

from lxml import etree

from wps_xl.report.word import tracked
from wps_xl.report.word.ooxml import w
from wps_xl.report.word.tracked import Pen


def rewrite_rows(grid: etree._Element, fresh: etree._Element, pen: Pen) -> None:
    """Change the rows so that they say what those of the fresh table say."""
    old, new = _live_rows(grid), fresh.findall(w("tr"))
    matcher = SequenceMatcher(None, list(map(_key, old)), list(map(_key, new)), autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            for mine, other in zip(old[first:last], new[start:end], strict=True):
                _rewrite_row(mine, other, pen)
            continue
        place = old[last - 1] if last else None
        for row in reversed(new[start:end]):
            made = tracked.inserted_row(row, pen)
            if place is not None:
                place.addnext(made)
            else:
                old[0].addprevious(made)
        for row in old[first:last]:
            tracked.deleted_row(row, pen)


def _rewrite_row(mine: etree._Element, other: etree._Element, pen: Pen) -> None:
    for one, fresh in zip(mine.iter(w("p")), other.iter(w("p")), strict=False):
        tracked.rewrite(one, fresh, pen)


def _live_rows(grid: etree._Element) -> list[etree._Element]:
    rows = grid.findall(w("tr"))
    return [row for row in rows if row.find(f"{w('trPr')}/{w('del')}") is None]


def _key(row: etree._Element) -> str:
    """What a line of the contents is about: the heading it leads to, else its words."""
    for node in row.iter(w("instrText"), w("delInstrText")):
        words = (node.text or "").split()
        if words[:1] == ["PAGEREF"] and len(words) > 1:
            return words[1]
    return "".join(node.text or "" for node in row.iter(w("t")))
