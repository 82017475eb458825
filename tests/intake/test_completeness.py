"""What is not there although the form asks for it."""

from __future__ import annotations

from intake.drawing import CODEBOOK, checked, cover, grid, returned, said, told

from wps_xl.model import Grid, Value

QUESTIONS = list(CODEBOOK["questions"])


def checklist(answers: dict[str, str | None], leave_out: str = "") -> Grid:
    """The prepared sheet with these answers, "no" to all other questions."""
    lines: list[list[Value]] = [["question", "text", "answer", "evidence"]]
    for code in QUESTIONS:
        answer = answers.get(code, "no")
        if code != leave_out:
            shown: list[Value] = [code, CODEBOOK["questions"][code]["text"], answer]
            lines.append([*shown, "See row 1"] if answer == "yes" else shown)
    return Grid("Checklist", lines)


def test_a_question_without_an_answer_is_asked_for_at_its_answer() -> None:
    intake = checked(returned(checklist({QUESTIONS[1]: None})))

    assert told(intake, "Checklist") == [("question-unanswered", "C3")]


def test_a_missing_question_points_at_the_first_heading() -> None:
    intake = checked(returned(checklist({}, leave_out=QUESTIONS[1])))

    (issue,) = said(intake, "Checklist")
    assert (issue.code, issue.cell, issue.found) == ("question-missing", "A1", QUESTIONS[1])


def test_a_question_that_stands_twice_explains_the_one_that_is_lost() -> None:
    sheet = checklist({})
    rows = [list(row) for row in sheet.rows]
    rows[2][0] = QUESTIONS[0]

    intake = checked(returned(Grid("Checklist", rows)))

    assert told(intake, "Checklist") == [("duplicate-number", "A3")]


def test_an_initiative_needs_a_result() -> None:
    initiatives = grid(
        "Initiatives", "| initiative_id | title |\n| I-1 | First |\n| I-2 | Second |"
    )
    results = grid("Results", "| result_id | initiative_id |\n| R-1 | i-1 |")

    intake = checked(returned(initiatives, results, form="plan"))

    assert ("initiative-without-result", "A3") in told(intake, "Initiatives")
    assert ("initiative-without-result", "A2") not in told(intake, "Initiatives")


def test_a_result_that_leads_nowhere_explains_the_initiative_without_one() -> None:
    initiatives = grid("Initiatives", "| initiative_id | title |\n| I-1 | First |")
    results = grid("Results", "| result_id | initiative_id |\n| R-1 | I-7 |")

    intake = checked(returned(initiatives, results, form="plan"))

    codes = [issue.code for issue in said(intake, "Initiatives", "Results")]
    assert "unknown-reference" in codes
    assert "initiative-without-result" not in codes


def test_a_prepared_result_without_an_update_is_an_error() -> None:
    updates = grid(
        "Updates",
        """
        | result_id | initiative_id | indicator | latest | latest_date | rating   | note |
        | R-1       | I-1           | trained   |        |             | On track |      |
        | R-2       | I-1           | trained   |        |             |          |      |
        """,
    )
    progress = grid("Progress", "| activity_id | area |\n| A-1 | A |")

    intake = checked(returned(cover(), progress, updates))

    assert told(intake, "Updates") == [("one-of-required", "D3")]
