"""Reads any Word document as a text with notes, however it was made or retyped.

Notes may be real footnotes or endnotes, or typed: a raised number in the text and a list of notes
at the end. Paragraph numbers may be Word's own, or typed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from lxml import etree

from wps_xl.office.word import opening, package
from wps_xl.office.word.counting import count
from wps_xl.office.word.indexes import index_paragraphs
from wps_xl.office.word.ledger import note_texts
from wps_xl.office.word.ooxml import style_of, w
from wps_xl.office.word.revisions import is_live, live_paragraphs, own

RAISED = {ord(sign): str(at) for at, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_TYPED_NUMBER = re.compile(r"^(?P<number>\d{1,3}|\([a-z]{1,4}\))[.)]?[\t ]+(?=\S)")
_TYPED_NOTE = re.compile(r"^(?:\[(?P<in>\d{1,3})\]|(?P<bare>\d{1,3}))[.)]?[\t ]+(?P<text>\S.*)$")
_MARK = "\ue000"
"""Stands in the text where a note has its mark; private use, so that nobody types it."""


@dataclass(frozen=True)
class Note:
    """One note: its printed number, its text, and at which letter of the paragraph it stands."""

    number: str
    text: str
    at: int


@dataclass(frozen=True)
class Passage:
    """One paragraph: its number as printed, its text without marks, and its notes."""

    number: str
    text: str
    notes: tuple[Note, ...] = ()
    numbered: bool = False
    heading: bool = False


@dataclass(frozen=True)
class Manuscript:
    """The text of a document: paragraphs in order, and tables as rows of cells."""

    passages: tuple[Passage, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]

    @property
    def notes(self) -> tuple[Note, ...]:
        """Every note in the order of the text."""
        return tuple(note for passage in self.passages for note in passage.notes)


def read(path: Path) -> Manuscript:
    """The text of a Word document; InputError where it is none."""
    return manuscript(opening.open_word(path))


def manuscript(document: Document) -> Manuscript:
    """The text of an open document, all tracked changes accepted."""
    counted = count(document)
    notes = _notes(document)
    raised = _raised_styles(document)
    found: list[Passage] = []
    above = ""
    indexes = set(index_paragraphs(document))
    for node in live_paragraphs(document.element.body):
        if next(node.iterancestors(w("tbl")), None) is not None or node in indexes:
            continue
        steps = counted.paragraphs.get(node, ())
        heading = "heading" in style_of(node).lower()
        text, marks = _text(node, notes, counted.notes, raised)
        number = "" if heading else " ".join(steps)
        passage = _passage(text, marks, number, heading)
        above = passage.number if passage.number.isdecimal() else above
        found.append(_below(passage, above))
    return Manuscript(_with_typed_notes(found), tuple(_tables(document)))


def _notes(document: Document) -> dict[tuple[str, str], str]:
    """Footnotes and endnotes by kind and id."""
    kinds = {"footnoteReference": RELATION.FOOTNOTES, "endnoteReference": RELATION.ENDNOTES}
    return {
        (tag, number): text
        for tag, relation in kinds.items()
        for part in package.related(document, relation)
        for number, text in note_texts(package.root_of(part)).items()
    }


def _raised_styles(document: Document) -> frozenset[str]:
    """The styles that set letters above the line."""
    return frozenset(
        style.get(w("styleId"))
        for style in document.styles.element.iter(w("style"))
        if _is_raised(style.find(w("rPr")))
    )


def _is_raised(properties: etree._Element | None) -> bool:
    found = properties.find(w("vertAlign")) if properties is not None else None
    return found is not None and found.get(w("val")) == "superscript"


def _text(
    paragraph: etree._Element,
    notes: Mapping[tuple[str, str], str],
    numbers: Mapping[str, str],
    raised: frozenset[str],
) -> tuple[str, list[Note]]:
    """The text with a sign at the place of each mark, and the notes in their order."""
    pieces: list[str] = []
    marks: list[Note] = []
    for node in own(paragraph):
        if node.tag in (w("footnoteReference"), w("endnoteReference")) and is_live(node):
            kind = etree.QName(node).localname
            number = node.get(w("id"))
            text = notes.get((kind, number), "")
            marks.append(Note(numbers.get(number, number), text, 0))
            pieces.append(_MARK)
        elif node.tag == w("t") and is_live(node):
            text = node.text or ""
            if _looks_like_mark(node, text, raised):
                marks.append(Note(text.strip().strip("[]"), "", 0))
                text = _MARK
            pieces.append(text)
        elif node.tag in (w("tab"), w("br"), w("cr")) and node.getparent().tag == w("r"):
            pieces.append("\t" if node.tag == w("tab") else "\n")
        elif node.tag == w("noBreakHyphen"):
            pieces.append("-")
    return "".join(pieces), marks


def _looks_like_mark(node: etree._Element, text: str, raised: frozenset[str]) -> bool:
    """Whether a run is a raised number: the mark of a note that was typed."""
    if not re.fullmatch(r"\s?\[?\d{1,3}\]?", text):
        return False
    properties = node.getparent().find(w("rPr"))
    style = properties.find(w("rStyle")) if properties is not None else None
    return _is_raised(properties) or (style is not None and style.get(w("val")) in raised)


def _passage(text: str, marks: list[Note], number: str, heading: bool) -> Passage:
    """A paragraph whose marks are notes with places; notes in brackets count as notes, too."""
    text, marks = _without_signs(text, marks)
    typed = _TYPED_NUMBER.match(text) if not number and not heading else None
    if typed is not None:
        number, text = typed["number"], text[typed.end() :]
    places: list[Note] = []
    plain = ""
    left = iter(marks)
    for piece in re.split(f"({_MARK})", text):
        if piece == _MARK:
            note = next(left, None)
            if note is not None:
                places.append(replace(note, at=len(plain)))
        else:
            plain += piece
    start = len(plain) - len(plain.lstrip())
    moved = tuple(replace(note, at=max(note.at - start, 0)) for note in places)
    return Passage(number, plain.strip(), moved, bool(number), heading)


def _without_signs(text: str, marks: list[Note]) -> tuple[str, list[Note]]:
    """Raised digits and bracketed notes become marks among the others, in order."""
    left = iter(marks)
    found: list[Note] = []

    def sign(match: re.Match[str]) -> str:
        if match[0] == _MARK:
            found.extend(note for note in (next(left, None),) if note is not None)
        elif match["raised"]:
            found.append(Note(match["raised"].translate(RAISED), "", 0))
        elif match["digits"]:
            found.append(Note(match["digits"], "", 0))
        elif match["note"] and len(match["note"].split()) > 1 and "Drafter" not in match["note"]:
            found.append(Note("", match["note"], 0))
        else:
            return match[0]
        return _MARK

    pattern = (
        rf"{_MARK}|(?P<raised>{_RAISED.pattern})|\s?\[(?P<digits>\d{{1,3}})\]"
        r"|\s?\[(?:fn: )?(?P<note>[A-Z][^\[\]]*\.)\]"
    )
    return re.sub(pattern, sign, text), found


def _below(passage: Passage, above: str) -> Passage:
    """A typed subparagraph with the number of the paragraph it belongs to: 58 (a)."""
    if above and passage.number.startswith("("):
        return replace(passage, number=f"{above} {passage.number}")
    return passage


def _with_typed_notes(passages: list[Passage]) -> tuple[Passage, ...]:
    """Typed marks get the texts of a typed list of notes; the list is no text any more."""
    wanted = {note.number for passage in passages for note in passage.notes if not note.text}
    if not wanted:
        return tuple(_numbered(passages))
    last = max(at for at, passage in enumerate(passages) if passage.notes)
    texts: dict[str, str] = {}
    list_of_notes: set[int] = set()
    for at in range(len(passages) - 1, last, -1):
        number, words = _typed_note(passages[at], wanted)
        if number and number not in texts:
            texts[number] = words
            list_of_notes.add(at)
    kept = [passage for at, passage in enumerate(passages) if at not in list_of_notes]
    filled = [
        replace(
            passage,
            notes=tuple(
                note if note.text else replace(note, text=texts.get(note.number, ""))
                for note in passage.notes
            ),
        )
        for passage in kept
    ]
    return tuple(_numbered(filled))


def _typed_note(passage: Passage, wanted: Collection[str]) -> tuple[str, str]:
    """Number and text of a line of a typed list of notes; blank for any other paragraph."""
    if passage.number in wanted:
        return passage.number, passage.text
    match = _TYPED_NOTE.match(passage.text)
    number = (match["in"] or match["bare"]) if match else ""
    return (number, match["text"]) if match and number in wanted else ("", "")


def _numbered(passages: list[Passage]) -> Iterator[Passage]:
    """Notes without a number of their own are counted through."""
    at = 0
    for passage in passages:
        notes = []
        for note in passage.notes:
            at += 1
            notes.append(note if note.number else replace(note, number=str(at)))
        yield replace(passage, notes=tuple(notes))


def _tables(document: Document) -> Iterator[tuple[tuple[str, ...], ...]]:
    for grid in document.element.body.iter(w("tbl")):
        yield tuple(
            tuple(
                " ".join(
                    "".join(t.text or "" for t in node.iter(w("t")) if is_live(t))
                    for node in cell.iter(w("p"))
                ).strip()
                for cell in row.findall(w("tc"))
            )
            for row in grid.findall(w("tr"))
        )
