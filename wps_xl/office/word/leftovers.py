"""What a document for submission must not hold: yellow, open slots, tracked changes, bare heads.

Any Word document is read, whoever made it: this serves a clean edition and the check of a draft.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from docx.document import Document
from lxml import etree

from wps_xl.office.word import package
from wps_xl.office.word.counting import Counted, count
from wps_xl.office.word.ooxml import GAP, style_of, w
from wps_xl.office.word.revisions import MARKS, is_empty, is_live, live_paragraphs
from wps_xl.office.word.story import PROMPT_STYLE

PROMPT = "[Drafter:"
YELLOW, SLOT, TRACKED, EMPTY = "yellow", "slot", "tracked", "empty-section"
EMBEDDED = "embedded"
BEGINS = 60
_RAW = re.compile(
    r"\{\{\s*\w+\s*\}\}"
    r"|\{(?:an? )?(?:[\w-]+:)?[\w-]+\.[a-z_]+(?: in (?:figures|words))?\}"
    r"|\{(?:count|list|note|was|is|has) [^{}]+\}|\{\w+\s*\|[^{}]*\}"
    r"|\{(?:entity|countries|place|partners|value|part|whole|percent|amount|target|baseline)\}"
)
_NO_COLOUR = ("none", "white")
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_ANNEX = ("AnnexTitle", "AnnexHeading", "AnnexSingle")


@dataclass(frozen=True)
class Left:
    """One thing that is left: which kind, the paragraph's number and first words, what it is."""

    code: str
    number: str
    begins: str
    what: str

    @property
    def place(self) -> str:
        """The paragraph as its reader finds it."""
        words = f"“{self.begins}”" if self.begins else ""
        return f"paragraph {self.number} {words}".rstrip() if self.number else words or "the text"


def leftovers(document: Document, answered: Collection[etree._Element] = ()) -> list[Left]:
    """Everything that is left, in the order of the text; headers, footers and notes come last.

    ``answered`` are yellow paragraphs that the drafter has written over.
    """
    body, counted = document.element.body, count(document)
    paragraphs = list(live_paragraphs(body))
    asking = [node for node in paragraphs if node not in answered]
    found = [left for node in asking for left in _of_paragraph(node, counted)]
    found += _empty(paragraphs, _headings(document), counted)
    _, *others = package.all_stories(document)
    for root in others:
        texts = live_paragraphs(root)
        found += [left for node in texts for left in _of_paragraph(node, counted)]
    for root in (body, *others):
        found += _tracked(root, counted)
    return found


def _of_paragraph(node: etree._Element, counted: Counted) -> Iterator[Left]:
    text = _text(node)
    slots = [GAP] * text.count(GAP) + [match[0] for match in _RAW.finditer(text)]
    if is_yellow(node, text):
        yield _left(YELLOW, node, counted, text)
    elif slots:
        yield _left(SLOT, node, counted, ", ".join(slots))


def is_yellow(node: etree._Element, text: str) -> bool:
    """Whether a paragraph asks the drafter to act: by its words, its style or its colour."""
    if PROMPT in text or (style_of(node) == PROMPT_STYLE and text.strip()):
        return True
    shown = (run for run in node.iter(w("r")) if "".join(t.text or "" for t in run.iter(w("t"))))
    marks = ((run, run.find(f"{w('rPr')}/{w('highlight')}")) for run in shown)
    return any(
        mark is not None
        and mark.get(w("val")) not in _NO_COLOUR
        and is_live(run)
        and "".join(t.text or "" for t in run.iter(w("t"))).strip() not in ("", GAP)
        for run, mark in marks
    )


def _tracked(root: etree._Element, counted: Counted) -> Iterator[Left]:
    """Each paragraph or row with tracked changes, once."""
    places: dict[etree._Element, int] = {}
    for mark in root.iter(*map(w, MARKS)):
        holder = next((up for up in mark.iterancestors(w("p"))), None)
        row = next((up for up in mark.iterancestors(w("tr"))), None)
        place = holder if holder is not None else row if row is not None else root
        inner = next(mark.iter(w("p")), None)
        place = inner if place is root and inner is not None else place
        places[place] = places.get(place, 0) + 1
    for place, times in places.items():
        found = _left(TRACKED, place, counted, str(times))
        yield replace(found, begins=_findable(place, found.begins))


def _findable(place: etree._Element, begins: str) -> str:
    """Words that a person can search for: those that stand there, were deleted, or come before."""
    if _is_telling(begins):
        return begins
    texts = [" ".join("".join(node.itertext(w("t"), w("delText"))).split()) for node in (place,)]
    row = next((up for up in place.iterancestors(w("tr"))), None)
    if row is not None:
        texts += [" ".join(_text(cell).split()) for cell in row.iter(w("tc"))]
    texts += [" ".join(_text(node).split()) for node in place.itersiblings(w("p"), preceding=True)]
    told = next((text for text in texts if _is_telling(text)), begins or texts[0])
    return told if len(told) <= BEGINS else f"{told[:BEGINS].rstrip()}…"


def _is_telling(text: str) -> bool:
    """Whether a text has a word, and not only a number or nothing."""
    return re.search(r"[^\W\d_]{2}", text) is not None


def _headings(document: Document) -> Mapping[str, int]:
    """The styles of headings by their names in the file, with their levels; annexes are level 1."""
    found = dict.fromkeys(_ANNEX, 1)
    for style in document.styles.element.iter(w("style")):
        name = style.find(w("name"))
        match = _HEADING.fullmatch(name.get(w("val"), "")) if name is not None else None
        if match:
            found[style.get(w("styleId"))] = int(match[1])
    return found


def _empty(
    paragraphs: list[etree._Element], headings: Mapping[str, int], counted: Counted
) -> Iterator[Left]:
    """Headings with nothing under them: the next thing is a heading as high, or the end."""
    open_one: tuple[int, etree._Element] | None = None
    for node in paragraphs:
        style = style_of(node)
        if style in headings and not is_empty(node):
            level = headings[style]
            if open_one is not None and level <= open_one[0] and not _same_title(open_one, style):
                yield _left(EMPTY, open_one[1], counted, "")
            open_one = (level, node)
        elif not is_empty(node) or next(node.iter(w("drawing")), None) is not None:
            open_one = None
    if open_one is not None:
        yield _left(EMPTY, open_one[1], counted, "")


def _same_title(above: tuple[int, etree._Element], style: str) -> bool:
    """Whether a line is the title below its line "Annex"."""
    return style == "AnnexTitle" and style_of(above[1]) in _ANNEX[1:]


def _left(code: str, node: etree._Element, counted: Counted, what: str) -> Left:
    number = " ".join(counted.paragraphs.get(node, ()))
    text = " ".join(_text(node).split())
    begins = text if len(text) <= BEGINS else f"{text[:BEGINS].rstrip()}…"
    return Left(code, number, begins, what)


def _text(node: etree._Element) -> str:
    return "".join(text.text or "" for text in node.iter(w("t")) if is_live(text))
