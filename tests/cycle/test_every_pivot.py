"""Every PivotTable of the review workbook is what pandas counts from its table, in every cell."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pytest
from lxml import etree
from office import Office, pivots, put, refresh
from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook
from sheets.pivot_lint import lint
from sheets.pivot_reader import body_of
from sheets.test_pivot_figures import expected_figures, without_case
from validators import LAYERS, assert_valid
from workbooks import run, table

from wps_xl.sheets.pivots.layout import Measure, Pivot

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LABELLED = "US dollars"
MARK = "Illustrative data"


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration with action plans."""
    folder = tmp_path_factory.mktemp("planned") / "out"
    result = run("demo", folder, "--plan")
    assert result.exit_code == 0, result.output
    return folder


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
        Measure(fields[int(d.get("fld"))], d.get("name"), d.get("subtotal") or "sum")
        for d in tree.iter(f"{MAIN}dataField")
    )
    pages = {fields[int(p.get("fld"))]: None for p in tree.iter(f"{MAIN}pageField")}
    name = str(tree.get("name"))
    return Pivot(name, name, axis("rowFields"), values, axis("colFields"), pages)


def with_pages(pivot: Pivot, seen: Mapping[str, Any]) -> Pivot:
    pages = {name: None if item == "- all -" else item for name, item in seen["pages"].items()}
    return Pivot(pivot.name, "", pivot.rows, pivot.values, pivot.columns, pages)


def box(seen: Mapping[str, Any]) -> tuple[str, int, int, int, int]:
    """Sheet, first row and column, last row and column of the source."""
    sheet, ref = str(seen["source"]).rsplit("!", 1)
    first, last = ref.split(":")
    return sheet.strip("'"), *coordinate_to_tuple(first), *coordinate_to_tuple(last)


def frames(path: Path, seen: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    """The source of each pivot as calamine reads it, by its address."""
    book = CalamineWorkbook.from_path(str(path))
    found = {}
    for source in {pivot["source"]: pivot for pivot in seen}.values():
        sheet, top, left, bottom, right = box(source)
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        cells = [row[left - 1 : right] for row in rows[top - 1 : bottom]]
        lines = [[None if value == "" else value for value in row] for row in cells[1:]]
        found[source["source"]] = pd.DataFrame(lines, columns=cells[0], dtype=object)
    return found


def changes(found: Mapping[str, pd.DataFrame]) -> dict[str, tuple[int, str, str | int | None]]:
    """One change in each table: place of the row, column, value."""
    made: dict[str, tuple[int, str, str | int | None]] = {}
    for source, frame in found.items():
        if LABELLED in frame:
            made[source] = (1, LABELLED, 1_000_000)
        elif "Answer" in frame:
            made[source] = (1, "Answer", "No" if frame["Answer"].iloc[1] == "Yes" else "Yes")
        else:
            made[source] = (1, "No.", None)
    return made


def test_every_pivot_equals_pandas_before_and_after_a_refresh_and_a_change(
    planned: Path, office: Office
) -> None:
    path = planned / "review.xlsx"
    known = shapes(path)
    (first,) = office.ask(path, pivots(), seconds=180)
    sources = frames(path, first)
    made = changes(sources)
    steps, changed = [], {}
    for source, (row, column, value) in made.items():
        sheet, top, left, _, _ = box({"source": source})
        frame = sources[source].copy()
        frame.loc[row, column] = value
        changed[source] = frame
        letter = get_column_letter(left + list(frame.columns).index(column))
        steps.append(put(sheet, f"{letter}{top + 1 + row}", value))

    *_, after, late = (
        found
        for found in office.ask(path, refresh(), pivots(), *steps, refresh(), pivots(), seconds=300)
        if isinstance(found, list) and found and "cells" in found[0]
    )

    assert {pivot["name"] for pivot in first} == set(known)
    for seen, counted_from in ((first, sources), (after, sources), (late, changed)):
        for found in seen:
            pivot = with_pages(known[found["name"]], found)
            figures = without_case(body_of(pivot, found).figures())
            expected = without_case(expected_figures(counted_from[found["source"]], pivot))
            assert figures == pytest.approx(expected), pivot.name


def test_validators_and_linter_find_nothing_in_the_demonstration_with_plans(planned: Path) -> None:
    assert list(lint(planned / "review.xlsx")) == []
    assert_valid(planned / "review.xlsx", only=LAYERS)


def test_money_of_the_plans_is_that_of_pandas_to_the_cent(planned: Path) -> None:
    resources = table(planned / "review.xlsx", "Resources")
    wanted = {
        "Core": resources["Core (US dollars)"].sum(),
        "Extrabudgetary": resources["Extrabudgetary (US dollars)"].sum(),
    }
    money = pd.read_excel(
        planned / "review.xlsx", sheet_name="Money", header=None, engine="calamine"
    )

    headings = money.index[money[0] == "Thematic area"][0]
    total = money[money[0] == "All"].iloc[0]
    for heading, figure in wanted.items():
        at = list(money.loc[headings]).index(heading)
        assert round(float(total[at]), 2) == round(float(figure), 2)


def header_of(sheet: Worksheet) -> str:
    header = sheet.oddHeader
    return str(header.left.text) if header else ""


def test_the_mark_stands_on_every_visible_sheet(planned: Path) -> None:
    book = load_workbook(planned / "review.xlsx")
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]

    marked = [sheet.title for sheet in visible if MARK in header_of(sheet)]

    assert marked == [sheet.title for sheet in visible]
    assert MARK in str(book["Start"]["A1"].value)
    assert MARK in str(book["Money"]["A1"].value)
