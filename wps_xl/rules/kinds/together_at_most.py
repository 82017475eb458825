"""``with columns at most column``: parts that are together not more than their whole."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from wps_xl.rules.kind import At, Check, Kind
from wps_xl.rules.rows import Detail, Rows

CODE = "parts-over-value"


def together_not_above(
    frame: pd.DataFrame, *, column: str, others: Sequence[str], whole: str
) -> pd.Series[bool]:
    """The columns are together at most the whole."""
    total = frame[[column, *others]].sum(axis=1, min_count=1)
    return total.isna() | frame[whole].isna() | (total <= frame[whole])


def _check(at: At) -> Check:
    *others, whole = at.rule.operands
    return Check(together_not_above, {"others": others, "whole": whole})


def _says(at: At) -> str:
    *others, whole = map(at.heading, at.rule.operands)
    return f"Together with {', '.join(others)} not above {whole}."


def _detail(at: At, rows: Rows, position: int) -> Detail:
    *others, whole = at.rule.operands
    parts = [code for code in (at.code, *others) if rows.shown(position, code)]
    total = rows.show(sum(rows.number(position, code) for code in parts))
    places = [rows.place(position, code) for code in parts]
    cells = ", ".join(f"{where.heading} ({where.cell})" for where in places)
    beside = [code for code in (*parts, whole) if code != at.code]
    slots = {"found": total, "other": rows.other(position, whole), "cells": cells}
    return Detail(slots, also=rows.filled(position, beside))


KIND = Kind(
    r"with (.+) at most (\w+)",
    says=_says,
    # Arithmetic on a cell that holds text would turn Excel's whole count into an error.
    checks=lambda at: {CODE: _check(at)},
    raises={CODE: _detail},
)
