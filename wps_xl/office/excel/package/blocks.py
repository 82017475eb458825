"""Long tables written as text straight into a sheet's part: far faster than cell by cell."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from xml.sax.saxutils import escape

import pandas as pd
from openpyxl.cell import Cell
from openpyxl.compat import safe_string
from openpyxl.utils.datetime import to_excel
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.model import column_letter
from wps_xl.office.excel.pivots.filters import Filters
from wps_xl.office.excel.text import FORMULA_STARTS, safe_text

_SHORT = 5_000
Piece = tuple[int, int, str]


@dataclass(frozen=True)
class Look:
    """The formats of one column: of a cell, and of a text that looks like a formula."""

    plain: int = 0
    quoted: int = 0


@dataclass(frozen=True)
class TableBlock:
    """Rows of one table: ``frame`` has the row of the sheet as index and a look per column."""

    frame: pd.DataFrame
    left: int
    looks: Sequence[Look]


class LongBook(Workbook):
    """A workbook of openpyxl whose long tables are kept as blocks, by title of their sheet.

    ``filters`` are those that staff set in PivotTables of the file that it goes into. ``looks``
    has the formats that we give to cells of each column, by title, whether or not it has rows now.
    """

    def __init__(self, filters: Filters) -> None:
        super().__init__()
        self.blocks: dict[str, list[TableBlock]] = {}
        self.filters = filters
        self.looks: dict[str, dict[int, set[int]]] = {}

    def add_block(
        self, sheet: Worksheet, frame: pd.DataFrame, left: int, cells: Sequence[Cell]
    ) -> None:
        """Have the frame's rows written from column ``left``, each column formatted as its cell."""
        block = TableBlock(frame, left, [_look(cell) for cell in cells])
        self.blocks.setdefault(sheet.title, []).append(block)

    def know(self, sheet: Worksheet, at: int, style: int) -> None:
        """Take a format for one of ours: cells of that column that have it nobody coloured."""
        self.looks.setdefault(sheet.title, {}).setdefault(at, set()).add(style)


def _look(cell: Cell) -> Look:
    plain = cell.style_id
    cell.quotePrefix = True
    return Look(plain, cell.style_id)


@dataclass(frozen=True)
class Dressed:
    """What staff gave to a cell of ours: a format of the file, a formula for its value."""

    style: int | None = None
    formula: str = ""


@dataclass(frozen=True)
class Beside:
    """What staff attached to rows of a sheet, where these stand now.

    ``pieces`` are cells of their own in order, ``dressed`` is by column and row, ``rows`` has the
    attributes of rows.
    """

    pieces: Sequence[Piece] = ()
    dressed: Mapping[int, Mapping[int, Dressed]] = field(default_factory=dict)
    rows: Mapping[int, str] = field(default_factory=dict)


NOTHING = Beside()


def rows_xml(
    blocks: Sequence[TableBlock], styles: Mapping[int, int], beside: Beside = NOTHING
) -> Iterator[str]:
    """The ``row`` elements of all blocks of one sheet, in order, with what is ``beside`` them.

    ``styles`` maps the format of a cell to the one it has in the file; unknown ones stay.
    """
    pieces = [_pieces(block, styles, beside.dressed) for block in blocks]
    if beside.pieces:
        pieces.append(iter(beside.pieces))
    merged = pieces[0] if len(pieces) == 1 else heapq.merge(*pieces)
    for number, found in groupby(merged, key=lambda piece: piece[0]):
        marks = beside.rows.get(number, "")
        yield f'<row r="{number}"{marks}>{"".join(piece[2] for piece in found)}</row>'


def last_cell(blocks: Iterable[TableBlock]) -> tuple[int, int]:
    """The last row and the last column that the blocks reach."""
    found = [(_last(block.frame), block.left + len(block.looks) - 1) for block in blocks]
    return max(row for row, _ in found), max(column for _, column in found)


def _last(frame: pd.DataFrame) -> int:
    return int(frame.index.max()) if len(frame) else 0


def _pieces(
    block: TableBlock, styles: Mapping[int, int], dressed: Mapping[int, Mapping[int, Dressed]]
) -> Iterator[Piece]:
    numbers = [int(number) for number in block.frame.index]
    columns = [
        _cells(
            block.frame.iloc[:, at].tolist(),
            numbers,
            column_letter(block.left + at),
            look,
            styles,
            dressed.get(block.left + at, {}),
        )
        for at, look in enumerate(block.looks)
    ]
    for number, cells in zip(numbers, zip(*columns, strict=True), strict=True):
        yield number, block.left, "".join(cells)


def _cells(
    values: Sequence[object],
    numbers: Sequence[int],
    letter: str,
    look: Look,
    styles: Mapping[int, int],
    dressed: Mapping[int, Dressed],
) -> Iterator[str]:
    """The ``c`` elements of one column, blank where there is no value."""
    plain, quoted = (_attribute(styles.get(s, s)) for s in (look.plain, look.quoted))
    for number, value in zip(numbers, values, strict=True):
        if number in dressed:
            own = dressed[number].style
            look_of_staff = plain if own is None else _attribute(own)
            yield _dressed(f"{letter}{number}", value, look_of_staff, dressed[number].formula)
        elif value is None or value != value:
            yield ""
        elif isinstance(value, str | bool):
            text = value if isinstance(value, str) else "Yes" if value else "No"
            style = quoted if text.startswith(FORMULA_STARTS) else plain
            yield (
                f'<c r="{letter}{number}"{style} t="inlineStr"><is>{text_xml(text)}</is></c>'
                if text
                else ""
            )
        else:
            yield f'<c r="{letter}{number}"{plain}><v>{_number(value)}</v></c>'


def _dressed(address: str, value: object, style: str, formula: str) -> str:
    """The ``c`` element of a cell to which staff gave a format or a formula."""
    inner = f"<f>{escape(formula)}</f>" if formula else ""
    if value is None or value != value:
        return f'<c r="{address}"{style}>{inner}</c>'
    if not isinstance(value, str | bool):
        return f'<c r="{address}"{style}>{inner}<v>{_number(value)}</v></c>'
    text = value if isinstance(value, str) else "Yes" if value else "No"
    if formula:
        return f'<c r="{address}"{style} t="str">{inner}<v>{escape(safe_text(text))}</v></c>'
    return f'<c r="{address}"{style} t="inlineStr"><is>{text_xml(text)}</is></c>'


def _attribute(style: int) -> str:
    return f' s="{style}"' if style else ""


def text_xml(text: str) -> str:
    """A text as the ``t`` element of a cell."""
    if not (text.isprintable() and len(text) < _SHORT and "_x" not in text):
        text = safe_text(text)
    if "&" in text or "<" in text or ">" in text:
        text = escape(text)
    if text == text.strip() and "\n" not in text:
        return f"<t>{text}</t>"
    return f'<t xml:space="preserve">{text}</t>'


def _number(value: object) -> str:
    if isinstance(value, dt.date):
        return _serial(value)
    if isinstance(value, int | float):
        return str(safe_string(value))
    raise TypeError(f"A cell cannot hold {value!r}.")


@lru_cache(maxsize=4096)
def _serial(value: dt.date) -> str:
    return str(safe_string(to_excel(value)))  # type: ignore[no-untyped-call]
