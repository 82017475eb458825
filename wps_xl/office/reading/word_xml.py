"""The XML of a Word file, read once before anybody builds a tree of it: bounded and whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.parsers import expat

from wps_xl.office.reading.unreadable import RefusedError

# A report to the Council with its tables has some 15,000 elements and 300,000 letters.
MAX_ELEMENTS = 300_000
MAX_LETTERS = 4_000_000
MAX_PARAGRAPH = 500_000
# What stands around the number of a list is said again with each number.
MAX_NUMBER = 255
# libxml2 stops at 256, and what reads a paragraph calls itself for what is inside.
MAX_DEPTH = 200
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_MOST = 2**31 - 1
_DIGITS = 11


@dataclass(frozen=True)
class _Number:
    """An attribute that holds a whole number, from and to; or one that need not be there."""

    attribute: str
    least: int
    most: int
    needed: bool = True


# What the numbers of Word's lists and notes are counted with; Word refuses other files, too.
_NUMBERS: Mapping[str, _Number] = {
    f"{_W}{name}": _Number(f"{_W}{attribute}", least, most, needed)
    for name, attribute, least, most, needed in (
        ("footnote", "id", -_MOST, _MOST, True),
        ("endnote", "id", -_MOST, _MOST, True),
        ("comment", "id", -_MOST, _MOST, True),
        ("footnoteReference", "id", -_MOST, _MOST, True),
        ("endnoteReference", "id", -_MOST, _MOST, True),
        ("num", "numId", 0, _MOST, True),
        ("abstractNum", "abstractNumId", 0, _MOST, True),
        ("lvl", "ilvl", 0, 8, True),
        ("lvlOverride", "ilvl", 0, 8, True),
        ("ilvl", "val", 0, 8, True),
        ("numId", "val", 0, _MOST, True),
        ("abstractNumId", "val", 0, _MOST, True),
        ("start", "val", 0, 32_767, False),
        ("startOverride", "val", 0, 32_767, False),
        ("gridSpan", "val", 0, 1_000, False),
    )
}
_COMMENT, _LEVEL = f"{_W}comment", f"{_W}lvlText"
_PARAGRAPH, _BODY, _DOCUMENT = f"{_W}p", f"{_W}body", f"{_W}document"
_ID = f"{_W}id"


@dataclass
class Tally:
    """How much XML the pieces of one file have held so far."""

    elements: int = 0
    letters: int = 0

    def read(self, part: str, content: bytes, root: str = "", free: bool = False) -> None:
        """Read a part; ``RefusedError`` where it is broken, a trap, or has another root.

        One that is ``free`` may be anything, but no trap.
        """
        reading = _Reading(part, self)
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = reading.trap
        parser.StartElementHandler = reading.begin
        parser.EndElementHandler = reading.end
        parser.CharacterDataHandler = reading.text
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, LookupError, ValueError) as fault:
            if not free:
                raise RefusedError("damaged", f"a piece inside it is broken ({part})") from fault
            return
        if root and reading.root != root:
            raise RefusedError("damaged", f"a piece inside it is not what it is called ({part})")
        if root == _DOCUMENT and reading.bodies != 1:
            raise RefusedError("damaged", f"it has no text ({part})")


@dataclass
class _Reading:
    """Where the reader of a part stands."""

    part: str
    tally: Tally
    root: str = ""
    depth: int = 0
    bodies: int = 0
    letters: int = 0

    def trap(self, *about: object) -> None:
        raise RefusedError(
            "unsafe", f"a piece inside it ({self.part}) does not begin as Office writes it"
        )

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        self.root = self.root or name
        self.depth += 1
        self.tally.elements += 1
        if self.depth > MAX_DEPTH:
            raise RefusedError("unsafe", f"a piece inside it ({self.part}) is nested without end")
        if self.tally.elements > MAX_ELEMENTS:
            raise RefusedError("large", f"it holds more than {MAX_ELEMENTS:,} elements")
        if name == _PARAGRAPH or not name.startswith(_W):
            self.letters = 0
        elif name == _BODY and self.depth == 2:
            self.bodies += 1
        if name == _COMMENT and f"{_W}author" not in attributes:
            raise RefusedError("damaged", f"a comment has no author ({self.part})")
        if name == _LEVEL and len(attributes.get(f"{_W}val", "")) > MAX_NUMBER:
            raise RefusedError("damaged", f"the number of a list is too long ({self.part})")
        number = _NUMBERS.get(name)
        if number is not None:
            self._require_number(name, number, attributes.get(number.attribute))
        elif len(attributes.get(_ID, "")) > _DIGITS:
            raise self._no_number(name, attributes[_ID])

    def _require_number(self, name: str, number: _Number, found: str | None) -> None:
        if found is None and not number.needed:
            return
        digits = (found or "").strip().removeprefix("-").removeprefix("+")
        plain = digits.isdecimal() and digits.isascii() and len(digits) <= _DIGITS
        if not plain or not number.least <= int(found or "") <= number.most:
            raise self._no_number(name, found or "nothing")

    def _no_number(self, name: str, found: str) -> RefusedError:
        element = name.removeprefix(_W)
        return RefusedError(
            "damaged", f"‘{found[:40]}’ stands where a number belongs ({self.part}, {element})"
        )

    def end(self, name: str) -> None:
        self.depth -= 1

    def text(self, words: str) -> None:
        self.letters += len(words)
        self.tally.letters += len(words)
        if self.letters > MAX_PARAGRAPH:
            raise RefusedError("large", f"one of its paragraphs has over {MAX_PARAGRAPH:,} letters")
        if self.tally.letters > MAX_LETTERS:
            raise RefusedError("large", f"its text has over {MAX_LETTERS:,} letters")
