"""What holds for the review workbook, as a closed file and open in Excel alike."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pandas as pd
import pytest
from demonstrations import MOMENT
from hosts.conftest import Opened, opened_by
from openpyxl import load_workbook
from openpyxl.worksheet.table import Table

from wps_xl.analysis.layout import plans
from wps_xl.analysis.review import Review
from wps_xl.commands.store import logged, with_rows
from wps_xl.errors import InputError
from wps_xl.hosts.files import FilesHost
from wps_xl.model import Value

TEXTS = [
    *("=1+1", "+41 22 917", "-", "@me", "'quoted'", "1200", "1,234.5", "61 %", "2007-10-15"),
    *("TRUE", "#N/A is a text", "a\nb", " spaces ", "1E5", "3/4", "A-1", '=HYPERLINK("x")'),
    "long " * 2_000,
]


def rows_of(review: Review, sheet: str) -> list[dict[str, Value]]:
    return [row for _, row in review.records(sheet)]


def test_what_is_written_is_read(opened: Opened) -> None:
    host, path, after = opened
    review = host.read(path)
    rows: list[dict[str, Value]] = [
        {"When": MOMENT, "Sheet": "Progress", "Cell": "A1", "Text": text} for text in TEXTS
    ]

    host.write(with_rows(review, "Notes", rows), path, MOMENT)

    assert [row["Text"] for row in rows_of(after(), "Notes")] == TEXTS
    assert {row["When"] for row in rows_of(after(), "Notes")} == {MOMENT}


def test_dates_numbers_and_blanks_stay_what_they_are(opened: Opened) -> None:
    host, path, after = opened
    review = host.read(path)
    day = dt.datetime(2007, 10, 15)
    line = {**rows_of(review, "Register")[0], "Received": day, "Rows": 12, "Late": None}

    host.write(with_rows(review, "Register", [line]), path, MOMENT)

    found = rows_of(after(), "Register")
    assert [(row["Received"], row["Rows"], row["Late"]) for row in found] == [(day, 12, None)]


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
    blank: Path, tmp_path: Path
) -> None:
    found = []
    for kind in ("file", "excel"):
        path = tmp_path / kind / "review.xlsx"
        path.parent.mkdir()
        shutil.copy(blank, path)
        host, path, after = opened_by(kind, path)
        review = host.read(path)
        texts: list[dict[str, Value]] = [
            {"When": MOMENT, "Sheet": "Progress", "Cell": "A1", "Text": text} for text in TEXTS
        ]
        first, *others = rows_of(review, "Register")
        day = dt.datetime(2007, 10, 15)
        line = {**first, "Received": day, "Rows": 12, "Late": None, "Letters": "=1+1"}
        review = with_rows(with_rows(review, "Notes", texts), "Register", [line, *others])
        host.write(logged(review, "validate", "=Done.", MOMENT), path, MOMENT)
        after()
        saved = path.with_name("saved.xlsx")
        found.append(cells_of(saved if saved.exists() else path))

    assert found[0] != cells_of(blank)
    assert found[0] == found[1]


def test_six_thousand_rows_arrive(opened: Opened) -> None:
    host, path, after = opened
    review = host.read(path)
    rows: list[dict[str, Value]] = [
        {"When": MOMENT, "Sheet": "Progress", "Cell": f"A{n}", "Text": f"={n}"}
        for n in range(6_000)
    ]

    host.write(with_rows(review, "Notes", rows), path, MOMENT)

    assert [row["Text"] for row in rows_of(after(), "Notes")] == [f"={n}" for n in range(6_000)]


def test_fewer_rows_leave_nothing_behind(opened: Opened) -> None:
    host, path, after = opened
    review = host.read(path)
    first = rows_of(review, "Recommendations")[:1]

    host.write(with_rows(review, "Recommendations", first), path, MOMENT)

    assert [row["Recommendation"] for row in rows_of(after(), "Recommendations")] == ["Number 0"]


def test_other_tables_are_as_before(opened: Opened) -> None:
    host, path, after = opened
    review = host.read(path)

    host.write(logged(review, "validate", "Done.", MOMENT), path, MOMENT)

    now = after()
    for name, frame in review.tables.items():
        if name != "Log":
            pd.testing.assert_frame_equal(now.tables[name], frame)


def test_what_staff_put_into_the_workbook_stays(opened: Opened) -> None:
    _, path, _ = opened
    book = load_workbook(path)
    own = book.create_sheet("My sheet")
    own["A1"], own["A2"] = 20, "=A1*2"
    book.save(path)
    host, path, after = opened_by("file" if isinstance(opened[0], FilesHost) else "excel", path)

    host.write(logged(host.read(path), "validate", "Done.", MOMENT), path, MOMENT)

    after()
    saved = path.with_name("saved.xlsx")
    kept = load_workbook(saved if saved.exists() else path)["My sheet"]
    assert [kept["A1"].value, kept["A2"].value] == [20, "=A1*2"]


def test_what_was_written_does_not_seem_to_be_typed_over(opened: Opened) -> None:
    host, path, after = opened
    review = host.read(path)
    first = rows_of(review, "Register")[:1]

    host.write(with_rows(review, "Register", first), path, MOMENT)

    assert after().typed == ()


def test_what_staff_typed_over_a_generated_cell_is_kept_in_notes(opened: Opened) -> None:
    _, path, _ = opened
    book = load_workbook(path)
    book["Start"]["A1"] = "Our own title"
    book.save(path)
    host, path, after = opened_by("file" if isinstance(opened[0], FilesHost) else "excel", path)

    host.write(logged(host.read(path), "validate", "Done.", MOMENT), path, MOMENT)

    kept = [(row["Sheet"], row["Cell"], row["Text"]) for row in rows_of(after(), "Notes")]
    assert kept == [("Start", "A1", "Our own title")]
    assert after().typed == ()


def test_a_workbook_that_is_no_review_is_a_sentence(opened: Opened) -> None:
    host, path, _ = opened
    book = load_workbook(path)
    del book["Cycle"]
    other = path.with_name("other.xlsx")
    book.save(other)

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

    assert len(typed) > 20
    assert noted(after()) == without_tables(typed, review)
    assert after().typed == ()
    if kind == "file":
        book = load_workbook(path)
        stays = {name: cell for name, cell in typed.items() if name not in noted(after())}
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


@pytest.mark.parametrize("sheet", ["Wording", "Lists"])
def test_a_column_of_ones_own_inside_a_table_goes_behind_it_and_that_inside_a_list_to_notes(
    sheet: str, blank: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(blank, tmp_path))
    book = load_workbook(path)
    # Between the columns of a table, or behind those of the first list.
    first, at = (2, 5) if sheet == "Lists" else (1, 2)
    if sheet != "Lists":
        book[sheet].insert_cols(at)
    book[sheet].cell(first, at).value, book[sheet].cell(first + 1, at).value = "Ours", "x"
    book[sheet].tables.clear()
    book.save(path)
    host = FilesHost()

    host.write(host.read(path), path, MOMENT)

    kept = [(row["Sheet"], row["Text"]) for row in rows_of(host.read(path), "Notes")]
    right = load_workbook(path)[sheet].max_column
    behind = [load_workbook(path)[sheet].cell(row, right).value for row in (1, 2)]
    assert kept == ([(sheet, "Ours"), (sheet, "x")] if sheet == "Lists" else [])
    assert sheet == "Lists" or behind == ["Ours", "x"]


def test_what_staff_type_above_the_headings_is_kept_in_notes(blank: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(blank, tmp_path))
    book = load_workbook(path)
    book["Recommendations"].insert_rows(1)
    book["Recommendations"]["B1"] = "As agreed in May"
    book["Recommendations"].tables.clear()
    book.save(path)
    host = FilesHost()

    host.write(host.read(path), path, MOMENT)

    kept = [(row["Cell"], row["Text"]) for row in rows_of(host.read(path), "Notes")]
    assert kept == [("B1", "As agreed in May")]
