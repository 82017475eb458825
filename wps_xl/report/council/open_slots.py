"""Slots that nothing fills: what was typed, in which cell, and in which paragraph it is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wps_xl.model import Draft, DraftTable
from wps_xl.nouns import counted
from wps_xl.office.word.ooxml import GAP
from wps_xl.records import Pattern
from wps_xl.report.council.sources import blocks
from wps_xl.report.council.wording import slots_of, standard
from wps_xl.review.workbook import Review

SHOWN = 6
QUESTION = "question"
TEMPLATE = "the Word template"


@dataclass(frozen=True)
class OpenSlot:
    """One slot: what was typed, where, and the key of the paragraph that lacks it."""

    slot: str
    where: str
    key: str = ""


def open_slots(draft: Draft, review: Review) -> list[OpenSlot]:
    """The slots of the office's words and of the template, then those of sheet Wording."""
    found, others = [], False
    for paragraph in draft.paragraphs():
        for sentence in paragraph.sentences:
            where = str(sentence.cells[0]) if sentence.cells else TEMPLATE
            found += [OpenSlot(slot, where, paragraph.key) for slot in sentence.gaps]
            others = others or (GAP in sentence.text and not sentence.gaps)
    if others or any(GAP in text for text in _titles(draft)):
        found += _of_wording(review)
    return found


def slot_line(found: list[OpenSlot], numbers: Mapping[str, str]) -> str:
    """What the run says of them; ``numbers`` are the printed ones by the keys of paragraphs."""
    told = "; ".join(_told(slot, numbers) for slot in found[:SHOWN])
    more = f"; and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    needs = counted(len(found), "slot needs", "slots need")
    return f"{needs} a hand, printed as {GAP}: {told}{more}. See docs/wording.md."


def _told(slot: OpenSlot, numbers: Mapping[str, str]) -> str:
    number = numbers.get(slot.key)
    return f"{slot.slot} of {slot.where}{f' (paragraph {number})' if number else ''}"


def _titles(draft: Draft) -> Iterator[str]:
    """Headings, and what tables print."""
    for top in (*draft.sections, *draft.annexes):
        yield from (section.title for section in top.walk())
    for block in blocks(draft):
        if isinstance(block, DraftTable):
            yield from (block.title, *block.head, *block.notes)
            yield from (text for row in block.rows for text in row)


def _of_wording(review: Review) -> Iterator[OpenSlot]:
    """Slots of sheet Wording that are not those of the pattern with the same key."""
    known: dict[str, set[str]] = {}
    for shipped in standard(review):
        known.setdefault(_kind(shipped.key), set()).update(slots_of(shipped.pattern))
    known[QUESTION].add(QUESTION)
    for row in review.rows(Pattern):
        for slot in slots_of(row.pattern):
            if slot not in known.get(_kind(row.key), {slot}):
                yield OpenSlot(f"{{{slot}}}", str(row.cell_of("pattern")))


def _kind(key: str) -> str:
    """Patterns of questions share their slots."""
    return QUESTION if key.partition(".")[0] in (QUESTION, "opening") else key
