"""Small review workbooks in memory, for tests: rows by column code, as the forms ask them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from wps_xl.codebook import load
from wps_xl.desk.commands.issuing import new_review
from wps_xl.model import Value
from wps_xl.review.columns import sheet_of
from wps_xl.review.layout import ENTITY, plans
from wps_xl.review.workbook import Review, table

CODEBOOK = load()
CYCLE = next(iter(CODEBOOK["cycles"]))
Rows = Sequence[Mapping[str, Value]]


def review_with(**sheets: Rows) -> Review:
    """A review workbook with these rows; ``entity`` and office's headings stand beside codes."""
    review = new_review(CODEBOOK, CYCLE)
    tables = dict(review.tables)
    layout = {plan.name: plan for plan in plans(CODEBOOK)}
    for name, rows in sheets.items():
        names = {
            "entity": ENTITY,
            **{code: column.heading for code, column in sheet_of(CODEBOOK, name).columns.items()},
        }
        lines = [{names.get(code, code): value for code, value in row.items()} for row in rows]
        tables[name] = table(layout[name], lines)
    return replace(review, tables=tables)


def activity(entity: str, number: str, **more: Value) -> dict[str, Value]:
    """A row of Progress."""
    row: dict[str, Value] = {
        "entity": entity,
        "activity_id": number,
        "area": "A",
        "activity": f"Activity {number} of {entity}",
        "role": "lead",
        "strategy": "CAP",
        "level": "global",
    }
    return {**row, **more}


def measure(entity: str, number: str, of: str, **more: Value) -> dict[str, Value]:
    """A row of Measures."""
    row: dict[str, Value] = {"entity": entity, "measure_id": number, "activity_id": of}
    return {**row, "measure": "grant", **more}


def initiative(entity: str, number: str, **more: Value) -> dict[str, Value]:
    """A row of Initiatives."""
    row: dict[str, Value] = {
        "entity": entity,
        "initiative_id": number,
        "title": f"Initiative {number} of {entity}",
        "thematic_area": "PROT",
        "strategy": "CAP",
        "role": "lead",
        "countries": "LBR; SLE",
    }
    return {**row, **more}
