"""What a cell says as words, as codes and as a number: one meaning each, for everybody."""

from __future__ import annotations

import datetime as dt

from wps_xl.model import Value


def text(value: Value) -> str:
    """A value as text without spaces around it: a number of a row as it is typed, a day as such."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None or value != value else str(value)


def alike(value: Value) -> str:
    """What two names must share to be the same one: letters and words, not case or spaces."""
    return " ".join(text(value).split()).casefold()


def codes(value: Value) -> tuple[str, ...]:
    """The codes in a cell that holds several."""
    return tuple(part.strip() for part in text(value).split(";") if part.strip())


def number(value: Value) -> float | None:
    """The value where it is a number, else None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value
