"""What staff attach to a row of ours follows the row, or the run says what it could not keep."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from report.reviews import Rows, review_of
from sheets.staff_parts import sheet_part
from validators import LAYERS, assert_valid

from wps_xl.desk.commands.store import with_rows
from wps_xl.desk.hosts.files import FilesHost
from wps_xl.model import Value, column_letter, column_number
from wps_xl.notices import collected
from wps_xl.review.workbook import Review

MOMENT = dt.datetime(2026, 3, 4, 5, 6, 7)
RED = PatternFill("solid", fgColor="FFFFC7CE")
BOLD = Font(name="Arial", size=9, bold=True, color="FFC00000")
ROWS: Rows = [
    {"entity": entity, "activity_id": f"A-{n}", "area": "A", "activity": words}
    for entity, n, words in (
        ("DESA", 1, "Held a seminar."),
        ("UNDP", 1, "Trained judges in Nepal."),
        ("WFP", 1, "Gave food for training."),
        ("WFP", 2, "Dug wells with women."),
    )
]
ABOVE = {"entity": "DESA", "activity_id": "A-9", "area": "B", "activity": "Wrote a new guide."}
NOW = [ABOVE, {**ABOVE, "activity_id": "A-8"}, *ROWS[:2], {**ROWS[3], "activity_id": "A-1"}]
"""Rows came in above, the first of WFP is gone, and its second is numbered anew."""


def written(review: Review, path: Path) -> list[str]:
    """Write the review into the workbook; what the run says besides."""
    host = FilesHost(backups=False)
    if path.exists():
        host.read(path)
    with collected() as said:
        host.write(review, path, MOMENT)
    return said


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("attached") / "review.xlsx"
    written(review_of(Progress=ROWS), path)
    return path


@pytest.fixture
def workbook(first: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(first, tmp_path))


def edited(path: Path, change: Callable[[Any], None]) -> None:
    book = load_workbook(path)
    change(book)
    book.save(path)


def places(sheet: Any) -> Mapping[str, int]:
    """The row that each activity stands in."""
    at = next(cell.column for cell in sheet[1] if cell.value == "What was done")
    return {sheet.cell(n, at).value: n for n in range(2, sheet.max_row + 1) if sheet.cell(n, at)}


def lists(sheet: Any) -> list[Any]:
    return list(sheet.data_validations.dataValidation)


def attach(book: Any) -> None:
    """All that staff can attach to the row of wells, which is the last, and to that of food."""
    sheet = book["Progress"]
    right = sheet.max_column
    office = next(c.column_letter for c in sheet[1] if c.value == "Our wording")
    sheet["E5"].comment = Comment("Ask WFP about the wells.", "Desk")
    sheet["E4"].comment = Comment("Is this food?", "Desk")
    sheet["E5"].hyperlink = "https://example.org/wells?a=1&b=2"
    sheet["A5"].fill, sheet["B5"].font = RED, BOLD
    sheet[f"{office}5"] = '="{entity} dug "&LEN(E5)&" wells."'
    sheet.row_dimensions[5].height = 77
    sheet.cell(1, right + 1).value = "Follow-up"
    sheet.cell(1, right + 3).value = "Far away"
    for row in (2, 4, 5):
        sheet.cell(row, right + 1).value = f"call about {sheet.cell(row, 5).value}"
    sheet.cell(5, right + 3).value = "=E5&E2"
    sheet.cell(9, right + 3).value = "below"
    letter = sheet.cell(1, right + 1).column_letter
    sheet.column_dimensions[letter].width = 33
    choice = DataValidation(type="list", formula1='"a,b"', sqref=f"{letter}2:{letter}5")
    sheet.add_data_validation(choice)
    rule = CellIsRule("equal", ['"A-2"'], fill=RED)  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add("B2:B5", rule)
    attach_to_ranges(book, letter)
    own = book.create_sheet("Our sums")
    own["A1"] = "=Progress!E5"
    own["A2"] = "=COUNTA(Progress!$A$2:$A$5)"
    own["A3"] = "=Progress!E4"
    own["A4"].hyperlink = Hyperlink(ref="A4", location="Progress!E5")
    book.defined_names["Wells"] = DefinedName("Wells", attr_text="Progress!$E$5")


def attach_to_ranges(book: Any, own: str) -> None:
    """Rules and limits over several rows, merged cells, a chart that stands at a row, links."""
    sheet = book["Progress"]
    same = FormulaRule([f"AND($B4=$B5,${own}4<>$E$5)"], fill=RED)  # type: ignore[no-untyped-call]
    gone = FormulaRule(["$E$4=1"], fill=RED)  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add("C4:C5", same)
    sheet.conditional_formatting.add("D2:D3", gone)
    sheet.conditional_formatting.add("A4", gone)
    office = next(c.column_letter for c in sheet[1] if c.value == "Our wording")
    for areas, what in ((f"{office}2:{office}99", "<900"), (f"{own}4:{own}5", f"LEN({own}4)<9")):
        limit = DataValidation("custom", what, showErrorMessage=True, sqref=areas)
        sheet.add_data_validation(limit)
    sheet.add_data_validation(DataValidation("custom", "A2>1", sqref="A2:A5"))
    right = column_letter(column_number(own) + 1)
    sheet.merge_cells(f"{right}4:{right}5")
    chart = BarChart()
    chart.add_data(Reference(sheet, 2, 4, 2, 5))
    chart.title = "Ours"
    sheet.add_chart(chart, f"{right}4")
    sheet["C4"].fill = RED
    book["Start"]["H2"].hyperlink = "https://example.org/start"
    book["Cycle"]["B30"].hyperlink = "https://example.org/cycle"


def check_ranges(path: Path, said: list[str], own: str) -> None:
    """What was laid over ranges stands there, or is named."""
    book: Any = load_workbook(path)
    sheet, named = book["Progress"], " | ".join(said)
    rules = {str(found.sqref): found.rules[0].formula for found in sheet.conditional_formatting}
    # The first row of the range is gone: the rule speaks of that which is the first now.
    assert rules["C6"] == [f"AND($B6=$B7,${own}6<>$E$6)"]
    assert rules["D4:D5"] == ["#REF!=1"]
    assert "Progress!D4:D5: your rule of colours names $E$4" in named
    assert "Progress!A4: the rows are gone, and with them your rule of colours" in named
    limits = {str(rule.sqref): rule.formula1 for rule in lists(sheet) if rule.type == "custom"}
    assert limits[f"{own}6"] == f"LEN({own}6)<9"
    assert "<900" in limits.values()
    assert "Progress!A2:A5: your drop-down list or limit of entries was not kept" in named
    right = column_letter(column_number(own) + 1)
    assert f"{right}4:{right}5 are merged no more" in named
    chart = next(one for one in sheet._charts)
    assert (chart.anchor._from.row, chart.anchor._from.col) == (4, column_number(right) - 1)
    assert f"Progress!{right}4: the row is gone at which you had put “Chart 1”" in named
    assert "Sheet Progress: 1 row that you had coloured went" in named
    assert "Start!H2: wps_xl lays this sheet anew, and took your link" in named
    notes = {line[3].value for line in book["Notes"].iter_rows(min_row=2)}
    assert "https://example.org/start" in notes
    assert book["Cycle"]["B30"].hyperlink.target == "https://example.org/cycle"
    # openpyxl, which saved the workbook, took the names of our charts away.
    assert [len(book[name]._charts) for name in ("Start", "Prevention")] == [2, 1]
    assert "PivotTable" not in named


def test_all_that_is_attached_to_a_row_follows_it(workbook: Path) -> None:
    edited(workbook, attach)

    said = written(review_of(Progress=NOW), workbook)

    book: Any = load_workbook(workbook)
    sheet, own, row = book["Progress"], book["Our sums"], 6
    assert places(sheet)["Dug wells with women."] == row
    head = {cell.value: cell.column_letter for cell in sheet[1]}
    follow, far = head["Follow-up"], head["Far away"]
    assert [sheet[f"{follow}{n}"].value for n in (2, 3, 4, 5)] == [
        *(None, None, "call about Held a seminar.", None)
    ]
    assert sheet[f"{follow}{row}"].value == "call about Dug wells with women."
    assert (sheet[f"{far}{row}"].value, sheet[f"{far}10"].value) == ("=E6&E4", "below")
    assert sheet.column_dimensions[follow].width == 33
    assert f"{follow}2:{follow}6" in {str(rule.sqref) for rule in lists(sheet)}
    assert "B2:B6" in [str(found.sqref) for found in sheet.conditional_formatting]
    check_ranges(workbook, said, follow)
    assert {c.coordinate: c.comment.text for line in sheet for c in line if c.comment} == {
        f"E{row}": "Ask WFP about the wells."
    }
    assert sheet[f"E{row}"].hyperlink.target == "https://example.org/wells?a=1&b=2"
    assert [sheet[f"A{n}"].fill.fgColor.rgb == RED.fgColor.rgb for n in (5, 6)] == [False, True]
    assert (sheet[f"B{row}"].font.b, sheet["B5"].font.b) == (True, False)
    wording = head["Our wording"]
    assert sheet[f"{wording}{row}"].value == f'="{{entity}} dug "&LEN(E{row})&" wells."'
    assert sheet.row_dimensions[row].height == 77
    assert own["A1"].value == f"=Progress!E{row}"
    assert own["A2"].value == "=COUNTA(Progress!$A$2:$A$6)"
    assert own["A4"].hyperlink.location == f"Progress!E{row}"
    assert book.defined_names["Wells"].attr_text == f"Progress!$E${row}"
    # What hung on the row that is gone is named, and its words are kept.
    notes = {line[3].value for line in book["Notes"].iter_rows(min_row=2)}
    assert {"Is this food?", "call about Gave food for training."} <= notes
    assert any("Progress!E4: the row is gone" in line and "Is this food?" in line for line in said)
    assert own["A3"].value == "=Progress!#REF!"
    assert any("Our sums!A3: Progress!E4" in line for line in said)
    assert_valid(workbook, only=LAYERS)

    before = workbook.read_bytes()
    assert written(FilesHost().read(workbook), workbook) == []
    assert workbook.read_bytes() == before


def test_rows_that_nobody_coloured_go_without_a_word_about_colours(workbook: Path) -> None:
    source: dict[str, Value] = {"Key": "a", "Sentence": "Told.", "Cell": "Progress!E2"}
    traced = with_rows(review_of(Progress=ROWS), "Sources", [source, {**source, "Key": "b"}])
    written(traced, workbook)
    edited(workbook, lambda book: setattr(book["Sources"]["A3"], "fill", RED))

    said = written(review_of(), workbook)

    assert [words.partition(",")[0] for words in said if "coloured" in words] == [
        "Sheet Sources: 1 row that you had coloured went"
    ]


def test_a_column_put_between_ours_goes_behind_them_with_its_rows(workbook: Path) -> None:
    def insert(book: Any) -> None:
        sheet = book["Progress"]
        table = sheet.tables.pop("Progress")
        sheet.insert_cols(3)
        for row in range(1, 6):
            sheet.cell(row, 3).value = "Mine" if row == 1 else f"=E{row}&{row}"
        end = sheet.cell(1, sheet.max_column).column_letter
        table.ref = f"A1:{end}5"
        table.tableColumns.insert(2, type(table.tableColumns[0])(id=99, name="Mine"))
        table.autoFilter.ref = table.ref
        sheet.add_table(table)

    edited(workbook, insert)

    written(review_of(Progress=ROWS[1:]), workbook)

    sheet = load_workbook(workbook)["Progress"]
    own = next(cell for cell in sheet[1] if cell.value == "Mine")
    assert own.column == sheet.max_column
    assert [sheet.cell(n, own.column).value for n in (2, 3, 4)] == ["=D2&3", "=D3&4", "=D4&5"]
    assert sheet.tables["Progress"].ref.endswith(f"{own.column_letter}4")


def test_total_row_headings_page_and_protection_stay_as_staff_set_them(workbook: Path) -> None:
    def set_up(book: Any) -> None:
        sheet = book["Progress"]
        table = sheet.tables["Progress"]
        last = sheet.max_column
        letter = sheet.cell(1, last).column_letter
        column = table.tableColumns[last - 1]
        sheet.cell(1, last).value = "Same activity\nas"
        column.name = "Same activity_x000a_as"
        table.ref, table.totalsRowCount, table.totalsRowShown = f"A1:{letter}6", 1, None
        table.tableColumns[0].totalsRowLabel = "In all"
        table.tableColumns[1].totalsRowFunction = "count"
        sheet["A6"], sheet["B6"] = "In all", "=SUBTOTAL(103,Progress[No.])"
        sheet.protection.sheet = True
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "portrait", 8
        sheet.page_margins.left = 2.5
        sheet.oddHeader.center.text = "For the meeting"
        sheet.row_breaks.append(Break(id=3))
        book["Register"].oddFooter.left.text = "Confidential"
        book.security.lockStructure = True

    edited(workbook, set_up)

    said = written(review_of(Progress=[ABOVE, *ROWS]), workbook)

    book: Any = load_workbook(workbook)
    sheet = book["Progress"]
    assert (sheet["A7"].value, sheet["B7"].value) == ("In all", "=SUBTOTAL(103,Progress[No.])")
    table = sheet.tables["Progress"]
    assert (table.ref.rpartition(":")[2][-1], table.totalsRowCount) == ("7", 1)
    assert table.autoFilter.ref.endswith("6")
    assert table.tableColumns[1].totalsRowFunction == "count"
    assert sheet.cell(1, len(table.tableColumns)).value == "Same activity\nas"
    assert sheet.protection.sheet is True
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("portrait", 8)
    assert (sheet.page_margins.left, sheet.oddHeader.center.text) == (2.5, "For the meeting")
    assert [found.id for found in sheet.row_breaks.brk] == [4]
    assert book["Register"].oddFooter.left.text == "Confidential"
    assert book.security.lockStructure is True
    # What nobody set is ours, with the day and the mark of this run.
    assert "2026-03-04" in book["Measures"].oddHeader.left.text
    assert said == []
    found = FilesHost().read(workbook)
    assert found.typed == ()
    assert len(found.tables["Progress"]) == 5
    assert_valid(workbook, only=LAYERS)


THREAD = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
    'threadedcomments"><threadedComment ref="E4" id="{1}"><text>Is this still so?</text>'
    '</threadedComment><threadedComment ref="E4" id="{2}" parentId="{1}"><text>It is.</text>'
    "</threadedComment></ThreadedComments>"
)


def test_a_thread_of_comments_follows_its_row_and_its_words_are_kept_when_that_goes(
    workbook: Path,
) -> None:
    def note(book: Any) -> None:
        book["Progress"]["E4"].comment = Comment("[Threaded comment] Comment: Is this so?", "D")

    edited(workbook, note)
    with ZipFile(workbook) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = sheet_part(parts, "Progress").replace("worksheets/", "worksheets/_rels/") + ".rels"
    entry = (
        '<Relationship Id="rId77" Type="http://schemas.microsoft.com/office/2017/10/relationships/'
        'threadedComment" Target="/xl/threadedComments/threadedComment1.xml"/></Relationships>'
    )
    parts[name] = parts[name].replace(b"</Relationships>", entry.encode())
    parts["xl/threadedComments/threadedComment1.xml"] = THREAD.encode()
    kind = (
        '<Override PartName="/xl/threadedComments/threadedComment1.xml" '
        'ContentType="application/vnd.ms-excel.threadedcomments+xml"/></Types>'
    )
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(b"</Types>", kind.encode())
    with ZipFile(workbook, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)

    written(review_of(Progress=[ABOVE, *ROWS]), workbook)
    with ZipFile(workbook) as archive:
        moved = archive.read("xl/threadedComments/threadedComment1.xml")
        box = next(archive.read(n) for n in archive.namelist() if n.endswith(".vml"))
    said = " ".join(written(review_of(Progress=[ABOVE, *ROWS[:2]]), workbook))

    assert moved.count(b'ref="E5"') == 2
    assert b"Row>4</" in box
    assert "Is this still so?" in said
    assert "It is." in said
