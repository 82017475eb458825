"""Knows generated blocks by their words, where hidden marks or the record of them are gone.

A section comes back by e-mail, a paragraph is moved, a clean-up tool takes bookmarks out, another
word processor drops the record: the words are still there, and get their marks again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from lxml import etree
from num2words import num2words

from wps_xl.errors import InputError
from wps_xl.nouns import counted
from wps_xl.office.word.ledger import DELETED, Entry, fingerprint, visible_text
from wps_xl.office.word.ooxml import Bookmarks, content_of, w
from wps_xl.office.word.revisions import is_deleted, is_live, live_paragraphs
from wps_xl.office.word.story import Written
from wps_xl.office.word.update import generated
from wps_xl.office.word.update.alignment import Said, pairs
from wps_xl.office.word.update.captions import Caption
from wps_xl.office.word.update.generated import Unit
from wps_xl.office.word.update.rows import as_text, from_text, paired, rows

GRIDS = ("table", "contents")
ENOUGH = 0.5
"""Share of the paragraphs that must be known in a document without record."""
_LEAST = 4
_ABOVE = 3
# Bounded, so that brackets without their other halves take no time.
_NOTE = re.compile(r"\[fn: [^\]]{0,2000}\]")
_MARKS = re.compile(rf"{_NOTE.pattern}|\{{[^{{}}]*\}}")
_WORDS = "|".join(sorted(map(num2words, range(1, 100)), key=len, reverse=True))
_FIGURE = re.compile(rf"\d[\d,.]*\d|\d|\b(?:{_WORDS})\b", re.IGNORECASE)
BLOCKS = ("paragraph, heading or table", "paragraphs, headings and tables")
MARKS_GONE = "known by words, as hidden marks were gone: moved, pasted, or saved elsewhere."
RECORD_GONE = (
    "{name} has lost the record of what wps_xl wrote, as another program saved it: {known} are "
    "known by their marks or words. New figures come as tracked changes; where more than figures "
    "differs, the text was kept and a comment says what the workbook has."
)
UNKNOWN = (
    "{name} holds no record of what wps_xl wrote, and too few of its paragraphs are known by their "
    "words. Write a new draft, or see what differs: wps-xl check {name} --workbook REVIEW.xlsx.",
    "{name} holds no record of what wps_xl wrote, and too few of its paragraphs are known by their "
    "words. Press Council report for a new draft, or Check draft to see what differs.",
)


@dataclass(frozen=True)
class Known:
    """What is known of a document: its record, or what stands for it; which marks it got again.

    ``unseen`` are prompts of which nobody knows whether the drafter took them out.
    """

    old: Mapping[str, Entry]
    again: frozenset[str]
    said: str
    unseen: frozenset[str] = frozenset()


@dataclass
class Recognition:
    """A drafter's document in which blocks are looked for; ``starts`` are its bookmarks."""

    body: etree._Element
    notes: Mapping[str, str]
    starts: dict[str, etree._Element]

    @classmethod
    def of(cls, body: etree._Element, notes: Mapping[str, str]) -> Recognition:
        return cls(body, notes, generated.bookmarks(body))

    def recorded(self, entries: Mapping[str, Entry], old: Mapping[str, Entry]) -> Known:
        """Blocks of a document with its record; what is new to it must stand word for word."""
        strict = [entry for name, entry in entries.items() if name not in old]
        strict += [entry for entry in old.values() if entry.state == DELETED]
        again = self.mark((entry for entry in old.values() if entry.state != DELETED), strict)
        said = f"{counted(len(again), *BLOCKS)} {MARKS_GONE}" if again else ""
        return Known(old, frozenset(again), said)

    def unrecorded(self, entries: Mapping[str, Entry], name: str) -> Known:
        """Blocks of a document whose record is gone; InputError where most are unknown."""
        again = self.mark(entries.values(), ())
        standing = [entry for entry in entries.values() if self._stands(entry)]
        texts = [entry for entry in entries.values() if entry.kind == "paragraph"]
        if not texts or sum(e in standing for e in texts) < ENOUGH * len(texts):
            raise InputError(*(said.format(name=name) for said in UNKNOWN))
        guessed = (self._guessed(entry) for entry in standing)
        old = {entry.bookmark: entry for entry in guessed if entry is not None}
        unseen = {e.bookmark for e in entries.values() if e.kind == "prompt" and e not in standing}
        known = f"{len(standing)} of {counted(len(entries), *BLOCKS)}"
        said = RECORD_GONE.format(name=name, known=known)
        return Known(old, frozenset(again), said, frozenset(unseen))

    def _guessed(self, entry: Entry) -> Entry | None:
        """What was written, as far as the text still says; None where more than figures differs."""
        unit = self.unit(entry)
        if unit is None:
            return None
        if entry.kind == "table":
            return self._guessed_table(entry, unit)
        text = unit.text
        if entry.kind == "contents" or (not unit.split and only_figures(text, entry.base)):
            return replace(entry, base=text, hash=fingerprint(text))
        return None

    def _guessed_table(self, entry: Entry, unit: Unit) -> Entry:
        """A table without the rows that only the document has: they may be the drafter's."""
        mine = [row.cells for row in rows(unit.grid, self.notes)]
        new = from_text(entry.base, len(mine[0]) if mine else 0)
        pairs_here = paired(mine, new)
        both = [mine[at] for at, other in pairs_here if at is not None and other is not None]
        above, below = Caption.standing(unit.first, unit.grid).texts(self.notes)
        return replace(entry, base=as_text(both), hash="", above=above, below=below)

    def mark(self, wanted: Iterable[Entry], exactly: Iterable[Entry]) -> list[str]:
        """Give their hidden marks again to blocks that lost them; those known by their words.

        ``exactly`` are blocks that must stand there word for word to count as known.
        """
        strict = {entry.bookmark: entry for entry in exactly}
        entries = {entry.bookmark: entry for entry in wanted} | strict
        lost = [entry for entry in entries.values() if not self._stands(entry)]
        claimed = set(self._claimed(entries.values()))
        found = dict(self._paragraphs(lost, claimed, strict))
        found |= dict(self._tables(lost, entries.values()))
        bookmarks = Bookmarks.after(self.body)
        for name, node in found.items():
            generated.forget(self.body, self.starts.get(name))
            _put(bookmarks.around(name, ()), _inside(node, entries[name].kind), node)
        self.starts = generated.bookmarks(self.body)
        return list(found)

    def mark_notes(self, blocks: Iterable[Written], fresh_notes: Mapping[str, str]) -> None:
        """Put the hidden marks around notes of these blocks again, which references lead to."""
        bookmarks = Bookmarks.after(self.body)
        for block in blocks:
            there = next(self.starts[block.bookmark].iterancestors(w("p")))
            marks = {
                fingerprint(self.notes.get(mark.get(w("id")), "")): mark
                for mark in there.iter(w("footnoteReference"))
                if is_live(mark)
            }
            for name, number in _named_marks(block.node):
                mark = marks.get(fingerprint(fresh_notes.get(number, "")))
                if mark is not None and name not in self.starts:
                    run = mark.getparent()
                    _put(bookmarks.around(name, ()), [run], there)
                    self.starts[name] = run

    def unit(self, entry: Entry) -> Unit | None:
        """A block where its hidden mark says."""
        return generated.find(self.starts.get(entry.bookmark), self.notes, entry.kind in GRIDS)

    def _stands(self, entry: Entry) -> bool:
        unit = self.unit(entry)
        return unit is not None and not unit.blank

    def _claimed(self, entries: Iterable[Entry]) -> Iterator[etree._Element]:
        for entry in entries:
            unit = self.unit(entry)
            if unit is not None and not unit.blank:
                yield from unit.paragraphs

    def _paragraphs(
        self, lost: Sequence[Entry], claimed: set[etree._Element], strict: Collection[str]
    ) -> Iterator[tuple[str, etree._Element]]:
        live = (node for node in live_paragraphs(self.body) if node not in claimed)
        free = [node for node in live if next(node.iterancestors(w("tbl")), None) is None]
        there = [_said(at, visible_text(node, self.notes)) for at, node in enumerate(free)]
        sought = [entry for entry in lost if entry.kind not in GRIDS and entry.base.strip()]
        here = [_said(at, entry.base) for at, entry in enumerate(sought)]
        for said, other in pairs(here, [one for one in there if one.text]):
            entry = sought[said.at]
            if other is None or not said.text:
                continue
            long = entry.kind == "paragraph" and len(said.text.split()) >= _LEAST
            if said.plain == other.plain or (long and entry.bookmark not in strict):
                yield entry.bookmark, free[other.at]

    def _tables(
        self, lost: Sequence[Entry], entries: Iterable[Entry]
    ) -> Iterator[tuple[str, etree._Element]]:
        """Tables by what stands above them, else by their first row."""
        known = [unit.grid for unit in map(self.unit, entries) if unit is not None]
        grids = [grid for grid in self.body.iterchildren(w("tbl")) if grid not in known]
        for entry in (entry for entry in lost if entry.kind in GRIDS):
            grid = next((one for one in grids if self._is_table(one, entry)), None)
            if grid is not None:
                grids.remove(grid)
                yield entry.bookmark, _heads(grid)[0]

    def _is_table(self, grid: etree._Element, entry: Entry) -> bool:
        heads = _heads(grid)
        if is_deleted(grid) or not heads:
            return False
        if fingerprint(visible_text(heads[-1], self.notes)) in map(fingerprint, entry.above[-1:]):
            return True
        found = rows(grid, self.notes)
        head = found[0].cells if found else ()
        return bool(head) and from_text(entry.base, len(head))[:1] == [head]


def only_figures(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but figures and notes, which are lists of ours."""
    return _without_figures(one) == _without_figures(other)


def _without_figures(text: str) -> str:
    return fingerprint(_FIGURE.sub("0", _NOTE.sub("", text)).casefold())


def _said(at: int, text: str) -> Said:
    """A text as it is compared: without notes and fields, which may have become words."""
    return Said("", at, " ".join(_MARKS.sub("", text).split()), ())


def _put(
    ends: Sequence[etree._Element], inside: Sequence[etree._Element], around: etree._Element
) -> None:
    if inside:
        inside[0].addprevious(ends[0])
        inside[-1].addnext(ends[1])
    else:
        around.extend(ends)


def _inside(node: etree._Element, kind: str) -> list[etree._Element]:
    """What a hidden mark stands around: the number alone where a table has one."""
    number = [mark.getparent() for mark in node.iter(w("fldChar"))] if kind == "table" else []
    return number or content_of(node)


def _heads(grid: etree._Element) -> list[etree._Element]:
    """The line with the number of a table and its title, or the title alone."""
    above = islice(grid.itersiblings(preceding=True), _ABOVE)
    lines = list(takewhile(lambda node: node.tag == w("p"), above))
    told = [node for node in lines if "".join(node.itertext()).strip()][:2]
    numbered = len(told) == 2 and "SEQ" in "".join(told[1].itertext()).split()
    return told[::-1] if numbered else told[:1]


def _named_marks(node: etree._Element) -> Iterator[tuple[str, str]]:
    """Hidden mark and id of each note in a fresh paragraph that has one."""
    for mark in node.iter(w("footnoteReference")):
        before = mark.getparent().getprevious()
        if before is not None and before.get(w("name")):
            yield before.get(w("name")), mark.get(w("id"))
