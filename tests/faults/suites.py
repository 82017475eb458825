"""Writes a return as other office suites write it: parts and markup of each, cell by cell."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from faults.suite_looks import Looks
from faults.suite_parts import Beside, boxes, links, notes, relations
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.intake.numbers import to_serial

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PRESERVED = {"xml:space": "preserve"}
_FUNCTION = re.compile(r"=[A-Z]+\(")
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{}</Types>'
)
_CORE = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
    'xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:modified>{:%Y-%m-%dT%H:%M:%SZ}'
    "</dcterms:modified></cp:coreProperties>"
)


@dataclass(frozen=True)
class Suite:
    """How one program writes workbooks; see the fields."""

    name: str
    texts: str = "shared"
    """``shared``, ``inline``, or ``str``, as results of formulas are written."""
    days: str = "serial"
    """``serial``, or ``iso`` for cells of type d."""
    prefix: str = ""
    from_root: bool = False
    """Whether relationships name their targets from the root of the package."""
    measured: bool = True
    """Whether sheets say how far they reach."""
    dated: bool = True
    of_formulas: str = ""
    """What the program puts before formulas that begin with a function."""
    tables: bool = False
    """Whether each table becomes a sheet of its own name, after a summary of them all."""
    hides: bool = True
    """Whether hidden sheets are kept."""
    formats: int = 164
    """The number that its first number format has."""
    fonts: bool = True
    """Whether lines through words, colours and pieces of texts are kept."""
    struck: str = "<{p}strike/>"
    anchor: str = "twoCellAnchor"
    """What text boxes hang on; blank where none are kept."""

    def knows(self, what: str) -> bool:
        """Whether it keeps ``fonts`` or ``boxes``; everything else it does."""
        return bool({"fonts": self.fonts, "boxes": self.anchor}.get(what, True))


@dataclass(frozen=True)
class More:
    """What openpyxl cannot hold: results of formulas and text boxes, by sheet and cell."""

    results: Mapping[tuple[str, str], str] = field(default_factory=dict)
    boxes: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)


NO_MORE = More()


GOOGLE = Suite("Google Sheets", dated=False, measured=False, anchor="oneCellAnchor")
NUMBERS = Suite("Numbers", texts="inline", dated=False, tables=True, hides=False, formats=59)
SHEETJS = Suite("SheetJS", texts="str", days="iso", dated=False, fonts=False, anchor="")
WPS = Suite("WPS Office", from_root=True, of_formulas="_xlfn.", formats=176)
LIBRE = Suite("LibreOffice", of_formulas="of:=", struck='<{p}strike val="true"/>')
SDK = Suite("Open XML SDK", prefix="x:", texts="inline", from_root=True, dated=False)
SUITES = (GOOGLE, NUMBERS, SHEETJS, WPS, LIBRE, SDK)


def rewritten(book: Workbook, suite: Suite, more: More = NO_MORE) -> bytes:
    """The workbook as this suite would save it; what it does not know of is gone."""
    sheets = [s for s in book.worksheets if suite.hides or s.sheet_state == "visible"]
    names = {s.title: f"{s.title} - Table 1" if suite.tables else s.title for s in sheets}
    writer = _Writer(suite, more)
    pages = [(names[s.title], s.sheet_state, writer.sheet(s)) for s in sheets]
    if suite.tables:
        pages.insert(0, ("Export Summary", "visible", writer.summary(names.values())))
    return _packed(suite, pages, writer, book.properties.modified)


class _Writer:
    """Writes cells, and gathers the texts they share."""

    def __init__(self, suite: Suite, more: More) -> None:
        self.suite, self.more = suite, more
        self.shared: dict[str, int] = {}
        self.looks = Looks(suite.prefix, suite.formats, suite.struck, suite.fonts)
        self.beside: list[Beside] = []
        self.relations: dict[str, str] = {}

    def tag(self, name: str, inner: str = "", **about: str) -> str:
        name = self.suite.prefix + name
        said = "".join(f' {key}="{value}"' for key, value in about.items())
        return f"<{name}{said}>{inner}</{name}>"

    def sheet(self, sheet: Worksheet) -> str:
        rows = "".join(self._rows(sheet))
        merged = "".join(self.tag("mergeCell", ref=str(one)) for one in sheet.merged_cells.ranges)
        reach = self.tag("dimension", ref=sheet.dimensions) if self.suite.measured else ""
        behind = list(links(sheet))
        tags = "".join(
            self.tag("hyperlink", ref=at, **{"r:id": f"rIdLink{number}"})
            for number, (at, _) in enumerate(behind)
        )
        parts = list(self._beside(sheet))
        self.beside += parts
        if parts or behind:
            addresses = [address for _, address in behind]
            self.relations[sheet.title] = relations(parts, addresses)
        kinds = {part.kind: f"rId{at}" for at, part in enumerate(parts, start=1)}
        drawn = self.tag("drawing", **{"r:id": kinds["drawing"]}) if "drawing" in kinds else ""
        return (
            reach
            + self.tag("sheetData", rows)
            + (self.tag("mergeCells", merged) if merged else "")
            + (self.tag("hyperlinks", tags) if tags else "")
            + drawn
        )

    def _beside(self, sheet: Worksheet) -> Iterator[Beside]:
        at = len(self.beside) + 1
        if said := notes(sheet, self.suite.name):
            yield Beside("comments", f"xl/comments{at}.xml", said)
        if (drawn := self.more.boxes.get(sheet.title)) and self.suite.anchor:
            xml = boxes(drawn, self.suite.anchor)
            yield Beside("drawing", f"xl/drawings/drawing{at}.xml", xml)

    def _rows(self, sheet: Worksheet) -> Iterator[str]:
        for row in sheet.iter_rows():
            cells = "".join(self._cell(one) for one in row if one.value is not None)
            number = row[0].row
            hidden = {"hidden": "1"} if sheet.row_dimensions[int(number or 0)].hidden else {}
            if cells:
                yield self.tag("row", cells, r=str(number), **hidden)

    def summary(self, names: Iterable[str]) -> str:
        words = ("This document was exported from Numbers.", *names)
        rows = (
            self.tag("row", self._text(word, r=f"B{at}"), r=str(at))
            for at, word in enumerate(words, start=3)
        )
        return self.tag("sheetData", "".join(rows))

    def _cell(self, cell: Cell) -> str:
        value, at = cell.value, cell.coordinate
        about = {"r": at}
        if style := self.looks.number(cell):
            about["s"] = str(style)
        if isinstance(value, str) and value.startswith("="):
            before = self.suite.of_formulas if _FUNCTION.match(value) else ""
            formula = self.tag("f", escape(before + value[1:]))
            result = self.more.results.get((str(cell.parent.title), at))
            return self.tag("c", formula + (self.tag("v", result) if result else ""), **about)
        if cell.data_type == "e":
            return self.tag("c", self.tag("v", str(value)), **about, t="e")
        if isinstance(value, dt.datetime):
            if self.suite.days == "iso":
                return self.tag("c", self.tag("v", value.isoformat() + ".000Z"), **about, t="d")
            return self.tag("c", self.tag("v", str(to_serial(value))), **about)
        if isinstance(value, dt.time):
            if self.suite.days == "iso":
                return self.tag("c", self.tag("v", f"1899-12-30T{value}.000Z"), **about, t="d")
            part = (value.hour + value.minute / 60) / 24
            return self.tag("c", self.tag("v", repr(part)), **about)
        if isinstance(value, (int, float)):
            return self.tag("c", self.tag("v", repr(value)), **about)
        if isinstance(value, CellRichText) and self.suite.fonts:
            return self._pieces(self.looks.pieces(value), **about)
        return self._text(str(value), **about)

    def _text(self, words: str, **about: str) -> str:
        text = escape(words)
        if self.suite.texts == "str":
            return self.tag("c", self.tag("v", text), **about, t="str")
        return self._pieces(self.tag("t", text, **_PRESERVED), **about)

    def _pieces(self, inner: str, **about: str) -> str:
        if self.suite.texts == "shared":
            at = self.shared.setdefault(inner, len(self.shared))
            return self.tag("c", self.tag("v", str(at)), **about, t="s")
        return self.tag("c", self.tag("is", inner), **about, t="inlineStr")


def _packed(
    suite: Suite, pages: Sequence[tuple[str, str, str]], writer: _Writer, saved: dt.datetime | None
) -> bytes:
    p = suite.prefix
    space = f'xmlns{p and ":"}{p[:-1]}="{_MAIN}" xmlns:r="{_OFFICE}"'
    tabs = "".join(
        f'<{p}sheet name="{escape(name)}" sheetId="{at}" state="{state}" r:id="rId{at}"/>'
        for at, (name, state, _) in enumerate(pages, start=1)
    )
    parts = {"workbook.xml": ("sheet.main", "workbook", f"<{p}sheets>{tabs}</{p}sheets>")}
    for at, (_, _, inner) in enumerate(pages, start=1):
        parts[f"worksheets/sheet{at}.xml"] = ("worksheet", "worksheet", inner)
    parts["styles.xml"] = ("styles", "styleSheet", writer.looks.xml())
    if writer.shared:
        texts = "".join(f"<{p}si>{text}</{p}si>" for text in writer.shared)
        parts["sharedStrings.xml"] = ("sharedStrings", "sst", texts)
    root, base = ("/", "/xl/") if suite.from_root else ("", "")
    links = [(f"{_OFFICE}/{kind}", base + name) for name, (kind, _, _) in parts.items()][1:]
    home = [(f"{_OFFICE}/officeDocument", f"{root}xl/workbook.xml")]
    held = {
        f"xl/{name}": f"<{p}{top} {space}>{inner}</{p}{top}>"
        for name, (_, top, inner) in parts.items()
    }
    held |= {part.name: part.xml for part in writer.beside}
    for at, (name, _, _) in enumerate(pages, start=1):
        own = name.removesuffix(" - Table 1")
        if own in writer.relations:
            held[f"xl/worksheets/_rels/sheet{at}.xml.rels"] = writer.relations[own]
    if suite.dated and saved:
        home.append((f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"))
        held["docProps/core.xml"] = _CORE.format(saved)
    held["_rels/.rels"], held["xl/_rels/workbook.xml.rels"] = _links(home), _links(links)
    kinds = "".join(
        f'<Override PartName="/xl/{name}" ContentType="{_KIND}.{kind}+xml"/>'
        for name, (kind, _, _) in parts.items()
    )
    held["[Content_Types].xml"] = _TYPES.format(kinds)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, text in held.items():
            file.writestr(name, text)
    return made.getvalue()


def _links(targets: Sequence[tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{at}" Type="{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'
