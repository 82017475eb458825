"""Writes what changed into the tables and generated cells of a workbook that is open in Excel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

from wps_xl.desk.hosts.excel_errors import excel_errors
from wps_xl.errors import InputError
from wps_xl.model import Value
from wps_xl.office.excel.package.own_columns import plain_heading
from wps_xl.office.excel.text import safe_text
from wps_xl.review.layout import SheetPlan, plans
from wps_xl.review.workbook import Review
from wps_xl.sheets.review.table_sheet import FORMATS, table_name

if TYPE_CHECKING:
    from wps_xl.sheets.review.shown import RowColumn, Shown, SourceTable

Cells = list[list[Any]]
# Excel refuses a block in which one text is longer than this; such cells are written one by one.
LONGEST_IN_BLOCK = 8_000


class Journal:
    """What was changed, so that it can be taken back in reverse order."""

    def __init__(self) -> None:
        self._steps: list[Callable[[], None]] = []

    def add(self, step: Callable[[], None]) -> None:
        """Remember how to take one change back."""
        self._steps.append(step)

    def add_last(self, step: Callable[[], None]) -> None:
        """Remember what can only be done after everything else was taken back."""
        self._steps.insert(0, step)

    def undo(self) -> bool:
        """Take everything back, each step once more where Excel was busy; whether all came off."""
        left = [step for step in reversed(self._steps) if not (_done(step) or _done(step))]
        return not left


def _done(step: Callable[[], None]) -> bool:
    try:
        step()
    except excel_errors():
        return False
    return True


def write_changes(
    book: Any, journal: Journal, before: tuple[Review, Shown], after: tuple[Review, Shown]
) -> None:
    """Bring the open workbook from one review to the next, and count its PivotTables again."""
    old, new = before[0], after[0]
    for plan in plans(new.codebook):
        if plan.fields and not old.tables[plan.name].equals(new.tables[plan.name]):
            _write_table(book.sheets[plan.name], journal, plan, new.tables[plan.name])
    for name, cells in after[1].cells.items():
        _write_cells(book.sheets[name], journal, before[1].cells.get(name, {}), cells)
    changed = False
    for name, table in after[1].sources.items():
        if before[1].sources[name].rows != table.rows:
            _write_source(book, journal, name, table)
            changed = True
    if changed:
        _refresh(book, journal, after[1])


def _write_table(sheet: Any, journal: Journal, plan: SheetPlan, frame: pd.DataFrame) -> None:
    """Replace the rows of one table, each column under its heading wherever it stands."""
    native = _native(sheet, table_name(plan.name))
    header = native.header_row_range
    top, left = header.row, header.column
    headings = header.options(ndim=1).value
    places = {plain_heading(str(heading)): left + at for at, heading in enumerate(headings)}
    missing = [heading for heading in plan.headings if heading not in places]
    if missing:
        raise InputError(
            f"Table {table_name(plan.name)} has no column '{missing[0]}'. Restore the heading; "
            "then press the button again. Nothing was changed."
        )
    old_rows, right = native.range.shape[0] - 1, left + len(headings) - 1
    columns = sorted((places[field.heading], field) for field in plan.fields)
    _resize(sheet, journal, native, (top, left, top + max(1, len(frame)), right))
    rows = max(old_rows, len(frame))
    for run in _runs([column for column, _ in columns]):
        names = [field.heading for column, field in columns if column in run]
        block = _padded([list(row) for row in frame[names].to_numpy(dtype=object)], rows, len(run))
        _put(sheet, journal, top + 1, run[0], block)
    for column, field in columns:
        if field.type in ("date", "moment") and len(frame) > old_rows:
            added = sheet.range((top + 1 + old_rows, column), (top + len(frame), column))
            added.number_format = FORMATS[field.type]


def _write_cells(
    sheet: Any,
    journal: Journal,
    before: Mapping[RowColumn, Value],
    after: Mapping[RowColumn, Value],
) -> None:
    """Write the single cells that show something else than before."""
    for place in sorted({*before, *after}):
        if before.get(place) != after.get(place):
            _put(sheet, journal, *place, [[after.get(place)]])


def _write_source(book: Any, journal: Journal, name: str, table: SourceTable) -> None:
    """Replace the rows that PivotTables count."""
    sheet = book.sheets[table.sheet]
    native = _native(sheet, name)
    top, left = native.range.row, native.range.column
    old_rows, width = native.range.shape[0], len(table.rows[0])
    block = _padded([list(row) for row in table.rows], max(old_rows, len(table.rows)), width)
    _resize(sheet, journal, native, (top, left, top + len(table.rows) - 1, left + width - 1))
    _put(sheet, journal, top + 1, left, block[1:])


def _refresh(book: Any, journal: Journal, shown: Shown) -> None:
    """Count the PivotTables again; taken back, they count once more what stands there then."""
    for name, pivots in shown.pivots.items():
        if pivots:
            for pivot in book.sheets[name].pivot_tables:
                journal.add_last(pivot.refresh)
                pivot.refresh()


def _native(sheet: Any, name: str) -> Any:
    found = {table.name: table for table in sheet.tables}
    if name not in found:
        raise InputError(
            f"Sheet {sheet.name} has no table {name} any more. Take the last backup, or put the "
            "headings into a table of that name. Nothing was changed."
        )
    return found[name]


def _resize(sheet: Any, journal: Journal, native: Any, box: tuple[int, int, int, int]) -> None:
    top, left, bottom, right = box
    old = native.range.get_address(False, False)
    target = sheet.range((top, left), (bottom, right))
    if target.get_address(False, False) == old:
        return
    journal.add(lambda: native.resize(sheet.range(old)))
    native.resize(target)


def _put(sheet: Any, journal: Journal, top: int, left: int, block: Sequence[Sequence[Any]]) -> None:
    """Write a block of values; what stood there goes into the journal."""
    if not block:
        return
    height, width = len(block), len(block[0])
    area = sheet.range((top, left), (top + height - 1, left + width - 1))
    kept = _content(area)
    journal.add(lambda: _assign(sheet, top, left, kept))
    _assign(sheet, top, left, [[_as_excel(value) for value in row] for row in block])


def _assign(sheet: Any, top: int, left: int, block: Cells) -> None:
    bottom, right = top + len(block) - 1, left + len(block[0]) - 1
    long = [
        (y, x)
        for y, row in enumerate(block)
        for x, value in enumerate(row)
        if isinstance(value, str) and len(value) > LONGEST_IN_BLOCK
    ]
    short = [list(row) for row in block]
    for y, x in long:
        short[y][x] = None
    sheet.range((top, left), (bottom, right)).value = short
    for y, x in long:
        sheet.range((top + y, left + x)).value = block[y][x]


def _content(area: Any) -> Cells:
    """What a range holds, as it can be written back: formulas as formulas, text as text."""
    values = area.options(ndim=2, err_to_str=True).value
    formulas = area.formula
    if not isinstance(formulas, list | tuple):
        formulas = [[formulas]]
    return [
        [
            formula if _is_formula(formula, value) else _as_excel(value)
            for value, formula in zip(row, typed, strict=True)
        ]
        for row, typed in zip(values, formulas, strict=True)
    ]


def _is_formula(formula: object, value: object) -> bool:
    return isinstance(formula, str) and formula.startswith("=") and formula != value


def _as_excel(value: object) -> object:
    """A value as Excel takes it: the apostrophe keeps it from reading a text as something else."""
    if isinstance(value, bool):
        return f"'{'Yes' if value else 'No'}"
    if isinstance(value, str):
        return f"'{safe_text(value)}" if value else None
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime(value.year, value.month, value.day)
    return value if isinstance(value, int | float | dt.datetime) else None


def _padded(rows: Cells, height: int, width: int) -> Cells:
    """The rows with blank ones behind them, which empty what stood there."""
    return [*rows, *([None] * width for _ in range(height - len(rows)))]


def _runs(columns: Sequence[int]) -> Iterator[list[int]]:
    """Neighbouring columns, which are written together."""
    for _, group in groupby(enumerate(columns), key=lambda pair: pair[1] - pair[0]):
        yield [column for _, column in group]
