# ruff: noqa: E501 - a drawing is as wide as its sheet.
"""Which row holds the headings, which column is which, wherever they were moved."""

from __future__ import annotations

from intake.drawing import CYCLE, FORMS, grid

from wps_xl.intake.tables import RawTable, raw_table

RESOURCES = FORMS["plan"].sheets["Resources"]


def table(drawing: str, **about: object) -> RawTable:
    return raw_table(grid("Resources", drawing, **about), RESOURCES, CYCLE.classification)


def misfits(raw: RawTable) -> list[tuple[str, str | None, str]]:
    return [(misfit.code, misfit.cell, misfit.column) for misfit in raw.misfits]


def test_columns_are_known_by_their_codes_in_any_order_and_under_any_heading() -> None:
    raw = table(
        """
        | our remark | estimate | year | core_usd | initiative_id | extrabudgetary_usd | secured | predictability |
        | note       | Kind     | When | Core     | Initiative    | Extra              | Sure    | For how long   |
        | ask Mary   | Actual   | 2008 | 5        | I-1           |                    |         |                |
        """
    )

    assert misfits(raw) == [("changed-heading", "B2", "estimate")]
    assert raw.misfits[0].also == ("C2", "D2", "E2", "F2", "G2", "H2")
    assert raw.letters["year"] == "C"
    assert raw.headings["year"] == "When"
    assert (raw.numbers, raw.columns["initiative_id"]) == ([3], ["I-1"])


def test_columns_are_known_by_their_headings_where_the_codes_were_deleted() -> None:
    raw = table(
        """
        |                |      |                   |                             |                    |         |                |
        | Initiative No. | Year | CORE (US dollars) | Extrabudgetary (US dollars) | Actual or estimate | Secured | Predictability |
        | I-1            | 2008 | 5                 |                             | Actual             |         |                |
        """
    )

    assert misfits(raw) == []
    assert raw.columns["core_usd"] == [5]


def test_rows_below_a_gap_count_and_own_columns_make_no_row() -> None:
    raw = table(
        """
        | initiative_id | year | core_usd | extrabudgetary_usd | estimate | secured | predictability | own  |
        | I-1           | 2008 | 5        |                    | Actual   |         |                |      |
        |               |      |          |                    |          |         |                | note |
        |               |      |          |                    |          |         |                |      |
        | I-2           | 2009 | 6        |                    | Actual   |         |                |      |
        """
    )

    assert raw.numbers == [2, 5]


def test_a_misspelt_heading_and_one_that_was_called_otherwise_are_renamed_columns() -> None:
    raw = table(
        """
        | Initiative No. | Yaer | Core (US dollars) | Extrabudgetary (US dollars) | Status | Secured | Predictability |
        """
    )

    assert misfits(raw) == [
        ("renamed-column", "B1", "year"),
        ("renamed-column", "E1", "estimate"),
    ]


def test_a_missing_column_points_at_the_first_heading() -> None:
    raw = table(
        """
        | initiative_id | core_usd | extrabudgetary_usd | estimate | predictability |
        """
    )

    assert misfits(raw) == [
        ("missing-column", "A1", "year"),
        ("missing-optional-column", "A1", "secured"),
    ]


def test_a_column_that_stands_twice_names_both() -> None:
    raw = table(
        """
        | initiative_id | year | core_usd | extrabudgetary_usd | estimate | secured | predictability | year |
        """
    )

    assert misfits(raw) == [("duplicate-column", "H1", "year")]
    assert raw.misfits[0].also == ("B1",)


def test_codes_and_headings_shifted_against_each_other_are_one_fault() -> None:
    raw = table(
        """
        | initiative_id  | year              | core_usd | extrabudgetary_usd          | estimate           | secured | predictability |
        | Initiative No. | Core (US dollars) | Year     | Extrabudgetary (US dollars) | Actual or estimate | Secured | Predictability |
        """
    )

    assert misfits(raw) == [("code-heading-conflict", "B2", "year")]
    assert raw.misfits[0].also == ("C2",)


def test_headings_merged_over_their_neighbours_are_harmless_while_codes_are_there() -> None:
    drawing = """
        | {} | {} | core_usd | extrabudgetary_usd | estimate | secured | predictability |
        | Initiative No. | | Core (US dollars) | Extrabudgetary (US dollars) | Actual or estimate | Secured | Predictability |
        """

    known = table(drawing.format("initiative_id", "year"), merged=("A2:B2",))
    lost = table(drawing.format("x", "y").replace("core_usd", "z"), merged=("A2:B2",))

    assert misfits(known) == [("merged-headings", "A2", "initiative_id")]
    assert ("merged-columns", "A2", "initiative_id") in misfits(lost)


def test_no_row_is_taken_for_headings_that_were_deleted() -> None:
    drawn = """
        | area | thematic_area | focus               | challenge        | challenge_kind | progress_kinds |
        | B    | PART          | Women at the table. | Visas come late. | Other          | policy         |
    """
    few = """
        | area | thematic_area | focus               | challenge        | challenge_kind | progress_kinds |
        | B    |               | Women at the table  |                  |                |                |
    """

    for drawing in (drawn, few):
        found = raw_table(grid("Overview", drawing), FORMS["progress"].sheets["Overview"], "areas")

        assert (found.numbers, found.heading_row) == ([2], 1)


def test_a_sheet_without_headings_says_so() -> None:
    assert misfits(table("| I-1 | 2008 |")) == [("no-heading-row", None, "")]
