"""Totals with numbers of their own are asked about, whatever they are called; figures are not."""

from __future__ import annotations

import pytest
from intake.drawing import CODEBOOK, CYCLE, FORMS, Rows, cover, grid, returned, said

from wps_xl.intake.returns import Return
from wps_xl.intake.side_by_side import Gathering
from wps_xl.intake.sums import sums
from wps_xl.model import Issue

HEAD = "| measure_id | activity_id | measure | value | unit | amount_usd |"
PROGRESS = grid(
    "Progress",
    """
    | activity_id | area | activity                      | role |
    | A-1         | A    | Trained the staff of 3 posts. | Lead |
    """,
)


def figures(*rows: tuple[str, int | None, str] | tuple[str, int | None, str, int]) -> Rows:
    """Cells of Measures for what was measured, its value, its unit, and an amount."""
    return [[f"M-{at}", "A-1", *row] for at, row in enumerate(rows, start=1)]


def told(item: Return) -> list[Issue]:
    return list(sums(Gathering([item], FORMS, CODEBOOK, CYCLE)))


def asked(
    *rows: tuple[str, int | None, str] | tuple[str, int | None, str, int],
) -> list[str | None]:
    """The cells that are asked about; the first row is row 2."""
    sheet = grid("Measures", HEAD)
    sheet = type(sheet)("Measures", [*sheet.rows, *figures(*rows)])
    return [issue.cell for issue in told(returned(cover(), PROGRESS, sheet))]


@pytest.mark.parametrize(
    "words",
    [
        "Total staff trained",
        "Staff trained, total",
        "Total général du personnel",
        "Итого обучено",
        "培训人员合计",
        "المجموع الكلي للموظفين",
        "Personas, suma",
    ],
)
def test_a_total_of_two_rows_is_known_by_its_word_in_any_language(words: str) -> None:
    rows = [("women, Juba", 21, "persons"), ("women, Accra", 22, "persons")]

    assert asked(*rows, (words, 43, "persons")) == ["D4"]
    assert asked((words, 43, "persons"), *rows) == ["D2"]
    assert asked(*rows, (words, 44, "persons")) == []


def test_a_total_without_the_word_is_known_by_the_sum_of_its_neighbours() -> None:
    rows = [(f"course {at}", 20 + at, "persons") for at in range(1, 4)]

    assert asked(*rows, ("All field offices", 66, "persons")) == ["D5"]
    assert asked(("Field offices", 66, "persons"), *rows) == ["D2"]
    assert asked(*rows, ("centres", 7, "centres"), ("Field offices", 66, "persons")) == ["D6"]


def test_money_is_added_up_as_well_and_told_once_a_row() -> None:
    rows = [(f"course {at}", 20 + at, "persons", 1000 * at) for at in range(1, 4)]

    assert asked(*rows, ("All", 66, "persons", 6000)) == ["D5"]
    assert asked(*rows, ("All", None, "", 6000)) == ["F5"]


@pytest.mark.parametrize(
    "rows",
    [
        [("a", 1, "posts"), ("b", 2, "posts"), ("c", 3, "posts")],
        [("a", 1000, "posts"), ("b", 2000, "posts"), ("c", 3000, "posts"), ("d", 4000, "posts")],
        [("a", 21, "women"), ("b", 22, "men"), ("c", 23, "girls"), ("d", 66, "courses")],
        [("Total of women trained", 66, "women"), ("b", 10, "women")],
        [
            ("a", 20, "posts"),
            ("b", 22, "posts"),
            ("c", 24, "posts"),
            ("d", 66, "posts"),
            ("e", 9, "posts"),
        ],
    ],
)
def test_figures_that_add_up_by_chance_are_not_asked_about(
    rows: list[tuple[str, int, str]],
) -> None:
    assert asked(*rows) == []


def test_a_total_of_a_plan_is_known_by_its_core_amount() -> None:
    drawn = """
        | initiative_id | year | core_usd | estimate | secured |
        | I-1           | 2008 | 1500     | Estimate | No      |
        | I-1           | 2009 | 2500     | Estimate | No      |
        | I-1           | 2010 | 3700     | Estimate | No      |
        | I-1           | 2011 | 7700     | Estimate | No      |
        """

    found = told(returned(cover(form="plan"), grid("Resources", drawn), form="plan"))

    assert [(i.cell, i.also) for i in found] == [
        ("C5", ("Resources!C2", "Resources!C3", "Resources!C4"))
    ]


@pytest.mark.parametrize(
    "word", ["Итого", "合计：", "Sous-total personnel", "المجموع", "Insgesamt:"]
)
def test_a_total_row_says_so_in_any_language(word: str) -> None:
    sheet = grid(
        "Measures", f"{HEAD}\n| M-1 | A-1 | staff | 10 | persons | |\n| {word} | | | 10 | | |"
    )

    found = said(returned(cover(), PROGRESS, sheet), "Measures")

    assert [(i.code, i.cell) for i in found] == [("total-row", "A3")]
