"""Where the rows of the data sheets went: the row that is the same in the next state of a workbook.

Whatever hangs on a row follows it by this: the office's words, and what staff attached to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from wps_xl import __version__
from wps_xl.forms.definitions import FormSheet, data_sheets
from wps_xl.intake.identity import RowIdentity, followed, line_of, words_of
from wps_xl.records import text
from wps_xl.records.kinds import Gathered
from wps_xl.review.columns import sheet_of
from wps_xl.review.workbook import Review

Rows = Mapping[str, Sequence[Gathered]]
"""Rows by data sheet."""
Moves = Mapping[str, Mapping[int, int]]
"""By data sheet: row before to row after, of every row that is clearly the same."""


def moves(before: Review, after: Review) -> Moves:
    """Where each row of the data sheets went.

    A row that is not named is gone, or changed so much that nobody can say which it is now.
    """
    old, new = rows_of(before), rows_of(after)
    return {
        sheet.name: followed(dict(lines(after, sheet, new)), *lines_in_turn(before, sheet, old))
        for sheet in data_sheets(before.codebook)
    }


def typed_over(review: Review, sheet: str) -> set[int]:
    """The rows that wps_xl did not write as they stand; another version wrote all otherwise."""
    if review.version != __version__:
        return set()
    return {one.number for one in review.typed if one.sheet == sheet and one.row}


def rows_of(review: Review) -> Rows:
    """The rows of every data sheet with their numbers."""
    return {sheet.name: review.gathered(sheet.name) for sheet in data_sheets(review.codebook)}


def lines_in_turn(review: Review, sheet: FormSheet, rows: Rows) -> list[dict[int, RowIdentity]]:
    """What the rows of a data sheet are known by: those of returns, then those that staff typed
    over, copied or made, which may have what the first leave."""
    typed = typed_over(review, sheet.name)
    known = dict(lines(review, sheet, rows, typed))
    origins: dict[object, int] = {}
    for row in rows[sheet.name]:
        if row.book:
            origins.setdefault((row.entity, row.book, row.sheet, row.row), row.at)
    of_returns = set(origins.values()) - typed
    return [
        {number: line for number, line in known.items() if number in of_returns},
        {number: line for number, line in known.items() if number not in of_returns},
    ]


def lines(
    review: Review, sheet: FormSheet, rows: Rows, typed: Iterable[int] = ()
) -> Iterable[tuple[int, RowIdentity]]:
    """What each row of a data sheet is known by; ``typed`` are rows that staff typed over."""
    above = _words_above(review, sheet, rows)
    unsure = set(typed)
    how = review.text("classification")
    for row in rows[sheet.name]:
        values = row.by_code(sheet.columns)
        yield row.at, line_of(sheet, how, row.entity, values, above(row), row.at not in unsure)


def _words_above(
    review: Review, sheet: FormSheet, rows: Rows
) -> Callable[[Gathered], Sequence[str]]:
    """The words of the row that a row belongs to: an initiative's, for its results."""
    known: dict[tuple[str, str, str], Sequence[str]] = {}
    for target in set(sheet.refers.values()):
        other = sheet_of(review.codebook, target)
        for row in rows[target]:
            number = text(row.raw(other.key)).casefold()
            known[target, row.entity, number] = words_of(other, row.by_code(other.columns))

    def above(row: Gathered) -> list[str]:
        places = (
            (target, row.entity, text(row.raw(code)).casefold())
            for code, target in sheet.refers.items()
        )
        return [word for place in places for word in known.get(place, ())]

    return above
