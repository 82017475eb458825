"""What rows say that answers are about, and those that the office's values name (``A-2``)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from wps_xl.analysis.columns import text
from wps_xl.analysis.decisions import SAYS, named
from wps_xl.analysis.moves import lines, rows_of
from wps_xl.analysis.review import Review
from wps_xl.codebook import Codebook
from wps_xl.forms.definitions import data_sheets, forms
from wps_xl.intake.answered import RowKey, row_lines, row_named
from wps_xl.intake.identity import says
from wps_xl.intake.overlay import Answer, Key, row_of
from wps_xl.intake.validation import Intake

ROW_WORDS = ("Owner", "Form", "Sheet", "Row id", SAYS)
Words = Mapping[RowKey, str]


@dataclass(frozen=True)
class Remembered:
    """What a review workbook remembers of rows."""

    review: Review

    @cached_property
    def words(self) -> Words:
        """The words of the rows of sheet Issues.

        Workbooks that remember none have the rows of their data sheets.
        """
        known = {
            RowKey(*(text(row[name]) for name in ROW_WORDS[:-1])): str(row[SAYS] or "")
            for _, row in self.review.records("Row words")
        }
        return known or (self._shown if len(self.review.tables["Issues"]) else {})

    @cached_property
    def _shown(self) -> Words:
        known: dict[RowKey, str] = {}
        rows = rows_of(self.review)
        for sheet in data_sheets(self.review.codebook):
            names = named(self.review, sheet, rows[sheet.name])
            for at, line in lines(self.review, sheet, rows):
                known[RowKey(line.owner, sheet.form, sheet.name, names[at])] = says(line.words)
        return known

    def naming(self, key: Key, answer: Answer) -> Answer:
        """The answer with the words of the row that its value names."""
        row = row_named(forms(self.review.codebook), row_of(key), key.column, answer.value)
        if row is None or answer.value_says:
            return answer
        return replace(answer, value_says=self._shown.get(row) or self.words.get(row, ""))


def read_now(intake: Intake, codebook: Codebook, owners: Collection[str]) -> Words:
    """The words of all rows that a run read of these owners."""
    known: dict[RowKey, str] = {}
    for item in intake.returns:
        owner = item.entity or item.book
        rows = row_lines(item, forms(codebook)) if owner in owners else {}
        for (_, sheet, _), (name, line) in rows.items():
            known[RowKey(owner, item.form, sheet, name)] = says(line.words)
    return known


def naming_now(answers: Mapping[Key, Answer], intake: Intake, codebook: Codebook) -> dict[Key, str]:
    """The words of the rows that the values of answers name after a run."""
    rows = {
        key: row_named(forms(codebook), row_of(key), key.column, answer.value)
        for key, answer in answers.items()
    }
    here = {key: row for key, row in rows.items() if row and not answers[key].names_none}
    words = read_now(intake, codebook, {row.owner for row in here.values()})
    return {key: words.get(row) or answers[key].value_says for key, row in here.items()}
