"""Answers to a row that another answer numbered anew, or worded anew: they hold all the same."""

from __future__ import annotations

import datetime as dt

from cycle.desk import Desk
from rows import rows_in

OF, ROLE = "Activity No.", "Role of the entity"


def _same_numbers(desk: Desk) -> tuple[str, str]:
    """Two rows of Progress with one number: the cell of the second, and the number meant."""
    desk.change("UNICEF", "Progress", "A-2", "role", "chief")
    second = desk.change("UNICEF", "Progress", "A-2", "activity_id", "A-1")
    desk.held()
    suggested = str(desk.issue("UNICEF", second)["Suggestion"])
    return second, suggested


def test_an_answer_counts_in_a_row_whose_number_another_answer_corrected(desk: Desk) -> None:
    second, suggested = _same_numbers(desk)
    role = str(next(r["Cell"] for r in _lines(desk) if r["Found"] == "chief"))
    desk.answer("UNICEF", role, "use value", "chief", "by telephone")
    desk.answer("UNICEF", second, "use suggestion")
    desk.held()
    refused = desk.issue("UNICEF", role)
    desk.answer("UNICEF", role, "use value", "lead")

    held = desk.held()
    before, said = desk.tables(), desk.said
    desk.held()

    assert str(refused["Message"]).count("one of Lead, Joint") == 1
    assert (refused["Our answer"], refused["Value"], refused["Reason"]) == (
        *("use value", "chief", "by telephone"),
    )
    assert held == []
    assert desk.value("Progress", "UNICEF", suggested, ROLE) == "lead"
    assert said == desk.said == ["Answers of the office: 2 in use, 0 lapsed."]
    assert desk.tables() == before


def test_a_value_names_a_row_by_the_number_that_an_answer_gave_it(desk: Desk) -> None:
    second, suggested = _same_numbers(desk)
    desk.answer("UNICEF", second, "use suggestion")
    told = desk.change("UNICEF", "Measures", "M-1", "activity_id", "A-99")
    desk.held()
    desk.answer("UNICEF", told, "use value", suggested)
    desk.held()

    desk.held()
    named = desk.issue("UNICEF", told)
    desk.answer("UNICEF", told, "use value", "A-1")
    desk.held()
    desk.held()

    assert (named["Value"], named["Severity"]) == (suggested, "answered")
    assert desk.value("Measures", "UNICEF", "M-1", OF) == "A-1"
    assert all("0 lapsed" in line for line in desk.said), desk.said


def test_an_answer_counts_in_a_row_whose_words_another_answer_corrected(desk: Desk) -> None:
    done = desk.change("UNICEF", "Progress", "A-1", "activity", "short")
    role = desk.change("UNICEF", "Progress", "A-1", "role", "chief")
    desk.held()
    desk.answer("UNICEF", done, "use value", "Trained the harbour masters of two provinces.")
    desk.held()
    desk.answer("UNICEF", role, "accept as is")

    held = desk.held()
    again = desk.held()

    assert held == again == []
    assert desk.said == ["Answers of the office: 2 in use, 0 lapsed."]


def test_an_answer_that_another_one_settles_has_not_lapsed(desk: Desk) -> None:
    end = desk.change("UNICEF", "Progress", "A-2", "end", dt.datetime(2001, 1, 1))
    desk.held()
    desk.answer("UNICEF", end, "accept as is")
    desk.held()
    start = end.replace("L", "K")
    desk.answer("UNICEF", start, "use value", dt.datetime(2000, 12, 1))

    desk.held()
    once = desk.said
    desk.held()

    assert once == desk.said == ["Answers of the office: 2 in use, 0 lapsed."]


def test_a_value_without_an_answer_is_kept_and_said(desk: Desk) -> None:
    cell = desk.change("UNICEF", "Progress", "A-1", "role", "chief")
    other = desk.change("UNDP", "Progress", "A-1", "role", "head")
    desk.held()
    desk.answer("UNICEF", cell, None, "lead")
    desk.answer("UNDP", other, "accept as is for all")

    desk.held()

    assert desk.issue("UNICEF", cell)["Value"] == "lead"
    assert desk.said[1:] == [
        f"Sheet Issues, {desk.file('UNICEF').name} Progress {cell}: Value “lead” stands without an "
        "answer; choose one."
    ]


def _lines(desk: Desk) -> list[dict[str, object]]:
    return [dict(row) for row in rows_in(desk.review, "Issues")]
