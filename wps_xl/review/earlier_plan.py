"""The plan that the last cycle's workbook holds: what updates of its results need in the next one.

Updates give values; theme, date of the target and period stand in the plan (S/2007/567, paras. 45,
47). Its initiatives are not those of the plan that the new cycle asks for, so they stand apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from wps_xl.model import Value
from wps_xl.review.columns import headings, text
from wps_xl.review.crosswalk import theme_of
from wps_xl.review.layout import ENTITY
from wps_xl.review.workbook import Review

SHEET = "Earlier plan"
RESULT, INITIATIVE, TITLE, THEME = "Result No.", "Initiative No.", "Title", "Thematic area"
TARGET_DATE, BEGINS, ENDS = "Target date", "Plan from", "Plan to"
COLUMNS = {
    "result_id": RESULT,
    "initiative_id": INITIATIVE,
    "indicator": "Indicator",
    "unit": "Unit",
    "baseline": "Baseline",
    "target": "Target",
    "target_date": TARGET_DATE,
}
"""Columns of sheet Results as this sheet calls them."""
Row = dict[str, Value]


@dataclass(frozen=True)
class Planned:
    """What the plan says of one result: the code of its theme, its last day, the plan's days.

    ``row`` is what the office filled in from it, by column code.
    """

    theme: str
    due: dt.datetime | None
    begins: dt.date | None
    ends: dt.date | None
    row: Row


def carried(previous: Review) -> list[Row]:
    """The results of the plan in force: of the workbook's own plan, else of the one before it."""
    codebook = previous.codebook
    results, about = headings(codebook, "Results"), headings(codebook, "Initiatives")
    initiatives = {
        (text(row[ENTITY]), text(row[about["initiative_id"]])): row
        for _, row in previous.records("Initiatives")
    }
    first, last = (dt.datetime(d.year, d.month, d.day) for d in previous.cycle.plan_period)
    own: list[Row] = []
    for _, row in previous.records("Results"):
        entity = text(row[ENTITY])
        initiative = initiatives.get((entity, text(row[results["initiative_id"]])), {})
        theme = theme_of(initiative, codebook, "", about["thematic_area"]) if initiative else ""
        own.append(
            {
                ENTITY: entity,
                **{heading: row[results[code]] for code, heading in COLUMNS.items()},
                TITLE: initiative.get(about["title"]),
                THEME: theme or None,
                BEGINS: first,
                ENDS: last,
            }
        )
    planned = {row[ENTITY] for row in own}
    return [*own, *(row for _, row in previous.records(SHEET) if row[ENTITY] not in planned)]


def results_of(review: Review, entity: str) -> tuple[list[Row], dict[str, str]]:
    """The results of an entity by column code, and its initiatives with their titles."""
    rows = [row for _, row in review.records(SHEET) if row[ENTITY] == entity]
    results = [_by_code(row) for row in rows]
    titles = {text(row[INITIATIVE]): text(row[TITLE]) for row in rows if row[INITIATIVE]}
    return results, titles


def initiatives(review: Review) -> dict[str, set[str]]:
    """Entity to the numbers of its initiatives, in the workbook's plan and in the one before."""
    own = headings(review.codebook, "Initiatives")["initiative_id"]
    found: dict[str, set[str]] = {}
    for sheet, heading in (("Initiatives", own), (SHEET, INITIATIVE)):
        for _, row in review.records(sheet):
            found.setdefault(text(row[ENTITY]), set()).add(text(row[heading]))
    return found


def planned(review: Review) -> Mapping[tuple[str, str], Planned]:
    """Entity and number of each result to what the earlier plan says of it."""
    return {
        (text(row[ENTITY]), text(row[RESULT])): Planned(
            text(row[THEME]),
            _moment(row[TARGET_DATE]),
            _day(row[BEGINS]),
            _day(row[ENDS]),
            _by_code(row),
        )
        for _, row in review.records(SHEET)
    }


def filled_in(review: Review) -> dict[str, list[dict[str, Row]]]:
    """Entity to the plans that its form may have been filled in from, as results by number."""
    own = headings(review.codebook, "Results")
    found: dict[str, list[dict[str, Row]]] = {}
    for sheet, heading in (("Results", own), (SHEET, COLUMNS)):
        plans: dict[str, dict[str, Row]] = {}
        for _, row in review.records(sheet):
            results = plans.setdefault(text(row[ENTITY]), {})
            results[text(row[heading["result_id"]])] = {
                code: row[name] for code, name in heading.items()
            }
        for entity, results in plans.items():
            found.setdefault(entity, []).append(results)
    return found


def _by_code(row: Row) -> Row:
    return {code: row[heading] for code, heading in COLUMNS.items()}


def _moment(value: Value) -> dt.datetime | None:
    return value if isinstance(value, dt.datetime) else None


def _day(value: Value) -> dt.date | None:
    return value.date() if isinstance(value, dt.datetime) else None
