"""The returns whose rows are in the workbook, to be held against those that come now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property, partial

from wps_xl.forms.definitions import data_sheets
from wps_xl.intake.identity import Row
from wps_xl.intake.which_counts import Before, Known
from wps_xl.model import Value
from wps_xl.review.columns import headings, text
from wps_xl.review.layout import BOOK, ENTITY, ROW
from wps_xl.review.workbook import Review


def gathered(review: Review) -> Known:
    """Entity and form to the return that was gathered, and its rows when they are asked for."""
    rows = _Rows(review)
    return dict(_lines(review, rows))


def _lines(review: Review, rows: _Rows) -> Iterator[tuple[tuple[str, str], Before]]:
    for _, row in review.records("Register"):
        saved = row["Saved"]
        if isinstance(saved, dt.datetime):
            key = str(row["Entity"]), str(row["Form"])
            about = str(row["Book"]), row.get("Completed")
            yield key, Before(saved, *about, partial(rows.of, *key))


class _Rows:
    """The rows of the data sheets by entity and form; read once, and only where needed."""

    def __init__(self, review: Review) -> None:
        self._review = review

    def of(self, entity: str, form: str) -> dict[str, list[tuple[str, Row]]]:
        return self._all.get((entity, form), {})

    @cached_property
    def _all(self) -> dict[tuple[str, str], dict[str, list[tuple[str, Row]]]]:
        found: dict[tuple[str, str], dict[str, list[tuple[str, Row]]]] = {}
        for sheet in data_sheets(self._review.codebook):
            names = headings(self._review.codebook, sheet.name)
            for number, row in self._review.records(sheet.name):
                if row.get(BOOK):
                    values: dict[str, Value] = {code: row.get(head) for code, head in names.items()}
                    here = found.setdefault((text(row[ENTITY]), sheet.form), {})
                    place = f"{sheet.name}!{number}:{row.get(ROW)}"
                    here.setdefault(sheet.name, []).append((place, values))
        return found
