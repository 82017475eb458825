"""Rows are as high and columns as wide as their texts need them in Arial."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from sheets import font_widths

from wps_xl.office.excel.fitting import (
    TALLEST,
    as_shown,
    column_width,
    fit_row,
    height,
    text_width,
    widen,
)

LONG = "Conflict prevention, early warning and the protection of civilians, all."


def test_the_table_of_widths_is_that_of_the_installed_font() -> None:
    if None in map(font_widths.face_path, font_widths.FACES):
        pytest.skip("Liberation Sans is not installed")
    with font_widths.CSV.open(encoding="utf-8", newline="") as file:
        found = [(r["code"], int(r["regular"]), int(r["bold"])) for r in csv.DictReader(file)]

    assert found == list(font_widths.rows())


@pytest.mark.parametrize(
    ("text", "width", "points"),
    [
        ("", 10, 13),
        ("Lead", 10, 13),
        ("Democratic Republic of the Congo", 30, 26),
        ("one\ntwo\n\nfour", 30, 52),
        ("iiiiiiiiiiiiiiiiiiii", 10, 13),
        ("WWWWWWWWWWWWWWWWWWWW", 10, 65),
        ("平和と安全保障平和と", 10, 39),
        ("السلام والأمن", 10, 26),
        (LONG * 400, 10, TALLEST),
    ],
)
def test_a_row_has_room_for_every_line(text: str, width: float, points: float) -> None:
    assert height(text, width) == points


def test_bold_indented_and_larger_texts_need_more_lines() -> None:
    width = column_width(LONG)

    assert height(LONG, width) == 13
    assert height(LONG, width, bold=True) == height(LONG, width, indent=1) == 26
    assert height(LONG, width, size=12) == 31.2


@given(st.text(max_size=80), st.floats(2, 60), st.floats(1, 30))
def test_a_wider_column_never_needs_a_higher_row(text: str, width: float, more: float) -> None:
    assert height(text, width + more) <= height(text, width)


@given(st.text(st.characters(blacklist_characters="\n "), min_size=1, max_size=40))
def test_a_word_fits_a_column_that_is_made_for_it(text: str) -> None:
    assert height(text, column_width(text)) == 13
    assert text_width(text) >= 0


def test_a_row_is_fitted_to_the_style_of_its_cells_and_to_merged_ranges() -> None:
    sheet = Workbook().worksheets[0]
    for row, wraps in ((1, True), (2, False), (3, True)):
        sheet.cell(row, 1).value = LONG
        sheet.cell(row, 1).font = Font(name="Arial", size=9, bold=True)
        sheet.cell(row, 1).alignment = Alignment(wrap_text=wraps)
    sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = 40
    sheet.merge_cells("A3:B3")

    for row in (1, 2, 3):
        fit_row(sheet, row, more=0, spans={1: 2} if row == 3 else {}, grows=row == 1)

    assert [sheet.row_dimensions[row].height for row in (1, 2, 3)] == [23.4, None, 11.7]
    assert [bool(sheet.row_dimensions[row].customHeight) for row in (1, 3)] == [False, True]


def test_a_column_is_made_wider_for_a_figure_and_never_narrower() -> None:
    sheet = Workbook().worksheets[0]
    sheet.column_dimensions["A"].width = 12

    widen(sheet, 1, as_shown(5.0, "#,##0"))
    kept = sheet.column_dimensions["A"].width
    widen(sheet, 1, as_shown(1234567890123.0, "#,##0"), bold=True)

    assert kept == 12
    assert sheet.column_dimensions["A"].width > 17
    assert [as_shown(0.256, f) for f in ("0%", "#,##0", "#,##0.##")] == ["26%", "0", "0.26"]
