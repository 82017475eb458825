"""Rows of the last cycle in the next workbook."""

from __future__ import annotations

from analysis.review_examples import CODEBOOK, CYCLE, activity, measure, review_with

from wps_xl.desk.commands.issuing import new_review
from wps_xl.desk.commands.store import with_rows
from wps_xl.intake.side_by_side import Earlier
from wps_xl.review import earlier_rows


def test_activities_of_the_last_cycle_are_kept_with_their_words_and_cells() -> None:
    last = review_with(
        Progress=[activity("UNDP", "A-1", activity="Trained\nthe staff."), activity("WHO", "B-2")],
        Measures=[measure("UNDP", "M-1", "A-1", value=3)],
    )

    rows = list(earlier_rows.carried(last, "last year.xlsx"))
    review = with_rows(new_review(CODEBOOK, CYCLE), earlier_rows.SHEET, rows)

    one, other = earlier_rows.known(review)
    cell = "'[last year.xlsx]Progress'!E2"
    assert one == Earlier("UNDP", "Progress", "A-1", ("Trained the staff.",), cell)
    assert (other.entity, other.number) == ("WHO", "B-2")


def test_the_first_workbook_knows_no_rows_of_before() -> None:
    assert earlier_rows.known(new_review(CODEBOOK, CYCLE)) == []
