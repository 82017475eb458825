"""Text on its way into a workbook."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from wps_xl.model.text import shortened, units
from wps_xl.office.excel.text import put, safe_file_name, safe_text


def test_a_long_text_is_cut_at_the_end_of_a_word() -> None:
    assert shortened("Name of the joint activity, as agreed", 28) == "Name of the joint activity…"


def test_a_text_that_fits_stays_as_it_is() -> None:
    assert shortened("No.", 3) == "No."


@given(st.text(max_size=60), st.integers(2, 40))
def test_a_shortened_text_is_never_longer_than_its_limit(text: str, limit: int) -> None:
    assert units(shortened(text, limit)) <= limit


@given(st.text(max_size=40))
def test_any_text_can_be_written_and_none_becomes_a_formula(text: str) -> None:
    sheet = Workbook().worksheets[0]

    put(sheet["A1"], text)

    assert sheet["A1"].data_type in ("s", "n")
    assert sheet["A1"].value in (safe_text(text), None)


def test_a_text_longer_than_a_cell_can_hold_is_cut_visibly() -> None:
    text = safe_text("word " * 10_000)

    assert units(text) <= 32_767
    assert text.endswith("…")


@pytest.mark.parametrize("value", [True, False])
def test_yes_and_no_are_written_as_words(value: bool) -> None:
    sheet = Workbook().worksheets[0]

    put(sheet["A1"], value)

    assert sheet["A1"].value == ("Yes" if value else "No")


def test_a_merged_cell_is_refused_as_nothing_would_show() -> None:
    sheet = Workbook().worksheets[0]
    sheet.merge_cells("A1:B1")

    with pytest.raises(ValueError, match="B1 lies inside a merged range"):
        put(sheet["B1"], "lost")


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("REV_plan_WHO.xlsx", "REV_plan_WHO.xlsx"),
        ("a/b\\c:d.xlsx", "a-b-c-d.xlsx"),
        ("NUL.xlsx", "_NUL.xlsx"),
        ("name. .xlsx", "name.xlsx"),
        (f"{'x' * 300}.xlsx", f"{'x' * 115}.xlsx"),
    ],
)
def test_file_names_are_safe_everywhere(given_name: str, safe: str) -> None:
    assert safe_file_name(given_name) == safe
