"""Days as people type them, and those that cannot be meant."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from wps_xl.intake import numbers
from wps_xl.intake.cells import Finding, Reader, Typed
from wps_xl.model import Value
from wps_xl.model.text import show_held, squeezed, visible

ODD = "odd-date"
FIRST_YEAR, YEARS_AFTER_PLAN = 1990, 10
# Years of the Buddhist calendar lie this far ahead; those of the Persian and of the Islamic one
# are behind, these by years that are shorter.
_BUDDHIST, _PERSIAN, _ISLAMIC = 543, 621, 622
_SHORTER = 354.37 / 365.24


def date_reader(last: dt.date) -> Reader:
    """A reader of days; ``last`` is that of the plan period.

    Text counts where it can be read in one way, a bare number where it is a serial.
    """

    def read(value: Value) -> Typed:
        day, finding = _read(value)
        odd = _odd(day, last.year + YEARS_AFTER_PLAN) if day is not None else None
        if odd is None:
            return day, finding
        return day, odd if finding is None else replace(odd, others=(finding,))

    return read


def _read(value: Value) -> tuple[dt.datetime | None, Finding | None]:
    if isinstance(value, dt.datetime):
        return value.replace(hour=0, minute=0, second=0, microsecond=0), None
    if isinstance(value, int | float) and not isinstance(value, bool):
        if int(value) in numbers.SERIALS:
            day = numbers.from_serial(value)
            return day, Finding("date-serial", show_held(value), day.date().isoformat())
        return None, Finding("not-a-date", show_held(value))
    if not isinstance(value, str):
        return None, Finding("not-a-date", show_held(value))
    if not squeezed(value):
        return None, Finding("blank-text", visible(value))
    days = numbers.dates(value)
    readings = " or ".join(day.date().isoformat() for day in days)
    if len(days) == 1:
        return days[0], Finding("date-as-text", visible(value), readings)
    return None, Finding("date-unclear" if days else "not-a-date", visible(value), readings)


def _odd(day: dt.datetime, last: int) -> Finding | None:
    """A warning about a day that lies outside all that a return can speak of."""
    if FIRST_YEAR <= day.year <= last:
        return None
    shown = day.date().isoformat()
    serial = numbers.to_serial(day)
    if day.year < FIRST_YEAR and FIRST_YEAR <= serial <= last:
        why = f"; Excel makes it of the year {serial} in a cell for dates"
        return Finding(ODD, shown, str(serial), expected=why)
    meant = [year for year in _years(day.year, last) if FIRST_YEAR <= year <= last]
    why = f"; the year {meant[0]} may be meant" if meant else ""
    return Finding(ODD, shown, str(meant[0]) if meant else "", expected=why)


def _years(year: int, last: int) -> list[int]:
    """The years that one may stand for: of another calendar, or with another century."""
    if 1340 <= year <= 1500:
        persian, islamic = year + _PERSIAN, int(year * _SHORTER) + _ISLAMIC
        return [persian if persian <= last else islamic, islamic]
    if year >= 2500:
        return [year - _BUDDHIST]
    return [last // 100 * 100 + year % 100, year % 100 + 1900]
