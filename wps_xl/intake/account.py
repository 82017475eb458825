"""The account of a return: everything in it, held against what the form said when it was issued.

Each cell with content and each thing beside the cells has one fate: it was read, it is as issued,
it looks blank, or an issue names it. So nothing is left without a line; found = accepted + held
back is the same account for rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wps_xl.model import Aside, Grid, Value, column_letter, column_number, split_address
from wps_xl.model.text import squeezed

READ, ISSUED, BLANK = "read", "issued", "blank"
"""The fates of what no issue needs to name; every other fate is the code of the issue."""
Cell = tuple[str, Value]
"""Address and value; the value of a cell that shows an error is what it shows."""


@dataclass(frozen=True)
class SheetAccount:
    """The cells of one sheet that hold something: how many, and what became of them.

    ``found`` is counted apart from ``fates``, so that the one proves the other.
    """

    sheet: str
    found: int
    fates: Mapping[str, int]


@dataclass(frozen=True)
class Account:
    """What a return holds. ``rows`` are sheet and Excel row of each row of data, ``asides`` what
    there is beside the values of cells, with its fate."""

    sheets: tuple[SheetAccount, ...] = ()
    asides: tuple[tuple[Aside, str], ...] = ()
    rows: frozenset[tuple[str, int]] = field(default_factory=frozenset)

    @property
    def holds_nothing(self) -> bool:
        """Whether there is nothing but what the form said when it was issued, and its Cover."""
        fates = {*(fate for sheet in self.sheets for fate in sheet.fates)}
        fates |= {fate for _, fate in self.asides}
        return not self.rows and fates <= {READ, ISSUED, BLANK}

    @property
    def cells(self) -> Mapping[str, int]:
        """How many cells have each fate, ``found`` all of them."""
        fates: Counter[str] = Counter()
        for sheet in self.sheets:
            fates.update(sheet.fates)
        return {"found": sum(sheet.found for sheet in self.sheets), **dict(sorted(fates.items()))}


def found_in(grid: Grid) -> int:
    """How many cells of a sheet hold something, errors and formulas without result included."""
    filled = sum(len(row) - row.count(None) for row in grid.rows)
    return filled + sum(grid.value(*_place(cell)) is None for cell in _marked(grid))


def whole(grid: Grid, fate: str) -> SheetAccount:
    """A sheet all of whose cells have one fate."""
    found = found_in(grid)
    return SheetAccount(grid.name, found, {fate: found} if found else {})


def counted(grid: Grid, fates: Iterable[str], **more: int) -> SheetAccount:
    """A sheet whose cells have these fates; ``more`` are counts of fates known without a list."""
    together = Counter(fates)
    together.update(more)
    return SheetAccount(grid.name, found_in(grid), {f: n for f, n in together.items() if n})


def cells_in(grid: Grid, row: int, columns: Sequence[int] | None = None) -> Iterator[Cell]:
    """The cells of one row that hold something, in these columns where some are named."""
    cells = grid.rows[row - 1] if row <= len(grid.rows) else ()
    for at in range(1, len(cells) + 1) if columns is None else columns:
        if at <= len(cells) and cells[at - 1] is not None:
            yield f"{column_letter(at)}{row}", cells[at - 1]


def all_cells(grid: Grid) -> Iterator[Cell]:
    """All cells of a sheet that hold something."""
    for row in range(1, len(grid.rows) + 1):
        yield from cells_in(grid, row)
    yield from marked_cells(grid)


def all_places(grid: Grid) -> Iterator[tuple[int, int, Value]]:
    """Row, column and value of all cells of a sheet that hold something."""
    for row, cells in enumerate(grid.rows, start=1):
        for at, value in enumerate(cells, start=1):
            if value is not None:
                yield row, at, value
    for cell, shown in marked_cells(grid):
        yield *_place(cell), shown


def marked_cells(grid: Grid) -> list[Cell]:
    """The cells that show an error, or a formula without a result, with what they show."""
    return [
        (cell, grid.errors.get(cell, "a formula without a result"))
        for cell in _marked(grid)
        if grid.value(*_place(cell)) is None
    ]


def looks_blank(value: Value) -> bool:
    """Whether there is nothing to be seen in a cell."""
    if not isinstance(value, str):
        return value is None
    return not (value[:1].isalnum() or squeezed(value))


def _marked(grid: Grid) -> list[str]:
    return list(dict.fromkeys((*grid.errors, *grid.uncached)))


def _place(cell: str) -> tuple[int, int]:
    letters, row = split_address(cell)
    return row, column_number(letters)
