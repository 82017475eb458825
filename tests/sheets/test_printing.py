"""Pages of the review workbook are filled, and a block that fits a page is not torn."""

from __future__ import annotations

from openpyxl import Workbook

from wps_xl.sheets.review.blocks import add_heading
from wps_xl.sheets.review.printing import break_pages


def breaks(*blocks: tuple[int, int]) -> list[int]:
    """The last row of each page; a block has so many rows with text and so many blank ones."""
    sheet = Workbook().worksheets[0]
    sheet.column_dimensions["A"].width = 100
    row = 4
    for filled, blank in blocks:
        add_heading(sheet, row, "A block")
        for number in range(row + 1, row + filled):
            sheet.cell(number, 1).value = "x"
        row += filled + blank
    sheet.cell(row, 1).value = "end"

    break_pages(sheet, 3)

    return [one.id for one in sheet.row_breaks.brk]


def test_a_block_that_would_be_torn_begins_a_page() -> None:
    assert breaks((10, 1), (10, 1), (12, 1)) == [25]


def test_blocks_that_fit_share_a_page() -> None:
    assert breaks((10, 1), (10, 1), (5, 1)) == []


def test_blank_rows_kept_for_a_refresh_do_not_begin_a_page() -> None:
    assert breaks((10, 40), (5, 1)) == [53]


def test_a_block_longer_than_a_page_begins_where_there_is_room() -> None:
    assert breaks((5, 1), (60, 1)) == []
    assert breaks((20, 1), (60, 1)) == [24]
