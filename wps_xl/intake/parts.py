"""Part of a cell: one of several values in it, or a piece of its text.

An issue about a part names it, and an answer to it changes that part and leaves the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from wps_xl.model import Grid, Value, column_number, split_address
from wps_xl.model.text import squeezed

TAKEN_OUT = frozenset("-–—")
"""What the office writes for a part that is to be taken out of its cell."""
_SEPARATOR = re.compile(r"[;\n\r\x0b\u2028\u2029]")
_COMMA = ","


def parts_of(text: str) -> list[str]:
    """The values of a cell that holds several, as they stand between semicolons or lines."""
    return [part for part in _SEPARATOR.split(text) if squeezed(part)]


def comma_parts(text: str) -> list[str]:
    """The values between commas, without spaces around them."""
    return [squeezed(part) for part in text.split(_COMMA) if squeezed(part)]


def is_taken_out(value: Value) -> bool:
    """Whether what the office wrote takes a part out of its cell."""
    return isinstance(value, str) and squeezed(value) in TAKEN_OUT


def is_among(part: str, value: Value) -> bool:
    """Whether a part of a cell is what the office wrote, or one of the values it wrote."""
    if value is None or is_taken_out(value):
        return False
    text = str(value)
    return squeezed(part) in {squeezed(one) for one in (text, *parts_of(text), *comma_parts(text))}


def with_part(held: Value, part: str, value: Value) -> Value:
    """What a cell holds with one part replaced; None where nothing is left of it.

    ``value`` may be several values between semicolons. A cell that has the part nowhere stays.
    """
    text = "" if held is None else str(held)
    new = "" if is_taken_out(value) or value is None else str(value).strip()
    for split in (parts_of, comma_parts):
        found = split(text)
        if any(squeezed(one) == squeezed(part) for one in found):
            return _joined(found, part, new)
    if part not in text:
        return held
    piece = re.compile(rf"(?<![\w/]){re.escape(part)}(?![\w/])")
    return (piece.sub(lambda _: new, text) if piece.search(text) else held) or None


def laid_over(grid: Grid, address: str, part: str, value: Value) -> Grid:
    """A sheet with a value in one of its cells, or for one part of it."""
    letters, row = split_address(address)
    column = column_number(letters)
    rows = [list(cells) for cells in grid.rows] if len(grid.rows) < row else list(grid.rows)
    rows += [[] for _ in range(row - len(rows))]
    cells = list(rows[row - 1])
    cells += [None] * (column - len(cells))
    cells[column - 1] = with_part(cells[column - 1], part, value) if part else value
    rows[row - 1] = cells
    return replace(
        grid,
        rows=rows,
        errors={at: shown for at, shown in grid.errors.items() if at != address},
        uncached=grid.uncached - {address},
        linked={at: formula for at, formula in grid.linked.items() if at != address},
    )


def _joined(found: Sequence[str], part: str, new: str) -> Value:
    kept = [new if squeezed(one) == squeezed(part) else one.strip() for one in found]
    return "; ".join(one for one in kept if one) or None
