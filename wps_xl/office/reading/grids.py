"""The sheets of a workbook as grids, by the fast reader where it is safe and able.

python-calamine is ten times faster, openpyxl bears more; both give the same grid. They know only
values: what they hide comes from the scan.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from python_calamine import CalamineError, CalamineWorkbook

from wps_xl.model import Grid, Value
from wps_xl.office.reading.careful import careful_rows
from wps_xl.office.reading.looks import telling_of
from wps_xl.office.reading.mending import without_unsound
from wps_xl.office.reading.package import Package, SheetPart
from wps_xl.office.reading.plain import (
    Rows,
    plain_date,
    plain_duration,
    plain_moment,
    plain_number,
    plain_time,
    without_blank_ends,
)
from wps_xl.office.reading.references import of_blanks
from wps_xl.office.reading.scan import SMALL_AREA, Scan, scan_sheet
from wps_xl.office.reading.unreadable import RefusedError

_FAILS = (CalamineError, ArithmeticError, ValueError)
_PLAIN: Mapping[type, Callable[..., Value]] = {
    bool: bool,
    int: lambda number: plain_number(float(number)),
    dt.date: plain_date,
    dt.datetime: plain_moment,
    dt.time: plain_time,
    dt.timedelta: plain_duration,
}


def scanned(package: Package) -> dict[str, Scan]:
    """What the XML of every worksheet says beside its values."""
    telling = telling_of(package)
    return {
        sheet.name: scan_sheet(package.archive.read(sheet.part), telling)
        for sheet in package.sheets
    }


def read_grids(
    package: Package, scans: Mapping[str, Scan], *, careful: bool = False
) -> dict[str, Grid]:
    """Every worksheet as a grid, in the order of the tabs.

    Blank cells and empty texts are None; so are error cells, what no reader can read, and formulas
    without a stored result, which the grid names by address. ``careful`` takes openpyxl at once,
    for a file that made calamine stop.
    """
    rows: dict[str, Rows] = {}
    odd = {name for name, scan in scans.items() if not scan.is_ordinary}
    if careful or any(scan.area > SMALL_AREA for scan in scans.values()):
        odd |= set(scans)
    if not odd:
        try:
            rows = fast_rows(package)
            odd = {name for name, scan in scans.items() if _lacks(rows[name], scan)}
        except _FAILS:
            odd = set(scans)
    unsound: dict[str, Mapping[str, str]] = {}
    if odd:
        package, unsound = without_unsound(package, odd)
        scans = scanned(package)
        rows = _rows(package, scans, careful)
    return {
        sheet.name: replace(
            _grid(sheet, rows[sheet.name], scans[sheet.name], unsound.get(sheet.name, {})),
            of_blanks=frozenset(of_blanks(scans[sheet.name].noughts, sheet.name, rows)),
        )
        for sheet in package.sheets
    }


def _lacks(rows: Rows, scan: Scan) -> bool:
    """Whether a reader left out or moved together what stands in cells."""
    cells = list(chain.from_iterable(rows))
    return scan.filled > len(cells) - cells.count(None) + len(scan.errors)


def _rows(package: Package, scans: Mapping[str, Scan], careful: bool) -> dict[str, Rows]:
    far = any(scan.area > SMALL_AREA for scan in scans.values())
    if not (careful or far):
        with contextlib.suppress(*_FAILS):
            return fast_rows(package)
    # openpyxl sees no sheets at all in a strict workbook.
    if package.strict:
        raise RefusedError("strict")
    return careful_rows(package, {name: scan.errors for name, scan in scans.items()})


def fast_rows(package: Package) -> dict[str, Rows]:
    """Rows by sheet name, from A1, read by python-calamine."""
    # One text for all equal ones: less to send, less to keep.
    texts: dict[str, str | None] = {"": None}
    grids: dict[str, Rows] = {}
    with CalamineWorkbook.from_filelike(io.BytesIO(package.archive.data)) as book:
        for sheet in package.sheets:
            # From A1 even if empty: addresses are positions.
            cells = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            grids[sheet.name] = without_blank_ends(_plain_rows(cells, texts))
    return grids


def _plain_rows(
    cells: Iterable[list[object]], texts: dict[str, str | None]
) -> Iterator[list[Value]]:
    once, number = texts.setdefault, plain_number
    for row in cells:
        # Half of the cells are the blank ends of rows.
        while row and row[-1] == "":
            row.pop()
        # Most cells hold a text or a number: a function for each cell would cost a fifth more.
        yield [
            once(value, value)
            if type(value) is str
            else number(value)
            if type(value) is float
            else _PLAIN[type(value)](value)
            for value in row
        ]


def _grid(sheet: SheetPart, rows: Rows, scan: Scan, unsound: Mapping[str, str]) -> Grid:
    return Grid(
        sheet.name,
        rows,
        sheet.visible,
        errors={**scan.errors, **unsound},
        uncached=scan.uncached,
        merged=scan.merged,
        hidden_rows=frozenset(row for row in scan.hidden_rows if row <= len(rows)),
        looks=scan.looks,
        objects=scan.objects,
        linked=scan.linked,
    )
