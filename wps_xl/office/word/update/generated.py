"""Finds in a drafter's document what was generated: by the hidden bookmark on each block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice, takewhile

from lxml import etree

from wps_xl.office.word.ledger import fingerprint, visible_text
from wps_xl.office.word.ooxml import content_of, w
from wps_xl.office.word.revisions import ends_deleted, is_deleted, is_empty, is_gone

_LONGEST = 50
_TITLE_TO_TABLE = 4
_BLOCKS = ("_wps_", "_wpsSec_", "_wpsTab_")


@dataclass(frozen=True)
class Unit:
    """One generated block as the drafter left it: its paragraphs, or the title of its table.

    ``split`` says that a drafter cut it in two or joined it to the next paragraph.
    """

    paragraphs: tuple[etree._Element, ...]
    text: str
    grid: etree._Element | None = None

    @property
    def first(self) -> etree._Element:
        """The paragraph that carries the bookmark."""
        return self.paragraphs[0]

    @property
    def last(self) -> etree._Element:
        """The last element of the block."""
        return self.paragraphs[-1] if self.grid is None else self.grid

    @property
    def split(self) -> bool:
        """Whether it no longer is one paragraph."""
        return len(self.paragraphs) > 1 or any(map(ends_deleted, self.paragraphs))

    @property
    def blank(self) -> bool:
        """Whether nothing is left of it."""
        return not self.text.strip()

    def says(self, hash: str) -> bool:
        """Whether it stands as one block with the text of that fingerprint."""
        return not self.split and fingerprint(self.text) == hash


def bookmarks(body: etree._Element) -> dict[str, etree._Element]:
    """The start of each bookmark by its name."""
    return {start.get(w("name"), ""): start for start in body.iter(w("bookmarkStart"))}


def find(
    start: etree._Element | None, notes: Mapping[str, str], table: bool = False
) -> Unit | None:
    """The block whose bookmark begins there; None where the drafter took it out."""
    paragraph = _holder(start) if start is not None else None
    if start is None or paragraph is None:
        return None
    if table:
        grid = _grid(paragraph)
        return Unit((paragraph,), visible_text(grid, notes), grid) if grid is not None else None
    found = _up_to_end(paragraph, start)
    return Unit(found, "\n".join(visible_text(node, notes) for node in found))


def forget(body: etree._Element, start: etree._Element | None) -> None:
    """Take a bookmark out, so that another block can carry it."""
    if start is None or start.getparent() is None:
        return
    for end in list(body.iter(w("bookmarkEnd"))):
        if end.get(w("id")) == start.get(w("id")):
            end.getparent().remove(end)
    start.getparent().remove(start)


def first_and_last(paragraph: etree._Element) -> tuple[etree._Element, etree._Element] | None:
    """The first and last child of a paragraph that a comment can be anchored to."""
    inside = content_of(paragraph)
    return (inside[0], inside[-1]) if inside else None


def _holder(node: etree._Element) -> etree._Element | None:
    """The paragraph around a bookmark's end, or the next one where it stands between two."""
    around = next(node.iterancestors(w("p")), None)
    return around if around is not None else next(node.itersiblings(w("p")), None)


def _up_to_end(paragraph: etree._Element, start: etree._Element) -> tuple[etree._Element, ...]:
    found = [paragraph]
    while not _ends_in(found[-1], start.get(w("id"))) and len(found) < _LONGEST:
        after = found[-1].getnext()
        if after is not None and after.get(w("id")) == start.get(w("id")):
            break
        if after is None or after.tag != w("p"):
            return (paragraph,)
        found.append(after)
    return tuple(found)


def _ends_in(paragraph: etree._Element, number: str) -> bool:
    return any(end.get(w("id")) == number for end in paragraph.iter(w("bookmarkEnd")))


def _grid(title: etree._Element) -> etree._Element | None:
    """The table that stands shortly below its number or title."""
    if is_gone(title):
        return None
    below = takewhile(lambda node: not _begins_block(node), title.itersiblings())
    shown = (node for node in below if not _is_nothing(node))
    found = islice(shown, _TITLE_TO_TABLE)
    return next((node for node in found if node.tag == w("tbl")), None)


def _begins_block(node: etree._Element) -> bool:
    """Whether another generated paragraph stands there, so that the table has gone."""
    starts = node.iterchildren(w("bookmarkStart")) if node.tag == w("p") else ()
    return any(start.get(w("name"), "").startswith(_BLOCKS) for start in starts)


def _is_nothing(node: etree._Element) -> bool:
    """Whether nothing of it is read once all changes are accepted."""
    if node.tag == w("tbl"):
        return is_deleted(node)
    return node.tag != w("p") or is_empty(node)
