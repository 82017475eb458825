"""Rows gathered in earlier runs: which of them stand, and what is said of those that do not.

What counts stands in a return (S/2007/567, para. 43): a row typed into a data sheet does not, nor
does one whose values were typed over.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from wps_xl.forms.definitions import FormSheet, data_sheets
from wps_xl.intake.validation import Intake
from wps_xl.model import Value
from wps_xl.nouns import some
from wps_xl.review.layout import BOOK, ENTITY
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

    def rows(self, sheet: FormSheet) -> list[dict[str, Value]]:
        """The rows of one data sheet that stand."""
        over = typed_over(self.review, sheet.name)
        return [
            row
            for number, row in self.review.records(sheet.name)
            if row[BOOK] and number not in over and self._is_kept(row, sheet.form)
        ]

    def said(self) -> Iterator[str]:
        """What a person must know of rows that were kept, and of those that do not count."""
        yield from self._typed_rows()
        kept, withdrawn = [], []
        for _, line in self.review.records("Register"):
            owner = (str(line["Entity"]), str(line["Form"]))
            name = f"{' '.join(owner)} ({line['Book']})"
            if owner in self.withdrawn:
                withdrawn.append(name)
            elif line["Status"] == RECEIVED and owner not in self.renewed:
                kept.append(name)
        if kept:
            yield f"Kept from earlier runs: {some(kept)}."
        if withdrawn:
            yield f"Withdrawn, and left out: {some(withdrawn)}."

    def _typed_rows(self) -> Iterator[str]:
        strange, over = [], []
        for sheet in data_sheets(self.review.codebook):
            typed = typed_over(self.review, sheet.name)
            for number, row in self.review.records(sheet.name):
                name = f"{sheet.name} row {number}"
                if not row[BOOK]:
                    strange.append(name)
                elif number in typed and self._is_kept(row, sheet.form):
                    over.append(f"{name} ({row[ENTITY]})")
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

    def _is_kept(self, row: Mapping[str, Value], form: str) -> bool:
        owner = (str(row[ENTITY]), form)
        return owner not in self.renewed and owner not in self.withdrawn


def withdrawn(review: Review) -> set[Owner]:
    """The returns that the Register says do not count any more."""
    return {
        (str(line["Entity"]), str(line["Form"]))
        for _, line in review.records("Register")
        if is_withdrawn(line)
    }


def unread(review: Review, intake: Intake) -> Callable[[Mapping[str, Value]], bool]:
    """Whether a line about a return stands: a run that did not read it again leaves it."""
    read = {(item.entity, item.form) for item in intake.returns} | withdrawn(review)
    books = {item.book for item in intake.returns} | set(intake.files)

    def stands(line: Mapping[str, Value]) -> bool:
        owner = (str(line["Entity"] or ""), str(line["Form"] or ""))
        return bool(line["Entity"]) and owner not in read and line[BOOK] not in books

    return stands


def to_read_again(review: Review, folder: Path, given: Collection[Path]) -> list[Path]:
    """The returns with rows that were typed over, where they are still there and not ``given``.

    ``folder`` is that of the review workbook, from which sheet Files sees the returns.
    """
    sheets = {sheet.name for sheet in data_sheets(review.codebook)}
    books = {str(one.row[BOOK]) for one in review.typed if one.sheet in sheets and one.row}
    read = {path.resolve() for path in given}
    files = [row for _, row in review.records("Files") if row["Book"] in books]
    paths = [folder / str(row["Path"]) for row in files]
    return [
        path
        for path in paths
        if path.is_file() and read.isdisjoint({path.resolve(), *path.resolve().parents})
    ]
