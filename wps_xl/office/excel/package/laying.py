"""What staff attached to rows, laid beside the rows where these stand now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy

from lxml import etree

from wps_xl.model import column_letter, column_number, split_address
from wps_xl.office.excel.package.attached import Attached
from wps_xl.office.excel.package.blocks import Beside, Dressed, Piece
from wps_xl.office.excel.package.parts import MAIN
from wps_xl.office.excel.package.references import Move, Moves, followed


def beside(found: Attached, sheet: str, move: Move, moves: Moves) -> Beside:
    """The attached cells, formats and formulas by the rows that they belong to now."""
    pieces: list[Piece] = []
    for (row, column), cell in found.cells.items():
        number = move.row(row)
        if number is not None:
            at = move.column(column)
            pieces.append((number, at, _moved(cell, f"{column_letter(at)}{number}", sheet, moves)))
    dressed: dict[int, dict[int, Dressed]] = {}
    for row, column in sorted({*found.styles, *found.formulas}):
        number = move.row(row)
        if number is not None:
            formula = followed(found.formulas.get((row, column), ""), sheet, moves).text
            look = Dressed(found.styles.get((row, column)), formula)
            dressed.setdefault(move.column(column), {})[number] = look
    marks = {move.row(row): _attributes(marks) for row, marks in found.rows.items()}
    return Beside(
        sorted(pieces), dressed, {row: text for row, text in marks.items() if row is not None}
    )


def _moved(cell: etree._Element, address: str, sheet: str, moves: Moves) -> str:
    """A cell of staff at its new place, its formula with it."""
    copy = deepcopy(cell)
    copy.set("r", address)
    formula = copy.find(f"{MAIN}f")
    if formula is not None:
        formula.text = followed(formula.text or "", sheet, moves).text
        if formula.get("ref") is not None:
            formula.set("ref", address)
    text: str = etree.tostring(copy, encoding="unicode", with_tail=False)
    return text


def _attributes(marks: Mapping[str, str]) -> str:
    return "".join(f' {name}="{value}"' for name, value in marks.items())


def lay_in_tree(tree: etree._Element, found: Beside, below: int) -> Beside:
    """Put what belongs to the first rows, up to ``below``, into the tree; the rest is left."""
    rows = tree.find(f"{MAIN}sheetData")
    for number, at, xml in found.pieces:
        if number <= below:
            _put(_row(rows, number), etree.fromstring(xml), at)
    for at, cells in found.dressed.items():
        for number, look in cells.items():
            if number <= below:
                _dress(_row(rows, number), number, at, look)
    for number, text in found.rows.items():
        if number <= below:
            for name, value in etree.fromstring(f"<row{text}/>").attrib.items():
                _row(rows, number).set(name, value)
    return Beside(
        [piece for piece in found.pieces if piece[0] > below],
        {
            at: {number: look for number, look in cells.items() if number > below}
            for at, cells in found.dressed.items()
        },
        {number: text for number, text in found.rows.items() if number > below},
    )


def _row(rows: etree._Element, number: int) -> etree._Element:
    """The row of that number, made where it is missing."""
    # Most rows stand at the end.
    for at in range(len(rows) - 1, -1, -1):
        known = int(rows[at].get("r"))
        if known == number:
            return rows[at]
        if known < number:
            return _inserted(rows, at + 1, number)
    return _inserted(rows, 0, number)


def _inserted(rows: etree._Element, at: int, number: int) -> etree._Element:
    row = etree.Element(f"{MAIN}row", r=str(number))
    rows.insert(at, row)
    return row


def _columns(row: etree._Element) -> Sequence[int]:
    return [column_number(split_address(cell.get("r"))[0]) for cell in row]


def _put(row: etree._Element, cell: etree._Element, at: int) -> None:
    known = _columns(row)
    if at in known:
        row.replace(row[known.index(at)], cell)
    else:
        row.insert(sum(other < at for other in known), cell)


def _dress(row: etree._Element, number: int, at: int, look: Dressed) -> None:
    known = _columns(row)
    if at not in known:
        _put(row, etree.Element(f"{MAIN}c", r=f"{column_letter(at)}{number}"), at)
        known = _columns(row)
    cell = row[known.index(at)]
    if look.style is not None:
        cell.set("s", str(look.style))
    if look.formula:
        _give_formula(cell, look.formula)


def _give_formula(cell: etree._Element, text: str) -> None:
    """Let a formula stand for the value that the cell shows."""
    inner = cell.find(f"{MAIN}is")
    if inner is not None:
        value = etree.Element(f"{MAIN}v")
        value.text = "".join(inner.itertext())
        cell.replace(inner, value)
        cell.set("t", "str")
    formula = etree.Element(f"{MAIN}f")
    formula.text = text
    cell.insert(0, formula)
