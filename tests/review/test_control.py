"""Nothing vanishes: rows found are rows accepted and rows held back, for every return."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from analysis.review_examples import CODEBOOK, CYCLE
from hypothesis import given, settings
from hypothesis import strategies as st

from wps_xl.forms.definitions import data_sheets
from wps_xl.intake.counted import gather
from wps_xl.intake.open import read_books
from wps_xl.intake.returns import ReturnReader
from wps_xl.intake.validation import Intake, examine
from wps_xl.model import Book, Grid, Value
from wps_xl.sample import load_sample
from wps_xl.sample.plan import load_plan
from wps_xl.sheets.forms.writer import write_form

FIRST_ROW = 5
NASTY: tuple[Value, ...] = (
    *(None, "", " ", "prevension", "~50", "1.234,5", "03/04/2007", "A-1", "lead", "Total"),
    *(-1, 0, 3.7, 10**12, "#REF!", "A; B; Z", "n/a", "x" * 500),
)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> list[Book]:
    """Returns of six entities, plans and a later return among them, as they are read."""
    folder: Path = tmp_path_factory.mktemp("control")
    sample = load_sample(CODEBOOK)
    plan = load_plan(CODEBOOK, sample)
    requests = [*sample.requests[:4], *plan.plans[:2], *plan.updates[:1]]
    paths = [folder / f"{at}.xlsx" for at in range(len(requests))]
    for request, path in zip(requests, paths, strict=True):
        write_form(request, path)
    return [book for book in read_books(paths) if isinstance(book, Book)]


def examined(books: Sequence[Book]) -> Intake:
    cycle = CODEBOOK.cycle(CYCLE)
    reader = ReturnReader(CODEBOOK, cycle)
    return examine([reader.read(book) for book in books], [], CODEBOOK, cycle)


def assert_controlled(intake: Intake) -> None:
    """Found = accepted + held back in sum and for every return, and no row is both."""
    gathered = gather(intake)
    accepted = Counter(book for rows in gathered.rows.values() for book in rows["book"])
    held = Counter(row.book for row in gathered.held_back)
    found = Counter[str]()
    for item in intake.returns:
        found[item.book] += sum(len(table.numbers) for table in item.tables.values())
    assert {b: n for b, n in found.items() if n} == dict(accepted + held)
    assert gathered.found == gathered.accepted + len(gathered.held_back) == found.total()
    kept = {
        (book, sheet, row)
        for rows in gathered.rows.values()
        for book, sheet, row in zip(rows["book"], rows["sheet"], rows["row"], strict=True)
    }
    assert len(kept) == gathered.accepted
    assert not kept & {(row.book, row.sheet, row.row) for row in gathered.held_back}


def damaged(
    books: Sequence[Book], faults: Sequence[tuple[float, float, float, Value]]
) -> list[Book]:
    """The books with cells overwritten; each fault says where, by shares of what there is."""
    found = [dict(book.grids) for book in books]
    names = {sheet.name for sheet in data_sheets(CODEBOOK)}
    places = [
        (at, name)
        for at, grids in enumerate(found)
        for name, grid in grids.items()
        if name in names and len(grid.rows) >= FIRST_ROW
    ]
    for sheet, row, column, value in faults:
        at, name = places[int(sheet * len(places))]
        found[at][name] = overwritten(found[at][name], row, column, value)
    return [replace(book, grids=grids) for book, grids in zip(books, found, strict=True)]


def overwritten(grid: Grid, row: float, column: float, value: Value) -> Grid:
    at = FIRST_ROW - 1 + int(row * (len(grid.rows) - FIRST_ROW + 1))
    cells = list(grid.rows[at]) or [None]
    cells[int(column * len(cells))] = value
    rows = [*grid.rows[:at], cells, *grid.rows[at + 1 :]]
    return replace(grid, rows=rows)


def test_sound_returns_lose_nothing(books: list[Book]) -> None:
    intake = examined(books)

    assert_controlled(intake)
    assert {row.reason for row in gather(intake).held_back} == {"superseded"}


def test_a_thousand_faults_lose_nothing(books: list[Book]) -> None:
    chance = random.Random(1000)
    faults = [
        (chance.random(), chance.random(), chance.random(), chance.choice(NASTY))
        for _ in range(1000)
    ]

    intake = examined(damaged(books, faults))

    assert_controlled(intake)
    assert intake.count("error") > 100


SHARE = st.floats(0, 1, exclude_max=True)
FAULT = st.tuples(SHARE, SHARE, SHARE, st.sampled_from(NASTY))


@settings(max_examples=15, deadline=None)
@given(faults=st.lists(FAULT, max_size=40), kept=st.sets(st.integers(0, 6), min_size=1))
def test_no_faults_and_no_set_of_returns_lose_a_row(
    books: list[Book], faults: list[tuple[float, float, float, Value]], kept: set[int]
) -> None:
    chosen = [book for at, book in enumerate(books) if at in kept]

    assert_controlled(examined(damaged(chosen, faults)))
