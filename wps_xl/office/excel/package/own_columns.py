"""Columns that staff added to one of our native tables, its total row, headings in their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy

from lxml import etree

from wps_xl.model import column_letter
from wps_xl.office.excel.package import workbook_part
from wps_xl.office.excel.package.parts import MAIN, Package
from wps_xl.office.excel.package.references import Move
from wps_xl.office.excel.pivots.layout import box_of

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_OF_TOTALS = ("totalsRowLabel", "totalsRowFunction", "totalsRowDxfId", "totalsRowCellStyle")
_FORMULAS = ("calculatedColumnFormula", "totalsRowFormula")
Names = Mapping[int, str]


def table_on(package: Package, sheet: str, name: str) -> etree._Element | None:
    """The native table of that name on a sheet, None where staff took it away."""
    for part in package.related(sheet, "table"):
        tree = package.tree(part)
        if tree.get("displayName", "").casefold() == name.casefold():
            return tree
    return None


def plain_heading(text: str) -> str:
    """A heading without line breaks, of which Excel stores some as numbers of signs."""
    return " ".join(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).split())


def has_total(table: etree._Element | None) -> bool:
    """Whether staff ticked Total Row."""
    return table is not None and table.get("totalsRowCount") in ("1", "true")


def is_filtered(table: etree._Element | None) -> bool:
    """Whether a filter hides rows of the table."""
    return table is not None and next(table.iter(f"{MAIN}filterColumn"), None) is not None


def total_rows(package: Package) -> Iterator[tuple[str, int]]:
    """Sheet and row of each total row of a native table."""
    for sheet in workbook_part.sheets(package, package.tree(package.workbook)):
        for part in package.related(sheet.part, "table"):
            table = package.tree(part)
            if has_total(table):
                yield sheet.name, box_of(table.get("ref"))[3]


def headings_of_staff(table: etree._Element, move: Move) -> dict[int, str]:
    """Headings of ours as staff spell them, such as over two lines, by the column now."""
    left = box_of(table.get("ref"))[0]
    found = {}
    for at, column in enumerate(table.iter(f"{MAIN}tableColumn"), start=left):
        name = column.get("name", "")
        if not move.is_own(at) and name != plain_heading(name):
            found[move.column(at)] = name
    return found


def respell_cells(sheet: etree._Element, row: int, names: Names) -> None:
    """Write headings of ours as staff spell them into their cells."""
    cells = {cell.get("r"): cell for cell in sheet.iter(f"{MAIN}c")} if names else {}
    for at, name in names.items():
        for text in cells[f"{column_letter(at)}{row}"].iter(f"{MAIN}t"):
            text.text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), name)
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def widen(table: etree._Element, old: etree._Element, move: Move) -> None:
    """Give a fresh table what staff gave its old one: columns, words of headings, a total row."""
    left, _, right, _ = box_of(old.get("ref"))
    before = list(old.iter(f"{MAIN}tableColumn"))
    columns = table.find(f"{MAIN}tableColumns")
    ours = list(columns)
    for at, name in headings_of_staff(old, move).items():
        ours[at - 1].set("name", name)
    own = [
        (move.column(at), entry)
        for at, entry in zip(range(left, right + 1), before, strict=False)
        if move.is_own(at)
    ]
    for at, entry in sorted(own, key=lambda found: found[0]):
        if at != len(columns) + 1:
            break
        copy = deepcopy(entry)
        copy.set("id", str(1 + max(int(column.get("id")) for column in columns)))
        columns.append(copy)
    columns.set("count", str(len(columns)))
    _keep_ranges(table, len(columns), move)
    if move.total:
        table.attrib.pop("totalsRowShown", None)
        table.set("totalsRowCount", "1")
        known = {plain_heading(entry.get("name")): entry for entry in before}
        for column in ours:
            _keep_totals(column, known.get(plain_heading(column.get("name"))))


def _keep_ranges(table: etree._Element, width: int, move: Move) -> None:
    top = move.first[1] - 1
    last = column_letter(width)
    table.set("ref", f"A{top}:{last}{move.total[1] if move.total else move.last[1]}")
    for filters in table.findall(f"{MAIN}autoFilter"):
        filters.set("ref", f"A{top}:{last}{move.last[1]}")


def _keep_totals(column: etree._Element, before: etree._Element | None) -> None:
    if before is None:
        return
    for name in _OF_TOTALS:
        if before.get(name) is not None:
            column.set(name, before.get(name))
    for formula in before.findall(f"{MAIN}totalsRowFormula"):
        column.append(deepcopy(formula))
