"""Where the rows of the data sheets went: the row that is the same in the next state of a workbook.

Whatever hangs on a row follows it by this: the office's words, and what staff attached to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from wps_xl import __version__
from wps_xl.forms.definitions import FormSheet, data_sheets
from wps_xl.intake.identity import RowIdentity, followed, line_of, words_of
from wps_xl.model import Value
from wps_xl.review.columns import headings, sheet_of, text
from wps_xl.review.layout import BOOK, ENTITY, ROW, SHEET
from wps_xl.review.workbook import Review

Row = Mapping[str, Value]
Rows = Mapping[str, Sequence[tuple[int, Row]]]
"""Numbered rows by heading, by data sheet."""
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
    return {s.name: review.records(s.name) for s in data_sheets(review.codebook)}


def lines_in_turn(review: Review, sheet: FormSheet, rows: Rows) -> list[dict[int, RowIdentity]]:
    """What the rows of a data sheet are known by: those of returns, then those that staff typed
    over, copied or made, which may have what the first leave."""
    typed = typed_over(review, sheet.name)
    known = dict(lines(review, sheet, rows, typed))
    origins: dict[object, int] = {}
    for number, row in rows[sheet.name]:
        if row.get(BOOK):
            origins.setdefault((row[ENTITY], row[BOOK], row[SHEET], row[ROW]), number)
    of_returns = set(origins.values()) - typed
    return [
        {number: line for number, line in known.items() if number in of_returns},
        {number: line for number, line in known.items() if number not in of_returns},
    ]


def lines(
    review: Review, sheet: FormSheet, rows: Rows, typed: Iterable[int] = ()
) -> Iterable[tuple[int, RowIdentity]]:
    """What each row of a data sheet is known by; ``typed`` are rows that staff typed over."""
    heading = headings(review.codebook, sheet.name)
    above = _words_above(review, sheet, rows)
    unsure = set(typed)
    how = review.text("classification")
    for number, row in rows[sheet.name]:
        values = {code: row.get(name) for code, name in heading.items()}
        yield (
            number,
            line_of(sheet, how, text(row[ENTITY]), values, above(row), number not in unsure),
        )


def _words_above(review: Review, sheet: FormSheet, rows: Rows) -> Callable[[Row], Sequence[str]]:
    """The words of the row that a row belongs to: an initiative's, for its results."""
    heading = headings(review.codebook, sheet.name)
    known: dict[tuple[str, str, str], Sequence[str]] = {}
    for target in set(sheet.refers.values()):
        other, named = sheet_of(review.codebook, target), headings(review.codebook, target)
        for _, row in rows[target]:
            values = {code: row.get(name) for code, name in named.items()}
            number = text(row[named[other.key]]).casefold()
            known[target, text(row[ENTITY]), number] = words_of(other, values)

    def above(row: Row) -> list[str]:
        places = (
            (target, text(row[ENTITY]), text(row.get(heading[code])).casefold())
            for code, target in sheet.refers.items()
        )
        return [word for place in places for word in known.get(place, ())]

    return above
