"""Sheets that are called otherwise or copied: their rows are found, and held back."""

from __future__ import annotations

import pytest
from intake.drawing import checked, cover, grid, returned, told

from wps_xl.intake.counted import gather
from wps_xl.model import Grid

ACTIVITIES = """
    | activity_id | area | activity                      | role |
    | A-1         | A    | Trained the staff of 3 posts. | Lead |
    | A-2         | A    | Trained the staff of 4 posts. | Lead |
    """
FIGURES = """
    | measure_id | activity_id | measure | value | unit    | numerator | denominator | percent | amount_usd | {} |
    | M-1        | A-1         | staff   | 5     | persons |           |             |         |            |    |
    | M-2        | A-2         | staff   | 6     | persons |           |             |         |            |    |
    """  # noqa: E501
MORE = "funding_source | precision | period_start | period_end | women | girls | men | boys"


def figures(name: str, value: int = 6) -> Grid:
    return grid(name, FIGURES.format(MORE).replace("6", str(value)))


def held(*grids: Grid) -> list[tuple[str, int, str]]:
    """Sheet, row and reason of what is held back; found is accepted and held back."""
    gathered = gather(checked(returned(cover(), grid("Progress", ACTIVITIES), *grids)))
    assert gathered.found == gathered.accepted + len(gathered.held_back)
    return [(row.sheet, row.row, row.reason) for row in gathered.held_back]


def test_rows_of_a_renamed_sheet_are_found_and_held_back() -> None:
    assert held(figures("Figures")) == [
        ("Figures", 2, "renamed-sheet"),
        ("Figures", 3, "renamed-sheet"),
    ]


def test_rows_of_a_copied_sheet_are_found_and_held_back() -> None:
    same = held(figures("Measures"), figures("Measures (2)"))
    more = held(figures("Measures"), figures("Measures (2)", value=7))

    assert same == [("Measures (2)", row, "copied-sheet") for row in (2, 3)]
    assert more == [("Measures (2)", row, "copied-rows") for row in (2, 3)]


def test_a_copy_is_a_warning_and_an_error_where_it_has_rows_of_its_own() -> None:
    same = checked(returned(cover(), figures("Measures"), figures("Measures (2)")))
    more = checked(returned(cover(), figures("Measures"), figures("Measures (2)", value=7)))

    said = [(i.code, i.severity) for item in (same, more) for i in item.issues if "cop" in i.code]
    assert said == [("copied-sheet", "warning"), ("copied-rows", "error")]


@pytest.mark.parametrize(
    ("remark", "found"),
    [
        ("ask Mary", [("beside-table", "F2")]),
        ('"  "', []),
        ("7", [("beside-table", "F2")]),
    ],
)
def test_what_stands_beside_the_table_is_noted_where_it_can_be_seen(
    remark: str, found: list[tuple[str, str]]
) -> None:
    drawing = f"""
        | activity_id | area | activity                      | role |  | {""}     |
        | A-1         | A    | Trained the staff of 3 posts. | Lead |  | {remark} |
        """

    assert told(returned(cover(), grid("Progress", drawing)), "Progress") == found


def test_each_sheet_of_the_entity_is_noted_and_so_is_a_hidden_one_but_no_blank_one() -> None:
    own = [Grid("Annex", [[], [None, "Figures"]]), Grid("Old", [["Figures"]])]
    others = [Grid("Blank", []), Grid("Hidden", [["Figures"]], visible=False)]

    found = checked(returned(cover(), figures("Measures"), *own, *others))

    notes = [issue for issue in found.issues if issue.code == "own-sheet"]
    places = [(issue.sheet, issue.cell) for issue in notes]
    assert places == [("Annex", "B2"), ("Hidden", "A1"), ("Old", "A1")]
    assert "It is hidden." in notes[1].message
