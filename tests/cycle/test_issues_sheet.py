"""Sheet Issues as people meet it: summary, links that open the cell, answers to choose from."""

from __future__ import annotations

from pathlib import Path

import pytest
from libreoffice import Office, cells, follow, links
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = [
    *("Severity", "Entity", "Form", "Book", "Sheet", "Cell", "Heading", "Found", "Message"),
    *("Suggestion", "Since", "Our answer", "Value", "Reason", "Initials"),
]


@pytest.fixture(scope="module")
def issues(few: Path) -> Worksheet:
    """Sheet Issues of the demonstration of a few entities."""
    return load_workbook(few / "review.xlsx")["Issues"]


def top(sheet: Worksheet) -> int:
    return next(row for row in range(1, 20) if sheet.cell(row, 1).value == "Severity")


def test_the_native_table_has_the_headings_of_the_contract(issues: Worksheet) -> None:
    (table,) = issues.tables.values()

    assert [cell.value for cell in issues[top(issues)]] == HEADINGS
    assert table.ref.startswith(f"A{top(issues)}:O")
    assert table.autoFilter is not None
    assert issues.freeze_panes == f"A{top(issues) + 1}"


def test_the_summary_counts_what_blocks_and_what_is_to_be_checked(issues: Worksheet) -> None:
    severities = [issues.cell(r, 1).value for r in range(top(issues) + 1, issues.max_row + 1)]
    books = {issues.cell(r, 4).value for r in range(top(issues) + 1, issues.max_row + 1)}

    line = str(issues["A2"].value)

    assert line.startswith(f"{severities.count('error')} errors to answer, 0 rows held back")
    assert f"{severities.count('warning')} warnings to check" in line
    assert f"in {len(books)} returns" in line


def test_libreoffice_opens_the_return_at_the_cell_of_each_line(
    few: Path, office: Office, issues: Worksheet
) -> None:
    first, last = top(issues) + 1, issues.max_row
    lines = (first, (first + last) // 2, last)

    rows, found, *reached = office.ask(
        few / "review.xlsx",
        cells("Issues", f"A{first}:F{last}"),
        links("Issues", f"F{first}:F{last}"),
        *(follow("Issues", f"F{line}") for line in lines),
    )

    assert len(found) == len(rows) > 5
    assert reached == [rows[line - first][3:6] for line in lines]


def test_the_list_offers_every_answer_also_for_all_of_its_kind(issues: Worksheet) -> None:
    rules = issues.data_validations.dataValidation
    (offer,) = [rule for rule in rules if "ask entity" in str(rule.formula1)]

    offered = str(offer.formula1).strip('"').split(",")

    assert {"use suggestion", "use value", "accept as is", "ask entity", "dismiss"} < set(offered)
    assert "dismiss for all" in offered
    assert len(str(offer.formula1)) < 255


def test_severity_can_be_told_without_colour(issues: Worksheet) -> None:
    looks = [
        rule.dxf.font
        for found in issues.conditional_formatting
        for rule in found.rules
        if '"error"' in str(rule.formula) or '"warning"' in str(rule.formula)
    ]

    assert sorted((bool(font.b), bool(font.i)) for font in looks) == [(False, True), (True, False)]
