"""What a form says when it is issued, put into the form itself, so that its return can be told."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.forms.definitions import COVER
from wps_xl.forms.imprint import HEADING, MARGINS, computed, imprinted, said
from wps_xl.office.excel.text import put
from wps_xl.sheets.forms.names import CHECK, CODE_ROW, GUIDE, HEADING_ROW, LISTS
from wps_xl.sheets.styles import HEAD

_WHOLE = (COVER, GUIDE, CHECK, LISTS)
_LIST_HEADING = CODE_ROW - 2
_VALUES = 2
"""The column of the Cover with its values, which are no texts of the form."""


def add_imprint(book: Workbook) -> None:
    """Write the imprint of a whole form into a column of its sheet Lists."""
    sheet = book[LISTS]
    column = sheet.max_column + 1
    texts = {said(LISTS, HEADING), *(text for one in book.worksheets for text in _texts(one))}
    texts |= {text for one in book.worksheets for text in _in_margins(one)}
    put(sheet.cell(_LIST_HEADING, column), HEADING, HEAD)
    for row, piece in enumerate(imprinted(texts), start=_LIST_HEADING + 1):
        put(sheet.cell(row, column), piece)


def _texts(sheet: Worksheet) -> Iterator[str]:
    """All that the form itself says in the cells of a sheet."""
    last = sheet.max_row if sheet.title in _WHOLE else HEADING_ROW
    # To ask for rows makes their blank cells, four for each that is there.
    for (row, column), cell in sheet._cells.items():
        if row <= last and cell.data_type == "f" and sheet.title == CHECK:
            yield computed(cell.coordinate)
        elif row <= last and isinstance(cell.value, str):
            yield from _printed(sheet, row, column, cell.value)


def _printed(sheet: Worksheet, row: int, column: int, text: str) -> Iterator[str]:
    if sheet.title == LISTS and row > _LIST_HEADING:
        yield said(str(sheet.cell(_LIST_HEADING, column).value), text)
    elif (sheet.title, column) != (COVER, _VALUES):
        yield said(sheet.title, text)


def _in_margins(sheet: Worksheet) -> Iterator[str]:
    for margin in (sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter):
        for part in (margin.left, margin.center, margin.right) if margin else ():
            # In headers and footers an ampersand begins a command.
            yield said(MARGINS, (part.text or "").replace("&&", "&"))
