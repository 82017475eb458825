"""One data sheet of a form: title, help, codes, headings, and a native table of rows to fill."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.comments import Comment
from openpyxl.styles import Alignment
from openpyxl.workbook import Workbook
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.forms.definitions import Column
from wps_xl.forms.words import AUTHOR, words
from wps_xl.model import column_letter
from wps_xl.model.text import shortened
from wps_xl.office.excel.fitting import fit_row, grow, height
from wps_xl.office.excel.text import put, safe_text
from wps_xl.rules.conditions import Values, is_blank
from wps_xl.sheets.forms import names as names
from wps_xl.sheets.forms.entry import add_marks, add_validations
from wps_xl.sheets.forms.lists import INITIATIVE
from wps_xl.sheets.forms.names import CODE_ROW, FIRST_ROW, HEADING_ROW, HELP_ROW, TITLE_ROW, Layout
from wps_xl.sheets.forms.request import Request, last_texts, row_number
from wps_xl.sheets.page import lay_out_page
from wps_xl.sheets.styles import (
    BAND,
    CODE,
    HEAD,
    HEAD_EXTRA,
    HEAD_REQUIRED,
    HELP,
    KINDS,
    TITLE,
    cell_style,
)

BLANK_ROWS = 25
_LONGEST_NOTE = 1000
_TWO_PAGES = 230


def add_data_sheet(
    book: Workbook, request: Request, layout: Layout, rows: Sequence[Values]
) -> None:
    """Write one data sheet with its rows, drop-downs, validations and marks."""
    sheet = book.create_sheet(layout.sheet.name)
    _head(sheet, request, layout)
    _rows(sheet, request, layout, rows)
    spare = 0 if layout.sheet.prefilled and rows else BLANK_ROWS
    _table(sheet, layout, HEADING_ROW + len(rows) + spare)
    _columns(sheet, layout, rows)
    add_validations(sheet, request, layout)
    add_marks(sheet, request, layout)
    total = sum(column.width for column in layout.columns)
    wide = 2 if total > _TWO_PAGES else 1
    title = str(request.schemas[layout.sheet.name].title)
    lay_out_page(sheet, request, title, landscape=True, pages_wide=wide)
    sheet.print_title_rows = f"{CODE_ROW}:{HEADING_ROW}"
    sheet.print_title_cols = "A:A"
    # The title, wider than the first column, would be cut off beside it on the second page: it is
    # printed above the page.
    sheet.print_area = f"A{CODE_ROW}:{column_letter(len(layout.columns))}{sheet.max_row}"


def _head(sheet: Worksheet, request: Request, layout: Layout) -> None:
    about = request.schemas[layout.sheet.name]
    put(sheet.cell(TITLE_ROW, 1), about.title, TITLE)
    put(sheet.cell(HELP_ROW, 1), about.description, HELP)
    for at, column in enumerate(layout.columns, start=1):
        put(sheet.cell(CODE_ROW, at), column.code, CODE)
        style = _heading_style(column, request)
        put(sheet.cell(HEADING_ROW, at), about.columns[column.code].title, style)
    _band(sheet, layout)
    for row, points in {TITLE_ROW: 24, HELP_ROW: 16, CODE_ROW: 11}.items():
        sheet.row_dimensions[row].height = points
    # Widths first: the headings are broken by them.
    for at, column in enumerate(layout.columns, start=1):
        sheet.column_dimensions[column_letter(at)].width = column.width
    fit_row(sheet, HEADING_ROW, more=6, buttons=True)


def _heading_style(column: Column, request: Request) -> str:
    if column.is_required(request.cycle.classification):
        return HEAD_REQUIRED
    return HEAD_EXTRA if column.optional_extra else HEAD


def _band(sheet: Worksheet, layout: Layout) -> None:
    """Say above the columns at the right that they are for those who have it."""
    extras = [at for at, column in enumerate(layout.columns, start=1) if column.optional_extra]
    for at in extras:
        sheet.cell(HELP_ROW, at).style = BAND
    if extras:
        put(sheet.cell(HELP_ROW, extras[0]), words("data")["band"])


def _rows(sheet: Worksheet, request: Request, layout: Layout, rows: Sequence[Values]) -> None:
    last = last_texts(request, layout.sheet)
    for number, row in enumerate(rows, start=FIRST_ROW):
        known = row_number(request, layout.sheet, row) if last else ""
        _fit(sheet, number, layout, row)
        for at, column in enumerate(layout.columns, start=1):
            cell = sheet.cell(number, at)
            put(cell, row.get(column.code), cell_style(kind(column), column.prefilled))
            if (known, column.code) in last:
                cell.comment = _note(request, last[known, column.code])


def _fit(sheet: Worksheet, number: int, layout: Layout, row: Values) -> None:
    """Excel fits rows by itself when their text changes, but not when it opens a file."""
    texts = ((row.get(column.code), column.width) for column in layout.columns)
    lines = [height(text, width) for text, width in texts if isinstance(text, str)]
    grow(sheet, number, max([*lines, 13.0]) + 2)


def _note(request: Request, text: str) -> Comment:
    said = words("data")["last"].format(cycle=request.prefill.last_cycle, text=text)
    return Comment(safe_text(shortened(said, _LONGEST_NOTE)), AUTHOR, height=140, width=320)


def kind(column: Column) -> str:
    """What the cells of a column hold, as the styles name it."""
    if column.type == "number":
        return "money" if column.code.endswith("_usd") else "number"
    if column.type == "date":
        return "date"
    is_number = column.rule("unique") or column.rule("refers-to") or column.code == INITIATIVE
    # Excel must not take A-1 or 2-3 for a date; long text it shows only where it is not "text".
    return "code" if column.list_name or is_number else "text"


def _table(sheet: Worksheet, layout: Layout, last: int) -> None:
    styles = [cell_style(kind(column)) for column in layout.columns]
    for row in range(sheet.max_row + 1, last + 1):
        for at, style in enumerate(styles, start=1):
            sheet.cell(row, at).style = style
    ref = f"A{HEADING_ROW}:{column_letter(len(layout.columns))}{last}"
    table = Table(displayName=names.table(layout.sheet.name), ref=ref)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)


def _columns(sheet: Worksheet, layout: Layout, rows: Sequence[Values]) -> None:
    """Widths, formats below the table, and what stays in sight while scrolling."""
    unused = {
        column.code
        for column in layout.columns
        if layout.sheet.prefilled == "areas" and column.prefilled
        if all(is_blank(row.get(column.code)) for row in rows)
    }
    for at, column in enumerate(layout.columns, start=1):
        dimension = sheet.column_dimensions[column_letter(at)]
        dimension.number_format = KINDS[kind(column)]
        dimension.alignment = Alignment(wrap_text=True, vertical="top")
        # In a cycle by areas the column of thematic areas is for nobody, and the reverse.
        dimension.hidden = column.code in unused
    first = next(at for at, c in enumerate(layout.columns, start=1) if c.code not in unused)
    sheet.freeze_panes = f"{column_letter(first + 1)}{FIRST_ROW}"
