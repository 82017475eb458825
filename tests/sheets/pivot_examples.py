"""Small tables and the workbooks that pivots stand in, for tests."""

from __future__ import annotations

import pandas as pd
from openpyxl import Workbook
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.office.excel.text import put

AREAS = ("Prevention", "Participation", "Protection")


def frame_of(drawing: str) -> pd.DataFrame:
    """The table that a drawing shows; numbers become numbers, empty cells blanks."""
    lines = [line.strip().strip("|").split("|") for line in drawing.strip().splitlines()]
    head, *rows = [[cell.strip() for cell in line] for line in lines]
    values = [[_value(cell) for cell in row] for row in rows]
    return pd.DataFrame(values, columns=head, dtype=object)


def _value(cell: str) -> object:
    return None if cell == "" else int(cell) if cell.lstrip("-").isdigit() else cell


def activities() -> pd.DataFrame:
    """A table with every kind of column."""
    return frame_of(
        """
        | No. | Entity | Area          | Strategy  | Year | US dollars | Note |
        | A-1 | UNDP   | Prevention    | Advocacy  | 2005 | 100        | one  |
        | A-2 | undp   | Prevention    | Mediation | 2006 | 200        | =1+1 |
        | A-3 | WHO    | Protection    | Advocacy  | 2006 |            |      |
        | A-4 | ILO    | Participation |           | 2005 | 1000       | four |
        | A-5 | WHO    | Prevention    | Mediation | 2006 | 50         | five |
        | A-6 | ILO    | Prevention    | Advocacy  | 2007 | 7          | six  |
        """
    )


def book_with(frame: pd.DataFrame, table: str = "tblData") -> tuple[Workbook, Worksheet]:
    """A workbook with the frame as a native table on its first sheet, and a second, blank sheet."""
    book = Workbook()
    data = book.worksheets[0]
    data.title = "Data"
    add_table(data, frame, table)
    return book, book.create_sheet("Pivots")


def add_table(sheet: Worksheet, frame: pd.DataFrame, name: str) -> None:
    """Write the frame from A1 on as a native table."""
    rows = [tuple(frame.columns), *frame.itertuples(index=False, name=None)]
    for y, row in enumerate(rows, start=1):
        for x, value in enumerate(row, start=1):
            cell = sheet.cell(y, x)
            put(cell, None if pd.isna(value) else value)
    sheet.add_table(Table(displayName=name, ref=sheet.dimensions))
