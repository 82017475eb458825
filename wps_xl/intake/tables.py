"""From the grid of a sheet to a table: which row holds the headings, which column is which."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from wps_xl.forms.definitions import FormSheet
from wps_xl.intake.text import squeezed, visible
from wps_xl.model import Grid, Value, column_letter

SEARCHED_ROWS = 30
_LEAST_MATCHES = 2


@dataclass(frozen=True)
class Misfit:
    """A fault of the sheet's structure: issue code, cell, column, what was found."""

    code: str
    cell: str | None
    column: str = ""
    found: str = ""
    suggestion: str = ""
    place: str = ""


@dataclass(frozen=True)
class RawTable:
    """The rows of one sheet as they stand, by column code.

    ``numbers`` are the Excel rows; ``columns`` their values, one list a column found; ``letters``
    and ``headings`` say where each column stands and what its user reads above it.
    """

    grid: Grid
    numbers: Sequence[int]
    columns: Mapping[str, Sequence[Value]]
    letters: Mapping[str, str]
    headings: Mapping[str, str]
    heading_row: int
    misfits: Sequence[Misfit] = field(default_factory=tuple)


def raw_table(grid: Grid, sheet: FormSheet, classification: str) -> RawTable:
    """Find headings and columns wherever they were moved, and the rows that hold data.

    Columns are known by their code, and by their heading where the row of codes was deleted.
    Rows below the native table count; own columns of the entity do not. ``classification`` is the
    cycle's, on which some requirements depend.
    """
    code_row = _best_row(grid, sheet, _code)
    heading_row = _best_row(grid, sheet, _heading)
    if not code_row and not heading_row:
        return RawTable(grid, [], {}, {}, {}, 0, [Misfit("no-heading-row", None)])
    below = code_row + 1 if code_row and heading_row < code_row else heading_row
    positions, misfits, strangers = _positions(grid, sheet, code_row, below)
    misfits += _missing(sheet, positions, strangers, below, classification)
    first = max(code_row, below) + 1
    numbers = list(_data_rows(grid, sheet, positions, first))
    return RawTable(
        grid=grid,
        numbers=numbers,
        columns={code: [grid.value(row, at) for row in numbers] for code, at in positions.items()},
        letters={code: column_letter(at) for code, at in positions.items()},
        headings={
            code: squeezed(str(grid.value(below, at) or sheet.columns[code].heading))
            for code, at in positions.items()
        },
        heading_row=below,
        misfits=misfits,
    )


def _code(text: str, sheet: FormSheet) -> str | None:
    return text if text in sheet.columns else None


def _heading(text: str, sheet: FormSheet) -> str | None:
    return sheet.by_heading(text)


def _best_row(
    grid: Grid, sheet: FormSheet, recognise: Callable[[str, FormSheet], str | None]
) -> int:
    """The row with most codes or headings; one that has all of them ends the search."""
    best, most = 0, min(_LEAST_MATCHES, len(sheet.columns)) - 1
    for number, row in enumerate(grid.rows[:SEARCHED_ROWS], start=1):
        texts = (_heading_text(value) for value in row if isinstance(value, str))
        score = sum(recognise(text, sheet) is not None for text in texts)
        if score > most:
            best, most = number, score
        if most >= len(sheet.columns):
            break
    return best


@lru_cache(maxsize=4096)
def _heading_text(text: str) -> str:
    return squeezed(text)


def _column(grid: Grid, numbers: Sequence[int], at: int) -> list[Value]:
    rows = grid.rows
    cells = (rows[number - 1] for number in numbers)
    return [row[at] if at < len(row) else None for row in cells]


def _positions(
    grid: Grid, sheet: FormSheet, code_row: int, heading_row: int
) -> tuple[dict[str, int], list[Misfit], dict[int, str]]:
    width = max((len(row) for row in grid.rows[: max(code_row, heading_row)]), default=0)
    positions: dict[str, int] = {}
    misfits: list[Misfit] = []
    strangers: dict[int, str] = {}
    for at in range(1, width + 1):
        heading = squeezed(str(grid.value(heading_row, at) or ""))
        code = _code(squeezed(str(grid.value(code_row, at) or "")), sheet) if code_row else None
        named = sheet.by_heading(heading)
        cell = f"{column_letter(at)}{heading_row}"
        if code and named and named != code:
            misfits.append(Misfit("code-heading-conflict", cell, code, visible(heading)))
        known = code or named
        if known is None:
            strangers |= {at: heading} if heading else {}
        elif known in positions:
            first = f"{column_letter(positions[known])}{heading_row}"
            misfits.append(Misfit("duplicate-column", cell, known, heading, place=first))
        else:
            positions[known] = at
    return positions, misfits, strangers


def _missing(
    sheet: FormSheet,
    positions: Mapping[str, int],
    strangers: Mapping[int, str],
    heading_row: int,
    classification: str,
) -> Iterator[Misfit]:
    """Columns that are not there; one whose heading is nearly right is called renamed."""
    left = dict(strangers)
    for code, column in sheet.columns.items():
        if code in positions:
            continue
        near = difflib.get_close_matches(
            column.heading.casefold(), [text.casefold() for text in left.values()], n=1, cutoff=0.75
        )
        kind = "" if column.is_required(classification) else "optional-"
        if not near:
            yield Misfit(f"missing-{kind}column", f"A{heading_row}", code)
            continue
        at = next(at for at, text in left.items() if text.casefold() == near[0])
        cell = f"{column_letter(at)}{heading_row}"
        yield Misfit(f"renamed-{kind}column", cell, code, visible(left.pop(at)), column.heading)


def _data_rows(
    grid: Grid, sheet: FormSheet, positions: Mapping[str, int], first: int
) -> Iterator[int]:
    """Rows in which a column that the entity fills holds something."""
    live = [positions[code] - 1 for code in sheet.signs_of_life if code in positions]
    marks = {
        int("".join(filter(str.isdigit, cell)))
        for cell in (*grid.errors, *grid.uncached)
        if _column_of(cell) in {column_letter(at + 1) for at in live}
    }
    for number, row in enumerate(grid.rows[first - 1 :], start=first):
        size = len(row)
        if number in marks or any(row[at] is not None for at in live if at < size):
            yield number


def _column_of(cell: str) -> str:
    return "".join(filter(str.isalpha, cell))
