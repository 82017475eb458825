"""Which sheet of a workbook is its Cover, whatever it is called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wps_xl.forms.definitions import COVER, FormSheet
from wps_xl.model import Book, Grid, Value
from wps_xl.model.text import squeezed

# What says which form, cycle and entity a return is for.
_IDENTITY = ("form", "cycle", "entity")


@dataclass(frozen=True)
class Front:
    """The Cover of a workbook; ``rivals`` are other sheets that look like it and say otherwise."""

    grid: Grid
    rivals: tuple[str, ...] = ()

    @property
    def is_called_otherwise(self) -> bool:
        """Whether the sheet is called by another name than Cover; spaces are nothing."""
        return plain_name(self.grid.name) != plain_name(COVER)


def plain_name(sheet: str) -> str:
    """The name of a sheet without its spaces, whatever its case."""
    return "".join(squeezed(sheet).split()).casefold()


def front_of(book: Book, sheet: FormSheet) -> Front | None:
    """The sheet called Cover, else the one that holds the lines of the Cover; None if none does.

    Of several copies that say the same the first is taken.
    """
    named = [grid for grid in book.grids.values() if plain_name(grid.name) == plain_name(COVER)]
    if named:
        return Front(min(named, key=lambda grid: grid.name.casefold() != COVER.casefold()))
    alike = [grid for grid in book.grids.values() if _holds_lines(grid, sheet)]
    if not alike:
        return None
    said = _said(alike[0], sheet)
    rivals = [grid.name for grid in alike[1:] if _said(grid, sheet) != said]
    return Front(alike[0], tuple(rivals))


def lines_of(grid: Grid, sheet: FormSheet) -> Iterator[tuple[str, tuple[int, int]]]:
    """Where the value of each line stands: left of its code, else right of its label."""
    found: dict[str, tuple[int, int]] = {}
    labels: dict[str, tuple[int, int]] = {}
    for row, cells in enumerate(grid.rows, start=1):
        for at, value in enumerate(cells, start=1):
            if not isinstance(value, str):
                continue
            text = squeezed(value)
            if at > 1 and text in sheet.columns:
                found.setdefault(text, (row, at - 1))
            label = sheet.by_heading(text)
            if label:
                labels.setdefault(label, (row, at + 1))
    yield from {**labels, **found}.items()


def _holds_lines(grid: Grid, sheet: FormSheet) -> bool:
    """Whether a sheet has most lines of the Cover one below the other, those of identity filled."""
    lines = dict(lines_of(grid, sheet))
    known = all(code in lines and grid.value(*lines[code]) is not None for code in _IDENTITY)
    rows = {row for row, _ in lines.values()}
    return known and 2 * min(len(lines), len(rows)) > len(sheet.columns)


def _said(grid: Grid, sheet: FormSheet) -> Sequence[tuple[str, Value]]:
    return [(code, grid.value(*place)) for code, place in sorted(lines_of(grid, sheet))]
