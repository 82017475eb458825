"""Formulas of forms give what the rules in Python say, by Excel's rules and in LibreOffice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from libreoffice import Office, cells, recalculate
from openpyxl.utils import get_column_letter
from sheets.form_states import (
    ADDRESSES,
    COMPLETE,
    ODD,
    Mark,
    State,
    complete,
    faulty,
    formats,
    untouched,
)
from sheets.formula_values import Cells

from wps_xl.forms.words import words
from wps_xl.rules.conditions import number_of
from wps_xl.sheets.forms.check import CheckLine
from wps_xl.sheets.forms.names import CHECK, FIRST_ROW

Make = Callable[[str], State]
STATES = (untouched, complete, faulty)


def every(states: Sequence[Make]) -> pytest.MarkDecorator:
    """A test for each of these states of each form."""
    cases = [
        pytest.param(make, form, id=f"{make.__name__} {form}")
        for make in states
        for form in COMPLETE
    ]
    return pytest.mark.parametrize(("make", "form"), cases)


# Faults that the validation of a cell stops at.
STOPPED = {"below-minimum", "above-maximum", "part-over-whole", "dates-order", "before-first-date"}
_PROOF = 60


@cache
def state_of(make: Make, form: str) -> State:
    return make(form)


@cache
def cells_of(make: Make, form: str) -> Cells:
    return Cells(state_of(make, form).book)


def counts(state: State) -> Iterator[tuple[str, str, CheckLine]]:
    """The formulas of Check: address, formula, and the line that says what it should give."""
    for row, line in state.check:
        for letter in "CDE":
            cell = state.book[CHECK][f"{letter}{row}"]
            if line is not None and cell.data_type == "f":
                yield cell.coordinate, str(cell.value)[1:], line


def limits(state: State) -> Iterator[tuple[str, int, str, str, float, bool]]:
    """Sheet, row, limits and value of each number under a validation; whether it is accepted."""
    for mark in state.marks():
        code = mark.fault.columns[0]
        filled = state.rows.sheets[mark.sheet][mark.row - FIRST_ROW :][:1]
        value = number_of(filled[0].get(code)) if filled else None
        if value is None or mark.fault.code not in STOPPED or value == 0:
            continue
        letters = next(at.letters for at in state.layouts if at.sheet.name == mark.sheet)
        found = state.book[mark.sheet].data_validations.dataValidation
        cell = f"{letters[code]}{FIRST_ROW}"
        low, high = next((v.formula1, v.formula2) for v in found if cell in v.sqref)
        yield mark.sheet, mark.row, str(low), str(high), value, mark.expected


@every(STATES)
def test_excel_marks_and_counts_what_python_does(make: Make, form: str) -> None:
    state, known = state_of(make, form), cells_of(make, form)

    marked = [
        (mark, bool(known.value(mark.formula, mark.sheet, mark.row))) for mark in state.marks()
    ]
    for address, formula, _ in counts(state):
        known.results[CHECK, address] = known.value(formula, CHECK)
    verdict = str(known.value(str(state.book[CHECK]["A4"].value)[1:], CHECK))
    ready = [known.value(formula, CHECK, 8) for formula in formats(state.book, CHECK)[:2]]

    assert [seen(mark, got) for mark, got in marked if got is not mark.expected] == []
    lines = {address: line.result for address, _, line in counts(state)}
    assert {address: known.results[CHECK, address] for address in lines} == lines
    assert (verdict == words("check")["ready"]) is (make is complete)
    assert ready == [make is complete, make is not complete]


def seen(mark: Mark, got: object) -> str:
    return f"{mark.sheet} {mark.row} {mark.fault.code} {mark.fault.columns}: {got}, {mark.formula}"


@pytest.mark.parametrize("form", COMPLETE)
def test_nothing_is_marked_in_a_complete_form(form: str) -> None:
    state = state_of(complete, form)

    assert [seen(mark, True) for mark in state.marks() if mark.expected] == []


@pytest.mark.parametrize("form", COMPLETE)
def test_a_cell_stops_at_the_numbers_that_are_marked(form: str) -> None:
    state, known = state_of(faulty, form), cells_of(faulty, form)

    for sheet, row, low, high, value, is_marked in limits(state):
        ends = [float(str(known.value(end, sheet, row))) for end in (low, high)]
        if is_marked:
            assert not ends[0] <= value <= ends[1], (sheet, row, low, high, value)


def test_odd_values_on_the_cover_are_marked_as_python_says() -> None:
    state = untouched("progress")

    for value in (*ODD, *ADDRESSES):
        line = state.fill_cover(value)
        known = Cells(state.book)
        for mark in state.cover_marks(line):
            assert bool(known.value(mark.formula, mark.sheet)) is mark.expected, (value, mark)


def proof(state: State, path: Path) -> dict[tuple[str, str], Mark]:
    """Write the conditional formats of each row into the cells far right of it, and the form."""
    places: dict[tuple[str, str], Mark] = {}
    for mark in state.marks():
        sheet = state.book[mark.sheet]
        taken = [address for name, address in places if name == mark.sheet]
        at = _PROOF + sum(1 for address in taken if address.endswith(f"_{mark.row}"))
        places[mark.sheet, f"{at}_{mark.row}"] = mark
        formula = re.sub(rf"(\$[A-Z]+){FIRST_ROW}\b", rf"\g<1>{mark.row}", mark.formula)
        sheet.cell(mark.row, at).value = f"={formula}"
    state.book.save(path)
    return places


# The rows of a form as it is sent out stand in the faulty one too.
@every((complete, faulty))
def test_libreoffice_marks_and_counts_what_python_does(
    make: Make, form: str, office: Office, tmp_path: Path
) -> None:
    state = state_of(make, form)
    places = proof(state, tmp_path / "form.xlsx")
    last = get_column_letter(_PROOF + 60)
    sheets = [layout.sheet.name for layout in state.layouts]

    blocks = [cells(name, f"A1:{last}{FIRST_ROW + 60}") for name in sheets]
    _, check, *found = office.ask(
        tmp_path / "form.xlsx", recalculate(), cells(CHECK, "A1:E90"), *blocks
    )

    shown = dict(zip(sheets, found, strict=True))
    for (sheet, place), mark in places.items():
        at, row = map(int, place.split("_"))
        got = shown[sheet][row - 1][at - 1]
        assert got == mark.expected, seen(mark, got)
    for address, _, line in counts(state):
        assert check[int(address[1:]) - 1]["ABCDE".index(address[0])] == line.result, address
    assert (check[3][0] == words("check")["ready"]) is (make is complete)
