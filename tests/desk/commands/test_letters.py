"""``letters`` and ``practices`` on a workbook: files, Register, Log, what a consolidation keeps."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import docx
import pytest
from demonstrations import COVER
from openpyxl import load_workbook
from rows import rows_in
from workbooks import run, table

from wps_xl.codebook import load
from wps_xl.desk.commands.issuing import new_review
from wps_xl.desk.commands.store import with_rows
from wps_xl.desk.hosts.files import FilesHost
from wps_xl.forms.definitions import forms
from wps_xl.model import Value
from wps_xl.sheets.forms.writer import Request, write_form

CODEBOOK = load()
CYCLE = CODEBOOK.cycle(next(iter(CODEBOOK["cycles"])))
FORM = forms(CODEBOOK)["practices"]
DAY = dt.datetime.now().date().isoformat()
CASE: dict[str, Value] = {
    "practice_id": "P-1",
    "kind": "Good practice",
    "title": "Women's desks",
    "start": dt.date(2004, 5, 1),
    "level": "Global",
    "thematic_areas": "PROT",
    "context": "Desks at police stations.",
    "results": "Reports rose by half.",
    "impact": "Women felt safer.",
    "why_it_worked": "The police owned it.",
}


def fill_in(workbook: Path, *cells: tuple[str, str, str]) -> None:
    """Type into the first line of an entity: sheet, heading, words; with another program."""
    book = load_workbook(workbook)
    for name, heading, words in cells:
        sheet = book[name]
        columns = {str(cell.value): int(cell.column or 0) for cell in sheet[1]}
        row = next(r for r in range(2, sheet.max_row + 1) if sheet.cell(r, 1).value == "WFP")
        sheet.cell(row, columns[heading]).value = words
    book.save(workbook)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A review workbook with one case of good practice; do not write into it."""
    folder = tmp_path_factory.mktemp("letters")
    (folder / "returns").mkdir()
    request = Request(FORM, "WFP", CYCLE, CODEBOOK, cover=COVER, rows={"Practices": [CASE]})
    write_form(request, folder / "returns" / "wfp.xlsx")
    review = new_review(CODEBOOK, CYCLE.code)
    lines = rows_in(review, "Register")
    for row in lines:
        if (row["Entity"], row["Form"]) == ("WFP", "practices"):
            row["Status"] = "received"
    review = with_rows(review, "Register", lines)
    case: dict[str, Value] = {"Entity": "WFP", "No.": "P-1", "Title": CASE["title"]}
    workbook = folder / "review.xlsx"
    FilesHost().write(with_rows(review, "Practices", [case]), workbook, dt.datetime(2007, 5, 2))
    return workbook


@pytest.fixture
def workbook(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made.parent, tmp_path / "work")) / made.name


def test_letters_go_to_those_named_once_a_day_and_the_register_keeps_them(workbook: Path) -> None:
    folder = workbook.parent / "letters"
    words = (folder, "--workbook", workbook, "--entity", "WFP", "--entity", "UNDP")

    first, second = run("letters", *words), run("letters", *words)

    assert first.exit_code == second.exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        f"{CYCLE.code}_reminder_WFP_{DAY}.docx",
        f"{CYCLE.code}_request_UNDP_{DAY}.docx",
    ]
    assert "2 letters in " in first.output
    assert "Sheet Cycle does not say who signs and where returns are sent" in first.output
    assert "No letter was written." in second.output
    assert "No letter to UNDP, WFP: a letter of today is there already." in second.output
    register = table(workbook, "Register").set_index(["Entity", "Form"])["Letters"]
    assert register["UNDP"].tolist() == [f"request {DAY}"] * 3
    assert register["WFP"].fillna("").tolist() == [f"reminder {DAY}"] * 2 + [""]
    log = table(workbook, "Log")
    assert log["Command"].tolist()[-2:] == ["letters", "letters"]
    assert "request to UNDP; reminder to WFP. Signatory:" in log["Outcome"].tolist()[-2]


def test_a_consolidation_keeps_letters_and_what_the_panel_decided(workbook: Path) -> None:
    fill_in(
        workbook,
        ("Register", "Letters", "request 2007-02-28; phoned"),
        ("Practices", "Panel", "eligible"),
        ("Practices", "Panel's reason", "Results last"),
    )

    result = run("consolidate", workbook.parent / "returns", "--workbook", workbook)

    assert result.exit_code == 0, result.output
    register = table(workbook, "Register").set_index(["Entity", "Form"])["Letters"]
    assert register["WFP", "progress"] == "request 2007-02-28; phoned"
    practice = table(workbook, "Practices").iloc[0]
    assert (practice["Panel"], practice["Panel's reason"]) == ("eligible", "Results last")
    decisions = table(workbook, "Decisions").set_index("Column")["Decision"]
    assert decisions["Panel"] == "eligible"


def test_the_compilation_is_written_and_logged_and_edits_in_it_are_safe(workbook: Path) -> None:
    target = workbook.parent / "compilation.docx"

    result = run("practices", workbook, "--out", target)

    assert result.exit_code == 0, result.output
    document = docx.Document(str(target))
    assert "Women's desks" in [paragraph.text for paragraph in document.paragraphs]
    assert table(workbook, "Log")["Command"].tolist()[-1] == "practices"
    document.paragraphs[3].add_run(" Edited.")
    document.save(str(target))
    again = run("practices", workbook, "--out", target)
    assert again.exit_code == 2
    assert "was edited" in again.stderr


def test_a_workbook_open_in_excel_gets_no_letters(workbook: Path) -> None:
    workbook.with_name(f"~${workbook.name}").touch()

    result = run("letters", workbook.parent / "letters", "--workbook", workbook)

    assert result.exit_code == 2
    assert not (workbook.parent / "letters").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--kind", "invitation"], "The kinds are request, reminder, correction."),
        (["--entity", "MOON"], "'MOON' is not in the list of entities"),
        (["--entity", "CEB"], "does not invite"),
    ],
)
def test_what_cannot_be_meant_ends_in_a_sentence(made: Path, words: list[str], said: str) -> None:
    result = run("letters", made.parent / "letters", "--workbook", made, *words)

    assert result.exit_code == 2
    assert said in result.stderr
