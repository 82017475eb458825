"""No formula that is written anywhere means one thing in Excel and another elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from demonstrations import of_a_few, once
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from sheets.form_examples import FORMS, MADE_UP, blank, opened
from sheets.form_states import ODD
from sheets.formula_types import problems
from sheets.formula_values import Cells

import wps_xl
from wps_xl.office.excel.text import put
from wps_xl.sheets.forms.names import FIRST_ROW

# What is used as cells, also outside SUMPRODUCT; what other names hold stands inside it.
_CELLS = ("lst_", "ok_", "under_", "of_")


def formulas(book: Workbook) -> Iterator[tuple[str, str]]:
    """Place and text of each formula of a workbook: cells, conditional formats, validations."""
    for sheet in book.worksheets:
        for marked in sheet.conditional_formatting:
            texts = (text for rule in marked.rules for text in rule.formula or ())
            yield from ((f"{sheet.title} {marked.sqref}", str(text)) for text in texts)
        for check in sheet.data_validations.dataValidation:
            ends = (text for text in (check.formula1, check.formula2) if text)
            yield from ((f"{sheet.title} {check.sqref}", str(text)) for text in ends)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield f"{sheet.title} {cell.coordinate}", str(cell.value)[1:]


def found_in(book: Workbook) -> dict[str, list[str]]:
    """What is wrong, by place."""
    names = {name: str(held.attr_text) for name, held in book.defined_names.items()}
    found = {place: problems(text, names) for place, text in formulas(book)}
    for name, text in names.items():
        found[name] = problems(text, names, named=not name.startswith(_CELLS))
    return {place: faults for place, faults in found.items() if faults}


@pytest.mark.parametrize("form", FORMS)
def test_no_formula_of_a_form_is_taken_differently(form: str) -> None:
    assert found_in(opened(blank(form))) == {}
    assert found_in(opened(blank(form, MADE_UP))) == {}


def test_no_formula_of_the_review_workbook_is_taken_differently(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    book = load_workbook(once(tmp_path_factory, "few", of_a_few) / "review.xlsx")

    assert any(text.startswith("AND(") for _, text in formulas(book))
    assert found_in(book) == {}


def test_flags_and_logical_values_are_made_in_one_place() -> None:
    package = Path(wps_xl.__file__).parent
    texts = {str(path): path.read_text("utf-8") for path in package.rglob("*.py")}

    logical, flags = (
        {Path(name).name for name, text in texts.items() if re.search(rf"\b{made}\(", text)}
        for made in ("Logical", "Flag")
    )

    assert logical == {"expressions.py"}
    # The others name a formula that gives flags, and put addresses into one.
    assert flags == {"expressions.py", "names.py", "conditions.py"}


# Wrong and right, for a cell $A5 that holds something odd; the fault that is named.
MISTAKES = {
    "logical value with number": (
        "(ISTEXT($A5))>0",
        "(1*(ISTEXT($A5)))>0",
        "logical value compared with number",
    ),
    "text with number": ("TRIM($A5)=5", 'TRIM($A5)="5"', "number compared with text"),
    "blank with nought": (
        "$A5=0",
        "(1*(ISNUMBER($A5)))*(1*($A5=0))",
        "cell that may be blank or text",
    ),
    "pattern": (
        "COUNTIF($B$5:$B$9,$A5)>0",
        "SUMPRODUCT((1*(TRIM($B$5:$B$9)=TRIM($A5))))>0",
        "a pattern of COUNTIF",
    ),
    "array outside SUMPRODUCT": (
        "(1*(TRIM($B$5:$B$9)=TRIM($A5)))>0",
        "SUMPRODUCT((1*(TRIM($B$5:$B$9)=TRIM($A5))))>0",
        "array outside SUMPRODUCT",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_each_typical_mistake_is_named_without_computing(mistake: str) -> None:
    wrong, right, named = MISTAKES[mistake]

    assert any(fault.startswith(named) for fault in problems(wrong))
    assert problems(right) == []


# ``formulas`` computes arrays wherever they stand: that mistake is found without computing alone.
@pytest.mark.parametrize("mistake", [name for name in MISTAKES if "array" not in name])
def test_each_typical_mistake_gives_something_else_by_excels_rules(mistake: str) -> None:
    wrong, right, _ = MISTAKES[mistake]
    book = Workbook()
    sheet = book.worksheets[0]
    columns = ((None, *ODD), ("5", 7, "Apples"))
    for letter, values in zip("AB", columns, strict=True):
        for row, value in enumerate(values, start=FIRST_ROW):
            put(sheet[f"{letter}{row}"], value)
    cells = Cells(book)

    def given(formula: str) -> list[bool]:
        rows = range(FIRST_ROW, FIRST_ROW + len(ODD) + 1)
        return [bool(cells.value(formula, sheet.title, row)) for row in rows]

    assert given(wrong) != given(right)
