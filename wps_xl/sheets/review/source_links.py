"""Links on sheet Sources: to the cell of this workbook, and to the cell of the entity's return."""

from __future__ import annotations

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.model import CellRef, Value
from wps_xl.office.excel.package.blocks import LongBook
from wps_xl.office.excel.text import put
from wps_xl.records import File, Source
from wps_xl.review.layout import SheetPlan
from wps_xl.review.workbook import Review
from wps_xl.sheets import styles
from wps_xl.sheets.review.issues_sheet import web

CELL, RETURN_CELL = "Cell", "Return cell"
WRAPPED = "Sentence"
_LINK = Font(name=styles.FACE, size=9, color="0563C1", underline="single")
MOST_ROWS = 5_000
"""A longer sheet stays a block, which is written fast and without links."""


def link_sources(book: LongBook, plan: SheetPlan, review: Review) -> None:
    """Write the rows of sheet Sources as cells, their addresses as links."""
    records = review.rows(Source)
    sheet: Worksheet = book[plan.name]
    looks = [_look(sheet, heading) for heading in plan.headings]
    for at, look in enumerate(looks, start=1):
        book.know(sheet, at, look.style_id)
    if len(records) > MOST_ROWS:
        return
    book.blocks.pop(plan.name, None)
    paths = {file.book: file.path for file in review.rows(File)}
    for row in records:
        cells = zip(row.by_heading().items(), looks, strict=True)
        for at, ((heading, value), look) in enumerate(cells, start=1):
            cell = sheet.cell(row.at, at)
            cell._style = look._style  # type: ignore[attr-defined, union-attr]
            put(cell, value)
            link = _link(heading, value, cell.coordinate, paths)
            if link is not None:
                cell.hyperlink = link


def _link(heading: str, value: Value, ref: str, paths: dict[str, str]) -> Hyperlink | None:
    if not value or heading not in (CELL, RETURN_CELL):
        return None
    place = CellRef.parse(str(value))
    inside = str(CellRef("", place.sheet, place.column, place.row))
    if heading == CELL:
        return Hyperlink(ref=ref, location=inside, display=str(value))
    path = paths.get(place.book)
    return Hyperlink(ref=ref, target=web(path), location=inside) if path else None


def _look(sheet: Worksheet, heading: str) -> Cell:
    """The formats of one column, shared by its cells; addresses look like links."""
    probe = Cell(sheet, row=1, column=1)
    probe.font = _LINK if heading in (CELL, RETURN_CELL) else Font(name=styles.FACE, size=9)
    probe.alignment = Alignment(vertical="top", wrap_text=heading == WRAPPED)
    return probe
