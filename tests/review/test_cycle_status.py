"""What comes next, in the order of the year."""

from __future__ import annotations

from analysis.review_examples import CODEBOOK, CYCLE
from rows import rows_in

from wps_xl.desk.commands.issuing import new_review
from wps_xl.desk.commands.store import with_rows
from wps_xl.review.cycle_status import next_steps, standing
from wps_xl.review.workbook import Review


def steps(review: Review) -> list[str]:
    return [step for step, _ in next_steps(review, standing(review), likely=0)]


def test_a_new_workbook_says_to_issue_the_forms_and_reminds_nobody() -> None:
    assert steps(new_review(CODEBOOK, CYCLE)) == [
        "Check the periods and due dates.",
        "Issue the forms: button Issue forms.",
    ]


def test_once_forms_are_issued_those_missing_are_reminded() -> None:
    review = new_review(CODEBOOK, CYCLE)
    rows = [row for row in rows_in(review, "Register") if row["Takes part"] == "invited"]
    rows[0]["Issued"] = review.settings["review_from"]

    found = steps(with_rows(review, "Register", rows))

    assert found[:2] == [
        "Consolidate the returns.",
        f"Remind: {len(rows)} returns are missing.",
    ]
