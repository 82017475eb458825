"""Addresses survive being written and read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wps_xl.model import CellRef, Grid, column_letter, column_number

NAMES = st.text(
    st.characters(exclude_characters="[]:*?/\\'!", exclude_categories=["C", "Z"]), min_size=1
)
SHEETS = st.one_of(NAMES, NAMES.map(lambda name: f"{name}'{name}"), NAMES.map(lambda n: f"{n} 1"))


@given(st.integers(1, 16384))
def test_a_column_is_found_again_by_its_letters(number: int) -> None:
    assert column_number(column_letter(number)) == number


@given(st.one_of(st.just(""), NAMES), SHEETS, st.integers(1, 16384), st.integers(1, 1048576))
def test_an_address_is_read_as_it_was_written(book: str, sheet: str, column: int, row: int) -> None:
    cell = CellRef(book, sheet, column_letter(column), row)

    assert CellRef.parse(str(cell)) == cell


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Progress!F12", CellRef("", "Progress", "F", 12)),
        ("Progress!$F$12", CellRef("", "Progress", "F", 12)),
        ("'Areas of action'!A1", CellRef("", "Areas of action", "A", 1)),
        ("'[unit a.xlsx]Women''s'!D14", CellRef("unit a.xlsx", "Women's", "D", 14)),
    ],
)
def test_an_address_is_read_in_excels_notation(text: str, cell: CellRef) -> None:
    assert CellRef.parse(text) == cell


@pytest.mark.parametrize("text", ["F12", "34,086", "para:12", "Sheet!", "Sheet!A0", "!A1"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a cell address"):
        CellRef.parse(text)


def test_a_grid_has_nothing_outside_its_rows() -> None:
    grid = Grid("Any", [["a"], ["b", "c"]])

    assert (grid.value(2, 2), grid.value(1, 2), grid.value(9, 9), grid.value(0, 1)) == (
        "c",
        None,
        None,
        None,
    )
