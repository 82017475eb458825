"""One cause, one message: issues that say the same of several cells become one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wps_xl.model import CellRef, Issue, column_number

NAMED_CELLS = 3


def fold(issues: Iterable[Issue]) -> list[Issue]:
    """The issues, those of one code, column and content in one return folded into the first."""
    groups: dict[tuple[str, ...], list[Issue]] = {}
    for item in issues:
        key = (item.book, item.code, item.sheet, item.column, item.found, item.suggestion)
        groups.setdefault(key, []).append(item)
    return [_one(group) for group in groups.values()]


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
        also=tuple(_address(item) for item in others),
    )


def _address(item: Issue) -> str:
    return f"{item.sheet}!{item.cell}" if item.cell else item.sheet


def _reading_order(item: Issue) -> tuple[int, int]:
    if not item.cell:
        return 0, 0
    cell = CellRef.parse(f"A!{item.cell}")
    return cell.row, column_number(cell.column)
