"""Rows gathered in earlier runs: which of them stand, and what is said of those that do not.

What counts stands in a return (S/2007/567, para. 43): a row typed into a data sheet does not, nor
does one whose values were typed over.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from wps_xl.forms.definitions import FormSheet, data_sheets
from wps_xl.intake.validation import Intake
from wps_xl.nouns import some
from wps_xl.records import File, HeldLine, RegisterLine
from wps_xl.records.kinds import Gathered
from wps_xl.review.issue_lines import IssueLine
from wps_xl.review.layout import BOOK
from wps_xl.review.moves import typed_over
from wps_xl.review.register import RECEIVED, is_withdrawn
from wps_xl.review.workbook import Review

Owner = tuple[str, str]
"""Entity and form."""


@dataclass(frozen=True)
class Earlier:
    """What the workbook holds before a run that renews the rows of some returns."""

    review: Review
    renewed: Collection[Owner]
    withdrawn: Collection[Owner]

    def rows(self, sheet: FormSheet) -> list[Gathered]:
        """The rows of one data sheet that stand."""
        over = typed_over(self.review, sheet.name)
        return [
            row
            for row in self.review.gathered(sheet.name)
            if row.book and row.at not in over and self._is_kept(row, sheet.form)
        ]

    def said(self) -> Iterator[str]:
        """What a person must know of rows that were kept, and of those that do not count."""
        yield from self._typed_rows()
        kept, withdrawn = [], []
        for line in self.review.rows(RegisterLine):
            owner = (line.entity, line.form)
            name = f"{' '.join(owner)} ({line.book})"
            if owner in self.withdrawn:
                withdrawn.append(name)
            elif line.status == RECEIVED and owner not in self.renewed:
                kept.append(name)
        if kept:
            yield f"Kept from earlier runs: {some(kept)}."
        if withdrawn:
            yield f"Withdrawn, and left out: {some(withdrawn)}."

    def _typed_rows(self) -> Iterator[str]:
        strange, over = [], []
        for sheet in data_sheets(self.review.codebook):
            typed = typed_over(self.review, sheet.name)
            for row in self.review.gathered(sheet.name):
                name = f"{sheet.name} row {row.at}"
                if not row.book:
                    strange.append(name)
                elif row.at in typed and self._is_kept(row, sheet.form):
                    over.append(f"{name} ({row.entity})")
        if strange:
            yield (
                f"Typed into the data sheets, and not counted: {some(strange)}. What stood there "
                "is in sheet Notes. Enter it in a return, of the entity or of the office."
            )
        if over:
            yield (
                f"Typed over, and held back until their returns are read again: {some(over)}. "
                "Consolidate the whole folder of returns."
            )

    def _is_kept(self, row: Gathered, form: str) -> bool:
        owner = (row.entity, form)
        return owner not in self.renewed and owner not in self.withdrawn


def withdrawn(review: Review) -> set[Owner]:
    """The returns that the Register says do not count any more."""
    lines = review.rows(RegisterLine)
    return {(line.entity, line.form) for line in lines if is_withdrawn(line)}


def unread(review: Review, intake: Intake) -> Callable[[IssueLine | HeldLine], bool]:
    """Whether a line about a return stands: a run that did not read it again leaves it."""
    read = {(item.entity, item.form) for item in intake.returns} | withdrawn(review)
    books = {item.book for item in intake.returns} | set(intake.files)

    def stands(line: IssueLine | HeldLine) -> bool:
        owner = (line.entity, line.form)
        return bool(line.entity) and owner not in read and line.book not in books

    return stands


def to_read_again(review: Review, folder: Path, given: Collection[Path]) -> list[Path]:
    """The returns with rows that were typed over, where they are still there and not ``given``.

    ``folder`` is that of the review workbook, from which sheet Files sees the returns.
    """
    sheets = {sheet.name for sheet in data_sheets(review.codebook)}
    books = {str(one.row[BOOK]) for one in review.typed if one.sheet in sheets and one.row}
    read = {path.resolve() for path in given}
    paths = [folder / file.path for file in review.rows(File) if file.book in books]
    return [
        path
        for path in paths
        if path.is_file() and read.isdisjoint({path.resolve(), *path.resolve().parents})
    ]
