"""The title above a table and the notes below it: found, and followed like the table, tracked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from lxml import etree

from wps_xl.office.word.ledger import fingerprint, visible_text
from wps_xl.office.word.ooxml import style_of, w
from wps_xl.office.word.revisions import is_empty, is_gone
from wps_xl.office.word.update import tracked
from wps_xl.office.word.update.tracked import Pen

HEADS = frozenset(("TableNo", "TableTitle"))


@dataclass(frozen=True)
class Caption:
    """The paragraphs above and below a table that belong to it."""

    above: tuple[etree._Element, ...]
    below: tuple[etree._Element, ...]

    @classmethod
    def fresh(cls, grid: etree._Element) -> Caption:
        """Of a table as it was just written."""
        heads = takewhile(lambda node: style_of(node) in HEADS, grid.itersiblings(preceding=True))
        return cls(tuple(heads)[::-1], _notes(grid))

    @classmethod
    def standing(cls, first: etree._Element, grid: etree._Element) -> Caption:
        """Of a table in a drafter's document, whose title begins with ``first``."""
        between = takewhile(lambda node: node is not grid, first.itersiblings())
        heads = (node for node in between if node.tag == w("p") and not is_empty(node))
        return cls((first, *heads), _notes(grid))

    def texts(self, notes: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What stands above and below."""
        above, below = (
            tuple(visible_text(node, notes) for node in nodes) for nodes in (self.above, self.below)
        )
        return above, below


def follow(
    mine: Sequence[etree._Element],
    base: Sequence[str],
    fresh: Sequence[etree._Element],
    grid: etree._Element,
    pen: Pen,
) -> bool:
    """Bring these paragraphs from what ``base`` says to what the fresh ones say; whether one did.

    One that says something else is the drafter's and stands.
    """
    changed = False
    last = grid
    for at in range(max(len(mine), len(fresh))):
        here = mine[at] if at < len(mine) else None
        was = base[at] if at < len(base) else None
        now = visible_text(fresh[at], pen.fresh_notes) if at < len(fresh) else None
        if here is None and was is None and now is not None:
            here = tracked.inserted(fresh[at], pen)
            last.addnext(here)
            changed = True
        elif here is not None and was is not None and was != now and _says(here, was, pen):
            if now is None:
                tracked.deleted(here, pen)
            else:
                tracked.rewrite(here, fresh[at], pen)
            changed = True
        last = here if here is not None else last
    return changed


def _says(node: etree._Element, text: str, pen: Pen) -> bool:
    return fingerprint(visible_text(node, pen.notes)) == fingerprint(text)


def _notes(grid: etree._Element) -> tuple[etree._Element, ...]:
    found = takewhile(lambda node: node.tag == w("p"), grid.itersiblings())
    notes = takewhile(lambda node: "note" in style_of(node).lower(), found)
    return tuple(node for node in notes if not is_gone(node))
