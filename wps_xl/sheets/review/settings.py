"""Reads sheet Cycle: label in A, value in B, code in C; each value checked where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from wps_xl.codebook import Codebook
from wps_xl.errors import InputError
from wps_xl.intake.cover import show
from wps_xl.model import Grid, Value
from wps_xl.review.layout import SheetPlan

NEEDED = (
    *("cycle", "name", "review_from", "review_to", "plan", "plan_from", "plan_to"),
    "practices_from",
)
PERIODS = (("review_from", "review_to"), ("plan_from", "plan_to"))


def read_settings(grid: Grid, plan: SheetPlan, codebook: Codebook) -> dict[str, Value]:
    """The values by code; lines of the office's own are kept as they are.

    Raises
    ------
    InputError
        With the cell, where a value cannot be what its line is for.
    """
    lines = {line["code"]: line for line in plan.lines}
    places = {code: number for number, code in _codes(grid)}
    settings = {code: grid.value(number, 2) for code, number in places.items()}
    for code, value in settings.items():
        if code in lines and value is not None:
            expected = _expected(value, lines[code], codebook)
            if expected:
                place = f"Sheet {plan.name}, cell B{places[code]} ({lines[code]['label']})"
                raise InputError(f"{place}: “{show(value)}” is not {expected}.")
    for code in NEEDED:
        if settings.get(code) is None:
            place = f", cell B{places[code]}" if code in places else ""
            raise InputError(
                f"Sheet {plan.name}{place} ({lines[code]['label']}): nothing stands there. Write "
                f"it into column B, beside {code} in column C."
            )
    for first, last in PERIODS:
        begin, end = _day(settings.get(first)), _day(settings.get(last))
        if begin and end and end < begin:
            place = f"Sheet {plan.name}, cells B{places[first]} and B{places[last]}"
            raise InputError(f"{place}: the period ends before it begins. Correct the dates.")
    return settings


def _codes(grid: Grid) -> Iterator[tuple[int, str]]:
    for number in range(1, len(grid.rows) + 1):
        code = grid.value(number, 3)
        if isinstance(code, str) and code.strip():
            yield number, code.strip()


def _expected(value: Value, line: Mapping[str, Any], codebook: Codebook) -> str:
    """What should stand there instead, blank where the value is right."""
    if line.get("type") == "date":
        return "" if _day(value) else "a date. Write it as year-month-day"
    if line.get("type") == "number":
        good = isinstance(value, int | float) and not isinstance(value, bool)
        return "" if good else "a number. Write digits only"
    if "list" in line:
        codes = list(codebook[line["list"]])
        return "" if value in codes else f"one of {', '.join(codes)}. Choose one of them"
    if "one_of" in line:
        texts = line["one_of"]
        # Excel makes a number of such a text unless an apostrophe stands before it.
        typed = " or ".join(f"'{text}" for text in texts)
        return "" if value in texts else f"a known style. Type {typed}, with the apostrophe"
    return ""


def _day(value: Value) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
