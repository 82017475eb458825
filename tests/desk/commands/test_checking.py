"""What validate writes as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from intake.drawing import CODEBOOK, CYCLE, ENTITY, FORMS, checked, grid, returned
from openpyxl import load_workbook
from workbooks import run

from wps_xl.desk.commands.checking import validate_data
from wps_xl.sheets.forms.writer import Request, write_form


def test_each_issue_with_a_cell_names_the_row_of_that_cell() -> None:
    codes = [code for code in FORMS["practices"].sheets["Practices"].columns if code != "title"]
    practices = grid("Practices", f"| {' | '.join(codes)} |\n| P-1 | practice |")

    data: Any = validate_data(checked(returned(practices, form="practices")))

    missing = [item for item in data["issues"] if item["code"].startswith("missing-")]
    assert {(item["cell"], item["row"]) for item in missing if item["cell"]} == {("A1", 1)}
    assert all((item["cell"] is None) == (item["row"] is None) for item in data["issues"])
    assert all(item["count"] == 1 + len(item["also"]) for item in data["issues"])


def test_a_return_of_another_cycle_is_told_to_name_its_review_workbook(tmp_path: Path) -> None:
    path = tmp_path / "return.xlsx"
    write_form(Request(FORMS["practices"], ENTITY, CYCLE, CODEBOOK), path)
    sound = run("validate", path).output
    book = load_workbook(path)
    row = next(cell.row for cell in book["Cover"]["C"] if cell.value == "cycle")
    book["Cover"].cell(row, 2).value = "T-2027"
    book.save(path)

    said = run("validate", path).output

    assert "--workbook REVIEW.xlsx" in " ".join(said.split())
    assert "--workbook" not in sound
