"""What users type arrives in Word intact and harmless."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from office.word.reading import TEMPLATE, Write, faults

from wps_xl.model import Draft, DraftTable, Footnote, Paragraph, Section, Sentence
from wps_xl.office.word import document
from wps_xl.office.word.document import entries
from wps_xl.office.word.ledger import visible_text
from wps_xl.office.word.ooxml import clean, run
from wps_xl.office.word.ooxml import paragraph as word_paragraph

HOSTILE = [
    'Tom & Jerry <b>"bold"</b> \' &amp; ]]> <!-- -->',
    "=SUM(A1)",
    "{{x}} {{ x }} {%p if %}",
    "شهد ٢٠٠٧ تقدما and עברית together",
    "word " * 2_000,
    "x" * 10_000,
    "line one\nline two\ttab",
    "emoji 👩🏽‍⚕️ and e\u0301",
    "\u202eoverride\u202c",
    " leading and trailing ",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_arrives_intact_everywhere(text: str, tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    table = DraftTable("t", text, (text, "B"), ((text, text),), (1, 1), "lr", (text,))
    spoken = Sentence("s", (text, Footnote("n", text)), (), (), remark=text)
    tree = Draft(
        {"title": text, "symbol": text},
        (Section("s", text, 1, (Paragraph("p", (spoken,)), table)),),
        (Section("annex", text, 0),),
    )

    document.write(tree, TEMPLATE, path, properties={"title": text, "run": text})

    assert faults(path) == []
    stored = {entry.key: entry.base for entry in entries(path)}
    assert stored["p"] == f"{text}[fn: {text.strip()}]"
    assert stored["s"] == text
    # Cells of a table are compared however their spaces are set and their accents written.
    assert unicodedata.normalize("NFC", " ".join(text.split())) in stored["t"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\x00b\x07c\x1b", "a\u2400b\u2407c\u241b"),
        ("a\x7fb", "a\u2421b"),
        ("a\ud800b\ufffeb", "a\ufffdb\ufffdb"),
        ("a\r\nb\rc", "a\nb\nc"),
    ],
)
def test_control_characters_are_made_visible(
    typed: str, shown: str, write: Write, tmp_path: Path
) -> None:
    spoken = Sentence("s", (typed, Footnote(typed, typed)), (), (), remark=typed)

    write(Draft({"title": typed}, (Section(typed, typed, 1, (Paragraph(typed, (spoken,)),)),)))

    found = {entry.kind: entry.base for entry in entries(tmp_path / "draft.docx")}
    assert found["heading"] == shown
    assert found["paragraph"] == f"{shown}[fn: {shown}]"


@given(st.text(max_size=200))
def test_any_text_is_read_back_as_it_was_made_safe(text: str) -> None:
    stored = etree.tostring(word_paragraph("ParaNo", run(text)))

    assert visible_text(etree.fromstring(stored), {}) == clean(text)
    assert clean(clean(text)) == clean(text)
