"""One pandera schema a sheet: heading, instruction, list, rules and paragraph of each column.

The form writer takes what users see from these schemas, the checker its rules, and
``docs/sheets.md`` is printed from them, so that instruction and check cannot disagree.
"""

from __future__ import annotations

import pandera.pandas as pa

from wps_xl.codebook import Codebook, Cycle
from wps_xl.forms.conditions import (
    BY_KIND,
    EMPTY_WORDS,
    Test,
    all_listed,
    listed,
    one_of,
    says_something,
)
from wps_xl.forms.definitions import COVER, Column, FormSheet
from wps_xl.forms.instructions import about, instruction


def schema(sheet: FormSheet, codebook: Codebook, cycle: Cycle) -> pa.DataFrameSchema:
    """The schema of one sheet over the rows of all returns, typed cell by cell before.

    A check's ``error`` is the code of the issue it raises, its ``name`` that code and the column
    it points at. Frames hold the columns of the form and ``entity`` and ``return``, the number of
    the return a row comes from. Text and codes are str, numbers float, dates datetime64.
    """
    columns = {
        code: pa.Column(
            None,
            _list_checks(column, codebook),
            nullable=not column.is_required(cycle.classification),
            title=column.heading,
            description=instruction(sheet, column, codebook, cycle),
            metadata={"column": column, "para": column.para},
        )
        for code, column in sheet.columns.items()
    }
    checks = [
        _check(code, column.code, test)
        for column in sheet.columns.values()
        for rule in column.rules
        for code, make in BY_KIND.get(rule.kind, ())
        if (test := make(column.code, rule, sheet, cycle)) is not None
    ]
    empty = codebook.words(EMPTY_WORDS)
    for column in sheet.columns.values() if sheet.name != COVER else ():
        if column.is_told(cycle.classification):
            checks.append(_check("says-nothing", column.code, says_something(column.code, empty)))
    if sheet.one_of:
        checks.append(_check("one-of-required", sheet.one_of[0][0], one_of(sheet.one_of)))
    return pa.DataFrameSchema(
        columns,
        checks=checks,
        name=sheet.name,
        title=about(sheet.title, cycle),
        description=about(sheet.help, cycle),
    )


def _list_checks(column: Column, codebook: Codebook) -> list[pa.Check]:
    if not column.list_name:
        return []
    codes = frozenset(codebook[column.list_name])
    return [_check("list-value", column.code, all_listed(codes) if column.many else listed(codes))]


def _check(code: str, column: str, test: Test) -> pa.Check:
    return pa.Check(test, error=code, name=f"{code}:{column}", ignore_na=False)
