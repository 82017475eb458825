"""The lines of sheet Issues as everybody reads them: one meaning of open, asked and answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wps_xl.intake.overlay import ASK, UNUSABLE, USE_VALUE
from wps_xl.model import Value
from wps_xl.review.columns import text
from wps_xl.review.workbook import Review

_PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ$"


@dataclass(frozen=True)
class IssueLine:
    """One line of sheet Issues: what was found where, and what the office answered."""

    severity: str
    entity: str
    form: str
    book: str
    sheet: str
    cell: str
    heading: str
    message: str
    answer: str
    value: Value

    @property
    def is_asked(self) -> bool:
        """Whether the office put it to the entity."""
        return self.answer.startswith(ASK)

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer of the office or of the entity.

        An answer that cannot be used is none, nor is a value that was not written yet.
        """
        lacks_value = self.answer.startswith(USE_VALUE) and self.value is None
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


def issue_lines(review: Review) -> Iterator[IssueLine]:
    """The lines of sheet Issues in the order in which they stand."""
    for _, row in review.records("Issues"):
        yield line_of(row)


def line_of(row: dict[str, Value]) -> IssueLine:
    """One row of sheet Issues as a line."""
    names = ("Severity", "Entity", "Form", "Book", "Sheet", "Cell", "Heading", "Message")
    answer = text(row["Our answer"]).casefold()
    severity, entity, form, book, sheet, cell, heading, message = (text(row[n]) for n in names)
    place = (entity, form, book, sheet, cell)
    return IssueLine(severity, *place, heading, message, answer, row["Value"])
