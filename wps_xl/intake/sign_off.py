"""Amounts that were changed after the head of the entity signed the return off (para. 46)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from wps_xl.forms.definitions import COVER
from wps_xl.intake.catalogue import Place, issue
from wps_xl.intake.cover import show
from wps_xl.intake.returns import Return
from wps_xl.model import Issue, Value, split_address

CODE = "changed-after-sign-off"
Signed = Mapping[tuple[str, str], tuple[dt.datetime, float]]
"""Entity and form to the day of the sign-off and the US dollars that were signed off."""
_MONEY = "_usd"
_YES = "Y"
_CENT = 0.005


def dollars(item: Return) -> float:
    """All amounts of money in a return together."""
    return sum(
        float(value)
        for table in item.tables.values()
        for code, values in table.columns.items()
        if code.endswith(_MONEY)
        for value in values
        if isinstance(value, int | float)
    )


def day_of(item: Return) -> Value:
    """The day on which the head signed a return off; None where it is not signed off."""
    values = item.cover.values if item.cover else {}
    return values.get("signed_off_date") if values.get("signed_off") == _YES else None


def changed(returns: Sequence[Return], signed: Signed) -> dict[str, Issue]:
    """A warning for each return whose amounts are not those of the day of sign-off that it names.

    Those are known from the workbook (``signed``), else from the first saved return of that day.
    """
    found: dict[str, Issue] = {}
    first: dict[tuple[str, str], tuple[Value, float]] = dict(signed)
    for item in sorted(returns, key=lambda one: one.modified):
        day, now, key = day_of(item), dollars(item), (item.entity, item.form)
        if item.status or day is None:
            continue
        known, before = first.get(key, (None, 0.0))
        if known != day:
            first[key] = day, now
        elif abs(now - before) >= _CENT:
            found[item.book] = issue(
                CODE, _place(item), found=show(now), expected=show(before), other=show(day)
            )
    return found


def told(item: Return, found: Mapping[str, Issue]) -> Return:
    """The return with what is to be said of its sign-off."""
    about = found.get(item.book)
    return item if about is None else replace(item, issues=(*item.issues, about))


def _place(item: Return) -> Place:
    code = "signed_off_date"
    cell = item.cover.cells.get(code) if item.cover else None
    heading = item.cover.headings.get(code, "") if item.cover else ""
    row = split_address(cell)[1] if cell else None
    return Place(item.book, item.entity, item.form, COVER, cell, row, code, heading)
