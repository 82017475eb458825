"""What the workbook holds of a return is held against the one that comes instead of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from analysis.review_examples import CODEBOOK, CYCLE
from intake.drawing import ENTITY, FORMS, cover, grid, returned
from rows import rows_in

from wps_xl.desk.commands.issuing import new_review
from wps_xl.intake.returns import Return
from wps_xl.intake.validation import examine
from wps_xl.intake.which_counts import against_known
from wps_xl.review.before import gathered
from wps_xl.review.consolidation import consolidate
from wps_xl.review.workbook import Review

HOUR = dt.timedelta(hours=1)
TEXTS = ("Trained the staff of 3 posts.", "Wrote a guide for mediators.", "Held a workshop abroad.")


def sent(*texts: str, hours: int = 0) -> Return:
    rows = [f"| A-{at} | A | {text} | Lead | SDN | |" for at, text in enumerate(texts, start=1)]
    head = "| activity_id | area | activity | role | countries | start |"
    item = returned(cover(), grid("Progress", "\n".join([head, *rows])), name="a.xlsx")
    return replace(item, modified=item.modified + hours * HOUR)


def after(review: Review, item: Return) -> Review:
    intake = examine([item], [], review.codebook, review.cycle)
    return consolidate(review, intake, dt.datetime(2030, 1, 1)).review


def test_rows_in_the_workbook_stay_while_nobody_says_that_others_take_their_place() -> None:
    review = after(new_review(CODEBOOK, CYCLE), sent(*TEXTS))
    known = gathered(review)

    same = against_known(sent(*TEXTS, "More.", hours=1), known, FORMS)
    fewer = against_known(sent(*TEXTS[:2], hours=1), known, FORMS)
    others = against_known(sent("Built a road.", "Paid for a bridge.", hours=1), known, FORMS)

    assert [one.found for one in fewer.issues if one.code == "rows-left-out"] == ["Progress A-3"]
    assert [same.status, fewer.status, others.status] == ["", "", "two-returns"]
    texts = [row["What was done"] for row in rows_in(after(review, others), "Progress")]
    assert texts == list(TEXTS)
    assert {entity for entity, _ in known} == {ENTITY}
