"""Which return of an entity and form counts, where there are several (contract 8.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from wps_xl.codebook import Codebook
from wps_xl.forms.definitions import COVER
from wps_xl.intake.catalogue import Place, issue
from wps_xl.intake.returns import SET_ASIDE, Return
from wps_xl.model import Issue

SUPERSEDED = "superseded"
UNDECIDED = "two-returns"


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
        valid = [item for item in members if item.status != SET_ASIDE]
        settled += [item for item in members if item.status == SET_ASIDE]
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
            note = issue("identical-return", _cover(item), other=latest.book)
            ranked.append(_with(item, SUPERSEDED, note))
        elif item.modified == latest.modified:
            ranked.append(_with(item, UNDECIDED))
        else:
            note = issue("superseded", _cover(item), other=latest.book)
            ranked.append(_with(item, SUPERSEDED, note))
    rivals = [item.book for item in ranked if item.status == UNDECIDED]
    if rivals:
        fault = issue("two-returns", _cover(latest), other=", ".join(rivals))
        latest = _with(latest, UNDECIDED, fault)
    return [*ranked, latest]


def _with(item: Return, status: str, *issues: Issue) -> Return:
    return replace(item, status=status, issues=(*item.issues, *issues))


def _cover(item: Return) -> Place:
    cell = item.cover.cells.get("entity") if item.cover else None
    row = int("".join(filter(str.isdigit, cell))) if cell else None
    return Place(item.book, item.entity, item.form, COVER, cell, row, "entity", "Entity")
