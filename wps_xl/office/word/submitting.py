"""The clean edition of a drafter's own document: what they wrote stays, what was for them goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from docx.document import Document
from lxml import etree

from wps_xl.model import Draft
from wps_xl.office.word import admitting, assembly, footnotes, package, refusing
from wps_xl.office.word.counting import Counted, count
from wps_xl.office.word.leftovers import PROMPT, Left, leftovers
from wps_xl.office.word.ooxml import w
from wps_xl.office.word.pagination import renew_pages
from wps_xl.office.word.prompting import answered
from wps_xl.office.word.references import fields, refresh
from wps_xl.office.word.revisions import accept_all
from wps_xl.office.word.story import PROMPT_STYLE
from wps_xl.office.word.update import kept_comments
from wps_xl.office.word.update.generated import Unit, bookmarks
from wps_xl.office.word.update.merging import (
    GONE,
    HELD,
    NEW,
    TABLE,
    UPDATED,
    Change,
    Merge,
    first_words,
    visible,
)
from wps_xl.office.word.update.regenerate import (
    Updated,
    follow_masthead,
    moment_of,
    printed_as,
    refuse,
)
from wps_xl.office.word.update.unanswered import unanswered
from wps_xl.office.word.update.walk import Visit, merged, settled

SHOWN = 8
MOST_LETTERS = 200
TEXT_STYLE = "ParaNo"
BEHIND = (UPDATED, NEW, GONE, HELD, TABLE)


def submit(
    draft: Draft,
    template: Path,
    drafter: Path,
    target: package.Target,
    properties: Mapping[str, str] | None = None,
    more: Callable[[Document], Iterable[Left]] = lambda document: (),
    others: Sequence[str] = (),
) -> Updated:
    """Write ``target``: the drafter's document without comments, prompts and ledger.

    ``more`` finds further reasons to refuse it; ``others`` are such reasons already.

    Raises
    ------
    InputError
        As ``update`` does, and for each reason of ``refusing``, or where the workbook has moved on.
    OutputError
        The target exists, or cannot be written.
    """
    refuse(drafter, target)
    about = dict(properties or {})
    visit = Visit.to(drafter, draft, template, moment_of(about))
    commented = admitting.commented(visit.document)
    found = leftovers(visit.document, answered(visit.document, visit.old.values()))
    found += [*more(visit.document), *_stale(visit), *admitting.embedded(visit.document)]
    merge = merged(visit)
    found += _lost_references(merge)
    refusing.refuse(drafter.name, found, [*others, *_behind(visit, merge, drafter)])
    settled(visit, merge)
    said = follow_masthead(visit)
    told = printed_as(visit, merge, _cleaned(visit, merge))
    assembly.strip(visit.document)
    if "modified" in about:
        visit.document.core_properties.modified = visit.moment
    renew_pages(visit.document, only_unknown=True)
    open_fields = admitting.unfilled(visit.document, template)
    taken = [*commented, *admitting.purge(visit.document, template)]
    package.save(visit.document, target, overwrite=False)
    return replace(told, masthead=said, told=(*admitting.told(taken), *unfilled(open_fields)))


def unfilled(fields: Sequence[str]) -> list[str]:
    """A line about fields of the masthead that nobody has filled."""
    return [f"Still to be filled in the masthead: {', '.join(fields)}."] if fields else []


def _behind(visit: Visit, merge: Merge, drafter: Path) -> list[refusing.Reason]:
    """Where the workbook has moved on; prompts and the contents do not count."""
    kinds = {entry.bookmark: entry.kind for entry in (*visit.old.values(), *visit.entries.values())}
    behind: dict[str, list[Change]] = {}
    for change in merge.changes:
        if change.action in BEHIND and kinds.get(change.bookmark) not in ("prompt", "contents"):
            behind.setdefault(change.action, []).append(change)
    if not behind:
        return []
    numbers = count(visit.document).paragraphs
    told = "; ".join(
        f"{len(found)} {action} ({', '.join(_place(merge, one, numbers) for one in found[:SHOWN])}"
        f"{' …' if len(found) > SHOWN else ''})"
        for action, found in behind.items()
    )
    said = f"{drafter.name} is not what the workbook says now: {told}."
    return [
        (
            f"{said} Bring it up to date without --clean and decide on its changes.",
            f"{said} Press Update draft, decide on the changes of the new document, then press "
            "For submission with that.",
        )
    ]


def _place(merge: Merge, change: Change, numbers: Mapping[etree._Element, tuple[str, ...]]) -> str:
    unit = merge.unit(change.bookmark)
    node = unit.first if unit is not None else change.place
    number = " ".join(numbers.get(node, ())) if node is not None else ""
    detail = f": {first_words(change.detail, MOST_LETTERS)}" if change.detail != change.base else ""
    place = f"paragraph {number} " if number else ""
    known = merge.old.get(change.bookmark)
    begins = first_words(known.base if known is not None else change.base)
    return f"{place}“{begins}”{detail if change.detail else ''}"


def _stale(visit: Visit) -> Iterator[Left]:
    """Words of ours that the workbook no longer says, beside a comment that nobody answered."""
    numbers = count(visit.document).paragraphs
    for place, changed in unanswered(visit.document, numbers):
        number = " ".join(numbers.get(place, ()))
        yield Left(refusing.STALE, number, first_words(visible(place)), changed)


def _lost_references(merge: Merge) -> list[Left]:
    lost = [
        item
        for item in fields(merge.body)
        if item.words[0] in ("REF", "NOTEREF") and item.target not in bookmarks(merge.body)
    ]
    shown = ", ".join(dict.fromkeys(item.text for item in lost))
    return [Left(refusing.LOST, "", "", f"the numbers {shown}")] if lost else []


def _prompts(visit: Visit) -> list[str]:
    """The bookmarks of all prompts, those of the last run and those of this one."""
    every = (*visit.old.values(), *visit.entries.values())
    return list(dict.fromkeys(entry.bookmark for entry in every if entry.kind == "prompt"))


def _cleaned(visit: Visit, merge: Merge) -> Counted:
    """Take out what was written for drafters; the numbers as counted then."""
    document, body = visit.document, merge.body
    accept_all(body)
    for name in _prompts(visit):
        unit = merge.unit(name)
        if unit is not None and unit.text.startswith(PROMPT):
            unit.first.getparent().remove(unit.first)
        elif unit is not None:
            _as_text(unit, merge.pen.transplant.styles)
    kept_comments.remove(document, {str(comment.comment_id) for comment in document.comments})
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
