"""Which return counts where there are several of one entity and form."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from intake.drawing import CODEBOOK, ENTITY, FORMS, OTHER, SAVED, cover, grid, returned

from wps_xl.intake.lacking import rows_of
from wps_xl.intake.returns import Return
from wps_xl.intake.which_counts import Before, against_known, settle

HOUR = dt.timedelta(hours=1)


def sent(
    name: str, place: str, saved: dt.datetime = SAVED, completed: dt.datetime = SAVED
) -> Return:
    """A progress return with one row; ``place`` is what tells it from others."""
    progress = grid(
        "Progress",
        f"""
        | activity_id | area | activity                      | role | place   |
        | A-1         | A    | Trained the staff of 3 posts. | Lead | {place} |
        """,
    )
    return replace(
        returned(cover(completed=completed.replace(hour=0)), progress, name=name), modified=saved
    )


def outcome(*returns: Return) -> list[tuple[str, str, list[str]]]:
    """Book, status, and what is said about the returns as such."""
    codes = ("superseded", "identical-return", "two-returns", "older-completed")
    return [
        (item.book, item.status, [i.code for i in item.issues if i.code in codes])
        for item in settle(returns, CODEBOOK)
    ]


def test_the_later_saved_return_counts_whatever_the_files_are_called() -> None:
    found = outcome(sent("a.xlsx", "Juba", SAVED + HOUR), sent("b.xlsx", "Accra"))

    assert found == [("b.xlsx", "superseded", ["superseded"]), ("a.xlsx", "", [])]


def test_the_same_content_twice_is_a_note() -> None:
    found = outcome(sent("a.xlsx", "Juba"), sent("b.xlsx", "Juba", SAVED + HOUR))

    assert found == [("a.xlsx", "superseded", ["identical-return"]), ("b.xlsx", "", [])]


def test_two_of_the_same_moment_count_neither_until_somebody_decides() -> None:
    found = outcome(sent("a.xlsx", "Juba"), sent("b.xlsx", "Accra"))

    assert found == [("a.xlsx", "two-returns", []), ("b.xlsx", "two-returns", ["two-returns"])]


def test_two_returns_name_each_other_at_the_entity_of_the_cover() -> None:
    *_, item = settle([sent("a.xlsx", "Juba"), sent("b.xlsx", "Accra")], CODEBOOK)

    (issue,) = [one for one in item.issues if one.code == "two-returns"]
    assert (issue.sheet, issue.cell, issue.also) == ("Cover", "B3", ("'[a.xlsx]Cover'!B3",))


def test_a_later_return_that_was_completed_earlier_is_asked_about() -> None:
    before = SAVED.replace(hour=0) - dt.timedelta(3)
    later = sent("b.xlsx", "Accra", SAVED + HOUR, completed=before)

    found = outcome(sent("a.xlsx", "Juba"), later)

    assert found == [
        ("a.xlsx", "superseded", ["superseded"]),
        ("b.xlsx", "", ["older-completed"]),
    ]


def test_returns_stand_in_the_order_of_the_entities() -> None:
    first = replace(sent("z.xlsx", "Juba"), entity=ENTITY)
    second = replace(sent("a.xlsx", "Juba"), entity=OTHER)

    assert [item.book for item in settle([second, first], CODEBOOK)] == ["z.xlsx", "a.xlsx"]


TEXTS = (
    "Trained the staff of 3 posts.",
    "Wrote a guide for mediators in the region.",
    "Held a workshop with women journalists.",
    "Gave legal advice to two parliaments.",
)


def office(
    name: str, *texts: str, letter: str = "A", saved: dt.datetime = SAVED, **about: Any
) -> Return:
    """A progress return with a row for each text, numbered from 1."""
    rows = [f"| {letter}-{at} | A | {text} | Lead |" for at, text in enumerate(texts, start=1)]
    sheet = grid("Progress", "\n".join(["| activity_id | area | activity | role |", *rows]))
    completed = about.pop("completed", SAVED.replace(hour=0))
    item = returned(cover(completed=completed), sheet, name=name)
    return replace(item, modified=saved, **about)


def asked(*returns: Return) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Book, status, and what is asked about each return as such, with the rows named."""
    codes = ("other-rows", "rows-left-out", "undated-returns", "two-returns", "superseded")
    return [
        (one.book, one.status, [(i.code, i.found) for i in one.issues if i.code in codes])
        for one in settle(returns, CODEBOOK)
    ]


def test_two_offices_with_other_rows_each_count_neither_until_the_office_decides() -> None:
    first = office("part 1.xlsx", *TEXTS[:2])
    second = office("part 2.xlsx", *TEXTS[2:], saved=SAVED + HOUR)

    named = "Progress A-1, Progress A-2"
    assert asked(first, second) == [
        ("part 1.xlsx", "two-returns", []),
        ("part 2.xlsx", "two-returns", [("other-rows", named)]),
    ]
    *_, later = settle([first, second], CODEBOOK)
    (issue,) = [one for one in later.issues if one.code == "other-rows"]
    assert issue.also == ("'[part 1.xlsx]Progress'!A2", "'[part 1.xlsx]Progress'!A3")
    assert [status for _, status, _ in asked(first, replace(second, chosen=True))] == [
        "superseded",
        "",
    ]


def test_a_later_return_that_lacks_some_rows_counts_and_names_them() -> None:
    first = office("a.xlsx", *TEXTS)
    later = office("b.xlsx", *TEXTS[1:], letter="B", saved=SAVED + HOUR)

    assert asked(first, later) == [
        ("a.xlsx", "superseded", []),
        ("b.xlsx", "", [("rows-left-out", "Progress A-1")]),
    ]


def test_rows_put_between_renumbered_or_written_anew_are_not_missed() -> None:
    first = office("a.xlsx", *TEXTS[:3])
    between = office("b.xlsx", TEXTS[3], *TEXTS[:3], letter="C", saved=SAVED + HOUR)
    anew = office("c.xlsx", *TEXTS[:2], "Nothing alike.", saved=SAVED + 2 * HOUR)

    for later in (between, anew):
        assert asked(first, later)[0][2] == [("superseded", "")]
        assert asked(first, later)[1] == (later.book, "", [])


def test_a_blank_form_after_a_filled_one_replaces_nothing() -> None:
    blank = replace(office("b.xlsx", saved=SAVED + HOUR), status="blank-form")

    assert asked(office("a.xlsx", *TEXTS), blank) == [
        ("b.xlsx", "blank-form", []),
        ("a.xlsx", "", []),
    ]


def test_files_without_a_date_of_their_own_go_by_the_date_on_the_cover() -> None:
    day = SAVED.replace(hour=0)
    older = office("a.xlsx", *TEXTS, saved=SAVED + HOUR, dated=False)
    later = office("b.xlsx", *TEXTS, "More.", dated=False, completed=day + dt.timedelta(2))

    assert asked(older, later) == [
        ("a.xlsx", "superseded", [("superseded", "")]),
        ("b.xlsx", "", []),
    ]
    unknown = replace(older, dated=True)
    same_day = office("b.xlsx", *TEXTS, "More.", dated=False)
    for one in (older, unknown):
        statuses = {(status, code) for _, status, said in asked(one, same_day) for code, _ in said}
        assert statuses == {("two-returns", "undated-returns")}
    chosen = replace(same_day, chosen=True)
    assert [status for _, status, _ in asked(older, chosen)] == ["superseded", ""]


def against(item: Return, before: Return) -> tuple[str, list[str]]:
    """Status and codes of a return that comes where the workbook holds the rows of another."""
    rows = rows_of(before)
    completed = before.cover.values["completed"] if before.cover else None
    known = {(item.entity, item.form): Before(before.saved, before.book, completed, lambda: rows)}
    found = against_known(item, known, FORMS)
    return found.status, [i.code for i in found.issues if i.cell == "B3" and i.sheet == "Cover"]


def test_rows_of_the_workbook_are_not_replaced_by_a_return_that_lacks_them() -> None:
    before = office("a.xlsx", *TEXTS)
    later: dict[str, Any] = {"saved": SAVED + HOUR}

    assert against(office("a.xlsx", *TEXTS, "More.", **later), before) == ("", [])
    assert against(office("a.xlsx", *TEXTS[:3], **later), before) == ("", ["rows-left-out"])
    assert against(office("a.xlsx", "Else.", **later), before) == ("two-returns", ["other-rows"])
    chosen = office("a.xlsx", "Else.", chosen=True, **later)
    assert against(chosen, before) == ("", [])
    assert against(office("b.xlsx", *TEXTS[:1]), before)[0] == "two-returns"


def test_an_undated_return_is_never_later_by_the_day_of_its_download() -> None:
    before = office("a.xlsx", *TEXTS)
    copied: dict[str, Any] = {"saved": SAVED + 99 * HOUR, "dated": False}
    day = SAVED.replace(hour=0)

    assert against(office("a.xlsx", *TEXTS, **copied), before) == ("", [])
    other = office("b.xlsx", *TEXTS[:3], "Written anew.", **copied)
    assert against(other, before) == ("two-returns", ["undated-returns"])
    older = office("b.xlsx", *TEXTS, completed=day - dt.timedelta(1), **copied)
    assert against(older, before) == ("superseded", ["superseded"])
