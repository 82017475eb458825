"""What helps while cells are filled in: input messages, drop-downs, validations and marks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

import pandera.pandas as pa
from openpyxl.formatting.rule import Rule
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.forms.definitions import Column, FormSheet
from wps_xl.forms.words import words
from wps_xl.model.text import shortened
from wps_xl.office.excel.text import LONGEST_PROMPT, LONGEST_PROMPT_TITLE, safe_text
from wps_xl.rules import expressions as ex
from wps_xl.rules.conditions import Bound, spelled
from wps_xl.rules.expressions import Flag
from wps_xl.rules.kind import At
from wps_xl.rules.registry import rules_of
from wps_xl.sheets.forms.faults import Fault, faults
from wps_xl.sheets.forms.lists import drop_down
from wps_xl.sheets.forms.names import Layout
from wps_xl.sheets.forms.request import Request
from wps_xl.sheets.styles import MARKS

CellOf = Callable[[str], str]
# What a cell takes where no rule narrows it, and the least step above a bound.
_FIRST_DAY, _LAST_DAY = "DATE(1945,1,1)", "DATE(2099,12,31)"
_LOWEST, _HIGHEST, _HAIR = "-1E+15", "1E+15", "1E-9"


def add_validations(sheet: Worksheet, request: Request, layout: Layout) -> None:
    """Give each column its input message, and its drop-down or its limits."""
    about = request.schemas[layout.sheet.name]
    for column in layout.columns:
        check = validation(column, layout.sheet, request, layout.cell)
        add_message(check, about.columns[column.code])
        if check.prompt or check.type:
            check.add(layout.data(column.code).replace("$", ""))
            sheet.add_data_validation(check)


def add_message(check: DataValidation, about: pa.Column) -> None:
    """Say in the input message what the schema says of the column, as far as Excel has room."""
    title = shortened(safe_text(str(about.title)), LONGEST_PROMPT_TITLE)
    text = safe_text(about.description or "")
    if text:
        check.promptTitle, check.prompt = title, shortened(text, LONGEST_PROMPT)
        check.showInputMessage = True
    if check.showErrorMessage:
        needed = words("data").get(f"stop_{check.type}", "")
        check.errorTitle, check.error = title, shortened(f"{needed} {text}".strip(), LONGEST_PROMPT)


def validation(column: Column, sheet: FormSheet, request: Request, place: CellOf) -> DataValidation:
    """The drop-down of a column, or what stops a number or date that cannot be right.

    Lists do not stop: a cell may hold several codes, and codes are as right as labels. Too long a
    text is asked about, so that nothing typed is lost.
    """
    if column.type in ("number", "date"):
        first, last = _limits(column, sheet, request, place)
        return _between("date" if column.type == "date" else "decimal", first, last, "stop")
    offered = drop_down(column, sheet, request, place)
    if offered:
        return DataValidation(type="list", formula1=offered, allow_blank=True)
    ends = {sign: bound.formula for sign, bound in _stops(column, sheet, request)}
    if ends:
        return _between("textLength", ends.get("<", "0"), ends[">"], "warning")
    return DataValidation(allow_blank=True)


def _stops(column: Column, sheet: FormSheet, request: Request) -> list[tuple[str, Bound]]:
    """The bounds of a column, each with the sign by which a value is wrong to it."""
    at = partial(At, column, sheet, request.codebook, request.cycle, {})
    return [stop for kind, here in rules_of(column, at) for stop in kind.stops(here).items()]


def _between(
    kind: Literal["decimal", "date", "textLength"],
    first: str,
    last: str,
    style: Literal["stop", "warning"],
) -> DataValidation:
    return DataValidation(
        type=kind,
        operator="between",
        formula1=first,
        formula2=last,
        errorStyle=style,
        showErrorMessage=True,
        allow_blank=True,
    )


def _limits(column: Column, sheet: FormSheet, request: Request, place: CellOf) -> tuple[str, str]:
    """The least and the greatest value of a number or date, as formulas.

    A period that may be exceeded for a reason (the rule is a warning) stops nobody.
    """
    is_date = column.type == "date"
    low = [_FIRST_DAY if is_date else _LOWEST]
    high = [_LAST_DAY if is_date else _HIGHEST]
    for sign, limit in _stops(column, sheet, request):
        formula = place(limit.column) if limit.column else limit.formula
        if sign in ("<", "<="):
            low.append(f"{formula}+{_HAIR}" if sign == "<=" else formula)
        else:
            # MIN takes a blank cell for nought.
            high.append(f"IF(ISNUMBER({formula}),{formula},{high[0]})" if limit.column else formula)
    return _one(low, "MAX"), _one(high, "MIN")


def _one(formulas: list[str], function: str) -> str:
    """The formula that bounds; the widest one, which stands first, only where no other does."""
    narrow = formulas[1:]
    if not narrow:
        return formulas[0]
    if len(narrow) == 1 and "$" not in narrow[0]:
        return narrow[0]
    return f"{function}({','.join(formulas)})"


def add_marks(sheet: Worksheet, request: Request, layout: Layout) -> None:
    """Mark what is missing, cannot be right or is unusual, by conditional formats."""
    for fault in faults(layout.sheet, request.codebook, request.cycle):
        formula = spelled(fault.condition.formula, layout.cell, layout.data)
        if fault.is_missing:
            scope = layout.prepared_here() if fault.prepared else layout.begun_here()
            formula = ex.every(scope, formula)
        cells = " ".join(layout.data(code).replace("$", "") for code in fault.columns)
        add_mark(sheet, cells, fault, formula)


def add_mark(sheet: Worksheet, cells: str, fault: Fault, formula: Flag) -> None:
    """Mark the cells in which the formula gives 1 as the fault's mark looks.

    Not every program goes through the rows of a column in a conditional format of its own accord.
    """
    holds = ex.compared(ex.total(formula), ">", ex.ZERO)
    sheet.conditional_formatting.add(
        cells, Rule(type="expression", dxf=MARKS[fault.mark], formula=[holds])
    )
