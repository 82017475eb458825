"""What an entity typed arrives in the draft as it was typed, from its form to the Word file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from demonstrations import MOMENT, short_lists
from docx import Document
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from validators import assert_valid
from workbooks import run

from wps_xl.desk.commands.issuing import new_review
from wps_xl.desk.hosts.files import FilesHost

CONTROL = "bell_x0007_here"
NARRATIVES = {
    "P-1": "Food & seeds <b>for all</b> & more; a < b > c &amp; &lt;",
    "P-2": "She said \"yes\" and 'no' and “both” – ‘so’.",
    "P-3": CONTROL,
    "P-4": "x" * 4_999 + " " + "y" * 5_000,
    "P-5": "نعم للنساء والسلام والأمن",
    "P-6": "=SUM(A1)",
    "P-7": "{{x}} and {value} and {P4 | a = b} and {n}",
    "P-8": "first line\nsecond line",
}
# A line that breaks off in mid-sentence goes on, with a remark (decision 50).
ARRIVES = {"P-3": "bell␇here", "P-8": "first line second line"}


def fill(sheet: Worksheet, row: int, values: dict[str, object]) -> None:
    columns = {cell.value: int(cell.column or 0) for cell in sheet[3]}
    for code, value in values.items():
        cell = sheet.cell(row, columns[code])
        cell.value = value  # type: ignore[assignment]
        if isinstance(value, str):
            cell.data_type = "s"


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    workbook, forms = folder / "review.xlsx", folder / "forms"
    FilesHost(backups=False).write(new_review(short_lists(), "REV-2007"), workbook, MOMENT)
    run("forms", forms, "--workbook", workbook, "--form", "practices", "--entity", "WFP")
    file = next(forms.iterdir())
    book = load_workbook(file)
    cover = {row[2].value: row[1] for row in book["Cover"].iter_rows(min_row=1, max_col=3)}
    cover["focal_point"].value, cover["head"].value = "Focal point", "Head"
    cover["email"].value, cover["signed_off"].value = "someone@example.org", "No"
    cover["completed"].value = dt.datetime(2007, 6, 1)
    for row, (name, narrative) in enumerate(NARRATIVES.items(), start=5):
        more = dict.fromkeys(("results", "impact", "why_it_worked"), "Good.")
        places = {"kind": "Good practice", "level": "Global", "thematic_areas": "PREV"}
        values = {"practice_id": name, "title": f"Case {name}", "start": dt.datetime(2005, 1, 1)}
        fill(book["Practices"], row, {**more, **places, **values, "context": narrative})
    book.save(file)
    gathered = run("consolidate", forms, "--workbook", workbook, "--json", "-")
    assert f'"accepted": {len(NARRATIVES)}' in gathered.output, gathered.output
    review = load_workbook(workbook)
    column = next(int(c.column or 0) for c in review["Practices"][1] if c.value == "In report")
    for row in range(2, 2 + len(NARRATIVES)):
        review["Practices"].cell(row, column).value = "yes"
    review.save(workbook)
    written = run("report", workbook, "--out", folder / "draft.docx")
    assert written.exit_code == 0, written.output
    return folder / "draft.docx"


@pytest.mark.parametrize("name", NARRATIVES)
def test_a_narrative_arrives_intact(name: str, draft: Path) -> None:
    text = "\n".join(paragraph.text for paragraph in Document(str(draft)).paragraphs)

    assert f"WFP submitted “Case {name}”: “{ARRIVES.get(name, NARRATIVES[name])}" in text


def test_the_draft_is_a_valid_word_file(draft: Path) -> None:
    assert_valid(draft)
