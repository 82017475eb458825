"""Real files sent again twice: rows are put in and numbered anew, then one is written afresh."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from workbooks import run, table

RETURN = "REV-2007_progress_UNDP.xlsx"


def insert_first(file: Path) -> None:
    """Put a row before the others of its letter and number all of them anew, as people do."""
    book = load_workbook(file)
    sheet, figures = book["Progress"], book["Measures"]
    columns = {str(cell.value): int(cell.column or 0) for cell in sheet[3]}
    new: dict[str, str] = {}
    rows = [r for r in range(5, sheet.max_row + 1) if str(sheet.cell(r, 1).value).startswith("A-")]
    for number in rows:
        old = str(sheet.cell(number, 1).value)
        new[old] = f"A-{int(old[2:]) + 1}"
        sheet.cell(number, 1).value = new[old]
    last = next(r for r in range(5, 999) if sheet.cell(r, 1).value is None)
    for code, at in columns.items():
        sheet.cell(last, at).value = sheet.cell(rows[0], at).value
        if code == "activity":
            sheet.cell(last, at).value = "Wrote a manual for harbour masters on the new law."
    sheet.cell(last, 1).value = "A-1"
    for number in range(5, figures.max_row + 1):
        named = str(figures.cell(number, 2).value)
        figures.cell(number, 2).value = new.get(named, figures.cell(number, 2).value)
    book.save(file)


def retype(file: Path, number: str) -> None:
    book = load_workbook(file)
    sheet = book["Progress"]
    columns = {str(cell.value): int(cell.column or 0) for cell in sheet[3]}
    row = next(r for r in range(5, 999) if sheet.cell(r, 1).value == number)
    sheet.cell(row, columns["activity"]).value = "Counted the boats in every port, at last."
    book.save(file)


def test_what_the_office_typed_stays_with_its_words_through_two_resubmissions(
    copy_of_few: Path,
) -> None:
    workbook, file = copy_of_few / "review.xlsx", copy_of_few / "returns" / RETURN
    book = load_workbook(workbook)
    sheet = book["Progress"]
    at = {str(cell.value): int(cell.column or 0) for cell in sheet[1]}
    row = next(
        r
        for r in range(2, 99)
        if (sheet.cell(r, at["Entity"]).value, sheet.cell(r, at["No."]).value) == ("UNDP", "A-1")
    )
    about = str(sheet.cell(row, at["What was done"]).value)
    sheet.cell(row, at["Our wording"]).value = "Our own words."
    book.save(workbook)

    insert_first(file)
    first = run("consolidate", file, "--workbook", workbook)
    moved = table(workbook, "Progress")
    retype(file, "A-2")
    second = run("consolidate", file, "--workbook", workbook)
    parked = table(workbook, "Progress")

    assert (first.exit_code, second.exit_code) == (0, 0), first.output + second.output
    line = moved[moved["Our wording"] == "Our own words."]
    assert line[["No.", "What was done"]].to_numpy().tolist() == [["A-2", about]]
    assert "Progress UNDP A-1 is A-2 now" in first.output.replace("\n", " ")
    assert "Our own words." not in parked["Our wording"].tolist()
    notes = table(workbook, "Notes")
    assert "Our wording: Our own words." in "\n".join(map(str, notes["Text"]))
    assert "Parked on sheet Notes" in second.output
