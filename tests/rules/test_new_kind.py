"""A new kind of rule is one new module: all who ask the registry know it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from intake.drawing import CODEBOOK, CYCLE, book, cover, grid, said
from openpyxl import load_workbook
from sheets.form_examples import blank
from sheets.form_states import formats

from wps_xl.codebook import Codebook, from_tables
from wps_xl.forms.definitions import forms
from wps_xl.forms.instructions import instruction
from wps_xl.intake.catalogue import catalogue, example
from wps_xl.intake.returns import ReturnReader
from wps_xl.intake.validation import examine
from wps_xl.rules import kinds as modules
from wps_xl.rules.registry import kinds, rule_of
from wps_xl.sheets.forms.writer import form_bytes

FOLDER = Path(__file__).with_name("new_kind")
NEW = f"{modules.__name__}.words_at_most"


@pytest.fixture
def codebook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Codebook]:
    """The code lists, in which what is measured may have five words, with a module that says so."""
    monkeypatch.setattr(modules, "__path__", [*modules.__path__, str(FOLDER)])
    known = (kinds, rule_of, catalogue)
    for cached in known:
        cached.cache_clear()
    rows = [
        {**row, "rules": "at most 5 words"} if row["column"] == "measure" else row
        for row in CODEBOOK.tables["forms"]
    ]
    yield from_tables({**CODEBOOK.tables, "forms": rows})
    sys.modules.pop(NEW, None)
    for cached in known:
        cached.cache_clear()


def test_a_new_module_is_a_new_kind_of_rule_everywhere(codebook: Codebook) -> None:
    form = forms(codebook)["progress"]
    measures = form.sheets["Measures"]
    returned = book(
        cover(),
        grid(
            "Measures",
            """
            | measure_id | activity_id | measure                       | value | unit    |
            | M-1        | A-1         | staff of missions trained     | 10    | persons |
            | M-2        | A-1         | staff of the missions trained here | 10 | persons |
            """,
        ),
    )
    request = replace(blank(), form=form, codebook=codebook)

    found = examine([ReturnReader(codebook, CYCLE).read(returned)], [], codebook, CYCLE)
    written = load_workbook(BytesIO(form_bytes(request)))

    (issue,) = [one for one in said(found, "Measures") if one.code == "too-many-words"]
    assert issue.message == (
        "Measures C3, measure: “staff of the missions trained here” has 6 words; "
        "the text may have at most 5. Shorten it."
    )
    assert found.held[0]["Measures", 3] == "too-many-words"
    assert "At most 5 words." in instruction(measures, measures.columns["measure"], codebook, CYCLE)
    assert any("SUBSTITUTE(TRIM($C5)" in formula for formula in formats(written, "Measures"))
    lines = [row[1].value for row in written["Check"].iter_rows(min_row=1)]
    assert "More words than the form takes: What is measured" in lines
    assert example("too-many-words").message.startswith("Measures C7, What is measured")
    assert importlib.import_module(NEW).KIND is kinds()["words-at-most"]
