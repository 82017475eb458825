"""Rows of returns that do not count, as the review workbook keeps them: which, why, since when.

found = accepted + held back (S/2007/567, para. 43). Draft, letters, scorecard, trace and sheet
Start read them here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from wps_xl.forms.definitions import forms
from wps_xl.intake.answered import RowPlace, row_ids
from wps_xl.intake.causes import rows_of
from wps_xl.intake.returns import Return
from wps_xl.intake.validation import Intake
from wps_xl.intake.which_counts import SUPERSEDED, WITHDRAWN
from wps_xl.model import Issue, Value
from wps_xl.nouns import plural
from wps_xl.records import HeldLine, RegisterLine
from wps_xl.review.answers import listed_keys
from wps_xl.review.earlier import unread
from wps_xl.review.issue_lines import IssueLine
from wps_xl.review.workbook import Review

SHEET = HeldLine.sheet_name
REPLACED = (SUPERSEDED, WITHDRAWN)
"""Causes of rows in whose place others count, or none: nothing is to be done about them."""
_NAMED = 5
_WITH = "It refers to {other}, which is held back itself."


@dataclass(frozen=True)
class HeldBack:
    """One row of a return that is not in the data.

    ``cause`` is the code of the reason and ``message`` what a person is told of it; ``other``
    names the row that holds this one, blank where it has a fault of its own.
    """

    entity: str
    form: str
    book: str
    sheet: str
    row: int
    name: str
    cause: str
    message: str
    other: str = ""

    @property
    def reason(self) -> str:
        """Why it does not count."""
        return _WITH.format(other=self.other) if self.other else self.message

    def is_held_by(self, line: IssueLine) -> bool:
        """Whether a line of sheet Issues is the cause."""
        return (self.book, self.message) == (line.book, line.message)


def held_rows(review: Review) -> list[HeldBack]:
    """The rows that the data lack, in the order of the returns; replaced ones are left out."""
    rows = review.rows(HeldLine)
    if not rows and any(line.held_back for line in review.rows(RegisterLine)):
        return list(_told(review))
    return [_read(row) for row in rows if row.cause not in REPLACED]


def _read(row: HeldLine) -> HeldBack:
    place = (row.entity, row.form, row.book, row.sheet, int(row.row or 0))
    return HeldBack(*place, row.row_id, row.cause, row.message, row.held_with)


def _told(review: Review) -> Iterator[HeldBack]:
    """What sheet Issues says of them, where an older version or a cleaner of documents left no
    more."""
    seen = set()
    for line, keys in listed_keys(review):
        if line.severity == "error" and line.row is not None:
            place = (line.book, line.sheet, line.row)
            if place not in seen:
                about = (keys[0].row_id, keys[0].code, line.message)
                yield HeldBack(line.entity, line.form, *place, *about)
            seen.add(place)


def by_reason(rows: Iterable[HeldBack]) -> Iterator[str]:
    """The rows and their reasons, for a person; those of one sheet and reason in one text."""
    for reason, group in _grouped(rows, lambda row: row.reason):
        yield f"{_where(group)}: {reason}"


def by_sheet(rows: Iterable[HeldBack]) -> list[str]:
    """Where the rows stand, for a person; those of one sheet in one text."""
    return [_where(group) for _, group in _grouped(rows, lambda row: "")]


def _grouped(
    rows: Iterable[HeldBack], key: Callable[[HeldBack], str]
) -> Iterator[tuple[str, list[HeldBack]]]:
    groups: dict[tuple[str, str, str], list[HeldBack]] = defaultdict(list)
    for row in rows:
        groups[row.book, row.sheet, key(row)].append(row)
    yield from ((name, group) for (_, _, name), group in groups.items())


def _where(group: Sequence[HeldBack]) -> str:
    first, count = group[0], len(group)
    numbers = ", ".join(str(row.row) for row in group[:_NAMED])
    more = f" and {count - _NAMED} more" if count > _NAMED else ""
    return f"{first.book}, {first.sheet}, {plural(count, 'row', 'rows')} {numbers}{more}"


def held_table(review: Review, intake: Intake, issues: pd.DataFrame) -> list[dict[str, Value]]:
    """The lines of sheet Held back after a run; those of returns not in it are kept.

    ``issues`` is sheet Issues after it, which says since when a cause is known.
    """
    stands = unread(review, intake)
    lines = [row.by_heading() for row in review.rows(HeldLine) if stands(row)]
    told = ("Book", "Message", "Since")
    since = {
        (book, message): day
        for book, message, day in zip(*(issues[name].tolist() for name in told), strict=True)
    }
    causes = _Causes(intake)
    for at, item in enumerate(intake.returns):
        if intake.held[at]:
            lines += _lines(
                item, intake.held[at], causes, since, row_ids(item, forms(review.codebook))
            )
    return lines


def _lines(
    item: Return,
    held: Mapping[tuple[str, int], str],
    causes: _Causes,
    since: Mapping[tuple[str, str], Value],
    names: Mapping[RowPlace, str],
) -> Iterator[dict[str, Value]]:
    for (name, number), code in sorted(held.items()):
        sheet = item.sheet_called(name)
        issue, other = causes.of(item.book, sheet, number, code)
        message = issue.message if issue else code
        yield {
            "Entity": item.entity or None,
            "Form": item.form or None,
            "Book": item.book,
            "Sheet": sheet,
            "Row": number,
            "Row id": names.get((item.book, sheet, number)) or None,
            "Cells": issue.cell if issue and not other else None,
            "Cause": item.status or code,
            "Message": message,
            "Held with": other or None,
            "Since": since.get((item.book, message)),
        }


class _Causes:
    """Which issue of an intake holds which row back."""

    def __init__(self, intake: Intake) -> None:
        self._at_row: dict[tuple[str, str, int], list[Issue]] = defaultdict(list)
        self._of_file: dict[str, list[Issue]] = defaultdict(list)
        for issue in intake.issues:
            for sheet, row in rows_of(issue):
                self._at_row[issue.book, sheet, row].append(issue)
            self._of_file[issue.book].append(issue)
        self._behind = {
            (book, *row): (book, sheet, number)
            for (book, sheet, number), rows in intake.drawn.items()
            for row in rows
        }

    def of(self, book: str, sheet: str, row: int, code: str) -> tuple[Issue | None, str]:
        """The issue, and the row that holds this one; None where no issue says it."""
        own = _first(self._at_row[book, sheet, row], code)
        behind = self._behind.get((book, sheet, row))
        if own is None and behind is not None:
            issue = _first(self._at_row[behind], "")
            return issue, f"{behind[1]}, row {behind[2]}" if behind[2] else behind[1]
        whole = [one for one in self._of_file[book] if one.row is None or one.code == code]
        here = [one for one in whole if one.sheet == sheet]
        return own or _first(here, code) or _first(whole, code), ""


def _first(issues: Sequence[Issue], code: str) -> Issue | None:
    """The issue of that code, else the first error; None where there is neither."""
    named = (issue for issue in issues if issue.code == code)
    errors = (issue for issue in issues if issue.severity == "error")
    return next(named, None) or next(errors, None)
