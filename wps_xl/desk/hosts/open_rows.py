"""What hangs on the rows of an open workbook, and whether writing cells alone would part them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

from wps_xl.desk.hosts.excel_errors import excel_errors
from wps_xl.model import Grid, column_number
from wps_xl.review.layout import plans
from wps_xl.review.table_rows import moved_rows
from wps_xl.review.workbook import Review

STAY = (
    "Rows moved on sheet {names}. In a workbook on a server notes, colours, links and columns of "
    "your own stand where they stood: look at them. In a workbook on this computer they follow."
)
# Lines of these are written anew at every check; few people hang anything on them.
_PASSING = ("Issues", "Issue keys", "Sources", "Files", "Comparison", "Origins")


def parted(book: Any, before: Review, after: Review, grids: Mapping[str, Grid]) -> list[str]:
    """The sheets on which a row would part from what staff attached to it."""
    rows = moved_rows(before, after)
    moved = [
        name
        for name, pairs in rows.items()
        if len(pairs) < len(before.tables[name]) or any(a != b for a, b in pairs.items())
    ]
    return [
        name
        for name in moved
        if name not in _PASSING or _has_notes(book, name) or _has_own(before, name, grids)
    ]


def _has_notes(book: Any, name: str) -> bool:
    """Whether a sheet has notes; xlwings itself cannot tell, and Excel on macOS does not."""
    with contextlib.suppress(AttributeError, *excel_errors()):
        return bool(book.sheets[name].api.Comments.Count)
    return False


def _has_own(review: Review, name: str, grids: Mapping[str, Grid]) -> bool:
    """Whether something stands right of the columns of ours."""
    plan = next(plan for plan in plans(review.codebook) if plan.name == name)
    right = max(map(column_number, review.letters[name].values()), default=0)
    rows = grids[name].rows[plan.header_row - 1 :] if name in grids else ()
    return any(value is not None for row in rows for value in row[right:])


def totals(book: Any) -> Iterator[tuple[str, int]]:
    """Sheet and row of each total row of a table."""
    for sheet in book.sheets:
        for table in sheet.tables:
            if table.show_totals:
                yield sheet.name, table.range.row + table.range.shape[0] - 1
