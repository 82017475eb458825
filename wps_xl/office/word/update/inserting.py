"""Puts a new block of the fresh draft where it belongs in the drafter's document, tracked."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from wps_xl.office.word.ooxml import content_of, style_of, texts, w
from wps_xl.office.word.story import Written
from wps_xl.office.word.update import captions, tracked
from wps_xl.office.word.update.tracked import Pen

_ANNEX_NUMBER = frozenset(("AnnexHeading", "AnnexSingle"))


def insert_block(
    block: Written, last: etree._Element | None, body: etree._Element, pen: Pen
) -> etree._Element:
    """Insert the block behind ``last``, or where generated text begins; its last element."""
    made = list(_made(block, pen))
    place = _behind(last) if last is not None else None
    if place is None:
        first = next((node for node in body if _is_generated(node)), body[-1])
        for node in made:
            first.addprevious(node)
    else:
        for node in reversed(made):
            place.addnext(node)
    return made[-1]


def _is_generated(node: etree._Element) -> bool:
    names = (start.get(w("name"), "") for start in node.iter(w("bookmarkStart")))
    return any(name.startswith("_wps") for name in names)


def _made(block: Written, pen: Pen) -> Iterator[etree._Element]:
    for fresh in _pieces(block):
        if fresh.tag == w("tbl"):
            yield tracked.inserted_table(fresh, pen)
        else:
            made = tracked.inserted(fresh, pen)
            if _carries(fresh, block.bookmark):
                name_block(made, block, pen)
            yield made


def _pieces(block: Written) -> Iterator[etree._Element]:
    """The elements that belong to a block in the fresh draft, in order."""
    before = block.node.getprevious()
    if block.kind == "heading" and before is not None and style_of(before) in _ANNEX_NUMBER:
        yield before
    if block.kind not in ("table", "contents"):
        yield block.node
        return
    heads: list[etree._Element] = []
    while before is not None and (style_of(before) in captions.HEADS or block.kind == "contents"):
        heads.insert(0, before)
        before = before.getprevious() if block.kind == "table" else None
    yield from heads
    yield block.node
    after = block.node.getnext()
    while after is not None and (style_of(after) == "TableNote" or not "".join(texts(after))):
        yield after
        after = after.getnext() if style_of(after) == "TableNote" else None


def name_block(made: etree._Element, block: Written, pen: Pen) -> None:
    """Put the block's bookmark around its text; around the number alone where a table has one."""
    start, end = pen.transplant.bookmarks.around(block.bookmark, ())
    runs = [node.getparent() for node in made.iter(w("fldChar"))]
    inside = runs if block.kind == "table" and runs else content_of(made)
    if inside:
        inside[0].addprevious(start)
        inside[-1].addnext(end)
    else:
        made.extend((start, end))


def _carries(fresh: etree._Element, bookmark: str) -> bool:
    return any(start.get(w("name")) == bookmark for start in fresh.iter(w("bookmarkStart")))


def _behind(last: etree._Element) -> etree._Element:
    """The end of the block: below a table its notes and the empty line belong to it."""
    while last.getparent() is not None and last.getparent().tag != w("body"):
        last = last.getparent()
    if last.tag != w("tbl"):
        return last
    after = last.getnext()
    while after is not None and after.tag == w("p"):
        if "note" in style_of(after).lower():
            last, after = after, after.getnext()
            continue
        return after if not "".join(texts(after)).strip() else last
    return last
