"""Native charts on plain ranges, which no refresh of a PivotTable reshapes."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.sheets.review.blocks import SheetBlock

COLOURS = ("2B4A66", "9DB8D2", "A9D18E", "F4B183", "C9C9C9")
WIDTH, HEIGHT = 14.5, 6.6


def add_bar_chart(
    sheet: Worksheet,
    block: SheetBlock,
    columns: Sequence[int],
    anchor: str,
    title: str,
    *,
    across: bool = False,
    stacked: bool = False,
    size: tuple[float, float] = (WIDTH, HEIGHT),
    colours: Sequence[str] = COLOURS,
    last: int = 0,
) -> None:
    """Bars of the block's ``columns`` by its first column, with their headings as legend.

    ``across`` lays the bars on their side, ``last`` is the last row shown where it is not all,
    ``size`` is width and height in centimetres.
    """
    chart = BarChart()
    chart.type = "bar" if across else "col"
    chart.grouping = "stacked" if stacked else "clustered"
    chart.overlap = 100 if stacked else 0
    chart.gapWidth = 60
    chart.title = title
    chart.width, chart.height = size  # type: ignore[assignment]
    bottom = last or block.last
    for place, at in enumerate(columns):
        column = block.columns[at]
        values = Reference(sheet, column, block.top, column, bottom)
        chart.add_data(values, titles_from_data=True)
        colour = colours[place % len(colours)]
        chart.series[-1].graphicalProperties = GraphicalProperties(solidFill=colour)
    first = block.columns[0]
    chart.set_categories(Reference(sheet, first, block.first, first, bottom))
    _plain_axes(chart, across)
    chart.dataLabels = DataLabelList()
    chart.dataLabels.showVal = not stacked
    for other in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(chart.dataLabels, other, False)
    if len(columns) == 1:
        chart.legend = None
    elif chart.legend is not None:
        chart.legend.position = "b"
    sheet.add_chart(chart, anchor)


def _plain_axes(chart: BarChart, across: bool) -> None:
    # openpyxl hides both axes unless told otherwise.
    chart.x_axis.delete = False
    chart.y_axis.delete = True
    chart.y_axis.majorGridlines = None
    chart.y_axis.scaling.min = 0
    chart.x_axis.majorTickMark = "none"
    if across:
        chart.x_axis.scaling.orientation = "maxMin"
