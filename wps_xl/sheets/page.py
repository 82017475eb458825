"""How a sheet is printed, and how high a row must be for its text."""

from __future__ import annotations

import math

from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.sheets.forms.request import Request
from wps_xl.sheets.text import shortened

_A4 = 9
_LONGEST_PART = 70
_LINE = {10: 13.0, 9: 12.0}


def lay_out_page(
    sheet: Worksheet,
    request: Request,
    title: str = "",
    *,
    landscape: bool = False,
    pages_wide: int = 1,
    pages_high: int = 0,
) -> None:
    """A4, fitted to the width, with cycle, form, entity, sheet and page above and below.

    ``title`` stands above the page between them; ``pages_high`` is 0 where the sheet may take as
    many pages as it needs.
    """
    setup = sheet.page_setup
    setup.paperSize = _A4
    setup.orientation = "landscape" if landscape else "portrait"
    setup.fitToWidth, setup.fitToHeight = pages_wide, pages_high
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.45
    sheet.page_margins.top = sheet.page_margins.bottom = 0.75
    above, below = HeaderFooterItem(), HeaderFooterItem()
    above.left.text, above.right.text = map(_printed, (request.cycle.name, request.entity_name))
    above.center.text = _printed(title) or None
    below.left.text = _printed(request.form.label)
    below.center.text, below.right.text = "&A", "&P / &N"
    sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter = above, below


def _printed(text: str) -> str:
    # In headers and footers an ampersand begins a command.
    return shortened(text, _LONGEST_PART).replace("&", "&&")


class GrowingRow(RowDimension):
    """A row as high as it is written, which Excel fits anew when its text changes."""

    # openpyxl calls every height that is given a custom one, which Excel then keeps.
    customHeight = property(lambda self: False)  # noqa: N815


def grow(sheet: Worksheet, row: int, points: float) -> None:
    """Make the row that high, until its text changes."""
    sheet.row_dimensions[row] = GrowingRow(sheet, index=row, ht=points)


def height(text: str, width: float, size: int = 10, bold: bool = False) -> float:
    """The height in points of a cell ``width`` characters wide, so that nothing is cut off."""
    room = max(width, 1) * 10 / size * (1.02 if bold else 1.15)
    lines = sum(_lines(line, room) for line in text.split("\n"))
    return lines * _LINE[size]


def _lines(text: str, room: float) -> int:
    """How many lines the words of a text fill; a word longer than a line is broken."""
    lines, used = 1, 0.0
    for word in text.split(" "):
        size = len(word)
        if used and used + 1 + size > room:
            lines, used = lines + 1, 0.0
        extra = math.ceil(size / room) - 1
        lines, used = lines + extra, used + size - extra * room + (1 if used else 0)
    return lines
