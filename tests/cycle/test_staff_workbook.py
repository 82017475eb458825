"""The workbook belongs to the staff: what they add, choose and type survives."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from demonstrations import MOMENT
from libreoffice import Office
from sheets.pivot_lint import lint
from sheets.staff_parts import (
    SHEET,
    add_what_staff_add,
    sheet_part,
    sort_backwards,
    type_into,
)
from validators import LAYERS, assert_valid
from workbooks import run

from wps_xl.office.excel.package.parts import Package, reachable
from wps_xl.sheets.review.reader import read_review

ACTIVITY = "What was done"


def consolidate(folder: Path) -> str:
    """Gather the returns of the folder; what the run said."""
    result = run("consolidate", folder / "returns", "--workbook", folder / "review.xlsx")
    assert result.exit_code < 2, result.output
    return result.output


def parts_of(workbook: Path) -> dict[str, bytes]:
    with ZipFile(workbook) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def parts_behind(workbook: Path, sheet: str) -> dict[str, bytes]:
    """The part of a sheet and all that it leads to, but for the pivots' way back to it."""
    parts = parts_of(workbook)
    with ZipFile(workbook) as archive:
        found = reachable(Package(archive).relations, [sheet_part(parts, sheet)])
    return {name: parts[name] for name in found}


def test_what_staff_added_and_set_stays_and_a_second_consolidation_changes_only_the_log(
    copy_of_few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Sheet Start says the minute.
    monkeypatch.setattr("wps_xl.desk.commands.consolidating.now", lambda: MOMENT)
    workbook = copy_of_few / "review.xlsx"
    foreign = add_what_staff_add(workbook)
    measures = set_tabs_widths_and_panes(workbook)

    consolidate(copy_of_few)
    before, lines = parts_of(workbook), len(read_review(workbook).tables["Log"])
    consolidate(copy_of_few)

    after = parts_of(workbook)
    assert list(after) == list(before)
    changed = {name for name in after if after[name] != before[name]}
    assert sheet_part(after, "Log") in changed <= set(parts_behind(workbook, "Log"))
    assert len(read_review(workbook).tables["Log"]) == lines + 1
    assert {name for name, part in foreign.items() if after.get(name) != part} == set()
    assert b"OurThreshold" in after["xl/workbook.xml"]
    kept = after[measures].decode()
    assert all(mark in kept for mark in ('xSplit="2"', 'topLeftCell="C2"', 'width="77"', "AA0000"))
    entry = re.search(r'<sheet [^>]*name="Countries"[^>]*>', after["xl/workbook.xml"].decode())
    assert entry is not None
    assert 'state="hidden"' in entry[0]
    assert_valid(workbook, only=LAYERS)
    assert list(lint(workbook)) == []


def set_tabs_widths_and_panes(workbook: Path) -> str:
    """Hide a sheet, colour, widen and freeze another; the part of the other."""
    parts = parts_of(workbook)
    sheet = sheet_part(parts, "Measures")
    book = parts["xl/workbook.xml"].decode()
    hidden = book.replace('name="Countries"', 'name="Countries" state="hidden"', 1)
    hidden = re.sub(r'(name="Countries" state="hidden"[^>]*?) state="visible"', r"\1", hidden)
    text = parts[sheet].decode()
    ours = text.replace('topLeftCell="B2"', 'topLeftCell="C2"').replace('xSplit="1"', 'xSplit="2"')
    ours = re.sub(r'(<col (?=[^>]*?min="2")[^>]*?width=")[^"]*', r"\g<1>77", ours)
    ours = re.sub(r'<tabColor rgb="\w+"', '<tabColor rgb="FFAA0000"', ours)
    changed = {"xl/workbook.xml": hidden.encode(), sheet: ours.encode()}
    with ZipFile(workbook, "w") as archive:
        for name, part in {**parts, **changed}.items():
            archive.writestr(name, part)
    return sheet


def test_so_it_is_when_libreoffice_saved_the_workbook_in_between(
    copy_of_few: Path, office: Office, tmp_path: Path
) -> None:
    workbook = copy_of_few / "review.xlsx"
    add_what_staff_add(workbook)
    office.convert(workbook, "xlsx", tmp_path).replace(workbook)
    foreign = parts_behind(workbook, SHEET)
    drawings = sum("/charts/chart" in name for name in parts_of(workbook))

    output = consolidate(copy_of_few)

    after = parts_of(workbook)
    assert {name for name, part in foreign.items() if after.get(name) != part} == set()
    assert sum("/charts/chart" in name for name in after) == drawings
    assert "Notes" not in output
    assert "PivotTable" not in output
    assert_valid(workbook, only=LAYERS)
    assert list(lint(workbook)) == []


@pytest.mark.parametrize("filtered", [False, True])
def test_office_columns_follow_their_rows_when_staff_sort_or_filter(
    copy_of_few: Path, filtered: bool
) -> None:
    workbook = copy_of_few / "review.xlsx"
    review = read_review(workbook)
    wording = review.letters["Progress"]["Our wording"]
    type_into(workbook, "Progress", **{f"{wording}2": "Ours, first.", f"{wording}9": "Ours, 9th."})
    rows = review.tables["Progress"]
    marked = {rows.loc[n, "Entity"]: rows.loc[n, "Row"] for n in (2, 9)}
    sort_backwards(workbook, "Progress", filtered)

    output = consolidate(copy_of_few)

    found = read_review(workbook).tables["Progress"]
    assert "sorted or filtered" in output
    assert "Notes" not in output
    ours = found[found["Our wording"].astype("string").str.startswith("Ours,").fillna(False)]
    assert dict(zip(ours["Entity"], ours["Row"], strict=True)) == marked
    assert b'hidden="1"' not in parts_of(workbook)[sheet_part(parts_of(workbook), "Progress")]


def test_what_is_typed_over_generated_ranges_or_below_a_table_is_kept_in_notes_and_said(
    copy_of_few: Path,
) -> None:
    workbook = copy_of_few / "review.xlsx"
    letters = read_review(workbook).letters["Progress"]
    activity = letters[ACTIVITY]
    type_into(workbook, "Progress", **{f"{activity}7": "Typed over.", "AZ3": "Beside the table."})
    type_into(workbook, "Start", H40="A remark.")
    type_into(workbook, "Measures", A900="UNDP", B900="M-900", D900="Typed by hand.")

    output = consolidate(copy_of_few)

    assert "3 cells that were typed over what wps_xl writes: kept in sheet Notes." in output
    notes = read_review(workbook).tables["Notes"]
    kept = set(zip(notes["Sheet"], notes["Cell"], notes["Text"], strict=True))
    assert kept >= {
        ("Progress", f"{activity}7", "Typed over."),
        ("Start", "H40", "A remark."),
        ("Measures", "A900", "UNDP | M-900 | Typed by hand."),
    }
    assert read_review(workbook).tables["Progress"].loc[7, ACTIVITY] != "Typed over."
    # What stands beside a table stays there.
    parts = parts_of(workbook)
    assert b"Beside the table." in parts[sheet_part(parts, "Progress")]
    assert "Notes" not in consolidate(copy_of_few)
