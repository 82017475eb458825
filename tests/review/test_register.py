"""The Register after an intake: what is late, and what the office typed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from analysis.review_examples import CODEBOOK, CYCLE
from intake.drawing import ENTITY, cover, grid, returned
from rows import rows_in

from wps_xl.codebook import from_tables
from wps_xl.desk.commands.issuing import new_review
from wps_xl.desk.commands.store import with_rows
from wps_xl.intake.overlay import key_of
from wps_xl.intake.returns import Return
from wps_xl.intake.validation import examine
from wps_xl.model import Unreadable, Value
from wps_xl.records import RegisterLine
from wps_xl.review import register
from wps_xl.review.cycle_status import standing
from wps_xl.review.workbook import Review

DUE = dt.datetime(2030, 5, 31)
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
AGREED = dt.datetime(2030, 6, 15)


def review_due() -> Review:
    """A new review workbook in whose sheet Cycle the date for progress reports was typed later."""
    row = next(row for row in CODEBOOK.tables["cycles"] if row["cycle"] == CYCLE)
    cycles = [{**row, "progress_due": DUE.date().isoformat()}]
    review = new_review(CODEBOOK, CYCLE)
    return replace(review, codebook=from_tables({**CODEBOOK.tables, "cycles": cycles}))


def lines(review: Review) -> list[RegisterLine]:
    nothing = examine([], [], review.codebook, review.cycle)
    return [line for line in register.update(review, nothing) if line.form == "progress"]


def test_a_due_date_typed_on_sheet_cycle_later_is_that_of_every_invited_entity() -> None:
    found = lines(review_due())

    assert {line.due for line in found if line.takes_part == "invited"} == {DUE}
    assert DUE not in {line.due for line in found if line.takes_part != "invited"}


def test_a_due_date_that_the_office_agreed_with_an_entity_stays() -> None:
    review = review_due()
    rows = rows_in(review, "Register")
    rows[0]["Due"] = AGREED

    found = lines(with_rows(review, "Register", rows))

    assert [line.due for line in found][:2] == [AGREED, DUE]


def sent(saved: dt.datetime, completed: dt.datetime = DUE, name: str = "a.xlsx") -> Return:
    """The first invited entity's progress return as saved at a moment."""
    progress = grid(
        "Progress",
        f"""
        | activity_id | area | activity                      | role | place           |
        | A-1         | A    | Trained the staff of 3 posts. | Lead | {saved:%m %d %H} |
        """,
    )
    return replace(
        returned(cover(completed=completed), progress, name=name), modified=saved, issues=()
    )


def after(review: Review, *returns: Return, unreadable: tuple[Unreadable, ...] = ()) -> Review:
    """The review with the Register after an intake."""
    intake = examine(returns, unreadable, review.codebook, review.cycle)
    return with_rows(review, "Register", register.update(review, intake))


def line(review: Review) -> dict[str, Value]:
    rows = (row for row in rows_in(review, "Register"))
    return next(row for row in rows if (row["Entity"], row["Form"]) == (ENTITY, "progress"))


EARLY, LATER = DUE - 20 * DAY + 9 * HOUR, DUE + 20 * DAY + 9 * HOUR


@pytest.mark.parametrize(
    ("saved", "completed", "late"),
    [
        (DUE + 23 * HOUR, DUE, None),
        (DUE + 25 * HOUR, DUE - 30 * DAY, "late"),
        (EARLY, DUE + 30 * DAY, None),
    ],
)
def test_late_is_by_the_day_the_file_was_saved_not_by_what_its_cover_says(
    saved: dt.datetime, completed: dt.datetime, late: str | None
) -> None:
    found = line(after(review_due(), sent(saved, completed)))

    day = saved.replace(hour=0)
    assert (found["Received"], found["Completed"], found["Late"]) == (day, completed, late)


def test_a_corrected_return_of_an_entity_that_was_in_time_stays_in_time() -> None:
    review = after(review_due(), sent(EARLY))
    # The corrected file took the place of the first, or stands beside it.
    instead = line(after(review, sent(LATER)))
    beside = line(after(review_due(), sent(EARLY, name="first.xlsx"), sent(LATER)))

    for found, first in ((instead, "a.xlsx"), (beside, "first.xlsx")):
        assert (found["First received"], found["Late"]) == (EARLY.replace(hour=0), None)
        assert found["Received"] == LATER.replace(hour=0)
        assert found["Earlier returns"] == f"{first} ({EARLY:%Y-%m-%d %H:%M})"
    assert line(after(after(review, sent(LATER)), sent(LATER))) == instead


def test_a_day_that_the_office_corrected_stays_until_another_file_comes() -> None:
    review = after(review_due(), sent(LATER))
    rows = rows_in(review, "Register")
    mine = next(row for row in rows if row["Book"] == "a.xlsx")
    mine["Received"] = DUE
    review = with_rows(review, "Register", rows)

    assert line(after(review, sent(LATER)))["Late"] is None
    assert line(after(review, sent(LATER + DAY)))["Received"] == (LATER + DAY).replace(hour=0)


def test_a_line_that_the_office_typed_or_changed_is_missing_where_nothing_came() -> None:
    review = review_due()
    rows = rows_in(review, "Register")
    asked = {"Form": "progress", "Takes part": "invited"}
    mine = next(row for row in rows if (row["Entity"], row["Form"]) == (ENTITY, "progress"))
    gone = next(row for row in rows if (row["Entity"], row["Form"]) == (ENTITY, "plan"))
    mine["Status"] = "not asked"
    gone["Takes part"] = None
    blank = dict.fromkeys(mine) | asked | {"Entity": "Zonta's Club"}

    found = after(with_rows(review, "Register", [*rows, blank]))

    status = {(row["Entity"], row["Form"]): row["Status"] for row in rows_in(found, "Register")}
    assert status[ENTITY, "progress"] == status["Zonta's Club", "progress"] == "missing"
    assert status[ENTITY, "plan"] == "not asked"
    assert all(form.asked == form.received + form.missing for form in standing(found).forms)


def test_a_workbook_of_version_0_1_had_the_covers_date_as_received() -> None:
    review = review_due()
    rows = rows_in(review, "Register")
    mine = next(row for row in rows if (row["Entity"], row["Form"]) == (ENTITY, "progress"))
    mine |= {"Received": DUE - 90 * DAY, "Saved": LATER, "Book": "a.xlsx", "Status": "received"}

    found = line(after(with_rows(review, "Register", rows), sent(LATER)))

    assert (found["Received"], found["Late"]) == (LATER.replace(hour=0), "late")


@pytest.mark.parametrize(
    ("name", "is_known"),
    [
        (f"{CYCLE}_progress_{ENTITY}.xlsx", True),
        (f"Copy of {CYCLE.lower()}_PROGRESS_{ENTITY} (2).xlsx", True),
        (f"{CYCLE}_progress_{ENTITY}X.xlsx", False),
        ("our report.xlsx", False),
    ],
)
def test_a_file_that_cannot_be_read_came_and_is_to_be_repaired(name: str, is_known: bool) -> None:
    locked = Unreadable(Path(name), "encrypted", f"{name} is protected with a password.")

    review = after(review_due(), unreadable=(locked,))

    found = line(review)
    expected = (register.REPAIR, name) if is_known else (register.MISSING, None)
    assert (found["Status"], found["Book"]) == expected
    forms = {form.label: (form.received, form.to_repair) for form in standing(review).forms}
    assert forms[CODEBOOK["forms"].label("progress")] == (int(is_known), int(is_known))
    repaired = line(after(review, sent(EARLY)))
    assert (repaired["Status"], repaired["Book"]) == (register.RECEIVED, "a.xlsx")


def test_a_locked_file_that_only_names_its_entity_is_the_one_form_that_it_has_still_to_send() -> (
    None
):
    locked = Unreadable(Path(f"{ENTITY} locked.xlsx"), "encrypted", "It is protected.")
    review = review_due()
    rows = rows_in(review, "Register")
    alone = [row for row in rows if row["Entity"] != ENTITY or row["Form"] == "progress"]

    asked_for_one = after(with_rows(review, "Register", alone), unreadable=(locked,))
    asked_for_all = after(review, unreadable=(locked,))

    assert line(asked_for_one)["Status"] == register.REPAIR
    assert line(asked_for_all)["Status"] == register.MISSING


def test_the_lock_of_an_open_return_is_no_return_and_two_of_one_moment_are_to_be_repaired() -> None:
    name = f"~${CYCLE}_progress_{ENTITY}.xlsx"
    lock = Unreadable(Path(name), "lock-file", f"{name} shows that somebody has it open.")

    assert line(after(review_due(), unreadable=(lock,)))["Status"] == register.MISSING
    rival = replace(sent(LATER, name="b.xlsx"), modified=EARLY)
    found = line(after(review_due(), sent(EARLY), rival))
    assert (found["Status"], found["Book"]) == (register.REPAIR, "a.xlsx; b.xlsx")


def test_what_cannot_be_read_is_said_to_the_entity_and_answers_stay_with_the_file() -> None:
    name = f"{CYCLE}_progress_{ENTITY}.xlsx"
    locked = Unreadable(Path(name), "encrypted", f"{name} is protected with a password.")

    (found,) = examine([], [locked], CODEBOOK, review_due().cycle).issues

    assert (found.entity, found.form) == (ENTITY, "progress")
    assert (key_of(found, {}).owner, key_of(found, {}).form) == (name, "")


def test_who_withdrew_a_return_from_the_last_cycle_is_invited_to_the_next() -> None:
    invitations = [{"cycle": CYCLE, "entity": "WFP", "how": register.WITHDRAWN}]
    codebook = from_tables({**CODEBOOK.tables, "invitations": invitations})

    first = new_review(codebook, CYCLE).rows(RegisterLine)

    assert {(line.entity, line.takes_part, line.status) for line in first} == {
        ("WFP", "invited", "missing")
    }
