"""How high a row and how wide a column must be for its texts, by the metrics of their font.

Excel trusts the height that a file states, so that a line too few is hidden until somebody pulls
at the row; LibreOffice fits rows anew. The widths in ``arial.csv`` are those of Liberation Sans,
which has Arial's metrics.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from math import ceil, floor
from pathlib import Path

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

TALLEST = 409.0
"""Excel knows no higher row [points]."""
_FILE = Path(__file__).with_name("arial.csv")
_EM = 2048
# Characters that the table lacks: those as wide as high in East Asia, marks over others, the rest.
_WIDE, _OTHER = 1.0, 0.6
# On the screen, Excel rounds each letter to whole pixels: small sizes become wider than designed.
_SLACK = 1.05
_LINE = 1.3
"""Height of a line in sizes of its font, as Excel has it."""
_PIXEL = 0.75
# Pixels: a digit of the standard font, the blank margin of a cell, one step of indent, the button
# of a drop-down.
_DIGIT, _MARGIN, _INDENT, _BUTTON = 7, 5, 9, 17
_NO_SPANS: Mapping[int, int] = {}


def text_width(text: str, size: float = 10, bold: bool = False) -> float:
    """The width of a line of text [pixels]."""
    return _ems(text, bold) * size / _PIXEL * _SLACK


def column_width(text: str, size: float = 10, bold: bool = False) -> float:
    """The width of a column, in Excel's unit, in which the text has one line."""
    return ceil(text_width(text, size, bold) + _MARGIN) / _DIGIT


def height(text: str, width: float, size: float = 10, bold: bool = False, indent: int = 0) -> float:
    """The height [points] of a cell ``width`` wide, in Excel's unit, so that nothing is hidden."""
    return _high(text, _pixels(width) - indent * _INDENT, size, bold)


def fit_row(
    sheet: Worksheet,
    row: int,
    *,
    least: float = 0.0,
    more: float = 2.0,
    spans: Mapping[int, int] = _NO_SPANS,
    buttons: bool = False,
    grows: bool = False,
) -> None:
    """Make the row as high as its wrapped texts need it, ``more`` points added; never lower.

    ``spans`` maps the first column of a merged range to how many it has; with ``buttons`` each cell
    has that of a filter. A row that ``grows`` is fitted anew by Excel when its text changes.
    """
    needed = [high + more for high in _heights(sheet, row, spans, buttons)]
    known = sheet.row_dimensions[row].height or 0.0
    points = min(max([least, known, *needed]), TALLEST)
    if grows:
        grow(sheet, row, points)
    elif points:
        sheet.row_dimensions[row].height = points


def _heights(
    sheet: Worksheet, row: int, spans: Mapping[int, int], buttons: bool
) -> Iterator[float]:
    for cell in next(sheet.iter_rows(row, row)):
        look = cell.alignment
        if not isinstance(cell.value, str) or cell.data_type == "f" or not look.wrap_text:
            continue
        columns = range(cell.column, cell.column + spans.get(cell.column, 1))
        widths = (sheet.column_dimensions[get_column_letter(at)].width for at in columns)
        room = sum(map(_pixels, widths)) + _MARGIN * (len(columns) - 1)
        room -= int(look.indent or 0) * _INDENT + (buttons or cell.pivotButton) * _BUTTON
        yield _high(cell.value, room, cell.font.size or 10, bool(cell.font.bold))


class GrowingRow(RowDimension):
    """A row as high as it is written, which Excel fits anew when its text changes."""

    # openpyxl calls every height that is given a custom one, which Excel then keeps.
    customHeight = property(lambda self: False)  # noqa: N815


def grow(sheet: Worksheet, row: int, points: float) -> None:
    """Make the row that high, until its text changes."""
    sheet.row_dimensions[row] = GrowingRow(sheet, index=row, ht=min(points, TALLEST))


def widen(sheet: Worksheet, column: int, text: str, size: float = 10, bold: bool = False) -> None:
    """Make the column wide enough for a figure, of which Excel shows nothing but ``####`` else."""
    dimension = sheet.column_dimensions[get_column_letter(column)]
    dimension.width = max(dimension.width, column_width(text, size, bold))


def column_points(width: float) -> float:
    """How wide a column is on paper [points]; ``width`` is in Excel's unit."""
    return (_pixels(width) + _MARGIN) * _PIXEL


def as_shown(figure: float, number_format: str) -> str:
    """A figure as Excel shows it in one of the formats that we use."""
    if number_format.endswith("%"):
        return f"{figure:.0%}"
    return f"{figure:,.2f}" if ".0" in number_format or ".#" in number_format else f"{figure:,.0f}"


def _pixels(width: float) -> int:
    """What a column leaves for text."""
    return floor((256 * width + 18) / 256 * _DIGIT) - _MARGIN


def _high(text: str, room: float, size: float, bold: bool) -> float:
    ems = max(room, _DIGIT) * _PIXEL / _SLACK / size
    lines = sum(_lines(line, ems, bold) for line in text.split("\n"))
    return min(lines * ceil(size * 10 * _LINE) / 10, TALLEST)


def _lines(text: str, room: float, bold: bool) -> int:
    """How many lines the words of a text fill; a word longer than a line is broken."""
    blank = _ems(" ", bold)
    lines, used = 1, 0.0
    for word in text.split(" "):
        wide = _ems(word, bold)
        if used and used + blank + wide > room:
            lines, used = lines + 1, 0.0
        extra = max(ceil(wide / room) - 1, 0)
        lines, used = lines + extra, used + wide - extra * room + (blank if used else 0)
    return lines


@lru_cache(1 << 16)
def _ems(text: str, bold: bool) -> float:
    """The width of a text in sizes of its font."""
    known = _advances(bold)
    return sum(known[letter] if letter in known else _guess(letter) for letter in text)


def _guess(letter: str) -> float:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _OTHER


@cache
def _advances(bold: bool) -> Mapping[str, float]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    face = "bold" if bold else "regular"
    return {chr(int(row["code"], 16)): int(row[face]) / _EM for row in rows}
