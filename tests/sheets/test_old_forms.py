"""Correction copies of forms of version 0.1, whose formulas took FALSE>0 for FALSE."""

from __future__ import annotations

import io
import re
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from sheets.form_examples import DONE, filled
from sheets.form_states import formats
from sheets.formula_types import problems
from sheets.formula_values import Cells

from wps_xl.model import Issue
from wps_xl.sheets.copies.old_forms import mended
from wps_xl.sheets.copies.writer import copy_of
from wps_xl.sheets.forms.writer import form_bytes

FAULT = Issue("required", "error", "Progress E5: blank", "a.xlsx", sheet="Progress", cell="E5")


@pytest.mark.parametrize(
    ("old", "right"),
    [
        ("(LEN(TRIM($B$17))=0)>0", "(1*(LEN(TRIM($B$17))=0))>0"),
        ("(COUNTA($A5:$R5)>0)*((ISTEXT($K5))>0)", "(COUNTA($A5:$R5)>0)*((1*(ISTEXT($K5)))>0)"),
        (
            "SUMPRODUCT(begun_X*((((LEN(TRIM($A$4:$A$9))=0))>0)*((ISTEXT($B$4:$B$9))>0)))",
            "SUMPRODUCT(begun_X*(((1*((LEN(TRIM($A$4:$A$9))=0)))>0)*((1*(ISTEXT($B$4:$B$9)))>0)))",
        ),
        ('IF(A1=")>0",(B1)>0.5,SUM(C1)>0)', 'IF(A1=")>0",(B1)>0.5,SUM(C1)>0)'),
    ],
)
def test_a_bracket_compared_with_nought_is_made_a_number(old: str, right: str) -> None:
    assert mended(old) == right
    assert mended(right) == right


def with_old_formulas(data: bytes) -> bytes:
    """The form with a mark of its Cover and a count of Check as version 0.1 wrote them."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as source, ZipFile(out, "w") as archive:
        for name in source.namelist():
            part = source.read(name).decode("utf-8") if name.endswith(".xml") else ""
            part = re.sub(
                r"(<cfRule[^>]*><formula>)SUMPRODUCT\(\(1\*\((LEN\(TRIM\(\$B\$17\)\)=0)\)\)\)&gt;0",
                r"\1(\2)&gt;0",
                part,
            )
            part = part.replace("(COUNTA($A5:$R5)&gt;0)", "((ISTEXT($K5))&gt;0)")
            archive.writestr(name, part.encode() if part else source.read(name))
    return out.getvalue()


def test_the_copy_of_an_old_form_marks_nothing_that_is_right() -> None:
    old = with_old_formulas(form_bytes(filled({"Progress": [{**DONE, "role": None}]})))
    before = load_workbook(io.BytesIO(old))

    copied = copy_of(old, "a.xlsx", [FAULT])

    after = load_workbook(io.BytesIO(copied))
    (wrong,) = (f for f in formats(before, "Cover") if "$B$17))=0)>0" in f)
    assert Cells(before).value(wrong, "Cover") is True
    assert not any(Cells(after).value(f, "Cover") for f in formats(after, "Cover") if "$B$17" in f)
    found = [*formats(after, "Cover"), *formats(after, "Progress")]
    assert not [fault for text in found for fault in problems(text) if "logical" in fault]
    assert after.calculation.fullCalcOnLoad


def test_a_form_of_today_keeps_its_formulas_byte_by_byte() -> None:
    form = form_bytes(filled())

    copied = copy_of(form, "a.xlsx", [FAULT])

    with ZipFile(io.BytesIO(form)) as one, ZipFile(io.BytesIO(copied)) as two:
        changed = {name for name in one.namelist() if one.read(name) != two.read(name)}
    marked = load_workbook(io.BytesIO(form)).sheetnames.index("Progress") + 1
    assert {name for name in changed if "sheets/sheet" in name} == {
        f"xl/worksheets/sheet{marked}.xml"
    }
