"""Sheet Start: where the cycle stands, what comes next, and the way to every sheet."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from wps_xl.analysis.layout import SheetPlan, colours
from wps_xl.analysis.register import INVITED, RECEIVED
from wps_xl.analysis.review import Review
from wps_xl.forms.definitions import data_sheets
from wps_xl.sheets import styles
from wps_xl.sheets.text import put


def add_start_sheet(book: Workbook, plan: SheetPlan, review: Review) -> None:
    """The first sheet: figures of the cycle, the next step, links."""
    sheet = book.create_sheet(plan.name)
    put(sheet["A1"], review.cycle.name, styles.TITLE)
    first, last = review.cycle.review
    put(sheet["A2"], f"Review period {first} to {last}", styles.HELP)
    if review.text("mark"):
        put(sheet["B1"], review.text("mark"), styles.VERDICT)
    row = 4
    put(sheet.cell(row, 1), "Where the cycle stands", styles.SECTION)
    put(sheet.cell(row, 2), None, styles.SECTION)
    for label, value in _figures(review):
        row += 1
        put(sheet.cell(row, 1), label, styles.BODY)
        put(sheet.cell(row, 2), value, styles.COUNT)
    row += 2
    put(sheet.cell(row, 1), "What comes next", styles.SECTION)
    put(sheet.cell(row, 2), None, styles.SECTION)
    put(sheet.cell(row + 1, 1), _next_step(review), styles.BODY)
    row += 3
    put(sheet.cell(row, 1), "Sheets", styles.SECTION)
    put(sheet.cell(row, 2), None, styles.SECTION)
    for name in _others(book, plan):
        row += 1
        cell = sheet.cell(row, 1)
        put(cell, name)
        cell.hyperlink = f"#'{name}'!A1"
        cell.style = "WPS link"
    sheet.column_dimensions["A"].width = 70
    sheet.column_dimensions["B"].width = 14
    sheet.sheet_properties.tabColor = colours()["pivot"]
    sheet.sheet_view.showGridLines = False


def _figures(review: Review) -> list[tuple[str, int]]:
    lines = [row for _, row in review.records("Register")]
    invited = [row for row in lines if row["Takes part"] == INVITED]
    issues = [row for _, row in review.records("Issues")]
    rows = sum(len(review.tables[sheet.name]) for sheet in data_sheets(review.codebook))
    figures = []
    for form in review.codebook["forms"]:
        label = review.codebook["forms"].label(form)
        asked = [row for row in invited if row["Form"] == form]
        received = sum(row["Status"] == RECEIVED for row in asked)
        figures.append((f"{label}: returns received of {len(asked)} invited", received))
    figures += [
        ("Rows in the data sheets", rows),
        ("Errors to correct or answer", sum(row["Severity"] == "error" for row in issues)),
        ("Warnings to look at", sum(row["Severity"] == "warning" for row in issues)),
    ]
    return figures


def _next_step(review: Review) -> str:
    issues = [row for _, row in review.records("Issues")]
    errors = sum(row["Severity"] == "error" for row in issues)
    if not any(len(review.tables[sheet.name]) for sheet in data_sheets(review.codebook)):
        return "Gather the returns: wps-xl consolidate FOLDER --workbook this file."
    if errors:
        return f"See sheet Issues: {errors} errors hold rows back."
    return "Choose rows in column In report of sheet Progress, then make the draft: wps-xl report."


def _others(book: Workbook, plan: SheetPlan) -> list[str]:
    return [
        sheet.title
        for sheet in book.worksheets
        if sheet.title != plan.name and sheet.sheet_state == "visible"
    ]
