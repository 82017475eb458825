"""The demonstration as LibreOffice and the validators see it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from office import Office, pivots, refresh
from sheets.pivot_lint import lint
from validators import assert_valid
from workbooks import code_list, table

THEMES = ["Prevention", "Participation", "Protection", "Relief and recovery", "Normative"]


@pytest.fixture(scope="module")
def seen(demo: Path, office: Office) -> list[dict[str, Any]]:
    """The PivotTables that LibreOffice finds, counted again from their tables."""
    _, found = office.ask(demo / "review.xlsx", refresh(), pivots())
    pivots_found: list[dict[str, Any]] = found
    return pivots_found


def test_the_review_workbook_and_the_draft_become_pdf(
    few: Path, office: Office, tmp_path: Path
) -> None:
    for name in ("review.xlsx", "council_report.docx"):
        pdf = office.convert(few / name, "pdf", tmp_path)

        assert pdf.read_bytes().startswith(b"%PDF-")
        assert pdf.stat().st_size > 50_000


def test_what_is_written_for_a_few_entities_is_valid(few: Path) -> None:
    # The whole demonstration, with plans, is held against the validators in test_every_pivot.
    names = ("review.xlsx", "council_report.docx", "returns/REV-2007_progress_UNDP.xlsx")
    assert_valid(*(few / name for name in names))


def test_no_pivot_breaks_a_rule_that_schemas_cannot_see(demo: Path) -> None:
    assert list(lint(demo / "review.xlsx")) == []


@pytest.fixture(scope="module")
def themed(demo: Path) -> pd.DataFrame:
    """The activities with the theme that the crosswalk gives them, computed here anew."""
    progress = table(demo / "review.xlsx", "Progress")
    rows = code_list(demo / "review.xlsx", "crosswalk")
    main = {row["area"]: str(row["theme"]) for row in rows if row["main"] == "yes"}
    themes = {"PREV": 0, "PART": 1, "PROT": 2, "RR": 3, "NORM": 4}
    names = progress["Area of action"].map(main).map(lambda code: THEMES[themes[code]])
    return progress.assign(theme=names)


@pytest.mark.parametrize("theme", THEMES)
def test_each_theme_sheet_has_a_pivot_with_the_totals_of_pandas(
    theme: str, seen: list[dict[str, Any]], themed: pd.DataFrame
) -> None:
    rows = themed[themed["theme"] == theme]
    found = [pivot for pivot in seen if pivot["sheet"] == theme]

    if rows.empty:
        assert found == []
        return
    (pivot,) = found
    assert (pivot["rows"], pivot["columns"]) == (["Entity"], ["Main strategy"])
    assert _grand_total(pivot) == len(rows)
    wanted = {str(k): v for k, v in rows.groupby("Entity").size().items()}
    assert _row_totals(pivot, set(wanted)) == wanted


def test_areas_of_action_shows_every_activity_once(
    seen: list[dict[str, Any]], themed: pd.DataFrame
) -> None:
    pivot = next(p for p in seen if p["sheet"] == "Areas of action" and p["columns"] == ["Area"])

    assert _grand_total(pivot) == len(themed)
    wanted = {str(k): v for k, v in themed.groupby("Entity").size().items()}
    assert _row_totals(pivot, set(wanted)) == wanted


def test_money_adds_up_to_the_amounts_of_measures(demo: Path, seen: list[dict[str, Any]]) -> None:
    measures = table(demo / "review.xlsx", "Measures")
    pivot = next(p for p in seen if p["sheet"] == "Money")

    assert _grand_total(pivot) == measures["Amount (US dollars)"].sum()


def _grand_total(pivot: dict[str, Any]) -> float:
    numbers = [value for value in pivot["cells"][-1] if isinstance(value, int | float)]
    return float(numbers[-1])


def _row_totals(pivot: dict[str, Any], entities: set[str]) -> dict[str, float]:
    found = {}
    for row in pivot["cells"]:
        numbers = [value for value in row if isinstance(value, int | float)]
        if row[0] in entities and numbers:
            found[row[0]] = numbers[-1]
    return found
