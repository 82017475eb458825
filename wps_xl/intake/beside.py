"""What a return holds beside its tables: read by nobody, so that somebody must be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from wps_xl.intake.catalogue import Place, issue
from wps_xl.intake.tables import Misfit, RawTable
from wps_xl.intake.text import squeezed, visible
from wps_xl.model import Grid, Issue, Value, column_letter, column_number, split_address

# Sheets that forms and correction copies have beside the data; entities report nothing in them.
NOT_REPORTED = ("guide", "check", "lists", "issues")
_LISTED, _SHOWN = 20, 3


def beside_table(raw: RawTable) -> Iterator[Misfit]:
    """A note on what stands in the rows of data under no heading of the form."""
    if not raw.letters or any(misfit.code == "merged-columns" for misfit in raw.misfits):
        return
    told = {split_address(m.cell)[0] for m in raw.misfits if m.cell and m.column not in raw.letters}
    told |= {split_address(m.cell)[0] for m in raw.misfits if m.cell and m.also}
    known = {column_number(letter) for letter in {*raw.letters.values(), *told}}
    found = list(_loose(raw.grid, raw.heading_row, known))
    if found:
        first, *others = (cell for cell, _ in found)
        yield Misfit(
            "beside-table",
            first,
            found=visible(str(found[0][1])),
            other=_more(others, "cell"),
            also=tuple(others[:_LISTED]),
        )


def own_sheets(where: Place, grids: Iterable[Grid]) -> Iterator[Issue]:
    """A note on the sheets that are none of the form's, where something stands in them."""
    own = [grid for grid in grids if grid.visible and grid.name.casefold() not in NOT_REPORTED]
    found = [(grid.name, cell) for grid in own for cell, _ in islice(_loose(grid, 0, set()), 1)]
    if found:
        (name, cell), *others = found
        yield issue(
            "own-sheet",
            Place(where.book, where.entity, where.form, name, cell),
            found=name,
            other=_more([other for other, _ in others], "sheet"),
        )


def _loose(grid: Grid, above: int, known: set[int]) -> Iterator[tuple[str, Value]]:
    """Cells below a row in other columns than the known ones, blank looking ones left out."""
    width = max((len(row) for row in grid.rows[above:]), default=0)
    columns = [at for at in range(width) if at + 1 not in known]
    for number, row in enumerate(grid.rows[above:] if columns else (), start=above + 1):
        for at in columns:
            if at >= len(row):
                break
            value = row[at]
            if value is not None and (not isinstance(value, str) or squeezed(value)):
                yield f"{column_letter(at + 1)}{number}", value


def _more(names: list[str], noun: str) -> str:
    if not names:
        return ""
    dots = " …" if len(names) > _SHOWN else ""
    plural = noun if len(names) == 1 else f"{noun}s"
    return f"; the same goes for {len(names)} more {plural}: {', '.join(names[:_SHOWN])}{dots}"
