"""Sheets drawn as text: what a test says a return holds, and what is told about it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from wps_xl.codebook import load
from wps_xl.forms.definitions import VERSION, forms
from wps_xl.intake.cover import locked_values
from wps_xl.intake.returns import Return, ReturnReader
from wps_xl.intake.validation import Intake, examine
from wps_xl.model import Book, Grid, Issue, Value

CODEBOOK = load()
CYCLE = CODEBOOK.cycle(next(iter(CODEBOOK["cycles"])))
FORMS = forms(CODEBOOK)
ENTITY, OTHER = list(CODEBOOK.invited(CYCLE.code))[:2]
SAVED = dt.datetime.combine(CYCLE.review[1], dt.time(12))
Rows = list[list[Value]]


def rows(drawing: str) -> Rows:
    """The cells of a drawing: a line a row, cells between bars; numbers and dates are values."""
    lines = [line.strip() for line in drawing.strip().splitlines()]
    return [[_value(cell) for cell in line.strip("|").split("|")] for line in lines]


def _value(text: str) -> Value:
    """What a person would have typed; in double quotes the text as it stands between them."""
    text = text.strip()
    if text.startswith('"'):
        return text.strip('"').encode().decode("unicode_escape")
    for read in (int, float, dt.datetime.fromisoformat):
        try:
            return read(text)
        except ValueError:
            continue
    return text or None


def grid(name: str, drawing: str, **about: object) -> Grid:
    """A sheet whose first row, row 1, holds column codes or headings."""
    return Grid(name, rows(drawing), **about)  # type: ignore[arg-type]


def cover(entity: str = ENTITY, form: str = "progress", **changes: Value) -> Grid:
    """A Cover that says everything it must: value in B, code in C."""
    lines: dict[str, Value] = {
        "form": form,
        "form_version": VERSION,
        "entity": entity,
        **locked_values(CYCLE),
        "focal_point": "Focal point",
        "email": "somebody@example.org",
        "head": "Head of entity",
        "completed": SAVED.replace(hour=0),
        "signed_off": "No",
        "signed_off_date": None,
        **changes,
    }
    return Grid("Cover", [["", value, code] for code, value in lines.items()])


def book(*grids: Grid, name: str = "return.xlsx", saved: dt.datetime = SAVED) -> Book:
    return Book(Path(name), {one.name: one for one in grids}, saved)


def returned(*grids: Grid, form: str = "progress", name: str = "return.xlsx") -> Return:
    """A return of these sheets, with a Cover."""
    about = [one for one in grids if one.name == "Cover"] or [cover(form=form)]
    sheets = [one for one in grids if one.name != "Cover"]
    return ReturnReader(CODEBOOK, CYCLE).read(book(*about, *sheets, name=name))


def checked(*returns: Return) -> Intake:
    return examine(returns, [], CODEBOOK, CYCLE)


def said(found: Intake | Return, *sheets: str) -> list[Issue]:
    """What is said about cells of these sheets; missing columns are left aside."""
    return [
        issue
        for issue in found.issues
        if issue.sheet in sheets and not issue.code.endswith(("column", "-sheet"))
    ]


def told(found: Intake | Return, *sheets: str) -> list[tuple[str, str | None]]:
    """Code and cell of what is said about these sheets; missing ones are left aside."""
    return [(issue.code, issue.cell) for issue in said(found, *sheets)]
