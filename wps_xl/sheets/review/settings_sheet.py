"""Sheets Cycle and Lists: what staff may change for their cycle without a programmer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from wps_xl.codebook import Codebook
from wps_xl.codebook.loader import columns_of
from wps_xl.office.excel.text import put
from wps_xl.review.layout import SheetPlan, colours
from wps_xl.review.workbook import Review
from wps_xl.sheets import styles
from wps_xl.sheets.review.lists import CHOICE
from wps_xl.sheets.review.table_sheet import add_native_table

# Blank rows below each list: what staff type there belongs to it.
_GAP = 4
_WIDTHS = {"code": 12, "symbol": 16, "area": 8, "theme": 8, "main": 7, "weight": 8, "article": 8}
_WIDE = 46
_LONG = ("title", "name", "label", "text", "goal", "definition", "rationale", "says", "meaning")


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
    """Sheet Lists: one native table a code list, one below the other: its name, headings, codes.

    A list stays where it stands unless the one above it has grown down to it, so that what staff
    attached to its cells stays with them.
    """
    sheet = book.create_sheet(plan.name)
    top = 1
    for name, columns, rows in _tables(review.codebook, names):
        top = max(top, review.list_rows.get(name, top))
        put(sheet.cell(top, 1), name, styles.TITLE)
        for at, column in enumerate(columns, start=1):
            put(sheet.cell(top + 1, at), column, styles.HEAD_REQUIRED)
            letter = get_column_letter(at)
            width = _WIDE if column in _LONG else _WIDTHS.get(column, 24)
            known = (
                sheet.column_dimensions[letter].width if letter in sheet.column_dimensions else 0
            )
            sheet.column_dimensions[letter].width = max(known, width)
        for number, row in enumerate(rows, start=top + 2):
            for at, column in enumerate(columns, start=1):
                put(sheet.cell(number, at), row.get(column) or None)
        bottom = top + 1 + max(1, len(rows))
        add_native_table(sheet, name, top + 1, 1, bottom, len(columns))
        top = bottom + 1 + _GAP
    sheet.sheet_properties.tabColor = colours()["office"]


def _tables(
    codebook: Codebook, names: Sequence[str]
) -> list[tuple[str, Sequence[str], Sequence[Mapping[str, str]]]]:
    lists = [(name, columns_of(name), codebook.tables[name]) for name in names]
    choices: dict[str, list[Mapping[str, str]]] = {}
    for row in codebook.tables["choices"]:
        choices.setdefault(row["list"], []).append(row)
    return [*lists, *((name, CHOICE, rows) for name, rows in choices.items())]
