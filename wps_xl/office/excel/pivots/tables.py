"""Native Excel PivotTables on the sheets of a new workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.workbook import Workbook
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.office.excel.pivots import cells as pivot_cells
from wps_xl.office.excel.pivots.cache import cache_of, pivots_of
from wps_xl.office.excel.pivots.definition import Definition
from wps_xl.office.excel.pivots.layout import Layout, Pivot, PivotValue, box_of, lay_out
from wps_xl.office.excel.pivots.source import PivotSource, Scalar

__all__ = ["Pivot", "PivotSource", "PivotValue", "Placed", "add_pivot"]


@dataclass(frozen=True)
class Placed:
    """Where a pivot came to stand.

    ``ref`` is the PivotTable without title and page filters. Rows from ``first_free_row`` on are
    free now; rows from ``first_safe_row`` on stay free whatever a refresh finds, as long as
    every item is one the source knows. ``cells`` maps the address of each cell with a value to it.
    """

    ref: str
    first_free_row: int
    first_safe_row: int
    cells: Mapping[str, Scalar]


def add_pivot(sheet: Worksheet, source: PivotSource, pivot: Pivot, anchor: str) -> Placed:
    """Put a PivotTable over ``source`` on the sheet, with its title at ``anchor``.

    The source's table must already stand in the workbook. The cells are written too, so that the
    figures show in Protected View and in programs that never refresh; desktop Excel rebuilds the
    pivot from the table when it opens the workbook.

    Raises
    ------
    ValueError
        If Excel could not show the pivot there: an unknown field, page items without a row (ask
        ``source.has(pages)``), a taken name, cells in use, a protected sheet, a table that is
        missing or differs from the source.
    """
    book = sheet.parent
    if not isinstance(book, Workbook):
        raise ValueError(f"Sheet {sheet.title} is in no workbook.")
    layout = lay_out(source, pivot, *coordinate_to_tuple(anchor))
    _refuse_other_table(book, source)
    _refuse_name(book, pivot)
    _refuse_place(sheet, layout)
    sheet.add_pivot(Definition(book, layout, cache_of(book, source)))
    shown = {}
    for cell in pivot_cells.cells(layout):
        pivot_cells.write(sheet, cell)
        if cell.value is not None:
            shown[sheet.cell(cell.row, cell.column).coordinate] = cell.value
    return Placed(layout.ref, layout.last_row + 1, layout.reach + 1, shown)


def _refuse_other_table(book: Workbook, source: PivotSource) -> None:
    """A cache whose fields are not the table's columns is removed by Excel (EPPlus 715)."""
    found = [
        (sheet, table)
        for sheet in book.worksheets
        for table in sheet.tables.values()
        if table.displayName.casefold() == source.table.casefold()
    ]
    if not found:
        raise ValueError(f"Table {source.table} is on no sheet. Write it before its pivots.")
    headings, rows = _shape_of(*found[0])
    if headings != list(source.fields) or rows != source.count:
        raise ValueError(
            f"Table {source.table} has {rows} rows under {headings}, the pivot's source "
            f"{source.count} under {list(source.fields)}. Build the source from the table."
        )


def _shape_of(sheet: Worksheet, table: Table) -> tuple[list[object], int]:
    """The table's headings as they stand in the sheet, and its number of rows."""
    left, top, right, bottom = box_of(table.ref)
    headings = [sheet.cell(top, column).value for column in range(left, right + 1)]
    return list(headings), bottom - top - int(table.totalsRowCount or 0)


def _refuse_name(book: Workbook, pivot: Pivot) -> None:
    taken = [other.name for sheet in book.worksheets for other in pivots_of(sheet)]
    if pivot.name.casefold() in map(str.casefold, taken):
        raise ValueError(f"There is a pivot {pivot.name!r} already. Name it otherwise.")


def _refuse_place(sheet: Worksheet, layout: Layout) -> None:
    if sheet.protection.sheet:
        raise ValueError(f"Sheet {sheet.title} is protected; Excel could not refresh the pivot.")
    boxes = [other.box for other in pivots_of(sheet) if isinstance(other, Definition)]
    boxes += [box_of(table.ref) for table in sheet.tables.values()]
    if any(map(layout.overlaps, boxes)) or _has_values(sheet, layout):
        raise ValueError(
            f"Cells of {sheet.title} where pivot {layout.pivot.name!r} shall stand are in use."
        )


def _has_values(sheet: Worksheet, layout: Layout) -> bool:
    left, top, right, bottom = layout.box
    rows = sheet.iter_rows(top, min(bottom, sheet.max_row), left, right, values_only=True)
    return any(value is not None for row in rows for value in row)
