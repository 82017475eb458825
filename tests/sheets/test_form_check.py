"""The sheet Check: what it counts, that it agrees with the checks, and that it works by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from libreoffice import Office, cells, put, recalculate
from sheets.form_examples import (
    CODEBOOK,
    CYCLE,
    DONE,
    FORMS,
    blank,
    check_lines,
    filled,
    opened,
    verdict,
)

from wps_xl.forms.schemas import schema
from wps_xl.forms.words import words
from wps_xl.intake.catalogue import catalogue
from wps_xl.intake.checks import failures
from wps_xl.rules.conditions import Rows
from wps_xl.sheets.forms.faults import faults
from wps_xl.sheets.forms.writer import Prefill, Request, write_form

BEFORE, AFTER = (
    dt.datetime.combine(CYCLE.review[0] - dt.timedelta(9), dt.time()),
    dt.datetime.combine(CYCLE.review[1], dt.time()),
)

Line = Mapping[str, object]
FAULTY: Mapping[str, Sequence[Line]] = {
    "Progress": [
        {**DONE, "area": "prevension", "activity": "Short", "role": "joint"},
        {**DONE, "start": AFTER, "end": BEFORE, "level": "national"},
        {"activity": "Something was done, and by whom is not said."},
    ],
    "Measures": [
        {"measure_id": "M-1", "activity_id": "A-1", "measure": "Staff", "percent": 140.0},
        {"measure_id": "m-1", "activity_id": "A-9", "measure": "Staff", "value": 5.0},
        {"measure_id": "M-3", "activity_id": "A-1", "measure": "Staff"},
        {
            "measure_id": "M-4",
            "activity_id": "A-1",
            "measure": "Staff",
            "numerator": 5.0,
            "denominator": 3.0,
            "women": -1.0,
            "amount_usd": 10.0,
        },
    ],
    "Overview": [
        {"area": "A", "focus": "x" * 601},
        {"area": "B", "challenge": "Too few staff."},
    ],
    "Checklist": [{"question": next(iter(CODEBOOK["questions"])), "answer": "yes"}],
}


def counted(request: Request, sheet: str, code: str, *headings: str) -> float:
    """What the line of Check about a fault counts."""
    text = words("faults")[code].format(headings="; ".join(headings))
    return check_lines(request)[sheet, text]


def test_a_complete_form_is_ready_to_send() -> None:
    assert verdict(filled()) == "Ready to send"


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_form_is_not_ready(form: str) -> None:
    assert verdict(blank(form)).startswith("Not ready: ")


def test_one_thing_is_not_called_things() -> None:
    request = filled({"Progress": [{**DONE, "role": None}]})

    assert verdict(request) == "Not ready: 1 thing to complete"


def test_the_check_counts_what_is_missing_column_by_column() -> None:
    request = filled({"Progress": [DONE, {"activity": "Trained the staff of a mission."}]})

    assert counted(request, "Progress", "required", "No.") == 1
    assert counted(request, "Progress", "required", "Area of action") == 1
    assert counted(request, "Progress", "required", "What was done") == 0
    assert verdict(request) == "Not ready: 3 things to complete"


def test_questions_without_an_answer_are_counted() -> None:
    answered = list(CODEBOOK["questions"])[:5]
    rows = {"Checklist": [{"question": code, "answer": "no"} for code in answered]}

    found = check_lines(blank(rows=rows))

    text = words("faults")["unanswered"]
    assert found["Checklist", text] == len(CODEBOOK["questions"]) - 5


def test_an_initiative_without_result_is_counted() -> None:
    rows = {
        "Initiatives": [{"initiative_id": "I-1"}, {"initiative_id": "I-2"}],
        "Results": [{"result_id": "R-1", "initiative_id": "i-1"}],
    }

    found = check_lines(blank("plan", rows=rows))

    assert found["Initiatives", "Rows without a row in sheet Results"] == 1


def test_a_result_of_the_plan_in_force_needs_an_update() -> None:
    prefill = Prefill(results=[{"result_id": "R-1"}, {"result_id": "R-2"}])
    request = replace(
        filled({"Updates": [{"result_id": "R-1", "rating": "on track"}]}), prefill=prefill
    )

    assert counted(request, "Updates", "one-of-required", "Latest value; Rating; Note") == 1


def test_what_is_only_a_warning_does_not_hold_the_form_up() -> None:
    request = filled({"Progress": [{**DONE, "start": BEFORE}]})

    assert counted(request, "Progress", "outside-period", "Start date", "End date") == 1
    assert verdict(request) == "Ready to send"


def frame(rows: Sequence[Line], sheet: str) -> pd.DataFrame:
    """The rows as the checks see them, after reading: codes for labels, typed columns."""
    data: dict[str, Any] = {}
    for code, column in FORMS["progress"].sheets[sheet].columns.items():
        values = [row.get(code) for row in rows]
        if column.list_name and not column.many:
            codes = CODEBOOK[column.list_name]
            values = [codes.find(str(v)) or v if v is not None else None for v in values]
        kind = {"number": "float64", "date": "datetime64[us]"}.get(column.type, "str")
        data[code] = pd.Series(values, dtype=kind)
    return pd.DataFrame({**data, "return": 0, "entity": "X"})


@pytest.mark.parametrize("sheet", FAULTY)
def test_the_form_finds_the_same_faults_as_the_check_of_the_return(sheet: str) -> None:
    about = FORMS["progress"].sheets[sheet]
    rows = FAULTY[sheet]
    looked_for = faults(about, CODEBOOK, CYCLE)
    in_form = {fault.code for fault in looked_for}

    found = {
        (fault.code, fault.columns[0], at)
        for fault in looked_for
        for at, row in enumerate(rows)
        if fault.condition.holds(row, Rows(FAULTY))
    }

    checks = schema(about, CODEBOOK, CYCLE, {name: frame(FAULTY[name], name) for name in FAULTY})
    failed = failures(frame(rows, sheet), checks)
    checked = {(one.code, one.column, one.position) for one in failed if one.code in in_form}
    # Words that no list has are told when cells are read, unanswered questions on arrival.
    assert {item for item in found if item[0] not in ("list-value", "unanswered")} == checked
    assert checked


def test_every_fault_has_a_line_and_those_of_the_checks_have_their_severity() -> None:
    sheets = [sheet for form in FORMS.values() for sheet in (*form.sheets.values(), form.cover)]
    codes = {fault.code for sheet in sheets for fault in faults(sheet, CODEBOOK, CYCLE)}

    assert codes <= set(words("faults"))
    assert codes - set(catalogue()) <= {"unanswered"}


@pytest.mark.parametrize("form", FORMS)
def test_check_uses_only_functions_that_every_program_knows(form: str) -> None:
    book = opened(blank(form))
    texts = [str(cell.value) for row in book["Check"].iter_rows() for cell in row]
    texts += [str(name.attr_text) for name in book.defined_names.values()]

    assert not any(new in text for text in texts for new in ("LET(", "XLOOKUP", "FILTER(", "_xl"))
    assert all(len(text) < 8000 for text in texts)


@pytest.mark.parametrize(
    "request_",
    [blank("plan"), filled(FAULTY)],
    ids=["blank plan", "faulty"],
)
def test_the_stored_results_are_what_libreoffice_computes(
    request_: Request, office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "form.xlsx"
    write_form(request_, path)

    stored, _, computed = office.ask(
        path, cells("Check", "A1:E90"), recalculate(), cells("Check", "A1:E90")
    )

    assert [row for row in stored if any(row)][3:]
    assert computed == stored
    assert stored[3][0] == verdict(request_)


def test_check_follows_what_is_typed(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    request = filled({"Progress": [{**DONE, "role": "Joint", "start": AFTER, "end": BEFORE}]})
    write_form(request, path)
    verdict_ = cells("Check", "A4:A4")

    before, _, _, _, ready, _, _, below, _, _, _, error = office.ask(
        path,
        verdict_,
        *(put("Progress", "F5", "World Food Programme"), put("Progress", "L5", None)),
        *(recalculate(), verdict_),
        *(put("Progress", "D400", "A lone text."), recalculate(), verdict_),
        *(put("Progress", "D400", None), put("Progress", "D5", "=1/0"), recalculate(), verdict_),
    )

    assert before == [["Not ready: 2 things to complete"]]
    # The gaps were filled; a row far below the table is checked too; no cell may show an error.
    assert ready == [["Ready to send"]]
    assert below == [["Not ready: 3 things to complete"]]
    assert error == [["Not ready: 1 thing to complete"]]


def test_no_text_of_a_form_shows_a_slot_that_nothing_filled() -> None:
    texts = [
        str(cell.value)
        for sheet in opened(blank()).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and not cell.value.startswith("=")
    ]

    assert [text for text in texts if "{area}" in text] == []
