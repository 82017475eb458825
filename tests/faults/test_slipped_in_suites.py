"""Structure that slipped, and words outside the tables, in files of several office suites."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import pytest
from faults.page import FIRST, HEADING, Page
from faults.run import check
from faults.slipped import sort_with_headings
from faults.suites import GOOGLE, LIBRE, SDK, SHEETJS, WPS, Suite, rewritten
from faults.valid import INVITED, SMALL, request
from openpyxl import Workbook, load_workbook

from wps_xl.sheets.forms.writer import form_bytes

Change = Callable[[Workbook], object]
Told = tuple[str, str, str | None]
"""A code, a sheet and a cell."""
SHEETS = {"progress": "Measures", "plan": "Resources", "practices": "Practices"}


def renamed(sheet: str, name: str) -> Change:
    def change(book: Workbook) -> None:
        book[sheet].title = name

    return change


def sorted_away(sheet: str) -> Change:
    return lambda book: sort_with_headings(True)(Page.of(book, sheet), FIRST, Random(0))


def says(sheet: str, cell: str, words: str) -> Change:
    def change(book: Workbook) -> None:
        book[sheet][cell] = words

    return change


def both(*changes: Change) -> Change:
    return lambda book: [change(book) for change in changes]


CASES: Mapping[str, Mapping[str, tuple[Suite, Change, set[Told]]]] = {
    "sorted with the headings": {
        form: (suite, sorted_away(sheet), {("headings-among-rows", sheet, f"A{HEADING + 1}")})
        for (form, sheet), suite in zip(SHEETS.items(), (GOOGLE, SHEETJS, WPS), strict=True)
    },
    "names of sheets with other spaces": {
        "progress": (WPS, renamed("Measures", "Measures\u00a0"), set()),
        "plan": (GOOGLE, both(renamed("Results", " Results"), renamed("Cover", "Cover ")), set()),
        "practices": (SDK, renamed("Practices", "Practices "), set()),
    },
    "Cover called otherwise": {
        form: (suite, renamed("Cover", name), {("renamed-cover", name, "A1")})
        for form, suite, name in (
            ("progress", LIBRE, "Page de garde"),
            ("plan", SHEETJS, "Copy of Cover"),
            ("practices", WPS, "封面"),
        )
    },
    "remarks above and beside tables and on the Cover": {
        "progress": (
            GOOGLE,
            both(says("Measures", "H1", "In thousands"), says("Cover", "D9", "and Nairobi")),
            {("remark", "Measures", "H1"), ("remark", "Cover", "D9")},
        ),
        "plan": (
            LIBRE,
            both(says("Resources", "J6", "ask Mary"), says("Cover", "D6", "Draft plan")),
            {("beside-table", "Resources", "J6"), ("remark", "Cover", "D6")},
        ),
        "practices": (
            SHEETJS,
            both(says("Practices", "E2", "Cases of 2006"), says("Cover", "A31", "Not cleared")),
            {("remark", "Practices", "E2"), ("remark", "Cover", "A31")},
        ),
    },
}


@pytest.mark.parametrize("case", CASES)
def test_each_is_told_at_its_place_and_nothing_else(case: str, tmp_path: Path) -> None:
    paths, expected = [], set()
    for at, (form, (suite, change, told)) in enumerate(CASES[case].items()):
        book = load_workbook(io.BytesIO(form_bytes(request(form, INVITED[at], SMALL[form]))))
        change(book)
        path = tmp_path / f"{form}.xlsx"
        path.write_bytes(rewritten(book, suite))
        paths.append(path)
        expected |= {(path.name, *one) for one in told}

    assert {(i.book, i.code, i.sheet, i.cell) for i in check(paths)} == expected
