"""Cells that no reader reads: each is an issue at its cell, and all else of the returns is read."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import replace

import pytest
from faults.valid import CODEBOOK, CYCLE, INVITED, progress_rows, request
from intake.hostile_cells import CELLS, SOUND, with_cell

from wps_xl.intake.returns import Return, ReturnReader
from wps_xl.intake.validation import Intake, examine
from wps_xl.model import Book, Issue
from wps_xl.office.reading.child import read_book
from wps_xl.sheets.forms.writer import form_bytes

KINDS = {name: one[0] for name, one in CELLS.items()} | {n: one[0] for n, one in SOUND.items()}
GOOD = "good"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A return in which nothing is wrong."""
    path = tmp_path_factory.mktemp("good") / "good.xlsx"
    path.write_bytes(form_bytes(request("progress", INVITED[0], progress_rows(3))))
    book = read_book(path)
    assert isinstance(book, Book)
    return book


@pytest.fixture(scope="module")
def returns(good: Book) -> Mapping[str, Return]:
    """It, and one with each kind of cell, as if each were of an entity of its own."""
    with zipfile.ZipFile(good.path) as file:
        sheets = [file.read(name).decode() for name in file.namelist() if "/sheet" in name]
    measures = next(xml for xml in sheets if "<t>M-2</t>" in xml)
    reader = ReturnReader(CODEBOOK, CYCLE)
    found = {GOOD: reader.read(good)}
    path = good.path.with_name("hostile.xlsx")
    for name, xml in KINDS.items():
        path.write_bytes(with_cell(measures, xml))
        books = [read_book(path, careful=careful) for careful in (False, True)]
        fast, careful = (book.grids["Measures"] for book in books if isinstance(book, Book))
        assert fast == careful, name
        book = replace(good, grids={**good.grids, "Measures": fast}, label=name)
        found[name] = replace(reader.read(book), entity=name)
    return found


@pytest.fixture(scope="module")
def intake(returns: Mapping[str, Return]) -> Intake:
    return examine([*returns.values()], [], CODEBOOK, CYCLE)


def issues_of(intake: Intake, name: str) -> list[Issue]:
    """Errors and warnings of a return, but for those that its made-up entity has."""
    about = ("not-invited", "unknown-entity")
    found = (one for one in intake.issues if one.book == name or name == GOOD == one.entity)
    return [one for one in found if one.severity != "note" and one.code not in about]


def test_a_good_return_is_processed_whatever_lies_beside_it(intake: Intake) -> None:
    at, item = next((at, one) for at, one in enumerate(intake.returns) if one.entity == INVITED[0])

    assert item.status == ""
    assert len(item.all_rows) > 20
    assert intake.held[at] == {}
    assert not [one for one in intake.issues if one.book == item.book and one.severity == "error"]


@pytest.mark.parametrize("name", CELLS)
def test_what_no_reader_reads_is_an_issue_at_its_cell(name: str, intake: Intake) -> None:
    _, code, found = CELLS[name]

    issue = next(one for one in issues_of(intake, name) if one.cell == "D6")

    assert (issue.code, issue.found) == (code, found)
    (at,) = (at for at, one in enumerate(intake.returns) if one.book == name)
    held = dict.fromkeys(intake.held[at])
    assert (("Measures", 6) in held) == (issue.severity == "error")
    assert len(held) <= 1


@pytest.mark.parametrize("name", SOUND)
def test_what_is_odd_and_has_one_reading_is_read(
    name: str, returns: Mapping[str, Return], intake: Intake
) -> None:
    table = returns[name].tables["Measures"]

    assert dict(zip(table.numbers, table.columns["value"], strict=True))[6] == SOUND[name][1]
    assert not [one for one in issues_of(intake, name) if one.cell == "D6"]
