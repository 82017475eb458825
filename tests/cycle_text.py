"""The text of a draft as the tests compare it: sentences with their footnotes."""

from __future__ import annotations

import re
from pathlib import Path

from docx import Document
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def draft_sentences(draft: Path) -> list[str]:
    """Every sentence of the draft, its footnotes in brackets behind it."""
    document = Document(str(draft))
    notes = footnotes(document)
    found: list[str] = []
    for paragraph in document.element.body.iter(f"{W}p"):
        text = "".join(_piece(node, notes) for node in paragraph.iter())
        found += re.split(r"(?<=[.!?\]])\s+(?=[A-Z“])(?![^\[]*\])", text)
    return found


def footnotes(document: object) -> dict[str, str]:
    part = next(
        rel.target_part
        for rel in document.part.rels.values()  # type: ignore[attr-defined]
        if rel.reltype.endswith("/footnotes")
    )
    root = etree.fromstring(part.blob)
    return {
        note.get(f"{W}id"): "".join(node.text or "" for node in note.iter(f"{W}t"))
        for note in root.iter(f"{W}footnote")
    }


def _piece(node: etree._Element, notes: dict[str, str]) -> str:
    if node.tag == f"{W}t":
        return node.text or ""
    if node.tag == f"{W}footnoteReference":
        return f" [{notes[node.get(f'{W}id')]}]"
    return ""
