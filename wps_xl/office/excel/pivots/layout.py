"""A PivotTable before it is written: what it shows, and where every part of it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import pandas as pd
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from wps_xl.office.excel.pivots.axes import Axis, AxisLine, ItemKey
from wps_xl.office.excel.pivots.source import LONGEST_NAME, PivotSource, Scalar

FUNCTIONS = ("sum", "count", "average", "min", "max")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

Box = tuple[int, int, int, int]
"""First column, first row, last column, last row."""


@dataclass(frozen=True)
class PivotValue:
    """One value of a pivot: ``caption`` heads it and must differ from every heading of the table.

    ``number_format`` is the number of one of Excel's built-in formats; 3 is ``#,##0``.
    ``count`` counts the cells that are not blank, whatever they hold.
    """

    column: str
    caption: str
    function: Literal["sum", "count", "average", "min", "max"] = "sum"
    number_format: int = 3


@dataclass(frozen=True)
class Pivot:
    """What one PivotTable shows.

    ``title`` stands in bold above it. ``pages`` maps a page filter to the item it is set to; None
    is all items. ``hidden`` maps an axis to the positions of the items that a filter takes off.
    ``tabular`` gives each row field a column, ``compact`` all of them one.
    """

    name: str
    title: str
    rows: tuple[str, ...]
    values: tuple[PivotValue, ...]
    columns: tuple[str, ...] = ()
    pages: Mapping[str, Scalar | None] = field(default_factory=dict)
    hidden: Mapping[str, frozenset[int]] = field(default_factory=dict)
    layout: Literal["tabular", "compact"] = "tabular"
    grand_totals: bool = True
    style: str = "PivotStyleLight16"

    @property
    def compact(self) -> bool:
        """True if all row fields share one column."""
        return self.layout == "compact"

    @property
    def axes(self) -> tuple[str, ...]:
        """Every field that is a row, a column or a page filter."""
        return (*self.rows, *self.columns, *self.pages)


@dataclass(frozen=True)
class Layout:
    """A pivot over a source with its top left cell at row ``top`` and column ``left``.

    From top to bottom: the title, the page filters and a blank row, the headings, the lines.
    """

    source: PivotSource
    pivot: Pivot
    top: int
    left: int

    @cached_property
    def chosen(self) -> pd.Series[bool]:
        """The rows that the filters let through."""
        mask = self.source.rows_of(self.pivot.pages)
        for name, codes in self.pivot.hidden.items():
            mask &= ~pd.Series(self.source.fields[name].codes).isin(codes)
        return mask

    @cached_property
    def row_lines(self) -> tuple[AxisLine, ...]:
        """The lines under the headings."""
        pivot = self.pivot
        axis = Axis(len(pivot.rows), 1, pivot.compact, pivot.grand_totals)
        return axis.lines(self._keys(pivot.rows))

    @cached_property
    def column_lines(self) -> tuple[AxisLine, ...]:
        """The columns beside the row labels."""
        pivot = self.pivot
        axis = Axis(len(pivot.columns), len(pivot.values), False, pivot.grand_totals)
        return axis.lines(self._keys(pivot.columns))

    def _keys(self, names: tuple[str, ...]) -> list[ItemKey]:
        codes = [self.source.fields[name].codes for name in names]
        keys = zip(*codes, strict=True)
        return sorted({key for key, let in zip(keys, self.chosen, strict=False) if let})

    @property
    def page_top(self) -> int:
        """Row of the first page filter."""
        return self.top + bool(self.pivot.title)

    @property
    def body_top(self) -> int:
        """First row of the PivotTable proper, where Excel says that it begins."""
        pages = len(self.pivot.pages)
        return self.page_top + (pages + 1 if pages else 0)

    @property
    def column_headings(self) -> int:
        """How many rows of headings stand above the row that names the row fields."""
        several = len(self.pivot.values) > 1
        return len(self.pivot.columns) + several if self.pivot.columns else 0

    @property
    def label_columns(self) -> int:
        """How many columns the row labels take."""
        return 1 if self.pivot.compact else len(self.pivot.rows)

    @property
    def data_top(self) -> int:
        """Row of the first line."""
        return self.body_top + self.column_headings + 1

    @property
    def data_left(self) -> int:
        """Column of the first value."""
        return self.left + self.label_columns

    @property
    def last_row(self) -> int:
        """Row of the last line."""
        return self.data_top + len(self.row_lines) - 1

    @property
    def last_column(self) -> int:
        """Column of the last value; the page filters take two columns in any case."""
        return max(self.body_right, self.left + bool(self.pivot.pages))

    @property
    def body_right(self) -> int:
        """Last column of the PivotTable proper."""
        return self.data_left + len(self.column_lines) - 1

    @property
    def ref(self) -> str:
        """The PivotTable proper without its page filters, as Excel states it: ``A4:F20``."""
        first = f"{get_column_letter(self.left)}{self.body_top}"
        return f"{first}:{get_column_letter(self.body_right)}{self.last_row}"

    @property
    def box(self) -> Box:
        """Everything that is written, the title included."""
        return (self.left, self.top, self.last_column, self.last_row)

    def overlaps(self, other: Box) -> bool:
        """True if a cell of the box is also in ``other``."""
        left, top, right, bottom = self.box
        return left <= other[2] and other[0] <= right and top <= other[3] and other[1] <= bottom

    @property
    def reach(self) -> int:
        """Last row that a refresh can reach while all items come from those in the cache."""
        combinations = 1
        lines = 1 if self.pivot.grand_totals else 0
        for name in self.pivot.rows:
            combinations *= len(self.source.fields[name].items)
            lines += combinations
        return self.data_top + lines - 1


def box_of(ref: str) -> Box:
    """The box of a range such as ``A4:F20``."""
    cells = CellRange(ref)
    return (cells.min_col, cells.min_row, cells.max_col, cells.max_row)


def lay_out(source: PivotSource, pivot: Pivot, top: int, left: int) -> Layout:
    """The pivot in its place; raise ValueError if Excel could not show it there."""
    for problem in (_bad_name, _bad_axes, _bad_values, _bad_pages):
        text = problem(source, pivot)
        if text:
            raise ValueError(f"Pivot {pivot.name!r}: {text}")
    layout = Layout(source, pivot, top, left)
    if layout.last_row > LAST_ROW or layout.last_column > LAST_COLUMN:
        raise ValueError(f"Pivot {pivot.name!r} does not fit on a sheet. Show fewer fields.")
    return layout


def _bad_name(source: PivotSource, pivot: Pivot) -> str:
    if not pivot.name.strip() or len(pivot.name) > LONGEST_NAME:
        return f"the name must have 1 to {LONGEST_NAME} characters."
    return ""


def _bad_axes(source: PivotSource, pivot: Pivot) -> str:
    if not pivot.rows or not pivot.values:
        return "it needs a row field and a value."
    if len(set(pivot.axes)) < len(pivot.axes):
        return "a field stands twice among rows, columns and page filters."
    strangers = [name for name in pivot.axes if name not in source.axes]
    return f"{strangers[0]!r} is not one of the source's axes." if strangers else ""


def _bad_values(source: PivotSource, pivot: Pivot) -> str:
    captions = [measure.caption.casefold() for measure in pivot.values]
    taken = {name.casefold() for name in source.fields}
    if len(set(captions)) < len(captions) or not all(map(str.strip, captions)):
        return "each value needs a caption of its own."
    if taken & set(captions):
        return "a value's caption is also a heading of the table; Excel refuses that."
    return next(filter(None, (_bad_measure(source, measure) for measure in pivot.values)), "")


def _bad_measure(source: PivotSource, measure: PivotValue) -> str:
    if measure.column not in source.fields:
        return f"table {source.table} has no column {measure.column!r}."
    if measure.function not in FUNCTIONS or measure.number_format not in BUILTIN_FORMATS:
        return f"{measure.caption!r} has an unknown function or number format."
    kind = source.fields[measure.column].kind
    if measure.function != "count" and kind not in ("number", "blank"):
        return f"column {measure.column!r} holds {kind}s; those can only be counted."
    return ""


def _bad_pages(source: PivotSource, pivot: Pivot) -> str:
    if source.has(pivot.pages):
        return ""
    wanted = ", ".join(f"{name} {item}" for name, item in pivot.pages.items() if item is not None)
    return f"no row of {source.table} has {wanted}. Ask has() before adding it."
