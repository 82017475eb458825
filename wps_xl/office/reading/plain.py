"""Values as a grid holds them, whichever reader found them.

Whole numbers are int, up to the 15 digits that Excel keeps. Dates are datetime, at midnight if
the cell holds no time. Dates, times and durations are exact to the millisecond, as in Excel.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from math import isfinite

from wps_xl.model import Value

Rows = tuple[tuple[Value, ...], ...]

_EXACT = 10**15
_ANY_DAY = dt.datetime(2000, 1, 1)


def plain_number(value: float) -> int | float | None:
    """A number, as int if it is whole; None for what is no number."""
    if value.is_integer():
        return int(value) if -_EXACT < value < _EXACT else value
    return value if isfinite(value) else None


# The same days come again and again: one object for each is less to make, to send and to keep.
@lru_cache(maxsize=10_000)
def plain_date(value: dt.date) -> dt.datetime:
    """Midnight of a day."""
    return dt.datetime(value.year, value.month, value.day)


def plain_moment(value: dt.datetime) -> dt.datetime:
    """A date with time."""
    if not value.microsecond:
        return value
    return value.replace(microsecond=0) + _to_millisecond(value.microsecond)


def plain_time(value: dt.time) -> dt.time:
    """A time of day."""
    if not value.microsecond:
        return value
    return plain_moment(dt.datetime.combine(_ANY_DAY, value)).time()


def plain_duration(value: dt.timedelta) -> dt.timedelta:
    """A duration."""
    if not value.microseconds:
        return value
    return dt.timedelta(value.days, value.seconds) + _to_millisecond(value.microseconds)


def _to_millisecond(microseconds: int) -> dt.timedelta:
    return dt.timedelta(milliseconds=round(microseconds / 1000))


def without_blank_ends(rows: Iterable[list[Value]]) -> Rows:
    """The rows without blank cells at their ends, and without blank rows at the end."""
    kept: list[tuple[Value, ...]] = []
    filled = 0
    for row in rows:
        while row and row[-1] is None:
            row.pop()
        kept.append(tuple(row))
        if row:
            filled = len(kept)
    return tuple(kept[:filled])
