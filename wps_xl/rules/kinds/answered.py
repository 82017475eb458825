"""The column in which a prepared question is answered; who leaves it blank is asked on arrival."""

from __future__ import annotations

from wps_xl.rules.conditions import blank
from wps_xl.rules.kind import At, Kind


def _is_answer(at: At) -> bool:
    columns = at.sheet.columns.values() if at.sheet.prefilled == "questions" else ()
    return at.column == next((c for c in columns if c.list_name and not c.prefilled), None)


KIND = Kind(
    applies=_is_answer,
    formulas=lambda at: {"unanswered": blank(at.code)},
    prepared=lambda at: True,
    rank=1,
)
