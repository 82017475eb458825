"""The sheets of the forms that data sheets gather, and codes as they are shown."""

from __future__ import annotations

from wps_xl.codebook import Codebook, CodeList
from wps_xl.forms.definitions import FormSheet, data_sheets
from wps_xl.model import Value
from wps_xl.records import text

NOT_ASSIGNED = "Not assigned"


def sheet_of(codebook: Codebook, name: str) -> FormSheet:
    """The sheet of the forms that a data sheet gathers."""
    return next(sheet for sheet in data_sheets(codebook) if sheet.name == name)


def shown(codes: CodeList, value: Value) -> str:
    """The label of a code; what no list knows is not assigned rather than lost."""
    code = text(value)
    return codes.label(code) if code in codes else NOT_ASSIGNED


def labels(codes: CodeList) -> list[str]:
    """The labels of a list in its order, and the place for what is not assigned."""
    return [*(codes.label(code) for code in codes), NOT_ASSIGNED]
