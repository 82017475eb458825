"""What people say beside the cells is read, named once with its words, and ours is not theirs."""

from __future__ import annotations

from pathlib import Path

import pytest
from faults.run import check
from faults.valid import INVITED, practice_rows, request, write
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet
from package_parts import (
    Part,
    add_parts,
    check_box,
    drawing,
    embedded,
    picture,
    text_box,
    threads,
)

from wps_xl.model import Book, Issue
from wps_xl.office.reading.asides import MARGIN
from wps_xl.office.reading.child import read_book
from wps_xl.sheets.copies.writer import copy_of

SHEET = "Practices"
SHADOW = (
    "[Threaded comment]\n\nYour version of Excel allows you to read this.\n\nComment:\n    Ask."
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(tmp_path, request("practices", INVITED[0], practice_rows(3)))


def noted(path: Path, **words: str) -> Worksheet:
    """Write notes of a person into cells."""
    book = load_workbook(path)
    for cell, text in words.items():
        book[SHEET][cell].comment = Comment(text, "C. Person")
    book.save(path)
    return book[SHEET]


def asides(path: Path) -> list[tuple[str, str, str]]:
    book = read_book(path)
    assert isinstance(book, Book), book
    # What is ours above and below the page is told apart later.
    things = (one for one in book.asides if one.kind != MARGIN)
    return [(one.kind, one.cell, one.words) for one in things]


def told(path: Path) -> list[tuple[str, str | None, str]]:
    return [(issue.code, issue.cell, issue.found) for issue in check([path])]


def test_a_note_is_told_at_its_cell_with_all_its_words_and_without_its_author(path: Path) -> None:
    long = "Figures are those of the ministry. " * 30
    noted(path, D6="C. Person:\nWrong year: use 2006.", E7=long)

    issues = check([path])

    assert [(i.code, i.cell, i.found) for i in issues] == [
        ("cell-note", "D6", "Wrong year: use 2006."),
        ("cell-note", "E7", long.strip()),
    ]
    assert issues[0].heading
    assert "“Wrong year: use 2006.”" in issues[0].message
    assert len(issues[1].message) < 600
    assert "C. Person" not in str(issues)


def test_a_thread_is_told_once_with_its_answers_and_not_again_as_a_note(path: Path) -> None:
    noted(path, D6=SHADOW)
    add_parts(path, SHEET, [threads(D6="Ask.|We asked.", F7="Yes")])

    assert asides(path) == [("comment", "D6", "Ask.\nWe asked."), ("comment", "F7", "Yes")]


def test_drawn_things_files_and_controls_are_told_with_their_words(path: Path) -> None:
    things = drawing(text_box("See annex II"), picture("Photo of a workshop"), text_box(""))
    add_parts(path, SHEET, [things, check_box("Agreed &amp; signed"), embedded("Annex.docx")])

    assert told(path) == [
        ("embedded-file", None, "Annex.docx"),
        ("drawn-object", "B7", "Agreed & signed, ticked"),
        ("drawn-object", "D9", "See annex II"),
        ("drawn-object", "D9", "Photo of a workshop"),
        ("drawn-object", "D9", ""),
    ]


def test_things_that_are_grouped_or_drawn_for_some_programs_only_are_told_once(path: Path) -> None:
    choice = f"<mc:Choice Requires='a14'>{text_box('New')}</mc:Choice>"
    fallback = f"<mc:Fallback>{text_box('Old')}</mc:Fallback>"
    both = f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"
    add_parts(
        path, SHEET, [drawing(f"<xdr:grpSp>{text_box('One')}{picture('Two')}</xdr:grpSp>", both)]
    )

    assert asides(path) == [
        ("text box", "D9", "One"),
        ("picture", "D9", "Two"),
        ("text box", "D9", "New"),
    ]


@pytest.mark.parametrize(
    ("shown", "address", "is_told"),
    [
        ("Annual report", "https://example.org/a.pdf", True),
        ("https://example.org/a.pdf", "https://example.org/a.pdf", False),
        ("www.example.org", "http://www.example.org/", False),
        ("See example.org/a.pdf, p. 4", "https://example.org/a.pdf", False),
        ("c.person@example.org", "mailto:c.person@example.org", False),
    ],
)
def test_a_link_is_told_where_the_cell_does_not_show_its_address(
    path: Path, shown: str, address: str, is_told: bool
) -> None:
    book = load_workbook(path)
    cell = book[SHEET]["Q6"]
    cell.value, cell.hyperlink = shown, address
    book.save(path)

    assert told(path) == ([("link-behind-words", "Q6", address)] if is_told else [])


def test_our_notes_are_no_words_of_the_entity_but_what_stands_above_them_is(path: Path) -> None:
    noted(path, D6="Ask Mary.")
    marks = [_mark("D6"), _mark("E7")]
    path.write_bytes(copy_of(path.read_bytes(), path.name, marks))

    assert told(path) == [("cell-note", "D6", "Ask Mary.")]


def _mark(cell: str) -> Issue:
    return Issue("list-value", "error", "Choose another.", "return.xlsx", sheet=SHEET, cell=cell)


def test_a_broken_part_is_told_and_the_rest_of_the_return_is_read(path: Path) -> None:
    noted(path, D6="Ask Mary.")
    add_parts(path, SHEET, [Part("drawing", "xl/drawings/drawing90.xml", b"<broken")])

    found = check([path])

    assert [(issue.code, issue.found) for issue in found] == [
        ("broken-part", "drawing90.xml"),
        ("cell-note", "Ask Mary."),
    ]


def test_a_part_that_declares_entities_is_not_read(path: Path) -> None:
    trap = b"<!DOCTYPE x [<!ENTITY a 'aaa'>]><x>&a;</x>"
    add_parts(path, SHEET, [Part("comments", "xl/comments90.xml", trap)])

    assert not isinstance(read_book(path), Book)


def test_nothing_of_the_entity_lies_beside_the_cells_of_a_form_as_issued(path: Path) -> None:
    assert asides(path) == []
