"""The figures of PivotTables: as pandas counts them, as LibreOffice counts them."""

from __future__ import annotations

import datetime as dt
from itertools import product
from pathlib import Path
from random import Random
from typing import Literal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from libreoffice import Office, pivots, put, refresh
from sheets.pivot_examples import AREAS, book_with
from sheets.pivot_lint import lint
from sheets.pivot_reader import Key, as_text, body_in, body_of
from validators import assert_valid

from wps_xl.office.excel.pivots.tables import Pivot, PivotSource, PivotValue, add_pivot

Function = Literal["sum", "count", "mean", "min", "max"]
FUNCTIONS: dict[str, Function] = {
    "sum": "sum",
    "count": "count",
    "average": "mean",
    "min": "min",
    "max": "max",
}
AXES = ("Entity", "Area", "Strategy", "Year", "Start")


def expected_figures(frame: pd.DataFrame, pivot: Pivot) -> dict[Key, float]:
    """What pandas.pivot_table counts, for every level of totals."""
    shown = as_shown(frame)
    for name, item in pivot.pages.items():
        shown = shown[shown[name] == item] if item is not None else shown
    found = {}
    for measure, i, j in product(
        pivot.values, range(len(pivot.rows) + 1), range(len(pivot.columns) + 1)
    ):
        if not is_shown(pivot, i, j):
            continue
        by = [*pivot.rows[:i], *pivot.columns[:j]]
        table = counted(shown.assign(__value=frame[measure.column]), by, measure.function)
        for labels, figure in table.items():
            texts = tuple(map(as_text, labels))
            found[texts[:i], texts[i:], measure.caption] = figure
    return found


def is_shown(pivot: Pivot, i: int, j: int) -> bool:
    """Grand totals may be off; columns without fields have no total of their own."""
    return pivot.grand_totals or (i > 0 and (j > 0 or not pivot.columns))


def as_shown(frame: pd.DataFrame) -> pd.DataFrame:
    """Blank items as Excel calls them, and texts in their first spelling."""
    shown = frame.copy()
    for name in set(AXES) & set(shown.columns):
        first: dict[object, object] = {}
        values = [None if pd.isna(value) else value for value in shown[name]]
        keys = [value.casefold() if isinstance(value, str) else value for value in values]
        for key, value in zip(keys, values, strict=True):
            first.setdefault(key, "(blank)" if value is None else value)
        shown[name] = pd.Series([first[key] for key in keys], dtype=object, index=shown.index)
    return shown


def counted(frame: pd.DataFrame, by: list[str], function: str) -> dict[tuple[object, ...], float]:
    """pandas' figure for each group that has values."""
    frame = frame[frame["__value"].notna()]
    if frame.empty:
        return {}
    if function != "count":
        frame = frame.assign(__value=pd.to_numeric(frame["__value"]))
    if not by:
        return {(): float(frame["__value"].agg(FUNCTIONS[function]))}
    table = pd.pivot_table(frame, index=by, values="__value", aggfunc=FUNCTIONS[function])
    return {
        label if isinstance(label, tuple) else (label,): float(figure)
        for label, figure in table["__value"].items()
    }


texts = st.sampled_from(["a1", "A1", "b2", "c3", "É4", None])
ROWS = st.fixed_dictionaries(
    {
        "No.": st.sampled_from(["n1", "n2", None]),
        "Entity": texts,
        "Area": st.sampled_from(AREAS),
        "Strategy": texts,
        "Year": st.sampled_from([2005, 2006, None]),
        "Start": st.sampled_from([dt.datetime(2007, 1, 1), dt.datetime(2007, 6, 30), None]),
        "US dollars": st.none() | st.integers(-1000, 1000),
        "Share": st.none() | st.floats(-1, 1, allow_nan=False),
    }
)
MEASURES = (
    PivotValue("No.", "Rows", "count"),
    PivotValue("US dollars", "Sum"),
    PivotValue("US dollars", "Average", "average", 4),
    PivotValue("Share", "Least", "min", 4),
    PivotValue("Share", "Most", "max", 4),
    PivotValue("Entity", "Entities", "count"),
)


@st.composite
def tables_and_pivots(draw: st.DrawFn) -> tuple[pd.DataFrame, Pivot]:
    """Any table, with any pivot that it has rows for."""
    frame = pd.DataFrame(draw(st.lists(ROWS, min_size=1, max_size=25)), dtype=object)
    names = draw(st.permutations(AXES))
    rows, columns = draw(st.integers(1, 3)), draw(st.integers(0, 2))
    page = names[-1] if rows + columns < len(names) and draw(st.booleans()) else None
    items = [value for value in as_shown(frame)[page] if value != "(blank)"] if page else []
    item = draw(st.none() | st.sampled_from(items)) if items else None
    return frame, Pivot(
        name="pvtAny",
        title=draw(st.sampled_from(["", "Any title"])),
        rows=tuple(names[:rows]),
        columns=tuple(names[rows : rows + columns]),
        values=tuple(draw(st.permutations(MEASURES))[: draw(st.integers(1, 3))]),
        pages={page: item} if page else {},
        layout=draw(st.sampled_from(["tabular", "compact"])),
        grand_totals=draw(st.booleans()),
    )


@settings(max_examples=60, deadline=None)
@given(tables_and_pivots())
def test_every_cell_of_any_pivot_is_what_pandas_counts(case: tuple[pd.DataFrame, Pivot]) -> None:
    frame, pivot = case
    _, sheet = book_with(frame)

    placed = add_pivot(sheet, PivotSource(frame, "tblData", AXES), pivot, "B3")

    assert body_in(sheet, pivot, placed).figures() == pytest.approx(expected_figures(frame, pivot))


SHAPES = (
    Pivot("pvt1", "One field", ("Entity",), (MEASURES[0],)),
    Pivot("pvt2", "Cross table", ("Entity",), (MEASURES[1],), ("Area",)),
    Pivot("pvt3", "Two values", ("Area", "Entity"), MEASURES[:2]),
    Pivot("pvt4", "All of it", ("Area", "Strategy", "Entity"), MEASURES[1:3], ("Year",)),
    Pivot("pvt5", "Two across", ("Entity",), (MEASURES[1],), ("Year", "Area")),
    Pivot("pvt6", "Filtered", ("Entity",), (MEASURES[1],), ("Strategy",), {"Area": "Protection"}),
    Pivot("pvt7", "Compact", ("Area", "Entity"), (MEASURES[1],), ("Year",), layout="compact"),
    Pivot("pvt8", "No totals", ("Entity", "Area"), (MEASURES[3],), ("Year",), grand_totals=False),
    Pivot("pvt9", "Unfiltered", ("Entity",), MEASURES[:1], pages={"Area": None, "Strategy": None}),
)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, pd.DataFrame]:
    """A workbook with a pivot of every shape, each on a sheet of its own, and its table."""
    random = Random(1325)
    rows = [
        {
            "No.": f"n{number}",
            "Entity": random.choice(["UNDP", "undp", "WHO", "ILO", None]),
            "Area": random.choice(AREAS),
            "Strategy": random.choice(["Advocacy", "Mediation", None]),
            "Year": random.choice([2005, 2006, 2007]),
            "Start": dt.datetime(2007, 1, 1),
            "US dollars": random.choice([None, random.randrange(1000)]),
            "Share": random.random(),
        }
        for number in range(80)
    ]
    frame = pd.DataFrame(rows, dtype=object)
    book, _ = book_with(frame)
    source = PivotSource(frame, "tblData", AXES, {"Area": (*AREAS, "Normative")})
    for pivot in SHAPES:
        add_pivot(book.create_sheet(pivot.name), source, pivot, "A1")
    path = tmp_path_factory.mktemp("pivots") / "many.xlsx"
    book.save(path)
    return path, frame


def without_case(figures: dict[Key, float]) -> dict[Key, float]:
    """The figures under labels in small letters: LibreOffice shows any of several spellings."""
    return {
        (tuple(map(str.casefold, rows)), tuple(map(str.casefold, columns)), caption): figure
        for (rows, columns, caption), figure in figures.items()
    }


def test_libreoffice_finds_every_pivot_as_we_meant_it(
    office: Office, many: tuple[Path, pd.DataFrame]
) -> None:
    path, _ = many

    seen = {found["name"]: found for found in office.ask(path, pivots())[0]}

    assert [(name, seen[name]["sheet"]) for name in seen] == [(p.name, p.name) for p in SHAPES]
    for pivot in SHAPES:
        found = seen[pivot.name]
        assert found["source"] == "Data!A1:H81"
        assert (set(found["rows"]), set(found["columns"])) == (set(pivot.rows), set(pivot.columns))
        assert {name: item or "- all -" for name, item in pivot.pages.items()} == found["pages"]
        assert [value[0] for value in found["values"]] == [value.caption for value in pivot.values]


def test_libreoffice_counts_the_same_before_and_after_a_refresh_and_a_change(
    office: Office, many: tuple[Path, pd.DataFrame]
) -> None:
    path, frame = many
    changed = frame.copy()
    changed.loc[4, "US dollars"] = 1_000_000

    before, _, after, _, _, late = office.ask(
        path, pivots(), refresh(), pivots(), put("Data", "G6", 1_000_000), refresh(), pivots()
    )

    for pivot, now, refreshed, at_last in zip(SHAPES, before, after, late, strict=True):
        for seen, counted_from in ((now, frame), (refreshed, frame), (at_last, changed)):
            figures = without_case(body_of(pivot, seen).figures())
            expected = without_case(expected_figures(counted_from, pivot))
            assert figures == pytest.approx(expected), pivot.title


def test_validators_and_the_linter_find_nothing(many: tuple[Path, pd.DataFrame]) -> None:
    path, _ = many

    assert lint(path) == []
    assert_valid(path)
