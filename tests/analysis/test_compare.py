"""What changed since another review workbook, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.review_examples import CODEBOOK, activity, initiative, measure, review_with

from wps_xl.analysis.compare import (
    ADDED,
    CHANGED,
    GONE,
    MOVED,
    WARNING,
    Change,
    compare,
    comparison_lines,
    comparison_rows,
)
from wps_xl.codebook import from_tables
from wps_xl.desk.commands.store import with_rows
from wps_xl.records import Difference
from wps_xl.review.layout import SAME_AS


def test_nothing_changed_is_said() -> None:
    review = review_with(Progress=[activity("UNDP", "A-1")])

    changes = compare(review, review)

    assert changes == []
    assert comparison_lines([], "old.xlsx") == ["Nothing differs from old.xlsx."]


def test_a_changed_cell_is_shown_with_both_values_and_its_address() -> None:
    before = review_with(Progress=[activity("UNDP", "A-1"), activity("WHO", "A-1")])
    now = review_with(Progress=[activity("UNDP", "A-1"), activity("WHO", "A-1", level="national")])

    (change,) = compare(before, now)

    expected = Change("Progress", "WHO", "A-1", "Level", CHANGED, "global", "national", change.cell)
    assert change == expected
    assert change.cell.startswith("Progress!")
    assert change.cell.endswith("3")


def said_of(changes: Sequence[Change]) -> list[str]:
    review = with_rows(review_with(), "Comparison", comparison_rows(changes, "old.xlsx"))
    return comparison_lines(review.rows(Difference), "old.xlsx")


def test_rows_that_came_and_went_are_named_and_counted() -> None:
    before = review_with(Initiatives=[initiative("UNDP", "I-1")])
    now = review_with(Initiatives=[initiative("WHO", "I-1")])

    changes = compare(before, now)

    kinds = {(c.entity, c.kind) for c in changes if c.sheet == "Initiatives" and not c.column}
    assert kinds == {("UNDP", GONE), ("WHO", ADDED)}
    (line,) = said_of(changes)
    assert "Initiatives 1 gone" in line


def test_rows_numbered_anew_are_moved_and_only_what_they_say_differently_is_changed() -> None:
    one, two, new = "Trained judges.", "Opened a clinic at sea.", "Counted the boats."
    before = review_with(
        Progress=[
            activity("UNDP", "A-1", activity=one, **{SAME_AS: "UNDP:A-2"}),
            activity("UNDP", "A-2", activity=two),
        ],
        Measures=[measure("UNDP", "M-1", "A-2", value=5)],
    )
    now = review_with(
        Progress=[
            activity("UNDP", "A-1", activity=new),
            activity("UNDP", "A-2", activity=one, level="national", **{SAME_AS: "UNDP:A-3"}),
            activity("UNDP", "A-3", activity=two),
        ],
        Measures=[measure("UNDP", "M-1", "A-3", value=5)],
    )

    changes = [c for c in compare(before, now) if c.column != "rows by entity"]

    found = [(c.sheet, c.row, c.column, c.kind, c.before, c.now) for c in changes if c.entity]
    assert found == [
        ("Progress", "A-2", "No.", MOVED, "A-1", "A-2"),
        ("Progress", "A-2", "Level", CHANGED, "global", "national"),
        ("Progress", "A-3", "No.", MOVED, "A-2", "A-3"),
        ("Progress", "A-1", "", ADDED, None, found[-1][5]),
    ]
    (line,) = said_of(changes)
    assert "Progress 2 moved, Progress 1 changed, Progress 1 added" in line


def test_activities_of_another_cycle_are_compared_by_counts_only() -> None:
    before = review_with(Progress=[activity("UNDP", "A-1")])
    now = review_with(Progress=[activity("UNDP", "A-1", level="local"), activity("UNDP", "A-2")])
    now = replace(now, settings={**now.settings, "cycle": "NEXT"})

    changes = compare(before, now)

    assert {(c.sheet, c.column) for c in changes} == {
        ("Progress", "rows by entity"),
        ("Areas of action", "activities by area"),
    }


def test_a_changed_question_is_a_warning_of_comparability() -> None:
    before = review_with()
    first, *rest = CODEBOOK.tables["questions"]
    tables = {**CODEBOOK.tables, "questions": [{**first, "text": "Another question?"}, *rest]}
    now = replace(before, codebook=from_tables(tables))

    (change,) = compare(before, now)

    assert (change.kind, change.row, change.now) == (WARNING, first["code"], "Another question?")
    (said, _) = said_of([change])
    assert said.startswith("Not comparable: questions")
