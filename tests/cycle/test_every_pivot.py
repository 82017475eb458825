"""Every PivotTable of the review workbook is what pandas counts from its table, in every cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pytest
from demonstrations import once, with_plans
from libreoffice import Office, pivots, put, refresh, save_copy
from lxml import etree
from office.excel.test_pivot_figures import expected_figures, without_case
from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook
from sheets.pivot_lint import lint
from sheets.pivot_reader import body_of
from validators import LAYERS, assert_valid
from workbooks import code_list, table

from wps_xl.office.excel.pivots.layout import Pivot, PivotValue

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LABELLED = "US dollars"
MARK = "Illustrative data"
THEMES = {
    "PREV": "Prevention",
    "PART": "Participation",
    "PROT": "Protection",
    "RR": "Relief and recovery",
    "NORM": "Normative",
}
Pivots = list[dict[str, Any]]
Frames = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Seen:
    """What LibreOffice finds in the workbook, after a count anew and after changes, and its PDF."""

    first: Pivots
    after: Pivots
    late: Pivots
    changed: Frames
    pdf: bytes


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The review workbook of a few entities with action plans; do not write into it."""
    return once(tmp_path_factory, "with plans", with_plans) / "review.xlsx"


@pytest.fixture(scope="module")
def book(planned: Path) -> Workbook:
    return load_workbook(planned)


@pytest.fixture(scope="module")
def sources(planned: Path, book: Workbook) -> Frames:
    """The tables that pivots count, as calamine reads them, by their address."""
    places = [
        f"{sheet.title}!{table.ref}"
        for sheet in book.worksheets
        for table in sheet.tables.values()
        if table.displayName.startswith("Pivot")
    ]
    return frames(planned, places)


@pytest.fixture(scope="module")
def seen(
    planned: Path, sources: Frames, office: Office, tmp_path_factory: pytest.TempPathFactory
) -> Seen:
    """One visit of LibreOffice."""
    pdf = tmp_path_factory.mktemp("pdf") / "review.pdf"
    steps, changed = [], {}
    for source, (row, column, value) in changes(sources).items():
        sheet, top, left, _, _ = box(source)
        frame = sources[source].copy()
        frame.loc[row, column] = value
        changed[source] = frame
        letter = get_column_letter(left + list(frame.columns).index(column))
        steps.append(put(sheet, f"{letter}{top + 1 + row}", value))
    counted = (refresh(), pivots())
    visit = (pivots(), save_copy(pdf, "pdf", "1-15"), *counted, *steps, *counted)
    found = [
        answer
        for step, answer in zip(visit, office.ask(planned, *visit, seconds=300), strict=True)
        if step["do"] == "pivots"
    ]
    first, after, late = found
    return Seen(first, after, late, changed, pdf.read_bytes())


def shapes(path: Path) -> dict[str, Pivot]:
    """Every PivotTable as the file defines it, by name; page items as LibreOffice says later."""
    found = {}
    with ZipFile(path) as archive:
        names = [n for n in archive.namelist() if n.startswith("xl/pivotTables/pivotTable")]
        for name in names:
            rels = archive.read(f"xl/pivotTables/_rels/{name.rsplit('/', 1)[1]}.rels")
            (relation,) = etree.fromstring(rels)
            cache = f"xl/pivotCache/{relation.get('Target').rsplit('/', 1)[1]}"
            fields = [
                f.get("name")
                for f in etree.fromstring(archive.read(cache)).iter(f"{MAIN}cacheField")
            ]
            tree = etree.fromstring(archive.read(name))
            found[tree.get("name")] = shape(tree, fields)
    return found


def shape(tree: etree._Element, fields: list[str]) -> Pivot:
    def axis(kind: str) -> tuple[str, ...]:
        places = [int(f.get("x")) for f in tree.findall(f"{MAIN}{kind}/{MAIN}field")]
        return tuple(fields[at] for at in places if at >= 0)

    values = tuple(
        PivotValue(fields[int(d.get("fld"))], d.get("name"), d.get("subtotal") or "sum")
        for d in tree.iter(f"{MAIN}dataField")
    )
    pages = {fields[int(p.get("fld"))]: None for p in tree.iter(f"{MAIN}pageField")}
    name = str(tree.get("name"))
    return Pivot(name, name, axis("rowFields"), values, axis("colFields"), pages)


def with_pages(pivot: Pivot, seen: Mapping[str, Any]) -> Pivot:
    pages = {name: None if item == "- all -" else item for name, item in seen["pages"].items()}
    return Pivot(pivot.name, "", pivot.rows, pivot.values, pivot.columns, pages)


def box(source: str) -> tuple[str, int, int, int, int]:
    """Sheet, first row and column, last row and column of an address."""
    sheet, ref = source.rsplit("!", 1)
    first, last = ref.split(":")
    return sheet.strip("'"), *coordinate_to_tuple(first), *coordinate_to_tuple(last)


def frames(path: Path, sources: list[str]) -> dict[str, pd.DataFrame]:
    """The ranges as calamine reads them, by their addresses."""
    book = CalamineWorkbook.from_path(str(path))
    found = {}
    for source in sources:
        sheet, top, left, bottom, right = box(source)
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        cells = [row[left - 1 : right] for row in rows[top - 1 : bottom]]
        lines = [[None if value == "" else value for value in row] for row in cells[1:]]
        found[source] = pd.DataFrame(lines, columns=cells[0], dtype=object)
    return found


def changes(found: Mapping[str, pd.DataFrame]) -> dict[str, tuple[int, str, str | int | None]]:
    """One change in each table: place of the row, column, value."""
    made: dict[str, tuple[int, str, str | int | None]] = {}
    for source, frame in found.items():
        if LABELLED in frame:
            made[source] = (len(frame) - 1, LABELLED, 1_000_000)
        elif "Answer" in frame:
            made[source] = (1, "Answer", "No" if frame["Answer"].iloc[1] == "Yes" else "Yes")
        else:
            made[source] = (1, "No.", None)
    return made


def test_every_pivot_equals_pandas_before_and_after_a_refresh_and_a_change(
    planned: Path, sources: Frames, seen: Seen
) -> None:
    known = shapes(planned)

    rounds = ((seen.first, sources), (seen.after, sources), (seen.late, seen.changed))

    assert {pivot["name"] for pivot in seen.first} == set(known)
    assert {pivot["source"] for pivot in seen.first} <= set(sources)
    for pivots_seen, counted_from in rounds:
        for found in pivots_seen:
            pivot = with_pages(known[found["name"]], found)
            figures = without_case(body_of(pivot, found).figures())
            expected = without_case(expected_figures(counted_from[found["source"]], pivot))
            assert figures == pytest.approx(expected), pivot.name


def test_validators_and_linter_find_nothing_in_a_workbook_with_plans(planned: Path) -> None:
    assert list(lint(planned)) == []
    assert_valid(planned, only=LAYERS)


def test_pages_of_the_review_workbook_become_pdf(seen: Seen) -> None:
    assert seen.pdf.startswith(b"%PDF-")
    assert len(seen.pdf) > 50_000


def test_activities_are_counted_once_by_theme_and_by_area(planned: Path, seen: Seen) -> None:
    # The theme that the crosswalk gives an activity, computed here anew.
    crosswalk = code_list(planned, "crosswalk")
    main = {row["area"]: str(row["theme"]) for row in crosswalk if row["main"] == "yes"}
    progress = table(planned, "Progress")
    themes = progress["Area of action"].map(main).map(THEMES)

    shown = {pivot["name"]: pivot for pivot in seen.after}

    by_theme = {f"{theme} activities": rows for theme, rows in progress.groupby(themes)}
    assert {name for name in shown if name.endswith(" activities")} == set(by_theme)
    for name, rows in by_theme.items():
        assert shown[name]["sheet"] == name.removesuffix(" activities")
        assert (shown[name]["rows"], shown[name]["columns"]) == (["Entity"], ["Main strategy"])
        assert_totals(shown[name], rows)
    assert shown["Activities by area"]["columns"] == ["Area"]
    assert_totals(shown["Activities by area"], progress)


def assert_totals(pivot: Mapping[str, Any], rows: pd.DataFrame) -> None:
    """The pivot counts these rows: all of them, and those of each entity."""
    wanted = {str(name): size for name, size in rows.groupby("Entity").size().items()}
    numbers = {row[0]: [v for v in row if isinstance(v, int | float)] for row in pivot["cells"]}

    assert [numbers[pivot["cells"][-1][0]][-1]] == [len(rows)]
    assert {name: numbers[name][-1] for name in numbers if name in wanted} == wanted


def test_money_is_that_of_pandas_to_the_cent(planned: Path, seen: Seen) -> None:
    measures, resources = table(planned, "Measures"), table(planned, "Resources")
    wanted = {
        "Core": resources["Core (US dollars)"].sum(),
        "Extrabudgetary": resources["Extrabudgetary (US dollars)"].sum(),
    }
    money = pd.read_excel(planned, sheet_name="Money", header=None, engine="calamine")

    headings = money.index[money[0] == "Thematic area"][0]
    total = money[money[0] == "All"].iloc[0]
    for heading, figure in wanted.items():
        at = list(money.loc[headings]).index(heading)
        assert round(float(total[at]), 2) == round(float(figure), 2)
    amounts = next(p for p in seen.after if p["name"] == "Amounts by entity")
    assert amounts["cells"][-1][-1] == measures["Amount (US dollars)"].sum() > 0


def header_of(sheet: Worksheet) -> str:
    header = sheet.oddHeader
    return str(header.left.text) if header else ""


def test_the_mark_stands_on_every_visible_sheet(book: Workbook) -> None:
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]

    marked = [sheet.title for sheet in visible if MARK in header_of(sheet)]

    assert marked == [sheet.title for sheet in visible]
    assert MARK in str(book["Start"]["A1"].value)
    assert MARK in str(book["Money"]["A1"].value)
