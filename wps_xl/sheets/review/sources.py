"""The native tables that PivotTables count, on one hidden sheet, and the caches over them."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.analysis.facts import Facts
from wps_xl.analysis.rollup import DOLLARS, PivotTable, Rollup
from wps_xl.office.excel.fitting import as_shown, fit_row, widen
from wps_xl.office.excel.package.blocks import LongBook
from wps_xl.office.excel.pivots.filters import with_filters
from wps_xl.office.excel.pivots.layout import box_of
from wps_xl.office.excel.pivots.tables import Pivot, PivotSource, add_pivot
from wps_xl.office.excel.text import put
from wps_xl.review.layout import limits
from wps_xl.review.workbook import Review
from wps_xl.sheets import styles
from wps_xl.sheets.review.blocks import add_note
from wps_xl.sheets.review.table_sheet import add_native_table

DATA = "Pivot data"
# LibreOffice draws every PivotTable anew and looks for these styles by name: fill, bold.
LOOKS = {
    "Pivot Table Title": (styles.PALE, True),
    "Pivot Table Corner": (styles.PALE, True),
    "Pivot Table Field": (styles.PALE, True),
    "Pivot Table Category": (styles.WASH, False),
    "Pivot Table Value": ("", False),
    "Pivot Table Result": (styles.PALE, True),
}


@dataclass(frozen=True)
class Sources:
    """What the rows say together, and the pivot cache of each native table; None without rows."""

    rollup: Rollup
    activities: PivotSource | None
    initiatives: PivotSource | None
    answers: PivotSource | None
    reported_money: PivotSource | None
    planned_money: PivotSource | None
    indicators: PivotSource | None
    places: PivotSource | None

    @property
    def facts(self) -> Facts:
        """What the rows say together."""
        return self.rollup.facts

    @property
    def review(self) -> Review:
        """The workbook as values."""
        return self.rollup.review

    @property
    def mark(self) -> str:
        """What every sheet is marked with, blank where nothing."""
        return self.review.text("mark")

    @property
    def listed(self) -> int:
        """How many lines a list may have."""
        return limits()["listed"]


def add_sources(book: LongBook, review: Review) -> Sources:
    """The hidden sheet with the rows that PivotTables count, each kind a native table."""
    _add_looks(book)
    sheet = book.create_sheet(DATA)
    sheet.sheet_state = "hidden"
    rollup = Rollup(Facts(review))
    tables = {
        "activities": rollup.activities,
        "initiatives": rollup.initiatives,
        "answers": rollup.answers,
        "reported_money": rollup.reported_money,
        "planned_money": rollup.planned_money,
        "indicators": rollup.indicators,
        "places": rollup.places,
    }
    made: dict[str, PivotSource | None] = {}
    left = 1
    for name, table in tables.items():
        made[name] = _add_source(book, sheet, table, left)
        left += len(table.frame.columns) + 1
    return Sources(rollup, **made)


def _add_looks(book: Workbook) -> None:
    for name, (fill, bold) in LOOKS.items():
        look = NamedStyle(
            name=name,
            font=Font(name=styles.FACE, size=10, bold=bold),
            fill=PatternFill("solid", fgColor=fill) if fill else PatternFill(),
            alignment=Alignment(wrap_text=fill == styles.PALE or not bold, vertical="top"),
        )
        if name not in book.named_styles:
            book.add_named_style(look)


def _look(sheet: Worksheet, money: bool) -> Cell:
    cell = Cell(sheet, row=1, column=1)
    if money:
        cell.number_format = styles.MONEY_FORMAT
    return cell


def _add_source(
    book: LongBook, sheet: Worksheet, table: PivotTable, left: int
) -> PivotSource | None:
    if table.frame.empty:
        return None
    for at, heading in enumerate(table.frame.columns, start=left):
        put(sheet.cell(1, at), heading, styles.HEAD)
    # A PivotTable in LibreOffice takes the number format of its source.
    looks = [_look(sheet, heading == DOLLARS) for heading in table.frame.columns]
    rows = range(2, 2 + len(table.frame))
    book.add_block(sheet, table.frame.set_axis(rows, axis="index"), left, looks)
    right = left + len(table.frame.columns) - 1
    add_native_table(sheet, table.name, 1, left, 1 + len(table.frame), right)
    return PivotSource(table.frame, table.name, table.axes, table.order)


def stack_pivot(
    sheet: Worksheet,
    source: PivotSource | None,
    pivot: Pivot,
    row: int,
    without: str = "",
) -> int:
    """The pivot at ``row`` and the row below all that a refresh can fill.

    Where the source has no such rows ``without`` is said instead.
    """
    if source is None or not source.has(pivot.pages):
        if without:
            add_note(sheet, row, without)
        return row + 2 * bool(without)
    book = sheet.parent
    found = book.filters.get(pivot.name, {}) if isinstance(book, LongBook) else {}
    placed = add_pivot(sheet, source, with_filters(source, pivot, found), f"A{row}")
    _fit(sheet, placed.ref)
    return placed.first_safe_row + 1


def _fit(sheet: Worksheet, ref: str) -> None:
    """Columns as wide as their figures need it, rows as high as their texts; these may grow."""
    left, top, right, bottom = box_of(ref)
    for row in sheet.iter_rows(top, bottom, left, right):
        for cell in row:
            if isinstance(cell.value, int | float):
                shown = as_shown(cell.value, cell.number_format)
                widen(sheet, cell.column, shown, bold=bool(cell.font.bold))
    for number in range(top, bottom + 1):
        fit_row(sheet, number, more=0, grows=True)
