"""Whatever somebody types wherever in a return: it is read, or named once with its words."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from faults.valid import CODEBOOK, CYCLE, INVITED, practice_rows, request
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from wps_xl.intake.account import READ
from wps_xl.intake.returns import Return, ReturnReader
from wps_xl.model import Aside, Book, Grid, Issue, Value, column_letter
from wps_xl.office.reading.child import read_book
from wps_xl.sheets.copies.writer import copy_of
from wps_xl.sheets.forms.writer import form_bytes

READER = ReturnReader(CODEBOOK, CYCLE)
OWN = "Our own sheet"
KINDS = ("note", "comment", "text box", "picture", "chart", "embedded file", "header or footer")
SHEETS = ("Cover", "Guide", "Practices", "Check", "Lists", "Issues", OWN)
# Rows by which a sheet of ours is known.
KEPT = {"Practices": range(1, 5), "Cover": range(1, 30), "Issues": range(1, 2)}
PLACES = st.tuples(st.sampled_from(SHEETS), st.integers(1, 45), st.integers(1, 30))
TYPED = st.lists(
    st.tuples(PLACES, st.booleans()), min_size=1, max_size=12, unique_by=lambda p: p[0]
)
BESIDE = st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(SHEETS)), max_size=4)


@cache
def returned() -> Book:
    """A correction copy of a return: it has every kind of sheet that we make."""
    form = form_bytes(request("practices", INVITED[0], practice_rows(3)))
    marks = [Issue("list-value", "error", "Choose.", "a.xlsx", sheet="Practices", cell="D6")]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(copy_of(form, "a.xlsx", marks))
        read = read_book(path)
    assert isinstance(read, Book)
    return replace(read, grids={**read.grids, OWN: Grid(OWN, ())})


def typed_into(grid: Grid, cells: Mapping[tuple[int, int], str]) -> Grid:
    rows: list[list[Value]] = [list(row) for row in grid.rows]
    for (row, column), text in cells.items():
        rows += [[] for _ in range(row - len(rows))]
        rows[row - 1] += [None] * (column - len(rows[row - 1]))
        rows[row - 1][column - 1] = text
    return replace(grid, rows=rows)


def filled(book: Book) -> int:
    cells = (value for grid in book.grids.values() for row in grid.rows for value in row)
    return sum(value is not None for value in cells)


def told(item: Return, sheet: str, cell: str, words: str) -> list[Issue]:
    """The issues that name a cell, by its place or its words; an own sheet is named whole."""
    return [
        issue
        for issue in item.issues
        if issue.sheet == sheet
        and (
            sheet == OWN
            or cell == issue.cell
            or {cell, f"{sheet}!{cell}"} & set(issue.also)
            or words in issue.message
        )
    ]


@settings(
    max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(typed=TYPED, beside=BESIDE)
def test_all_that_is_typed_anywhere_is_read_or_named(
    typed: list[tuple[tuple[str, int, int], bool]], beside: list[tuple[str, str]]
) -> None:
    book = returned()
    words: dict[str, dict[tuple[int, int], str]] = {}
    for at, ((sheet, row, column), is_added) in enumerate(typed):
        if row not in KEPT.get(sheet, ()):
            was = book.grids[sheet].value(row, column) if is_added else None
            text = f"{was or ''} said by us {at}".strip()
            words.setdefault(sheet, {})[row, column] = text
    grids = {name: typed_into(grid, words.get(name, {})) for name, grid in book.grids.items()}
    asides = [Aside(kind, sheet, "", f"aside {at}") for at, (kind, sheet) in enumerate(beside)]
    given_ = replace(book, grids=grids, asides=(*book.asides, *asides))

    item = READER.read(given_)

    cells = dict(item.account.cells)
    assert cells.pop("found") == filled(given_) == sum(cells.values())
    read = {
        str(value) for table in item.tables.values() for v in table.columns.values() for value in v
    }
    for sheet, found in words.items():
        for (row, column), text in found.items():
            cell = f"{column_letter(column)}{row}"
            assert text in read or told(item, sheet, cell, text), (sheet, cell, item.account)
    for aside in asides:
        said = [issue for issue in item.issues if issue.found == aside.words]
        assert len(said) == 1, aside
    assert not (READ in cells and item.account.holds_nothing)


def test_a_copy_that_comes_back_as_it_went_has_nothing_to_tell() -> None:
    book = returned()

    item = READER.read(replace(book, grids={n: g for n, g in book.grids.items() if n != OWN}))

    assert [issue.code for issue in item.issues] == []


def test_a_form_without_its_imprint_tells_what_cannot_be_its_own(tmp_path: Path) -> None:
    form = load_workbook(io.BytesIO(form_bytes(request("practices", INVITED[0], {}))))
    lists = form["Lists"]
    lists.delete_cols(lists.max_column)
    form["Guide"]["A3"] = "By the summer, please"
    form["Guide"]["E9"], form["Check"]["G4"], lists["A99"] = "why?", "who?", "where?"
    form.save(tmp_path / "old.xlsx")

    read = read_book(tmp_path / "old.xlsx")
    assert isinstance(read, Book)
    item = READER.read(read)

    assert {issue.found for issue in item.issues} == {"why?", "who?", "where?"}
