"""The returns whose rows are in the workbook, to be held against those that come now."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial

from wps_xl.forms.definitions import data_sheets
from wps_xl.intake.identity import Values
from wps_xl.intake.which_counts import Before, Known
from wps_xl.records import RegisterLine
from wps_xl.review.workbook import Review


def gathered(review: Review) -> Known:
    """Entity and form to the return that was gathered, and its rows when they are asked for."""
    rows = _Rows(review)
    return dict(_lines(review, rows))


def _lines(review: Review, rows: _Rows) -> Iterator[tuple[tuple[str, str], Before]]:
    for line in review.rows(RegisterLine):
        if line.saved is not None:
            key = line.entity, line.form
            about = line.book, line.raw("completed")
            yield key, Before(line.saved, *about, partial(rows.of, *key))


class _Rows:
    """The rows of the data sheets by entity and form; read once, and only where needed."""

    def __init__(self, review: Review) -> None:
        self._review = review

    def of(self, entity: str, form: str) -> dict[str, list[tuple[str, Values]]]:
        return self._all.get((entity, form), {})

    @cached_property
    def _all(self) -> dict[tuple[str, str], dict[str, list[tuple[str, Values]]]]:
        found: dict[tuple[str, str], dict[str, list[tuple[str, Values]]]] = {}
        for sheet in data_sheets(self._review.codebook):
            for row in self._review.gathered(sheet.name):
                if row.book:
                    here = found.setdefault((row.entity, sheet.form), {})
                    place = f"{sheet.name}!{row.at}:{row.row}"
                    here.setdefault(sheet.name, []).append((place, row.by_code(sheet.columns)))
        return found
