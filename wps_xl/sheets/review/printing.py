"""How the sheets of the review workbook are printed: pages are full, and blocks stay whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.office.excel.fitting import column_points
from wps_xl.sheets.review.blocks import is_heading

_INCH = 72.0
_CENTIMETRE = _INCH / 2.54
_SIDES, _ENDS, _OUTER = 0.45, 0.6, 0.25
_WIDE, _HIGH = 29.7 * _CENTIMETRE - 2 * _SIDES * _INCH, 21.0 * _CENTIMETRE - 2 * _ENDS * _INCH
_ROW = 15.0
_FULL = 0.95
"""Part of the page that is filled: another program's rows are a little higher or lower."""
_ENOUGH = 0.35
"""Part of a page from which on a block that is longer than a page begins there."""


@dataclass(frozen=True)
class _Part:
    """A block with its heading: first row, height with and without blank rows below [points]."""

    row: int
    whole: float
    shown: float


def set_up_print(sheet: Worksheet, header: str, title_rows: str) -> None:
    """Landscape, one page wide, headings on each page; the header says what it is."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = _SIDES
    sheet.page_margins.top = sheet.page_margins.bottom = _ENDS
    sheet.page_margins.header = sheet.page_margins.footer = _OUTER
    sheet.print_title_rows = title_rows
    top, bottom = sheet.oddHeader, sheet.oddFooter
    if top is not None and bottom is not None:
        top.left.text = header.replace("&", "&&")
        top.right.text = "&A"
        bottom.right.text = "&P/&N"


def break_pages(sheet: Worksheet, repeated: int) -> None:
    """Begin a page where a block would be torn that fits one; rows to ``repeated`` head each.

    Excel passes over such breaks where a sheet is fitted to the width, and fills its pages.
    """
    last, charts = sheet.max_row, dict(_charts(sheet))
    high = [0.0, *(_height(sheet, row) for row in range(1, last + 1))]
    page = _FULL * _HIGH / _scale(sheet) - sum(high[1 : repeated + 1])
    used, standing = 0.0, {one.id for one in sheet.row_breaks.brk}
    for part in _parts(sheet, repeated, high, charts):
        used *= part.row - 1 not in standing
        torn = used + part.shown > page
        if used and torn and (part.shown <= page or page - used < _ENOUGH * page):
            sheet.row_breaks.append(Break(id=part.row - 1))
            used = 0.0
        used += part.shown
        # Blank rows, kept free for a refresh, may end a page but never begin one.
        used = min(used % page + part.whole - part.shown, page)


def _parts(
    sheet: Worksheet, repeated: int, high: list[float], charts: dict[int, float]
) -> Iterator[_Part]:
    last = len(high) - 1
    starts = [at for at in range(repeated + 1, last + 1) if is_heading(sheet.cell(at, 1))]
    for first, after in zip(starts, [*starts[1:], last + 1], strict=False):
        filled = max(at for at in range(first, after) if at == first or _is_filled(sheet, at))
        shown = sum(high[first : filled + 1])
        for at, size in charts.items():
            if first <= at < after:
                shown = max(shown, sum(high[first:at]) + size)
        yield _Part(first, max(sum(high[first:after]), shown), shown)


def _is_filled(sheet: Worksheet, row: int) -> bool:
    cells = next(sheet.iter_rows(row, row))
    return any(cell.value is not None for cell in cells)


def _height(sheet: Worksheet, row: int) -> float:
    return sheet.row_dimensions[row].height or _ROW


def _charts(sheet: Worksheet) -> Iterator[tuple[int, float]]:
    """Row and height of each chart."""
    for chart in sheet._charts:  # type: ignore[attr-defined]
        yield coordinate_to_tuple(chart.anchor)[0], chart.height * _CENTIMETRE


def _scale(sheet: Worksheet) -> float:
    """How much the sheet is made smaller to be one page wide."""
    letters = (get_column_letter(at) for at in range(1, sheet.max_column + 1))
    wide = sum(column_points(sheet.column_dimensions[letter].width) for letter in letters)
    widest = max((chart.width * _CENTIMETRE for chart in sheet._charts), default=0.0)  # type: ignore[attr-defined]
    return min(1.0, _WIDE / max(wide, widest, 1.0))
