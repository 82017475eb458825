"""One cause, one message: issues that say the same of several cells become one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from wps_xl.model import CellRef, Issue, column_number

NAMED_CELLS = 3
BLANK = "blank-text"
REPEATED = ("same-row-twice", "same-activity", "last-cycle-row")
Consequences = dict[tuple[str, str, int], list[tuple[str, int]]]
"""Book, sheet and row of a cause to the sheets and rows that are held back with it."""
_OWN_CELL = re.compile(r"(?P<sheet>[^'\[\]]+)!\$?[A-Z]+\$?(?P<row>\d+)")


def fold(issues: Iterable[Issue]) -> list[Issue]:
    """The issues, those of one code, column and content in one return folded into the first."""
    groups: dict[tuple[str, ...], list[Issue]] = {}
    for item in issues:
        place = (item.book, item.code, item.sheet, item.column)
        # A pair of cells is a cause of its own: its message names both.
        pair = item.message if item.also else ""
        key = (*place, item.found, item.suggestion, item.answer, item.severity, pair)
        groups.setdefault(key, []).append(item)
    return [_one(group) for group in groups.values()]


def told_once(issues: Iterable[Issue]) -> list[Issue]:
    """The issues without notes on blank cells about which something else is said, and without
    those that compare words which must be written anew."""
    listed = list(issues)
    told = {(i.book, i.sheet, i.cell) for i in listed if i.code != BLANK}
    wrong = {(i.book, i.sheet, i.cell) for i in listed if i.severity == "error"}
    passed = {BLANK: told, **dict.fromkeys(REPEATED, wrong)}
    return [i for i in listed if (i.book, i.sheet, i.cell) not in passed.get(i.code, ())]


def with_consequences(issues: Iterable[Issue], drawn: Consequences) -> list[Issue]:
    """The issues, those whose row draws others with it saying so: one cause, one issue."""
    told = set()
    listed = []
    for item in issues:
        keys = [(item.book, *at) for at in rows_of(item)] if item.severity == "error" else []
        with_it = [row for key in keys if key not in told for row in drawn.get(key, ())]
        told |= set(keys)
        if with_it:
            rows = ", ".join(f"{sheet} row {row}" for sheet, row in with_it[:NAMED_CELLS])
            more = " …" if len(with_it) > NAMED_CELLS else ""
            text = f"{item.message} Held back with it, since they refer to it: {rows}{more}."
            item = replace(item, message=text)
        listed.append(item)
    return listed


def rows_of(item: Issue) -> list[tuple[str, int]]:
    """Sheet and Excel row of every cell of the issue in its own return."""
    rows = [(item.sheet, item.row)] if item.row is not None else []
    for address in item.also:
        cell = _OWN_CELL.fullmatch(address)
        if cell:
            rows.append((cell["sheet"], int(cell["row"])))
    return rows


def _one(group: list[Issue]) -> Issue:
    distinct = {(item.sheet, item.cell): item for item in group}
    first, *others = sorted(distinct.values(), key=_reading_order)
    if not others:
        return first
    cells = [item.cell for item in others if item.cell]
    named = ", ".join(cells[:NAMED_CELLS]) + (" …" if len(cells) > NAMED_CELLS else "")
    number = len(others)
    also = f"The same in {number} more {'cell' if number == 1 else 'cells'}: {named}."
    return replace(
        first,
        message=f"{first.message} {also}",
        also=(*first.also, *(_address(item) for item in others)),
    )


def _address(item: Issue) -> str:
    return f"{item.sheet}!{item.cell}" if item.cell else item.sheet


def _reading_order(item: Issue) -> tuple[int, int]:
    if not item.cell:
        return 0, 0
    cell = CellRef.parse(f"A!{item.cell}")
    return cell.row, column_number(cell.column)
