"""Rows of an earlier state of a return that a later one of the same entity and form lacks.

Two offices of one entity may send other rows each: a later file replaces only what it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wps_xl.forms.definitions import Form, FormSheet
from wps_xl.intake.identity import RowIdentity, Values, followed, line_of, row_name
from wps_xl.intake.returns import Return
from wps_xl.model.text import visible

_NAMED = 4
Rows = Mapping[str, Sequence[tuple[str, Values]]]
"""By sheet of the form: where each row stands, and its values by column code."""
Lines = Mapping[str, RowIdentity]


@dataclass(frozen=True)
class Lacking:
    """The rows that are not there any more: what they are called, and where they stand.

    ``is_most`` says that hardly any row of the earlier state is in the later one.
    """

    names: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    is_most: bool = False

    @property
    def said(self) -> str:
        """The rows in words."""
        more = len(self.names) - _NAMED
        return ", ".join(self.names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def rows_of(item: Return) -> dict[str, list[tuple[str, Values]]]:
    """The rows of data of a return; those that never count are left out."""
    found: dict[str, list[tuple[str, Values]]] = {}
    for name, table in item.tables.items():
        rows = found.setdefault(name, [])
        letter = min(table.letters.values(), key=lambda text: (len(text), text), default="A")
        for at, number in enumerate(table.numbers):
            if (name, number) not in item.never:
                values = {code: column[at] for code, column in table.columns.items()}
                rows.append((f"'[{item.book}]{table.sheet}'!{letter}{number}", values))
    return found


def lacking(before: Rows, now: Rows, form: Form) -> Lacking:
    """The rows of ``before`` that are not among those of ``now``, whatever they are numbered."""
    gone: list[tuple[FormSheet, str, Values]] = []
    own = lost = 0
    for name, sheet in form.sheets.items():
        old, new = dict(before.get(name, ())), dict(now.get(name, ()))
        missing = list(_prepared(sheet, old, new) if sheet.prefilled else _own(sheet, old, new))
        gone += [(sheet, cell, old[cell]) for cell in missing]
        if not sheet.prefilled:
            own, lost = own + len(old), lost + len(missing)
    if not own:
        own, lost = sum(map(len, before.values())), len(gone)
    names = tuple(f"{sheet.name} {_called(sheet, row)}" for sheet, _, row in gone)
    return Lacking(names, tuple(cell for _, cell, _ in gone), 2 * lost > own)


def _called(sheet: FormSheet, row: Values) -> str:
    name = row_name(sheet, "", row)
    words = (str(row.get(code) or "") for code in sheet.words)
    return visible(name or next(filter(None, words), "without a number"), 40)


def _prepared(
    sheet: FormSheet, old: Mapping[str, Values], new: Mapping[str, Values]
) -> Iterator[str]:
    """Rows of a sheet that the office numbered: those with an answer before and none now."""
    there = {row_name(sheet, "", row).casefold() for row in new.values()}
    return (cell for cell, row in old.items() if row_name(sheet, "", row).casefold() not in there)


def _own(sheet: FormSheet, old: Mapping[str, Values], new: Mapping[str, Values]) -> list[str]:
    """Rows of the entity's own that are not there; where most are, one written anew is no loss."""
    before, after = _lines(sheet, old), _lines(sheet, new)
    went = followed(after, before)
    left = [cell for cell in before if cell not in went]
    if 2 * len(went) < len(before):
        return left
    free = {line.number for cell, line in after.items() if cell not in went.values()}
    return [cell for cell in left if before[cell].number not in free]


def _lines(sheet: FormSheet, rows: Mapping[str, Values]) -> dict[str, RowIdentity]:
    return {cell: line_of(sheet, "", "", row) for cell, row in rows.items()}


def holds_all(before: Rows, now: Rows, form: Form) -> bool:
    """Whether each row of ``before`` is among those of ``now`` as it was, word for word."""
    return all(
        _contents(sheet, before.get(name, ())) <= _contents(sheet, now.get(name, ()))
        for name, sheet in form.sheets.items()
    )


def _contents(sheet: FormSheet, rows: Sequence[tuple[str, Values]]) -> set[object]:
    lines = (line_of(sheet, "", "", row) for _, row in rows)
    return {(line.number, line.plain, line.rest) for line in lines}


Reader = Callable[[], Rows]
"""Gives the rows when they are asked for, which is seldom."""
