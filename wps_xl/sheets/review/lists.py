"""Where the code lists stand on sheet Lists: side by side, each a table of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wps_xl.codebook.loader import columns_of
from wps_xl.model import Grid, Value

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


def written_columns(name: str) -> Sequence[str]:
    """The columns of a code list that are read and written back; others are the staff's own."""
    return columns_of(name) if name in TABLES else CHOICE


def lists_on(grid: Grid) -> Iterator[tuple[str, int, Sequence[str]]]:
    """Name, first column and headings of each list: its name in row 1, headings in row 2."""
    at = 1
    width = max((len(row) for row in grid.rows[:2]), default=0)
    while at <= width:
        name = grid.value(1, at)
        if not isinstance(name, str):
            at += 1
            continue
        columns = [str(grid.value(2, at))]
        while grid.value(2, at + len(columns)) is not None:
            columns.append(str(grid.value(2, at + len(columns))))
        yield name, at, columns
        at += len(columns)


def beside_lists(grid: Grid, known: Sequence[str]) -> Iterator[tuple[int, int, Value]]:
    """Row, column and value of each cell that belongs to none of the ``known`` lists."""
    names: set[int] = set()
    ours: set[int] = set()
    for name, at, columns in lists_on(grid):
        if name in known:
            names.add(at)
            kept = written_columns(name)
            ours |= {at + i for i, column in enumerate(columns) if column in kept}
    for number, row in enumerate(grid.rows, start=1):
        for at, value in enumerate(row, start=1):
            if value is not None and at not in (names if number == 1 else ours):
                yield number, at, value
