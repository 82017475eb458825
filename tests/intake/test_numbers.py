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
        ("US$ 5", ENGLISH, 5),
        ("USD5", ENGLISH, 5),
        ("€ 5", ENGLISH, None),
        ("5 EUR", ENGLISH, None),
        ("C$5", ENGLISH, None),
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


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1.2 million", [1_200_000]),
        ("US$ 2 million", [2_000_000]),
        ("about 1.1 million", [1_100_000]),
        ("5k", [5_000]),
        ("2 bn", [2_000_000_000]),
        ("~50", [50]),
        ("ca. 1,500", [1_500]),
        ("0.9m", []),
        ("1.200 million", []),
        ("2 million in 2006", []),
        ("5 apples", []),
        ("3 weeks", []),
        ("NOK 5000", []),
    ],
)
def test_words_beside_a_number_are_understood_or_the_number_is_not_suggested(
    text: str, meant: list[float]
) -> None:
    assert numbers.readings(text, ENGLISH) == meant


@pytest.mark.parametrize("text", ["€5000", "5,000 euros", "GBP 3", "CHF 12", "¥ 7", "A$ 5"])
def test_another_currency_is_told_from_us_dollars(text: str) -> None:
    assert numbers.other_currency(text)
    assert not numbers.other_currency("US$ 5,000")


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


@pytest.mark.parametrize(
    "text", ["9" * 310, "9" * 5_000, f"{'9' * 310}.5", f"1.{'0' * 5_000}", f"{'9' * 305} million"]
)
def test_a_number_that_no_cell_can_hold_is_none(text: str) -> None:
    assert numbers.number(text, "1,234.5") is None
    assert numbers.readings(text, "1,234.5") == []
