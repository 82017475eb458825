"""Which rows of a workbook hide a line of a wrapped text, measured apart from our own code."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from sheets.font_widths import CSV

TALLEST = 409
with CSV.open(encoding="utf-8", newline="") as file:
    ADVANCES = {
        chr(int(row["code"], 16)): (int(row["regular"]), int(row["bold"]))
        for row in csv.DictReader(file)
    }


def low_rows(path: Path) -> list[str]:
    """The cells whose row is stored too low; Excel trusts what is stored."""
    sheets = [one for one in load_workbook(path).worksheets if one.sheet_state == "visible"]
    return [found for sheet in sheets for found in _of(sheet)]


def _of(sheet: Worksheet) -> Iterator[str]:
    merged = {(m.min_row, m.min_col): m for m in sheet.merged_cells.ranges}
    pixels = {
        at: int(d.width * 7)
        for d in sheet.column_dimensions.values()
        if d.min and d.max
        for at in range(d.min, d.max + 1)
    }
    unseen = {
        at
        for d in sheet.column_dimensions.values()
        if d.hidden and d.min and d.max
        for at in range(d.min, d.max + 1)
    }
    for number, row in sheet.row_dimensions.items():
        for cell in sheet[number] if row.ht and not row.hidden else ():
            text = cell.value
            if not isinstance(text, str) or text[:1] == "=" or not cell.alignment.wrap_text:
                continue
            at = int(cell.column or 0)
            if at in unseen:
                continue
            last = merged[number, at].max_col if (number, at) in merged else at
            across = range(at, int(last or at) + 1)
            room = sum(pixels.get(one, 64) for one in across) - 5 - 9 * int(cell.alignment.indent)
            needed = _lines(text, room, cell.font.sz, bool(cell.font.b)) * cell.font.sz * 1.15
            if min(needed, TALLEST) > float(row.ht or 0) + 1:
                place = f"{sheet.title}!{get_column_letter(at)}{number}"
                yield f"{place}: {row.ht} points for {text[:40]}"


@cache
def _lines(text: str, room: float, size: float, bold: bool) -> int:
    """Lines of the words, broken one after the other."""
    count, blank = 0, _wide(" ", size, bold)
    for line in text.split("\n"):
        at, wide = "", 0.0
        count += 1
        for word in line.split(" "):
            own = _wide(word, size, bold)
            if at and wide + blank + own > room:
                count, at, wide = count + 1, word, own
            elif at:
                at, wide = f"{at} {word}", wide + blank + own
            else:
                at, wide = word, own
            while wide > room and len(at) > 1:
                kept = next(n for n in range(len(at), 0, -1) if n == 1 or _fits(at[:n], room, size))
                count, at = count + 1, at[kept:]
                wide = _wide(at, size, bold)
    return count


def _fits(text: str, room: float, size: float) -> bool:
    return _wide(text, size, True) <= room


def _wide(text: str, size: float, bold: bool) -> float:
    ems = sum(ADVANCES.get(letter, (1600, 1600))[bold] for letter in text) / 2048
    return ems * size * 96 / 72
