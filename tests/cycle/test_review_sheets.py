"""Sheets Start and Comparison of the review workbook, and its control totals."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from openpyxl import load_workbook
from workbooks import change_return, run, table


def test_every_visible_sheet_has_a_link_on_start_that_stays_inside_the_workbook(
    demo: Path,
) -> None:
    book = load_workbook(demo / "review.xlsx")
    links = [cell.hyperlink for row in book["Start"].iter_rows() for cell in row if cell.hyperlink]

    assert all(link.target is None for link in links)
    reached = {str(link.location).split("!")[0].strip("'") for link in links}
    visible = {sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"}
    assert reached == visible - {"Start"}


def test_start_says_what_comes_next(demo: Path) -> None:
    sheet = load_workbook(demo / "review.xlsx")["Start"]
    words = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)

    assert "Remind: 60 returns are missing." in words
    assert "30 of 90" in words
    assert "of the 8,500 that the draft may have" in words


def test_a_comparison_names_the_cell_that_changed_and_nothing_else(
    copy_of_demo: Path, tmp_path: Path
) -> None:
    before = Path(shutil.copy(copy_of_demo / "review.xlsx", tmp_path / "snapshot.xlsx"))
    returns, workbook = copy_of_demo / "returns", copy_of_demo / "review.xlsx"
    said = (
        "Co-sponsored training of local women in conflict prevention skills; "
        "13 of the 33 facilitators trained were female"
    )
    change_return(returns / "REV-2007_progress_UNDP.xlsx", "Progress", "A-1", "activity", said)

    result = run("consolidate", returns, "--workbook", workbook, "--compare", before)

    assert "Since snapshot.xlsx: Progress 1 changed." in result.output
    (line,) = table(workbook, "Comparison").to_dict("records")
    assert (line["Entity"], line["Row id"], line["Now"]) == ("UNDP", "A-1", said)
    sheet, cell = str(line["Cell"]).split("!")
    assert load_workbook(workbook)[sheet][cell].value == said


def test_the_control_totals_are_those_of_the_measures(copy_of_demo: Path, tmp_path: Path) -> None:
    workbook, found = copy_of_demo / "review.xlsx", tmp_path / "found.json"

    run("consolidate", copy_of_demo / "returns", "--workbook", workbook, "--json", found)

    told = json.loads(found.read_text(encoding="utf-8"))
    rows = told["rows"]
    assert rows["found"] == rows["accepted"] + len(rows["held_back"])
    measures = table(workbook, "Measures")["Amount (US dollars)"].sum()
    assert told["totals"]["amount_usd"] == round(float(measures), 2)
