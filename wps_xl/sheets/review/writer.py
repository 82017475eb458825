"""Writes the review workbook: the office's tables, native PivotTables, settings and lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from openpyxl.workbook import Workbook

from wps_xl.analysis.layout import SheetPlan, plans
from wps_xl.analysis.review import Review
from wps_xl.sheets import saving, styles
from wps_xl.sheets.review.pivot_sheets import (
    Sources,
    add_areas_sheet,
    add_countries_sheet,
    add_money_sheet,
    add_sources,
    add_theme_sheet,
    add_waiting_sheet,
)
from wps_xl.sheets.review.reader import TABLES
from wps_xl.sheets.review.settings_sheet import add_lists_sheet, add_settings_sheet
from wps_xl.sheets.review.start_sheet import add_start_sheet
from wps_xl.sheets.review.table_sheet import add_table_sheet, set_up_print
from wps_xl.sheets.text import put

SUMMARY = (
    "{errors} errors hold rows back, {warnings} warnings, {notes} notes. "
    "Answer them in the columns on the right, or ask the entity."
)


def write_review(review: Review, target: Path, written: dt.datetime) -> None:
    """Write the whole review workbook in one step; a kill leaves the old file or the new one."""
    book = Workbook()
    book.remove(book.worksheets[0])
    styles.add_styles(book)
    layout = plans(review.codebook)
    for plan in layout:
        if plan.fields:
            add_table_sheet(book, plan, review.tables[plan.name], review.codebook)
    sources = add_sources(book, review)
    for plan in layout:
        if not plan.fields and plan.kind != "start":
            _WRITERS[plan.kind](book, plan, review, sources)
    _summarize_issues(book, review)
    _arrange(book, layout)
    add_start_sheet(book, layout[0], review)
    _arrange(book, layout)
    book.active = 0
    _print(book, layout, review, written)
    book.properties.title = review.cycle.name
    book.properties.creator = "wps_xl"
    saving.save(book, target, written)


Writer = Callable[[Workbook, SheetPlan, Review, Sources], None]
_WRITERS: Mapping[str, Writer] = {
    "settings": lambda book, plan, review, sources: add_settings_sheet(book, plan, review),
    "lists": lambda book, plan, review, sources: add_lists_sheet(book, plan, review, TABLES),
    "theme": add_theme_sheet,
    "areas": lambda book, plan, review, sources: add_areas_sheet(book, plan, sources),
    "money": lambda book, plan, review, sources: add_money_sheet(book, plan, sources),
    "countries": lambda book, plan, review, sources: add_countries_sheet(book, plan, sources),
    "indicators": lambda book, plan, review, sources: add_waiting_sheet(book, plan),
    "gaps": lambda book, plan, review, sources: add_waiting_sheet(book, plan),
}


def _arrange(book: Workbook, layout: Sequence[SheetPlan]) -> None:
    """Bring the sheets into the order of the layout; the hidden sources stand last."""
    rank = {plan.name: at for at, plan in enumerate(layout)}
    book._sheets.sort(  # type: ignore[attr-defined]
        key=lambda sheet: rank.get(sheet.title, len(rank))
    )


def _summarize_issues(book: Workbook, review: Review) -> None:
    sheet = book["Issues"]
    severities = [row["Severity"] for _, row in review.records("Issues")]
    put(sheet["A1"], "Issues", styles.TITLE)
    text = SUMMARY.format(
        errors=severities.count("error"),
        warnings=severities.count("warning"),
        notes=severities.count("note"),
    )
    put(sheet["A2"], text, styles.HELP)


def _print(
    book: Workbook, layout: Sequence[SheetPlan], review: Review, written: dt.datetime
) -> None:
    mark = review.text("mark") or "Draft"
    for plan in layout:
        rows = f"1:{plan.header_row}" if plan.fields else "1:3"
        set_up_print(book[plan.name], f"{review.cycle.name}, {written:%Y-%m-%d}, {mark}", rows)
