"""Where each row of the tables stands after a run, so that what staff attached can follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from wps_xl.model import Value
from wps_xl.review.layout import SheetPlan, plans
from wps_xl.review.moves import moves
from wps_xl.review.workbook import Review

Row = Mapping[str, Value]
Records = Sequence[tuple[int, Row]]
Key = tuple[object, ...]
# What tells the rows of generated tables apart; those of the data sheets are known by their words.
KEYS: Mapping[str, tuple[str, ...]] = {
    "Register": ("Entity", "Form"),
    "Issues": ("Book", "Sheet", "Cell", "Heading", "Found"),
    "Sources": ("Key", "Figure", "Cell"),
}


def moved_rows(before: Review, after: Review) -> dict[str, Mapping[int, int]]:
    """Sheet → old row → new row. A row that is not there any more, or of which nobody can tell
    which it is now, is left out."""
    found: dict[str, Mapping[int, int]] = {}
    changed = False
    for plan in plans(after.codebook):
        if plan.fields and plan.name in before.tables:
            old, new = before.records(plan.name), after.records(plan.name)
            if [row for _, row in old] == [row for _, row in new]:
                found[plan.name] = {a: b for (a, _), (b, _) in zip(old, new, strict=True)}
            else:
                found[plan.name] = _pairs(old, new, plan)
                changed = changed or plan.kind == "data"
    if changed:
        # Where a run says which row is which, that holds: it saw the rows held back too.
        found |= after.moves or moves(before, after)
    return found


def _pairs(old: Records, new: Records, plan: SheetPlan) -> dict[int, int]:
    """Rows of a generated table: those that say the same, then those of the same key."""
    ours = [field.heading for field in plan.fields if not field.office]
    pairs: dict[int, int] = {}
    steps = ((plan.headings, False), (ours, False), (KEYS.get(plan.name, ours), True))
    for headings, alone in steps:
        taken = set(pairs.values())
        left = _grouped([item for item in old if item[0] not in pairs], headings)
        right = _grouped([item for item in new if item[0] not in taken], headings)
        pairs |= dict(_matched(left, right, alone))
    return pairs


def _grouped(rows: Records, headings: Iterable[str]) -> dict[Key, list[int]]:
    names = tuple(headings)
    found: dict[Key, list[int]] = {}
    for number, row in rows:
        found.setdefault(tuple(_plain(row.get(name)) for name in names), []).append(number)
    return found


def _plain(value: Value) -> object:
    return "" if value is None or value != value else value


def _matched(
    old: Mapping[Key, list[int]], new: Mapping[Key, list[int]], alone: bool
) -> Iterator[tuple[int, int]]:
    """Pairs of one key in turn; with ``alone`` only where it stands once."""
    for key, left in old.items():
        right = new.get(key, [])
        if not alone or len(left) == len(right) == 1:
            yield from zip(left, right, strict=False)
