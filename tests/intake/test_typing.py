# ruff: noqa: E501 - a drawing is as wide as its sheet.
"""What programs made of the typing, words for nothing, letters and days of other worlds."""

from __future__ import annotations

import datetime as dt

import pytest
from intake.drawing import CODEBOOK, CYCLE, FORMS, cover, grid, returned, said

from wps_xl.intake import cells
from wps_xl.intake.days import date_reader
from wps_xl.intake.returns import Return
from wps_xl.intake.spelling import is_cut, repaired
from wps_xl.model import Grid, Value


def of(sheet: str, form: str = "progress", /, **values: Value) -> Return:
    """A return with one row of a sheet."""
    columns = FORMS[form].sheets[sheet].columns
    row: dict[str, Value] = {**dict.fromkeys(columns), next(iter(columns)): "A-1", **values}
    return returned(Grid(sheet, [list(row), list(row.values())]), form=form)


def codes(found: Return, sheet: str) -> list[tuple[str, str | None]]:
    return [(issue.code, issue.column) for issue in said(found, sheet)]


@pytest.mark.parametrize(
    ("sheet", "form", "column", "word", "code"),
    [
        ("Progress", "progress", "countries", "N/A", "read-as-blank"),
        ("Progress", "progress", "end", "to be confirmed", "read-as-blank"),
        ("Progress", "progress", "end", dt.time(0), "read-as-blank"),
        ("Progress", "progress", "partners", 0, "read-as-blank"),
        ("Progress", "progress", "activity", "See attached document.", "says-nothing"),
        ("Progress", "progress", "role", "(tbd)", "says-nothing"),
        ("Measures", "progress", "women", "—", "read-as-blank"),
        ("Measures", "progress", "value", "néant", "read-as-blank"),
        ("Results", "plan", "target", "por confirmar", "read-as-blank"),
        ("Resources", "plan", "year", "n.a.", "says-nothing"),
        ("Practices", "practices", "impact", "идем", ""),
        ("Practices", "practices", "lessons", "нет данных", "read-as-blank"),
        ("Practices", "practices", "lessons", "None of the radios was switched off.", ""),
    ],
)
def test_words_for_nothing_are_blank_or_asked_about_in_any_column(
    sheet: str, form: str, column: str, word: Value, code: str
) -> None:
    found = of(sheet, form, **{column: word})

    here = [one for one, at in codes(found, sheet) if at == column]
    assert here == [code][: bool(code)]
    assert (found.tables[sheet].columns[column][0] is None) == bool(code)


def test_words_for_nothing_are_not_what_a_list_or_the_office_says() -> None:
    found = of("Updates", result_id="R-1", indicator="n/a", unit="-", note="x-ray machines")

    assert codes(found, "Updates") == []


@pytest.mark.parametrize(
    ("column", "value", "text", "suggestion"),
    [
        ("place", dt.time(1, 3), "1:03", "1:3"),
        ("unit", dt.timedelta(hours=36), "36:00", "36:0"),
        ("partners", dt.datetime(2007, 3, 1), "2007-03-01", "1-3 or 3-1"),
        ("joint_key", dt.datetime(1905, 6, 29), "1905-06-29", "2007"),
    ],
)
def test_a_time_or_a_date_in_a_text_names_what_may_have_been_typed(
    column: str, value: Value, text: str, suggestion: str
) -> None:
    found = of("Progress", **{column: value})

    (issue,) = said(found, "Progress")
    assert (issue.code, issue.found, issue.suggestion) == ("date-in-text", text, suggestion)


def test_a_year_that_became_a_date_in_a_column_of_numbers_is_named() -> None:
    _, finding = cells.number_reader("1,234.5")(dt.datetime(1905, 7, 1))

    assert finding is not None
    assert finding.suggestion == "2009"


@pytest.mark.parametrize(
    ("day", "meant"),
    [
        (dt.datetime(1905, 6, 29), "2007"),
        (dt.datetime(1907, 7, 1), "2007"),
        (dt.datetime(2107, 7, 1), "2007"),
        (dt.datetime(2550, 1, 31), "2007"),
        (dt.datetime(1386, 4, 10), "2007"),
        (dt.datetime(2007, 1, 31), None),
        (dt.datetime(1995, 9, 15), None),
    ],
)
def test_days_that_cannot_be_meant_are_asked_about(day: dt.datetime, meant: str | None) -> None:
    value, finding = date_reader(CYCLE.plan_period[1])(day)

    assert value == day
    assert (finding.suggestion if finding else None) == meant


def test_days_are_asked_about_in_every_date_column_and_once() -> None:
    found = of("Results", "plan", baseline_date=dt.datetime(2070, 1, 1), target_date="1386-05-10")

    assert codes(found, "Results") == [
        ("odd-date", "baseline_date"),
        ("odd-date", "target_date"),
        ("date-as-text", "target_date"),
    ]


@pytest.mark.parametrize(
    "text", ["2007-01-31T00:00:00.000Z", "2007-01-31T10:00:00+03:00", "2007-01-31 10:00 UTC"]
)
def test_a_day_with_a_zone_is_the_day_that_is_written(text: str) -> None:
    value, finding = date_reader(CYCLE.plan_period[1])(text)

    assert value == dt.datetime(2007, 1, 31)
    assert finding is not None
    assert finding.code == "date-as-text"


@pytest.mark.parametrize(
    ("column", "typed", "read", "code"),
    [
        ("activity_id", "А–1", "A-1", "look-alike"),
        ("activity_id", "\u202aA-1\u202c", "A-1", "spaces"),
        ("countries", "\u200eSudan", "SDN", "spaces"),
        ("role", "Lеad", "lead", "look-alike"),
        ("place", "Juba\uf0b7 Malakal", "Juba• Malakal", "control-characters"),
        ("place", "Juba\u2028Malakal", "Juba\nMalakal", "control-characters"),
        ("place", "Джуба – Малакал", "Джуба – Малакал", ""),
        ("partners", "\u200fوزارة الصحة", "وزارة الصحة", "spaces"),
    ],
)
def test_letters_are_read_by_one_normal_form(column: str, typed: str, read: str, code: str) -> None:
    found = of("Progress", **{column: typed})

    assert found.tables["Progress"].columns[column] == [read]
    assert [one for one, _ in codes(found, "Progress")] == [code][: bool(code)]


def test_an_address_with_hidden_marks_is_read_without_them() -> None:
    found = returned(cover(email="\u202asomebody@example.org\u202c"))

    assert found.cover is not None
    assert found.cover.text("email") == "somebody@example.org"
    assert ("spaces", "email") in codes(found, "Cover")


@pytest.mark.parametrize("typed", ["١٬٢٣٤", "１,234", "\u200e1,234"])
def test_digits_of_other_scripts_are_digits(typed: str) -> None:
    assert cells.number_reader("1,234.5")(typed)[0] == 1234


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("mÃ©diatrices en CÃ´te dâ€™Ivoire", "médiatrices en Côte d’Ivoire"),
        ("EspaÃ±a â€“ BogotÃ¡", "España – Bogotá"),
        ("ÐœÐ¸Ñ€Ð½Ñ‹Ðµ", "Мирные"),
        ("médiatrices à São Tomé : l’état “des lieux” – ÂME", None),
        ("LIBERTÉ» et «ESPAÑA”", None),
    ],
)
def test_letters_that_were_broken_are_put_together(broken: str, whole: str | None) -> None:
    assert repaired(broken) == (whole or broken)


def test_a_text_is_cut_where_it_ends_within_a_word_at_255() -> None:
    text = "Trained the staff. " * 20

    found = [is_cut(one) for one in (text[:254], text[:253] + "x.", text[:200], text[:260])]

    assert found == [True, False, False, False]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Sudan and Liberia", "SDN; LBR"),
        ("Sudan/Liberia", "SDN; LBR"),
        ("Sudan، Liberia", "SDN; LBR"),
        ("Trinidad and Tobago and Bosnia and Herzegovina", "TTO; BIH"),
        ("Sudan; Haiti & Liberia", "SDN; HTI; LBR"),
        ("Sudan and elsewhere", None),
    ],
)
def test_other_signs_between_values_count_where_all_parts_are_known(
    typed: str, read: str | None
) -> None:
    value, finding = cells.codes_reader(CODEBOOK["countries"])(typed)

    assert value == read
    assert finding is not None
    assert finding.code == ("separators" if read else "list-value")


def test_fractions_of_persons_are_asked_about_wherever_persons_are_counted() -> None:
    figures = grid(
        "Measures",
        """
        | measure_id | activity_id | measure  | value | unit                 | women | numerator | amount_usd |
        | M-1        | A-1         | staff    | 1.234 | staff members        | 1.5   | 2.5       | 12.345     |
        | M-2        | A-1         | share    | 12.5  | per cent of women    |       |           | 12.34      |
        | M-3        | A-1         | distance | 1.234 | kilometres           | 4     |           | 12.3456    |
        """,
    )

    found = returned(figures)

    told = [(i.cell, i.suggestion) for i in said(found, "Measures") if i.code == "odd-fraction"]
    assert sorted(told) == [("D2", "1234"), ("F2", ""), ("G2", ""), ("H2", "12345")]
