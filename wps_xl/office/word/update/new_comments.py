"""The comments that an update writes: cells and warnings anew, and what changed in the workbook."""

from __future__ import annotations

from collections.abc import Mapping

from docx.document import Document
from lxml import etree

from wps_xl.office.word import assembly, comments
from wps_xl.office.word.comments import Remark
from wps_xl.office.word.counting import Counted
from wps_xl.office.word.document import Composed
from wps_xl.office.word.ledger import Entry
from wps_xl.office.word.ooxml import w
from wps_xl.office.word.update import kept_comments
from wps_xl.office.word.update.generated import first_and_last
from wps_xl.office.word.update.merging import Merge, text_of_notice


def remarks(
    document: Document,
    merge: Merge,
    fresh: Composed,
    entries: Mapping[str, Entry],
    counted: Counted,
) -> list[Remark]:
    """Comments on cells and warnings that are to be written; stale ones are taken out."""
    wanted = assembly.remarks_by_block(fresh.story)
    renewed: dict[etree._Element, list[str]] = {}
    for block in fresh.story.written:
        entry = entries[block.bookmark]
        known = merge.old.get(block.bookmark)
        unit = merge.unit(block.bookmark, block.kind)
        if unit is None or unit.blank:
            continue
        if known is None or (known.remarks or entry.remarks) != entry.remarks:
            renewed[unit.first] = wanted.get(block.node, [])
    if not renewed:
        return []
    everything = {text for lines in wanted.values() for text in lines}
    gone = kept_comments.stale(document, renewed.keys(), everything)
    if gone:
        kept_comments.remove(document, {comment.number for comment in gone})
    there = {comment.text for comment in kept_comments.own_comments(document)}
    return [
        remark
        for paragraph, lines in renewed.items()
        for text in lines
        if text not in there
        for remark in _remark(paragraph, text, counted)
    ]


def freed(document: Document, counted: Counted) -> list[Remark]:
    """Our comments that now stand between the first two notes, taken out to be written anew.

    LibreOffice 7.4 would confuse the notes; see ``comments.attach``.
    """
    body = document.element.body
    texts = {str(c.comment_id): c.text for c in document.comments if c.author == comments.AUTHOR}
    notes, trapped = 0, []
    for node in body.iter(w("footnoteReference"), w("commentReference")):
        if node.tag == w("footnoteReference"):
            notes += 1
        elif notes == 1 and node.get(w("id")) in texts:
            trapped.append((node.get(w("id")), next(node.iterancestors(w("p")))))
    marks = sum(1 for _ in body.iter(w("footnoteReference")))
    if marks < 2 or not trapped:
        return []
    kept_comments.remove(document, {number for number, _ in trapped})
    return [
        remark
        for number, paragraph in trapped
        for remark in _remark(paragraph, texts[number], counted)
    ]


def notices(merge: Merge, counted: Counted) -> list[Remark]:
    """What changed in the workbook beside texts that were left as they are."""
    return [
        remark
        for change in merge.changes
        if change.notice and change.place is not None
        for remark in _remark(change.place, text_of_notice(change, kept_comments.NOTICE), counted)
    ]


def _remark(paragraph: etree._Element, text: str, counted: Counted) -> list[Remark]:
    ends = first_and_last(paragraph)
    number = " ".join(counted.paragraphs.get(paragraph, ()))
    return [Remark(tuple(text.split("\n")), *ends, number)] if ends else []
