"""What was signed off is held row by row, however rows are numbered and amounts add up."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from intake.drawing import FORMS, cover, grid, returned

from wps_xl.intake.returns import Return
from wps_xl.intake.sign_off import changed
from wps_xl.model import Issue, Value

DAY = "2031-05-02"
DRAWN = """
    | measure_id | activity_id | measure   | amount_usd |
    | {} | A-1 | staff paid | {} |
    | {} | A-1 | roads built | {} |
"""


def sent(day: int, *cells: object) -> Return:
    """A signed return with two amounts."""
    item = returned(cover(), grid("Measures", DRAWN.format(*cells)))
    assert item.cover is not None
    values: dict[str, Value] = {"signed_off": "Y", "signed_off_date": dt.datetime(2031, 5, 2)}
    signed = replace(item.cover, values={**item.cover.values, **values})
    return replace(item, cover=signed, modified=dt.datetime(2031, 5, day), status="")


def warnings(first: Return, second: Return) -> list[Issue]:
    """What is said of the second return once the first is known."""
    _, known = changed([first], {}, FORMS)
    found, after = changed([second], known, FORMS)
    assert after == known
    assert changed([first, second], {}, FORMS) == (found, known)
    return list(found.values())


def test_two_changes_that_cancel_out_are_both_named() -> None:
    first = sent(3, "M-1", 100, "M-2", 200)

    (issue,) = warnings(first, sent(4, "M-1", 150, "M-2", 150))

    assert issue.found == "Measures M-1 150, Measures M-2 150, in all 300"
    assert "Signed off: Measures M-1 100, Measures M-2 200, in all 300." in issue.message
    assert len(issue.also) == 2


def test_amounts_that_change_places_are_named_and_rows_that_do_so_are_not() -> None:
    first = sent(3, "M-1", 100, "M-2", 200)

    (swapped,) = warnings(first, sent(4, "M-1", 200, "M-2", 100))

    assert "Measures M-1 200" in swapped.found
    assert warnings(first, sent(4, "M-2", 100, "M-1", 200)) == []


def test_an_amount_that_is_gone_or_new_is_named() -> None:
    (issue,) = warnings(sent(3, "M-1", 100, "M-2", ""), sent(4, "M-1", "", "M-2", 100))

    assert issue.found == "Measures M-1 none, Measures M-2 100, in all 100"
