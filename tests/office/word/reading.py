"""Reads drafts back, for tests: their faults, texts, comments and bookmarks."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import ooxml_integrity
from lxml import etree
from openxml_audit import OpenXmlValidator
from report.draft_check import check

from wps_xl import assets
from wps_xl.model import Draft, DraftTable, Paragraph, Section
from wps_xl.office.word.document import Printed
from wps_xl.office.word.ledger import note_texts, visible_text

TEMPLATE = assets.path("templates/council_report.docx")
SLOTS = ("mandate", "cycle_name", "review_from", "review_to", "plan", "practices_from", "area")
Write = Callable[..., Printed]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def faults(path: Path) -> list[str]:
    """What openxml-audit, ooxml-integrity and the own checker say."""
    audit = [str(error) for error in OpenXmlValidator().validate(path).errors]
    integrity = [str(finding) for finding in ooxml_integrity.check(path)]
    return audit + integrity + check(path, SLOTS)


def xml(path: Path, part: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(path) as file:
        return etree.fromstring(file.read(part))


def texts(path: Path) -> list[str]:
    """The printed text of each paragraph of the body."""
    return [
        "".join(piece.text or "" for piece in node.iter(f"{W}t"))
        for node in xml(path).iter(f"{W}p")
    ]


def one(*blocks: Paragraph | DraftTable, **fields: str) -> Draft:
    """A draft of one section."""
    return Draft(fields, (Section("s", "Only section", 1, blocks),))


def read_by_bookmark(path: Path) -> dict[str, str]:
    """The text of each paragraph, as the ledger counts it, by its bookmarks."""
    notes = note_texts(xml(path, "word/footnotes.xml"))
    return {
        start.get(f"{W}name"): visible_text(node, notes)
        for node in xml(path).iter(f"{W}p")
        for start in node.iter(f"{W}bookmarkStart")
    }


def comments(path: Path) -> list[str]:
    return [comment.text for comment in docx.Document(str(path)).comments]
