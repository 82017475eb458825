"""What the tests of the whole way read and change: cells of returns, tables of the workbook."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from wps_xl.cli import main

GOLDEN = Path(__file__).with_name("golden")


def run(*words: str | Path) -> Result:
    """``wps-xl`` with these words."""
    return CliRunner().invoke(main, [str(word) for word in words])


def table(workbook: Path, sheet: str, header: int = 0) -> pd.DataFrame:
    """A table of the review workbook as pandas reads it, by a reader that is not ours."""
    return pd.read_excel(workbook, sheet_name=sheet, header=header, engine="calamine")


def code_list(workbook: Path, name: str) -> list[dict[str, object]]:
    """The rows of one code list of sheet Lists, read by calamine alone."""
    book = CalamineWorkbook.from_path(str(workbook))
    rows = book.get_sheet_by_name("Lists").to_python(skip_empty_area=False)
    top = next(at for at, row in enumerate(rows) if row[0] == name)
    headings = [str(value) for value in rows[top + 1] if value]
    found: list[dict[str, object]] = []
    for row in rows[top + 2 :]:
        if not any(row):
            break
        found.append(dict(zip(headings, row, strict=False)))
    return found


def golden_rows(name: str) -> list[dict[str, str]]:
    """The rows of a golden CSV file."""
    text = (GOLDEN / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def change_return(path: Path, sheet: str, key: str, column: str, value: object) -> str:
    """Set one cell of a return as an entity would, saved later than before; the cell's address.

    ``key`` is what stands in the first column of the row, ``column`` the code of the column.
    """
    book = load_workbook(path)
    found = book[sheet]
    columns = {found.cell(3, at).value: at for at in range(1, found.max_column + 1)}
    row = next(r for r in range(5, found.max_row + 1) if found.cell(r, 1).value == key)
    cell = found.cell(row, columns[column])
    cell.value = value  # type: ignore[assignment]
    book.save(path)
    return str(cell.coordinate)
