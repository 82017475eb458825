"""Sheet Lists: every list is a table below the last, read as staff leave it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from rows import rows_in

from wps_xl.codebook import load
from wps_xl.codebook.loader import columns_of
from wps_xl.desk.commands.issuing import new_review
from wps_xl.desk.hosts.files import FilesHost
from wps_xl.errors import WpsError
from wps_xl.intake.open import read_books
from wps_xl.model import Book, Grid, Value
from wps_xl.review.workbook import Review
from wps_xl.sheets.review.lists import TABLES, beside_lists, columns_by_list, lists_on
from wps_xl.sheets.review.reader import read_review, review_of

MOMENT = dt.datetime(2031, 3, 4, 5, 6, 7)
COLUMNS = columns_by_list(load().tables["choices"])
BEFORE_LEVELS = list(COLUMNS)[list(COLUMNS).index("levels") - 1]


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    codebook = load()
    review = new_review(codebook, next(iter(codebook["cycles"])))
    path = tmp_path_factory.mktemp("lists") / "review.xlsx"
    FilesHost().write(review, path, MOMENT)
    return path


@pytest.fixture
def workbook(blank: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(blank, tmp_path))


def edited(path: Path, change: Callable[[Workbook, Worksheet], None]) -> Path:
    """The workbook after staff changed its sheet Lists; openpyxl moves no tables with the rows."""
    book = load_workbook(path)
    book["Lists"].tables.clear()
    change(book, book["Lists"])
    book.save(path)
    return path


def row_of(sheet: Worksheet, text: str, column: str = "A") -> int:
    return next(int(cell.row or 0) for cell in sheet[column] if cell.value == text)


def codes(review: Review, name: str) -> list[str]:
    return list(review.codebook[name])


def written(path: Path) -> Review:
    host = FilesHost()
    host.write(host.read(path), path, MOMENT)
    return host.read(path)


def test_a_sheet_row_belongs_to_one_list_and_what_is_typed_below_a_list_belongs_to_it(
    workbook: Path,
) -> None:
    before = read_review(workbook)

    def change(_: Workbook, sheet: Worksheet) -> None:
        at = row_of(sheet, "levels") - 3
        for number, code in enumerate(("X1", "X2", "X3"), start=at - 1):
            sheet.cell(number, 1).value, sheet.cell(number, 2).value = code, f"Role {code}"
        sheet.delete_rows(row_of(sheet, "S/2005/636"))
        at = row_of(sheet, "strategies") + 3
        sheet.insert_rows(at)
        sheet.cell(at, 1).value, sheet.cell(at, 2).value = "NEW", "Something new"

    edited(workbook, change)
    after = written(workbook)

    changed = {name for name in COLUMNS if _rows(before, name) != _rows(after, name)}
    assert changed == {"documents", "strategies", BEFORE_LEVELS}
    assert "NEW" in codes(after, "strategies")
    assert codes(after, BEFORE_LEVELS)[-3:] == ["X1", "X2", "X3"]
    assert len(_rows(after, "documents")) == len(_rows(before, "documents")) - 1
    # What one list deleted another had inserted; only those below the grown one had to move.
    assert after.list_rows[BEFORE_LEVELS] == before.list_rows[BEFORE_LEVELS]
    assert after.list_rows["levels"] > before.list_rows["levels"]
    book = load_workbook(workbook)
    assert {table.ref.split(":")[0][0] for table in book["Lists"].tables.values()} == {"A"}


def _rows(review: Review, name: str) -> list[str]:
    if name in TABLES:
        return [str(sorted(row.items())) for row in review.codebook.tables[name]]
    return codes(review, name)


def test_lists_side_by_side_of_an_older_workbook_are_read_and_written_below_each_other(
    workbook: Path,
) -> None:
    before = read_review(workbook)

    def change(book: Workbook, sheet: Worksheet) -> None:
        lists = [(name, codes_of(sheet, name)) for name in before.list_rows]
        at = book.index(sheet)
        book.remove(sheet)
        old = book.create_sheet("Lists", at)
        left = 1
        for name, rows in lists:
            old.cell(1, left).value = name
            for number, row in enumerate(rows, start=2):
                for place, value in enumerate(row):
                    old.cell(number, left + place).value = value
            left += len(rows[0]) + 1
        old.cell(40, left).value = "A remark"
        old.freeze_panes = "A3"
        old.column_dimensions["C"].hidden = True

    edited(workbook, change)
    after = written(workbook)

    assert [name for name in COLUMNS if _rows(before, name) != _rows(after, name)] == []
    assert after.list_rows == before.list_rows
    assert [row["Text"] for row in rows_in(after, "Notes")] == ["A remark"]
    sheet = load_workbook(workbook)["Lists"]
    assert (sheet.freeze_panes, sheet.column_dimensions["C"].hidden) == (None, False)


def codes_of(sheet: Worksheet, name: str) -> list[list[object]]:
    """Headings and rows of one list."""
    top, width = row_of(sheet, name), len(COLUMNS[name])
    rows: list[list[object]] = []
    for number in range(top + 1, sheet.max_row + 2):
        values: list[object] = [sheet.cell(number, at).value for at in range(1, width + 1)]
        if not any(values):
            break
        rows.append(values)
    return rows


@pytest.fixture(scope="module")
def grids(blank: Path) -> dict[str, Grid]:
    (book,) = read_books([blank])
    assert isinstance(book, Book)
    return dict(book.grids)


def with_rows(grids: dict[str, Grid], rows: list[list[Value]]) -> dict[str, Grid]:
    return {**grids, "Lists": replace(grids["Lists"], rows=rows)}


@pytest.mark.parametrize(
    ("name", "below", "column", "value", "says"),
    [
        ("questions", 0, 1, None, "cell A{row}: the name of the list is missing"),
        ("questions", 0, 1, "question", "cell A{row}: 'question' is no list."),
        ("roles", 0, 1, "rols", "cell A{row}: 'rols' is no list. Restore its name: roles"),
        ("roles", 1, 2, "Label!", "row {row}: the list roles has no column 'label'"),
        ("questions", 3, 2, "Z", "list questions, cell B{row}: area 'Z' is not in the"),
        ("questions", 3, 1, None, "list questions, cell A{row}: code must be given"),
        ("roles", 3, 1, "lead", "list roles, cell A{row}: 'roles, lead' stands already"),
        ("thematic_areas", 3, 2, "Money", "list thematic_areas, cell B{row}: “Money”"),
        ("thematic_areas", 3, 2, "history", "list thematic_areas, cell B{row}: “history”"),
        ("thematic_areas", 3, 2, "PREVENTION", "list thematic_areas, cell B{row}: “PREVENTION”"),
    ],
)
def test_what_is_wrong_is_named_with_list_and_cell(
    grids: dict[str, Grid], name: str, below: int, column: int, value: Value, says: str
) -> None:
    rows = [list(row) for row in grids["Lists"].rows]
    row = next(at for at, cells in enumerate(rows, 1) if cells and cells[0] == name) + below
    rows[row - 1][column - 1] = value

    with pytest.raises(WpsError) as fault:
        review_of("review.xlsx", with_rows(grids, rows))

    assert str(fault.value).startswith(f"Sheet Lists, {says.format(row=row)}")


@pytest.mark.parametrize(
    ("first", "number", "says"),
    [(1, 1, "the headings of the list roles are missing"), (2, 9, "roles has no row any more")],
)
def test_a_list_without_headings_or_without_rows_is_named(
    grids: dict[str, Grid], first: int, number: int, says: str
) -> None:
    rows = [list(row) for row in grids["Lists"].rows]
    top = next(at for at, cells in enumerate(rows) if cells and cells[0] == "roles")
    del rows[top + first : top + first + min(number, len(load()["roles"]))]

    with pytest.raises(WpsError, match=says):
        review_of("review.xlsx", with_rows(grids, rows))


def test_sheets_are_found_whatever_the_case_that_staff_gave_their_names(
    grids: dict[str, Grid],
) -> None:
    shouted = {name.upper(): grid for name, grid in grids.items()}

    review = review_of("r.xlsx", shouted)

    assert len(rows_in(review, "Register")) == len(rows_in(review_of("r.xlsx", grids), "Register"))
    assert review.retired == ()


def test_a_list_of_the_staffs_own_is_read_and_what_stands_beside_lists_is_found() -> None:
    rows: list[list[Value]] = [
        ["roles", None, None],
        ["code", "label", None],
        ["lead", "Lead", "see mail"],
        [None, None, None],
        ["colours", None, None],
        ["code", "label", None],
        ["red", "Red", None],
    ]
    grid = Grid("Lists", rows)

    assert [one.name for one in lists_on(grid, COLUMNS)] == ["roles", "colours"]
    known = {**COLUMNS, "colours": ("code", "label")}
    assert list(beside_lists(grid, known)) == [(3, 3, "see mail")]


def test_every_list_says_its_columns() -> None:
    assert all(COLUMNS[name] == columns_of(name) for name in TABLES)
