"""The review workbook is read as its users left it, and as older versions wrote it."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from demonstrations import short_lists
from openpyxl import load_workbook
from rows import rows_in

from wps_xl.desk.commands.issuing import new_review
from wps_xl.desk.commands.store import logged, with_rows
from wps_xl.desk.hosts.files import FilesHost
from wps_xl.errors import InputError
from wps_xl.model import Value
from wps_xl.review.workbook import Review

MOMENT = dt.datetime(2026, 3, 4, 5, 6, 7)
DECIDED: dict[str, Value] = {"Addressee": "Entities", "Recommendation": "Go on.", "Status": "open"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with a recommendation."""
    codebook = short_lists()
    review = new_review(codebook, next(iter(codebook["cycles"])))
    review = with_rows(review, "Recommendations", [DECIDED])
    path = tmp_path_factory.mktemp("reader") / "review.xlsx"
    FilesHost().write(logged(review, "new", "Made.", MOMENT), path, MOMENT)
    return path


@pytest.fixture
def workbook(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path))


def changed(path: Path, sheet: str, column: str, version: str = "") -> None:
    """Take a column out of a table, as if the given version had not known it."""
    book = load_workbook(path)
    found = book[sheet]
    found.tables.clear()
    at = next(cell.column for cell in found[1] if cell.value == column)
    found.delete_cols(at)
    if version:
        log = book["Log"]
        log.cell(
            log.max_row, next(c.column for c in log[1] if c.value == "Version")
        ).value = version
    book.save(path)


def read(path: Path) -> Review:
    return FilesHost().read(path)


def test_a_heading_that_staff_took_away_is_named(workbook: Path) -> None:
    changed(workbook, "Recommendations", "Evidence")

    with pytest.raises(InputError, match=r"Sheet Recommendations .* has no column 'Evidence'"):
        read(workbook)


def test_a_column_that_an_older_version_did_not_know_is_blank_and_written(workbook: Path) -> None:
    changed(workbook, "Recommendations", "Evidence", "0.0.9")

    review = read(workbook)
    before = rows_in(review, "Recommendations")[0]
    FilesHost().write(logged(review, "validate", "Done.", MOMENT), workbook, MOMENT)
    after = rows_in(read(workbook), "Recommendations")[0]

    assert before == after
    assert {**before, **DECIDED} == before
    assert before["Evidence"] is None


def test_faults_of_cycle_lists_and_register_are_told_in_one_pass_with_their_cells(
    workbook: Path,
) -> None:
    book = load_workbook(workbook)
    cycle = {str(row[2].value): row[1] for row in book["Cycle"].iter_rows(max_col=3)}
    cycle["classification"].value = "themes"
    cycle["review_to"].value = dt.datetime(1999, 1, 1)
    cycle["plan_due"].value = "1 March"
    lists = book["Lists"]
    top = {str(cell.value): int(cell.row or 0) for cell in lists["A"] if cell.value}
    lists.cell(top["strategies"] + 3, 1).value = lists.cell(top["strategies"] + 2, 1).value
    lists.cell(top["questions"] + 2, 2).value = "Z"
    lists.cell(top["levels"] + 1, 2).value = "Labels"
    book["Register"].cell(2, 3).value = "perhaps"
    book.save(workbook)

    with pytest.raises(InputError) as fault:
        read(workbook)

    where = [line.partition(": ")[0] for line in str(fault.value).splitlines()]
    period = " and ".join(f"B{cycle[code].row}" for code in ("review_from", "review_to"))
    assert where == [
        f"Sheet Cycle, cells {period}",
        f"Sheet Cycle, cell {cycle['plan_due'].coordinate} (Action plans due)",
        f"Sheet Lists, row {top['levels'] + 1}",
        f"Sheet Lists, list strategies, cell A{top['strategies'] + 3}",
        f"Sheet Lists, list questions, cell B{top['questions'] + 2}",
        "Sheet Register, cell C2",
    ]
