"""Sheet Cycle is read line by line, and what cannot be meant is named with its cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from wps_xl.codebook import load
from wps_xl.model import Grid, Value
from wps_xl.review.layout import plans
from wps_xl.review.workbook import settings_of
from wps_xl.sheets.review.settings import read_settings, setting_faults

CODEBOOK = load()
PLAN = next(plan for plan in plans(CODEBOOK) if plan.name == "Cycle")
SETTINGS = settings_of(CODEBOOK.cycle(next(iter(CODEBOOK["cycles"]))))


def sheet(changes: Mapping[str, Value]) -> Grid:
    """The sheet, with its first line in row 1."""
    return Grid("Cycle", [["", value, code] for code, value in {**SETTINGS, **changes}.items()])


def said(changes: Mapping[str, Value]) -> list[str]:
    return list(setting_faults(sheet(changes), PLAN, CODEBOOK))


def test_the_settings_of_a_new_workbook_are_read_as_they_are() -> None:
    assert read_settings(sheet({})) == SETTINGS
    assert said({}) == []


def test_lines_of_the_offices_own_are_kept() -> None:
    line = {"our_own_line": "anything"}

    assert read_settings(sheet(line))["our_own_line"] == "anything"
    assert said(line) == []


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ("review_from", "1 July", "“1 July” is not a date. Write it as year-month-day."),
        ("plan_due", 39000, "“39000” is not a date."),
        ("classification", "by area", "is not one of areas, themes."),
        ("profile", "UN", "is not one of un, printed."),
        ("word_limit", 0, "“0” is no limit. Write a larger number."),
        ("cycle", "2026/1", "“2026/1” cannot be part of file names."),
        ("word_limit", "8,500 words", "is not a number. Write digits only."),
        ("number_style", 1234.5, "Type '1,234.5 or '1.234,5, with the apostrophe."),
    ],
)
def test_a_value_that_cannot_be_meant_is_named_with_its_cell(
    code: str, value: Value, words: str
) -> None:
    row = [*SETTINGS, code].index(code) + 1

    found = said({code: value})

    assert len(found) == 1
    assert found[0].startswith(f"Sheet Cycle, cell B{row} (")
    assert words in found[0]


def test_a_period_that_ends_before_it_begins_is_named_with_both_cells() -> None:
    first, last = ([*SETTINGS].index(code) + 1 for code in ("review_from", "review_to"))

    found = said({"review_to": dt.datetime(1999, 1, 1)})

    assert found == [
        f"Sheet Cycle, cells B{first} and B{last}: the period ends before it begins. "
        "Correct the dates."
    ]


def test_lines_that_must_not_be_blank_are_named_with_their_cells() -> None:
    codes = sorted(("cycle", "review_from", "plan_to"), key=[*SETTINGS].index)

    found = said(dict.fromkeys(codes))

    assert [sentence.partition(" (")[0] for sentence in found] == [
        f"Sheet Cycle, cell B{[*SETTINGS].index(code) + 1}" for code in codes
    ]
    assert all("nothing stands there" in sentence for sentence in found)


def test_a_line_that_was_taken_away_and_one_that_stands_twice_are_named() -> None:
    rows: list[list[Value]] = [["", v, code] for code, v in SETTINGS.items() if code != "plan_from"]

    found = list(setting_faults(Grid("Cycle", [*rows, ["", "X", "name"]]), PLAN, CODEBOOK))

    assert "name stands already in C2. Remove one." in found[0]
    assert "beside plan_from in column C" in found[1]
    assert len(found) == 2


def test_blank_lines_are_left_to_their_defaults() -> None:
    assert said({"number_style": None, "profile": None}) == []
