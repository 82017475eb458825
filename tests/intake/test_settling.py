"""Which return counts where there are several of one entity and form (contract 8.5)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from intake.drawing import CODEBOOK, ENTITY, OTHER, SAVED, cover, grid, returned

from wps_xl.intake.returns import Return
from wps_xl.intake.settling import settle

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
