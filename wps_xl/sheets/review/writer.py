"""Writes the review workbook: the office's tables, native PivotTables, settings and lists."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import IO
from zipfile import ZipFile

from openpyxl.workbook import Workbook

from wps_xl.office.excel import saving
from wps_xl.office.excel.package.blocks import LongBook
from wps_xl.office.excel.package.fresh import Fresh
from wps_xl.office.excel.package.merge import write_merged, write_new
from wps_xl.office.excel.package.parts import MadePackage, Package
from wps_xl.office.excel.package.pivot_filters import filters_in
from wps_xl.office.excel.packing import parts_of
from wps_xl.office.excel.pivots.filters import Filters
from wps_xl.review.layout import SheetPlan, plans
from wps_xl.review.workbook import Review, sheets_of
from wps_xl.sheets import styles
from wps_xl.sheets.review.areas_sheet import add_areas_sheet, add_countries_sheet
from wps_xl.sheets.review.gaps_sheet import add_gaps_sheet
from wps_xl.sheets.review.indicators_sheet import add_indicators_sheet
from wps_xl.sheets.review.issues_sheet import dress_issues
from wps_xl.sheets.review.laid_anew import moves
from wps_xl.sheets.review.lists import TABLES
from wps_xl.sheets.review.money_sheet import add_money_sheet
from wps_xl.sheets.review.printing import break_pages, set_up_print
from wps_xl.sheets.review.reader import read_review
from wps_xl.sheets.review.settings_sheet import add_lists_sheet, add_settings_sheet
from wps_xl.sheets.review.source_links import link_sources
from wps_xl.sheets.review.sources import Sources, add_sources
from wps_xl.sheets.review.start_sheet import add_start_sheet
from wps_xl.sheets.review.table_sheet import add_table_sheet
from wps_xl.sheets.review.theme_sheet import add_retired_sheet, add_theme_sheet
from wps_xl.sheets.review.written import add_written_sheet


def write_review(
    review: Review,
    target: Path,
    written: dt.datetime,
    before: Review | None = None,
    last: Callable[[], None] | None = None,
) -> None:
    """Write our sheets in one step; a kill leaves the old file or the new one.

    Where the workbook is there already, only parts that are ours are replaced.
    ``before`` is what stands in it: what staff attached to a row follows the row.
    ``last`` is asked directly before the replacement, and may refuse it.
    """
    fresh = _fresh(review, written, target)
    saving.replace(target, lambda file: _merge(file, fresh, target, before, review), last)


def snapshot_bytes(review: Review, source: Path, written: dt.datetime) -> bytes:
    """The workbook ``source`` with the sheets of ``review``, as a copy to be left alone."""
    fresh = replace(_fresh(review, written, source), frozen=True)
    file = io.BytesIO()
    _merge(file, fresh, source, read_review(source), review)
    return file.getvalue()


def _fresh(review: Review, written: dt.datetime, source: Path) -> Fresh:
    """Our sheets as built anew for ``source``, whose PivotTables keep their filters."""
    filters: Filters = {}
    if source.exists():
        with ZipFile(source) as archive:
            filters = filters_in(Package(archive))
    book = review_book(review, written, filters)
    package = MadePackage(parts_of(book, written, {}))
    return Fresh(package, book.blocks, _whole(review), book.looks)


def _merge(
    file: IO[bytes], fresh: Fresh, source: Path, before: Review | None, after: Review
) -> None:
    if not source.exists():
        write_new(file, fresh)
        return
    with ZipFile(source) as archive:
        package = Package(archive)
        laid = moves(package, before, after) if before else {}
        write_merged(file, package, replace(fresh, moves=laid))


def _whole(review: Review) -> frozenset[str]:
    """The sheets that staff work in: their panes, zoom and widths are kept.

    Not those of a sheet Lists whose lists stood side by side: they were made for other columns.
    """
    own = ("settings", "lists") if review.list_rows else ("settings",)
    return frozenset(p.name for p in plans(review.codebook) if p.fields or p.kind in own)


def review_book(
    review: Review, written: dt.datetime, filters: Filters = MappingProxyType({})
) -> LongBook:
    """The whole review workbook in memory; the rows of its tables are blocks."""
    book = LongBook(filters)
    book.remove(book.worksheets[0])
    styles.add_styles(book)
    layout = sheets_of(review)
    for plan in layout:
        if plan.fields:
            add_table_sheet(book, plan, review.tables[plan.name], review.codebook)
    sources = add_sources(book, review)
    for plan in layout:
        if not plan.fields and plan.kind != "start":
            _WRITERS[plan.kind](book, plan, review, sources)
    issues = next(plan for plan in layout if plan.name == "Issues")
    dress_issues(book, issues, review)
    link_sources(book, next(plan for plan in layout if plan.name == "Sources"), review)
    _arrange(book, layout)
    add_start_sheet(book, layout[0], sources)
    _arrange(book, layout)
    add_written_sheet(book, review)
    book.active = 0
    _print(book, layout, review, written)
    book.properties.title = review.cycle.name
    book.properties.creator = "wps_xl"
    return book


Writer = Callable[[LongBook, SheetPlan, Review, Sources], None]
_WRITERS: Mapping[str, Writer] = {
    "settings": lambda book, plan, review, sources: add_settings_sheet(book, plan, review),
    "lists": lambda book, plan, review, sources: add_lists_sheet(book, plan, review, TABLES),
    "theme": add_theme_sheet,
    "retired": lambda book, plan, review, sources: add_retired_sheet(book, plan),
    "areas": lambda book, plan, review, sources: add_areas_sheet(book, plan, sources),
    "money": lambda book, plan, review, sources: add_money_sheet(book, plan, sources),
    "countries": lambda book, plan, review, sources: add_countries_sheet(book, plan, sources),
    "indicators": lambda book, plan, review, sources: add_indicators_sheet(book, plan, sources),
    "gaps": lambda book, plan, review, sources: add_gaps_sheet(book, plan, sources),
}

_PIVOT_KINDS = ("start", "theme", "areas", "money", "countries", "indicators", "gaps")
_TOP = 3
"""Title and explanation of a sheet without table."""


def _arrange(book: Workbook, layout: Sequence[SheetPlan]) -> None:
    """Bring the sheets into the order of the layout; the hidden sources stand last."""
    rank = {plan.name: at for at, plan in enumerate(layout)}
    book._sheets.sort(  # type: ignore[attr-defined]
        key=lambda sheet: rank.get(sheet.title, len(rank))
    )


def _print(
    book: Workbook, layout: Sequence[SheetPlan], review: Review, written: dt.datetime
) -> None:
    mark = review.text("mark") or "Draft"
    for plan in layout:
        top = plan.header_row if plan.fields else _TOP
        header = f"{review.cycle.name}, {written:%Y-%m-%d}, {mark}"
        set_up_print(book[plan.name], header, f"1:{top}")
        if plan.kind in _PIVOT_KINDS:
            break_pages(book[plan.name], top)
