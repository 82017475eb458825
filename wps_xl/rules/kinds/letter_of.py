"""``letter of column``: a number that begins with the code in that column, such as A-1 for A."""

from __future__ import annotations

import re

import pandas as pd

from wps_xl.rules.kind import At, Check, Kind
from wps_xl.rules.rows import Detail, Rows

CODE = "number-letter"
_LETTER = re.compile(r"([^\W\d_]*)(.*)", re.DOTALL)


def begins_with(frame: pd.DataFrame, *, column: str, other: str) -> pd.Series[bool]:
    """The letters of the number are those of the other column, and digits follow."""
    both = frame[[column, other]].dropna()
    pairs = zip(both[column].tolist(), both[other].tolist(), strict=True)
    wrong = [not _begins(number, area) for number, area in pairs]
    return pd.Series(~frame.index.isin(both.index[wrong]), index=frame.index)


def _begins(number: str, area: str) -> bool:
    letter, rest = _parts(number)
    return bool(rest) and letter.casefold() == area.casefold()


def _parts(number: str) -> tuple[str, str]:
    """The letters at the beginning, and what follows where it has a digit."""
    letter, rest = _LETTER.fullmatch(number).groups()  # type: ignore[union-attr]
    return letter, rest if any(map(str.isdigit, rest)) else ""


def _says(at: At) -> str:
    # Rows are numbered by the letter of an area only where the cycle asks for areas.
    if at.sheet.columns[at.rule.operand].is_required(at.cycle.classification):
        return "The letter of the area and a number, such as A-1."
    return "A number of your own, such as 1."


def _detail(at: At, rows: Rows, position: int) -> Detail:
    other = at.rule.operand
    area = rows.shown(position, other)
    letter, rest = _parts(rows.shown(position, at.code))
    better = f"{area}{rest if letter else f'-{rest}'}" if rest else ""
    taken = set(rows.frame[at.code].iloc[rows.own(position)])
    meant = "" if better in taken else better
    return Detail({"other": rows.other(position, other)}, meant, (rows.address(position, other),))


KIND = Kind(
    r"letter of (\w+)",
    says=_says,
    checks=lambda at: {CODE: Check(begins_with, {"other": at.rule.operand})},
    raises={CODE: _detail},
)
