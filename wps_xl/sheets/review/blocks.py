"""Plain ranges on the pivot sheets: titles, small tables of figures, conditional formats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, Literal
from weakref import WeakKeyDictionary

from openpyxl.cell import Cell, MergedCell
from openpyxl.formatting.rule import DataBar, FormatObject, Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.model import Value
from wps_xl.office.excel.fitting import as_shown, fit_row, widen
from wps_xl.office.excel.pivots.cells import TITLE_SIZE as HEADING_SIZE
from wps_xl.office.excel.text import put
from wps_xl.review.layout import colours
from wps_xl.sheets import styles

FORMATS: Mapping[str, str] = {
    "text": "General",
    "count": "#,##0",
    "money": "#,##0",
    "share": "0%",
    "number": "#,##0.##",
    "date": styles.DATE_FORMAT,
}
BAR = "FF9DB8D2"
GAP = "FFFBE3BC"
# Share of the greatest value, and the colour of what reaches it.
HEAT = ((0.75, "FF5B9BD5"), (0.4, "FF9DC3E6"), (0.0, "FFDDEBF7"))
Operator = Literal["equal", "greaterThanOrEqual"]
_LINE = Border(bottom=Side(style="thin", color=styles.LINE))
_DIGITS = 6
# The formats of a book's cells by what they look like: far faster than setting each anew.
_LOOKS: WeakKeyDictionary[object, dict[tuple[object, ...], Any]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Head:
    """One column of a block: its heading and what its cells hold, a key of ``FORMATS``.

    ``spans`` is how many columns of the sheet it takes.
    """

    heading: str
    kind: str = "text"
    spans: int = 1


@dataclass(frozen=True)
class SheetBlock:
    """Where a block stands: the row of its headings, its rows, its first column."""

    top: int
    first: int
    last: int
    columns: tuple[int, ...]

    def ref(self, at: int) -> str:
        """The cells of its column ``at``, counted from 0, without the heading."""
        letter = get_column_letter(self.columns[at])
        return f"{letter}{self.first}:{letter}{self.last}"


def add_page(
    book: Workbook,
    name: str,
    lines: Sequence[str],
    mark: str,
    widths: Sequence[float],
    title: str = "",
) -> Worksheet:
    """A pivot sheet with its title, its lines of explanation in rows 2 and 3, frozen above row 4.

    ``widths`` are those of its columns from A on; ``title`` is given where it is not the name.
    """
    sheet: Worksheet = book.create_sheet(name)
    title = title or name
    put(sheet["A1"], f"{title} · {mark}" if mark else title, styles.TITLE)
    sheet.row_dimensions[1].height = 24
    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    across = min(len(widths), 8)
    for number, line in enumerate(lines, start=2):
        cell = sheet.cell(number, 1)
        put(cell, line, styles.HELP)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        _merge(sheet, number, 1, across)
        fit_row(sheet, number, spans={1: across})
    sheet.sheet_properties.tabColor = colours()["pivot"]
    sheet.sheet_view.showGridLines = False
    sheet.freeze_panes = "A4"
    return sheet


def add_heading(sheet: Worksheet, row: int, text: str, column: int = 1) -> None:
    """The title of a block or of a note."""
    cell = sheet.cell(row, column)
    put(cell, text)
    cell.font = Font(name=styles.FACE, size=HEADING_SIZE, bold=True, color=styles.DEEP)


def is_heading(cell: Cell | MergedCell) -> bool:
    """Whether a block begins at the cell, one of ours or a PivotTable."""
    return isinstance(cell.value, str) and cell.font.size == HEADING_SIZE and bool(cell.font.bold)


def add_note(sheet: Worksheet, row: int, text: str, column: int = 1) -> None:
    """A line in grey."""
    put(sheet.cell(row, column), text, styles.HELP)


def add_block(
    sheet: Worksheet,
    row: int,
    heads: Sequence[Head],
    rows: Sequence[Sequence[Value]],
    *,
    column: int = 1,
    total: bool = False,
) -> SheetBlock:
    """Headings in ``row`` and the rows below; the last row is a total where ``total`` says so."""
    columns = []
    for head in heads:
        columns.append(column)
        cell = sheet.cell(row, column)
        put(cell, head.heading, styles.HEAD)
        left = head.kind == "text"
        cell.alignment = Alignment(
            horizontal="left" if left else "right",
            vertical="center",
            wrap_text=True,
            indent=int(left),
        )
        _merge(sheet, row, column, head.spans)
        column += head.spans
    spans = {at: head.spans for at, head in zip(columns, heads, strict=True)}
    fit_row(sheet, row, more=1, spans=spans)
    for number, values in enumerate(rows, start=row + 1):
        strong = total and number == row + len(rows)
        for at, head, value in zip(columns, heads, values, strict=True):
            _write(sheet, number, at, head, value, strong)
        fit_row(sheet, number, more=1, spans=spans)
    return SheetBlock(row, row + 1, row + max(len(rows), 1), tuple(columns))


def _write(sheet: Worksheet, row: int, column: int, head: Head, value: Value, strong: bool) -> None:
    cell: Any = sheet.cell(row, column)
    # openpyxl writes 16 digits: a longer number would not be read as what was written.
    put(cell, round(value, _DIGITS) if isinstance(value, float) else value)
    whole = head.kind != "number" or not isinstance(value, float) or value.is_integer()
    looks = _LOOKS.setdefault(sheet.parent, {})
    key = (head.kind, whole, strong, cell.quotePrefix)
    if key not in looks:
        _format(cell, head, whole, strong)
        looks[key] = cell._style
    cell._style = copy(looks[key])
    if isinstance(value, int | float) and head.spans == 1:
        widen(sheet, column, as_shown(value, cell.number_format), bold=strong)
    _merge(sheet, row, column, head.spans)


def _format(cell: Any, head: Head, whole: bool, strong: bool) -> None:
    cell.font = Font(name=styles.FACE, size=10, bold=strong)
    cell.border = _LINE
    left = head.kind == "text"
    side = "left" if left else "right"
    cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=left, indent=int(left))
    kind = "count" if head.kind == "number" and whole else head.kind
    cell.number_format = FORMATS[kind]
    if strong:
        cell.fill = PatternFill("solid", fgColor=styles.PALE)


def _merge(sheet: Worksheet, row: int, column: int, spans: int) -> None:
    """Merge cells that nothing stands in; all get the look of the first.

    ``merge_cells`` of openpyxl would compare the borders of each, an eighth of the whole writing.
    """
    if spans > 1:
        last = column + spans - 1
        cells: list[Any] = [sheet.cell(row, at) for at in range(column, last + 1)]
        sheet.merged_cells.add(CellRange(None, column, row, last, row))
        for cell in cells[1:]:
            cell._style = copy(cells[0]._style)


def add_bars(sheet: Worksheet, ref: str) -> None:
    """Data bars from nought to the greatest value."""
    ends = [FormatObject(type="num", val=0), FormatObject(type="max")]
    bar = DataBar(cfvo=ends, color=Color(rgb=BAR), showValue=True, minLength=0)
    sheet.conditional_formatting.add(ref, Rule(type="dataBar", dataBar=bar))


def add_heat(sheet: Worksheet, ref: str, most: float, gaps: bool = True) -> None:
    """The more, the darker, up to ``most``; cells that hold nought are marked as gaps."""
    if gaps:
        sheet.conditional_formatting.add(ref, fill_where("equal", "0", GAP))
    for share, colour in HEAT:
        least = f"{max(1, round(share * most)):d}"
        sheet.conditional_formatting.add(ref, fill_where("greaterThanOrEqual", least, colour))


def add_lights(sheet: Worksheet, ref: str, lights: Mapping[str, str]) -> None:
    """Colour each cell by the light that it names; ``lights`` is label to colour."""
    for label, colour in lights.items():
        quoted = label.replace('"', '""')
        sheet.conditional_formatting.add(ref, fill_where("equal", f'"{quoted}"', f"FF{colour}"))


def fill_where(operator: Operator, value: str, colour: str) -> Rule:
    """A rule that fills cells by ``value``, a number or a text in quotes."""
    fill = DifferentialStyle(fill=PatternFill(bgColor=colour))
    return Rule(type="cellIs", operator=operator, formula=[value], dxf=fill, stopIfTrue=True)
