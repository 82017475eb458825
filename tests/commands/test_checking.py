"""What validate writes as JSON."""

from __future__ import annotations

from typing import Any

from intake.drawing import FORMS, checked, grid, returned

from wps_xl.commands.checking import validate_data


def test_each_issue_with_a_cell_names_the_row_of_that_cell() -> None:
    codes = [code for code in FORMS["practices"].sheets["Practices"].columns if code != "title"]
    practices = grid("Practices", f"| {' | '.join(codes)} |\n| P-1 | practice |")

    data: Any = validate_data(checked(returned(practices, form="practices")))

    missing = [item for item in data["issues"] if item["code"].startswith("missing-")]
    assert {(item["cell"], item["row"]) for item in missing if item["cell"]} == {("A1", 1)}
    assert all((item["cell"] is None) == (item["row"] is None) for item in data["issues"])
    assert all(item["count"] == 1 + len(item["also"]) for item in data["issues"])
