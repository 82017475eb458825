"""The table of contents in United Nations form: section, paragraphs, page.

Word's own table of contents cannot list paragraph numbers, so each line is made of references.
Their stored results are right; the pages are those that ``pagination`` finds when the document is
saved. Ctrl+A, F9 in Word renews them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from wps_xl.model import Draft, Paragraph, Section
from wps_xl.office.word.numbering import (
    Labels,
    Step,
    annexes,
    blocks,
    heading_level,
    section_bookmark,
    table_bookmark,
)
from wps_xl.office.word.ooxml import Bookmarks, add, element, field, paragraph, run, w

KEY = "contents"
WIDTHS = (5516, 1100, 700)
INDENT = 1267
DEPTH = 2
DASH = "–"
UNKNOWN_PAGE = "…"
HEADS = ("", "Paragraphs", "Page")


@dataclass(frozen=True)
class ContentsLine:
    """One line: the heading, its number, and the first and last paragraph under it."""

    key: str
    title: str
    level: int
    number: Step
    follows: bool = True
    first: Step | None = None
    last: Step | None = None


def lines(draft: Draft, labels: Labels) -> Iterator[ContentsLine]:
    """The lines of the contents in printed order, annexes last."""
    for top in draft.sections:
        for section in top.walk():
            if heading_level(section) <= DEPTH:
                yield _line(section, labels)
    for numeral, annex in annexes(draft):
        number = Step(section_bookmark(annex.key), numeral)
        yield ContentsLine(annex.key, annex.title, 0, number, follows=False)


def table(
    found: Sequence[ContentsLine], pages: Mapping[str, int], bookmarks: Bookmarks
) -> list[etree._Element]:
    """The heading "Contents" and the table below it."""
    made = element("tbl")
    properties = add(made, "tblPr")
    add(properties, "tblW", w=sum(WIDTHS), type="dxa")
    add(properties, "tblInd", w=INDENT, type="dxa")
    add(properties, "tblLayout", type="fixed")
    margins = add(properties, "tblCellMar")
    add(margins, "left", w=0, type="dxa")
    add(margins, "right", w=0, type="dxa")
    grid = add(made, "tblGrid")
    for width in WIDTHS:
        add(grid, "gridCol", w=width)
    heads = (paragraph("ContentsHead", run(text)) for text in HEADS)
    made.append(_row(*heads))
    made.extend(_rows(found, pages))
    name = table_bookmark(KEY)
    title = paragraph("SingleTxt", *bookmarks.around(name, [run("Contents")]))
    return [title, made, paragraph("SingleTxt")]


def find_pages(found: Sequence[ContentsLine], page_texts: Sequence[str]) -> dict[str, int]:
    """On which page each heading stands, read from the text of every page of a converted draft.

    Each heading is looked for after the one before it; what runs into leader dots is the contents.
    """
    pages: dict[str, int] = {}
    place, offset = 0, 0
    squeezed = [" ".join(text.split()) for text in page_texts]
    for line in found:
        pattern = re.compile(_as_printed(line))
        for page in range(place, len(squeezed)):
            match = pattern.search(squeezed[page], offset if page == place else 0)
            if match:
                pages[line.key] = page + 1
                place, offset = page, match.end()
                break
    return pages


def _as_printed(line: ContentsLine) -> str:
    """A pattern for the heading as it stands on its page."""
    title = re.escape(" ".join(line.title.split()))
    if line.level == 0:
        return f"{f'Annex {line.number.text}'.rstrip()} {title}"
    return rf"(?<!\w){line.number.text}\. {title}(?! ?\.\.)"


def _line(section: Section, labels: Labels) -> ContentsLine:
    keys = [block.key for block in blocks((section,)) if isinstance(block, Paragraph)]
    steps = [labels.paragraphs[key].steps[0] for key in keys if key in labels.paragraphs]
    first, last = (steps[0], steps[-1]) if steps else (None, None)
    number = labels.sections[section.key].steps[-1]
    return ContentsLine(
        section.key, section.title, heading_level(section), number, True, first, last
    )


def _rows(found: Sequence[ContentsLine], pages: Mapping[str, int]) -> Iterator[etree._Element]:
    annex_lines = [line for line in found if line.level == 0]
    for line in found:
        if annex_lines and line is annex_lines[0]:
            yield _row(_annex_title(len(annex_lines)), _numbers([]), _numbers([]))
        yield _row(_title(line), _numbers(_range(line)), _numbers(_page(line, pages)))


def _annex_title(count: int) -> etree._Element:
    """The line above the annexes, kept on the page of the first."""
    made = paragraph("ContentsLine", run("Annexes" if count > 1 else "Annex"))
    add(made.find(w("pPr")), "keepNext")
    return made


def _title(line: ContentsLine) -> etree._Element:
    style = "ContentsSubline" if line.level == DEPTH else "ContentsLine"
    title = " ".join(line.title.split())
    number = _reference(line.number) if line.follows else [run(line.number.text)]
    start = [*number, run(".\t")] if line.number.text else [run("\t")]
    return paragraph(style, *start, run(f"{title}\t"))


def _range(line: ContentsLine) -> list[etree._Element]:
    if line.first is None or line.last is None:
        return []
    if line.first == line.last:
        return _reference(line.first)
    return [*_reference(line.first), run(DASH), *_reference(line.last)]


def _page(line: ContentsLine, pages: Mapping[str, int]) -> list[etree._Element]:
    page = str(pages.get(line.key, UNKNOWN_PAGE))
    return field(f"PAGEREF {line.number.bookmark} \\h", page)


def _reference(step: Step) -> list[etree._Element]:
    return field(f"REF {step.bookmark} \\n \\h", step.text)


def _numbers(content: Sequence[etree._Element]) -> etree._Element:
    return paragraph("ContentsNumber", *content)


def _row(*cells: etree._Element) -> etree._Element:
    made = element("tr")
    add(add(made, "trPr"), "cantSplit")
    for cell, width in zip(cells, WIDTHS, strict=True):
        holder = add(made, "tc")
        properties = add(holder, "tcPr")
        add(properties, "tcW", w=width, type="dxa")
        add(properties, "vAlign", val="bottom")
        holder.append(cell)
    return made
