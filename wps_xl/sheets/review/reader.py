"""Reads the review workbook as its users left it: tables wherever their headings stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pandas as pd

from wps_xl import __version__
from wps_xl.codebook import Codebook, shipped
from wps_xl.codebook.list_rows import Cells, ListPlace
from wps_xl.codebook.loader import ListRow, faults, told, unchecked
from wps_xl.errors import InputError
from wps_xl.intake.open import read_books
from wps_xl.model import Book, Grid, Value, column_letter
from wps_xl.office.excel.package.own_columns import plain_heading, total_rows
from wps_xl.office.excel.package.parts import Package
from wps_xl.office.excel.package.pivot_parts import ranges
from wps_xl.records import text
from wps_xl.review.layout import RETIRED, SheetPlan, plans
from wps_xl.review.tabs import refuse_names
from wps_xl.review.workbook import Review, cycle_row, standard_letters, table
from wps_xl.sheets.review.lists import TABLES, Standing, columns_by_list, lists_on, written_columns
from wps_xl.sheets.review.settings import read_settings, setting_faults
from wps_xl.sheets.review.sources import DATA as PIVOT_DATA
from wps_xl.sheets.review.typed_register import as_codes, invitations, with_typed
from wps_xl.sheets.review.written import SHEET as WRITTEN
from wps_xl.sheets.review.written import sheets_written, typed_over

SETTINGS, LISTS, REGISTER = "Cycle", "Lists", "Register"
REGISTER_HEADINGS = {"entity": "Entity", "how": "Takes part"}
_FIXED = (SETTINGS, LISTS, REGISTER, WRITTEN)
SEARCHED_ROWS = 40
# Cleaners of documents take hidden sheets away.
_MADE_ANEW = ("Written", "Origins", "Sources")
COMPLETED = ("limits", "checks")
"""Lists of what wps_xl itself asks for: a line that an older workbook lacks is added."""


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
    grids = as_called(grids, _FIXED)
    codebook, settings = lists_of(name, grids)
    layout = plans(codebook)
    grids = as_called(grids, [plan.name for plan in layout])
    found = {plan.name: _table(plan, grids.get(plan.name)) for plan in layout if plan.fields}
    retired = _retired(codebook, grids)
    review = Review(
        codebook,
        settings,
        {
            sheet: as_codes(frame, codebook) if sheet == REGISTER else frame
            for sheet, (frame, _, _) in found.items()
        },
        {sheet: letters for sheet, (_, letters, _) in found.items()},
        list_rows=_list_rows(grids[LISTS], codebook),
        retired=retired,
        emptied=tuple(name for name in retired if grids[name].value(2, 1) != RETIRED),
    )
    missing = [
        f"Sheet {sheet} of the review workbook has no column '{heading}'. Restore the heading, or "
        "take the last backup."
        for sheet, (_, _, headings) in found.items()
        for heading in headings
    ]
    if missing and review.version == __version__:
        raise InputError(told(missing))
    return review


def as_called(grids: Mapping[str, Grid], names: Collection[str]) -> dict[str, Grid]:
    """The sheets by the names that wps_xl knows them by, whatever the case that staff gave them."""
    known = {name.casefold(): name for name in names}
    return {known.get(name.casefold(), name): grid for name, grid in grids.items()}


def _retired(codebook: Codebook, grids: Mapping[str, Grid]) -> tuple[str, ...]:
    """The sheets that wps_xl wrote and does not fill any more; staff's own sheets are none.

    Raises
    ------
    InputError
        Where the sheet of a thematic area would be one of the staff's own.
    """
    written = sheets_written(grids)
    layout = {plan.name: plan.kind for plan in plans(codebook)}
    ours = {*(name for name, kind in layout.items() if kind != "theme"), WRITTEN, PIVOT_DATA}
    staff = [name for name in grids if name not in ours and name.casefold() not in written]
    refuse_names(codebook, ours, staff if written else ())
    known = [name for name in grids if name.casefold() in written]
    return tuple(name for name in known if name not in layout and name not in ours)


def _list_rows(grid: Grid, codebook: Codebook) -> dict[str, int]:
    """Where the lists begin, in a workbook in which they stand one below the other."""
    found = lists_on(grid, columns_by_list(codebook.tables["choices"]))
    stacked = len({one.row for one in found}) == len(found)
    return {one.name: one.row for one in found} if stacked else {}


def lists_of(name: str, grids: Mapping[str, Grid]) -> tuple[Codebook, Mapping[str, Value]]:
    """The code lists and the settings of a review workbook, from its sheets that hold them.

    Raises
    ------
    InputError
        With the cells of all that cannot be meant, on Cycle, on Lists and on the Register.
    """
    if SETTINGS not in grids or LISTS not in grids:
        raise InputError(
            f"{name} is not a review workbook: it lacks the sheet {SETTINGS} or {LISTS}. "
            "Make one with: wps-xl new",
            f"{name} is not a review workbook: it lacks the sheet {SETTINGS} or {LISTS}. "
            "Choose a review workbook.",
        )
    package = shipped()
    plan = next(plan for plan in plans(package) if plan.name == SETTINGS)
    settings = read_settings(grids[SETTINGS])
    codebook, found = _codebook(grids, settings)
    found = [
        *setting_faults(grids[SETTINGS], plan, package),
        *found,
        *faults(codebook, ("cycles",)),
    ]
    if found:
        raise InputError(told(found))
    return codebook, settings


def _codebook(
    grids: Mapping[str, Grid], settings: Mapping[str, Value]
) -> tuple[Codebook, list[str]]:
    """The code lists of the workbook, and of which of them headings or all rows are gone.

    What it does not hold comes from the package.
    """
    package = shipped()
    tables = {name: list(rows) for name, rows in package.tables.items()}
    places: dict[str, ListPlace] = dict(package.places)
    choices: dict[str, tuple[list[ListRow], list[Mapping[str, str]]]] = {}
    broken: list[str] = []
    for row in tables["choices"]:
        rows, cells = choices.setdefault(row["list"], ([], []))
        rows.append(row)
        cells.append({"": f"list {row['list']} of wps_xl"})
    for one in lists_on(grids[LISTS], columns_by_list(tables["choices"])):
        faulty = _broken(grids[LISTS], one)
        if faulty:
            broken.append(faulty)
            continue
        rows, cells = _rows_of(grids[LISTS], one)
        if one.name in COMPLETED:
            known = {row["code"] for row in rows}
            added = [row for row in tables[one.name] if row["code"] not in known]
            rows += added
            cells += [{"": f"list {one.name} of wps_xl"}] * len(added)
        if one.name in TABLES:
            tables[one.name], places[one.name] = rows, Cells(f"Sheet {LISTS}", cells)
        else:
            paras = {row["code"]: row["para"] for row in choices.get(one.name, ([], []))[0]}
            choices[one.name] = (
                [{"list": one.name, **row, "para": paras.get(row["code"], "")} for row in rows],
                cells,
            )
    tables["choices"] = [row for rows, _ in choices.values() for row in rows]
    places["choices"] = Cells(
        f"Sheet {LISTS}", [cell for _, cells in choices.values() for cell in cells]
    )
    # A cycle without a code is told of sheet Cycle, and not of each line of the Register.
    cycle = {**cycle_row(settings), "cycle": cycle_row(settings)["cycle"] or "?"}
    others = [row for row in tables["cycles"] if row["cycle"] != cycle["cycle"]]
    tables["cycles"] = [*others, cycle]
    invited = list(_invitations(grids.get(REGISTER)))
    listed = len(tables["entities"])
    tables["entities"] = with_typed(tables["entities"], (row["entity"] for row, _ in invited))
    standing = places["entities"]
    if isinstance(standing, Cells):
        nowhere: list[Mapping[str, str]] = [{}] * (len(tables["entities"]) - listed)
        places["entities"] = replace(standing, cells=[*standing.cells, *nowhere])
    meant = invitations(invited, tables)
    tables["invitations"] = [{**row, "cycle": cycle["cycle"]} for row, _ in meant]
    places["invitations"] = Cells(
        f"Sheet {REGISTER}", [cells for _, cells in meant], REGISTER_HEADINGS
    )
    return unchecked(tables, places, package), broken


def _broken(grid: Grid, one: Standing) -> str:
    """That a heading was changed, or that a list of choices offers nothing any more."""
    missing = [column for column in written_columns(one.name) if column not in one.headings]
    if missing:
        return (
            f"Sheet {LISTS}, row {one.heading_row}: the list {one.name} has no column "
            f"'{missing[0]}'; it has {', '.join(one.headings)}. Restore the heading."
        )
    if one.name in TABLES or any(one.rows(grid)):
        return ""
    return (
        f"Sheet {LISTS}, row {one.heading_row}: the list {one.name} has no row any more. "
        "Write what it offers below its headings."
    )


def _rows_of(grid: Grid, one: Standing) -> tuple[list[ListRow], list[Mapping[str, str]]]:
    """The rows of one list, and where their values stand."""
    numbers, values = zip(*one.rows(grid), strict=True) if any(one.rows(grid)) else ((), ())
    texts = [dict(zip(one.headings, map(text, row), strict=True)) for row in values]
    rows: list[ListRow] = [{name: row[name] for name in written_columns(one.name)} for row in texts]
    return rows, [one.cells(number) for number in numbers]


def _invitations(grid: Grid | None) -> Iterator[tuple[dict[str, str], Mapping[str, str]]]:
    """How each entity takes part on each of its lines, and where the Register says so."""
    for number, places, entity, how in _pairs(grid, *REGISTER_HEADINGS.values()):
        if entity and how:
            letters = zip(REGISTER_HEADINGS, map(column_letter, places), strict=True)
            addresses = {code: f"cell {letter}{number}" for code, letter in letters}
            yield {"entity": entity, "how": how}, addresses


def _pairs(
    grid: Grid | None, first: str, second: str
) -> Iterator[tuple[int, tuple[int, int], str, str]]:
    """Row, columns and both texts of each row."""
    if grid is None:
        return
    row = _heading_row(grid, [first, second])
    places = _places(grid, row, [first, second])
    if len(places) == 2:
        left, right = places[first], places[second]
        for number in range(row + 1, len(grid.rows) + 1):
            texts = text(grid.value(number, left)), text(grid.value(number, right))
            yield number, (left, right), *texts


def _table(
    plan: SheetPlan, grid: Grid | None
) -> tuple[pd.DataFrame, Mapping[str, str], Sequence[str]]:
    """A table, where its headings stand, and those that it lacks, but for columns that an earlier
    version did not have: the columns of all are blank, and stand behind the others."""
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
    letters = {heading: column_letter(at) for heading, at in places.items()}
    added = {field.heading for field in plan.fields if field.since}
    return frame, letters, [heading for heading in missing if heading not in added]


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
