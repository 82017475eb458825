"""Where the code lists stand on sheet Lists: one below the other, each a table of its own.

So a sheet row that staff delete or insert belongs to one list alone. Workbooks of version 0.1 had
the lists side by side; they are read as they are, and written anew one below the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from wps_xl.codebook.loader import ListRow, columns_of
from wps_xl.errors import InputError
from wps_xl.model import Grid, Value, column_letter

SHEET = "Lists"
# Code lists that sheet Lists holds; the choices follow, each a table of its own.
TABLES = (
    "areas_of_action",
    "thematic_areas",
    "crosswalk",
    "strategies",
    "entities",
    "questions",
    "objectives",
    "common_indicators",
    "eligibility_criteria",
    "aggregation_rules",
    "lights",
    "documents",
    "countries",
    "limits",
    "checks",
)
CHOICE = ("code", "label")
# No code has so many words.
_SENTENCE = 3


@dataclass(frozen=True)
class Standing:
    """One list as it stands: the cell of its name, its headings below it, its last row at most."""

    name: str
    row: int
    column: int
    headings: tuple[str, ...]
    last: int

    @property
    def heading_row(self) -> int:
        """The row of its headings."""
        return self.row + 1

    def cells(self, row: int) -> dict[str, str]:
        """Where the values of one row stand, by heading."""
        return {
            heading: f"list {self.name}, cell {column_letter(self.column + at)}{row}"
            for at, heading in enumerate(self.headings)
        }

    def rows(self, grid: Grid) -> Iterator[tuple[int, tuple[Value, ...]]]:
        """Excel row and values of each row that is not blank, and no remark."""
        for number in range(self.heading_row + 1, self.last + 1):
            values = tuple(grid.value(number, self.column + at) for at in range(len(self.headings)))
            if any(value is not None for value in values) and not _is_remark(values):
                yield number, values

    def remarks(self, grid: Grid) -> set[int]:
        """The Excel rows in which somebody wrote a sentence under the list."""
        within = range(self.heading_row + 1, self.last + 1)
        entries = {number for number, _ in self.rows(grid)}
        width = range(self.column, self.column + len(self.headings))
        filled = {n for n in within if any(grid.value(n, at) is not None for at in width)}
        return filled - entries


def _is_remark(values: Sequence[Value]) -> bool:
    """Whether a row holds nothing but a sentence where its code belongs."""
    first, *others = values
    is_alone = bool(others) and all(value is None for value in others)
    return is_alone and isinstance(first, str) and len(first.split()) >= _SENTENCE


def columns_by_list(choices: Sequence[ListRow]) -> dict[str, tuple[str, ...]]:
    """The columns of every list that sheet Lists holds, by its name."""
    own = dict.fromkeys((row["list"] for row in choices), CHOICE)
    return {**{name: columns_of(name) for name in TABLES}, **own}


def lists_on(grid: Grid, columns: Mapping[str, Sequence[str]]) -> list[Standing]:
    """The lists on the sheet, whichever way they stand. ``columns`` are those of known lists.

    Raises
    ------
    InputError
        With the cell, where a list has lost its name or its headings.
    """
    first = [value for value in (grid.rows[0] if grid.rows else ()) if value in columns]
    if len(first) > 1:
        return list(_side_by_side(grid))
    return _stacked(grid, columns)


def _side_by_side(grid: Grid) -> Iterator[Standing]:
    at, width = 1, max((len(row) for row in grid.rows[:2]), default=0)
    while at <= width:
        name = grid.value(1, at)
        if not isinstance(name, str):
            at += 1
            continue
        headings = _headings(grid, 2, at)
        yield Standing(name, 1, at, headings, len(grid.rows))
        at += max(1, len(headings))


def _headings(grid: Grid, row: int, at: int) -> tuple[str, ...]:
    found: list[str] = []
    while (value := grid.value(row, at + len(found))) is not None:
        found.append(str(value).strip())
    return tuple(found)


def _stacked(grid: Grid, columns: Mapping[str, Sequence[str]]) -> list[Standing]:
    lines = [_headings(grid, number, 1) for number in range(1, len(grid.rows) + 2)]
    kinds = {frozenset(wanted) for wanted in columns.values()}
    of_a_list = [any(kind.issubset(words) for kind in kinds) for words in lines]
    starts: list[tuple[str, int, tuple[str, ...]]] = []
    for number, headings in enumerate(lines[1:], start=1):
        value = grid.value(number, 1)
        name = value.strip() if isinstance(value, str) else ""
        wanted = columns.get(name, ())
        if name and (of_a_list[number] or not set(wanted).isdisjoint(headings)):
            starts.append((name, number, headings))
        elif name in columns and grid.value(number, 2) is None and headings:
            raise InputError(
                f"Sheet {SHEET}, row {number + 1}: the headings of the list {name} are missing. "
                f"Write them there: {', '.join(wanted)}."
            )
    _check_names(starts, {n: h for n, h in enumerate(lines, 1) if of_a_list[n - 1]}, columns)
    ends = [number - 1 for _, number, _ in starts[1:]] + [len(grid.rows)]
    return [
        Standing(name, number, 1, headings, last)
        for (name, number, headings), last in zip(starts, ends, strict=True)
    ]


def _check_names(
    starts: Sequence[tuple[str, int, tuple[str, ...]]],
    of_a_list: Mapping[int, Sequence[str]],
    columns: Mapping[str, Sequence[str]],
) -> None:
    """Refuse a list without a name, with the name of another, or with one that nobody knows.

    ``of_a_list`` are the rows that hold the headings of a list.
    """
    below = {number + 1 for _, number, _ in starts}
    names = {name for name, _, _ in starts}
    lacking = [name for name in columns if name not in names]
    for number, headings in of_a_list.items():
        if number not in below:
            could = _could_be(headings, lacking, columns)
            raise InputError(
                f"Sheet {SHEET}, cell A{max(1, number - 1)}: the name of the list is missing whose "
                f"headings stand in row {number}. Write it there{could}."
            )
    seen: dict[str, int] = {}
    for name, number, headings in starts:
        if name in seen:
            raise InputError(
                f"Sheet {SHEET}, cell A{number}: the list {name} stands already in cell "
                f"A{seen[name]}. Remove one."
            )
        seen[name] = number
        if name in columns:
            continue
        could = _could_be(headings, get_close_matches(name, lacking), columns)
        # Staff may make a list of choices of their own.
        if could or not set(CHOICE) <= set(headings):
            could = could or _could_be(headings, lacking, columns)
            raise InputError(
                f"Sheet {SHEET}, cell A{number}: '{name}' is no list. Restore its name{could}."
            )


def _could_be(
    headings: Sequence[str], lacking: Sequence[str], columns: Mapping[str, Sequence[str]]
) -> str:
    """The lists that are missing and have these headings, in words."""
    names = [name for name in lacking if set(columns[name]) <= set(headings)]
    return f": {' or '.join(names)}" if names else ""


def written_columns(name: str) -> Sequence[str]:
    """The columns of a code list that are read and written back; others are the staff's own."""
    return columns_of(name) if name in TABLES else CHOICE


def beside_lists(
    grid: Grid, columns: Mapping[str, Sequence[str]]
) -> Iterator[tuple[int, int, Value]]:
    """Row, column and value of each cell that belongs to none of the known lists."""
    ours: set[tuple[int, int]] = set()
    for one in lists_on(grid, columns):
        ours.add((one.row, one.column))
        kept = written_columns(one.name)
        remarks = one.remarks(grid)
        ours |= {
            (number, one.column + at)
            for number in range(one.heading_row, one.last + 1)
            if number not in remarks
            for at, heading in enumerate(one.headings)
            if heading in kept and one.name in columns
        }
    for number, row in enumerate(grid.rows, start=1):
        for at, value in enumerate(row, start=1):
            if value is not None and (number, at) not in ours:
                yield number, at, value
