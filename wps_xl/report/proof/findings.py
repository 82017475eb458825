"""What a check of a draft finds, and the cells of tables that are not those of the workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wps_xl.office.word.contents import HEADS as CONTENTS_HEADS
from wps_xl.office.word.manuscript import Manuscript

ERROR, NOTE = "error", "note"

TableRow = tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """One thing to look at: where, what, the words of the draft and those of the workbook.

    ``about`` says why it is no error.
    """

    code: str
    message: str
    number: str
    at: int
    begins: str
    here: str = ""
    there: str = ""
    severity: str = ERROR
    about: str = "as in the workbook"

    @property
    def place(self) -> str:
        """The paragraph as its reader finds it."""
        return f"Paragraph {self.number}" if self.number else f"“{self.begins}…”"


def changed_cells(text: Manuscript, fresh: Manuscript) -> Iterator[Finding]:
    """Cells that differ, in tables that both texts have: same heads, same beginning of a row."""
    # The contents follow the document's own paragraphs, and Word renews them.
    told = [table for table in fresh.tables if len(table) > 1 and table[0] != CONTENTS_HEADS]
    there = {table[0]: _rows(table) for table in told}
    for table in text.tables:
        known = there.get(table[0], {}) if table else {}
        for begin, row in _rows(table).items() if known else ():
            yield from _changed(table[0], row, known.get(begin), len(text.passages))
        yield from _counted_rows(table, list(known.values()), len(text.passages))


def _counted_rows(table: tuple[TableRow, ...], known: list[TableRow], at: int) -> Iterator[Finding]:
    """Rows of the workbook's table that are missing here, or stand here more often."""
    here, there = (Counter(row[0] for row in rows if row) for rows in (table[1:], known))
    for name in there - here:
        message = f"In the table, the row {name} of the workbook is missing."
        yield Finding("table", message, "", at, name, "", name)
    for name in (here - there).keys() & there.keys():
        message = f"In the table, the row {name} stands {here[name]} times."
        yield Finding("table", message, "", at, name, name)


def _changed(heads: TableRow, row: TableRow, other: TableRow | None, at: int) -> Iterator[Finding]:
    for head, here, there in zip(heads, row, other or (), strict=False):
        if here != there:
            message = f"In the table, {row[0]}, {head}: the workbook has “{there}”."
            yield Finding("table", message, "", at, row[0], here, there)


def _rows(table: tuple[TableRow, ...]) -> Mapping[TableRow, TableRow]:
    """Rows by what they begin with; rows that begin alike are told apart by their second cell."""
    firsts = Counter(row[:1] for row in table[1:])
    return {row[: 1 + (firsts[row[:1]] > 1)]: row for row in table[1:]}
