"""The lines of sheet Issues as everybody reads them: one meaning of open, asked and answered."""

from __future__ import annotations

import datetime as dt

from wps_xl.intake.overlay import ASK, UNUSABLE, USE_VALUE
from wps_xl.records import IssueKey, Record

_PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ$"


class IssueLine(Record):
    """One line of sheet Issues: what was found where, and what the office answered."""

    sheet_name = "Issues"
    severity: str
    entity: str
    form: str
    book: str
    sheet: str
    cell: str
    heading: str
    found: str
    message: str
    suggestion: str
    since: dt.datetime | None
    our_answer: str
    value: str
    reason: str
    initials: str

    @property
    def answer(self) -> str:
        """What the office answered, whatever its case."""
        return self.our_answer.casefold()

    @property
    def is_asked(self) -> bool:
        """Whether the office put it to the entity."""
        return self.answer.startswith(ASK)

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer of the office or of the entity.

        An answer that cannot be used is none, nor is a value that was not written yet.
        """
        lacks_value = self.answer.startswith(USE_VALUE) and self.raw("value") is None
        return not self.answer or self.is_asked or lacks_value or UNUSABLE in self.message

    def is_for_office(self, severity: str) -> bool:
        """Whether the office has to answer it, and it is as severe as that.

        A run makes notes of what was answered; until then it is as severe as it was.
        """
        return self.severity == severity and not self.is_asked

    @property
    def row(self) -> int | None:
        """The row of the return that it is about; None for a sheet or a whole file."""
        digits = self.cell.lstrip(_PLAIN)
        return int(digits) if self.book and self.sheet and digits.isdecimal() else None


def id_of(row: IssueLine | IssueKey) -> tuple[str, ...]:
    """What tells a line of sheet Issues from the others."""
    return row.book, row.sheet, row.cell, row.message
