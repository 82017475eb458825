"""Rows as records: what each column says as an attribute, and the cell of every value."""

from wps_xl.records.kinds import (
    Activity,
    Answer,
    Initiative,
    Measure,
    Overview,
    Practice,
    Recommendation,
    RegisterLine,
    Resource,
    Result,
    Update,
)
from wps_xl.records.record import Column, Record, Row, made
from wps_xl.records.values import alike, codes, number, text

__all__ = [
    "Activity",
    "Answer",
    "Column",
    "Initiative",
    "Measure",
    "Overview",
    "Practice",
    "Recommendation",
    "Record",
    "RegisterLine",
    "Resource",
    "Result",
    "Row",
    "Update",
    "alike",
    "codes",
    "made",
    "number",
    "text",
]
