"""A table in United Nations form: rules above, below and under the heads, notes by letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from wps_xl.model import DraftTable
from wps_xl.office.word.ooxml import Bookmarks, add, content_of, element, field, paragraph, run, w

TEXT_WIDTH = 7316
FULL_WIDTH = 9850
INDENT = 1267
TOTAL = "total"

_NOTE_MARK = re.compile(r"(?P<text>.*)\^(?P<letter>[a-z])", re.DOTALL)


def build(
    table: DraftTable, number: str, bookmark: str, bookmarks: Bookmarks
) -> list[etree._Element]:
    """Number, title, table and notes, in this order; the bookmark is on number or title.

    ``widths`` are shares of the text block, or twips where they need more than the block, and
    then the table takes the full measure. ``1,204^a`` in a cell is a reference to note a. A last
    row that begins with "Total" is set in bold. A table without a title has no number either.
    """
    title = [run(table.title)]
    heads = []
    if not table.title:
        return [_untitled(table, bookmark, bookmarks), paragraph("SingleTxt")]
    if number:
        count = bookmarks.around(bookmark, field("SEQ Table \\* ARABIC", number))
        heads.append(paragraph("TableNo", run("Table "), *count))
    else:
        title = bookmarks.around(bookmark, title)
    heads.append(paragraph("TableTitle", *title))
    indent = _indent(table)
    notes = [_note(letter, text) for letter, text in _lettered(table.notes)]
    for node in (*heads, *notes):
        add(node.find(w("pPr")), "ind", left=indent, right=indent)
    return [*heads, _grid(table, indent), *notes, paragraph("SingleTxt")]


def _untitled(table: DraftTable, bookmark: str, bookmarks: Bookmarks) -> etree._Element:
    """The table alone, its bookmark on the first head."""
    made = _grid(table, _indent(table))
    first = next(made.iter(w("p")))
    for node in bookmarks.around(bookmark, content_of(first)):
        first.append(node)
    return made


def _grid(table: DraftTable, indent: int) -> etree._Element:
    made = element("tbl")
    widths = _widths(table, FULL_WIDTH - 2 * indent)
    last = table.rows[-1][:1] if table.rows else ()
    total = "".join(last).strip().lower().startswith(TOTAL)
    _properties(made, sum(widths), indent, total)
    columns = add(made, "tblGrid")
    for width in widths:
        add(columns, "gridCol", w=width)
    letters = {letter for letter, _ in _lettered(table.notes)}
    made.append(_row(table.head, widths, table.align, "TableHead", letters))
    for row in table.rows:
        made.append(_row(row, widths, table.align, "TableTxt", letters))
    return made


def _properties(made: etree._Element, width: int, indent: int, total: bool) -> None:
    properties = add(made, "tblPr")
    add(properties, "tblStyle", val="UNTable")
    add(properties, "tblW", w=width, type="dxa")
    add(properties, "tblInd", w=indent, type="dxa")
    add(properties, "tblLayout", type="fixed")
    look = {"firstRow": 1, "lastRow": int(total), "firstColumn": 0, "lastColumn": 0}
    add(properties, "tblLook", val="0460" if total else "0420", **look, noHBand=0, noVBand=1)


def _row(
    cells: Sequence[str], widths: Sequence[int], align: str, style: str, letters: set[str]
) -> etree._Element:
    made = element("tr")
    properties = add(made, "trPr")
    add(properties, "cantSplit")
    if style == "TableHead":
        add(properties, "tblHeader")
    for place, width in enumerate(widths):
        cell = add(made, "tc")
        add(add(cell, "tcPr"), "tcW", w=width, type="dxa")
        text = cells[place] if place < len(cells) else ""
        content = paragraph(style, *_cell(text, letters))
        if align[place : place + 1] == "r":
            add(content.find(w("pPr")), "jc", val="right")
        cell.append(content)
    return made


def _cell(text: str, letters: set[str]) -> Iterator[etree._Element]:
    """The runs of a cell; a closing ``^a`` is a mark where the table has a note a."""
    match = _NOTE_MARK.fullmatch(text)
    if match is None or match["letter"] not in letters:
        yield run(text)
        return
    yield run(match["text"])
    yield run(match["letter"], style="TableNoteMark")


def _note(letter: str, text: str) -> etree._Element:
    return paragraph("TableNote", run(letter, style="TableNoteMark"), run(f" {text}"))


def _lettered(notes: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((chr(ord("a") + place), text) for place, text in enumerate(notes[:26]))


def _indent(table: DraftTable) -> int:
    return 0 if sum(table.widths) > TEXT_WIDTH else INDENT


def _widths(table: DraftTable, width: int) -> list[int]:
    """Column widths in twips; columns without a width share what the given ones would average."""
    count = max(len(table.head), *(len(row) for row in table.rows), 1)
    shares = [max(share, 1) for share in table.widths[:count]] or [1]
    shares += [sum(shares) // len(shares)] * (count - len(shares))
    return [width * share // sum(shares) for share in shares]
