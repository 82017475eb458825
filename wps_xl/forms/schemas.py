"""One pandera schema a sheet: heading, instruction, type, rules and paragraph of each column.

The form writer takes what users see from these schemas, the checker its rules, and
``docs/sheets.md`` is printed from them, so that instruction and check cannot disagree.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pandas as pd
import pandera.pandas as pa
from pandera.api.extensions import register_check_method
from pandera.engines.pandas_engine import Engine

from wps_xl.codebook import Codebook, Cycle
from wps_xl.forms.definitions import FormSheet
from wps_xl.forms.instructions import about, instruction
from wps_xl.rules.kind import At, Check, Frames
from wps_xl.rules.registry import rules_on

TYPES = {"number": "float64", "date": "datetime64[us]"}
"""What the values of a column are in a frame; texts and codes are str."""


def schema(
    sheet: FormSheet, codebook: Codebook, cycle: Cycle, frames: Frames | None = None
) -> pa.DataFrameSchema:
    """The schema of one sheet over the rows of all returns, typed cell by cell before.

    A check's ``error`` is the code of the issue it raises, its ``title`` the column it points at
    and its ``description`` the rule as forms.csv says it. ``frames`` are the rows of all sheets, in
    which rows that are named are looked for. They hold the columns of the form and ``entity`` and
    ``return``, the number of the return a row comes from.
    """
    of_column: dict[str, list[pa.Check]] = defaultdict(list)
    of_rows: list[pa.Check] = []
    for kind, at in rules_on(sheet, codebook, cycle, frames):
        for code, check in kind.checks(at).items():
            checks = of_column[at.code] if isinstance(check.test, str) else of_rows
            checks.append(_made(code, check, at))
    columns = {
        code: pa.Column(
            _dtype(column.type),
            of_column[code],
            nullable=not column.is_required(cycle.classification),
            title=column.heading,
            description=instruction(sheet, column, codebook, cycle),
            metadata={"para": column.para},
            name=code,
        )
        for code, column in sheet.columns.items()
    }
    return pa.DataFrameSchema(
        columns,
        checks=of_rows,
        name=sheet.name,
        title=about(sheet.title, cycle),
        description=about(sheet.help, cycle),
    )


@cache
def _dtype(type_: str) -> object:
    # Pandera looks a name up anew each time.
    return Engine.dtype(TYPES.get(type_, "str"))


def _made(code: str, check: Check, at: At) -> pa.Check:
    """The check with pandera's own function, or with ours, which is registered when first used."""
    told = {"error": code, "title": at.code, "description": at.rule.text}
    name, statistics = check.test, check.statistics
    if not isinstance(name, str):
        name, statistics = name.__name__, {"column": at.code, **statistics}
        if name not in pa.Check.REGISTERED_CUSTOM_CHECKS:
            register_check_method(
                check.test, statistics=list(statistics), supported_types=pd.DataFrame
            )
    made: pa.Check = getattr(pa.Check, name)(**statistics, **told)
    # What is blank is the business of each rule that sees whole rows.
    made.ignore_na = isinstance(check.test, str)
    return made
