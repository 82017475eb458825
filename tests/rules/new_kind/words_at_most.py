"""``at most N words``: a text that is read at one glance."""

from __future__ import annotations

import pandas as pd

from wps_xl.rules import expressions as ex
from wps_xl.rules.conditions import Condition
from wps_xl.rules.kind import At, Check, Kind, Wording
from wps_xl.rules.rows import Detail, Rows

CODE = "too-many-words"


def has_few_words(frame: pd.DataFrame, *, column: str, most: int) -> pd.Series[bool]:
    """The text has no more words than it may have."""
    return frame[column].isna() | (frame[column].str.count(r"\S+") <= most)


def _too_many(at: At) -> Condition:
    most = int(at.rule.operand)
    text = ex.trimmed(ex.cell(at.code))
    solid = ex.size(ex.replaced(text, ex.quoted(" "), ex.quoted("")))
    formula = ex.flag(ex.compared(ex.size(text), ">=", ex.plus(solid, ex.Number(str(most)))))
    return Condition(formula, lambda row, rows: len(str(row.get(at.code) or "").split()) > most)


def _detail(at: At, rows: Rows, position: int) -> Detail:
    words = rows.shown(position, at.code).split()
    return Detail({"count": str(len(words)), "expected": f"at most {at.rule.operand}"})


KIND = Kind(
    r"at most (\d+) words",
    says=lambda at: f"At most {at.rule.operand} words.",
    checks=lambda at: {CODE: Check(has_few_words, {"most": int(at.rule.operand)})},
    formulas=lambda at: {CODE: _too_many(at)},
    raises={CODE: _detail},
    texts={
        CODE: Wording(
            "error",
            "“{found}” has {count} words; the text may have {expected}.",
            "Shorten it.",
            {"sheet": "Measures", "cell": "C7", "heading": "What is measured", "count": "9"},
            counted="More words than the form takes: {headings}",
        )
    },
)
