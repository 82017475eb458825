"""A cycle that never was, with its own dates, entities and questions, from forms to draft."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from cycle_text import draft_sentences
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet
from workbooks import run, table

CYCLE = "REV-2031"


def edit_list(sheet: Worksheet, name: str, rows: list[dict[str, str]]) -> None:
    """Replace the rows of one code list, as staff would by typing over it."""
    left, top, right, bottom = (int(at or 0) for at in range_boundaries(sheet.tables[name].ref))
    for number in range(top + 1, bottom + 1):
        row = rows[number - top - 1] if number - top <= len(rows) else {}
        for at in range(left, right + 1):
            sheet.cell(number, at).value = row.get(str(sheet.cell(top, at).value))


def edit_register(sheet: Worksheet, entities: list[str]) -> None:
    headings = {cell.value: int(cell.column or 0) for cell in sheet[1]}
    for number in range(2, sheet.max_row + 1):
        for at in headings.values():
            sheet.cell(number, at).value = None
    number = 2
    for entity in entities:
        for form in ("progress", "plan"):
            sheet.cell(number, headings["Entity"]).value = entity
            sheet.cell(number, headings["Form"]).value = form
            sheet.cell(number, headings["Takes part"]).value = "invited"
            number += 1


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "review.xlsx"
    periods = ["--review", "2030-03-01:2031-02-28", "--plan", "2031-01-01:2033-12-31"]
    made = run("new", path, "--cycle", CYCLE, "--name", "Ninth review, 2031", *periods)
    assert made.exit_code == 0, made.output
    book = load_workbook(path)
    lists = book["Lists"]
    entities = [
        ("MOON", "Office for Lunar Affairs", "", "yes"),
        ("TIDE", "Tidal Programme", "TIDE", "yes"),
        ("WIND", "Wind Fund", "WIND", "yes"),
    ]
    edit_list(
        lists,
        "entities",
        [
            {"code": code, "name": name, "short": short, "article": article, "kind": "entity"}
            for code, name, short, article in entities
        ],
    )
    questions = [
        {"code": "Q-A0", "area": "A", "text": "Did your entity work in this area?"},
        {"code": "Q-A7", "area": "A", "text": "Has your entity a kite?"},
    ]
    edit_list(lists, "questions", questions)
    edit_register(book["Register"], [code for code, *_ in entities])
    book.save(path)
    return path


def fill(path: Path, answer: str, figure: int) -> None:
    """Fill in a progress form as an entity would."""
    book = load_workbook(path)
    cover = {row[2].value: row[1] for row in book["Cover"].iter_rows(min_row=1, max_col=3)}
    cover["focal_point"].value = "Focal point"
    cover["email"].value = "someone@example.org"
    cover["head"].value = "Head"
    cover["completed"].value = dt.datetime(2031, 2, 28)
    cover["signed_off"].value = "No"
    progress, measures, checklist = book["Progress"], book["Measures"], book["Checklist"]
    write(progress, {"activity_id": "A-1", "area": "A", "role": "Lead"}, 5)
    write(progress, {"activity": "Trained a great many people in the reading of clouds."}, 5)
    write(measures, {"measure_id": "M-1", "activity_id": "A-1", "measure": "people trained"}, 5)
    write(measures, {"value": figure, "unit": "persons"}, 5)
    write(checklist, {"answer": answer, "evidence": "Progress A-1"}, 5)
    write(checklist, {"answer": "No"}, 6)
    book.save(path)


def write(sheet: Worksheet, values: dict[str, object], row: int) -> None:
    columns = {cell.value: int(cell.column or 0) for cell in sheet[3]}
    for code, value in values.items():
        sheet.cell(row, columns[code]).value = value  # type: ignore[assignment]


def test_a_made_up_cycle_runs_from_forms_to_draft(workbook: Path, tmp_path: Path) -> None:
    forms = tmp_path / "forms"

    issued = run("forms", forms, "--workbook", workbook, "--form", "progress")
    for at, entity in enumerate(("MOON", "TIDE", "WIND")):
        fill(forms / f"{CYCLE}_progress_{entity}.xlsx", "Yes" if at else "No", 1200 + at)
    gathered = run("consolidate", forms, "--workbook", workbook)
    rows = table(workbook, "Progress")
    book = load_workbook(workbook)
    headings = {cell.value: int(cell.column or 0) for cell in book["Progress"][1]}
    book["Progress"].cell(3, headings["In report"]).value = "yes"
    book.save(workbook)
    written = run("report", workbook, "--out", tmp_path / "draft.docx")

    assert [r.exit_code for r in (issued, gathered, written)] == [0, 0, 0], (
        issued.output + gathered.output + written.output
    )
    assert sorted(file.name for file in forms.iterdir()) == [
        f"{CYCLE}_progress_{entity}.xlsx" for entity in ("MOON", "TIDE", "WIND")
    ]
    assert rows["Entity"].tolist() == ["MOON", "TIDE", "WIND"]
    sentences = draft_sentences(tmp_path / "draft.docx")
    text = " ".join(sentences)
    assert "responses were received from the following three United Nations entities" in text
    assert "Office for Lunar Affairs; Tidal Programme (TIDE); and Wind Fund (WIND)" in text
    assert any(s.startswith("Two entities [TIDE and WIND.]") for s in sentences), text
    assert "TIDE reported: “Trained a great many people in the reading of clouds.”" in text
    assert "2007" not in text
