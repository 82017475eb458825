"""The sheets of thematic areas are called as Excel allows, and none is left with old figures."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from rows import rows_in

from wps_xl.codebook import load
from wps_xl.desk.commands.issuing import new_review
from wps_xl.desk.hosts.files import FilesHost
from wps_xl.errors import InputError
from wps_xl.notices import collected
from wps_xl.review.tabs import sheet_name
from wps_xl.review.workbook import Review

MOMENT = dt.datetime(2031, 3, 4, 5, 6, 7)
LONG = "Humanitarian response, recovery and the lasting care of the survivors"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Prevention", "Prevention"),
        (LONG, "Humanitarian response…"),
        ("Peace / security", "Peace - security"),
        ("[Draft]: what? why*", "-Draft- what- why-"),
        ("'Quoted'", "Quoted"),
        ("Women's rights", "Women's rights"),
        ("x" * 30 + "'s share", "x" * 30 + "…"),
        ("𝔉" * 20, "𝔉" * 15 + "…"),
        ("/", "-"),
    ],
)
def test_a_label_names_a_sheet_as_far_as_excel_takes_it(label: str, name: str) -> None:
    found = sheet_name(label)

    assert found == name
    assert len(found.encode("utf-16-le")) // 2 <= 31


def renamed(path: Path, labels: dict[str, str]) -> None:
    """Thematic areas of sheet Lists called otherwise."""
    book = load_workbook(path)
    for row in book["Lists"].iter_rows():
        if str(row[1].value) in labels:
            row[1].value = labels[str(row[1].value)]
    book.save(path)


def read(path: Path) -> Review:
    return FilesHost().read(path)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook in whose sheets of thematic areas staff typed and attached something."""
    codebook = load()
    path = tmp_path_factory.mktemp("themes") / "review.xlsx"
    FilesHost().write(new_review(codebook, next(iter(codebook["cycles"]))), path, MOMENT)
    book = load_workbook(path)
    book["Protection"]["J30"] = "Ask the task force"
    book["Protection"]["A1"].comment = Comment("Seen", "A. Colleague")
    book.create_sheet("Budget")["A1"] = "Ours"
    book.save(path)
    return path


def test_a_thematic_area_cannot_take_the_sheet_of_something_else(workbook: Path) -> None:
    before = workbook.read_bytes()
    renamed(workbook, {"Normative": "budget"})

    with pytest.raises(InputError, match=r"list thematic_areas, cell B\d+: “budget” cannot name"):
        read(workbook)

    workbook.write_bytes(before)


def test_a_thematic_area_that_is_called_otherwise_leaves_no_sheet_with_old_figures(
    workbook: Path,
) -> None:
    renamed(workbook, {"Protection": LONG, "Normative": "NORMATIVE"})
    host = FilesHost()

    with collected() as told:
        for _ in range(2):
            host.write(host.read(workbook), workbook, MOMENT)

    review = read(workbook)
    book = load_workbook(workbook)
    assert review.retired == ("Protection",)
    assert len([text for text in told if "called so any more: sheet Protection." in text]) == 1
    assert [row["Text"] for row in rows_in(review, "Notes")] == ["Ask the task force"]
    old = book["Protection"]
    cells = {cell.coordinate for row in old.iter_rows() for cell in row if cell.value is not None}
    assert cells == {"A1", "A2"}
    assert "not filled any more" in str(old["A2"].value)
    assert old["A1"].comment.text == "Seen"
    said = {row[at].value: row[at + 1].value for row in book["Start"] for at in (0, 6)}
    assert "Not filled any more" in str(said["Protection"])
    assert str(said[sheet_name(LONG)]).startswith("Thematic area")
    assert book[sheet_name(LONG)]["A1"].value == LONG
    assert [name for name in book.sheetnames if name.casefold() == "normative"] == ["Normative"]
    assert book["Budget"]["A1"].value == "Ours"
