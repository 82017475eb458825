"""Answers about a whole sheet, merged cells and rows of totals."""

from __future__ import annotations

from pathlib import Path

import pytest
from cycle.desk import Desk
from openpyxl import load_workbook
from rows import rows_in

from wps_xl.analysis.money import totals
from wps_xl.desk.commands.store import with_rows
from wps_xl.model import Value

VALUE = "Value"


def test_an_answer_that_cannot_be_used_names_those_that_can(desk: Desk) -> None:
    book = load_workbook(desk.file("UNICEF"))
    book["Progress"].merge_cells("C5:E5")
    book["Measures"].title = "Figures"
    book.save(desk.file("UNICEF"))
    desk.held()
    merged, renamed = desk.issue("UNICEF", "C5"), _line(desk, "Figures")
    desk.answer("UNICEF", "C5", "use value", "lead")

    desk.held()

    assert (merged["Suggestion"], renamed["Suggestion"]) == (None, None)
    message = str(desk.issue("UNICEF", "C5")["Message"])
    assert message.endswith("Choose “accept as is”, “ask entity” or “dismiss”.")
    assert message.count("are merged") == 1


def test_a_renamed_sheet_that_is_accepted_counts(desk: Desk) -> None:
    book = load_workbook(desk.file("UNICEF"))
    book["Measures"].title = "Figures"
    book.save(desk.file("UNICEF"))
    held = desk.held()
    rows = rows_in(desk.review, "Issues")
    _of(rows, "Figures")["Our answer"] = "accept as is"
    desk.review = with_rows(desk.review, "Issues", rows)

    assert {sheet for sheet, _ in held} == {"Figures"}
    assert desk.held() == []
    assert desk.value("Measures", "UNICEF", "M-2", VALUE) is not None


def _line(desk: Desk, found: str) -> dict[str, Value]:
    return _of(rows_in(desk.review, "Issues"), found)


def _of(rows: list[dict[str, Value]], found: str) -> dict[str, Value]:
    return next(row for row in rows if row["Found"] == found)


@pytest.mark.parametrize("choice", ["dismiss", "accept as is"])
def test_a_total_row_never_counts_whatever_is_answered(desk: Desk, choice: str) -> None:
    cell = _add_total(desk.file("UNICEF"))
    before = desk.consolidate()
    desk.answer("UNICEF", cell, choice)

    after = desk.consolidate()

    assert desk.issue("UNICEF", cell).get("Severity") in (None, "answered")
    assert totals(after.review) == totals(before.review)
    held = [(row.sheet, row.row, row.reason) for row in after.gathered.held_back]
    assert held == [("Measures", int(cell[1:]), "total-row")]


def _add_total(file: Path) -> str:
    """Write a row of totals below the last measure; the address of its first cell."""
    book = load_workbook(file)
    sheet = book["Measures"]
    codes = [cell.value for cell in sheet[3]]
    row = max(number for number in range(5, sheet.max_row + 1) if sheet.cell(number, 1).value) + 1
    sheet.cell(row, 1).value = "Total"
    sheet.cell(row, codes.index("amount_usd") + 1).value = 1_700_000
    book.save(file)
    return f"A{row}"
