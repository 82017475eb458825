"""Tracked changes: their marks, and what of a document is live, as if all were accepted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from wps_xl.office.word.comments import AUTHOR
from wps_xl.office.word.ooxml import add, element, w

GONE = frozenset((w("del"), w("moveFrom")))
ADDED = frozenset((w("ins"), w("moveTo")))
MARKS = (
    *("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "cellIns", "cellDel"),
    *("moveFromRangeStart", "moveToRangeStart", "tblPrChange", "trPrChange", "tcPrChange"),
    *("sectPrChange", "numberingChange", "cellMerge", "tblGridChange"),
)
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BOX = w("txbxContent")
_APART = frozenset((BOX, FALLBACK))
_SHOWN = frozenset(map(w, ("t", "footnoteReference", "drawing", "pict", "object")))
_DELETED_TEXT = {w("t"): w("delText"), w("instrText"): w("delInstrText")}


@dataclass
class Revisions:
    """Makes the marks of our own changes, each with a number that no other change has."""

    date: str
    last: int = 0

    @classmethod
    def after(cls, body: etree._Element, date: dt.datetime) -> Revisions:
        """Revisions numbered after those in ``body``."""
        marks = body.iter(*map(w, MARKS))
        ids = [node.get(w("id"), "") for node in marks]
        last = max((int(found) for found in ids if found.isdecimal()), default=0)
        return cls(date.strftime("%Y-%m-%dT%H:%M:%SZ"), last)

    def mark(self, tag: str) -> etree._Element:
        """A new ``ins`` or ``del`` by us."""
        self.last += 1
        return element(tag, id=self.last, author=AUTHOR, date=self.date)

    def inserted(self, *nodes: etree._Element) -> etree._Element:
        """The nodes as an insertion."""
        made = self.mark("ins")
        made.extend(nodes)
        return made

    def delete(self, node: etree._Element) -> None:
        """Mark a run as deleted; one that we inserted ourselves simply goes."""
        own = next((up for up in node.iterancestors(w("ins")) if is_ours(up)), None)
        if own is not None:
            node.getparent().remove(node)
            if len(own) == 0:
                own.getparent().remove(own)
            return
        before = node.getprevious()
        if before is not None and before.tag == w("del") and self._is_fresh(before):
            before.append(node)
        else:
            made = self.mark("del")
            node.addprevious(made)
            made.append(node)
        for text in node.iter(*_DELETED_TEXT):
            text.tag = _DELETED_TEXT[text.tag]

    def mark_paragraph(self, paragraph: etree._Element, tag: str) -> None:
        """Say of the paragraph's own end that it was inserted or deleted."""
        properties = paragraph.find(w("pPr"))
        if properties is None:
            properties = element("pPr")
            paragraph.insert(0, properties)
        kept = properties.find(w("rPr"))
        if kept is None:
            kept = add(properties, "rPr")
            for later in properties.findall(w("sectPr")) + properties.findall(w("pPrChange")):
                properties.append(later)
        before = len(kept.findall(w("ins"))) if tag == "del" else 0
        kept.insert(before, self.mark(tag))

    def mark_row(self, row: etree._Element, tag: str) -> None:
        """Say of a table row that it was inserted or deleted."""
        properties = row.find(w("trPr"))
        if properties is None:
            properties = element("trPr")
            before = row.find(w("tblPrEx"))
            row.insert(0, properties) if before is None else before.addnext(properties)
        properties.append(self.mark(tag))

    def _is_fresh(self, mark: etree._Element) -> bool:
        return is_ours(mark) and mark.get(w("date")) == self.date


def is_ours(mark: etree._Element) -> bool:
    """Whether we made this change."""
    return bool(mark.get(w("author")) == AUTHOR)


def is_live(node: etree._Element) -> bool:
    """Whether the node stays when every change is accepted."""
    return not any(up.tag in GONE for up in node.iterancestors())


def ends_deleted(paragraph: etree._Element) -> bool:
    """Whether the paragraph's own end was deleted, so that it joins the next one."""
    marks = paragraph.iterfind(f"{w('pPr')}/{w('rPr')}/*")
    return any(mark.tag in GONE for mark in marks)


def is_empty(paragraph: etree._Element) -> bool:
    """Whether nothing would stand in the paragraph if all changes were accepted."""
    shown = (node for node in own(paragraph) if node.tag in _SHOWN)
    return not any(is_live(node) and (node.text or "x").strip() for node in shown)


def is_gone(paragraph: etree._Element) -> bool:
    """Whether the paragraph goes, end and all, when every change is accepted."""
    return ends_deleted(paragraph) and is_empty(paragraph)


def is_deleted(table: etree._Element) -> bool:
    """Whether every row of the table was deleted."""
    rows = table.findall(w("tr"))
    return bool(rows) and all(row.find(f"{w('trPr')}/{w('del')}") is not None for row in rows)


def own(paragraph: etree._Element) -> Iterator[etree._Element]:
    """What stands in a paragraph itself, and not in a text box that hangs on it."""
    for child in paragraph:
        yield child
        if child.tag not in _APART:
            yield from own(child)


def live_paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs that stay when every change is accepted, in order.

    A text box is there twice, the second time for older programs, which is left out.
    """
    for paragraph in root.iter(w("p")):
        if is_gone(paragraph) or next(paragraph.iterancestors(FALLBACK), None) is not None:
            continue
        row = next(paragraph.iterancestors(w("tr")), None)
        if row is None or row.find(f"{w('trPr')}/{w('del')}") is None:
            yield paragraph


def accept_all(body: etree._Element) -> None:
    """Accept every insertion and deletion of runs, paragraphs and rows."""
    for row in list(body.iter(w("tr"))):
        if row.find(f"{w('trPr')}/{w('del')}") is not None:
            row.getparent().remove(row)
    gone = [node for node in body.iter(w("p")) if is_gone(node)]
    for paragraph in gone:
        paragraph.getparent().remove(paragraph)
    for mark in list(body.iter(w("del"))):
        mark.getparent().remove(mark)
    for mark in list(body.iter(w("ins"))):
        for inside in list(mark):
            mark.addprevious(inside)
        mark.getparent().remove(mark)
