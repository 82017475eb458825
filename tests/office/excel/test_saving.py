"""Workbooks on their way to the disk."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from wps_xl.office.excel.packing import packed, save

MOMENT = dt.datetime(2030, 1, 2, 3, 4, 5)


def book_with_formulas() -> Workbook:
    """A number and a text that are computed."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Sums"
    sheet["A1"] = "=1+1"
    sheet["A2"] = '="a"&"b"'
    return book


def test_results_are_stored_beside_their_formulas(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"

    save(book_with_formulas(), path, MOMENT, {"Sums": {"A1": 2, "A2": "ab"}})

    assert CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Sums").to_python() == [
        [2.0],
        ["ab"],
    ]
    assert load_workbook(path)["Sums"]["A1"].value == "=1+1"


def test_the_same_workbook_gives_the_same_bytes() -> None:
    one, two = (packed(book_with_formulas(), MOMENT, {}) for _ in range(2))

    assert one == two


def test_an_existing_file_is_replaced_and_nothing_stays_beside(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"old")

    save(book_with_formulas(), path, MOMENT)

    assert load_workbook(path).properties.modified == MOMENT
    assert list(tmp_path.iterdir()) == [path]
