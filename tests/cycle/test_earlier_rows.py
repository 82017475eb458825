"""Rows of earlier runs: what stands in no return does not count, and a return can be withdrawn."""

from __future__ import annotations

import json
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from workbooks import run, table

ENTITY, OTHER = "WFP", "UNDP"
AMOUNT = "Amount (US dollars)"
BELOW = -1
"""The row below the last."""


def columns(sheet: Worksheet) -> tuple[int, dict[str, int]]:
    """The row of the headings of a sheet of the review workbook, and where each stands."""
    top = next(r for r in range(1, 20) if sheet.cell(r, 1).value == "Entity")
    return top, {str(cell.value): int(cell.column or 0) for cell in sheet[top]}


def typed(workbook: Path, name: str, rows: dict[int, dict[str, object]]) -> None:
    """Type values into rows of a sheet, counted from its first."""
    book = load_workbook(workbook)
    sheet = book[name]
    top, places = columns(sheet)
    filled = [n for n in range(top + 1, sheet.max_row + 1) if sheet.cell(n, 1).value]
    for row, values in rows.items():
        number = filled[-1] + 1 if row == BELOW else filled[row]
        for heading, value in values.items():
            sheet.cell(number, places[heading]).value = value  # type: ignore[assignment]
    book.save(workbook)


def first_row(workbook: Path, entity: str) -> int:
    return table(workbook, "Measures")["Entity"].tolist().index(entity)


def money(workbook: Path) -> float:
    """The amounts reported."""
    return float(sum(table(workbook, "Measures")[AMOUNT].dropna()))


def consolidate(workbook: Path, *paths: Path) -> str:
    """What a consolidation said."""
    told = run("consolidate", *paths, "--workbook", workbook)
    assert told.exit_code in (0, 1), told.output
    return told.output


def test_what_is_typed_into_a_data_sheet_does_not_count_whatever_is_gathered(
    copy_of_few: Path,
) -> None:
    workbook, returns = copy_of_few / "review.xlsx", copy_of_few / "returns"
    other = next(returns.glob(f"*_progress_{OTHER}.xlsx"))
    before = money(workbook)
    row: dict[str, object] = {"Entity": ENTITY, "No.": "M-77", "What is measured": "typed here"}
    row[AMOUNT] = 5e6
    typed(workbook, "Measures", {first_row(workbook, ENTITY): {AMOUNT: 7e6}, BELOW: row})

    said, after = consolidate(workbook, other), money(workbook)

    assert after == before
    # A row that was typed is named and kept in Notes; of one typed over, the return counts again.
    assert "not counted: Measures row" in said
    notes = "\n".join(map(str, table(workbook, "Notes")["Text"]))
    assert all(str(part) in notes for part in (ENTITY, "M-77", "typed here", 5000000))
    assert f"Read again, since rows of theirs were typed over: {_file(returns).name}" in said


def test_rows_of_a_return_that_is_gone_are_kept_and_named_and_those_typed_over_are_held(
    copy_of_few: Path,
) -> None:
    workbook, returns = copy_of_few / "review.xlsx", copy_of_few / "returns"
    before = money(workbook)
    typed(workbook, "Measures", {first_row(workbook, ENTITY): {AMOUNT: 7e6}})
    file = _file(returns).rename(copy_of_few / _file(returns).name)

    said, after = consolidate(workbook, returns), money(workbook)

    assert after <= before
    assert "held back until their returns are read again: Measures row" in said
    assert f"Kept from earlier runs: {ENTITY} progress ({file.name})" in said
    assert ENTITY in table(workbook, "Progress")["Entity"].tolist()


def _file(returns: Path) -> Path:
    return next(returns.glob(f"*_progress_{ENTITY}.xlsx"))


def test_a_withdrawn_return_leaves_the_totals_and_comes_back_when_it_is_invited_again(
    copy_of_few: Path,
) -> None:
    workbook, returns = copy_of_few / "review.xlsx", copy_of_few / "returns"
    before = money(workbook)
    typed(workbook, "Register", {_line(workbook): {"Takes part": "withdrawn"}})

    told = run("consolidate", returns, "--workbook", workbook, "--json", "-")
    without = table(workbook, "Progress")["Entity"].tolist()
    status = table(workbook, "Register")["Status"].tolist()[_line(workbook)]
    typed(workbook, "Register", {_line(workbook): {"Takes part": "invited"}})
    consolidate(workbook, returns)

    rows = json.loads(told.stdout)["rows"]
    assert {row["reason"] for row in rows["held_back"] if ENTITY in row["book"]} == {"withdrawn"}
    assert rows["found"] == rows["accepted"] + len(rows["held_back"])
    assert ENTITY not in without
    assert status == "withdrawn"
    assert money(workbook) == before


def _line(workbook: Path) -> int:
    lines = table(workbook, "Register")
    return list(zip(lines["Entity"], lines["Form"], strict=True)).index((ENTITY, "progress"))
