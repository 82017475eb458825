"""How paragraphs of a Word document look, as far as it decides how much room they take.

Lengths are in twips, sizes in points. Letters are as wide as those of Times New Roman.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from lxml import etree

from wps_xl.office.word import package
from wps_xl.office.word.ooxml import w, whole

NOTE = "\ue000"
"""Stands in a text where a footnote has its mark."""
UNKNOWN_LETTER = 500
STEP = 475
_FACES = ("regular", "bold", "italic")


@dataclass(frozen=True)
class Look:
    """What the styles of a paragraph say of its room."""

    size: float = 10
    face: str = "regular"
    apart: float = 0
    stretch: float = 1
    before: int = 0
    after: int = 0
    line: int = 240
    exact: bool = False
    left: int = 0
    right: int = 0
    first: int = 0
    tab: int = 0
    numbered: bool = False
    keep_next: bool = False
    keep_lines: bool = False
    new_page: bool = False

    @property
    def height(self) -> int:
        """The height of one line."""
        return self.line if self.exact else int(self.line / 240 * self.size * 23)

    @property
    def opens_at(self) -> int:
        """How far behind the left edge its first line begins: behind its number and a tab."""
        if self.numbered and self.first >= 0:
            return self.tab - self.left if self.tab > self.left else self.first + STEP
        return max(self.first, 0) if self.numbered else self.first

    def width(self, text: str) -> float:
        """How wide a text is set."""
        face = _letters()[self.face]
        shown = text.replace(NOTE, "")
        units = sum(face.get(letter, UNKNOWN_LETTER) for letter in shown)
        units += sum(face.get(shown[at : at + 2], 0) for at in range(len(shown) - 1))
        return units * self.size * 20 / 1000 * self.stretch + self.apart * len(text)

    def lines(self, text: str, room: int) -> list[str]:
        """The lines of a text in a column of this width."""
        room = max(room - self.left - self.right, STEP)
        found: list[str] = []
        for part in text.split("\n"):
            found += self._broken(part, room, 0 if found else self.opens_at)
        return found

    def _broken(self, text: str, room: int, used: float) -> Iterator[str]:
        line, at = "", used
        space = self.width(" ")
        for word in _words(text):
            if word == "\t":
                # A tab behind a hanging number leads to the edge of the text.
                at = 0 if at < 0 else (at // STEP + 1) * STEP
                line += word
                continue
            wide = self.width(word.rstrip(" "))
            if line and at + wide - self.apart > room:
                yield line
                line, at = "", 0
            line += word
            at += wide + space * (len(word) - len(word.rstrip(" ")))
        yield line


def _words(text: str) -> Iterator[str]:
    """What stays together on a line, with the spaces behind; hyphens and dashes may end one."""
    word = ""
    for letter, after in zip(text, f"{text[1:]} ", strict=False):
        if letter == "\t":
            yield from filter(None, (word, letter))
            word = ""
            continue
        word += letter
        if (letter == " " and after != " ") or (letter in "-–—" and after not in " .,;:)”"):
            yield word
            word = ""
    if word:
        yield word


@cache
def _letters() -> Mapping[str, Mapping[str, int]]:
    with Path(__file__).with_name("times.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {face: {_read(row["letter"]): int(row[face]) for row in rows} for face in _FACES}


def _read(codes: str) -> str:
    """A letter, or a pair that is set closer together."""
    return "".join(chr(int(code[2:], 16)) for code in codes.split())


class Looks:
    """The looks of one document by its styles, those that a paragraph changes included."""

    def __init__(self, document: Document) -> None:
        styles = document.styles.element
        self._styles = {style.get(w("styleId")): style for style in styles.iter(w("style"))}
        self._levels = _levels(document)
        self._known: dict[str, Look] = {}
        defaults = styles.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
        self._base = _with_letters(Look(), defaults)
        self._normal = next(
            (name for name, style in self._styles.items() if style.get(w("default")) == "1"), ""
        )

    def of(self, paragraph: etree._Element) -> Look:
        """The look of one paragraph."""
        properties = paragraph.find(w("pPr"))
        style = properties.find(w("pStyle")) if properties is not None else None
        look = self._of_style(style.get(w("val")) if style is not None else self._normal)
        return self._with(look, properties)

    def _of_style(self, name: str, seen: Sequence[str] = ()) -> Look:
        if name not in self._styles or name in seen:
            return self._base
        if name not in self._known:
            style = self._styles[name]
            above = style.find(w("basedOn"))
            look = self._of_style(above.get(w("val")), (*seen, name)) if above is not None else None
            look = self._with(look or self._base, style.find(w("pPr")))
            self._known[name] = _with_letters(look, style.find(w("rPr")))
        return self._known[name]

    def _with(self, look: Look, properties: etree._Element | None) -> Look:
        if properties is None:
            return look
        number = properties.find(w("numPr"))
        if number is not None:
            key = (_value(number, "numId"), _value(number, "ilvl") or "0")
            look = replace(_indented(look, self._levels.get(key)), numbered=key[0] != "0")
        look = _indented(look, properties)
        tabs = [whole(tab.get(w("pos"))) for tab in properties.iter(w("tab"))]
        look = replace(look, tab=min(tabs)) if tabs else look
        look = replace(
            look,
            keep_next=_switched(properties, "keepNext", look.keep_next),
            keep_lines=_switched(properties, "keepLines", look.keep_lines),
            new_page=_switched(properties, "pageBreakBefore", look.new_page),
        )
        spacing = properties.find(w("spacing"))
        if spacing is None:
            return look
        rule = spacing.get(w("lineRule"))
        return replace(
            look,
            before=_number(spacing, "before", look.before),
            after=_number(spacing, "after", look.after),
            line=_number(spacing, "line", look.line),
            exact=look.exact if rule is None else rule != "auto",
        )


def _indented(look: Look, properties: etree._Element | None) -> Look:
    indent = properties.find(w("ind")) if properties is not None else None
    if indent is None:
        return look
    first = _number(indent, "firstLine", look.first)
    return replace(
        look,
        left=_number(indent, "left", look.left),
        right=_number(indent, "right", look.right),
        first=-_number(indent, "hanging", 0) or first,
    )


def _number(node: etree._Element, name: str, known: int) -> int:
    return whole(node.get(w(name)), known)


def _switched(properties: etree._Element, tag: str, known: bool) -> bool:
    return is_on(properties, tag) if properties.find(w(tag)) is not None else known


def _with_letters(look: Look, properties: etree._Element | None) -> Look:
    if properties is None:
        return look
    size, apart, stretch = (_value(properties, tag) for tag in ("sz", "spacing", "w"))
    face = next(
        (name for name, tag in (("bold", "b"), ("italic", "i")) if is_on(properties, tag)), ""
    )
    return replace(
        look,
        size=whole(size) / 2 or look.size,
        apart=whole(apart) if apart else look.apart,
        stretch=whole(stretch) / 100 or look.stretch,
        face=face or look.face,
    )


def is_on(properties: etree._Element, tag: str) -> bool:
    """Whether a property of this name is there and not switched off."""
    found = properties.find(w(tag))
    return found is not None and found.get(w("val")) not in ("0", "false")


def _levels(document: Document) -> dict[tuple[str, str], etree._Element]:
    """The properties of each level of each list."""
    parts = package.related(document, RELATION.NUMBERING)
    if not parts:
        return {}
    root = parts[0].element
    abstract = {node.get(w("abstractNumId")): node for node in root.iter(w("abstractNum"))}
    return {
        (number.get(w("numId")), level.get(w("ilvl"))): level.find(w("pPr"))
        for number in root.iter(w("num"))
        if _value(number, "abstractNumId") in abstract
        for level in abstract[_value(number, "abstractNumId")].iter(w("lvl"))
        if level.find(w("pPr")) is not None
    }


def _value(parent: etree._Element, tag: str) -> str:
    found = parent.find(w(tag))
    return str(found.get(w("val"), "")) if found is not None else ""
