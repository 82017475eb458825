"""Goes through a drafter's document block by block, and settles what hangs on the changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from docx.document import Document
from lxml import etree

from wps_xl.model import Draft
from wps_xl.office.word import assembly, comments, contents, footnotes, ledger, opening, package
from wps_xl.office.word.counting import Counted
from wps_xl.office.word.document import Composed, compose
from wps_xl.office.word.ledger import DELETED, Entry
from wps_xl.office.word.ooxml import Bookmarks, w
from wps_xl.office.word.references import refresh
from wps_xl.office.word.revisions import Revisions
from wps_xl.office.word.story import Written
from wps_xl.office.word.update import new_comments
from wps_xl.office.word.update.generated import bookmarks
from wps_xl.office.word.update.merging import Merge
from wps_xl.office.word.update.outline import Outline
from wps_xl.office.word.update.recognising import Recognition
from wps_xl.office.word.update.renumbered import known_names, rename
from wps_xl.office.word.update.tracked import Pen
from wps_xl.office.word.update.transplant import Transplant


@dataclass(frozen=True)
class Visit:
    """A drafter's document beside the fresh draft; entries are those of the ledger, by bookmark.

    ``known`` says how its blocks were known where marks or record are gone; ``unseen`` are blocks
    of which nobody knows whether they ever stood in it.
    """

    document: Document
    name: str
    fresh: Composed
    entries: Mapping[str, Entry]
    old: Mapping[str, Entry]
    moment: dt.datetime
    known: str = ""
    unseen: frozenset[str] = frozenset()
    fields: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def to(cls, drafter: Path, draft: Draft, template: Path, moment: dt.datetime) -> Visit:
        """Open the drafter's file and put the fresh draft together; InputError as ``update``."""
        document = opening.open_word(drafter)
        old = recorded(document)
        fresh = _with_known_names(compose(draft, template), old)
        entries = {entry.bookmark: entry for entry in assembly.entries(fresh.story)}
        notes = ledger.note_texts(package.root_of(package.footnotes_part(document, drafter.name)))
        found = Recognition.of(document.element.body, notes)
        known = found.recorded(entries, old) if old else found.unrecorded(entries, drafter.name)
        again = [block for block in fresh.story.written if block.bookmark in known.again]
        found.mark_notes(again, ledger.note_texts(fresh.story.notes))
        return cls(
            *(document, drafter.name, fresh, entries, known.old, moment),
            *(known.said, known.unseen, _fields(document)),
        )


def merged(visit: Visit) -> Merge:
    """The changes made, block by block."""
    body = visit.document.element.body
    fresh, entries = visit.fresh, visit.entries
    notes = package.root_of(package.footnotes_part(visit.document, visit.name))
    pen = Pen(
        Revisions.after(body, visit.moment),
        Transplant.between(visit.document, visit.name, notes, fresh.document, fresh.story.notes),
        ledger.note_texts(notes),
        ledger.note_texts(fresh.story.notes),
    )
    merge = Merge(body, pen, visit.old, bookmarks(body))
    merge.meet(fresh.story.written)
    merge.begin_below_contents()
    for block in fresh.story.written:
        if block.bookmark in visit.unseen:
            merge.ledger.append(replace(entries[block.bookmark], state=DELETED))
        elif block.kind != "contents":
            merge.bring(block, entries[block.bookmark])
    for bookmark, entry in visit.old.items():
        if bookmark not in entries:
            merge.drop(entry)
    for block in fresh.story.written:
        if block.kind == "contents":
            merge.follow_contents(*_contents(block, entries[block.bookmark], visit, merge))
    merge.name_lost_references()
    return merge


def settled(visit: Visit, merge: Merge) -> Counted:
    """Notes, numbers and comments of the changed document; the numbers as counted."""
    body, transplant = merge.body, merge.pen.transplant
    transplant.settle()
    widen_marks(body)
    footnotes.settle(body, transplant.notes)
    package.put_root(package.footnotes_part(visit.document, visit.name), transplant.notes)
    merge.starts = bookmarks(body)
    counted = refresh(visit.document)
    wanted = new_comments.freed(visit.document, counted)
    wanted += new_comments.remarks(visit.document, merge, visit.fresh, visit.entries, counted)
    wanted += new_comments.notices(merge, counted)
    if wanted:
        comments.attach(body, visit.document.comments, wanted, visit.moment, transplant.styles)
    return counted


def _fields(document: Document) -> dict[str, str]:
    """What was written into the masthead last."""
    part = package.custom_part(document, ledger.NAMESPACE)
    return ledger.fields_of(part.blob) if part is not None else {}


def recorded(document: Document) -> dict[str, Entry]:
    """The record that a document carries of itself, by bookmark; none in one of others."""
    part = package.custom_part(document, ledger.NAMESPACE)
    entries = ledger.from_xml(part.blob) if part is not None else ()
    return {entry.bookmark: entry for entry in entries}


def _with_known_names(fresh: Composed, old: Mapping[str, Entry]) -> Composed:
    """The fresh draft with the bookmarks that its paragraphs have in the drafter's document."""
    story = fresh.story
    names = known_names(old.values(), assembly.entries(story))
    if not names:
        return fresh
    rename(fresh.document.element.body, names)
    story.written = [
        replace(block, bookmark=names.get(block.bookmark, block.bookmark))
        for block in story.written
    ]
    return replace(fresh, names=names)


def _contents(block: Written, entry: Entry, visit: Visit, merge: Merge) -> tuple[Written, Entry]:
    """The table of contents of the drafter's document as it now is."""
    outline = Outline(visit.document, merge.pen.transplant.bookmarks)
    table = contents.table(outline.lines(visit.fresh.printed.lines), {}, Bookmarks())
    grid = next(node for node in table if node.tag == w("tbl"))
    text = ledger.visible_text(grid, {})
    found = replace(entry, hash=ledger.fingerprint(text), base=text)
    return replace(block, node=grid), found


def widen_marks(body: etree._Element) -> None:
    """Put bookmarks around the marks of notes again: LibreOffice leaves some empty before them."""
    for start in body.iter(w("bookmarkStart")):
        end = start.getnext()
        mark = end.getnext() if end is not None and end.tag == w("bookmarkEnd") else None
        if (
            mark is not None
            and end.get(w("id")) == start.get(w("id"))
            and start.get(w("name"), "").startswith("_wpsFn_")
            and mark.find(w("footnoteReference")) is not None
        ):
            mark.addnext(end)
