"""What validate writes as JSON."""

from __future__ import annotations

from typing import Any

from intake.drawing import checked, grid, returned

from wps_xl.commands.checking import validate_data


def test_each_issue_with_a_cell_names_the_row_of_that_cell() -> None:
    progress = grid("Progress", "| number | activity |\n| A-1 | We trained officers. |")

    data: Any = validate_data(checked(returned(progress)))

    missing = [item for item in data["issues"] if item["code"].startswith("missing-")]
    assert {(item["cell"], item["row"]) for item in missing if item["cell"]} == {("A1", 1)}
    assert {item["row"] for item in data["issues"] if item["cell"] is None} == {None}
    assert all(item["count"] == 1 + len(item["also"]) for item in data["issues"])
