"""Which return of an entity and form counts, where there are several (contract 8.5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from wps_xl.codebook import Codebook
from wps_xl.forms.definitions import COVER
from wps_xl.intake.catalogue import Place, issue
from wps_xl.intake.cover import show
from wps_xl.intake.returns import Return
from wps_xl.model import Issue, split_address

SUPERSEDED = "superseded"
UNDECIDED = "two-returns"
WITHDRAWN = "withdrawn"

Known = Mapping[tuple[str, str], tuple[dt.datetime, str]]
"""Entity and form to the moment and the name of the return that was gathered before."""


def against_known(item: Return, known: Known) -> Return:
    """The return, superseded where a later one of the same entity and form is in the workbook."""
    saved, book = known.get((item.entity, item.form), (None, ""))
    if saved is None or item.status or item.modified.replace(microsecond=0) >= saved:
        return item
    return _with(item, SUPERSEDED, issue("superseded", _cover(item), other=book))


def left_out(item: Return, withdrawn: Collection[tuple[str, str]]) -> Return:
    """The return, without anything to say of it where the office has taken it out."""
    if (item.entity, item.form) in withdrawn:
        return replace(item, status=WITHDRAWN, issues=())
    return item


def settle(returns: Sequence[Return], order: Codebook) -> list[Return]:
    """The returns in entity order, each with its status: the later saved one counts.

    Two of the same moment with other content count neither until the office decides; the same
    content twice is a note.
    """
    rank = {code: at for at, code in enumerate(order["entities"])}

    def place(item: Return) -> tuple[int, str, str]:
        return rank.get(item.entity, len(rank)), item.entity, item.form

    settled: list[Return] = []
    for _, group in groupby(sorted(returns, key=lambda r: (*place(r), r.book)), key=place):
        members = list(group)
        valid = [item for item in members if not item.status]
        settled += [item for item in members if item.status]
        settled += _rank(valid)
    return settled


def _rank(group: Sequence[Return]) -> list[Return]:
    if len(group) < 2:
        return list(group)
    by_time = sorted(group, key=lambda item: (item.modified, item.book))
    latest = by_time[-1]
    ranked = []
    for item in by_time[:-1]:
        if item.content == latest.content:
            ranked.append(_with(item, SUPERSEDED, _about("identical-return", item, latest)))
        elif item.modified == latest.modified:
            ranked.append(_with(item, UNDECIDED))
        else:
            ranked.append(_with(item, SUPERSEDED, _about("superseded", item, latest)))
            latest = _with(latest, "", *_completed_earlier(item, latest))
    rivals = [item for item in ranked if item.status == UNDECIDED]
    if rivals:
        latest = _with(latest, UNDECIDED, _about("two-returns", latest, *rivals))
    return [*ranked, latest]


def _about(code: str, item: Return, *others: Return) -> Issue:
    """An issue between returns: it stands in ``item`` and names the others' Covers."""
    names = ", ".join(other.book for other in others)
    return issue(code, _cover(item), other=names, also=_cells("entity", others))


def _completed_earlier(older: Return, later: Return) -> Iterator[Issue]:
    """A warning where the return saved later says that it was completed earlier."""
    days = [item.cover.values.get("completed") if item.cover else None for item in (older, later)]
    before, after = days
    if isinstance(before, dt.datetime) and isinstance(after, dt.datetime) and after < before:
        yield issue(
            "older-completed",
            _cover(later, "completed"),
            found=show(after),
            expected=show(before),
            other=older.book,
            also=_cells("completed", [older]),
        )


def _cells(code: str, returns: Sequence[Return]) -> tuple[str, ...]:
    """A line of other returns' Covers, as ``also`` lists it."""
    places = [_cover(item, code) for item in returns]
    return tuple(f"'[{one.book}]{one.sheet}'!{one.cell}" for one in places if one.cell)


def _with(item: Return, status: str, *issues: Issue) -> Return:
    """The return with its status; of one that a later one replaces only that is still to say."""
    before = () if status == SUPERSEDED else item.issues
    return replace(item, status=status, issues=(*before, *issues))


def _cover(item: Return, code: str = "entity") -> Place:
    """The place of a line of the Cover, whatever the form."""
    cell = item.cover.cells.get(code) if item.cover else None
    row = split_address(cell)[1] if cell else None
    heading = item.cover.headings.get(code, "") if item.cover else ""
    return Place(item.book, item.entity, item.form, COVER, cell, row, code, heading)
