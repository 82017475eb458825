"""``consolidate --compare``: what changed since another review workbook, on sheet Comparison."""

from __future__ import annotations

from pathlib import Path

from wps_xl.analysis.compare import compare, comparison_lines, comparison_rows
from wps_xl.desk.commands.store import with_rows
from wps_xl.desk.hosts import Host
from wps_xl.records import Difference
from wps_xl.review.workbook import Review

SHEET = "Comparison"


def compared(host: Host, review: Review, other: Path | None) -> Review:
    """The review with what changed since ``other``; as it is where nothing is to be compared."""
    if other is None:
        return review
    changes = compare(host.read(other), review)
    return with_rows(review, SHEET, comparison_rows(changes, other.name))


def comparison_said(review: Review, other: Path | None) -> list[str]:
    """What the comparison found, for people."""
    if other is None:
        return []
    return comparison_lines(review.rows(Difference), other.name)
