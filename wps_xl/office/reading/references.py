"""Formulas that came to 0 because all that they refer to is blank: nobody typed that nought."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wps_xl.model import Value, column_number, split_address

Rows = Sequence[Sequence[Value]]
# A sheet or name of another workbook, which a file gives a number.
_OUTSIDE = re.compile(r"(?<![\w\]])\[[^\[\]]+\][\w.]*!|'[^'\[\]]*\[[^\[\]]+\](?:[^'\[\]]|'')*'!")
_TEXT = re.compile(r'"(?:[^"]|"")*"')
_CELL = r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})"
_REFERENCE = re.compile(
    rf"(?<![\w.!:$])(?:('(?:[^']|'')+'|[\w.]+)!)?{_CELL}(?::{_CELL})?(?![\w(.!])"
)
# What counts blank cells, or takes its value from elsewhere.
_OTHERWISE = re.compile(r"(?i)COUNT|ROWS?\(|COLUMNS?\(|\[|INDIRECT|OFFSET")


@dataclass(frozen=True)
class Nought:
    """A formula with the result 0, and the cell in which it was written first."""

    formula: str
    first: str


def leads_outside(formula: str) -> bool:
    """Whether a formula takes its value from another workbook."""
    return "[" in formula and _OUTSIDE.search(_TEXT.sub('""', formula)) is not None


def of_blanks(
    noughts: Mapping[str, Nought], sheet: str, sheets: Mapping[str, Rows]
) -> Iterator[str]:
    """Addresses of the formulas all references of which lead to blank cells."""
    named = {name.casefold(): rows for name, rows in sheets.items()}
    for address, nought in noughts.items():
        formula = _TEXT.sub("", nought.formula)
        if _OTHERWISE.search(formula):
            continue
        found = list(_REFERENCE.finditer(formula))
        moved = _moved(nought.first, address)
        if found and all(_is_blank(one, moved, named, sheet) for one in found):
            yield address


def _moved(first: str, address: str) -> tuple[int, int]:
    """How many rows and columns further a formula stands that was filled down or across."""
    (letters, row), (own, at) = split_address(first), split_address(address)
    return at - row, column_number(own) - column_number(letters)


def _is_blank(
    found: re.Match[str], moved: tuple[int, int], sheets: Mapping[str, Rows], own: str
) -> bool:
    name = (found[1] or own).strip("'").replace("''", "'").casefold()
    rows = sheets.get(name)
    if rows is None:
        return False
    top, left = _place(found.groups()[1:5], moved)
    bottom, right = _place(found.groups()[5:9], moved) if found[7] else (top, left)
    cells = (value for row in rows[top - 1 : bottom] for value in row[left - 1 : right])
    return all(value is None for value in cells)


def _place(parts: Sequence[str], moved: tuple[int, int]) -> tuple[int, int]:
    is_fixed_column, letters, is_fixed_row, row = parts
    down, right = moved
    at = column_number(letters.upper()) + (0 if is_fixed_column else right)
    return max(int(row) + (0 if is_fixed_row else down), 1), max(at, 1)
