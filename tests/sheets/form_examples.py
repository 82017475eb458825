"""Forms for tests: blank ones, filled ones, and a made-up cycle by thematic areas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from python_calamine import CalamineWorkbook

from wps_xl.codebook import Codebook, Cycle, load
from wps_xl.forms.definitions import Form, forms
from wps_xl.sheets.forms.writer import Request, form_bytes

CODEBOOK: Codebook = load()
CYCLE: Cycle = CODEBOOK.cycle(CODEBOOK.tables["cycles"][0]["cycle"])
FORMS: Mapping[str, Form] = forms(CODEBOOK)
ENTITY = next(iter(CODEBOOK.invited(CYCLE.code)))
WRITTEN = dt.datetime(2030, 5, 4, 12, 30)
DAY = dt.date(2030, 5, 1)

MADE_UP = replace(
    CYCLE,
    code="TRIAL",
    name="A made-up cycle",
    review=(dt.date(2031, 1, 1), dt.date(2031, 12, 31)),
    plan_period=(dt.date(2032, 1, 1), dt.date(2033, 12, 31)),
    classification="themes",
    due={"progress": dt.date(2032, 2, 1)},
)

COVER = {
    "focal_point": "Focal point",
    "email": "somebody@example.org",
    "head": "Head of entity",
    "completed": DAY,
    "signed_off": "Yes",
    "signed_off_date": DAY,
}
DONE = {
    "activity_id": "A-1",
    "area": "Peacekeeping operations",
    "activity": "Trained the staff of two missions.",
    "role": "Lead",
    "start": CYCLE.review[0],
    "end": CYCLE.review[1],
}


def blank(form: str = "progress", cycle: Cycle = CYCLE, **changes: Any) -> Request:
    """A request for a form; ``changes`` are further fields of it."""
    if cycle is CYCLE and not changes:
        return _BLANK[form]
    return Request(FORMS[form], ENTITY, cycle, CODEBOOK, written=WRITTEN, **changes)


_BLANK = {
    code: Request(form, ENTITY, CYCLE, CODEBOOK, written=WRITTEN) for code, form in FORMS.items()
}
_WRITTEN: dict[int, tuple[Request, bytes]] = {}
"""Each request is held with its file, so that none of a later one takes its place."""


def filled(rows: Mapping[str, Sequence[Mapping[str, object]]] | None = None) -> Request:
    """A progress form that is ready to be sent, but for what ``rows`` put into its sheets."""
    answers = [{"question": code, "answer": "no"} for code in CODEBOOK["questions"]]
    return blank(cover=COVER, rows={"Progress": [DONE], "Checklist": answers, **(rows or {})})


def opened(request: Request) -> Workbook:
    """The form as openpyxl reads it, with its formulas; not to be changed."""
    known = [code for code, other in _BLANK.items() if request is other]
    return _opened_blank(known[0]) if known else load_workbook(BytesIO(content_of(request)))


@cache
def _opened_blank(form: str) -> Workbook:
    return load_workbook(BytesIO(content_of(_BLANK[form])))


def content_of(request: Request) -> bytes:
    """The file of a form, written once for all that read a request."""
    known = _WRITTEN.get(id(request))
    if known is None or known[0] is not request:
        known = _WRITTEN[id(request)] = (request, form_bytes(request))
    return known[1]


def read(request: Request, sheet: str) -> list[list[Any]]:
    """The rows of one sheet as calamine reads them, from A1; blank cells are ''."""
    book = CalamineWorkbook.from_filelike(BytesIO(content_of(request)))
    rows: list[list[Any]] = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return rows


def records(request: Request, sheet: str) -> list[dict[str, Any]]:
    """The filled cells of each row of data, by column code."""
    rows = read(request, sheet)
    codes = rows[2]
    found = [
        {code: value for code, value in zip(codes, row, strict=False) if value != ""}
        for row in rows[4:]
    ]
    return [row for row in found if row]


def check_lines(request: Request) -> dict[tuple[str, str], float]:
    """What Check counts, by sheet and text, as stored in the file."""
    found: dict[tuple[str, str], float] = {}
    sheet = ""
    for name, text, _, errors, warnings in (row[:5] for row in read(request, "Check")[7:]):
        sheet = name or sheet
        if errors != "" or warnings != "":
            found[sheet, text] = errors if errors != "" else warnings
    return found


def verdict(request: Request) -> str:
    """What Check says on top."""
    return str(read(request, "Check")[3][0])
