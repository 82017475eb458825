"""The Cover of a form: label in A, value in B, code in C, what it is in D."""

from __future__ import annotations

from collections.abc import Mapping

import pandera.pandas as pa
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.forms.definitions import VERSION, Column
from wps_xl.forms.words import words
from wps_xl.intake.cover import locked_values
from wps_xl.office.excel.fitting import fit_row
from wps_xl.office.excel.text import put
from wps_xl.rules.conditions import Values, spelled
from wps_xl.sheets.forms.data import kind
from wps_xl.sheets.forms.entry import add_mark, add_message, validation
from wps_xl.sheets.forms.faults import Fault, faults
from wps_xl.sheets.forms.names import HELP_ROW, TITLE_ROW
from wps_xl.sheets.forms.request import Request
from wps_xl.sheets.page import lay_out_page
from wps_xl.sheets.styles import (
    CODE,
    HELP,
    LABEL,
    LOCKED,
    LOCKED_DATE,
    NOTE,
    SECTION,
    TITLE,
    cell_style,
)

_DUE_ROW, _FIRST_ROW = 3, 5
_WIDTHS = {"A": 34, "B": 36, "C": 17, "D": 64}
_LINE_HEIGHT = 19.0


def cover_row(request: Request) -> Values:
    """The values that stand on the Cover, by code: those of the office and those given."""
    named = {
        "form": request.form.code,
        "form_version": VERSION,
        "entity": request.entity,
        **locked_values(request.cycle),
    }
    lines = request.form.cover.columns
    return {code: named[code] if code in named else request.cover.get(code) for code in lines}


def place(request: Request, code: str) -> str:
    """The cell of one line's value, for formulas on the Cover."""
    return f"$B${_rows(request)[code]}"


def _rows(request: Request) -> Mapping[str, int]:
    """The row of each line: a heading, the lines of the office, a heading, those to fill in."""
    rows: dict[str, int] = {}
    at = _FIRST_ROW
    for _, columns in _blocks(request):
        rows |= {column.code: row for row, column in enumerate(columns, start=at + 1)}
        at += len(columns) + 2
    return rows


def _blocks(request: Request) -> tuple[tuple[str, list[Column]], ...]:
    columns = request.form.cover.columns.values()
    text = words("cover")
    return (
        (text["given"], [column for column in columns if column.prefilled]),
        (text["asked"], [column for column in columns if not column.prefilled]),
    )


def cover_faults(request: Request) -> list[Fault]:
    """What can be wrong with the lines that the entity fills in."""
    found = faults(request.form.cover, request.codebook, request.cycle)
    lines = request.form.cover.columns
    return [fault for fault in found if not lines[fault.columns[0]].prefilled]


def add_cover(book: Workbook, request: Request) -> None:
    """Write the Cover; only the lines that the entity fills in are open."""
    sheet = book.create_sheet(request.form.cover.name)
    text = words("cover")
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    put(sheet.cell(TITLE_ROW, 1), f"{request.form.label}: {request.entity_name}", TITLE)
    put(sheet.cell(HELP_ROW, 1), text["help"], HELP)
    put(sheet.cell(_DUE_ROW, 1), text["due"].format(due=due(request)), HELP)
    sheet.row_dimensions[TITLE_ROW].height = 28
    about = request.schemas[request.form.cover.name]
    rows = _rows(request)
    for title, columns in _blocks(request):
        _heading(sheet, rows[columns[0].code] - 1, title)
        for column in columns:
            _line(sheet, rows[column.code], request, column, about.columns[column.code])
    _marks(sheet, request)
    sheet.sheet_view.showGridLines = False
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    lay_out_page(sheet, request, landscape=True)


def due(request: Request) -> str:
    """When the form is due, in words."""
    day = request.due
    return f"{day.day} {day:%B %Y}" if day else words("guide")["due_unknown"]


def _heading(sheet: Worksheet, row: int, title: str) -> None:
    put(sheet.cell(row, 1), title, SECTION)
    for at in range(2, len(_WIDTHS) + 1):
        sheet.cell(row, at).style = SECTION
    sheet.row_dimensions[row].height = _LINE_HEIGHT


def _line(sheet: Worksheet, row: int, request: Request, column: Column, about: pa.Column) -> None:
    note = _said(request, column) if column.prefilled else about.description
    put(sheet.cell(row, 1), about.title, LABEL)
    put(sheet.cell(row, 2), cover_row(request)[column.code], _style(column))
    put(sheet.cell(row, 3), column.code, CODE)
    put(sheet.cell(row, 4), note or None, NOTE)
    # What the entity types may need more than a line; Excel keeps a height that does not grow.
    fit_row(sheet, row, least=_LINE_HEIGHT, more=6, grows=not column.prefilled)
    if not column.prefilled:
        check = validation(column, request.form.cover, request, lambda code: place(request, code))
        add_message(check, about)
        check.add(f"B{row}")
        sheet.add_data_validation(check)


def _style(column: Column) -> str:
    if column.prefilled:
        return LOCKED_DATE if column.type == "date" else LOCKED
    return cell_style(kind(column), open_cell=True)


def _said(request: Request, column: Column) -> str:
    """The name behind a code that the office has filled in."""
    if not column.list_name:
        return ""
    value = str(cover_row(request)[column.code])
    return request.codebook[column.list_name].label(value)


def _marks(sheet: Worksheet, request: Request) -> None:
    def here(code: str) -> str:
        return place(request, code)

    for fault in cover_faults(request):
        formula = spelled(fault.condition.formula, here, here)
        for code in fault.columns:
            add_mark(sheet, here(code).replace("$", ""), fault, formula)
