"""The editorial rules, with the examples of the Editorial Manual and of S/2007/567."""

import datetime as dt
from decimal import Decimal

import pytest

from wps_xl.report.editorial import style
from wps_xl.report.editorial.style import S2007, Number


@pytest.mark.parametrize(
    ("number", "printed"),
    [(0, "no"), (1, "one"), (8, "eight"), (9, "nine"), (9.0, "nine"), (Decimal(2), "two")],
)
def test_numbers_below_ten_are_words(number: Number, printed: str) -> None:
    assert style.cardinal(number) == printed


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (10, "10"),
        (12, "12"),
        (34_086, "34,086"),
        (101_000, "101,000"),
        (1_000_000, "1 million"),
        (2_300_000, "2.3 million"),
        (2_345_000, "2,345,000"),
        (1_234_567, "1,234,567"),
        (5_000_000_000, "5 billion"),
        (0.85, "0.85"),
        (3.75, "3.75"),
        (0.1 + 0.2, "0.3"),
        (Decimal("1234.50"), "1,234.5"),
        (-5, "-5"),
    ],
)
def test_numbers_from_ten_and_decimals_are_figures(number: Number, printed: str) -> None:
    assert style.cardinal(number) == printed


@pytest.mark.parametrize(
    ("number", "printed"),
    [(13, "Thirteen"), (60, "Sixty"), (450, "Four hundred and fifty"), (0, "No")],
)
def test_a_number_that_opens_a_sentence_is_spelled_out(number: int, printed: str) -> None:
    assert style.cardinal(number, start=True) == printed


@pytest.mark.parametrize(
    ("number", "noun", "printed"),
    [
        (13, "entities", "Thirteen entities"),
        (1, "entity", "One entity"),
        (0, "entities", "No entities"),
        (34_086, "victims", "A total of 34,086 victims"),
        (1.5, "missions", "A total of 1.5 missions"),
    ],
)
def test_a_long_number_is_not_spelled_out_but_the_opening_recast(
    number: Number, noun: str, printed: str
) -> None:
    assert style.opening(number, noun) == printed


@pytest.mark.parametrize(
    ("numbers", "printed"),
    [
        ([11, 8, 7], ["11", "8", "7"]),
        ([28, 4], ["28", "4"]),
        ([18, 11, 8, 7], ["18", "11", "8", "7"]),
        ([2, 5], ["two", "five"]),
        ([1.5, 2], ["1.5", "2"]),
    ],
)
def test_the_highest_number_decides_for_its_category(
    numbers: list[Number], printed: list[str]
) -> None:
    assert style.same_category(numbers) == printed


def test_two_numbers_together_are_in_different_styles() -> None:
    assert style.side_by_side(20, 15, "cent stamps") == "twenty 15-cent stamps"


@pytest.mark.parametrize(
    ("part", "whole", "before_noun", "printed"),
    [
        (2, 3, False, "two thirds"),
        (2, 3, True, "two-thirds"),
        (1, 2, False, "one half"),
        (3, 4, False, "three quarters"),
        (1, 5, False, "one fifth"),
        (3, 5, False, "three fifths"),
    ],
)
def test_simple_fractions_are_words(part: int, whole: int, before_noun: bool, printed: str) -> None:
    assert style.fraction(part, whole, before_noun) == printed


@pytest.mark.parametrize(
    ("number", "start", "printed"),
    [
        (80, False, "80 per cent"),
        (3, False, "3 per cent"),
        (3.75, False, "3.8 per cent"),
        (61.3, False, "61.3 per cent"),
        (0.85, False, "0.8 per cent"),
        (92, True, "Ninety-two per cent"),
        (100, True, "One hundred per cent"),
        (61.3, True, "A share of 61.3 per cent"),
    ],
)
def test_percentages_are_figures_and_words_only_to_open_a_sentence(
    number: Number, start: bool, printed: str
) -> None:
    assert style.per_cent(number, start=start) == printed


@pytest.mark.parametrize(
    ("percent", "base", "fits"),
    [
        *((61, 93, True), (37, 114, True), (78, 126, True), (54, 90, True), (0, 7, True)),
        *((100, 7, True), (50, 3, False), (50, 0, False), (101, 100, False), (33, 4, False)),
    ],
)
def test_a_percentage_must_be_possible_for_its_base(percent: int, base: int, fits: bool) -> None:
    assert style.fits_base(percent, base) is fits


@pytest.mark.parametrize(
    "text",
    [
        *("84 per cent", "8", "11", "18", "80", "800", "8.5", "11,000", "$8 note", "eleven"),
        *("entity", "hour", "unidentified body", "FAO", "NGO", "ECA", "HIV/AIDS", "SRSG"),
        *("OHCHR", "S/2007/567"),
    ],
)
def test_an_stands_before_what_sounds_like_a_vowel(text: str) -> None:
    assert style.article(text) == "an"


@pytest.mark.parametrize(
    "text",
    [
        *("70 per cent", "110", "1,100", "100", "0.85", "one-off", "unit", "United Nations body"),
        *("UNDP", "NATO", "MONUC", "WFP", "European body", "user", "house", "", "–", "9" * 5000),
    ],
)
def test_a_stands_before_all_else(text: str) -> None:
    assert style.article(text) == "a"


@pytest.mark.parametrize(
    ("amount", "currency", "printed"),
    [
        (509_765, "USD", "$509,765"),
        (140_000.0, "USD", "$140,000"),
        (2_500_000, "USD", "$2.5 million"),
        (1_234_567, "USD", "$1,234,567"),
        (6.5, "USD", "$6.50"),
        (1_200, "EUR", "€1,200"),
        (1_200, "CHF", "CHF 1,200"),
        (-300, "USD", "-$300"),
    ],
)
def test_money_has_its_symbol_without_a_space(amount: Number, currency: str, printed: str) -> None:
    assert style.money(amount, currency) == printed


@pytest.mark.parametrize("function", [style.cardinal, style.per_cent, style.money])
def test_what_is_no_number_is_never_printed(function: object) -> None:
    assert callable(function)

    with pytest.raises(ValueError, match="not a number that can be printed"):
        function(float("nan"))


def test_a_date_is_day_month_year() -> None:
    assert style.date(dt.date(2007, 9, 12)) == "12 September 2007"


@pytest.mark.parametrize(
    ("first", "last", "printed"),
    [
        (dt.date(2006, 7, 1), dt.date(2007, 7, 1), "from 1 July 2006 to 1 July 2007"),
        (dt.date(2007, 4, 20), dt.date(2007, 6, 8), "from 20 April to 8 June 2007"),
        (dt.date(2007, 5, 5), dt.date(2007, 5, 9), "from 5 to 9 May 2007"),
    ],
)
def test_a_period_says_from_and_to(first: dt.date, last: dt.date, printed: str) -> None:
    assert style.period(first, last) == printed


def test_a_range_of_years_has_an_en_dash_today_and_a_hyphen_in_2007() -> None:
    assert style.years(2008, 2009) == "2008–2009"
    assert style.years(2008, 2009, S2007) == "2008-2009"
    assert style.years(2008, 2008) == "2008"


@pytest.mark.parametrize(
    ("items", "printed"),
    [
        ([], ""),
        (["Mali"], "Mali"),
        (["UNEP", "WFP"], "UNEP and WFP"),
        (["Haiti", "Liberia", "Mali"], "Haiti, Liberia and Mali"),
        (["a, b", "c"], "a, b; and c"),
        (["x", "y, z", "w"], "x; y, z; and w"),
    ],
)
def test_no_comma_stands_before_and(items: list[str], printed: str) -> None:
    assert style.join(items) == printed


def test_subparagraphs_end_in_semicolons_and_the_last_in_a_full_stop() -> None:
    texts = style.subparagraphs(["develop plans.", "All report;", "the system assist"])

    assert texts == ["Develop plans;", "All report;", "The system assist."]


def test_a_remark_stands_between_spaced_dashes() -> None:
    assert f"five entities{style.aside('A and B')}had" == "five entities – A and B – had"
    assert f"five entities{style.aside('A and B', S2007)}had" == "five entities — A and B — had"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("see S/2006/770, para. 43", "See S/2006/770, para. 43."),
        ("UNEP and WFP.", "UNEP and WFP."),
        ("called “useful.”", "Called “useful.”"),
    ],
)
def test_a_footnote_is_a_sentence(text: str, printed: str) -> None:
    assert style.note(text) == printed


def test_a_quotation_inside_a_quotation_has_single_marks() -> None:
    assert style.quote("very useful") == "“very useful”"
    assert style.quote("the “shell” outline") == "“the ‘shell’ outline”"


def test_a_resolution_has_its_year() -> None:
    assert style.resolution(1325, 2000) == "resolution 1325 (2000)"
