"""What is known to be wrong or doubtful in the published report is found in its sample."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from wps_xl.codebook import load
from wps_xl.intake.validation import Intake, validate
from wps_xl.model import Issue

CYCLE = "REV-2007"


@pytest.fixture(scope="module")
def intake(demo: Path) -> Intake:
    codebook = load()
    return validate([demo / "returns"], codebook, codebook.cycle(CYCLE))


@pytest.fixture(scope="module")
def warnings(intake: Intake) -> Mapping[str, Sequence[Issue]]:
    """The warnings of the sample by code."""
    found: dict[str, list[Issue]] = {}
    for issue in intake.issues:
        found.setdefault(issue.code, []).append(issue)
    return found


def test_the_sample_has_no_error(intake: Intake) -> None:
    assert intake.count("error") == 0
    assert intake.not_run == ()


def test_footnote_9_has_the_members_of_footnote_6(warnings: Mapping[str, Sequence[Issue]]) -> None:
    (found,) = warnings["same-answers"]

    assert "Q-E0 and Q-B0 are answered yes by exactly the same 12 entities" in found.message
    assert found.count == 24


def test_34086_stands_twice_with_two_meanings(warnings: Mapping[str, Sequence[Issue]]) -> None:
    (found,) = warnings["same-figure-twice"]

    assert (found.entity, found.sheet, found.cell, found.also) == (
        "UNICEF",
        "Measures",
        "D14",
        ("Measures!D6",),
    )
    assert "victims of violence identified" in found.message
    assert "victims of gender-based violence given care" in found.message


def test_who_is_active_in_area_g_whose_list_omits_it(
    warnings: Mapping[str, Sequence[Issue]],
) -> None:
    found = [issue for issue in warnings["rows-without-yes"] if issue.entity == "WHO"]

    assert [issue.cell for issue in found] == ["C20"]
    assert "area G" in found[0].message


def test_an_inter_agency_body_stands_among_the_entities_of_area_f(
    warnings: Mapping[str, Sequence[Issue]],
) -> None:
    found = {issue.entity: issue.message for issue in warnings["body-in-list"]}

    assert "Q-F0" in found["IAWG-DDR"]


def test_a_respondent_reports_nothing(warnings: Mapping[str, Sequence[Issue]]) -> None:
    assert [issue.entity for issue in warnings["nothing-reported"]] == ["UNSSC"]
