"""One pandera schema for the office's columns of a sheet, and what in them nothing understands."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pandera.pandas as pa

from wps_xl.codebook import Codebook
from wps_xl.codebook.checks import faults
from wps_xl.model import Value
from wps_xl.records import alike, codes, text
from wps_xl.review.columns import sheet_of
from wps_xl.review.layout import OUR_THEME, SAME_AS, Field, SheetPlan, plans
from wps_xl.review.workbook import Review

JOINT_SHEETS = ("Progress", "Initiatives")


def slips(review: Review) -> Iterator[str]:
    """A sentence for each entry that nothing understands: where, what, how it was taken."""
    for plan in plans(review.codebook):
        fields = {field.heading: field for field in plan.fields if field.strange}
        frame = _frame(review, plan.name, fields)
        for fault in faults(frame, office_schema(plan, review.codebook)) if frame.size else ():
            column = fault.columns[0]
            cell = review.cell(plan.name, fault.row, column)
            typed = text(review.tables[plan.name][column][fault.row])
            said = "these words are" if len(fault.columns) > 1 else f"“{typed}”"
            yield f"{cell}, {column}: {said} {fault.says}"
    for name in JOINT_SHEETS:
        yield from _unknown_rows(review, name)


def office_schema(plan: SheetPlan, codebook: Codebook) -> pa.DataFrameSchema:
    """The schema of the office's columns: one of a list, or words beside a column that chooses.

    Values are as ``alike`` gives them, blanks None; a thematic area by its code, however called.
    """
    fields = [field for field in plan.fields if field.strange]
    return pa.DataFrameSchema(
        {
            field.heading: pa.Column(
                str,
                pa.Check.isin([alike(code) for code in codebook[field.list]], error=field.strange)
                if field.list
                else None,
                nullable=True,
            )
            for field in fields
        },
        checks=[
            pa.Check.given_beside(columns=(field.heading, field.beside), error=field.strange)
            for field in fields
            if field.beside
        ],
        name=plan.name,
    )


def _frame(review: Review, sheet: str, fields: dict[str, Field]) -> pd.DataFrame:
    """The rows in which the office says something, each by its row of the sheet."""
    if not fields:
        return pd.DataFrame()
    typed = review.tables[sheet][[*fields]].dropna(how="all")
    columns = {
        heading: pd.Series(
            [_said(value, heading, review.codebook) for value in typed[heading].tolist()],
            index=typed.index,
            dtype="str",
        )
        for heading in fields
    }
    return pd.DataFrame(columns, index=typed.index)


def _said(value: Value, heading: str, codebook: Codebook) -> str | None:
    if heading == OUR_THEME:
        value = codebook["thematic_areas"].find(text(value)) or value
    return alike(value) or None


def _unknown_rows(review: Review, name: str) -> Iterator[str]:
    """Entries of ``Same activity as`` that name no row; a cell may name several."""
    key = sheet_of(review.codebook, name).key
    rows = review.gathered(name)
    parts = [(row, part) for row in rows for part in codes(row.same_activity_as)]
    if not parts:
        return
    named = [":".join(map(str.strip, part.partition(":")[::2])) for _, part in parts]
    known = [f"{row.entity}:{text(row.raw(key))}" for row in rows]
    schema = pa.DataFrameSchema(
        {
            SAME_AS: pa.Column(
                str,
                pa.Check.isin(
                    known,
                    error=f"names no row of {name}, so nothing was joined. Write the entity's "
                    "code, a colon, and the number of its row.",
                ),
            )
        }
    )
    for fault in faults(pd.DataFrame({SAME_AS: named}, dtype="str"), schema):
        row, part = parts[fault.row]
        yield f"{row.cell_of('same_activity_as')}, {SAME_AS}: “{part}” {fault.says}"
