"""Reads sheet Cycle: label in A, value in B, code in C; each value checked where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from wps_xl.codebook import Codebook
from wps_xl.codebook.checks import BLANK, MISSING
from wps_xl.codebook.loader import SPECS, ListSpec
from wps_xl.codebook.schemas import row_faults
from wps_xl.intake.cover import show
from wps_xl.model import Grid, Value
from wps_xl.review.layout import SheetPlan


def read_settings(grid: Grid) -> dict[str, Value]:
    """The values by code; lines of the office's own are kept as they are."""
    return {code: grid.value(number, 2) for number, code in _codes(grid)}


def setting_faults(grid: Grid, plan: SheetPlan, codebook: Codebook) -> Iterator[str]:
    """A sentence for each line that cannot be what it is for, with its cell."""
    labels = {line["code"]: line["label"] for line in plan.lines}
    lines = [(number, code) for number, code in _codes(grid) if code in labels]
    for fault in row_faults([{"code": code} for _, code in lines], ListSpec(("code",)), {}):
        number, code = lines[fault.row]
        first = next(row for row, other in lines if other.casefold() == code.casefold())
        yield f"Sheet {plan.name}, cell C{number}: {code} stands already in C{first}. Remove one."
    spec, places = _spec(plan), {code: f"B{number}" for number, code in lines}
    row = {code: show(grid.value(number, 2)).strip() for number, code in lines}
    row = {code: "" for code in spec.columns if code not in spec.given} | row
    for fault in row_faults([row], spec, codebook.lists):
        code = fault.columns[0]
        if fault.columns in spec.periods:
            cells = " and ".join(places[one] for one in fault.columns)
            yield f"Sheet {plan.name}, cells {cells}: {fault.says}"
            continue
        says = f"“{fault.value}” {fault.says}"
        if code in spec.refers and fault.value:
            choices = ", ".join(codebook[spec.refers[code]])
            says = f"“{fault.value}” is not one of {choices}. Choose one of them."
        if fault.says in (BLANK, MISSING):
            says = f"nothing stands there. Write it into column B, beside {code} in column C."
        place = f", cell {places[code]}" if code in places else ""
        yield f"Sheet {plan.name}{place} ({labels[code]}): {says}"


def _spec(plan: SheetPlan) -> ListSpec:
    """What the sheet must look like as one row: the list of cycles, and the lines that it lacks."""
    cycles = SPECS["cycles"]
    matches = {line["code"]: line["matches"] for line in plan.lines if "matches" in line}
    for line in plan.lines:
        if "one_of" in line:
            # Excel makes a number of such a text unless an apostrophe stands before it.
            typed = " or ".join(f"'{text}" for text in line["one_of"])
            error = f"is not a known style. Type {typed}, with the apostrophe."
            matches[line["code"]] = {"|".join(map(re.escape, line["one_of"])): error}
    return replace(
        cycles,
        columns=tuple(line["code"] for line in plan.lines),
        given=(*cycles.key, *cycles.given),
        refers={line["code"]: line["list"] for line in plan.lines if "list" in line},
        days=tuple(line["code"] for line in plan.lines if line.get("type") == "date"),
        matches={**cycles.matches, **matches},
    )


def _codes(grid: Grid) -> Iterator[tuple[int, str]]:
    for number in range(1, len(grid.rows) + 1):
        code = grid.value(number, 3)
        if isinstance(code, str) and code.strip():
            yield number, code.strip()
