"""The visible cells of a PivotTable, so that its figures show before anything refreshes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from itertools import chain, product
from typing import Any
from weakref import WeakKeyDictionary

import pandas as pd
from openpyxl.styles import Border, Color, Font, PatternFill, Side
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.office.excel.pivots.axes import AxisLine, ItemKey
from wps_xl.office.excel.pivots.formats import BESIDE, FIGURE, LEFT, RIGHT
from wps_xl.office.excel.pivots.layout import Layout, PivotValue
from wps_xl.office.excel.pivots.source import Scalar, SourceField

TOTAL = "Total"

_AGGREGATES = {"sum": "sum", "count": "count", "average": "mean", "min": "min", "max": "max"}
_DATE = "yyyy-mm-dd"
TITLE_SIZE = 12

# The colours of PivotStyleLight16, for everything that does not draw pivot styles.
_ACCENT = Color(theme=4, tint=0.4)
_HEADING_FILL = PatternFill("solid", fgColor=Color(theme=4, tint=0.8))
_HEADING_LINE = Border(bottom=Side("thin", color=_ACCENT))
_TOTAL_LINE = Border(top=Side("thin", color=_ACCENT))

# Those of the areas, so that a refresh changes nothing; the title is not part of the PivotTable.
_HEADINGS = ("heading", "name", "figure heading")
_SIDES = {"title": BESIDE, "name": BESIDE, "figure heading": RIGHT, "figure": FIGURE}


@dataclass(frozen=True)
class Cell:
    """One cell. ``part`` is title, page, heading, name, figure heading, label or figure.

    ``strong`` is bold, ``total`` marks the grand total's row, ``button`` a cell with a drop-down.
    A name is that of a field over the columns, a figure heading stands directly above its figures.
    """

    row: int
    column: int
    part: str
    value: Scalar | None = None
    strong: bool = False
    total: bool = False
    button: bool = False
    indent: int = 0
    number_format: str = "General"


RowColumn = tuple[int, int]
"""Row and column."""

Figures = Mapping[tuple[ItemKey, ItemKey, int], int | float]
"""Row key, column key and measure → the figure; without entry where nothing is counted."""


def cells(layout: Layout) -> Iterator[Cell]:
    """Every cell of the pivot once, blank ones included."""
    return chain(_title(layout), _pages(layout), _headings(layout), _body(layout))


def _title(layout: Layout) -> Iterator[Cell]:
    if layout.pivot.title:
        yield Cell(layout.top, layout.left, "title", layout.pivot.title, strong=True)


def _pages(layout: Layout) -> Iterator[Cell]:
    """Name of each page filter and the item it is set to."""
    for row, (name, item) in enumerate(layout.pivot.pages.items(), layout.page_top):
        yield Cell(row, layout.left, "page", name)
        code = None if item is None else layout.source.code(name, item)
        several = "(Multiple Items)" if layout.pivot.hidden.get(name) else "(All)"
        shown = several if code is None else layout.source.fields[name].caption(code)
        yield Cell(row, layout.left + 1, "page", shown, button=True, number_format=_shape(shown))


def _headings(layout: Layout) -> Iterator[Cell]:
    """All cells above the lines: names of fields with their buttons, items, captions, blanks."""
    names = dict(_field_names(layout))
    texts = {**dict(_value_captions(layout)), **dict(_column_labels(layout))}
    rows = range(layout.body_top, layout.data_top)
    for place in product(rows, range(layout.left, layout.body_right + 1)):
        shown = names.get(place, texts.get(place))
        yield Cell(
            *place,
            _heading_part(layout, *place),
            shown,
            strong=True,
            button=place in names,
            number_format=_shape(shown),
        )


def _heading_part(layout: Layout, row: int, column: int) -> str:
    """What a heading stands over: one column of figures, if it is the lowest or a total's."""
    if column < layout.data_left:
        return "heading"
    if row == layout.body_top and layout.pivot.columns:
        return "name"
    line = layout.column_lines[column - layout.data_left]
    return "figure heading" if row == layout.data_top - 1 or line.kind != "data" else "heading"


def _field_names(layout: Layout) -> Iterator[tuple[RowColumn, str]]:
    """The names of row and column fields; in the compact layout one for each axis."""
    pivot = layout.pivot
    for axis, row, left in (
        (pivot.rows, layout.data_top - 1, layout.left),
        (pivot.columns, layout.body_top, layout.data_left),
    ):
        names = [" / ".join(axis)] if pivot.compact and axis else axis
        for column, name in enumerate(names, left):
            yield (row, column), name


def _value_captions(layout: Layout) -> Iterator[tuple[RowColumn, str]]:
    """Over each value, or once in the corner where it stands for all columns."""
    pivot = layout.pivot
    if pivot.columns and len(pivot.values) == 1:
        yield (layout.body_top, layout.left), pivot.values[0].caption
        return
    for column, line in enumerate(layout.column_lines, layout.data_left):
        if line.kind == "data":
            yield (layout.data_top - 1, column), pivot.values[line.measure].caption


def _column_labels(layout: Layout) -> Iterator[tuple[RowColumn, Scalar]]:
    """The items over the columns; items that repeat the column before stay blank."""
    fields = [layout.source.fields[name] for name in layout.pivot.columns]
    values = layout.pivot.values if len(layout.pivot.values) > 1 else ()
    for column, line in enumerate(layout.column_lines, layout.data_left):
        first = layout.body_top + 1
        if line.kind != "data":
            yield (first + max(len(line.key) - 1, 0), column), _total_caption(fields, line, values)
            continue
        for level in range(min(line.repeated, len(fields)), len(fields)):
            yield (first + level, column), fields[level].caption(line.key[level])


def _total_caption(
    fields: list[SourceField], line: AxisLine, values: tuple[PivotValue, ...]
) -> str:
    """``Total``, ``Mediation Total``; with several values their caption behind it."""
    text = TOTAL
    if line.key:
        text = f"{_text(fields[len(line.key) - 1].caption(line.key[-1]))} {TOTAL}"
    return f"{text} {values[line.measure].caption}" if values else text


def _body(layout: Layout) -> Iterator[Cell]:
    figures = _figures(layout)
    for row, line in enumerate(layout.row_lines, layout.data_top):
        yield from _row_labels(layout, row, line)
        for column, head in enumerate(layout.column_lines, layout.data_left):
            measure = layout.pivot.values[head.measure]
            yield Cell(
                row,
                column,
                "figure",
                figures.get((line.key, head.key, head.measure)),
                strong=_is_strong(layout, line) or head.kind != "data",
                total=line.kind == "grand",
                number_format=BUILTIN_FORMATS[measure.number_format],
            )


def _is_strong(layout: Layout, line: AxisLine) -> bool:
    """True for totals, and for the heading lines of the compact layout."""
    return line.kind != "data" or len(line.key) < len(layout.pivot.rows)


def _row_labels(layout: Layout, row: int, line: AxisLine) -> Iterator[Cell]:
    labels = dict(_labels(layout, line))
    indent = len(line.key) - 1 if layout.pivot.compact and line.key else 0
    for place in range(layout.label_columns):
        shown = labels.get(place)
        yield Cell(
            row,
            layout.left + place,
            "label",
            shown,
            strong=_is_strong(layout, line),
            total=line.kind == "grand",
            indent=indent,
            number_format=_shape(shown),
        )


def _labels(layout: Layout, line: AxisLine) -> Iterator[tuple[int, Scalar]]:
    """Each label of the line and its place among the label columns."""
    fields = [layout.source.fields[name] for name in layout.pivot.rows]
    if line.kind != "data":
        yield max(len(line.key) - 1, 0), _total_caption(fields, line, ())
    elif layout.pivot.compact:
        yield 0, fields[len(line.key) - 1].caption(line.key[-1])
    else:
        for level in range(line.repeated, len(fields)):
            yield level, fields[level].caption(line.key[level])


def _figures(layout: Layout) -> Figures:
    """Every figure of the pivot, totals of all levels included."""
    pivot, source = layout.pivot, layout.source
    codes = pd.DataFrame({name: source.fields[name].codes for name in pivot.axes})
    codes = codes[layout.chosen.to_numpy()]
    row_depths = {len(line.key) for line in layout.row_lines}
    column_depths = {len(line.key) for line in layout.column_lines}
    figures = {}
    for place, measure in enumerate(pivot.values):
        series = _series(source.fields[measure.column], measure)[layout.chosen.to_numpy()]
        for i, j in product(row_depths, column_depths):
            by = [*pivot.rows[:i], *pivot.columns[:j]]
            for key, figure in _aggregate(series, codes[by], measure.function).items():
                figures[key[:i], key[i:], place] = figure
    return figures


def _series(column: SourceField, measure: PivotValue) -> pd.Series[float]:
    """The column's numbers; to count, a one for every cell that is not blank."""
    if measure.function == "count":
        return pd.Series([None if value is None else 1.0 for value in column.values], dtype=float)
    return pd.Series(list(column.values), dtype=float)


def _aggregate(
    series: pd.Series[float], codes: pd.DataFrame, function: str
) -> dict[ItemKey, int | float]:
    """The figure of each group; groups of blanks have none, as in Excel."""
    filled = series.notna()
    series, codes = series[filled], codes[filled]
    if series.empty:
        return {}
    if codes.shape[1] == 0:
        return {(): _plain(series.agg(_AGGREGATES[function]))}
    groups = series.groupby([codes[name] for name in codes.columns]).agg(_AGGREGATES[function])
    keys = (key if isinstance(key, tuple) else (key,) for key in groups.index)
    return {tuple(map(int, key)): _plain(figure) for key, figure in zip(keys, groups, strict=True)}


def _plain(figure: float) -> int | float:
    return int(figure) if float(figure).is_integer() else float(figure)


def _shape(value: Scalar | None) -> str:
    """The number format of a label."""
    return _DATE if isinstance(value, dt.datetime) else "General"


def _text(value: Scalar) -> str:
    return f"{value:%Y-%m-%d}" if isinstance(value, dt.datetime) else str(value)


# The formats of a book's cells by what they look like: far faster than setting each anew.
_LOOKS: WeakKeyDictionary[object, dict[tuple[object, ...], Any]] = WeakKeyDictionary()


def write(sheet: Worksheet, cell: Cell) -> None:
    """Write the cell: text as text, never as a formula."""
    target: Any = sheet.cell(cell.row, cell.column)
    target.value = cell.value
    quoted = isinstance(cell.value, str) and cell.value[0] in "=+-@\t\r"
    if isinstance(cell.value, str):
        target.data_type = "s"
    looks = _LOOKS.setdefault(sheet.parent, {})
    key = (cell.part, cell.strong, cell.total, cell.button, cell.indent, cell.number_format, quoted)
    if key not in looks:
        target.quotePrefix = quoted
        _format(target, cell)
        looks[key] = target._style
    target._style = copy(looks[key])


def _format(target: Any, cell: Cell) -> None:
    target.number_format = cell.number_format
    if cell.strong:
        font = copy(target.font)
        target.font = Font(
            name=font.name,
            family=font.family,
            scheme=font.scheme,
            color=font.color,
            size=TITLE_SIZE if cell.part == "title" else font.size,
            bold=True,
        )
    if cell.part in _HEADINGS or cell.total:
        target.fill = _HEADING_FILL
        target.border = _TOTAL_LINE if cell.total else _HEADING_LINE
    alignment = copy(_SIDES.get(cell.part, LEFT))
    alignment.indent = cell.indent
    target.alignment = alignment
    target.pivotButton = cell.button
