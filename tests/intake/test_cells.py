"""Cell by cell: what is read, and what is told of it."""

from __future__ import annotations

import datetime as dt

import pytest

from wps_xl.codebook import load
from wps_xl.forms.definitions import forms
from wps_xl.intake import cells
from wps_xl.intake.cells import Finding, Typed
from wps_xl.intake.days import date_reader
from wps_xl.intake.nothing import empty_words, is_free, or_nothing, ordinary_texts
from wps_xl.model import Value

CODEBOOK = load()
STYLE = "1,234.5"
LAST = dt.date(2010, 12, 31)
DAY = dt.datetime(2007, 1, 31)


def code(typed: Typed) -> str:
    return typed[1].code if typed[1] else ""


@pytest.mark.parametrize(
    ("typed", "value", "told"),
    [
        (5, 5, ""),
        (0.61, 0.61, ""),
        ("1200", 1200, "number-as-text"),
        (" 1,234.5 ", 1234.5, "number-as-text"),
        ("1 234", 1234, "number-as-text"),
        ("US$ 140,000", 140000, "number-as-text"),
        ("61 %", 61, "number-as-text"),
        ("61 per cent", 61, "number-as-text"),
        ("-5", -5, "number-as-text"),
        ("1.234,5", None, "number-unclear"),
        ("(1,500)", None, "number-unclear"),
        ("~50", None, "not-a-number"),
        ("n/a", None, "not-a-number"),
        ("  ", None, "blank-text"),
        (True, None, "not-a-number"),
        (DAY, None, "date-for-number"),
    ],
)
def test_a_number_is_read_where_it_can_be_read_in_one_way(
    typed: Value, value: Value, told: str
) -> None:
    result = cells.number_reader(STYLE)(typed)

    assert (result[0], code(result)) == (value, told)


def test_a_misspelt_label_is_told_by_the_label_of_the_drop_down_list_and_its_code() -> None:
    _, finding = cells.code_reader(CODEBOOK["areas_of_action"])("prevension")

    assert finding is not None
    label = CODEBOOK["areas_of_action"].label("A")
    assert (finding.suggestion, finding.slots["meant"]) == ("A", f" (perhaps “{label}”, A)")


def test_each_value_of_several_that_is_not_read_is_told_and_the_others_count() -> None:
    read = cells.codes_reader(CODEBOOK["thematic_areas"])

    value, finding = read("prev; Protecton; PART; Nonsense")

    assert finding is not None
    told = [(one.code, one.part, one.suggestion) for one in (finding, *finding.others)]
    assert value == "PREV; PART"
    assert told == [
        ("list-value", "Protecton", "PROT"),
        ("list-value", "Nonsense", ""),
        ("letter-case", "prev", "PREV"),
    ]
    assert "keep the other values" in finding.slots["stays"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("€5000", "other-currency"),
        ("5000 CHF", "other-currency"),
        ("10%", "not-a-number"),
        ("10 per cent", "not-a-number"),
    ],
)
def test_euros_and_percentages_are_no_amounts(typed: str, told: str) -> None:
    result = cells.number_reader(STYLE, percent=False)(typed)

    assert (result[0], code(result)) == (None, told)
    assert result[1] is not None
    assert result[1].suggestion == ""


@pytest.mark.parametrize(
    ("typed", "value", "told"),
    [
        (DAY, DAY, ""),
        (DAY.replace(hour=9), DAY, ""),
        ("2007-01-31", DAY, "date-as-text"),
        ("31/01/2007", DAY, "date-as-text"),
        ("31 January 2007", DAY, "date-as-text"),
        ("Jan 31, 2007", DAY, "date-as-text"),
        (39113, DAY, "date-serial"),
        ("03/04/2007", None, "date-unclear"),
        ("05/05/2007", dt.datetime(2007, 5, 5), "date-as-text"),
        ("31/02/2007", None, "not-a-date"),
        ("spring", None, "not-a-date"),
        (12, None, "not-a-date"),
        (True, None, "not-a-date"),
    ],
)
def test_a_date_is_read_where_it_can_be_read_in_one_way(
    typed: Value, value: Value, told: str
) -> None:
    result = date_reader(LAST)(typed)

    assert (result[0], code(result)) == (value, told)


def test_both_readings_of_a_date_are_suggested() -> None:
    _, finding = date_reader(LAST)("03/04/2007")

    assert finding is not None
    assert finding.suggestion == "2007-04-03 or 2007-03-04"


@pytest.mark.parametrize(
    ("typed", "value", "told"),
    [
        ("lead", "lead", ""),
        ("Lead", "lead", ""),
        ("LEAD", "lead", "letter-case"),
        ("Lead\u00a0", "lead", "spaces"),
        ("Le\u200bad", "lead", "spaces"),
        ("laed", None, "list-value"),
        ("  ", None, "blank-text"),
        (7, None, "list-value"),
    ],
)
def test_a_code_is_known_by_code_and_label_whatever_its_case(
    typed: Value, value: Value, told: str
) -> None:
    result = cells.code_reader(CODEBOOK["roles"])(typed)

    assert (result[0], code(result)) == (value, told)


@pytest.mark.parametrize(
    ("typed", "value", "told"),
    [
        ("SDN; LBR", "SDN; LBR", ""),
        ("Sudan;Liberia", "SDN; LBR", ""),
        ("SDN, LBR", "SDN; LBR", "separators"),
        ("SDN\nLBR", "SDN; LBR", ""),
        ("SDN; SDN", "SDN", ""),
        ("SDN; XXX", "SDN", "list-value"),
        ("SDN, XXX", None, "list-value"),
    ],
)
def test_several_codes_stand_between_semicolons(typed: Value, value: Value, told: str) -> None:
    result = cells.codes_reader(CODEBOOK["countries"])(typed)

    assert (result[0], code(result)) == (value, told)


def test_a_near_miss_is_answered_with_the_nearest_and_a_long_list_with_three() -> None:
    role = cells.unlisted("laed", CODEBOOK["roles"])
    country = cells.unlisted("Sudann", CODEBOOK["countries"])

    assert role == Finding(
        "list-value", "laed", "lead", "one of Lead, Joint, Co-chair, Partner, Donor"
    )
    assert country.suggestion == "SDN"
    assert "such as Sudan" in country.expected
    assert "such as" not in cells.unlisted("Abyei", CODEBOOK["countries"]).expected


@pytest.mark.parametrize(
    ("typed", "value", "told"),
    [
        ("Trained staff.", "Trained staff.", ""),
        (" Trained staff.\n", "Trained staff.", "spaces"),
        ("two\nlines", "two\nlines", ""),
        ("a\u00a0b", "a\u00a0b", ""),
        ("a\x07b", "a␇b", "control-characters"),
        ("\u00a0", None, "blank-text"),
        (5.0, "5", ""),
        (DAY, "2007-01-31", "date-in-text"),
    ],
)
def test_text_loses_nothing_but_white_space_at_its_ends(
    typed: Value, value: Value, told: str
) -> None:
    result = cells.read_text(typed)

    assert (result[0], code(result)) == (value, told)


def test_a_row_number_is_compared_without_any_space() -> None:
    assert cells.read_number_text("A-1") == ("A-1", None)
    assert cells.read_number_text(7.0) == ("7", None)
    assert cells.read_number_text("A-1\u00a0") == ("A-1", Finding("spaces", "A-1⍽", "A-1"))


def test_one_bad_cell_does_not_hide_the_others() -> None:
    column: list[Value] = ["~50", 3, None, "n/a", "2"]

    values, findings = cells.read_column(column, cells.number_reader(STYLE), {})

    assert values == [None, 3, None, None, 2]
    assert {at: finding.code for at, finding in findings.items()} == {
        0: "not-a-number",
        3: "not-a-number",
        4: "number-as-text",
    }


def test_true_and_one_are_not_the_same_although_they_are_equal() -> None:
    values, findings = cells.read_column([True, 1, True], cells.number_reader(STYLE), {})

    assert values == [None, 1, None]
    assert list(findings) == [0, 2]


def test_what_passes_as_ordinary_is_what_the_reader_of_free_text_keeps_without_a_word() -> None:
    sheets = forms(CODEBOOK)["plan"].sheets.values()
    column = next(one for sheet in sheets for one in sheet.columns.values() if is_free(one))
    words = empty_words(CODEBOOK)
    reader = or_nothing(cells.read_text, column, words, is_required=False)
    passes = ordinary_texts(words).fullmatch
    odd = ["", " ", "n/a", "Nil", "see attached", "?", "a\u00a0b", " train", "train ", "to\nmen"]
    odd += ["Jos\u00e9", "Ren&eacute;", "k" * 254, f"k {'k' * 250} ", "-" * 40 + "?", "\x07"]
    plain = [
        "Train 40 officers in all four of the provinces",
        "Training (all of 3 offices), as planned: done",
        "k" * 253,
    ]

    assert [text for text in odd if passes(text)] == []
    assert [(text, bool(passes(text)), reader(text)) for text in plain] == [
        (text, True, (text, None)) for text in plain
    ]


def test_a_misspelt_word_that_only_one_label_has_suggests_its_code() -> None:
    from wps_xl.codebook import load
    from wps_xl.intake.cells import unlisted

    assert unlisted("prevension", load()["areas_of_action"]).suggestion == "A"
