"""What the office decided: kept over every consolidation, found again by the number of a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence

import pandas as pd

from wps_xl.analysis.layout import ENTITY, office_fields, row_id_headings
from wps_xl.analysis.review import Review
from wps_xl.forms.definitions import FormSheet, data_sheets
from wps_xl.model import Value

Key = tuple[str, str, str, str]
"""Sheet, entity, row id, office's column."""
ROW_GONE = "row not in this workbook"
IN_USE = "in use"


def row_id(sheet: FormSheet, row: Mapping[str, Value]) -> str:
    """What numbers a row within its entity: its No., or the columns that do instead."""
    parts = [row.get(heading) for heading in row_id_headings(sheet)]
    return " / ".join(_text(part) for part in parts if part is not None)


def current(review: Review) -> dict[Key, Value]:
    """Every decision of the office: cells of the data sheets, and the register for rows not there.

    For a row that stands in a data sheet the cell is the truth, so that clearing it undoes the
    decision.
    """
    present: set[tuple[str, str, str]] = set()
    cells: dict[Key, Value] = {}
    for sheet in data_sheets(review.codebook):
        for _, row in review.records(sheet.name):
            name = (sheet.name, _text(row[ENTITY]), row_id(sheet, row))
            present.add(name)
            for field in office_fields(sheet.name):
                if row.get(field.heading) is not None:
                    cells[(*name, field.heading)] = row[field.heading]
    registered = {key: value for key, value in _registered(review) if key[:3] not in present}
    return {**registered, **cells}


def _registered(review: Review) -> Iterator[tuple[Key, Value]]:
    for _, row in review.records("Decisions"):
        key = (row["Sheet"], row["Entity"], row["Row id"], row["Column"])
        texts = tuple(_text(part) for part in key)
        # Answers to issues stand in the same register; see answers.
        if all(texts) and not row["Issue"]:
            yield (texts[0], texts[1], texts[2], texts[3]), row["Decision"]


def apply(sheet: FormSheet, rows: pd.DataFrame, decisions: Mapping[Key, Value]) -> pd.DataFrame:
    """The rows of one data sheet with the office's columns filled from its decisions."""
    wanted = {key for key in decisions if key[0] == sheet.name}
    if not wanted or rows.empty:
        return rows
    filled = rows.copy()
    for number, row in zip(rows.index.tolist(), rows.to_dict("records"), strict=True):
        name = (sheet.name, _text(row[ENTITY]), row_id(sheet, {str(k): v for k, v in row.items()}))
        for field in office_fields(sheet.name):
            value = decisions.get((*name, field.heading))
            if value is not None:
                filled.loc[number, field.heading] = value  # type: ignore[assignment]
    return filled


def register(
    review: Review,
    decisions: Mapping[Key, Value],
    sheets: Mapping[str, pd.DataFrame],
    today: dt.datetime,
) -> list[dict[str, Value]]:
    """The rows of sheet Decisions; one whose row is gone is kept and says so."""
    known = {
        tuple(_text(row[column]) for column in ("Sheet", "Entity", "Row id", "Column")): row
        for _, row in review.records("Decisions")
    }
    forms = {sheet.name: sheet for sheet in data_sheets(review.codebook)}
    present = {
        (name, _text(row[ENTITY]), row_id(sheet, {str(k): v for k, v in row.items()}))
        for name, sheet in forms.items()
        for row in sheets[name].to_dict("records")
    }
    rows: list[dict[str, Value]] = []
    for key, value in decisions.items():
        before = known.get(key, {})
        same = before.get("Decision") == value
        rows.append(
            {
                "Sheet": key[0],
                "Entity": key[1],
                "Form": forms[key[0]].form if key[0] in forms else before.get("Form"),
                "Row id": key[2],
                "Column": key[3],
                "Decision": value,
                "Reason": before.get("Reason") if same else None,
                "Initials": before.get("Initials") if same else None,
                "Date": (before.get("Date") if same else None) or today,
                "State": IN_USE if key[:3] in present else ROW_GONE,
            }
        )
    return sorted(rows, key=_order(review, list(forms)))


def _order(
    review: Review, sheets: Sequence[str]
) -> Callable[[Mapping[str, Value]], tuple[int, int, str, str]]:
    entities = {code: at for at, code in enumerate(review.codebook["entities"])}

    def place(row: Mapping[str, Value]) -> tuple[int, int, str, str]:
        sheet, entity = _text(row["Sheet"]), _text(row["Entity"])
        at = sheets.index(sheet) if sheet in sheets else len(sheets)
        return at, entities.get(entity, len(entities)), _text(row["Row id"]), _text(row["Column"])

    return place


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None or value != value else str(value).strip()
