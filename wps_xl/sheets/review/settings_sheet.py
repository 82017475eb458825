"""Sheets Cycle and Lists: what staff may change for their cycle without a programmer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from wps_xl.analysis.layout import SheetPlan, colours
from wps_xl.analysis.review import Review
from wps_xl.codebook import Codebook
from wps_xl.codebook.loader import columns_of
from wps_xl.sheets import styles
from wps_xl.sheets.review.lists import CHOICE
from wps_xl.sheets.review.table_sheet import add_native_table
from wps_xl.sheets.text import put

_GAP = 1
_WIDTHS = {"code": 12, "symbol": 16, "area": 8, "theme": 8, "main": 7, "weight": 8, "article": 8}
_WIDE = 46


def add_settings_sheet(book: Workbook, plan: SheetPlan, review: Review) -> None:
    """Sheet Cycle: label in A, value in B, code in C."""
    sheet = book.create_sheet(plan.name)
    put(sheet["A1"], plan.title, styles.TITLE)
    put(sheet["A2"], "Change the values in column B; wps_xl reads them at every run.", styles.HELP)
    for number, line in enumerate(plan.lines, start=4):
        put(sheet.cell(number, 1), line["label"], styles.LABEL)
        kind = "date" if line.get("type") == "date" else "text"
        put(sheet.cell(number, 2), review.settings.get(line["code"]), styles.cell_style(kind))
        put(sheet.cell(number, 3), line["code"], styles.CODE)
        if "list" in line:
            codes = ",".join(review.codebook[line["list"]])
            offer = DataValidation(type="list", formula1=f'"{codes}"', allow_blank=True)
            offer.add(sheet.cell(number, 2).coordinate)
            sheet.add_data_validation(offer)
    for letter, width in (("A", 34), ("B", 44), ("C", 18)):
        sheet.column_dimensions[letter].width = width
    sheet.sheet_properties.tabColor = colours()["office"]


def add_lists_sheet(book: Workbook, plan: SheetPlan, review: Review, names: Sequence[str]) -> None:
    """Sheet Lists: one native table a code list, side by side: its name, headings, codes."""
    sheet = book.create_sheet(plan.name)
    left = 1
    for name, columns, rows in _tables(review.codebook, names):
        put(sheet.cell(1, left), name, styles.TITLE)
        for at, column in enumerate(columns, start=left):
            put(sheet.cell(2, at), column, styles.HEAD_REQUIRED)
            letter = get_column_letter(at)
            sheet.column_dimensions[letter].width = _WIDTHS.get(column, 24)
            if column in ("title", "name", "label", "text", "goal", "definition", "rationale"):
                sheet.column_dimensions[letter].width = _WIDE
        for number, row in enumerate(rows, start=3):
            for at, column in enumerate(columns, start=left):
                put(sheet.cell(number, at), row.get(column) or None)
        right = left + len(columns) - 1
        add_native_table(sheet, name, 2, left, max(3, 2 + len(rows)), right)
        left = right + 1 + _GAP
    sheet.freeze_panes = "A3"
    sheet.sheet_properties.tabColor = colours()["office"]


def _tables(
    codebook: Codebook, names: Sequence[str]
) -> list[tuple[str, Sequence[str], Sequence[Mapping[str, str]]]]:
    lists = [(name, columns_of(name), codebook.tables[name]) for name in names]
    choices: dict[str, list[Mapping[str, str]]] = {}
    for row in codebook.tables["choices"]:
        choices.setdefault(row["list"], []).append(row)
    return [*lists, *((name, CHOICE, rows) for name, rows in choices.items())]
