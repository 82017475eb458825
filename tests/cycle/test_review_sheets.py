"""Sheets Start and Comparison of the review workbook, and its control totals."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from workbooks import change_return, run, table


@pytest.fixture(scope="module")
def book(few: Path) -> Workbook:
    return load_workbook(few / "review.xlsx")


def test_every_visible_sheet_has_a_link_on_start_that_stays_inside_the_workbook(
    book: Workbook,
) -> None:
    links = [cell.hyperlink for row in book["Start"].iter_rows() for cell in row if cell.hyperlink]

    assert all(link.target is None for link in links)
    reached = {str(link.location).split("!")[0].strip("'") for link in links}
    visible = {sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"}
    assert reached == visible - {"Start"}


def test_start_says_what_comes_next(book: Workbook) -> None:
    words = " ".join(
        str(cell.value) for row in book["Start"].iter_rows() for cell in row if cell.value
    )

    assert "Remind: 8 returns are missing." in words
    assert "4 of 12" in words
    assert "of the 8,500 that the draft may have" in words


def test_a_comparison_names_the_cell_that_changed_and_totals_are_those_of_the_measures(
    copy_of_few: Path, tmp_path: Path
) -> None:
    before = Path(shutil.copy(copy_of_few / "review.xlsx", tmp_path / "snapshot.xlsx"))
    returns, workbook = copy_of_few / "returns", copy_of_few / "review.xlsx"
    said = (
        "Co-sponsored training of local women in conflict prevention skills; "
        "13 of the 33 facilitators trained were female"
    )
    change_return(returns / "REV-2007_progress_UNDP.xlsx", "Progress", "A-1", "activity", said)
    wfp = returns / "REV-2007_progress_WFP.xlsx"
    change_return(wfp, "Measures", "M-1", "amount_usd", 1200.25)
    gathering = ("consolidate", returns, "--workbook", workbook)

    result = run(*gathering, "--compare", before, "--json", tmp_path / "found.json")

    since = "Since snapshot.xlsx: Money 1 changed, Progress 1 changed, Measures 1 changed."
    assert since in " ".join(result.output.split())
    told = table(workbook, "Comparison").set_index("Sheet")
    line = told.loc["Progress"]
    assert (line["Entity"], line["Row id"], line["Now"]) == ("UNDP", "A-1", said)
    sheet, cell = str(line["Cell"]).split("!")
    assert load_workbook(workbook)[sheet][cell].value == said
    assert list(told.index) == ["Money", "Progress", "Measures"]
    data = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    rows = data["rows"]
    assert rows["found"] == rows["accepted"] + len(rows["held_back"]) > 100
    measures = table(workbook, "Measures")["Amount (US dollars)"].sum()
    assert data["totals"]["amount_usd"] == round(float(measures), 2) == 1200.25
