"""What rows say that answers are about, and those that the office's values name (``A-2``)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from wps_xl.codebook import Codebook
from wps_xl.forms.definitions import data_sheets, forms
from wps_xl.intake.answered import RowKey, RowPlace, row_ids, row_lines, row_named
from wps_xl.intake.identity import says
from wps_xl.intake.overlay import Answer, Key, row_of
from wps_xl.intake.validation import Intake
from wps_xl.records import RowWords
from wps_xl.review.decisions import named
from wps_xl.review.moves import lines, rows_of
from wps_xl.review.workbook import Review

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
            RowKey(row.owner, row.form, row.sheet, row.row_id): row.row_says
            for row in self.review.rows(RowWords)
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
        return replace(answer, value_says=self.words.get(row) or self._shown.get(row, ""))


def names_sent(intake: Intake, codebook: Codebook) -> dict[RowPlace, str]:
    """The names of the rows as they came, by which answers know them; the office may number them
    anew. Rows that only its answers make readable have the names that these give them."""
    known: dict[RowPlace, str] = {}
    for item in (*intake.returns, *intake.sent):
        known |= row_ids(item, forms(codebook))
    return known


def read_now(
    intake: Intake, codebook: Codebook, owners: Collection[str], corrected: bool = False
) -> Words:
    """The words of all rows that a run read of these owners, as they came; their names as well,
    unless these are to be as ``corrected`` by the office."""
    sent = {item.book: item for item in intake.sent}
    known: dict[RowKey, str] = {}
    for item in intake.returns:
        owner = item.entity or item.book
        if owner not in owners:
            continue
        now = row_lines(item, forms(codebook))
        came = row_lines(sent.get(item.book, item), forms(codebook))
        for place, (name, line) in (now | came).items():
            called = now[place][0] if corrected and place in now else name
            known[RowKey(owner, item.form, place[1], called)] = says(line.words)
    return known


def naming_now(answers: Mapping[Key, Answer], intake: Intake, codebook: Codebook) -> dict[Key, str]:
    """The words of the rows that the values of answers name after a run."""
    rows = {
        key: row_named(forms(codebook), row_of(key), key.column, answer.value)
        for key, answer in answers.items()
    }
    here = {key: row for key, row in rows.items() if row and not answers[key].names_none}
    words = read_now(intake, codebook, {row.owner for row in here.values()}, corrected=True)
    return {key: words.get(row) or answers[key].value_says for key, row in here.items()}
