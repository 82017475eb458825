"""Sheet Start: where the cycle stands, what comes next, and the way to every sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.analysis.money import dollars
from wps_xl.analysis.rollup import COUNTED, THEME
from wps_xl.model import Value
from wps_xl.office.excel.fitting import fit_row
from wps_xl.office.excel.text import put
from wps_xl.review.columns import NOT_ASSIGNED
from wps_xl.review.cycle_status import Standing, next_steps, standing
from wps_xl.review.layout import SheetPlan, about, colours
from wps_xl.review.workbook import sheets_of
from wps_xl.sheets import styles
from wps_xl.sheets.review.blocks import Head, add_bars, add_block, add_heading
from wps_xl.sheets.review.charts import add_bar_chart
from wps_xl.sheets.review.sources import Sources

# Four tiles of two columns each; the rest of the sheet follows their grid.
WIDTHS = (34, 13, 13, 13, 13, 13, 26, 26)
TILE_TOP, STEPS_TOP = 4, 7


def add_start_sheet(book: Workbook, plan: SheetPlan, sources: Sources) -> None:
    """The first sheet: the figures that matter, the next steps, charts, links."""
    sheet: Worksheet = book.create_sheet(plan.name, 0)
    review = sources.review
    found = standing(review)
    mark = f" · {sources.mark}" if sources.mark else ""
    put(sheet["A1"], f"{review.cycle.name}{mark}", styles.TITLE)
    (first, last), (plan_first, plan_last) = review.cycle.review, review.cycle.plan_period
    when = f"{found.consolidated:%Y-%m-%d %H:%M}" if found.consolidated else "not yet"
    line = f"Review {first} to {last} · plan {plan_first} to {plan_last} · consolidated: {when}"
    put(sheet["A2"], line, styles.HELP)
    for at, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions["ABCDEFGH"[at - 1]].width = width
    for place, tile in enumerate(_tiles(found, sources)):
        _add_tile(sheet, _TILES[place], *tile)
    row = _add_steps(sheet, sources, found, STEPS_TOP)
    row = _add_dashboard(sheet, sources, found, row)
    sheet.row_breaks.append(Break(id=row - 1))
    words = {other.name: about(other) for other in sheets_of(review)}
    _add_links(sheet, {name: words.get(name, "") for name in _others(book, plan)}, row)
    sheet.sheet_properties.tabColor = colours()["pivot"]
    sheet.sheet_view.showGridLines = False


_TILES = (("A", "A"), ("B", "D"), ("E", "G"), ("H", "H"))


def _tiles(found: Standing, sources: Sources) -> list[tuple[str, str]]:
    received, asked = sum(f.received for f in found.forms), sum(f.asked for f in found.forms)
    money = sum(item.cents for item in sources.facts.amounts if item.counted)
    planned = sum(share.cents for share in sources.facts.shares)
    sums = (planned, "US dollars planned") if planned else (money, "US dollars reported")
    return [
        (f"{received} of {asked}", "returns received"),
        (f"{found.rows:,}", "rows accepted"),
        (f"{found.errors} + {found.warnings}", "errors + warnings to answer"),
        (f"{dollars(sums[0]):,.0f}", sums[1]),
    ]


def _add_tile(sheet: Worksheet, columns: tuple[str, str], figure: str, words: str) -> None:
    fill = PatternFill("solid", fgColor=styles.PALE)
    for row, text, size, bold in ((TILE_TOP, figure, 20, True), (TILE_TOP + 1, words, 10, False)):
        cell = sheet[f"{columns[0]}{row}"]
        put(cell, text)
        cell.font = Font(name=styles.FACE, size=size, bold=bold, color=styles.DEEP)
        cell.fill = fill
        cell.alignment = Alignment(horizontal="center", vertical="center")
        if columns[0] != columns[1]:
            sheet.merge_cells(f"{columns[0]}{row}:{columns[1]}{row}")
    sheet.row_dimensions[TILE_TOP].height = 32
    sheet.row_dimensions[TILE_TOP + 1].height = 18


def _add_steps(sheet: Worksheet, sources: Sources, found: Standing, row: int) -> int:
    add_heading(sheet, row, "What comes next")
    likely = len(sources.facts.likenesses)
    steps = list(next_steps(sources.review, found, likely))
    for number, (step, target) in enumerate(steps, start=row + 1):
        _link(sheet, number, 1, target, target)
        cell = sheet.cell(number, 2)
        put(cell, step)
        cell.font = Font(name=styles.FACE, size=10)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.merge_cells(start_row=number, end_row=number, start_column=2, end_column=8)
        fit_row(sheet, number, spans={2: 7})
    return row + len(steps) + 2


def _add_dashboard(sheet: Worksheet, sources: Sources, found: Standing, row: int) -> int:
    """Returns by form and rows by thematic area: small tables, a chart under each."""
    add_heading(sheet, row, "Returns")
    heads = (
        Head("Form"),
        Head("Asked", "count"),
        Head("Received", "count"),
        Head("Missing", "count"),
        Head("Late", "count"),
    )
    forms = [(f.label, f.asked, f.received, f.missing, f.late) for f in found.forms]
    returns = add_block(sheet, row + 1, heads, forms)
    add_heading(sheet, row, "By thematic area, a joint one counted once", 7)
    beside = (Head("Thematic area"), Head("Activities + initiatives", "count"))
    themes = add_block(sheet, row + 1, beside, _by_theme(sources), column=7)
    for block, at in ((returns, 2), (themes, 1)):
        add_bars(sheet, block.ref(at))
    bottom = max(returns.last, themes.last) + 2
    size = (15.5, 6.6)
    add_bar_chart(
        sheet, returns, (2, 3), f"A{bottom}", "Returns: received and missing", across=True,
        stacked=True, size=size, colours=("2B4A66", "F4B183"),
    )  # fmt: skip
    add_bar_chart(sheet, themes, (1,), f"F{bottom}", "Activities and initiatives", across=True,
                  size=size)  # fmt: skip
    return bottom + 16


def _by_theme(sources: Sources) -> Sequence[tuple[Value, ...]]:
    frames = [sources.rollup.activities.frame, sources.rollup.initiatives.frame]
    codes = sources.review.codebook["thematic_areas"]
    names = [codes.label(code) for code in codes]
    rows = [
        (name, int(sum(frame.loc[frame[THEME] == name, COUNTED].sum() for frame in frames)))
        for name in (*names, NOT_ASSIGNED)
    ]
    return rows if rows[-1][1] else rows[:-1]


def _add_links(sheet: Worksheet, names: Mapping[str, str], row: int) -> None:
    """Links to every sheet with what it is for, in two columns."""
    add_heading(sheet, row, "Sheets")
    half = (len(names) + 1) // 2
    for at, (name, words) in enumerate(names.items()):
        number = row + 1 + at % half
        column, beside = ((1, 2), (7, 8))[at // half]
        _link(sheet, number, column, name, name)
        cell = sheet.cell(number, beside)
        put(cell, words)
        cell.font = Font(name=styles.FACE, size=9, color=styles.GREY)


def _link(sheet: Worksheet, row: int, column: int, target: str, text: str) -> None:
    cell = sheet.cell(row, column)
    put(cell, text)
    # A place in this workbook, not an outside address that begins with a hash.
    place = "'{}'!A1".format(target.replace("'", "''"))
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place, display=text)
    cell.font = Font(name=styles.FACE, size=10, underline="single", color=styles.DEEP)
    cell.alignment = Alignment(vertical="top")


def _others(book: Workbook, plan: SheetPlan) -> list[str]:
    return [
        sheet.title
        for sheet in book.worksheets
        if sheet.title != plan.name and sheet.sheet_state == "visible"
    ]
