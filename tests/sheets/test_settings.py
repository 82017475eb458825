"""Sheet Cycle is read line by line, and what cannot be meant is named with its cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from wps_xl.codebook import load
from wps_xl.errors import InputError
from wps_xl.model import Grid, Value
from wps_xl.review.layout import plans
from wps_xl.review.workbook import settings_of
from wps_xl.sheets.review.settings import read_settings

CODEBOOK = load()
PLAN = next(plan for plan in plans(CODEBOOK) if plan.name == "Cycle")
SETTINGS = settings_of(CODEBOOK.cycle(next(iter(CODEBOOK["cycles"]))))


def read(changes: Mapping[str, Value]) -> Mapping[str, Value]:
    """The settings of a sheet whose first line is in row 1."""
    rows = [["", value, code] for code, value in {**SETTINGS, **changes}.items()]
    return read_settings(Grid("Cycle", rows), PLAN, CODEBOOK)


def test_the_settings_of_a_new_workbook_are_read_as_they_are() -> None:
    assert read({}) == SETTINGS


def test_lines_of_the_offices_own_are_kept() -> None:
    assert read({"our_own_line": "anything"})["our_own_line"] == "anything"


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ("review_from", "1 July", "“1 July” is not a date. Write it as year-month-day."),
        ("plan_due", 39000, "“39000” is not a date."),
        ("classification", "by area", "is not one of areas, themes."),
        ("profile", "UN", "is not one of un, printed."),
        ("word_limit", "8,500 words", "is not a number. Write digits only."),
        ("number_style", 1234.5, "Type '1,234.5 or '1.234,5, with the apostrophe."),
    ],
)
def test_a_value_that_cannot_be_meant_is_named_with_its_cell(
    code: str, value: Value, words: str
) -> None:
    row = [*SETTINGS, code].index(code) + 1

    with pytest.raises(InputError) as fault:
        read({code: value})

    assert str(fault.value).startswith(f"Sheet Cycle, cell B{row} (")
    assert words in str(fault.value)


def test_a_period_that_ends_before_it_begins_is_named_with_both_cells() -> None:
    with pytest.raises(InputError, match=r"cells B\d+ and B\d+: the period ends before it begins"):
        read({"review_to": dt.datetime(1999, 1, 1)})


@pytest.mark.parametrize("code", ["cycle", "review_from", "plan_to"])
def test_a_line_that_must_not_be_blank_is_named_with_its_cell(code: str) -> None:
    row = [*SETTINGS].index(code) + 1

    with pytest.raises(InputError, match=rf"^Sheet Cycle, cell B{row} \(.*nothing stands there"):
        read({code: None})


def test_a_line_that_was_taken_away_is_named() -> None:
    rows = [["", value, code] for code, value in SETTINGS.items() if code != "plan_from"]

    with pytest.raises(InputError, match="beside plan_from in column C"):
        read_settings(Grid("Cycle", rows), PLAN, CODEBOOK)


def test_blank_lines_are_left_to_their_defaults() -> None:
    assert read({"number_style": None, "profile": None})["number_style"] is None
