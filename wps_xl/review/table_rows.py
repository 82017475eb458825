"""Where each row of the tables stands after a run, so that what staff attached can follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from wps_xl.model import Value
from wps_xl.records import Record
from wps_xl.review.layout import SheetPlan, plans
from wps_xl.review.moves import moves
from wps_xl.review.workbook import Review

Said = tuple[object, ...]
# What tells the rows of generated tables apart; those of the data sheets are known by their words.
KEYS: Mapping[str, tuple[str, ...]] = {
    "Register": ("entity", "form"),
    "Issues": ("book", "sheet", "cell", "heading", "found"),
    "Sources": ("key", "figure", "cell"),
}


def moved_rows(before: Review, after: Review) -> dict[str, Mapping[int, int]]:
    """Sheet → old row → new row. A row that is not there any more, or of which nobody can tell
    which it is now, is left out."""
    found: dict[str, Mapping[int, int]] = {}
    changed = False
    for plan in plans(after.codebook):
        if plan.fields and plan.name in before.tables:
            old, new = before.rows_of(plan.name), after.rows_of(plan.name)
            if [row.by_heading() for row in old] == [row.by_heading() for row in new]:
                found[plan.name] = {a.at: b.at for a, b in zip(old, new, strict=True)}
            else:
                found[plan.name] = _pairs(old, new, plan)
                changed = changed or plan.kind == "data"
    if changed:
        # Where a run says which row is which, that holds: it saw the rows held back too.
        found |= after.moves or moves(before, after)
    return found


def _pairs(old: Sequence[Record], new: Sequence[Record], plan: SheetPlan) -> dict[int, int]:
    """Rows of a generated table: those that say the same, then those of the same key."""
    every = [field.column for field in plan.fields]
    ours = [field.column for field in plan.fields if not field.office]
    pairs: dict[int, int] = {}
    steps = ((every, False), (ours, False), (KEYS.get(plan.name, ours), True))
    for columns, alone in steps:
        taken = set(pairs.values())
        left = _grouped([row for row in old if row.at not in pairs], columns)
        right = _grouped([row for row in new if row.at not in taken], columns)
        pairs |= dict(_matched(left, right, alone))
    return pairs


def _grouped(rows: Iterable[Record], columns: Sequence[str]) -> dict[Said, list[int]]:
    found: dict[Said, list[int]] = {}
    for row in rows:
        key = tuple(map(_plain, row.by_code(columns).values()))
        found.setdefault(key, []).append(row.at)
    return found


def _plain(value: Value) -> object:
    return "" if value is None or value != value else value


def _matched(
    old: Mapping[Said, list[int]], new: Mapping[Said, list[int]], alone: bool
) -> Iterator[tuple[int, int]]:
    """Pairs of one key in turn; with ``alone`` only where it stands once."""
    for key, left in old.items():
        right = new.get(key, [])
        if not alone or len(left) == len(right) == 1:
            yield from zip(left, right, strict=False)
