"""References in formulas, brought to where the cells of our tables stand now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

from wps_xl.model import column_letter, column_number

_CELL = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})")
_AREA = re.compile(rf"{_CELL.pattern}(?::{_CELL.pattern})?")
_COLUMNS = re.compile(r"(\$?)([A-Za-z]{1,3}):(\$?)([A-Za-z]{1,3})")
_REF = "#REF!"
_LAST_ROW = 1_048_576


@dataclass(frozen=True)
class Move:
    """How one of our tables was laid anew: where its rows and columns stand now.

    ``rows`` has the rows of the table that are still there, its headings and its total row.
    ``first``, ``last`` and ``total`` are rows of the table before and after, without headings.
    ``columns`` has the columns up to the last of ours. ``own`` are columns of staff among them,
    ``office`` those of ours that the office fills, both as they stand now.
    """

    rows: Mapping[int, int]
    first: tuple[int, int]
    last: tuple[int, int]
    columns: Mapping[int, int] = field(default_factory=dict)
    own: frozenset[int] = frozenset()
    office: frozenset[int] = frozenset()
    total: tuple[int, int] | None = None

    def row(self, number: int) -> int | None:
        """Where a row stands now; None where it is gone."""
        if number in self.rows:
            return self.rows[number]
        bottom = self.total or self.last
        if number > bottom[0]:
            return min(number - bottom[0] + bottom[1], _LAST_ROW) if number < _LAST_ROW else number
        return number if self.first[0] == self.first[1] and number < self.first[0] else None

    def column(self, number: int) -> int:
        """Where a column stands now."""
        if number in self.columns or not self.columns:
            return self.columns.get(number, number)
        return number - max(self.columns) + max(self.columns.values())

    def is_own(self, number: int) -> bool:
        """Whether a column, as it stood, is one of staff."""
        return number not in self.columns or self.columns[number] in self.own

    @property
    def is_still(self) -> bool:
        """Whether every cell stands where it stood."""
        return (
            self.first == (self.first[0],) * 2
            and self.last == (self.last[0],) * 2
            and all(a == b for a, b in self.rows.items())
            and all(a == b for a, b in self.columns.items())
            and set(range(self.first[0], self.last[0] + 1)) <= self.rows.keys() | {self.first[0]}
        )

    def cell(self, address: str) -> str | None:
        """Where a cell stands now; None where its row is gone."""
        match = _CELL.fullmatch(address)
        return self._cell(match.groups()) if match else None

    def _cell(self, parts: tuple[str, ...]) -> str | None:
        row = self.row(int(parts[3]))
        if row is None:
            return None
        letter = column_letter(self.column(column_number(parts[1].upper())))
        return f"{parts[0]}{letter}{parts[2]}{row}"

    def area(self, reference: str) -> str | None:
        """Where a cell or a range stands now; None where it is no one range any more."""
        match = _AREA.fullmatch(reference)
        if match is None:
            return self._whole(reference)
        start, end = match.groups()[:4], match.groups()[4:]
        if end[1] is None or end == start:
            return self._cell(start)
        rows = self._span(int(start[3]), int(end[3]))
        if rows is None:
            return None
        letters = [
            column_letter(self.column(column_number(part[1].upper()))) for part in (start, end)
        ]
        return f"{start[0]}{letters[0]}{start[2]}{rows[0]}:{end[0]}{letters[1]}{end[2]}{rows[1]}"

    def beside(self, reference: str, step: int) -> str | None:
        """A reference of a rule over a range that begins ``step`` rows below where it began.

        Without ``$`` it means a row by its distance from that of each cell, and goes with it.
        """
        match = _AREA.fullmatch(reference)
        if match is None or all(match[at] for at in (3, 7) if match[at] is not None):
            return self.area(reference)
        corners = [match.groups()[:4], *([match.groups()[4:]] if match[6] else [])]
        found = [self._corner(corner, step) for corner in corners]
        return None if None in found else ":".join(map(str, found))

    def _corner(self, parts: tuple[str, ...], step: int) -> str | None:
        number = int(parts[3])
        row = number + step
        if parts[2]:
            at_top = number == self.first[0]
            row = self.first[1] if at_top else self.row(number) or 0
        letter = column_letter(self.column(column_number(parts[1].upper())))
        return f"{parts[0]}{letter}{parts[2]}{row}" if row > 0 else None

    def _whole(self, reference: str) -> str:
        """Whole columns; whole rows and names stay."""
        match = _COLUMNS.fullmatch(reference)
        if match is None:
            return reference
        first, last = (column_letter(self.column(column_number(match[n].upper()))) for n in (2, 4))
        return f"{match[1]}{first}:{match[3]}{last}"

    def _span(self, top: int, bottom: int) -> tuple[int, int] | None:
        """The rows of a range; one that held the whole table holds the whole table again."""
        if top <= self.first[0] and bottom >= self.last[0]:
            start = self.first[1] if top == self.first[0] else self.row(top)
            end = self.last[1] if bottom == self.last[0] else self.row(bottom)
            return None if start is None or end is None else (start, end)
        found = [self.row(number) for number in range(top, bottom + 1)]
        known = [number for number in found if number is not None]
        if len(known) < len(found) or sorted(known) != list(range(min(known), max(known) + 1)):
            return None
        return min(known), max(known)


STILL = Move({}, (1, 1), (0, 0))
"""That of a sheet whose cells stay where they are."""
Moves = Mapping[str, Move]
"""The tables that were laid anew, by the name of their sheet in lower case."""


@dataclass(frozen=True)
class Followed:
    """A formula that follows our cells. ``lost`` are references that lead nowhere now."""

    text: str
    lost: tuple[str, ...] = ()


def followed(formula: str, home: str, moves: Moves, step: int | None = None) -> Followed:
    """The formula, written on sheet ``home``, with its references where the cells stand now.

    A reference to a row that is gone becomes ``#REF!``, as Excel would have it. A range whose
    rows lie apart now is left as it is and given as lost. ``step`` is given for a rule over a
    range, see ``Move.beside``.
    """
    plain = formula.casefold().replace("''", "'")
    if home.casefold() not in moves and not any(name in plain for name in moves):
        return Followed(formula)
    try:
        tokens = Tokenizer(f"={formula}").items
    except TokenizerError:
        return Followed(formula)
    lost: list[str] = []
    pieces = list(_pieces(tokens, home, moves, lost, step))
    text = "".join(pieces)
    unchanged = text == "".join(token.value for token in tokens)
    return Followed(formula if unchanged else text, tuple(lost))


def _pieces(
    tokens: list[Token], home: str, moves: Moves, lost: list[str], step: int | None
) -> Iterator[str]:
    for token in tokens:
        if token.type != Token.OPERAND or token.subtype != Token.RANGE:
            yield token.value
            continue
        sheet, mark, reference = token.value.rpartition("!")
        name = _sheet_of(sheet) if mark else home.casefold()
        move, at_home = moves.get(name), name == home.casefold()
        where: str | None = reference
        if move and at_home and step is not None:
            where = move.beside(reference, step)
        elif move:
            where = move.area(reference)
        if where is None:
            lost.append(token.value)
            where = reference if ":" in reference else _REF
        yield f"{sheet}{mark}{where}"


def _sheet_of(prefix: str) -> str:
    name = prefix.casefold()
    return name[1:-1].replace("''", "'") if name.startswith("'") else name
