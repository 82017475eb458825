"""One joint activity in several returns: who leads it, and where it belongs (para. 32)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from wps_xl.intake.catalogue import issue
from wps_xl.intake.side_by_side import Gathering, Line
from wps_xl.model import Issue
from wps_xl.model.text import letters, visible

_LEAD = "lead"
# Where a joint activity belongs; a return may report parts of it in several places.
_PLACES = ("area", "thematic_area")
_NAMED = 3
ByEntity = Mapping[str, Sequence[Line]]


def joint_rows(here: Gathering) -> Iterator[Issue]:
    """A warning where two entities lead one activity, or report it in other places."""
    for form in here.forms.values():
        for sheet in form.sheets.values():
            if {"joint_key", "role"} <= set(sheet.columns):
                for lines in _by_name(here, sheet.name):
                    yield from _two_leads(lines)
                    for column in _PLACES:
                        yield from _apart(lines, column) if column in sheet.columns else ()


def _by_name(here: Gathering, sheet: str) -> Iterator[ByEntity]:
    """The rows of each joint activity by entity, where several entities report it."""
    groups: dict[str, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for line in here.lines(sheet):
        name = line.text("joint_key")
        if name:
            groups[letters(name)][line.owner.entity].append(line)
    yield from (lines for lines in groups.values() if len(lines) > 1)


def _two_leads(lines: ByEntity) -> Iterator[Issue]:
    leads = [line for rows in lines.values() for line in rows if line.text("role") == _LEAD]
    first = {line.owner.entity: line for line in reversed(leads)}
    if len(first) > 1:
        *others, last = (first[entity] for entity in lines if entity in first)
        yield issue(
            "two-leads",
            last.place("role"),
            found=last.text("role"),
            expected=visible(last.text("joint_key"), 60),
            other="; ".join(f"{_who(one, 'role')}" for one in others[:_NAMED]),
            also=tuple(filter(None, (one.address("role", last.owner) for one in others))),
        )


def _apart(lines: ByEntity, column: str) -> Iterator[Issue]:
    """The returns that place the activity nowhere where the last of them does."""
    placed = [[row for row in rows if row.text(column)] for rows in lines.values()]
    *others, last_rows = [rows for rows in placed if rows] or [[]]
    here = {row.text(column) for row in last_rows}
    away = [rows[0] for rows in others if not here & {row.text(column) for row in rows}]
    if away:
        last = last_rows[0]
        said = "; ".join(
            f"{one.owner.entity} reports it under “{one.text(column)}” ({_where(one, column)})"
            for one in away[:_NAMED]
        )
        yield issue(
            "joint-differs",
            last.place(column),
            found=last.text(column),
            expected=visible(last.text("joint_key"), 60),
            other=said,
            also=tuple(filter(None, (one.address(column, last.owner) for one in away))),
        )


def _who(line: Line, column: str) -> str:
    return f"{line.owner.entity} ({_where(line, column)})"


def _where(line: Line, column: str) -> str:
    place = line.place(column)
    return f"{place.book}, {place.sheet} {place.cell}"
