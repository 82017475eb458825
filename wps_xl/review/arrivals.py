"""What came and when: returns that cannot be used, and those before the one that counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wps_xl.intake.returns import BLANK_FORM, Return
from wps_xl.intake.validation import Intake
from wps_xl.intake.which_counts import SUPERSEDED, UNDECIDED
from wps_xl.records import RegisterLine

EARLIER = {SUPERSEDED: "", BLANK_FORM: ", nothing filled in: no response"}
"""Returns that do not count, but came: what the Register says of them beside their day."""
_BETWEEN = "; "


@dataclass(frozen=True)
class Arrival:
    """Files of one entity and form that came and cannot be used as they are."""

    key: tuple[str, str]
    books: tuple[str, ...]
    modified: dt.datetime | None


def to_repair(intake: Intake) -> Iterator[Arrival]:
    """Files that cannot be read but are named as a form was issued, and returns of which two came
    at the same moment."""
    found: dict[tuple[str, str], list[tuple[str, dt.datetime | None]]] = {}
    for file in intake.unreadable:
        if file.entity:
            found.setdefault((file.entity, file.form), []).append((file.name, file.modified))
    for item in intake.returns:
        if item.status == UNDECIDED:
            moment = item.modified.replace(microsecond=0)
            found.setdefault((item.entity, item.form), []).append((item.book, moment))
    for key, files in found.items():
        moments = [moment for _, moment in files if moment is not None]
        yield Arrival(key, tuple(name for name, _ in files), min(moments, default=None))


def history(
    line: RegisterLine, book: str, saved: dt.datetime | None, others: Sequence[Return]
) -> list[str]:
    """The returns of one entity and form beside the one that counts, once each."""
    entries = [entry for entry in line.earlier_returns.split(_BETWEEN) if entry]
    if line.saved is not None:
        entries.append(_entry(line.book, line.saved))
    entries += [_entry(item.book, item.modified, EARLIER[item.status]) for item in others]
    counting = _entry(book, saved) if saved is not None else ""
    return [entry for entry in dict.fromkeys(entries) if entry != counting]


def _entry(book: str, saved: dt.datetime, said: str = "") -> str:
    return f"{book} ({saved:%Y-%m-%d %H:%M}{said})"


def midnight(moment: dt.datetime | None) -> dt.datetime | None:
    """The day of a moment, as a cell holds it."""
    return None if moment is None else dt.datetime(moment.year, moment.month, moment.day)
