"""Which of our yellow paragraphs a drafter has written over: their words are the report's now."""

from __future__ import annotations

from collections.abc import Iterable

from docx.document import Document
from lxml import etree

from wps_xl.office.word.ledger import Entry
from wps_xl.office.word.leftovers import PROMPT
from wps_xl.office.word.update import generated


def answered(document: Document, record: Iterable[Entry]) -> set[etree._Element]:
    """The paragraphs of prompts of the record that do not ask any more what they asked."""
    starts = generated.bookmarks(document.element.body)
    prompts = [entry for entry in record if entry.kind == "prompt"]
    found = ((entry, generated.find(starts.get(entry.bookmark), {})) for entry in prompts)
    return {
        paragraph
        for entry, unit in found
        if unit is not None and not unit.says(entry.hash) and PROMPT not in unit.text
        for paragraph in unit.paragraphs
    }
