"""Correction copies of returns with threads of comments: our note stands where no thread does."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from package_parts import add_parts, threads
from sheets.form_examples import CODEBOOK, CYCLE, DONE, content_of, filled

from wps_xl.intake.asides import LEADS
from wps_xl.intake.validation import validate
from wps_xl.sheets.copies.writer import write_copies

LEAD = LEADS["error"]
ROWS = [
    {**DONE, "activity_id": "H-1", "role": "chief"},
    {**DONE, "activity_id": "H-2", "role": None},
]
FAULTY = filled({"Progress": ROWS})
THREAD = "xl/threadedComments/threadedComment9.xml"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A return with faults in E5 and E6."""
    file = tmp_path / "sent" / "return.xlsx"
    file.parent.mkdir()
    file.write_bytes(content_of(FAULTY))
    return file


def copied(path: Path, folder: str = "copies") -> Path:
    target = path.parent.parent / folder
    write_copies(validate([path], CODEBOOK, CYCLE), target)
    return target / path.name


def ours(copy: Path) -> dict[str, str]:
    """The notes of ours by cell."""
    cells = (cell for row in load_workbook(copy)["Progress"].iter_rows() for cell in row)
    noted = {c.coordinate: c.comment.text for c in cells if c.comment}
    return {at: text for at, text in noted.items() if LEAD in text}


def with_thread(path: Path, **words: str) -> None:
    """Threads as Excel keeps them: a note by 'tc=' stands for each in older programs."""
    book = load_workbook(path)
    for cell, said in words.items():
        book["Progress"][cell].comment = Comment(
            f"[Threaded comment]\n\nComment:\n{said}", "tc={1}"
        )
    book.save(path)
    add_parts(path, "Progress", [threads(**words)])


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ({"E5": "Is this right?|Yes."}, ["E6", "F5"]),
        ({"E5": "Who?", "F5": "With whom?"}, ["E6", "G5"]),
        ({"E5": "Who?", "E6": "And here?"}, ["F5", "F6"]),
        ({"D5": "A thread elsewhere"}, ["E5", "E6"]),
    ],
)
def test_our_note_stands_on_the_next_cell_without_a_thread(
    path: Path, words: dict[str, str], places: list[str]
) -> None:
    with_thread(path, **words)

    copy = copied(path)

    noted = ours(copy)
    assert sorted(noted) == places
    assert all(f"About {'E' + at[1:]}" in text for at, text in noted.items() if at[0] != "E")
    with ZipFile(path) as before, ZipFile(copy) as after:
        assert after.read(THREAD) == before.read(THREAD)


def test_a_thread_of_a_program_that_keeps_no_note_for_it_counts_too(path: Path) -> None:
    add_parts(path, "Progress", [threads(E5="From the web")])

    assert sorted(ours(copied(path))) == ["E6", "F5"]


def test_the_copy_of_a_copy_has_our_note_once_and_a_corrected_one_none(path: Path) -> None:
    with_thread(path, E5="Is this right?")

    again = copied(copied(path), "again")

    assert {at: text.count(LEAD) for at, text in ours(again).items()} == {"E6": 1, "F5": 1}
    assert [i.code for i in validate([again], CODEBOOK, CYCLE).issues if i.severity == "note"] == [
        "cell-note"
    ]
