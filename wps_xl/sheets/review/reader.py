"""Reads the review workbook as its users left it: tables wherever their headings stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pandas as pd

from wps_xl import __version__
from wps_xl.analysis.layout import SheetPlan, plans
from wps_xl.analysis.register import WITHDRAWN
from wps_xl.analysis.review import Review, cycle_row, standard_letters, table
from wps_xl.codebook import Codebook, from_tables, load
from wps_xl.codebook.loader import columns_of
from wps_xl.errors import InputError
from wps_xl.intake.open import read_books
from wps_xl.model import Book, Grid, Value, column_letter
from wps_xl.sheets.package.own_columns import plain_heading, total_rows
from wps_xl.sheets.package.parts import Package
from wps_xl.sheets.package.pivot_parts import ranges
from wps_xl.sheets.review.lists import TABLES, lists_on
from wps_xl.sheets.review.settings import read_settings
from wps_xl.sheets.review.written import typed_over

SETTINGS, LISTS, REGISTER = "Cycle", "Lists", "Register"
SEARCHED_ROWS = 40
# Cleaners of documents take hidden sheets away.
_MADE_ANEW = ("Written", "Origins", "Sources")


def read_review(path: Path) -> Review:
    """The review workbook as values; blank rows between rows of a table do not count.

    Raises
    ------
    InputError
        When the file cannot be read or is not a review workbook.
    """
    if not path.exists():
        raise InputError(f"{path.name} does not exist. Make it with: wps-xl new {path.name}")
    book = next(iter(read_books([path])))
    if not isinstance(book, Book):
        raise InputError(book.reason)
    with ZipFile(path) as file:
        package = Package(file)
        pivots, grids = ranges(package), without_totals(book.grids, total_rows(package))
    review = review_of(path.name, grids)
    missing = tuple(name for name in _MADE_ANEW if name not in grids and review.tables["Log"].size)
    return replace(review, typed=typed_over(review, grids, pivots), missing=missing)


def without_totals(grids: Mapping[str, Grid], totals: Iterable[tuple[str, int]]) -> dict[str, Grid]:
    """The sheets without total rows of their tables, which add up rows and are none."""
    found = dict(grids)
    for name, number in totals:
        rows = list(found[name].rows) if name in found else []
        if number <= len(rows):
            rows[number - 1] = ()
            found[name] = replace(found[name], rows=rows)
    return found


def review_of(name: str, grids: Mapping[str, Grid]) -> Review:
    """The review workbook from its sheets, read from a file or from open Excel; see above."""
    codebook, settings = lists_of(name, grids)
    found = {
        plan.name: _table(plan, grids.get(plan.name)) for plan in plans(codebook) if plan.fields
    }
    review = Review(
        codebook,
        settings,
        {sheet: frame for sheet, (frame, _, _) in found.items()},
        {sheet: letters for sheet, (_, letters, _) in found.items()},
    )
    for sheet, (_, _, missing) in found.items():
        if missing and review.version == __version__:
            raise InputError(
                f"Sheet {sheet} of the review workbook has no column '{missing[0]}'. "
                "Restore the heading, or take the last backup."
            )
    return review


def lists_of(name: str, grids: Mapping[str, Grid]) -> tuple[Codebook, Mapping[str, Value]]:
    """The code lists and the settings of a review workbook, from its sheets that hold them."""
    if SETTINGS not in grids or LISTS not in grids:
        raise InputError(
            f"{name} is not a review workbook: it lacks the sheet {SETTINGS} or {LISTS}. "
            "Make one with: wps-xl new",
            f"{name} is not a review workbook: it lacks the sheet {SETTINGS} or {LISTS}. "
            "Choose a review workbook.",
        )
    package = load()
    plan = next(plan for plan in plans(package) if plan.name == SETTINGS)
    settings = read_settings(grids[SETTINGS], plan, package)
    return _codebook(grids, settings), settings


def _codebook(grids: Mapping[str, Grid], settings: Mapping[str, Value]) -> Codebook:
    """The code lists of the workbook; what it does not hold comes from the package."""
    package = load()
    tables = {name: list(rows) for name, rows in package.tables.items()}
    choices: dict[str, list[Mapping[str, str]]] = {row["list"]: [] for row in tables["choices"]}
    for row in tables["choices"]:
        choices[row["list"]].append(row)
    for name, rows in _lists(grids[LISTS]):
        if name in TABLES:
            tables[name] = [_whole(name, row) for row in rows]
        else:
            choices[name] = [{"para": "", **row, "list": name} for row in rows]
    tables["choices"] = [row for rows in choices.values() for row in rows]
    cycle = cycle_row(settings)
    others = [row for row in tables["cycles"] if row["cycle"] != cycle["cycle"]]
    tables["cycles"] = [*others, cycle]
    tables["invitations"] = list(_invitations(grids.get(REGISTER), cycle["cycle"]))
    return from_tables(tables, dict.fromkeys(tables, f"sheet {LISTS}"), package)


def _lists(grid: Grid) -> Iterator[tuple[str, list[dict[str, str]]]]:
    for name, at, columns in lists_on(grid):
        yield name, list(_list_rows(grid, at, columns))


def _whole(name: str, row: dict[str, str]) -> dict[str, str]:
    """The row of a code list; InputError where a heading that it needs was changed."""
    missing = [column for column in columns_of(name) if column not in row]
    if missing:
        raise InputError(
            f"Sheet {LISTS}: the list {name} has no column '{missing[0]}'; it has "
            f"{', '.join(row)}. Restore the heading in row 2."
        )
    return {column: row[column] for column in columns_of(name)}


def _list_rows(grid: Grid, at: int, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    for number in range(3, len(grid.rows) + 1):
        values = [grid.value(number, at + i) for i in range(len(columns))]
        if any(value is not None for value in values):
            yield {name: _text(value) for name, value in zip(columns, values, strict=True)}


def _invitations(grid: Grid | None, cycle: str) -> Iterator[dict[str, str]]:
    """How each entity takes part: as its first line says whose return is not withdrawn."""
    found: dict[str, str] = {}
    for entity, how in _pairs(grid, "Entity", "Takes part"):
        if entity and how and found.get(entity, WITHDRAWN) == WITHDRAWN:
            found[entity] = how
    for entity, how in found.items():
        yield {"cycle": cycle, "entity": entity, "how": how}


def _pairs(grid: Grid | None, first: str, second: str) -> Iterator[tuple[str, str]]:
    if grid is None:
        return
    row = _heading_row(grid, [first, second])
    places = _places(grid, row, [first, second])
    if len(places) == 2:
        for number in range(row + 1, len(grid.rows) + 1):
            yield (
                _text(grid.value(number, places[first])),
                _text(grid.value(number, places[second])),
            )


def _table(
    plan: SheetPlan, grid: Grid | None
) -> tuple[pd.DataFrame, Mapping[str, str], Sequence[str]]:
    """A table, where its headings stand, and those that it lacks: their columns are blank, and
    stand behind the others."""
    if grid is None:
        return table(plan, []), standard_letters(plan), ()
    row = _heading_row(grid, plan.headings)
    places = _places(grid, row, plan.headings)
    missing = [heading for heading in plan.headings if heading not in places]
    width = max((len(cells) for cells in grid.rows), default=0)
    places |= {heading: at for at, heading in enumerate(missing, start=width + 1)}
    numbers, data = [], []
    for number in range(row + 1, len(grid.rows) + 1):
        values = [grid.value(number, places[heading]) for heading in plan.headings]
        if any(value is not None for value in values):
            numbers.append(number)
            data.append(values)
    index = pd.Index(numbers, name="row", dtype="int64")
    frame = pd.DataFrame(data, columns=pd.Index(plan.headings), index=index, dtype=object)
    return frame, {heading: column_letter(at) for heading, at in places.items()}, missing


def _heading_row(grid: Grid, headings: list[str]) -> int:
    wanted = set(headings)
    scores = {
        number: len(
            wanted.intersection(plain_heading(value) for value in row if isinstance(value, str))
        )
        for number, row in enumerate(grid.rows[:SEARCHED_ROWS], start=1)
    }
    return max(scores, key=lambda number: (scores[number], -number), default=1)


def _places(grid: Grid, row: int, headings: list[str]) -> dict[str, int]:
    width = len(grid.rows[row - 1]) if row <= len(grid.rows) else 0
    found: dict[str, int] = {}
    for at in range(1, width + 1):
        value = grid.value(row, at)
        if isinstance(value, str) and plain_heading(value) in headings:
            found.setdefault(plain_heading(value), at)
    return found


def _text(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()
