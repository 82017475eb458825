"""What staff attached to the rows of one of our tables, as it stands in the file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO

from lxml import etree
from openpyxl.formula.translate import Translator

from wps_xl.model import column_letter, column_number, split_address
from wps_xl.office.excel.package.looks import Looks
from wps_xl.office.excel.package.parts import MAIN, Package
from wps_xl.office.excel.package.references import Move

RowColumn = tuple[int, int]
"""Row and column, both counted from 1."""
_ROW_MARKS = ("outlineLevel", "collapsed", "hidden")


@dataclass
class Attached:
    """Cells of staff's own, formulas and colours that they gave to cells of ours, and to rows."""

    cells: dict[RowColumn, etree._Element] = field(default_factory=dict)
    formulas: dict[RowColumn, str] = field(default_factory=dict)
    styles: dict[RowColumn, int] = field(default_factory=dict)
    rows: dict[int, Mapping[str, str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.cells or self.formulas or self.styles or self.rows)


def attached(
    package: Package,
    sheet: str,
    move: Move,
    looks: Looks,
    expected: Mapping[int, Collection[object]],
) -> Attached:
    """What is attached to the rows of the sheet. ``expected`` is how cells of our columns may look
    that nobody coloured, by the column as it stands now."""
    found = Attached()
    shared: dict[str, tuple[str, str]] = {}
    with package.open(sheet) as part:
        number = 0
        for row in _rows(part):
            # Some programs leave addresses out where nothing is left out before them.
            number = int(row.get("r") or number + 1)
            marks = _row_marks(row, looks)
            if marks and number not in range(1, move.first[0]):
                found.rows[number] = marks
            at = 0
            for cell in row.iterchildren(f"{MAIN}c"):
                address = cell.get("r")
                at = column_number(split_address(address)[0]) if address else at + 1
                cell.set("r", f"{column_letter(at)}{number}")
                _keep(found, cell, (number, at), move, looks, expected, shared)
    return found


def _rows(part: IO[bytes]) -> Iterator[etree._Element]:
    """The rows one by one: a sheet may be larger than what is attached to it."""
    for _, row in etree.iterparse(part, tag=f"{MAIN}row", resolve_entities=False, huge_tree=True):
        yield row
        row.clear(keep_tail=False)


def _keep(
    found: Attached,
    cell: etree._Element,
    place: RowColumn,
    move: Move,
    looks: Looks,
    expected: Mapping[int, Collection[object]],
    shared: dict[str, tuple[str, str]],
) -> None:
    number, at = place
    if number < move.first[0] - 1:
        # What stands above the headings goes to Notes.
        return
    formula = _unshared(cell, shared)
    style = int(cell.get("s", "0"))
    if move.is_own(at) or (move.total and number == move.total[0]):
        if len(cell) or looks.of(style) != looks.plain:
            found.cells[place] = _copy(cell)
        return
    if number not in range(move.first[0], move.last[0] + 1):
        return
    now = move.column(at)
    if formula and now in move.office:
        found.formulas[place] = formula
    if now in expected and looks.of(style) not in expected[now]:
        found.styles[place] = style


def _copy(cell: etree._Element) -> etree._Element:
    """The cell apart from its row, which is dropped from memory."""
    return etree.fromstring(etree.tostring(cell, with_tail=False))


def _unshared(cell: etree._Element, shared: dict[str, tuple[str, str]]) -> str:
    """The formula of a cell, written out where it shares that of another cell."""
    formula = cell.find(f"{MAIN}f")
    if formula is None:
        return ""
    if formula.get("t") == "shared":
        group = formula.get("si", "")
        if formula.text:
            shared[group] = (formula.text, cell.get("r"))
        elif group in shared:
            text, origin = shared[group]
            formula.text = Translator(f"={text}", origin).translate_formula(cell.get("r"))[1:]
        for name in ("t", "ref", "si"):
            formula.attrib.pop(name, None)
    return formula.text or ""


def shown(marks: Mapping[str, str]) -> Mapping[str, str]:
    """The attributes of a row that a filter hid."""
    return {name: value for name, value in marks.items() if name != "hidden"}


def _row_marks(row: etree._Element, looks: Looks) -> Mapping[str, str]:
    """Height, outline and colour that somebody gave to a whole row."""
    marks = {name: row.get(name) for name in _ROW_MARKS if row.get(name) not in (None, "0")}
    if row.get("customHeight") in ("1", "true"):
        marks |= {"ht": row.get("ht"), "customHeight": "1"}
    if row.get("s") and looks.of(int(row.get("s"))) != looks.plain:
        marks |= {"s": row.get("s"), "customFormat": "1"}
    return marks
