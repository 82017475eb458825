"""``unique``: each row of a return has a value of its own in the column."""

from __future__ import annotations

import re

import pandas as pd

from wps_xl.rules.conditions import repeated
from wps_xl.rules.kind import At, Check, Kind
from wps_xl.rules.numbering import plain
from wps_xl.rules.rows import RETURN, Detail, Rows

CODE = "duplicate-number"


def stands_once(frame: pd.DataFrame, *, column: str) -> pd.Series[bool]:
    """The number in its normal form stands in no other row of the return."""
    keys = frame[[RETURN]].assign(key=_plain(frame[column]))
    return frame[column].isna() | ~keys.duplicated(keep=False)


def _plain(values: pd.Series) -> pd.Series:
    return values.map({text: plain(text) for text in set(values.dropna().tolist())})


def _detail(at: At, rows: Rows, position: int) -> Detail | None:
    own = rows.own(position)
    values = _plain(rows.frame[at.code].iloc[own])
    same = values == values.iat[position - own.start]
    twins = [own.start + row for row, is_twin in enumerate(same.tolist()) if is_twin]
    if twins[-1] != position:
        return None
    cells = ", ".join(str(rows.place(twin, at.code).cell) for twin in twins)
    also = tuple(rows.address(twin, at.code) for twin in twins[:-1])
    return Detail({"cells": cells}, _next_number(at, rows, position), also)


def _next_number(at: At, rows: Rows, position: int) -> str:
    """The next number after those of the return with the same beginning; blank for codes."""
    own = re.fullmatch(r"(.*?)(\d+)", rows.shown(position, at.code))
    if own is None or at.column.list_name:
        return ""
    values = rows.frame[at.code].iloc[rows.own(position)].dropna()
    numbers = values.str.extract(rf"(?i)^{re.escape(own[1])}(\d+)$")[0].dropna()
    return f"{own[1]}{max(map(int, numbers)) + 1}"


KIND = Kind(
    "unique",
    says=lambda at: "Each row has its own.",
    checks=lambda at: {CODE: Check(stands_once)},
    formulas=lambda at: {CODE: repeated(at.code, at.sheet.name)},
    raises={CODE: _detail},
)
