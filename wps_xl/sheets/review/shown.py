"""What the generated sheets show for a review, cell by cell: open Excel is given only changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast

from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.model import Grid, Value, column_number, split_address
from wps_xl.office.excel.package.blocks import LongBook
from wps_xl.office.excel.pivots.cache import pivots_of
from wps_xl.office.excel.pivots.layout import Box, box_of
from wps_xl.review.layout import SheetPlan
from wps_xl.review.workbook import Review, Typed, sheets_of
from wps_xl.sheets.review.writer import review_book
from wps_xl.sheets.review.written import SHEET as WRITTEN

DATA = "Pivot data"

RowColumn = tuple[int, int]
"""Row and column, both counted from 1."""


@dataclass(frozen=True)
class SourceTable:
    """A table that PivotTables count: its rows, headings first."""

    sheet: str
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True)
class Shown:
    """The generated sheets.

    ``cells`` are the texts and figures outside tables and PivotTables, by sheet and place;
    ``sources`` the tables that PivotTables count, by name; ``pivots`` the PivotTables of each
    sheet, with the place where each begins.
    """

    cells: Mapping[str, Mapping[RowColumn, Value]]
    sources: Mapping[str, SourceTable]
    pivots: Mapping[str, Mapping[str, RowColumn]]

    def is_laid_out_like(self, other: Shown) -> bool:
        """Whether the two differ in values only: no cell, table or PivotTable comes or goes."""
        places = [{name: set(c) for name, c in one.cells.items()} for one in (self, other)]
        return (
            places[0] == places[1] and self.pivots == other.pivots and self.counts_the_same(other)
        )

    def counts_the_same(self, other: Shown) -> bool:
        """Whether both have the same PivotTables over tables with the same headings."""
        heads = [{name: t.rows[0] for name, t in one.sources.items()} for one in (self, other)]
        names = [{name: set(p) for name, p in one.pivots.items()} for one in (self, other)]
        return heads[0] == heads[1] and names[0] == names[1]

    def fills(self, typed: Typed) -> bool:
        """Whether something is written into the cell that staff typed into."""
        letter, row = split_address(typed.cell)
        return (row, column_number(letter)) in self.cells.get(typed.sheet, {})

    def is_alone_on(self, grid: Grid) -> bool:
        """Whether nothing stands on the sheet but what is written there."""
        places = self.cells.get(grid.name, {})
        return all(
            value is None or (row, column) in places
            for row, cells in enumerate(grid.rows, start=1)
            for column, value in enumerate(cells, start=1)
        )

    def now_showing(self, grids: Mapping[str, Grid]) -> Shown:
        """The same places with what stands in them now, whoever wrote it there."""
        cells = {
            name: {place: grids[name].value(*place) for place in places}
            for name, places in self.cells.items()
            if name in grids
        }
        return replace(self, cells=cells)


def shown(review: Review, written: dt.datetime) -> Shown:
    """The generated sheets of a review; those that staff fill in are left out."""
    book = review_book(review, written)
    loose = {plan.name: plan for plan in sheets_of(review) if _is_ours(plan)}
    loose[WRITTEN] = SheetPlan(WRITTEN, "written")
    return Shown(
        cells={name: dict(_cells(book[name], plan)) for name, plan in loose.items()},
        sources={
            str(table.displayName): _source(book, box_of(str(table.ref)))
            for table in book[DATA].tables.values()
        },
        pivots={
            name: {str(pivot.name): _box(pivot)[:2] for pivot in pivots_of(book[name])}
            for name in loose
        },
    )


def _is_ours(plan: SheetPlan) -> bool:
    return plan.kind not in ("settings", "lists", "hidden")


def _cells(sheet: Worksheet, plan: SheetPlan) -> Iterator[tuple[RowColumn, Value]]:
    boxes = [_box(pivot) for pivot in pivots_of(sheet)]
    last = plan.header_row - 1 if plan.fields else None
    for row in sheet.iter_rows(max_row=last) if last != 0 else ():
        for cell in row:
            place = cast("RowColumn", (cell.row, cell.column))
            if cell.value not in (None, "") and not any(_inside(place, box) for box in boxes):
                yield place, cast("Value", cell.value)


def _inside(place: RowColumn, box: Box) -> bool:
    left, top, right, bottom = box
    return left <= place[1] <= right and top <= place[0] <= bottom


def _box(pivot: object) -> Box:
    """Where a PivotTable stands: left, top, right, bottom, its title included."""
    box: Box = pivot.box  # type: ignore[attr-defined]
    return box


def _source(book: LongBook, box: Box) -> SourceTable:
    left, top, right, bottom = box
    sheet = book[DATA]
    head = tuple(sheet.cell(top, column).value for column in range(left, right + 1))
    for block in book.blocks.get(DATA, ()):
        if block.left == left:
            rows = block.frame.itertuples(index=False, name=None)
            return SourceTable(DATA, _rows((head, *rows)))
    cells = sheet.iter_rows(top + 1, bottom, left, right, values_only=True)
    return SourceTable(DATA, _rows((head, *cells)))


def _rows(rows: Iterable[Iterable[object]]) -> tuple[tuple[Value, ...], ...]:
    return tuple(tuple(cast("Value", value) for value in row) for row in rows)
