"""Word's own contents, indexes and lists of tables: lines that Word writes, and no sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.document import Document
from lxml import etree

from wps_xl.office.word.ooxml import style_of, w

_KINDS = re.compile(r"\s*(?:TOC|INDEX|TOA|BIBLIOGRAPHY)\b")
_STYLE = re.compile(r"(?:toc|index|table of (?:figures|authorities))\b", re.IGNORECASE)


def index_paragraphs(document: Document) -> Iterator[etree._Element]:
    """The paragraphs of such lists, by the field around them or by their style."""
    names = {
        style.get(w("styleId")): style.find(w("name")).get(w("val"), "")
        for style in document.styles.element.iter(w("style"))
        if style.find(w("name")) is not None
    }
    fields: list[str] = []
    for paragraph in document.element.body.iter(w("p")):
        inside = any(map(_KINDS.match, fields))
        for node in paragraph.iter(w("fldChar"), w("instrText")):
            _follow(node, fields)
            inside = inside or any(map(_KINDS.match, fields))
        if inside or _STYLE.match(names.get(style_of(paragraph), "")):
            yield paragraph


def _follow(node: etree._Element, fields: list[str]) -> None:
    """Keep what the open fields say, outermost first."""
    kind = node.get(w("fldCharType"))
    if kind == "begin":
        fields.append("")
    elif kind == "end" and fields:
        fields.pop()
    elif node.tag == w("instrText") and fields:
        fields[-1] += node.text or ""
