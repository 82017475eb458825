# ruff: noqa: E501 - a drawing is as wide as its sheet.
"""Rows that are no data: headings once more, tags, notes, titles; each is one issue, and counted."""

from __future__ import annotations

import pytest
from intake.drawing import CODEBOOK, FORMS, checked, cover, grid, returned, said

from wps_xl.intake.counted import gather
from wps_xl.intake.rows import odd_rows
from wps_xl.intake.tables import raw_table

RESOURCES = """
    | initiative_id  | year | core_usd          | extrabudgetary_usd          | estimate           | secured |
    | Initiative No. | Year | Core (US dollars) | Extrabudgetary (US dollars) | Actual or estimate | Secured |
    | I-1            | 2008 | 5000              | 100                         | Actual             | Yes     |
    {}
    | I-1            | 2009 | 6000              | 200                         | Estimate           | No      |
    """
ACTIVITIES = """
    | activity_id | area           | activity         | role               | place |
    | No.         | Area of action | What was done    | Role of the entity | Place (free text) |
    | A-1         | A    | Trained the staff of 3 posts. | Lead |       |
    {}
    | A-2         | A    | Trained the staff of 4 posts. | Lead |       |
    """
FORM = {"Resources": "plan", "Progress": "progress"}
SHEET = {"Resources": RESOURCES, "Progress": ACTIVITIES}


def strays(sheet: str, row: str, **about: object) -> list[tuple[str, str | None]]:
    """What is said of a row between two others as a row."""
    form = FORMS[FORM[sheet]].sheets[sheet]
    raw = raw_table(grid(sheet, SHEET[sheet].format(row), **about), form, "areas")
    required = {c.code for c in form.columns.values() if c.is_required("areas")}
    return [(odd.code, odd.cell) for odd in odd_rows(raw, form, CODEBOOK, required)]


@pytest.mark.parametrize(
    ("sheet", "row"),
    [
        (
            "Resources",
            "| Initiative No. | Year | Core (US dollars) | Extrabudgetary (US dollars) | Actual or estimate | Secured |",
        ),
        (
            "Resources",
            "| initiative_id | year | core_usd | extrabudgetary_usd | estimate | secured |",
        ),
        ("Progress", "| No. | AREA OF ACTION | What was done | Role of the entity |"),
        ("Resources", "| #activity+code | #date+year | #value+usd | | #status |"),
        ("Progress", "| #id | #sector | #activity |"),
        ("Resources", "| * Amounts are provisional |"),
        ("Progress", "| Note: figures of 2006 | see our letter |"),
        ("Progress", "| Источник: данные отделений |"),
        ("Progress", "| Peacemaking |"),
        ("Resources", "| Second phase of the initiative |"),
        ("Progress", "| | | | | Source: our database |"),
    ],
)
def test_a_row_that_is_none_is_one_issue_at_its_first_filled_cell(sheet: str, row: str) -> None:
    found = strays(sheet, row)

    assert [(code, (cell or "").strip("ABCDE")) for code, cell in found] == [("no-data-row", "4")]


def test_a_title_over_merged_cells_is_told_once() -> None:
    found = strays("Progress", "| Work in the field |", merged=("A4:D4",))

    assert found == [("no-data-row", "A4")]


@pytest.mark.parametrize(
    ("sheet", "row"),
    [
        ("Progress", "| A-7 |"),
        ("Progress", "| | | Trained all staff of the mission in June. |"),
        ("Progress", "| I 2 | A | Trained the staff of 5 posts. | Lead |"),
        ("Resources", "| I-2 | 2009 |"),
        ("Progress", "| A-3 | A | No. 7 was trained in our field office. | Lead | No. |"),
    ],
)
def test_a_row_with_too_little_in_it_stays_a_row(sheet: str, row: str) -> None:
    assert "no-data-row" not in {code for code, _ in strays(sheet, row)}


def test_rows_below_headings_in_another_order_are_one_issue_and_never_count() -> None:
    drawn = SHEET["Progress"].format(
        """| A-9 | A | Trained the staff of 9 posts. | Lead | |
        | What was done | Role of the entity | No. | Area of action | Place (free text) |
        | Trained the staff of 5 posts. | Lead | A-5 | A | |
        | Trained the staff of 6 posts. | Lead | A-6 | A | |"""
    )

    intake = checked(returned(cover(), grid("Progress", drawn)))

    assert [(i.code, i.cell, i.also) for i in said(intake, "Progress")] == [
        ("shifted-rows", "A5", ("Progress!A6", "Progress!A7", "Progress!A8"))
    ]
    gathered = gather(intake)
    assert gathered.found == gathered.accepted + len(gathered.held_back)
    assert intake.held[0] == {("Progress", row): "shifted-rows" for row in (5, 6, 7, 8)}


def test_a_note_under_prepared_rows_is_told_and_a_label_is_none() -> None:
    drawn = """
        | question | text | answer | evidence     |
        | Q-A0     | Did? | Yes    | See Progress |
        | Q-A1     | Did? |        |              |
        | Answers of the field offices are missing | | | |
        """

    issues = said(checked(returned(cover(), grid("Checklist", drawn))), "Checklist")

    assert [i.cell for i in issues if i.code == "no-data-row"] == ["A4"]
