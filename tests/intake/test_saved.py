"""Days of saving that cannot be true: the office is asked which return counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from intake.drawing import CYCLE, SAVED, cover, grid, returned

from wps_xl.intake.returns import Return
from wps_xl.intake.saved import asked_about_days
from wps_xl.intake.which_counts import Before, Known

TODAY = SAVED.date() + dt.timedelta(30)
LATER = SAVED + dt.timedelta(40)
BEFORE = dt.datetime(1980, 1, 1)


def sent(name: str, place: str, saved: dt.datetime = SAVED) -> Return:
    """A progress return with one row; ``place`` is what tells it from others."""
    progress = grid(
        "Progress",
        f"""
        | activity_id | area | activity                      | role | place   |
        | A-1         | A    | Trained the staff of 3 posts. | Lead | {place} |
        """,
    )
    return replace(returned(cover(), progress, name=name), modified=saved)


def outcome(*returns: Return, known: Known | None = None) -> list[tuple[str, str]]:
    """Status of each return, and what was found of the days."""
    settled = asked_about_days(returns, known or {}, CYCLE, TODAY)
    codes = [[i.message for i in item.issues if i.code == "impossible-date"] for item in settled]
    return [(item.status, "".join(said)) for item, said in zip(settled, codes, strict=True)]


@pytest.mark.parametrize(
    ("saved", "why"), [(LATER, "which is after today"), (BEFORE, "before the cycle began")]
)
def test_a_day_that_cannot_be_wins_over_no_other_return(saved: dt.datetime, why: str) -> None:
    first, second = outcome(sent("a.xlsx", "Juba"), sent("b.xlsx", "Accra", saved))

    assert first[0] == second[0] == "two-returns"
    assert f"b.xlsx says {saved:%Y-%m-%d}" in first[1]
    assert why in first[1]


def test_a_return_gathered_under_such_a_day_does_not_win_over_later_ones() -> None:
    known = {(sent("b.xlsx", "Accra").entity, "progress"): Before(LATER, "a.xlsx")}

    ((status, said),) = outcome(sent("b.xlsx", "Accra"), known=known)

    assert status == "two-returns"
    assert "a.xlsx in the workbook" in said


def test_the_one_that_the_office_chose_counts_and_the_other_does_not() -> None:
    chosen = replace(sent("a.xlsx", "Juba"), chosen=True)

    settled = asked_about_days([chosen, sent("b.xlsx", "Accra", LATER)], {}, CYCLE, TODAY)

    assert [item.status for item in settled] == ["", "superseded"]


def test_one_alone_the_same_again_and_the_same_content_count() -> None:
    odd = sent("a.xlsx", "Juba", LATER)
    known = {(odd.entity, odd.form): Before(LATER, "a.xlsx")}

    assert outcome(odd) == outcome(odd, known=known) == [("", "")]
    assert outcome(odd, replace(odd, book="b.xlsx")) == [("", "")] * 2


def test_a_clock_of_another_time_zone_is_no_fault() -> None:
    ahead = dt.datetime.combine(TODAY, dt.time(23)) + dt.timedelta(hours=14)

    assert outcome(sent("a.xlsx", "Juba"), sent("b.xlsx", "Accra", ahead)) == [("", "")] * 2
