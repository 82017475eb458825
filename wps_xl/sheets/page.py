"""How a sheet of a form is printed."""

from __future__ import annotations

from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.model.text import shortened
from wps_xl.sheets.forms.request import Request

_A4 = 9
_LONGEST_PART = 70


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
