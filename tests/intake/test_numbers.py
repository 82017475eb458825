"""Numbers and dates typed as text, in either style."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wps_xl.intake import numbers

ENGLISH, GERMAN = "1,234.5", "1.234,5"


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("1,234.5", ENGLISH, 1234.5),
        ("1.234,5", GERMAN, 1234.5),
        ("1.234,5", ENGLISH, None),
        ("1,234.5", GERMAN, None),
        ("1'234", ENGLISH, 1234),
        ("12,34", ENGLISH, None),
        ("€ 5", ENGLISH, 5),
        ("−5", ENGLISH, -5),
        ("5 apples", ENGLISH, None),
        ("", ENGLISH, None),
    ],
)
def test_a_number_is_read_in_the_style_of_the_cycle(
    text: str, style: str, value: float | None
) -> None:
    assert numbers.number(text, style) == value


def test_a_number_against_the_style_has_both_readings() -> None:
    assert numbers.readings("1.234", ENGLISH) == [1.234, 1234]
    assert numbers.readings("(1,500)", ENGLISH) == [-1500]
    assert numbers.readings("about 50", ENGLISH) == [50]


@given(st.integers(-(10**12), 10**12))
def test_every_whole_number_is_read_back_as_it_is_written(value: int) -> None:
    assert numbers.number(f"{value:,}", ENGLISH) == value
    assert numbers.number(f"{value:,}".replace(",", "."), GERMAN) == value


@given(st.dates(dt.date(1900, 3, 1), dt.date(2100, 1, 1)))
def test_every_day_is_read_back_as_it_is_written(day: dt.date) -> None:
    moment = dt.datetime(day.year, day.month, day.day)

    assert numbers.dates(day.isoformat()) == [moment]
    assert moment in numbers.dates(f"{day.day}/{day.month}/{day.year}")
    assert numbers.dates(f"{day:%d %B %Y}") == [moment]
