"""What holds for the review workbook, as a closed file and open in Excel alike."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from demonstrations import MOMENT
from desk.hosts.conftest import Opened, opened_by
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.table import Table
from rows import rows_in

from wps_xl.desk.commands.store import logged, with_rows
from wps_xl.desk.hosts.files import FilesHost
from wps_xl.errors import InputError
from wps_xl.model import Value
from wps_xl.review.layout import plans
from wps_xl.review.workbook import Review

TEXTS = [
    *("=1+1", "+41 22 917", "-", "@me", "'quoted'", "1200", "1,234.5", "61 %", "2007-10-15"),
    *("TRUE", "#N/A is a text", "a\nb", " spaces ", "1E5", "3/4", "A-1", '=HYPERLINK("x")'),
    "long " * 2_000,
]
MANY = 4_100
"""Rows; what is remembered of a sheet fills more than one cell of sheet Written."""
DAY = dt.datetime(2007, 10, 15)


def rows_of(review: Review, sheet: str) -> list[dict[str, Value]]:
    return rows_in(review, sheet)


@dataclass(frozen=True)
class Changed:
    """A workbook after a change of four of its tables: what was read before and after, and where
    it was saved."""

    before: Review
    after: Review
    saved: Path


@pytest.fixture(scope="module")
def changed(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Changed]:
    """The same change by both hosts."""
    found = {}
    for kind in ("file", "excel"):
        path = Path(shutil.copy(blank, tmp_path_factory.mktemp(kind) / "review.xlsx"))
        host, path, after = opened_by(kind, path)
        before = host.read(path)
        texts = [*TEXTS, *(f"={number}" for number in range(MANY))]
        notes: list[dict[str, Value]] = [
            {"When": MOMENT, "Sheet": "Progress", "Cell": "A1", "Text": text} for text in texts
        ]
        first, *others = rows_of(before, "Register")
        line = {**first, "Received": DAY, "Rows": 12, "Late": None, "Letters": "=1+1"}
        review = with_rows(with_rows(before, "Notes", notes), "Register", [line, *others])
        fewer = rows_of(before, "Recommendations")[:1]
        review = with_rows(review, "Recommendations", fewer)
        host.write(logged(review, "validate", "=Done.", MOMENT), path, MOMENT)
        now = after()
        saved = path.with_name("saved.xlsx")
        found[kind] = Changed(before, now, saved if saved.exists() else path)
    return found


BOTH = pytest.mark.parametrize("kind", ["file", "excel"])


@BOTH
def test_what_is_written_is_read_row_by_row(changed: dict[str, Changed], kind: str) -> None:
    notes = rows_of(changed[kind].after, "Notes")

    assert [row["Text"] for row in notes] == [*TEXTS, *(f"={n}" for n in range(MANY))]
    assert {row["When"] for row in notes} == {MOMENT}


@BOTH
def test_dates_numbers_and_blanks_stay_what_they_are(
    changed: dict[str, Changed], kind: str
) -> None:
    first = rows_of(changed[kind].after, "Register")[0]

    assert (first["Received"], first["Rows"], first["Late"]) == (DAY, 12, None)


@BOTH
def test_fewer_rows_leave_nothing_behind(changed: dict[str, Changed], kind: str) -> None:
    rows = rows_of(changed[kind].after, "Recommendations")

    assert [row["Recommendation"] for row in rows] == ["Number 0"]


@BOTH
def test_other_tables_are_as_before(changed: dict[str, Changed], kind: str) -> None:
    for name, frame in changed[kind].before.tables.items():
        if name not in {"Log", "Notes", "Register", "Recommendations"}:
            pd.testing.assert_frame_equal(changed[kind].after.tables[name], frame)


@BOTH
def test_what_was_written_does_not_seem_to_be_typed_over(
    changed: dict[str, Changed], kind: str
) -> None:
    assert changed[kind].after.typed == ()


def cells_of(path: Path) -> dict[tuple[str, str], object]:
    """Every cell of every sheet, hidden ones too."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def test_the_same_change_leaves_the_same_cells_in_a_file_and_in_open_excel(
    blank: Path, changed: dict[str, Changed]
) -> None:
    file, excel = (cells_of(changed[kind].saved) for kind in ("file", "excel"))

    assert file != cells_of(blank)
    assert file == excel


def test_what_staff_put_into_the_workbook_stays_and_a_generated_cell_typed_over_is_kept_in_notes(
    opened: Opened,
) -> None:
    _, path, _ = opened
    book = load_workbook(path)
    own = book.create_sheet("My sheet")
    own["A1"], own["A2"] = 20, "=A1*2"
    book["Start"]["A1"] = "Our own title"
    book.save(path)
    host, path, after = opened_by("file" if isinstance(opened[0], FilesHost) else "excel", path)

    host.write(logged(host.read(path), "validate", "Done.", MOMENT), path, MOMENT)

    now = after()
    saved = path.with_name("saved.xlsx")
    kept = load_workbook(saved if saved.exists() else path)["My sheet"]
    assert [kept["A1"].value, kept["A2"].value] == [20, "=A1*2"]
    noted = [(row["Sheet"], row["Cell"], row["Text"]) for row in rows_of(now, "Notes")]
    assert noted == [("Start", "A1", "Our own title")]
    assert now.typed == ()


def test_a_workbook_that_is_no_review_is_a_sentence(opened: Opened) -> None:
    host, path, _ = opened
    other = path.with_name("other.xlsx")
    Workbook().save(other)

    with pytest.raises(InputError, match="is not a review workbook"):
        host.read(other)


@pytest.fixture
def moved(blank: Path, tmp_path: Path) -> Path:
    """A workbook in which staff moved a table's columns and put one of their own between."""
    book = load_workbook(blank)
    sheet = book["Recommendations"]
    own = sheet.max_column + 1
    sheet.move_range("A1:A4", cols=own)
    for number, value in enumerate(("Ours", "x", "y", "z"), start=1):
        sheet.cell(number, own).value = value
    sheet.tables.clear()
    right = sheet.cell(4, own + 1).coordinate
    sheet.add_table(Table(displayName="Recommendations", ref=f"B1:{right}"))
    book.save(tmp_path / "moved.xlsx")
    return tmp_path / "moved.xlsx"


def test_columns_may_stand_elsewhere_in_open_excel(moved: Path) -> None:
    host, path, after = opened_by("excel", moved)
    review = host.read(path)
    rows = [{**row, "Status": "open"} for row in rows_of(review, "Recommendations")]

    host.write(with_rows(review, "Recommendations", rows), path, MOMENT)

    now = rows_of(after(), "Recommendations")
    sheet = load_workbook(path.with_name("saved.xlsx"))["Recommendations"]
    assert now == rows
    own = [cell.value for cell in next(sheet.iter_cols(len(now[0]) + 1))]
    assert own == ["Ours", "x", "y", "z"]
    assert rows_of(after(), "Notes") == []


def beside(path: Path) -> dict[str, str]:
    """The workbook with a cell typed right of everything on each sheet that is seen: where."""
    book = load_workbook(path)
    typed = {}
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            cell = sheet.cell(4, max(sheet.max_column, 20) + 2)
            cell.value = f"Ours on {sheet.title}"
            typed[sheet.title] = cell.coordinate
    book.save(path)
    return typed


def noted(review: Review) -> dict[str, str]:
    return {str(row["Sheet"]): str(row["Cell"]) for row in rows_of(review, "Notes")}


def without_tables(typed: dict[str, str], review: Review) -> dict[str, str]:
    """Those cells that do not stand beside a table, where they would stay."""
    tables = {p.name for p in plans(review.codebook) if p.fields and p.header_row <= 4}
    return {name: cell for name, cell in typed.items() if name not in tables}


@pytest.mark.parametrize("kind", ["file", "excel"])
def test_what_staff_type_stays_beside_a_table_and_elsewhere_is_kept_in_notes(
    kind: str, blank: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(blank, tmp_path))
    typed = beside(path)
    host, path, after = opened_by(kind, path)
    review = host.read(path)
    rows: list[dict[str, Value]] = [{"Entity": "UNDP", "Row id": "1"}]

    # PivotTables count rows for the first time, so that Excel closes the workbook.
    host.write(with_rows(review, "Progress", rows), path, MOMENT)

    now = after()
    assert len(typed) > 20
    assert noted(now) == without_tables(typed, review)
    assert now.typed == ()
    if kind == "file":
        book = load_workbook(path)
        stays = {name: cell for name, cell in typed.items() if name not in noted(now)}
        assert len(stays) > 10
        # Its table grew, and what stood below it went down.
        del stays["Notes"]
        assert {n: book[n][at].value for n, at in stays.items()} == {
            name: f"Ours on {name}" for name in stays
        }


def test_what_stays_beside_a_table_in_open_excel_makes_no_note(blank: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(blank, tmp_path))
    typed = beside(path)
    host, path, after = opened_by("excel", path)

    for _ in range(2):
        host.write(logged(host.read(path), "validate", "Done.", MOMENT), path, MOMENT)

    now = after()
    assert noted(now) == {}
    assert {one.sheet: one.cell for one in now.typed} == without_tables(typed, now)


def test_columns_of_ones_own_go_behind_a_table_and_from_lists_or_above_headings_to_notes(
    blank: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(blank, tmp_path))
    book = load_workbook(path)
    book["Wording"].insert_cols(2)
    book["Wording"]["B1"], book["Wording"]["B2"] = "Ours", "x"
    # Behind the columns of the first list.
    book["Lists"]["E2"], book["Lists"]["E3"] = "Ours", "y"
    book["Recommendations"].insert_rows(1)
    book["Recommendations"]["B1"] = "As agreed in May"
    for sheet in book.worksheets:
        sheet.tables.clear()
    book.save(path)
    host = FilesHost()

    host.write(host.read(path), path, MOMENT)

    kept = [(row["Sheet"], row["Text"]) for row in rows_of(host.read(path), "Notes")]
    wording = load_workbook(path)["Wording"]
    behind = [wording.cell(row, wording.max_column).value for row in (1, 2)]
    above = ("Recommendations", "As agreed in May")
    assert sorted(kept) == [("Lists", "Ours"), ("Lists", "y"), above]
    assert behind == ["Ours", "x"]
