"""Native tables on sheets of the review workbook: headings, columns, formats."""

from __future__ import annotations

import datetime as dt
from copy import copy

import pandas as pd
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.codebook import Codebook
from wps_xl.office.excel.package.blocks import LongBook
from wps_xl.office.excel.text import put
from wps_xl.review.layout import Field, SheetPlan, colours
from wps_xl.sheets import styles

FORMATS = {"date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm", "number": "#,##0.##;-#,##0.##"}
STYLE = "TableStyleLight1"
VALIDATED_ROWS = 5000
_WRAPPED = 30


def table_name(sheet: str) -> str:
    """The name of the native table on a sheet: the sheet's, without spaces."""
    return sheet.replace(" ", "")


def add_table_sheet(
    book: LongBook, plan: SheetPlan, frame: pd.DataFrame, codebook: Codebook
) -> Worksheet:
    """A sheet that holds one native table; office's columns have headings of another colour."""
    sheet: Worksheet = book.create_sheet(plan.name)
    write_table(book, sheet, plan, frame)
    for at, field in enumerate(plan.fields, start=1):
        if field.list:
            _offer(sheet, at, plan, list(codebook[field.list]))
    office = any(field.office for field in plan.fields)
    sheet.sheet_properties.tabColor = colours()["office" if office else "ours"]
    sheet.freeze_panes = f"B{plan.header_row + 1}"
    sheet.sheet_state = "hidden" if plan.kind == "hidden" else "visible"
    return sheet


def write_table(book: LongBook, sheet: Worksheet, plan: SheetPlan, frame: pd.DataFrame) -> None:
    """Write the headings of a table and make it native; its rows become a block of the book.

    An empty table keeps a blank row. Blank cells take the format of their column.
    """
    top = plan.header_row
    looks = [_look(sheet, field) for field in plan.fields]
    for at, (field, look) in enumerate(zip(plan.fields, looks, strict=True), start=1):
        _head(sheet.cell(top, at), field)
        column = sheet.column_dimensions[get_column_letter(at)]
        column.width = field.width
        column._style = copy(look._style)  # type: ignore[attr-defined]
        book.know(sheet, at, look.style_id)
    if len(frame):
        book.add_block(sheet, frame, 1, looks)
    last = max(top + 1, int(frame.index.max()) if len(frame) else 0)
    add_native_table(sheet, table_name(plan.name), top, 1, last, len(plan.fields))


def add_native_table(
    sheet: Worksheet, name: str, top: int, left: int, bottom: int, right: int
) -> None:
    """Make a range a native table; its headings stand in its first row."""
    ref = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
    native = Table(displayName=name, ref=ref)
    native.tableStyleInfo = TableStyleInfo(name=STYLE, showRowStripes=True)
    # openpyxl would do this itself, and make every cell of the range for it.
    native._initialise_columns()  # type: ignore[attr-defined]
    for at, column in enumerate(native.tableColumns, start=left):
        column.name = str(sheet.cell(top, at).value)
    sheet.add_table(native)


def _head(cell: Cell | MergedCell, field: Field) -> None:
    put(cell, field.heading, styles.HEAD_REQUIRED)
    if field.office:
        cell.fill = PatternFill("solid", fgColor=f"FF{colours()['office']}")
        cell.font = Font(name=styles.FACE, size=10, bold=True, color=styles.PAPER)


def _look(sheet: Worksheet, field: Field) -> Cell:
    """A cell with the formats of one column; it stands on no sheet."""
    probe = Cell(sheet, row=1, column=1)
    probe.font = Font(name=styles.FACE, size=9)
    wraps = field.type == "text" and field.width >= _WRAPPED
    probe.alignment = Alignment(vertical="top", wrap_text=wraps)
    probe.number_format = FORMATS.get(field.type, "General")
    return probe


def _offer(sheet: Worksheet, at: int, plan: SheetPlan, codes: list[str]) -> None:
    letter, first = get_column_letter(at), plan.header_row + 1
    offer = DataValidation(type="list", formula1=f'"{",".join(codes)}"', allow_blank=True)
    offer.showErrorMessage = False
    offer.add(f"{letter}{first}:{letter}{first + VALIDATED_ROWS}")
    sheet.add_data_validation(offer)


def show_moment(value: object) -> str:
    """A date or moment as text for headings."""
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d}"
    return "" if value is None else str(value)
