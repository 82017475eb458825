"""Numbers of rows in their one form, rows named as evidence, and the day of completion."""

from __future__ import annotations

import datetime as dt

import pytest
from intake.drawing import CODEBOOK, CYCLE, cover, grid, returned

from wps_xl.intake.validation import examine
from wps_xl.model import Grid
from wps_xl.rules.numbering import plain

OURS = {"number-form", "number-letter", "duplicate-number", "unknown-reference"}
OURS |= {"evidence-unknown", "completed-early"}
PROGRESS = "activity_id|area|activity"


def found(*grids: Grid, form: str = "progress") -> list[tuple[str, str | None, str]]:
    issues = examine([returned(*grids, form=form)], [], CODEBOOK, CYCLE).issues
    return [(i.code, i.cell, i.suggestion) for i in issues if i.code in OURS]


def test_letters_and_digits_make_a_number_not_what_stands_between_them() -> None:
    assert len({plain(number) for number in ("A-1", "a 1", "A1", "A.01", "A – 1")}) == 1
    assert len({plain(number) for number in ("A-1", "A-11", "A-1-1", "A-1.2", "B-1", "A-1 b")}) == 6


@pytest.mark.parametrize("named", ["A1", "a-1", "A-01"])
def test_a_reference_in_another_form_is_led_to_its_row(named: str) -> None:
    progress = grid("Progress", f"{PROGRESS}\nA-1|A|Trained staff.")
    measures = grid("Measures", f"measure_id|activity_id|value\nM-1|{named}|3")

    item = returned(progress, measures)

    assert item.tables["Measures"].columns["activity_id"] == ["A-1"]
    assert found(progress, measures) == [("number-form", "B2", "A-1")]


def test_one_number_in_two_forms_stands_twice() -> None:
    drawn = grid("Progress", f"{PROGRESS}\nA-1|A|Trained staff.\nA1|A|Trained police.")

    assert [(code, cell) for code, cell, _ in found(drawn)] == [("duplicate-number", "A3")]


@pytest.mark.parametrize(
    ("number", "suggestion"), [('"7"', "B-7"), ("first", ""), ("A-7", "B-7"), ("B", "")]
)
def test_a_number_is_the_letter_of_its_area_and_a_number(number: str, suggestion: str) -> None:
    headings = "No.|Area of action|What was done"
    drawn = grid("Progress", f"{PROGRESS}\n{headings}\n{number}|B|Trained staff.")

    assert found(drawn) == [("number-letter", "A3", suggestion)]


@pytest.mark.parametrize("number", ["B-7", "b7", "B 7", "B-1.2"])
def test_numbers_as_the_form_asks_for_them_are_silent(number: str) -> None:
    assert found(grid("Progress", f"{PROGRESS}\n{number}|B|Trained staff.")) == []


@pytest.mark.parametrize(
    ("evidence", "told"),
    [
        ("A-9", [""]),
        ("A-11", ["A-1"]),
        ("See rows A-1 and A-44 of sheet Progress", [""]),
        ("Activity B-7", [""]),
        ("voir A‑55 et Progress: A 44", ["", ""]),
        ("Annex B 2", []),
        ("See A1 and A-2", []),
        ("Report of the C-34 Committee", []),
        ("https://example.org/A-9", []),
        ("See sheet Progress", []),
        ("S/2007/567, A/61/122", []),
    ],
)
def test_evidence_that_names_rows_names_rows_that_are_there(evidence: str, told: list[str]) -> None:
    progress = grid("Progress", f"{PROGRESS}\nA-1|A|Trained staff.\nA-2|A|Trained police.")
    checklist = grid("Checklist", f"question|answer|evidence\nQ-A1|Yes|{evidence}")

    said = [one for one in found(progress, checklist) if one[0] == "evidence-unknown"]

    assert [suggestion for _, _, suggestion in said] == told


@pytest.mark.parametrize(
    ("form", "days", "codes"),
    [
        ("progress", -1, ["completed-early"]),
        ("progress", 0, []),
        ("plan", -90, []),
        ("practices", -9, []),
    ],
)
def test_a_report_is_completed_after_the_period_it_reports(
    form: str, days: int, codes: list[str]
) -> None:
    day = dt.datetime.combine(CYCLE.review[1], dt.time()) + dt.timedelta(days)

    assert [code for code, _, _ in found(cover(form=form, completed=day), form=form)] == codes
