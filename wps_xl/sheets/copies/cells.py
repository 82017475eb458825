"""The cells of one sheet's part, found or made where a mark needs them."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from wps_xl.model import column_letter, column_number, split_address
from wps_xl.office.excel.package.parts import MAIN
from wps_xl.sheets.copies.marks import Formats

_ROW, _CELL = f"{MAIN}row", f"{MAIN}c"


def colour(tree: etree._Element, marks: Mapping[str, str], formats: Formats) -> None:
    """Colour cells by address; ``marks`` says how severe each is. Blank cells are made in rows
    that are there."""
    rows = {int(row.get("r")): row for row in tree.iterfind(f"{MAIN}sheetData/{_ROW}")}
    columns = _column_styles(tree)
    for address, severity in sorted(marks.items(), key=lambda mark: split_address(mark[0])[::-1]):
        letters, number = split_address(address)
        row = rows[number]
        cell = _cell(row, letters, number)
        style = cell.get("s")
        if style is None:
            own = row.get("s") if row.get("customFormat") in ("1", "true") else None
            style = own or columns.get(column_number(letters), "0")
        cell.set("s", str(formats.marked(int(style), severity)))


def _cell(row: etree._Element, letters: str, number: int) -> etree._Element:
    wanted, at = column_number(letters), 0
    later = None
    for cell in row.iterchildren(_CELL):
        reference = cell.get("r")
        at = column_number(split_address(reference)[0]) if reference else at + 1
        # Explicit now, since a cell may come in between.
        cell.set("r", f"{column_letter(at)}{number}")
        if at == wanted:
            return cell
        if at > wanted and later is None:
            later = cell
    made = etree.Element(_CELL, r=f"{letters}{number}")
    row.attrib.pop("spans", None)
    if later is not None:
        later.addprevious(made)
    else:
        row.append(made)
    return made


def _column_styles(tree: etree._Element) -> dict[int, str]:
    found: dict[int, str] = {}
    for column in tree.iterfind(f"{MAIN}cols/{MAIN}col"):
        if column.get("style"):
            last = min(int(column.get("max")), int(column.get("min")) + 999)
            found |= dict.fromkeys(range(int(column.get("min")), last + 1), column.get("style"))
    return found


def widths(tree: etree._Element) -> dict[int, float]:
    """The width of each column that has one of its own [characters]."""
    found: dict[int, float] = {}
    for column in tree.iterfind(f"{MAIN}cols/{MAIN}col"):
        if column.get("width"):
            last = min(int(column.get("max")), int(column.get("min")) + 999)
            wide = 0.0 if column.get("hidden") in ("1", "true") else float(column.get("width"))
            found |= dict.fromkeys(range(int(column.get("min")), last + 1), wide)
    return found
