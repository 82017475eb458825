"""What is told of a return does not depend on the program that wrote it last."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from faults.cells import CELLS
from faults.rows import ROWS
from faults.run import check, spoiled
from faults.suites import NUMBERS, SUITES, Suite, rewritten
from faults.tables import TABLES
from openpyxl import Workbook, load_workbook

from wps_xl.model import Issue

Told = set[tuple[str, str, str, str | None]]
# What is told of an export from Numbers: other names of the sheets, and one sheet more.
OF_NUMBERS = {
    ("warning", "renamed-cover", "Cover", "A1"),
    ("note", "own-sheet", "Export Summary", "B3"),
}


def told(issues: list[Issue]) -> Told:
    return {(i.severity, i.code, str(i.sheet).removesuffix(" - Table 1"), i.cell) for i in issues}


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workbook, Told]:
    """A plan with every fault of cells and rows that is put into plans, and what is told of it."""
    path = tmp_path_factory.mktemp("spoilt") / "plan.xlsx"
    faults = [
        fault for fault in (*CELLS, *ROWS, *TABLES) if fault.form == "plan" and not fault.alone
    ]
    spoiled(path, "plan", faults, Random(1325))
    return load_workbook(path), told(check([path]))


@pytest.mark.parametrize("suite", SUITES, ids=[suite.name for suite in SUITES])
def test_every_fault_and_nothing_else_stands_where_it_stood(
    suite: Suite, spoilt: tuple[Workbook, Told], tmp_path: Path
) -> None:
    book, before = spoilt
    path = tmp_path / "plan.xlsx"
    path.write_bytes(rewritten(book, suite))

    after = told(check([path]))

    assert len(before) > 20
    assert after == before | (OF_NUMBERS if suite is NUMBERS else set())
