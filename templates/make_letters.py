"""Builds the templates of the letters: letter_request, letter_reminder and letter_correction.docx.

Run ``python make_letters.py``. Each text file in ``letter_xml`` is one letter: a line a paragraph,
its style, a tab, its words. Words in double braces are filled when a letter is written; a paragraph
that is nothing but one such word stands once for each thing it names, and not at all where there
is none. The same files give the same bytes.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path
from xml.sax.saxutils import escape

from lxml import etree
from make_council_report import (
    HEAD,
    RELATIONS,
    WORD,
    W,
    content_types,
    emblem,
    part,
    relationships,
    roots,
    write,
)

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "letter_xml"
KINDS = ("request", "reminder", "correction")

# Part, its content type, the type of the relationship from the document (in the order of the ids).
PARTS = (
    ("word/styles.xml", f"{WORD}.styles+xml", "styles"),
    ("word/settings.xml", f"{WORD}.settings+xml", "settings"),
    ("word/fontTable.xml", f"{WORD}.fontTable+xml", "fontTable"),
    ("word/header.xml", f"{WORD}.header+xml", "header"),
    ("word/header_first.xml", f"{WORD}.header+xml", "header"),
    ("word/footer.xml", f"{WORD}.footer+xml", "footer"),
    ("word/footer_first.xml", f"{WORD}.footer+xml", "footer"),
    ("word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml", "theme"),
)
SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/>'
    '<w:headerReference w:type="first" r:id="rId5"/>'
    '<w:footerReference w:type="default" r:id="rId6"/>'
    '<w:footerReference w:type="first" r:id="rId7"/>'
    '<w:pgSz w:w="12240" w:h="15840" w:code="1"/>'
    '<w:pgMar w:top="1080" w:right="1440" w:bottom="1080" w:left="1440" w:header="576" '
    'w:footer="576" w:gutter="0"/><w:cols w:space="720"/><w:titlePg/></w:sectPr>'
)


def paragraph(line: str) -> str:
    """One paragraph from its line: style and words; further tabs are Word's own."""
    style, *words = line.split("\t")
    runs = "<w:r><w:tab/></w:r>".join(
        f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' for text in words
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def body(kind: str) -> bytes:
    """The document part of one letter."""
    lines = (SOURCE / f"{kind}.txt").read_text(encoding="utf-8").splitlines()
    paragraphs = "".join(paragraph(line) for line in lines if line.strip())
    text = (
        f'<w:document xmlns:w="{W}" xmlns:r="{RELATIONS}"><w:body>{paragraphs}{SECTION}'
        "</w:body></w:document>"
    )
    return HEAD.encode() + bytes(etree.tostring(etree.fromstring(text), encoding="UTF-8"))


def parts(kind: str) -> dict[str, bytes]:
    """Every part of one letter by name, in the order of the file."""
    numbers = count(1)
    links = [(f"{RELATIONS}/{relation}", name.removeprefix("word/")) for name, _, relation in PARTS]
    return {
        "[Content_Types].xml": content_types(PARTS),
        "_rels/.rels": roots(),
        "word/document.xml": body(kind),
        "word/_rels/document.xml.rels": relationships(*links),
        **{name: part(name, numbers, SOURCE) for name, _, _ in PARTS},
        **emblem(),
        "docProps/core.xml": part("docProps/core.xml", numbers, SOURCE),
        "docProps/app.xml": part("docProps/app.xml", numbers, SOURCE),
    }


def build(target: Path, kind: str) -> None:
    """Write a template; the same files give the same bytes."""
    write(target, parts(kind))


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for kind in KINDS:
        build(folder / f"letter_{kind}.docx", kind)
