"""The forms as data: every column has what its users and its checks need."""

from __future__ import annotations

import pytest

from wps_xl.codebook import load
from wps_xl.forms.definitions import Column, FormSheet, data_sheets, forms
from wps_xl.forms.instructions import instruction
from wps_xl.forms.schemas import schema

CODEBOOK = load()
CYCLE = CODEBOOK.cycle(next(iter(CODEBOOK["cycles"])))
REFERRING = ("refers-to", "named-in", "known-in", "names-rows")
COLUMNS = [
    (sheet, column)
    for sheet in (*data_sheets(CODEBOOK), forms(CODEBOOK)["plan"].cover)
    for column in sheet.columns.values()
]


def test_there_are_three_forms_with_their_sheets_in_order() -> None:
    sheets = {code: list(form.sheets) for code, form in forms(CODEBOOK).items()}

    assert sheets == {
        "progress": ["Progress", "Measures", "Overview", "Checklist", "Updates"],
        "plan": ["Initiatives", "Results", "Resources"],
        "practices": ["Practices"],
    }


@pytest.mark.parametrize(
    ("sheet", "column"), COLUMNS, ids=lambda x: getattr(x, "code", getattr(x, "name", ""))
)
def test_what_a_rule_names_exists(sheet: FormSheet, column: Column) -> None:
    names = {"entity", "review", "plan", "plan_from", "plan_to", "practices_from"}
    known = set(sheet.columns) | names

    for rule in column.rules:
        operand = rule.operand
        plain = operand.lstrip("-").isdecimal() or not operand
        referred = operand.partition(".")[0] in {s.name for s in data_sheets(CODEBOOK)}
        named = rule.kind in REFERRING and referred
        assert plain or operand in known or named, rule
    assert not column.list_name or column.list_name in CODEBOOK.lists


@pytest.mark.parametrize(
    ("sheet", "column"), COLUMNS, ids=lambda x: getattr(x, "code", getattr(x, "name", ""))
)
def test_the_schema_says_what_the_instruction_says(sheet: FormSheet, column: Column) -> None:
    field = schema(sheet, CODEBOOK, CYCLE).columns[column.code]

    assert field.title == column.heading
    assert field.description == instruction(sheet, column, CODEBOOK, CYCLE)
    assert field.metadata["para"] == column.para
    assert field.nullable != column.is_required(CYCLE.classification)


def test_the_paragraph_that_asks_for_a_column_is_named() -> None:
    assert [column.code for _, column in COLUMNS if not column.para] == []


def test_an_area_is_required_only_where_the_cycle_is_by_areas() -> None:
    progress = forms(CODEBOOK)["progress"].sheets["Progress"]

    assert progress.columns["area"].is_required("areas")
    assert not progress.columns["area"].is_required("themes")
    assert progress.columns["thematic_area"].is_required("themes")
