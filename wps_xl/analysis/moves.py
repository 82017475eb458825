"""Where each row of the tables stands after a run, so that what staff attached to it can follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from wps_xl.analysis.layout import BOOK, ENTITY, ROW, SHEET, SheetPlan, plans, row_id_headings
from wps_xl.analysis.review import Review
from wps_xl.forms.definitions import FormSheet, data_sheets
from wps_xl.model import Value

Row = Mapping[str, Value]
Records = Sequence[tuple[int, Row]]
Key = Callable[[Row], tuple[object, ...]]
# What tells the rows of generated tables apart; those of the data sheets have their numbers.
KEYS: Mapping[str, tuple[str, ...]] = {
    "Register": ("Entity", "Form"),
    "Issues": ("Book", "Sheet", "Cell", "Heading", "Found"),
    "Sources": ("Key", "Figure", "Cell"),
}
_ORIGIN = (BOOK, SHEET, ROW)
_ALIKE = 0.6
"""From here on two texts under one number are the same row, reworded."""


def moved_rows(before: Review, after: Review) -> dict[str, dict[int, int]]:
    """Sheet → old row → new row. A row that is not there any more, or of which nobody can tell
    which it is now, is left out."""
    forms = {sheet.name: sheet for sheet in data_sheets(after.codebook)}
    found = {}
    for plan in plans(after.codebook):
        if plan.fields and plan.name in before.tables:
            old, new = before.records(plan.name), after.records(plan.name)
            found[plan.name] = _pairs(old, new, plan, forms.get(plan.name))
    return found


def _pairs(old: Records, new: Records, plan: SheetPlan, form: FormSheet | None) -> dict[int, int]:
    if [row for _, row in old] == [row for _, row in new]:
        return {a: b for (a, _), (b, _) in zip(old, new, strict=True)}
    pairs: dict[int, int] = {}
    for key, alone in _steps(plan, form):
        left = [item for item in old if item[0] not in pairs]
        taken = set(pairs.values())
        right = [item for item in new if item[0] not in taken]
        pairs |= dict(_matched(_grouped(left, key), _grouped(right, key), alone))
    if form is not None:
        pairs |= _reworded(old, new, pairs, form)
    return pairs


def _steps(plan: SheetPlan, form: FormSheet | None) -> Iterator[tuple[Key, bool]]:
    """Keys from the strictest on, and whether only a key that stands once tells a row.

    An entity that inserts a row renumbers those below: then the words tell the row.
    """
    ours = [field.heading for field in plan.fields if not field.office]
    yield _key(plan.headings), False
    yield _key(ours), False
    if form is None:
        yield _key(KEYS.get(plan.name, ours)), True
        return
    said = [heading for heading in ours if heading not in _ORIGIN]
    numbers = row_id_headings(form) if form.key else ()
    yield _key(said), False
    yield _key([heading for heading in said if heading not in numbers]), False


def _key(headings: Iterable[str]) -> Key:
    names = tuple(headings)
    return lambda row: tuple(_plain(row.get(name)) for name in names)


def _plain(value: Value) -> object:
    return "" if value is None or value != value else value


def _grouped(rows: Records, key: Key) -> dict[tuple[object, ...], list[int]]:
    found: dict[tuple[object, ...], list[int]] = {}
    for number, row in rows:
        found.setdefault(key(row), []).append(number)
    return found


def _matched(
    old: Mapping[tuple[object, ...], list[int]],
    new: Mapping[tuple[object, ...], list[int]],
    alone: bool,
) -> Iterator[tuple[int, int]]:
    for key, left in old.items():
        right = new.get(key, [])
        if not alone or len(left) == len(right) == 1:
            yield from zip(left, right, strict=False)


def _reworded(
    old: Records, new: Records, pairs: Mapping[int, int], form: FormSheet
) -> Iterator[tuple[int, int]]:
    """Rows under one number whose words are still much the same."""
    key = _key((ENTITY, *row_id_headings(form)))
    taken = set(pairs.values())
    left = _grouped([item for item in old if item[0] not in pairs], key)
    right = _grouped([item for item in new if item[0] not in taken], key)
    rows_before, rows_now = dict(old), dict(new)
    headings = [column.heading for column in form.columns.values()]
    for a, b in _matched(left, right, alone=True):
        words = (_words(rows_before[a], headings), _words(rows_now[b], headings))
        if SequenceMatcher(None, *words, autojunk=False).ratio() >= _ALIKE:
            yield a, b


def _words(row: Row, headings: Sequence[str]) -> list[str]:
    return " ".join(str(_plain(row.get(heading))) for heading in headings).split()
