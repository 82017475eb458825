"""On which page each heading will stand: the text is laid out as Word and LibreOffice do.

The template sets every line to an exact height, so counting lines is nearly all there is to it.
A page may still break a line earlier or later in Word, where Ctrl+A, F9 renews the numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from docx.document import Document
from lxml import etree

from wps_xl.errors import InputError
from wps_xl.office.word import package
from wps_xl.office.word.looks import NOTE, Look, Looks, is_on
from wps_xl.office.word.ooxml import w, whole
from wps_xl.office.word.references import fields
from wps_xl.office.word.revisions import ends_deleted, is_empty, is_live

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SEPARATOR = 240
LEAST = 2
"""Fewest lines of a paragraph at the foot or at the head of a page."""
PAGE = {"w": 12240, "h": 15840, "top": 1440, "bottom": 1440, "left": 1440, "right": 1440}


@dataclass(frozen=True)
class Piece:
    """A paragraph or a row: its lines with the height of the notes in them, and its bookmarks."""

    lines: tuple[tuple[int, int], ...]
    before: int = 0
    after: int = 0
    keep_next: bool = False
    whole: bool = False
    new_page: bool = False
    names: tuple[str, ...] = ()
    head: int = 0

    @property
    def height(self) -> int:
        """All of it, the spaces around it left out."""
        return sum(line + notes for line, notes in self.lines)


@dataclass
class _Pages:
    """The page that is being filled."""

    first_room: int
    room: int
    number: int = 1
    used: int = 0
    notes: int = 0
    space: int = 0
    found: dict[str, int] = field(default_factory=dict)

    @property
    def left(self) -> int:
        """What is left of the page."""
        return (self.first_room if self.number == 1 else self.room) - self.used - self.notes

    def turn(self) -> None:
        """Begin the next page."""
        self.number += 1
        self.used = self.notes = self.space = 0

    def cost(self, line: int, notes: int) -> int:
        """What a line takes, with its notes and the rule above the first of them."""
        return line + notes + (SEPARATOR if notes and not self.notes else 0)

    def put(self, line: int, notes: int) -> None:
        """Put a line on the page."""
        self.notes += self.cost(0, notes)
        self.used += line


def renew_pages(document: Document, only_unknown: bool = False) -> None:
    """Write the page numbers into the table of contents."""
    wanted = [item for item in fields(document.element.body) if item.words[0] == "PAGEREF"]
    if only_unknown:
        wanted = [item for item in wanted if not item.text.strip().isdecimal()]
    found = pages(document) if wanted else {}
    for item in wanted:
        if item.target in found:
            item.show(str(found[item.target]))


def pages(document: Document) -> dict[str, int]:
    """The page of each bookmark, all tracked changes accepted."""
    pieces = list(_Measure(document).pieces())
    size = geometry(document)
    room = size["h"] - size["top"] - size["bottom"]
    lower = _header_height(document, size["top"]) - size["top"]
    filled = _Pages(room - max(lower, 0), room)
    for piece, need in zip(pieces, needs(pieces), strict=True):
        _place(piece, filled, need)
    return filled.found


def needs(pieces: Sequence[Piece]) -> list[int]:
    """The room of each piece together with those that it is kept with; nought for one alone."""
    needs = [0] * len(pieces)
    for at in range(len(pieces) - 2, -1, -1):
        piece, below = pieces[at], pieces[at + 1]
        if piece.keep_next:
            rest = needs[at + 1] or sum(map(sum, _least(below)))
            needs[at] = piece.height + max(piece.after, below.before) + rest
    return needs


def _least(piece: Piece) -> tuple[tuple[int, int], ...]:
    """The lines that must stand together at the foot of a page."""
    few = piece.whole or len(piece.lines) <= LEAST + 1
    return piece.lines if few else piece.lines[:LEAST]


def _place(piece: Piece, filled: _Pages, need: int) -> None:
    """Put a piece where it fits, cut between pages where it may be.

    ``need`` is the room that it needs together with what it is kept with.
    """
    gap = max(filled.space, piece.before) if filled.used or filled.number == 1 else 0
    least = sum(filled.cost(line, notes) for line, notes in _least(piece))
    if filled.used and (piece.new_page or gap + max(least, need) > filled.left):
        filled.turn()
        filled.used += piece.head
        gap = 0
    filled.used += gap
    for name in piece.names:
        filled.found.setdefault(name, filled.number)
    for at, (line, notes) in enumerate(piece.lines):
        widow = not piece.whole and at == len(piece.lines) - LEAST and at >= LEAST
        rest = sum(filled.cost(*one) for one in piece.lines[at : at + LEAST]) if widow else 0
        if at and max(filled.cost(line, notes), rest) > filled.left and filled.used:
            filled.turn()
        filled.put(line, notes)
    filled.space = piece.after


class _Measure:
    """Measures the paragraphs and rows of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.looks = Looks(document)
        size = geometry(document)
        self.room = size["w"] - size["left"] - size["right"]
        self.notes: Mapping[str, int] = {}
        self.notes = self._notes()

    def pieces(self) -> Iterator[Piece]:
        """The body's paragraphs and rows in order."""
        for node in self.document.element.body:
            if node.tag == w("p") and not (ends_deleted(node) and is_empty(node)):
                yield self._paragraph(node, self.room)
            elif node.tag == w("tbl"):
                yield from self._table(node)

    def _paragraph(self, node: etree._Element, room: int) -> Piece:
        look = self.looks.of(node)
        text, notes = _text(node)
        left = iter(notes)
        lines = []
        for line in look.lines(text, room):
            marks = [next(left, "") for _ in range(line.count(NOTE))]
            lines.append((look.height, sum(self.notes.get(number, 0) for number in marks)))
        names = tuple(start.get(w("name"), "") for start in node.iter(w("bookmarkStart")))
        return Piece(
            tuple(lines),
            look.before,
            look.after,
            look.keep_next,
            look.keep_lines,
            look.new_page,
            names,
        )

    def _table(self, table: etree._Element) -> Iterator[Piece]:
        head, margin = 0, _margin(table, self.document)
        for row in table.findall(w("tr")):
            properties = row.find(w("trPr"))
            if properties is not None and properties.find(w("del")) is not None:
                continue
            piece = self._row(row, margin, head)
            if properties is not None and properties.find(w("tblHeader")) is not None:
                head += piece.height
            yield piece

    def _row(self, row: etree._Element, margin: int, head: int) -> Piece:
        heights, names, keeps = [0], [], False
        for cell in row.findall(w("tc")):
            width = cell.find(f"{w('tcPr')}/{w('tcW')}")
            room = whole(width.get(w("w"))) if width is not None else self.room
            inside = [self._paragraph(node, room - 2 * margin) for node in cell.iter(w("p"))]
            heights.append(sum(one.before + one.height + one.after for one in inside))
            names += [name for one in inside for name in one.names]
            keeps = keeps or any(one.keep_next for one in inside)
        line = ((max(heights), 0),)
        return Piece(line, keep_next=keeps, whole=True, names=tuple(names), head=head)

    def _notes(self) -> Mapping[str, int]:
        """The height of each footnote by its id."""
        try:
            root = package.root_of(package.footnotes_part(self.document, ""))
        except InputError:
            return {}
        return {
            note.get(w("id")): sum(
                self._paragraph(node, self.room).height for node in note.iter(w("p"))
            )
            for note in root
        }


def _text(node: etree._Element) -> tuple[str, list[str]]:
    """What a paragraph shows, with a sign for each note, and the ids of the notes."""
    pieces, notes = [], []
    for child in node.iter(w("t"), w("tab"), w("br"), w("footnoteReference"), w("noBreakHyphen")):
        if child.getparent().tag != w("r") or not is_live(child):
            continue
        if child.tag == w("t"):
            pieces.append(child.text or "")
        elif child.tag == w("footnoteReference"):
            notes.append(child.get(w("id"), ""))
            pieces.append(NOTE)
        else:
            pieces.append({w("tab"): "\t", w("br"): "\n"}.get(child.tag, "\u2011"))
    return "".join(pieces).rstrip(" \t"), notes


def _margin(table: etree._Element, document: Document) -> int:
    """The space beside the text of a cell: the table's own, else that of its style."""
    own = table.find(f"{w('tblPr')}/{w('tblCellMar')}/{w('left')}")
    style = table.find(f"{w('tblPr')}/{w('tblStyle')}")
    if own is None and style is not None:
        for known in document.styles.element.iter(w("style")):
            if known.get(w("styleId")) == style.get(w("val")):
                own = known.find(f"{w('tblPr')}/{w('tblCellMar')}/{w('left')}")
    return whole(own.get(w("w")), 108) if own is not None else 108


def geometry(document: Document) -> dict[str, int]:
    """Size and margins of the page."""
    found = dict(PAGE)
    section = next(document.element.body.iter(w("sectPr")), None)
    for tag in ("pgSz", "pgMar"):
        node = section.find(w(tag)) if section is not None else None
        for name in PAGE:
            found[name] = whole(node.get(w(name)), found[name]) if node is not None else found[name]
    return found


def _header_height(document: Document, top: int) -> int:
    """Where the text of the first page begins, below a header that is taller than its margin."""
    section = next(document.element.body.iter(w("sectPr")), None)
    if section is None or not is_on(section, "titlePg"):
        return top
    firsts = [one for one in section.iter(w("headerReference")) if one.get(w("type")) == "first"]
    found = [document.part.related_parts.get(one.get(f"{_R}id")) for one in firsts]
    margins = section.find(w("pgMar"))
    height = whole(margins.get(w("header"))) if margins is not None else 0
    for root in (package.root_of(part) for part in found if part is not None):
        height += sum(whole(node.get(w("val"))) for node in root.iter(w("trHeight")))
        height += len(root.findall(w("p"))) * Look().line
    return max(top, height)
