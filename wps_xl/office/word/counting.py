"""Counts the numbers of any Word document as Word does, all tracked changes accepted.

A draft that drafters have worked on holds paragraphs of theirs, so its numbers can no longer be
known from what was generated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from lxml import etree

from wps_xl.office.word.numbering import Form, letters, roman
from wps_xl.office.word.ooxml import style_of, w
from wps_xl.office.word.package import related
from wps_xl.office.word.revisions import is_live, live_paragraphs

DEPTH = 9
FORMATS: Mapping[str, Form] = {
    "decimal": str,
    "upperRoman": roman,
    "lowerRoman": lambda number: roman(number).lower(),
    "upperLetter": lambda number: letters(number).upper(),
    "lowerLetter": letters,
}


@dataclass(frozen=True)
class Counted:
    """Numbers by paragraph from the outside in, ``58`` and ``(a)``, and by bookmark."""

    paragraphs: Mapping[etree._Element, tuple[str, ...]]
    bookmarks: Mapping[str, tuple[str, ...]]
    notes: Mapping[str, str]


@dataclass(frozen=True)
class _Level:
    """One level of a list: where it starts, how it counts, how it prints."""

    start: int
    form: str
    text: str


@dataclass
class _Lists:
    """The lists of a document and how far each has counted."""

    levels: Mapping[tuple[str, int], _Level]
    origin: Mapping[str, str]
    restarts: Mapping[tuple[str, int], int]
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def next(self, number: str, level: int) -> tuple[str, ...]:
        """The numbers of the next paragraph on this level, from the outside in."""
        origin = self.origin[number]
        count = self.counts.setdefault(origin, [None] * DEPTH)
        if number not in self.begun:
            self.begun.add(number)
            for (restarted, at), start in self.restarts.items():
                if restarted == number:
                    count[at] = start - 1
        found = self.levels.get((origin, level))
        start = found.start if found else 1
        now = count[level]
        count[level] = start if now is None else now + 1
        count[level + 1 :] = [None] * (DEPTH - level - 1)
        steps = (self._print(origin, at, count) for at in range(level + 1))
        return tuple(step for step in steps if step)

    def _print(self, origin: str, level: int, count: list[int | None]) -> str:
        found = self.levels.get((origin, level))
        if found is None or count[level] is None or found.form not in FORMATS:
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            inner = self.levels.get((origin, at))
            form = FORMATS.get(inner.form if inner else "", str)
            return form(max(count[at] or 1, 1))

        return re.sub(r"%(\d)", number, found.text).rstrip(".")


def count(document: Document) -> Counted:
    """Every number of the document."""
    body = document.element.body
    bound = _by_style(document.styles.element)
    lists = _lists(_numbering(document))
    paragraphs: dict[etree._Element, tuple[str, ...]] = {}
    for paragraph in live_paragraphs(body):
        number, level = _bound(paragraph, bound)
        if number in lists.origin:
            paragraphs[paragraph] = lists.next(number, level)
    bookmarks = {
        start.get(w("name"), ""): steps
        for paragraph, steps in paragraphs.items()
        for start in paragraph.iter(w("bookmarkStart"))
    }
    return Counted(paragraphs, bookmarks, note_numbers(body))


def note_numbers(body: etree._Element) -> dict[str, str]:
    """The printed number of each note that stays, by its id."""
    every = body.iter(w("footnoteReference"))
    marks = (mark for mark in every if is_live(mark) and not _is_starred(mark))
    return {mark.get(w("id")): str(at) for at, mark in enumerate(marks, 1)}


def _is_starred(mark: etree._Element) -> bool:
    """Whether a sign was typed for the note, which then does not count."""
    return mark.get(w("customMarkFollows"), "0") not in ("0", "false", "off")


def _numbering(document: Document) -> etree._Element | None:
    found = related(document, RELATION.NUMBERING)
    return found[0].element if found else None


def _by_style(styles: etree._Element) -> dict[str, tuple[str, int]]:
    """List and level of each style, its own or that of the style it is based on."""
    known = {style.get(w("styleId")): style for style in styles.iter(w("style"))}
    return {name: _style_list(name, known) for name in known}


def _style_list(name: str, known: Mapping[str, etree._Element]) -> tuple[str, int]:
    number, level, seen = "", -1, set()
    while name in known and name not in seen and not number:
        seen.add(name)
        properties = known[name].find(f"{w('pPr')}/{w('numPr')}")
        if properties is not None:
            number = number or _value(properties, "numId")
            level = int(_value(properties, "ilvl") or 0) if level < 0 else level
        based = known[name].find(w("basedOn"))
        name = based.get(w("val")) if based is not None else ""
    return number, max(level, 0)


def _bound(paragraph: etree._Element, by_style: Mapping[str, tuple[str, int]]) -> tuple[str, int]:
    number, level = by_style.get(style_of(paragraph), ("", 0))
    properties = paragraph.find(f"{w('pPr')}/{w('numPr')}")
    if properties is not None:
        number = _value(properties, "numId") or number
        level = int(_value(properties, "ilvl") or level)
    return number, min(level, DEPTH - 1)


def _lists(numbering: etree._Element | None) -> _Lists:
    if numbering is None:
        return _Lists({}, {}, {})
    levels = dict(_levels(numbering))
    origin = {
        node.get(w("numId")): _value(node, "abstractNumId") for node in numbering.iter(w("num"))
    }
    restarts = {
        (node.get(w("numId")), int(over.get(w("ilvl")))): int(_value(over, "startOverride") or 1)
        for node in numbering.iter(w("num"))
        for over in node.iter(w("lvlOverride"))
        if over.find(w("startOverride")) is not None
    }
    return _Lists(levels, origin, restarts)


def _levels(numbering: etree._Element) -> Iterator[tuple[tuple[str, int], _Level]]:
    for abstract in numbering.iter(w("abstractNum")):
        for level in abstract.iter(w("lvl")):
            key = (abstract.get(w("abstractNumId")), int(level.get(w("ilvl"))))
            start = int(_value(level, "start") or 1)
            yield key, _Level(start, _value(level, "numFmt"), _value(level, "lvlText"))


def _value(parent: etree._Element, tag: str) -> str:
    found = parent.find(w(tag))
    return str(found.get(w("val"), "")) if found is not None else ""
