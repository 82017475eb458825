"""What people say beside the cells that a form asks for; each has a file to itself."""

from __future__ import annotations

from random import Random

from faults.cells import P
from faults.page import Fault, Page
from faults.structure import C
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment


def remark(page: Page, row: int, chance: Random) -> str | None:
    cell = page.sheet.cell(row, page.sheet.max_column + 2, "Mary is to check this.")
    return str(cell.coordinate)


def add_sheet(page: Page, row: int, chance: Random) -> str | None:
    page.book.create_sheet("Our notes")["B2"] = "Figures of the regional offices"
    page.book["Our notes"].sheet_state = chance.choice(["visible", "hidden"])
    return "Our notes!B2"


def remark_above(page: Page, row: int, chance: Random) -> str | None:
    page.sheet["K1"] = "All figures are provisional."
    return "K1"


def remark_on_cover(page: Page, row: int, chance: Random) -> str | None:
    page.sheet["A30"] = "Please do not quote us."
    return "A30"


def note_on_cell(page: Page, row: int, chance: Random) -> str | None:
    cell = page.sheet.cell(row, page.column("activity"))
    cell.comment = Comment("Wrong year, see our letter.", "C. Person")
    return str(cell.coordinate)


def link_behind(page: Page, row: int, chance: Random) -> str | None:
    cell = page.sheet.cell(row, page.column("partners"))
    cell.value, cell.hyperlink = "Annual report", "https://example.org/annual.pdf"
    return str(cell.coordinate)


def chart_sheet(page: Page, row: int, chance: Random) -> str | None:
    drawn = BarChart()
    drawn.add_data(Reference(page.sheet, min_col=1, min_row=5, max_row=6))
    page.book.create_chartsheet("Our chart").add_chart(drawn)
    return "Our chart!"


def chart(page: Page, row: int, chance: Random) -> str | None:
    drawn = BarChart()
    drawn.add_data(Reference(page.sheet, min_col=1, min_row=5, max_row=7))
    page.sheet.add_chart(drawn, "D9")
    return "D9"


SAID = [
    Fault("remark beside the table", *P, "", "beside-table", "note", remark, True),
    Fault("sheet of its own", *P, "", "own-sheet", "note", add_sheet, True),
    Fault("remark above the table", *P, "", "remark", "note", remark_above, True),
    Fault("remark on the Cover", *C, "", "remark", "note", remark_on_cover, True),
    Fault("note on a cell", *P, "activity", "cell-note", "note", note_on_cell, True),
    Fault("link behind words", *P, "partners", "link-behind-words", "note", link_behind, True),
    Fault("chart of their own", *P, "", "drawn-object", "note", chart, True),
    Fault("sheet that is a chart", *P, "", "sheet-without-cells", "note", chart_sheet, True),
]
