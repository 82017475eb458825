"""What a form is prefilled with from an earlier workbook (S/2007/567, paras. 38, 47)."""

from __future__ import annotations

from dataclasses import replace

from wps_xl.forms.definitions import FormSheet, data_sheets
from wps_xl.model import Value
from wps_xl.records import Initiative, Result
from wps_xl.review import earlier_plan
from wps_xl.review.workbook import Review
from wps_xl.sheets.forms.request import Prefill

Values = dict[str, Value]


def prefill(review: Review | None, previous: Review | None, entity: str) -> Prefill:
    """The entity's initiatives and results of the plan in force, and what it last said in prepared
    rows: of the last cycle's workbook, or of this one where it holds a plan or is the only one."""
    own, last = _of(review, entity), _of(previous, entity)
    found = own if previous is None else last
    results = own.results or last.results
    initiatives = own.initiatives or last.initiatives
    for workbook in (previous, review):
        if workbook is not None and not results:
            # A plan may span several cycles: it stands in the workbook of the one that made it.
            results, titles = earlier_plan.results_of(workbook, entity)
            initiatives = initiatives or titles
    return replace(found, results=results, initiatives=initiatives)


def _of(earlier: Review | None, entity: str) -> Prefill:
    if earlier is None:
        return Prefill()
    sheets = {sheet.name: sheet for sheet in data_sheets(earlier.codebook)}
    asked = next(sheet for sheet in sheets.values() if sheet.prefilled == "results")
    prepared = [column.code for column in asked.columns.values() if column.prefilled]
    results = (row for row in earlier.rows(Result) if row.entity == entity)
    return Prefill(
        results=[
            {code: row.raw(code) if row.has(code) else None for code in prepared} for row in results
        ],
        initiatives={
            row.initiative_id: row.title for row in earlier.rows(Initiative) if row.entity == entity
        },
        last={
            sheet.name: _rows(earlier, sheet, entity)
            for sheet in sheets.values()
            if sheet.prefilled and sheet is not asked
        },
        last_cycle=earlier.cycle.name,
    )


def _rows(review: Review, sheet: FormSheet, entity: str) -> list[Values]:
    """The rows of one entity by column code."""
    return [
        row.by_code(sheet.columns) for row in review.gathered(sheet.name) if row.entity == entity
    ]
