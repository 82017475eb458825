"""The clean edition of a drafter's own document: what they wrote stays, what was for them goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from docx.document import Document

from wps_xl.errors import InputError
from wps_xl.model import Draft
from wps_xl.nouns import counted
from wps_xl.report.word import assembly, footnotes, package, remarking
from wps_xl.report.word.counting import Counted
from wps_xl.report.word.merging import GONE, HELD, NEW, TABLE, UPDATED, Merge
from wps_xl.report.word.ooxml import w
from wps_xl.report.word.refreshing import fields, refresh
from wps_xl.report.word.regenerate import Updated, follow_masthead, moment_of, printed_as, refuse
from wps_xl.report.word.revisions import MARKS, accept_all
from wps_xl.report.word.revisiting import Visit, merged, settled
from wps_xl.report.word.story import PROMPT_STYLE
from wps_xl.report.word.units import Unit, bookmarks

PROMPT = "[Drafter:"
TEXT_STYLE = "ParaNo"
BEHIND = (UPDATED, NEW, GONE, HELD, TABLE)


def submit(
    draft: Draft,
    template: Path,
    drafter: Path,
    target: Path,
    properties: Mapping[str, str] | None = None,
) -> Updated:
    """Write ``target``: the drafter's document without comments, prompts and ledger.

    Raises
    ------
    InputError
        As ``update`` does, and where changes are still tracked or the workbook has moved on.
    OutputError
        The target exists, or cannot be written.
    """
    refuse(drafter, target)
    about = dict(properties or {})
    visit = Visit.to(drafter, draft, template, moment_of(about))
    _refuse_open_changes(visit.document, drafter)
    merge = merged(visit)
    _refuse_behind(visit, merge, drafter)
    _refuse_lost_references(merge, drafter)
    settled(visit, merge)
    said = follow_masthead(visit)
    told = printed_as(visit, merge, _cleaned(visit, merge))
    assembly.strip(visit.document)
    if "modified" in about:
        visit.document.core_properties.modified = visit.moment
    package.save(visit.document, target, overwrite=False)
    return replace(told, masthead=said)


def _refuse_open_changes(document: Document, drafter: Path) -> None:
    roots = package.all_stories(document)
    count = sum(1 for root in roots for _ in root.iter(*map(w, MARKS)))
    if count:
        raise InputError(
            f"{drafter.name} holds {counted(count, 'tracked change')}. Accept or reject in Word, "
            "save, and write the clean edition again."
        )


def _refuse_behind(visit: Visit, merge: Merge, drafter: Path) -> None:
    """InputError where the workbook has moved on; prompts and the contents do not count."""
    kinds = {entry.bookmark: entry.kind for entry in (*visit.old.values(), *visit.entries.values())}
    behind = Counter(
        change.action
        for change in merge.changes
        if change.action in BEHIND and kinds.get(change.bookmark) not in ("prompt", "contents")
    )
    if behind:
        told = "; ".join(f"{count} {action}" for action, count in behind.items())
        raise InputError(
            f"{drafter.name} is not what the workbook says now: {told}. Bring it up to date "
            "without --clean, decide on its changes, and write the clean edition again.",
            f"{drafter.name} is not what the workbook says now: {told}. Press Update draft, decide "
            "on the changes of the new document, then press For submission with that.",
        )


def _refuse_lost_references(merge: Merge, drafter: Path) -> None:
    lost = [
        item
        for item in fields(merge.body)
        if item.words[0] in ("REF", "NOTEREF") and item.target not in bookmarks(merge.body)
    ]
    if lost:
        shown = ", ".join(dict.fromkeys(item.text for item in lost))
        raise InputError(
            f"{drafter.name} refers to what was deleted, by the numbers {shown}. Put in other "
            "numbers or words, save, and write the clean edition again."
        )


def _cleaned(visit: Visit, merge: Merge) -> Counted:
    """Take out what was written for drafters; the numbers as counted then."""
    document, body = visit.document, merge.body
    accept_all(body)
    for block in visit.fresh.story.written:
        unit = merge.unit(block.bookmark) if block.kind == "prompt" else None
        if unit is not None and unit.text.startswith(PROMPT):
            unit.first.getparent().remove(unit.first)
        elif unit is not None:
            _as_text(unit, merge.pen.transplant.styles)
    remarking.remove(document, {str(comment.comment_id) for comment in document.comments})
    footnotes.settle(body, merge.pen.transplant.notes)
    package.put_root(package.footnotes_part(document, visit.name), merge.pen.transplant.notes)
    return refresh(document)


def _as_text(unit: Unit, styles: Mapping[str, str]) -> None:
    """A prompt that the drafter wrote over is a paragraph like any other."""
    for paragraph in unit.paragraphs:
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        if style is not None and style.get(w("val")) == styles.get(PROMPT_STYLE, PROMPT_STYLE):
            style.set(w("val"), styles.get(TEXT_STYLE, TEXT_STYLE))
        for mark in list(paragraph.iter(w("highlight"))):
            mark.getparent().remove(mark)
