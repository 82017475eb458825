"""The sheet in front of a correction copy: what is to be corrected, with links to the cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from lxml import etree

from wps_xl.forms.imprint import FRONT, imprinted
from wps_xl.forms.imprint import said as printed
from wps_xl.office.excel.fitting import height
from wps_xl.office.excel.package.blocks import text_xml
from wps_xl.office.excel.package.parts import MAIN, RID
from wps_xl.office.excel.package.workbook_part import section
from wps_xl.sheets.copies.marks import Formats

NAME = "Issues"
MARKER = "wps_xl_issues"
"""The defined name by which our sheet is known again, whatever program saved the file."""
HEADINGS = ("What", "Sheet", "Cell", "Heading", "Found", "What to do", "Suggestion")
_WIDTHS = (13, 13, 8, 24, 24, 68, 18)
_WORDS = {"error": "to correct", "warning": "please check"}
_FIRST = 5
_IMPRINT = len(HEADINGS) + 1
"""The hidden column that tells what we wrote, should somebody write beside it."""
Cells = list[tuple[int, str, int]]
"""The cells of a row: number of the column, text, look."""
_HELP = (
    "Click an address to go to its cell, which has a note. Correct it there, save this file and "
    "send it back as it is: the colours, the notes and this sheet need not be removed."
)


@dataclass(frozen=True)
class FrontLine:
    """One line of the sheet; ``cells`` are its addresses in the sheet of the return."""

    severity: str
    sheet: str
    cells: Sequence[str]
    heading: str
    found: str
    message: str
    suggestion: str


def sheet_xml(lines: Sequence[FrontLine], book: str, formats: Formats, selected: bool) -> bytes:
    """The sheet's part; ``selected`` where the file opens with it."""
    head, text = formats.of_front("head"), formats.of_front("text")
    rows: list[tuple[Cells, float]] = [
        ([(1, f"{NAME}: {book}", formats.of_front("title"))], 24),
        ([(1, _summary(lines), formats.of_front("help"))], 16),
        ([(1, _HELP, formats.of_front("help"))], 22),
        ([(at, word, head) for at, word in enumerate(HEADINGS, start=1)], 16),
    ]
    links: list[str] = []
    for line in lines:
        for address in line.cells or [""]:
            rows.append((_line(line, address, formats), _high(line)))
            if address:
                links.append(_link(len(rows), line.sheet, address))
    imprint = imprinted(printed(FRONT, word) for cells, _ in rows for _, word, _ in cells if word)
    for (cells, _), piece in zip(rows, imprint, strict=False):
        cells.append((_IMPRINT, piece, text))
    data = "".join(_row(number, *row) for number, row in enumerate(rows, start=1))
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(_WIDTHS, start=1)
    )
    columns += f'<col min="{_IMPRINT}" max="{_IMPRINT}" width="9" hidden="1" customWidth="1"/>'
    tab = ' tabSelected="1"' if selected else ""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{MAIN[1:-1]}"><sheetPr><tabColor rgb="FFC0392B"/>'
        f'<pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:H{len(rows)}"/>'
        f'<sheetViews><sheetView showGridLines="0"{tab} workbookViewId="0">'
        f'<pane ySplit="{_FIRST - 1}" topLeftCell="A{_FIRST}" activePane="bottomLeft" '
        f'state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"<cols>{columns}</cols><sheetData>{data}</sheetData>"
        + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
        + '<pageMargins left="0.45" right="0.45" top="0.75" bottom="0.75" header="0.3" '
        'footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;L&amp;F&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
        "</worksheet>"
    ).encode()


def _summary(lines: Sequence[FrontLine]) -> str:
    counts = dict.fromkeys(_WORDS, 0)
    for line in lines:
        counts[line.severity] += max(len(line.cells), 1)
    return f"{counts['error']} to correct (red), {counts['warning']} to check (yellow)."


def _line(line: FrontLine, address: str, formats: Formats) -> Cells:
    text, link = formats.of_front("text"), formats.of_front("link")
    values = (line.sheet, address, line.heading, line.found, line.message, line.suggestion)
    looks = (text, link if address else text, text, text, text, text)
    cells = [(1, _WORDS[line.severity], formats.of_front(line.severity))]
    cells += [
        (at, value, look) for at, (value, look) in enumerate(zip(values, looks, strict=True), 2)
    ]
    return cells


def _high(line: FrontLine) -> float:
    """As high as the longest text needs it [points]."""
    texts = (line.sheet, "", line.heading, line.found, line.message, line.suggestion)
    return 4 + max(height(text, width, 9) for text, width in zip(texts, _WIDTHS[1:], strict=True))


def _row(number: int, cells: Cells, points: float) -> str:
    high = f'ht="{points}" customHeight="1"'
    return f'<row r="{number}" {high}>{"".join(_cells(number, cells))}</row>'


def _cells(number: int, cells: Cells) -> Iterator[str]:
    for at, text, look in cells:
        place = f'r="{chr(ord("A") + at - 1)}{number}" s="{look}"'
        yield f'<c {place} t="inlineStr"><is>{text_xml(text)}</is></c>' if text else f"<c {place}/>"


def _link(number: int, sheet: str, address: str) -> str:
    name = sheet.replace("'", "''")
    target = quoteattr(f"'{name}'!{address}")
    return f'<hyperlink ref="C{number}" location={target} display={quoteattr(address)}/>'


def put_in_front(index: etree._Element, relation: str, opens: bool) -> str:
    """Enter our sheet as the first of the workbook; its name, which no other sheet has."""
    entries = section(index, "sheets")
    taken = {entry.get("name").casefold() for entry in entries}
    name, number = NAME, 1
    while name.casefold() in taken:
        number += 1
        name = f"{NAME} {number}"
    entry = etree.Element(f"{MAIN}sheet", name=name)
    entry.set("sheetId", str(1 + max((int(e.get("sheetId")) for e in entries), default=0)))
    entry.set(RID, relation)
    entries.insert(0, entry)
    _shift(index, 0, 1)
    names = section(index, "definedNames")
    marker = etree.SubElement(names, f"{MAIN}definedName", name=MARKER, hidden="1")
    marker.text = f"'{name}'!$A$1"
    for view in index.iterfind(f"{MAIN}bookViews/{MAIN}workbookView"):
        view.set("firstSheet", "0")
        if opens:
            view.set("activeTab", "0")
        elif view.get("activeTab") is None:
            view.set("activeTab", "1")
    return name


def take_out(index: etree._Element) -> str:
    """Remove our sheet of an earlier copy from the index; the relationship that leads to it."""
    names = index.find(f"{MAIN}definedNames")
    markers = [] if names is None else [e for e in names if e.get("name") == MARKER]
    relation = ""
    for marker in markers:
        ours = (marker.text or "").rpartition("!")[0].strip("'").replace("''", "'")
        names.remove(marker)
        entries = section(index, "sheets")
        for at, entry in enumerate(list(entries)):
            if entry.get("name") == ours and len(entries) > 1:
                relation = entry.get(RID)
                entries.remove(entry)
                for local in list(names):
                    if local.get("localSheetId") == str(at):
                        names.remove(local)
                _shift(index, at, -1)
    if names is not None and not len(names):
        index.remove(names)
    return relation


def _shift(index: etree._Element, at: int, by: int) -> None:
    """Names and views count sheets by their place: those from ``at`` on move."""
    for name in index.iterfind(f"{MAIN}definedNames/{MAIN}definedName"):
        place = name.get("localSheetId")
        if place is not None and int(place) >= at:
            name.set("localSheetId", str(int(place) + by))
    for view in index.iterfind(f"{MAIN}bookViews/{MAIN}workbookView"):
        for attribute in ("activeTab", "firstSheet"):
            place = int(view.get(attribute, "0"))
            if place >= at:
                view.set(attribute, str(max(place + by, 0)))
