"""The Register after an intake: what is late, and what the office typed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from analysis.review_examples import CODEBOOK, CYCLE

from wps_xl.analysis import register
from wps_xl.analysis.review import Review
from wps_xl.codebook import from_tables
from wps_xl.commands.issuing import new_review
from wps_xl.commands.store import with_rows
from wps_xl.intake.validation import examine
from wps_xl.model import Value

DUE = dt.datetime(2030, 5, 31)
AGREED = dt.datetime(2030, 6, 15)


def review_due() -> Review:
    """A new review workbook in whose sheet Cycle the date for progress reports was typed later."""
    row = next(row for row in CODEBOOK.tables["cycles"] if row["cycle"] == CYCLE)
    cycles = [{**row, "progress_due": DUE.date().isoformat()}]
    review = new_review(CODEBOOK, CYCLE)
    return replace(review, codebook=from_tables({**CODEBOOK.tables, "cycles": cycles}))


def lines(review: Review) -> list[dict[str, Value]]:
    nothing = examine([], [], review.codebook, review.cycle)
    return [line for line in register.update(review, nothing) if line["Form"] == "progress"]


def test_a_due_date_typed_on_sheet_cycle_later_is_that_of_every_invited_entity() -> None:
    found = lines(review_due())

    assert {line["Due"] for line in found if line["Takes part"] == "invited"} == {DUE}
    assert DUE not in {line["Due"] for line in found if line["Takes part"] != "invited"}


def test_a_due_date_that_the_office_agreed_with_an_entity_stays() -> None:
    review = review_due()
    rows = [row for _, row in review.records("Register")]
    rows[0]["Due"] = AGREED

    found = lines(with_rows(review, "Register", rows))

    assert [line["Due"] for line in found][:2] == [AGREED, DUE]


def test_a_return_that_came_after_its_due_date_is_late() -> None:
    review = review_due()
    rows = [row for _, row in review.records("Register")]
    rows[0]["Received"] = DUE + dt.timedelta(days=1)
    rows[3]["Received"] = DUE

    found = lines(with_rows(review, "Register", rows))

    assert [line["Late"] for line in found][:2] == ["late", None]


def test_who_withdrew_a_return_from_the_last_cycle_is_invited_to_the_next() -> None:
    invitations = [{"cycle": CYCLE, "entity": "WFP", "how": register.WITHDRAWN}]
    codebook = from_tables({**CODEBOOK.tables, "invitations": invitations})

    first = register.first_lines(codebook, codebook.cycle(CYCLE))

    assert {(line["Entity"], line["Takes part"], line["Status"]) for line in first} == {
        ("WFP", "invited", "missing")
    }
