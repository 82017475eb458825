"""The plan that the last cycle's workbook holds: what updates of its results need in the next one.

Updates give values; theme, date of the target and period stand in the plan (S/2007/567, paras. 45,
47). Its initiatives are not those of the plan that the new cycle asks for, so they stand apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from wps_xl.model import Value
from wps_xl.records import Initiative, PlannedResult, Result
from wps_xl.review.columns import sheet_of
from wps_xl.review.crosswalk import theme_of
from wps_xl.review.workbook import Review

SHEET = PlannedResult.sheet_name
FILLED_IN: Mapping[str, str] = {
    "result_id": "result_no",
    "initiative_id": "initiative_no",
    **{code: code for code in ("indicator", "unit", "baseline", "target", "target_date")},
}
"""Columns of sheet Results as this sheet calls them."""
Values = dict[str, Value]


def carried(previous: Review) -> list[PlannedResult]:
    """The results of the plan in force: of the workbook's own plan, else of the one before it."""
    initiatives = {(row.entity, row.initiative_id): row for row in previous.rows(Initiative)}
    first, last = (dt.datetime(d.year, d.month, d.day) for d in previous.cycle.plan_period)
    own: list[PlannedResult] = []
    for row in previous.rows(Result):
        initiative = initiatives.get((row.entity, row.initiative_id))
        own.append(
            previous.new(
                PlannedResult,
                entity=row.entity,
                title=initiative.raw("title") if initiative else None,
                thematic_area=(initiative and theme_of(initiative, previous.codebook)) or None,
                plan_from=first,
                plan_to=last,
                **{here: row.raw(code) for code, here in FILLED_IN.items()},
            )
        )
    planned = {row.entity for row in own}
    earlier = (row for row in previous.rows(PlannedResult) if row.entity not in planned)
    return [*own, *earlier]


def results_of(review: Review, entity: str) -> tuple[list[Values], dict[str, str]]:
    """The results of an entity by column code, and its initiatives with their titles."""
    rows = [row for row in review.rows(PlannedResult) if row.entity == entity]
    titles = {row.initiative_no: row.title for row in rows if row.initiative_no}
    return [as_filled_in(row) for row in rows], titles


def as_filled_in(row: PlannedResult) -> Values:
    """What the office fills in from a result of the plan, by column code of sheet Results."""
    return {code: row.raw(own) for code, own in FILLED_IN.items()}


def initiatives(review: Review) -> dict[str, set[str]]:
    """Entity to the numbers of its initiatives, in the workbook's plan and in the one before."""
    found: dict[str, set[str]] = {}
    for row in review.rows(Initiative):
        found.setdefault(row.entity, set()).add(row.initiative_id)
    for earlier in review.rows(PlannedResult):
        found.setdefault(earlier.entity, set()).add(earlier.initiative_no)
    return found


def filled_in(review: Review) -> dict[str, list[dict[str, Values]]]:
    """Entity to the plans that its form may have been filled in from, as results by number."""
    own: dict[str, dict[str, Values]] = {}
    columns = sheet_of(review.codebook, Result.sheet_name).columns
    for row in review.rows(Result):
        own.setdefault(row.entity, {})[row.result_id] = row.by_code(columns)
    earlier: dict[str, dict[str, Values]] = {}
    for one in review.rows(PlannedResult):
        earlier.setdefault(one.entity, {})[one.result_no] = as_filled_in(one)
    found: dict[str, list[dict[str, Values]]] = {}
    for plans in (own, earlier):
        for entity, results in plans.items():
            found.setdefault(entity, []).append(results)
    return found
