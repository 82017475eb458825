"""The rows of a table of the review workbook as tests change them: by heading."""

from __future__ import annotations

from wps_xl.model import Value
from wps_xl.review.workbook import Review


def rows_in(review: Review, sheet: str) -> list[dict[str, Value]]:
    return [row.by_heading() for row in review.rows_of(sheet)]
