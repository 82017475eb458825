"""Which return of an entity and form counts, where there are several.

The later one counts. Which is later says the date inside the file, never the day on which it was
downloaded or copied; and nothing replaces rows that it does not hold without the office's word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from wps_xl.codebook import Codebook
from wps_xl.forms.definitions import COVER, Form, forms
from wps_xl.intake.catalogue import Place, issue
from wps_xl.intake.cover import show
from wps_xl.intake.lacking import Lacking, Reader, holds_all, lacking, rows_of
from wps_xl.intake.returns import Return
from wps_xl.model import Issue, Value, split_address

SUPERSEDED = "superseded"
UNDECIDED = "two-returns"
WITHDRAWN = "withdrawn"
UNDATED, OTHER_ROWS, LEFT_OUT = "undated-returns", "other-rows", "rows-left-out"
_BY_DAY = " (later by its date completed, since a file without a date of its own is among them)"


@dataclass(frozen=True)
class Before:
    """The return of an entity and form whose rows are in the workbook: when it was saved, what it
    is called, the date completed on its Cover, and its rows."""

    saved: dt.datetime
    book: str
    completed: Value = None
    rows: Reader = dict


Time = tuple[bool, dt.datetime, str]
Known = Mapping[tuple[str, str], Before]
"""Entity and form to the return that was gathered before."""


def against_known(item: Return, known: Known, all_forms: Mapping[str, Form]) -> Return:
    """The return as the one in the workbook leaves it: superseded by a later one, or undecided
    where nobody can say which is later, or where it lacks rows that are in the workbook."""
    before = known.get((item.entity, item.form))
    if before is None or item.status:
        return item
    if (item.book, item.saved) == (before.book, before.saved):
        return item
    if not item.dated:
        item = _by_day(item, before, all_forms[item.form])
    elif item.saved < before.saved:
        return _with(item, SUPERSEDED, issue("superseded", _cover(item), other=before.book))
    if item.status or item.chosen:
        return item
    lacks = lacking(before.rows(), rows_of(item), all_forms[item.form])
    # The cells of the workbook move with the next run: the numbers of the rows must do.
    return _asked(item, replace(lacks, cells=()), before.book)


def _by_day(item: Return, before: Before, form: Form) -> Return:
    """A return without a date of its own, held against the one in the workbook."""
    now = _completed(item)
    if now and isinstance(before.completed, dt.datetime) and now != before.completed:
        if now > before.completed:
            return item
        about = issue("superseded", _cover(item), other=f"{before.book}{_BY_DAY}")
        return _with(item, SUPERSEDED, about)
    if item.chosen or holds_all(before.rows(), rows_of(item), form):
        return item
    return _with(item, UNDECIDED, issue(UNDATED, _cover(item), other=before.book))


def _asked(item: Return, lacks: Lacking, other: str) -> Return:
    """The return, with a question where it lacks rows of an earlier one."""
    if not lacks.names:
        return item
    code = OTHER_ROWS if lacks.is_most else LEFT_OUT
    count = str(len(lacks.names))
    about = issue(code, _cover(item), found=lacks.said, other=other, count=count, also=lacks.cells)
    return _with(item, UNDECIDED if lacks.is_most else item.status, about)


def left_out(item: Return, withdrawn: Collection[tuple[str, str]]) -> Return:
    """The return, without anything to say of it where the office has taken it out."""
    if (item.entity, item.form) in withdrawn:
        return replace(item, status=WITHDRAWN, issues=())
    return item


def settle(returns: Sequence[Return], order: Codebook) -> list[Return]:
    """The returns in entity order, each with its status: the later saved one counts.

    Two of the same moment with other content count neither until the office decides; nor do two
    with other rows each, or without dates. The same content twice is a note.
    """
    rank = {code: at for at, code in enumerate(order["entities"])}

    def place(item: Return) -> tuple[int, str, str]:
        return rank.get(item.entity, len(rank)), item.entity, item.form

    settled: list[Return] = []
    for _, group in groupby(sorted(returns, key=lambda r: (*place(r), r.book)), key=place):
        members = list(group)
        valid = [item for item in members if not item.status]
        settled += [item for item in members if item.status]
        settled += _rank(valid, forms(order))
    return settled


def _rank(group: Sequence[Return], all_forms: Mapping[str, Form]) -> list[Return]:
    if len(group) < 2:
        return list(group)
    by_time = sorted(group, key=_time(all(item.dated for item in group)))
    latest = by_time[-1]
    ranked = []
    for item in by_time[:-1]:
        if item.content == latest.content:
            ranked.append(_with(item, SUPERSEDED, _about("identical-return", item, latest)))
        elif not (latest.chosen or _is_before(item, latest)):
            ranked.append(_with(item, UNDECIDED))
        else:
            older, latest = _replaced(item, latest, all_forms[item.form])
            ranked.append(older)
    rivals = [item for item in ranked if item.status == UNDECIDED]
    unsettled = [item for item in rivals if not _is_before(item, latest)]
    if unsettled:
        code = "two-returns" if all(i.dated for i in (latest, *unsettled)) else UNDATED
        latest = _with(latest, UNDECIDED, _about(code, latest, *unsettled))
    return [*ranked, latest]


def cover_place(item: Return) -> Place:
    """The entity on the Cover of a return."""
    return _cover(item)


def _replaced(item: Return, latest: Return, form: Form) -> tuple[Return, Return]:
    """An earlier return and the later one, which the office is asked about where it lacks rows."""
    if not latest.chosen:
        asked = _asked(latest, lacking(rows_of(item), rows_of(latest), form), item.book)
        if asked is not latest:
            is_open = asked.status == UNDECIDED
            return _with(item, UNDECIDED if is_open else SUPERSEDED), asked
    by_day = "" if item.dated and latest.dated else _BY_DAY
    older = _with(item, SUPERSEDED, _about("superseded", item, latest, said=by_day))
    return older, _with(latest, latest.status, *_completed_earlier(item, latest))


def _time(all_dated: bool) -> Callable[[Return], Time]:
    """What to sort returns by: their own dates; where one has none, the dates on their Covers."""

    def key(item: Return) -> Time:
        day = item.modified if all_dated else _completed(item) or dt.datetime.min
        return item.chosen, day, item.book

    return key


def _is_before(item: Return, later: Return) -> bool:
    """Whether a return is surely earlier than another."""
    if item.dated and later.dated:
        return item.modified < later.modified
    one, other = _completed(item), _completed(later)
    return one is not None and other is not None and one < other


def _completed(item: Return) -> dt.datetime | None:
    value = item.cover.values.get("completed") if item.cover else None
    return value if isinstance(value, dt.datetime) else None


def _about(code: str, item: Return, *others: Return, said: str = "") -> Issue:
    """An issue between returns: it stands in ``item`` and names the others' Covers."""
    names = ", ".join(other.book for other in others)
    return issue(code, _cover(item), other=f"{names}{said}", also=_cells("entity", others))


def _completed_earlier(older: Return, later: Return) -> Iterator[Issue]:
    """A warning where the return saved later says that it was completed earlier."""
    before, after = _completed(older), _completed(later)
    if before is not None and after is not None and after < before:
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
    sheet = item.cover.sheet if item.cover else COVER
    cell = item.cover.cells.get(code) if item.cover else None
    row = split_address(cell)[1] if cell else None
    heading = item.cover.headings.get(code, "") if item.cover else ""
    return Place(item.book, item.entity, item.form, sheet, cell, row, code, heading)
