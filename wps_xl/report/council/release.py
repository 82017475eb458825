"""What stands between a draft and its clean edition: open remarks, and text shipped as example."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wps_xl.model import Draft, DraftTable, Paragraph
from wps_xl.office.word.leftovers import EMPTY, PROMPT, SLOT, YELLOW, Left
from wps_xl.office.word.manuscript import Manuscript
from wps_xl.office.word.refusing import EXAMPLE
from wps_xl.report.council.open_slots import open_slots
from wps_xl.report.council.wording import Wording
from wps_xl.review.workbook import Review

_UNCONFIRMED = re.compile(r"\b(?:example|confirm)", re.IGNORECASE)
_TELLING = 5
"""Fewest words of a text that is no accident when a paragraph holds it."""


@dataclass(frozen=True)
class Example:
    """One entry of a list that nobody has confirmed yet, and where the draft prints it."""

    table: str
    code: str
    text: str
    place: str


def open_remarks(draft: Draft, numbers: Mapping[str, str]) -> list[str]:
    """What is open beside sentences of the draft, a line each, by printed paragraph.

    ``numbers`` gives the printed number of each paragraph by its key.
    """
    return [
        f"Paragraph {numbers.get(paragraph.key, '–')}: {sentence.remark}"
        for paragraph in draft.paragraphs()
        for sentence in paragraph.sentences
        if sentence.remark and not paragraph.prompt
    ]


def open_places(draft: Draft, numbers: Mapping[str, str], review: Review) -> list[Left]:
    """What a draft of this workbook must not be submitted with, by paragraph.

    Slots that nothing fills, sections in which nothing would stand, and prompts about what was
    asked, answered or chosen and is not printed.
    """
    found = []
    for slot in open_slots(draft, review):
        what = f"{slot.slot} of {slot.where}"
        found.append(Left(SLOT, numbers.get(slot.key, ""), "", what))
    for paragraph in draft.paragraphs():
        if paragraph.stops:
            found.append(Left(YELLOW, "", paragraph.text, ""))
    for top in draft.sections:
        if not any(not _is_prompt(block) for section in top.walk() for block in section.blocks):
            found.append(Left(EMPTY, "", top.title, ""))
    return found


def left_out(draft: Draft) -> list[str]:
    """The headings under which nothing but prompts stood, so that a clean edition lacks them."""
    return [
        section.title
        for top in (*draft.sections, *draft.annexes)
        for section in top.walk()
        if section.blocks and not section.sections and all(map(_is_prompt, section.blocks))
    ]


def examples_among(text: Manuscript, review: Review) -> list[Left]:
    """Text of lists shipped as examples that any document holds."""
    found = []
    cells = [cell for table in text.tables for row in table for cell in row]
    for table, code, words in unconfirmed(review):
        pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
        telling = len(words.split()) >= _TELLING
        for passage in text.passages:
            short = passage.heading and pattern.search(passage.text)
            if not passage.text.startswith(PROMPT) and (
                short or (telling and words in passage.text)
            ):
                found.append(Left(EXAMPLE, passage.number, words, f"{table} {code}"))
        if any(pattern.search(cell) for cell in cells):
            found.append(Left(EXAMPLE, "", words, f"{table} {code}, in a table"))
    return found


def placeholders_in(draft: Draft, wording: Wording) -> list[str]:
    """The signs that stand in the draft where sheet Cycle says nothing, such as the mandate."""
    signs = [wording.pattern(key) for key in wording.keys if key.endswith(".missing")]
    words = [paragraph.text for paragraph in draft.paragraphs() if not paragraph.prompt]
    return [sign for sign in signs if sign.startswith("[") and any(sign in text for text in words)]


def examples_in(draft: Draft, review: Review) -> list[Example]:
    """The entries of lists shipped as examples that the draft would print."""
    paragraphs, labels = dict(_paragraphs(draft)), list(_labels(draft))
    found = []
    for table, code, text in unconfirmed(review):
        pattern = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")
        telling = len(text.split()) >= _TELLING
        places = [place for place, label in labels if pattern.search(label)]
        if telling:
            places += [place for place, words in paragraphs.items() if text in words]
        if places:
            found.append(Example(table, code, text, places[0]))
    return found


def unconfirmed(review: Review) -> Iterator[tuple[str, str, str]]:
    """List, code and text of each entry whose status says that it is an example."""
    for name, rows in review.codebook.tables.items():
        entries = review.codebook.lists.get(name)
        for row in rows if entries is not None else ():
            code = next(iter(row.values()))
            if _UNCONFIRMED.search(row.get("status", "")) and entries is not None:
                yield name, code, entries.label(code)


def _paragraphs(draft: Draft) -> Iterator[tuple[str, str]]:
    for paragraph in draft.paragraphs():
        if not paragraph.prompt:
            yield f"the paragraph “{paragraph.text[:40]}…”", paragraph.text


def _labels(draft: Draft) -> Iterator[tuple[str, str]]:
    """Headings, titles and cells: short texts that stand alone."""
    for top in (*draft.sections, *draft.annexes):
        for section in top.walk():
            printed = [block for block in section.blocks if not _is_prompt(block)]
            if printed or section.sections:
                yield f"the heading “{section.title}”", section.title
            for block in printed:
                if isinstance(block, DraftTable):
                    yield from ((f"the table “{block.title}”", text) for text in _cells(block))


def _is_prompt(block: object) -> bool:
    return isinstance(block, Paragraph) and block.prompt


def _cells(table: DraftTable) -> Iterator[str]:
    yield from (table.title, *table.head, *table.notes)
    yield from (text for row in table.rows for text in row)
