"""Returns whose day of saving cannot be true: they win over no other, and no other over them.

The later saved return counts. A computer whose clock is wrong saves after today or before the
cycle, and its file would win, or lose, for good; so the office is asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from wps_xl.codebook import Cycle
from wps_xl.intake.catalogue import issue
from wps_xl.intake.overlay import IMPOSSIBLE
from wps_xl.intake.returns import Return
from wps_xl.intake.which_counts import SUPERSEDED, UNDECIDED, Before, Known, cover_place

# Clocks of other time zones are ahead of ours.
_AHEAD = dt.timedelta(days=1)


def why_impossible(saved: dt.datetime, cycle: Cycle, today: dt.date) -> str:
    """Why a return of the cycle cannot have been saved at that moment; blank where it can."""
    if saved.date() > today + _AHEAD:
        return "after today"
    first = min(cycle.review[0], cycle.plan_period[0])
    return "before the cycle began" if saved.date() < first else ""


def asked_about_days(
    returns: Sequence[Return],
    known: Known,
    cycle: Cycle,
    today: dt.date,
) -> list[Return]:
    """The returns; those of one entity and form are undecided where a day of saving cannot be.

    ``known`` are the returns gathered before. One return alone counts, whatever its day.
    """
    groups: dict[tuple[str, str], list[Return]] = {}
    for item in returns:
        if not item.status:
            groups.setdefault((item.entity, item.form), []).append(item)
    settled: dict[int, Return] = {}
    for key, group in groups.items():
        found = _found(group, known.get(key), cycle, today)
        if found:
            others = found.others
            told = [_told(item, group, found.said, others) for item in group]
            settled |= {id(item): one for item, one in zip(group, told, strict=True)}
    return [settled.get(id(item), item) for item in returns]


@dataclass(frozen=True)
class _Found:
    """A day that cannot be, in words, and the rivals that are in the workbook."""

    said: str
    others: tuple[str, ...]


def _found(
    group: Sequence[Return], before: Before | None, cycle: Cycle, today: dt.date
) -> _Found | None:
    days = {item.book: item.modified for item in group}
    gathered: dict[str, dt.datetime] = {}
    if before and (before.book, before.saved) not in {(one.book, one.saved) for one in group}:
        gathered = {f"{before.book} in the workbook": before.saved}
    said = [
        f"{book} says {day:%Y-%m-%d}, which is {why}"
        for book, day in {**days, **gathered}.items()
        if (why := why_impossible(day, cycle, today))
    ]
    if not said or len({item.content for item in group}) + len(gathered) < 2:
        return None
    return _Found("; ".join(said), tuple(gathered))


def _told(
    item: Return,
    group: Sequence[Return],
    said: str,
    gathered: Sequence[str],
) -> Return:
    counts = next((one.book for one in group if one.chosen), "")
    where = cover_place(item)
    if counts == item.book:
        return item
    if counts:
        return replace(item, status=SUPERSEDED, issues=(issue(SUPERSEDED, where, other=counts),))
    # Told once, at the return that is likely to be chosen.
    if f"{item.book} says" in said and any(f"{one.book} says" not in said for one in group):
        return replace(item, status=UNDECIDED)
    rivals = [one for one in group if one is not item]
    others = ", ".join([*(one.book for one in rivals), *gathered])
    about = issue(IMPOSSIBLE, where, found=said, other=others)
    return replace(item, status=UNDECIDED, issues=(*item.issues, about))
