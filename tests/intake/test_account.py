"""found = read + as issued + blank + named, for every cell and thing in a return."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from faults.valid import (
    CODEBOOK,
    CYCLE,
    FORMS,
    INVITED,
    practice_rows,
    progress_rows,
    request,
    write,
)
from openpyxl import load_workbook
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from package_parts import add_parts, check_box, drawing, embedded, picture, text_box, threads
from workbooks import run

from wps_xl.desk.commands import checking
from wps_xl.intake.validation import validate
from wps_xl.sheets.forms.request import Request

READING = ("validate", "validate with a workbook", "consolidate")
BESIDE = {
    *("comment", "note", "text box", "picture", "form control", "embedded file", "link"),
    *("header or footer", "chart sheet"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A return in which everything is that people put into one, and files beside it."""
    folder = tmp_path_factory.mktemp("everything")
    (folder / "returns").mkdir()
    path = write(folder / "returns", request("progress", INVITED[0], progress_rows(4)))
    book = load_workbook(path)
    book["Measures"]["K1"] = "All amounts are in thousands of euros"
    book["Progress"]["Z6"], book["Progress"]["Z4"] = "ask Mary", "Our remarks"
    book["Progress"]["Y9"] = "  "
    book["Cover"]["A30"], book["Cover"]["H9"] = "Not to be quoted.", 7
    book["Progress"]["E5"].comment = Comment("We were partner only.", "C. Person")
    book["Checklist"]["D6"].value = "Annual report"
    book["Checklist"]["D6"].hyperlink = "https://example.org/annual.pdf"
    for name, state in (("Our rows", "visible"), ("Old", "hidden"), ("Progress ", "visible")):
        own = book.create_sheet(name)
        own.append(["A-77", "Trained the staff of mission 77."])
        own.sheet_state = state
    guide, check, lists = book["Guide"], book["Check"], book["Lists"]
    guide["A2"], guide["E4"] = f"{guide['A2'].value} We did only some.", "What is meant by this?"
    check["D9"], check["G12"] = "None, we think", "Why three?"
    lists["A300"], lists.cell(2, lists.max_column + 1).value = lists["A3"].value, "Kosovo"
    for margin in (book["Cover"].oddHeader, book["Guide"].oddFooter):
        assert margin is not None
        margin.left.text = "Draft & secret"
    book["Checklist"]["D7"] = '=HYPERLINK("https://example.org/plan","Our plan")'
    chart = BarChart()
    chart.title = "Women trained"
    book.create_chartsheet("Our chart").add_chart(chart)
    copy = book.copy_worksheet(book["Measures"])
    copy["D5"] = 99
    book.save(path)
    add_parts(
        path,
        "Overview",
        [
            drawing(text_box("See annex"), picture("Workshop")),
            check_box("Agreed"),
            embedded("Annex.docx"),
            threads(B5="Is this right?"),
        ],
    )
    for name in ("letter.pdf", "more.zip", "desktop.ini"):
        (folder / "returns" / name).write_bytes(b"x")
    made = run("new", folder / "review.xlsx", "--cycle", CYCLE.code)
    assert made.exit_code == 0, made.output
    return folder


def said(verb: str, folder: Path) -> Mapping[str, Any]:
    """What a verb that reads returns says of each file, and all that it names."""
    workbook: list[str | Path] = []
    if verb != "validate":
        workbook = ["--workbook", folder / "review.xlsx"]
    result = run(verb.split()[0], folder / "returns", *workbook, "--json", "-")
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def filled(path: Path) -> int:
    """The cells with content, counted by another reader."""
    book = load_workbook(path, read_only=True)
    return sum(cell.value is not None for sheet in book for row in sheet for cell in row)


@pytest.mark.parametrize("verb", READING)
def test_every_verb_that_reads_returns_accounts_for_every_cell_and_thing(
    folder: Path, verb: str
) -> None:
    found = said(verb, folder)

    account = {line["book"]: line for line in found["account"]}
    (book,) = (name for name in account if name.endswith(".xlsx"))
    cells = dict(account[book]["cells"])
    assert cells.pop("found") == filled(folder / "returns" / book) == sum(cells.values())
    assert {line["kind"] for line in account[book]["beside"]} == BESIDE
    assert all(line["fate"] != "issued" for line in account[book]["beside"])
    assert {name for name in account if name != book} == {"letter.pdf", "more.zip"}


def test_each_that_was_not_read_is_named_where_it_stands(folder: Path) -> None:
    issues = said("validate", folder)["issues"]

    places = {(issue["code"], issue["sheet"], issue["cell"]) for issue in issues}
    assert {
        ("remark", "Measures", "K1"),
        ("remark", "Cover", "A30"),
        ("remark", "Cover", "H9"),
        ("beside-table", "Progress", "Z6"),
        ("cell-note", "Progress", "E5"),
        ("cell-note", "Overview", "B5"),
        ("link-behind-words", "Checklist", "D6"),
        ("own-sheet", "Our rows", "A1"),
        ("own-sheet", "Old", "A1"),
        ("own-sheet", "Progress ", "A1"),
        ("embedded-file", "Overview", None),
        ("remark", "Guide", "A2"),
        ("remark", "Guide", "E4"),
        ("remark", "Check", "D9"),
        ("remark", "Check", "G12"),
        ("remark", "Lists", "A300"),
        ("remark", "Lists", "T2"),
        ("link-behind-words", "Checklist", "D7"),
        ("sheet-without-cells", "Our chart", None),
    } <= places
    named = [issue["code"] for issue in issues]
    assert (named.count("drawn-object"), named.count("other-file")) == (4, 2)
    words = [issue["found"] for issue in issues if issue["sheet"] in ("Guide", "Cover")]
    assert words.count("Draft & secret") == 1
    assert "Women trained" in {issue["found"] for issue in issues}
    assert any(text.endswith("We did only some.") for text in words)


def test_only_these_commands_read_returns() -> None:
    """Whoever adds one adds it to READING, so that its account is held against the cells."""
    # The demonstration consolidates; the others show what a run found.
    commands = Path(checking.__file__).parent.glob("*.py")

    reading = {one.stem for one in commands if "intake.validation import" in one.read_text("utf-8")}

    assert reading == {"checking", "consolidating", "demonstration", "open_return", "terminal"}


def test_a_form_as_issued_is_no_response_and_one_that_was_signed_is_one(tmp_path: Path) -> None:
    contact = {"focal_point": "Filled in by the office"}
    for entity, name in ((INVITED[0], "issued.xlsx"), (INVITED[2], "zz.xlsx")):
        issued = Request(FORMS["practices"], entity, CYCLE, CODEBOOK, cover=contact)
        write(tmp_path, issued, name)
    write(tmp_path, request("practices", INVITED[1], {}), "signed.xlsx")
    write(tmp_path, request("practices", INVITED[2], practice_rows(1)), "filled.xlsx")

    intake = validate([tmp_path], CODEBOOK, CYCLE)

    status = {item.book: item.status for item in intake.returns}
    assert status == {
        "issued.xlsx": "blank-form",
        "signed.xlsx": "",
        "filled.xlsx": "",
        "zz.xlsx": "blank-form",
    }
    codes = [issue.code for issue in intake.issues if issue.book == "issued.xlsx"]
    assert codes == ["blank-form"]


def test_a_folder_that_holds_other_files_alone_holds_no_return(tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(b"PK\x03\x04")

    result = run("validate", tmp_path)

    assert result.exit_code == 2
    assert "only letter.docx" in result.output
