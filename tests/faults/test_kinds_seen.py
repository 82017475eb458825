"""Kinds of faults of real returns, in the files of every office suite; clean twins are silent."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from faults.kinds_seen import KINDS
from faults.page import FIRST, Page
from faults.putting import Box, Result
from faults.run import check
from faults.suites import SUITES, More, Suite, rewritten
from faults.test_suites import OF_NUMBERS
from faults.valid import INVITED, plan_rows, practice_rows, progress_rows, request
from openpyxl import Workbook, load_workbook

from wps_xl.sheets.forms.writer import form_bytes

ROWS = {"progress": progress_rows(48), "plan": plan_rows(26), "practices": practice_rows(22)}
Place = tuple[str, str, str]
"""A code, a sheet and a cell."""


@cache
def clean(form: str) -> bytes:
    return form_bytes(request(form, INVITED[0], ROWS[form]))


@cache
def spoilt(form: str, lacks: frozenset[str]) -> tuple[Workbook, More, frozenset[Place]]:
    """A return with every instance of a form, but those of which a suite keeps nothing."""
    book = load_workbook(io.BytesIO(clean(form)))
    free: Counter[str] = Counter()
    results: dict[tuple[str, str], str] = {}
    boxes: dict[str, list[tuple[str, str]]] = {}
    places = set()
    for seen in KINDS:
        if seen.form != form or seen.needs in lacks:
            continue
        page = Page.of(book, seen.sheet)
        free[seen.sheet] += seen.rows
        row = FIRST + 1 + free[seen.sheet]
        more = seen.put(page, row, seen.column)
        cell = page.at(row, seen.column)
        if isinstance(more, Result):
            page.put(row, seen.column, f"={more.formula}")
            results[seen.sheet, cell] = more.result
        if isinstance(more, Box):
            boxes.setdefault(seen.sheet, []).append((cell, more.words))
        places.add((seen.code, seen.sheet, cell))
    return book, More(results, boxes), frozenset(places)


def told(path: Path) -> set[Place]:
    """Every issue at every cell that it is about."""
    found = set()
    for issue in check([path]):
        places = [f"{issue.sheet}!{issue.cell}", *issue.also]
        if issue.code in ("struck-out", "sum-of-rows"):
            places = places[:1]
        for place in places:
            sheet, _, cell = place.replace("'", "").partition("!")
            found.add((issue.code, sheet.removesuffix(" - Table 1"), cell))
    return found


def of_the_suite(suite: Suite) -> set[Place]:
    own = {(code, sheet, str(cell)) for _, code, sheet, cell in OF_NUMBERS}
    return own if suite.tables else set()


def pairs(clean: bool) -> list[object]:
    """Suites and forms: each form in four suites with faults, and without any in the two others."""
    return [
        pytest.param(suite, form, id=f"{suite.name} {form}")
        for at, form in enumerate(sorted(ROWS))
        for suite in SUITES
        if (suite in SUITES[2 * at : 2 * at + 2]) == clean
    ]


@pytest.mark.parametrize(("suite", "form"), pairs(clean=False))
def test_every_instance_of_every_kind_is_told_at_its_cell(
    suite: Suite, form: str, tmp_path: Path
) -> None:
    lacks = frozenset(what for what in ("fonts", "boxes") if not suite.knows(what))
    book, more, expected = spoilt(form, lacks)
    path = tmp_path / "return.xlsx"
    path.write_bytes(rewritten(book, suite, more))

    assert told(path) == expected | of_the_suite(suite)


@pytest.mark.parametrize(("suite", "form"), pairs(clean=True))
def test_nothing_is_told_of_a_clean_return(suite: Suite, form: str, tmp_path: Path) -> None:
    path = tmp_path / "return.xlsx"
    path.write_bytes(rewritten(load_workbook(io.BytesIO(clean(form))), suite))

    assert told(path) == of_the_suite(suite)


def test_each_kind_has_three_instances() -> None:
    counted: Mapping[str, int] = Counter(seen.kind for seen in KINDS)

    assert {kind: count for kind, count in counted.items() if count < 3} == {}


def test_each_kind_is_put_into_two_forms_or_sheets() -> None:
    sheets: dict[str, set[tuple[str, str]]] = {}
    for seen in KINDS:
        sheets.setdefault(seen.kind, set()).add((seen.form, seen.sheet))

    assert {kind for kind, found in sheets.items() if len(found) < 2} <= {"sums of neighbours"}
