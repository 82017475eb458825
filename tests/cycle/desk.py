"""The office's desk in tests: a few faulty returns, a review workbook, answers in sheet Issues."""

from __future__ import annotations

import datetime as dt
import shutil
from copy import copy
from dataclasses import replace
from pathlib import Path

import pandas as pd
from demonstrations import MOMENT, desk_lists
from openpyxl import load_workbook
from rows import rows_in
from workbooks import change_return, run

from wps_xl.desk.commands.issuing import new_review
from wps_xl.desk.commands.store import with_rows
from wps_xl.desk.hosts.files import FilesHost
from wps_xl.intake.validation import Intake, validate
from wps_xl.model import Value
from wps_xl.review import answers
from wps_xl.review.consolidation import Consolidated, consolidate
from wps_xl.review.issues import file_rows
from wps_xl.review.workbook import Review
from wps_xl.sheets.review.reader import read_review

HEADINGS = ("Our answer", "Value", "Reason", "Initials")
TODAY = dt.datetime(2030, 5, 4)


class Desk:
    """A folder with returns/, and a review in memory with what a person at the office types."""

    def __init__(self, folder: Path, source: Path, *entities: str) -> None:
        self.returns = folder / "returns"
        self.returns.mkdir()
        for entity in entities:
            file = next(source.glob(f"*_progress_{entity}.xlsx"))
            shutil.copy(file, self.returns)
        self.cycle = file.name.partition("_")[0]
        self.review: Review = new_review(desk_lists(), self.cycle)
        self.said: list[str] = []

    def copied(self, folder: Path) -> Desk:
        """The same desk in another folder."""
        other = copy(self)
        other.returns = Path(shutil.copytree(self.returns, folder / "returns"))
        other.said = list(self.said)
        return other

    def file(self, entity: str) -> Path:
        """The return of an entity."""
        return next(self.returns.glob(f"*_{entity}.xlsx"))

    def change(self, entity: str, sheet: str, row: str, column: str, value: object) -> str:
        """Set a cell of a return as the entity would; its address."""
        return change_return(self.file(entity), sheet, row, column, value)

    def consolidate(self, *paths: Path) -> Consolidated:
        """Consolidate returns, all of them where none is named."""
        known = answers.given(self.review)
        intake: Intake = validate(
            paths or [self.returns],
            self.review.codebook,
            self.review.cycle,
            answers=known.answers,
        )
        self.said = answers.answer_lines(known, intake)
        files = with_rows(self.review, "Files", file_rows(self.review, intake, self.returns.parent))
        result = consolidate(files, intake, TODAY)
        self.review = result.review
        return result

    def held(self) -> list[tuple[str, int]]:
        """Consolidate all returns; sheet and row of what is held back."""
        return [(row.sheet, row.row) for row in self.consolidate().gathered.held_back]

    def answer(self, entity: str | None, cell: str, *words: Value) -> None:
        """Type answer, value, reason and initials into a line of sheet Issues."""
        rows = rows_in(self.review, "Issues")
        line = next(row for row in rows if (row["Entity"], row["Cell"]) == (entity, cell))
        line |= dict(zip(HEADINGS, words, strict=False))
        self.review = with_rows(self.review, "Issues", rows)

    def answer_about(self, entity: str, cell: str, found: str, *words: Value) -> None:
        """Type into the line about one of several values of a cell."""
        rows = rows_in(self.review, "Issues")
        place = (entity, cell, found)
        line = next(r for r in rows if (r["Entity"], r["Cell"], r["Found"]) == place)
        line |= dict(zip(HEADINGS, words, strict=False))
        self.review = with_rows(self.review, "Issues", rows)

    def about(self, entity: str, cell: str, found: str) -> dict[str, Value]:
        """The line about one of several values of a cell."""
        rows = rows_in(self.review, "Issues")
        place = (entity, cell, found)
        return next(r for r in rows if (r["Entity"], r["Cell"], r["Found"]) == place)

    def sort_issues(self) -> None:
        """Bring sheet Issues into another order, as Excel's buttons do."""
        rows = rows_in(self.review, "Issues")
        self.review = with_rows(self.review, "Issues", rows[::-1])

    def forget_answers(self) -> None:
        """Delete the answers of sheet Decisions."""
        rows = [row for row in rows_in(self.review, "Decisions") if not row["Issue"]]
        self.review = with_rows(self.review, "Decisions", rows)

    def issue(self, entity: str | None, cell: str) -> dict[str, Value]:
        """A line of sheet Issues; empty where there is none."""
        rows = rows_in(self.review, "Issues")
        return next((row for row in rows if (row["Entity"], row["Cell"]) == (entity, cell)), {})

    def decisions(self) -> list[dict[str, Value]]:
        """The lines of sheet Decisions that are answers to issues."""
        return [row for row in rows_in(self.review, "Decisions") if row["Issue"]]

    def value(self, sheet: str, entity: str, number: str, heading: str) -> Value:
        """A value of a data sheet; LookupError where the row is not there."""
        for row in rows_in(self.review, sheet):
            if row["Entity"] == entity and number in row.values():
                return row[heading]
        raise LookupError(f"{sheet} has no row {number} of {entity}")

    def tables(self) -> dict[str, object]:
        """All tables of the review as plain values."""
        return {name: frame.to_dict("split") for name, frame in self.review.tables.items()}


class FileDesk:
    """The same through files and the command line: review.xlsx is what is answered in."""

    def __init__(self, desk: Desk) -> None:
        self.returns = desk.returns
        self.workbook = desk.returns.parent / "review.xlsx"
        FilesHost(backups=False).write(desk.review, self.workbook, MOMENT)

    def consolidate(self) -> str:
        """What the command says."""
        result = run("consolidate", self.returns, "--workbook", self.workbook)
        assert result.exit_code in (0, 1), result.output
        return result.output

    def answer(self, entity: str, cell: str, *words: object) -> None:
        """Type into a line of sheet Issues with a program that is not ours."""
        book = load_workbook(self.workbook)
        sheet = book["Issues"]
        top = next(r for r in range(1, 20) if sheet.cell(r, 1).value == "Severity")
        columns = {str(c.value): int(c.column or 0) for c in sheet[top]}
        places = (columns["Entity"], columns["Cell"])
        lines = range(top + 1, sheet.max_row + 1)
        row = next(
            r for r in lines if tuple(sheet.cell(r, at).value for at in places) == (entity, cell)
        )
        for heading, word in zip(HEADINGS, words, strict=False):
            sheet.cell(row, columns[heading]).value = word  # type: ignore[assignment]
        book.save(self.workbook)

    def table(self, sheet: str) -> pd.DataFrame:
        """A table of the review workbook."""
        return read_review(self.workbook).tables[sheet]


def with_setting(review: Review, code: str, value: Value) -> Review:
    """The review with another line in sheet Cycle."""
    return replace(review, settings={**review.settings, code: value})
