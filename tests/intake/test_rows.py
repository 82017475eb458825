# ruff: noqa: E501 - a drawing is as wide as its sheet.
"""Rows that are not what they seem, and rows that contradict themselves."""

from __future__ import annotations

from intake.drawing import checked, grid, returned, said, told

HEAD = "| measure_id | activity_id | measure | value | unit | numerator | denominator | percent | amount_usd | funding_source | precision | women | men |"
PROGRESS = grid(
    "Progress",
    """
    | activity_id | area | activity                        | role |
    | A-1         | A    | Trained the staff of a mission. | Lead |
    | A-2         | A    | Trained the staff of a mission. | Lead |
    """,
)


def figures(*lines: str) -> list[tuple[str, str | None]]:
    """What is told of these rows of Measures, the first of which is row 2."""
    sheet = grid("Measures", "\n".join([HEAD, *lines]))
    return told(checked(returned(PROGRESS, sheet)), "Measures")


def test_a_row_in_which_nothing_is_wrong_is_passed_over() -> None:
    assert (
        figures("| M-1 | A-1 | staff trained | 10 | persons | 290 | 2300 | 12.6 | | | | 4 | 6 |")
        == []
    )


def test_a_percentage_must_be_the_quotient_as_it_is_rounded() -> None:
    found = figures(
        "| M-1 | A-1 | profiles | | | 290 | 2300 | 13 |",
        "| M-2 | A-1 | profiles | | | 290 | 2300 | 12.61 |",
        "| M-3 | A-1 | profiles | | | 290 | 2300 | 12.5 |",
        "| M-4 | A-1 | profiles | | | 290 | 2300 | 16 |",
    )

    assert found == [("not-the-quotient", "H4"), ("not-the-quotient", "H5")]


def test_61_per_cent_of_10_cannot_be() -> None:
    found = figures(
        "| M-1 | A-1 | heads of office | | | | 10 | 61 |",
        "| M-2 | A-1 | heads of office | | | | 10 | 60 |",
        "| M-3 | A-1 | heads of office | | | | 18 | 61 |",
    )

    assert found == [("impossible-percentage", "H2")]


def test_a_percentage_below_one_is_asked_about_since_excel_keeps_it_so() -> None:
    assert figures("| M-1 | A-1 | heads | | | | | 0.61 |") == [("percent-as-fraction", "H2")]


def test_sex_and_age_are_together_not_above_the_value() -> None:
    found = figures(
        "| M-1 | A-1 | staff | 10 | persons | | | | | | | 6 | 5 |",
        "| M-2 | A-1 | staff | 11 | persons | | | | | | | 6 | 5 |",
    )

    assert found == [("parts-over-value", "L2")]


def test_money_needs_its_source_and_precision() -> None:
    assert figures("| M-1 | A-1 | staff | | | | | | 500 |") == [
        ("expected-with", "J2"),
        ("expected-with", "K2"),
    ]


def test_a_total_row_is_told_once_with_or_without_the_word() -> None:
    found = figures(
        "| M-1 | A-1 | staff | 10 | persons |",
        "| M-2 | A-2 | staff | 20 | persons |",
        "| Total: | | | 30 | |",
        "| | | | 60 | |",
    )

    assert found == [("total-row", "A4"), ("total-row", "A5")]


def test_a_row_that_begins_with_another_word_than_total_is_none() -> None:
    assert figures("| Totally-1 | A-1 | totals of staff | 10 | persons |") == []


def test_a_hidden_row_is_told_at_its_first_cell() -> None:
    lines = f"{HEAD}\n| M-1 | A-1 | staff | 10 | persons |\n| M-2 | A-2 | staff | 9 | persons |"
    sheet = grid("Measures", lines, hidden_rows=frozenset({3}))

    assert told(checked(returned(PROGRESS, sheet)), "Measures") == [("hidden-rows", "A3")]


def test_merged_cells_that_hide_a_required_value_are_one_error_and_hold_every_row() -> None:
    sheet = grid(
        "Progress",
        """
        | activity_id | area | activity                        | role |
        | A-1         | A    | Trained the staff of a mission. | Lead |
        | A-2         | A    | Trained the police of a town.   |      |
        | A-3         | A    | Trained the judges of a court.  |      |
        """,
        merged=("D2:D4",),
    )

    intake = checked(returned(sheet))

    assert told(intake, "Progress") == [("merged-cells", "D2")]
    assert intake.held[0] == {("Progress", row): "merged-cells" for row in (2, 3, 4)}


def test_spaces_in_a_required_cell_are_one_issue_that_shows_them() -> None:
    sheet = grid(
        "Progress",
        """
        | activity_id | area | activity                        | role    |
        | A-1         | A    | Trained the staff of a mission. | "\\u00a0" |
        """,
    )

    (issue,) = [one for one in checked(returned(sheet)).issues if one.cell == "D2"]

    assert (issue.code, issue.severity) == ("required", "error")
    assert "holds only spaces (“⍽”)" in issue.message


def test_a_number_that_stands_twice_is_one_issue_and_holds_both_rows() -> None:
    sheet = grid(
        "Progress",
        """
        | activity_id | area | activity                        | role |
        | A-1         | A    | Trained the staff of a mission. | Lead |
        | A-2         | A    | Trained the police of a town.   | Lead |
        | a-1         | A    | Trained the judges of a court.  | Lead |
        """,
    )

    intake = checked(returned(sheet))

    (issue,) = said(intake, "Progress")
    assert (issue.code, issue.cell, issue.also, issue.suggestion) == (
        "duplicate-number",
        "A4",
        ("Progress!A2",),
        "a-3",
    )
    assert set(intake.held[0]) == {("Progress", 2), ("Progress", 4)}


def test_a_number_begins_with_the_letter_of_its_area() -> None:
    sheet = grid(
        "Progress",
        """
        | activity_id | area | activity                        | role |
        | A-1         | B    | Trained the staff of a mission. | Lead |
        | B7          | B    | Trained the police of a town.   | Lead |
        """,
    )

    (issue,) = said(checked(returned(sheet)), "Progress")

    assert (issue.code, issue.cell, issue.also, issue.suggestion) == (
        "number-letter",
        "A2",
        ("Progress!B2",),
        "B-1",
    )


def test_a_symbol_that_no_list_knows_is_asked_about() -> None:
    sheet = grid(
        "Practices",
        """
        | practice_id | evidence                            |
        | P-1         | S/2006/77                           |
        | P-2         | S/2006/770, para. 5; S/RES/1325     |
        | P-3         | S/2007/567/Add.1 and S/RES/1325 (2000) |
        | P-4         | http://www.example.org/A/12/b       |
        | P-5         | men and/or women                    |
        """,
    )

    issues = checked(returned(sheet, form="practices")).issues

    (issue,) = [one for one in issues if one.code == "unknown-symbol"]
    assert (issue.cell, issue.found, issue.suggestion) == ("B2", "S/2006/77", "S/2006/770")


def test_a_row_held_back_draws_those_that_name_it_and_says_so() -> None:
    progress = grid(
        "Progress",
        """
        | activity_id | area | activity                        | role |
        | A-1         | A    | Trained the staff of a mission. | boss |
        """,
    )
    measures = grid("Measures", f"{HEAD}\n| M-1 | A-1 | staff | 10 | persons |")

    intake = checked(returned(progress, measures))

    (issue,) = [one for one in intake.issues if one.severity == "error" and one.cell]
    assert "Held back with it, since they refer to it: Measures row 2." in issue.message
    assert intake.held[0] == {
        ("Progress", 2): "list-value",
        ("Measures", 2): "refers-to-held-back",
    }


def test_an_unreadable_number_explains_the_references_to_it() -> None:
    progress = grid(
        "Progress",
        """
        | activity_id | area | activity                      | role |
        |             | A    | Trained the staff of 3 posts. | Lead |
        """,
        errors={"A2": "#REF!"},
    )
    measures = grid("Measures", f"{HEAD}\n| M-1 | A-1 | staff | 10 | persons |")

    found = told(checked(returned(progress, measures)), "Progress", "Measures")

    assert found == [("error-value", "A2")]


def test_references_to_a_missing_column_are_not_run_and_listed_so() -> None:
    progress = grid("Progress", "| area | activity | role |\n| A | Trained all the staff. | Lead |")
    measures = grid("Measures", f"{HEAD}\n| M-1 | A-1 | staff | 10 | persons |")

    intake = checked(returned(progress, measures))

    assert told(intake, "Measures") == []
    assert "return.xlsx: Activity No. of Measures against Progress" in intake.not_run
