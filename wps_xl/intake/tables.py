"""From the grid of a sheet to a table: which row holds the headings, which column is which."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice, zip_longest

from wps_xl.forms.definitions import FormSheet
from wps_xl.intake.above import rows_above, told_above
from wps_xl.intake.misfit import Misfit
from wps_xl.model import CellRef, Grid, Value, column_letter, column_number, split_address
from wps_xl.model.text import squeezed, visible

SEARCHED_ROWS = 30
_LEAST_MATCHES = 2
REWORDED = "changed-heading"
# A sign of a unit is a word too.
_WORD = re.compile(r"\w+|[%‰€$£¥₹]")
_FEW = 3


@dataclass(frozen=True)
class RawTable:
    """The rows of one sheet as they stand, by column code.

    ``numbers`` are the Excel rows; ``columns`` their values, one list a column found; ``letters``
    and ``headings`` say where each column stands and what its user reads above it. ``idle`` are
    the rows that the office prepared and nobody filled: Excel row and number.
    """

    grid: Grid
    numbers: Sequence[int]
    columns: Mapping[str, Sequence[Value]]
    letters: Mapping[str, str]
    headings: Mapping[str, str]
    heading_row: int
    misfits: Sequence[Misfit] = field(default_factory=tuple)
    idle: Mapping[int, Value] = field(default_factory=dict)


def raw_table(grid: Grid, sheet: FormSheet, classification: str) -> RawTable:
    """Find headings and columns wherever they were moved, and the rows that hold data.

    Columns are known by their code, and by their heading where the row of codes was deleted.
    Rows below the native table count; own columns of the entity do not. ``classification`` is the
    cycle's, on which some requirements depend.
    """
    code_row = _best_row(grid, sheet, _code)
    below = _heading_row(grid, sheet, code_row)
    if not below:
        return RawTable(grid, [], {}, {}, {}, 0, [Misfit("no-heading-row", None)])
    positions, misfits, strangers = _positions(grid, sheet, code_row, below)
    covered = _covered(grid, sheet, positions, below)
    misfits = [*_folded(misfits, bool(covered)), *covered]
    if not any(misfit.code == "merged-columns" for misfit in covered):
        misfits += _missing(sheet, positions, strangers, below, classification)
    first = max(code_row, below) + 1
    needed = sum(column.is_required(classification) for column in sheet.columns.values())
    above = list(
        rows_above(
            grid,
            lambda text: heading_of(text, sheet) is not None,
            positions,
            (code_row, below),
            needed,
        )
    )
    misfits += told_above(above, code_row, below, positions)
    numbers = [*above, *_data_rows(grid, sheet, positions, first)]
    key = positions.get(sheet.key, 0) if sheet.prefilled else 0
    idle = {
        row: value
        for row in range(first, len(grid.rows) + 1 if key else first)
        if (value := grid.value(row, key)) is not None
    }
    return RawTable(
        grid=grid,
        numbers=numbers,
        columns=_columns(grid, numbers, positions),
        letters={code: column_letter(at) for code, at in positions.items()},
        headings={
            code: squeezed(str(grid.value(below, at) or sheet.columns[code].heading))
            for code, at in positions.items()
        },
        heading_row=below,
        misfits=misfits,
        idle={row: idle[row] for row in sorted(idle.keys() - set(numbers))},
    )


def heading_of(text: str, sheet: FormSheet) -> str | None:
    """The column whose code or heading a text is."""
    return _code(text, sheet) or _heading(text, sheet)


def _code(text: str, sheet: FormSheet) -> str | None:
    return text if text in sheet.columns else None


def _heading(text: str, sheet: FormSheet) -> str | None:
    return sheet.by_heading(text)


def _heading_row(grid: Grid, sheet: FormSheet, code_row: int) -> int:
    """The row that users read as headings: below the codes, whatever it says; 0 if there is none.

    Where the row of headings was deleted, the codes are the headings, and data follows at once.
    """
    known = _best_row(grid, sheet, _heading, other_than=code_row)
    if not known and not code_row:
        known = _far_below(grid, sheet)
    if known > code_row or not code_row:
        return known
    below = grid.rows[code_row] if code_row < len(grid.rows) else ()
    return code_row if _is_data(below, grid.rows[code_row - 1]) else code_row + 1


def _far_below(grid: Grid, sheet: FormSheet) -> int:
    """The row of headings that sorting put far down; 0 where no row has most of them."""
    for number, row in enumerate(grid.rows[SEARCHED_ROWS:], start=SEARCHED_ROWS + 1):
        texts = (squeezed(value) for value in row if isinstance(value, str))
        if 2 * sum(_heading(text, sheet) is not None for text in texts) > len(sheet.columns):
            return number
    return 0


def _is_data(row: Sequence[Value], codes: Sequence[Value]) -> bool:
    """Whether the row below the codes is no row of headings.

    Headings have no digits and are no sentences, and most columns have one.
    """
    texts = [text for cell in row if cell is not None and (text := str(cell).strip())]
    has_digits = any(map(str.isdigit, "".join(texts)))
    # "Initiative No." is a heading.
    has_sentence = any(text[-1] in ".!?…" and len(text.split()) > 3 for text in texts)
    return has_digits or has_sentence or 2 * len(texts) < sum(map(bool, codes))


def _best_row(
    grid: Grid,
    sheet: FormSheet,
    recognise: Callable[[str, FormSheet], str | None],
    other_than: int = 0,
) -> int:
    """The row with most codes or headings; one that has all of them ends the search."""
    best, most = 0, min(_LEAST_MATCHES, len(sheet.columns)) - 1
    for number, row in enumerate(grid.rows[:SEARCHED_ROWS], start=1):
        if number == other_than:
            continue
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


def _columns(
    grid: Grid, numbers: Sequence[int], positions: Mapping[str, int]
) -> dict[str, list[Value]]:
    """The cells of some rows by column code; rows end with their last value."""
    rows = (grid.rows[number - 1] for number in numbers)
    across = list(islice(zip_longest(*rows), max(positions.values(), default=0)))
    blank = (None,) * len(numbers)
    return {
        code: list(across[at - 1] if at <= len(across) else blank) for code, at in positions.items()
    }


def _positions(
    grid: Grid, sheet: FormSheet, code_row: int, heading_row: int
) -> tuple[dict[str, int], list[Misfit], dict[int, str]]:
    width = max((len(row) for row in grid.rows[: max(code_row, heading_row)]), default=0)
    positions: dict[str, int] = {}
    misfits: list[Misfit] = []
    conflicts: list[Misfit] = []
    reworded: list[Misfit] = []
    strangers: dict[int, str] = {}
    for at in range(1, width + 1):
        heading = squeezed(str(grid.value(heading_row, at) or ""))
        code = _code(squeezed(str(grid.value(code_row, at) or "")), sheet) if code_row else None
        named = sheet.by_heading(heading)
        cell = f"{column_letter(at)}{heading_row}"
        own = sheet.columns[code].heading if code and heading_row != code_row else ""
        if own and not named and words_of(heading) != words_of(own):
            reworded.append(_reworded(cell, str(code), heading, own))
        if code and named and named != code and heading_row != code_row:
            conflicts.append(Misfit("code-heading-conflict", cell, code, visible(heading)))
        known = code or named
        if known is None:
            strangers |= {at: heading} if heading else {}
        elif known in positions:
            first = f"{column_letter(positions[known])}{heading_row}"
            cells = f"{first} and {cell}"
            misfits.append(
                Misfit("duplicate-column", cell, known, heading, cells=cells, also=(first,))
            )
        else:
            positions[known] = at
    misfits += reworded
    if conflicts:
        # Codes and headings shifted against each other are one fault, however many they are.
        also = tuple(str(misfit.cell) for misfit in conflicts[1:])
        misfits.append(replace(conflicts[0], also=also))
    return positions, misfits, strangers


def words_of(heading: str) -> list[str]:
    """The words of a heading, whatever their case and the signs between them."""
    return _WORD.findall(heading.casefold())


def _reworded(cell: str, code: str, heading: str, own: str) -> Misfit:
    shown = visible(heading)
    return Misfit(
        REWORDED, cell, code, shown, own, holds=f"says “{shown}”" if shown else "is blank"
    )


def _folded(misfits: Sequence[Misfit], are_merged: bool) -> list[Misfit]:
    """Headings with other words: a line each, or one for a sheet whose headings were translated.

    Blank ones where headings are merged lie under their neighbours.
    """
    reworded = [m for m in misfits if m.code == REWORDED and (m.found or not are_merged)]
    rest = [misfit for misfit in misfits if misfit.code != REWORDED]
    if len(reworded) <= _FEW:
        return [*reworded, *rest]
    first, *others = reworded
    cells = tuple(str(misfit.cell) for misfit in others)
    more = f" The same goes for {', '.join(cells[:_FEW])}{' …' if len(cells) > _FEW else ''}."
    return [replace(first, other=more, also=cells), *rest]


def _covered(
    grid: Grid, sheet: FormSheet, positions: Mapping[str, int], heading_row: int
) -> list[Misfit]:
    """Headings merged over their neighbours: harmless where codes tell the columns."""
    order = list(sheet.columns)
    misfits = []
    for merged in grid.merged:
        top, left, bottom, right = corners(merged)
        code = next((c for c, at in positions.items() if at == left), "")
        if not top <= heading_row <= bottom or left == right or not code:
            continue
        after = order[order.index(code) + 1 :][: right - left]
        lost = [sheet.columns[c].heading for c in after if c not in positions]
        kind = "merged-columns" if lost else "merged-headings"
        cell = f"{column_letter(left)}{top}"
        misfits.append(Misfit(kind, cell, code, cells=merged, other="; ".join(lost)))
    return misfits


def corners(cells: str) -> tuple[int, int, int, int]:
    """Top, left, bottom and right of a range such as ``B2:C4``, counted from 1."""
    first, _, last = cells.partition(":")
    one, two = CellRef.parse(f"A!{first}"), CellRef.parse(f"A!{last or first}")
    return one.row, column_number(one.column), two.row, column_number(two.column)


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
        kind = "" if column.is_required(classification) else "optional-"
        at = _meant(column.heading, left) or _between(code, sheet, positions, left)
        if not at:
            yield Misfit(f"missing-{kind}column", f"A{heading_row}", code)
            continue
        cell = f"{column_letter(at)}{heading_row}"
        yield Misfit(f"renamed-{kind}column", cell, code, visible(left.pop(at)), column.heading)


def _meant(heading: str, strangers: Mapping[int, str]) -> int:
    """The column whose heading is nearly this one, or 0."""
    texts = {text.casefold(): at for at, text in strangers.items()}
    near = difflib.get_close_matches(heading.casefold(), texts, n=1, cutoff=0.75)
    return texts[near[0]] if near else 0


def _between(
    code: str, sheet: FormSheet, positions: Mapping[str, int], strangers: Mapping[int, str]
) -> int:
    """The column with another heading that stands just where this one belongs, or 0."""
    order = list(sheet.columns)
    at = order.index(code)
    left = positions.get(order[at - 1], -1) if at else 0
    right = positions.get(order[at + 1], -1) if at + 1 < len(order) else left + 2
    return left + 1 if left >= 0 and right == left + 2 and left + 1 in strangers else 0


def _data_rows(
    grid: Grid, sheet: FormSheet, positions: Mapping[str, int], first: int
) -> Iterator[int]:
    """Rows in which a column that the entity fills holds something."""
    live = [positions[code] - 1 for code in sheet.signs_of_life if code in positions]
    letters = {column_letter(at + 1) for at in live}
    places = map(split_address, (*grid.errors, *grid.uncached))
    marks = {number for column, number in places if column in letters}
    for number, row in enumerate(grid.rows[first - 1 :], start=first):
        size = len(row)
        if number in marks or any(row[at] is not None for at in live if at < size):
            yield number
