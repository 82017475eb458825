"""Builds council_report.docx and page.docx from the XML files beside it.

Run ``python make_council_report.py``. The page (briefs, scorecards, extracts) is the report with
the parts in ``page_xml`` in the place of its own: no masthead, no contents.

The files in ``council_report_xml`` are the parts of the document, with two short forms: a
``wps:field`` becomes a content control bound to the masthead data, so that a symbol or a job
number typed once shows in every header and footer, and a ``wps:block`` becomes a content control
around whole paragraphs, a slot or a fixed paragraph. The same files give the same bytes.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "council_report_xml"
PAGE = HERE / "page_xml"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BUILD = "urn:wps-xl:build"
REPORT = "urn:wps-xl:report:1"
LEDGER = "urn:wps-xl:ledger:1"
REPORT_STORE = "{6E0C3B52-6E0B-4B7A-9C55-77705F786C31}"
LEDGER_STORE = "{6E0C3B52-6E0B-4B7A-9C55-77705F786C32}"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

# Name in the masthead data, what Word shows on the control, what stands there until filled.
FIELDS = {
    "title": ("Title", "[Title of the report]"),
    "symbol_rest": ("Document symbol, year and number", "/20YY/NNN"),
    "distribution": ("Distribution", "General"),
    "date_text": ("Date of issue", "[Date]"),
    "original": ("Original language", "English"),
    "job_number": ("Job number", "YY-NNNNN (E)"),
}

# Part, its content type, the type of the relationship from the document (in the order of the ids).
PARTS = (
    ("word/styles.xml", f"{WORD}.styles+xml", "styles"),
    ("word/numbering.xml", f"{WORD}.numbering+xml", "numbering"),
    ("word/settings.xml", f"{WORD}.settings+xml", "settings"),
    ("word/footnotes.xml", f"{WORD}.footnotes+xml", "footnotes"),
    ("word/fontTable.xml", f"{WORD}.fontTable+xml", "fontTable"),
    ("word/header_even.xml", f"{WORD}.header+xml", "header"),
    ("word/header_odd.xml", f"{WORD}.header+xml", "header"),
    ("word/header_first.xml", f"{WORD}.header+xml", "header"),
    ("word/footer_even.xml", f"{WORD}.footer+xml", "footer"),
    ("word/footer_odd.xml", f"{WORD}.footer+xml", "footer"),
    ("word/footer_first.xml", f"{WORD}.footer+xml", "footer"),
    ("word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml", "theme"),
)
CORE = "application/vnd.openxmlformats-package.core-properties+xml"
APP = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
ITEM_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


def field(name: str, number: int) -> str:
    """A content control inside a paragraph, bound to ``name`` in the masthead data.

    It carries no formatting of its own: LibreOffice 7.4 drops that, so the paragraph's style says
    how it looks.
    """
    alias, text = FIELDS[name]
    return (
        f'<w:sdt xmlns:w="{W}"><w:sdtPr><w:alias w:val={quoteattr(alias)}/>'
        f'<w:tag w:val="wps:field:{name}"/><w:id w:val="{number}"/>'
        f"<w:dataBinding w:prefixMappings=\"xmlns:r='{REPORT}'\" "
        f'w:xpath="/r:report[1]/r:{name}[1]" w:storeItemID="{REPORT_STORE}"/><w:text/></w:sdtPr>'
        f"<w:sdtContent><w:r><w:t>{escape(text)}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def block(tag: str, alias: str, number: int) -> str:
    """A content control around whole paragraphs, still empty."""
    return (
        f'<w:sdt xmlns:w="{W}"><w:sdtPr><w:alias w:val={quoteattr(alias)}/>'
        f"<w:tag w:val={quoteattr(tag)}/>"
        f'<w:id w:val="{number}"/></w:sdtPr><w:sdtContent/></w:sdt>'
    )


def expand(root: etree._Element, numbers: Iterator[int]) -> None:
    """Replace the two short forms below ``root``."""
    for short in list(root.iter(f"{{{BUILD}}}field")):
        control = etree.fromstring(field(short.get("name"), next(numbers)))
        short.getparent().replace(short, control)
    for short in list(root.iter(f"{{{BUILD}}}block")):
        control = etree.fromstring(block(short.get("tag"), short.get("alias"), next(numbers)))
        control.find(f"{{{W}}}sdtContent").extend(list(short))
        short.getparent().replace(short, control)


def part(name: str, numbers: Iterator[int], first: Path = SOURCE) -> bytes:
    """One part as it stands in the document: short forms expanded, no indents, no comments.

    A part that ``first`` lacks is that of the report.
    """
    parser = etree.XMLParser(remove_blank_text=True, remove_comments=True)
    file = first / name if (first / name).exists() else SOURCE / name
    root = etree.parse(str(file), parser).getroot()
    expand(root, numbers)
    etree.cleanup_namespaces(root)
    return HEAD.encode() + bytes(etree.tostring(root, encoding="UTF-8"))


def relationships(*rows: tuple[str, str]) -> bytes:
    """A relationships part; ``rows`` are type and target, the ids are rId1, rId2, …"""
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(rows, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'.encode()


def content_types(parts: Iterable[tuple[str, str, str]], stores: int = 0) -> bytes:
    """The list of what each part is; ``stores`` is the number of custom XML parts."""
    overrides = {"word/document.xml": f"{WORD}.document.main+xml"}
    overrides |= {name: kind for name, kind, _ in parts}
    overrides |= {"docProps/core.xml": CORE, "docProps/app.xml": APP}
    numbers = range(1, stores + 1)
    overrides |= {f"customXml/itemProps{number}.xml": ITEM_PROPERTIES for number in numbers}
    lines = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        f'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{lines}</Types>'
    ).encode()


def roots() -> bytes:
    """The relationships of the file itself."""
    return relationships(
        (f"{RELATIONS}/officeDocument", "word/document.xml"),
        (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        (f"{RELATIONS}/extended-properties", "docProps/app.xml"),
    )


def store(number: int, uri: str, identity: str, content: str) -> dict[str, bytes]:
    """A custom XML part with its properties and relationships."""
    schema = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    properties = (
        f'{HEAD}<ds:datastoreItem xmlns:ds="{schema}" ds:itemID="{identity}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{uri}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    return {
        f"customXml/item{number}.xml": (HEAD + content).encode(),
        f"customXml/itemProps{number}.xml": properties.encode(),
        f"customXml/_rels/item{number}.xml.rels": relationships(
            (f"{RELATIONS}/customXmlProps", f"itemProps{number}.xml")
        ),
    }


def masthead_data() -> str:
    """The data behind the bound controls, holding the placeholders."""
    values = "".join(f"<{name}>{escape(text)}</{name}>" for name, (_, text) in FIELDS.items())
    return f'<report xmlns="{REPORT}">{values}</report>'


def emblem() -> dict[str, bytes]:
    """The picture in the masthead and its link."""
    return {
        "word/_rels/header_first.xml.rels": relationships(
            (f"{RELATIONS}/image", "media/emblem.png")
        ),
        "word/media/emblem.png": (SOURCE / "word/media/emblem.png").read_bytes(),
    }


def parts(first: Path = SOURCE) -> dict[str, bytes]:
    """Every part of the document by name, in the order of the file."""
    numbers = count(570_001)
    links = [(f"{RELATIONS}/{kind}", name.removeprefix("word/")) for name, _, kind in PARTS]
    links += [(f"{RELATIONS}/customXml", f"../customXml/item{number}.xml") for number in (1, 2)]
    return {
        "[Content_Types].xml": content_types(PARTS, stores=2),
        "_rels/.rels": roots(),
        "word/document.xml": part("word/document.xml", numbers, first),
        "word/_rels/document.xml.rels": relationships(*links),
        **{name: part(name, numbers, first) for name, _, _ in PARTS},
        **(emblem() if first == SOURCE else {}),
        "docProps/core.xml": part("docProps/core.xml", numbers),
        "docProps/app.xml": part("docProps/app.xml", numbers),
        **store(1, REPORT, REPORT_STORE, masthead_data()),
        **store(2, LEDGER, LEDGER_STORE, f'<ledger xmlns="{LEDGER}"/>'),
    }


def build(target: Path, first: Path = SOURCE) -> None:
    """Write a template."""
    write(target, parts(first))


def write(target: Path, parts: Mapping[str, bytes]) -> None:
    """Write the parts as a file; the same parts give the same bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, content)


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    build(folder / "council_report.docx")
    build(folder / "page.docx", PAGE)
