"""The Cover says which form, cycle and entity a return is for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from intake.drawing import ENTITY, FORMS, checked, cover, grid, returned, told

from wps_xl.model import Grid

PRACTICES = grid(
    "Practices",
    "| practice_id | kind | title | start | level | thematic_areas | context | results | impact "
    "| why_it_worked |",
)


def found(about: Grid) -> list[tuple[str, str | None]]:
    return told(checked(returned(about, PRACTICES, form="practices")), "Cover")


def test_a_cover_that_says_everything_is_passed_over() -> None:
    assert found(cover(form="practices")) == [("nothing-reported", "B3")]


def test_a_cover_that_names_another_form_cycle_or_entity_sets_the_return_aside() -> None:
    for code, issue, cell in (
        ("form", "unknown-form", "B1"),
        ("entity", "unknown-entity", "B3"),
        ("cycle", "other-cycle", "B4"),
    ):
        item = returned(cover(**{"form": "practices", code: "something"}), PRACTICES)

        assert item.status == "set-aside"
        assert [(one.code, one.cell) for one in item.issues] == [(issue, cell)]


def test_a_cover_that_names_another_of_our_forms_is_one_cause() -> None:
    item = returned(cover(form="progress"), PRACTICES)

    assert item.status == "set-aside"
    assert [(one.code, one.cell) for one in item.issues] == [("other-form", "B1")]
    assert item.issues[0].suggestion == FORMS["practices"].label


def test_a_sheet_that_is_missing_beside_others_of_its_form_is_no_other_form() -> None:
    overview = grid("Overview", "| heading | text |")

    item = returned(cover(form="progress"), overview, PRACTICES)

    assert item.status == ""
    assert "missing-sheet" in {one.code for one in item.issues}


def test_a_locked_line_that_was_changed_is_an_error_that_holds_nothing() -> None:
    about = cover(form="practices", review_from=dt.datetime(2001, 1, 1))

    intake = checked(returned(about, PRACTICES, form="practices"))

    assert ("cover-changed", "B5") in told(intake, "Cover")
    assert intake.held[0] == {}


def test_lines_are_found_by_label_where_the_codes_were_deleted() -> None:
    about = cover(form="practices")
    labels = {"form": "Form", "entity": "Entity", "cycle": "Cycle"}
    lines = [
        [labels.get(str(code)), value, None if code in labels else code]
        for _, value, code in about.rows
    ]

    item = returned(Grid("Cover", lines), PRACTICES)

    assert (item.entity, item.form) == (ENTITY, "practices")


def test_an_error_on_the_cover_is_told_as_what_it_shows() -> None:
    about = replace(cover(form="practices", completed=None), errors={"B13": "#NAME?"})

    assert ("error-value", "B13") in found(about)


def test_a_line_that_is_missing_is_named() -> None:
    lines = [line for line in cover(form="practices").rows if line[2] != "head"]

    assert ("missing-line", None) in found(Grid("Cover", lines))


def test_a_signed_return_needs_the_date() -> None:
    about = cover(form="practices", signed_off="Yes")

    assert ("required-with", "B15") in found(about)
