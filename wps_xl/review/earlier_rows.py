"""Rows of the last cycle, kept so that they are known where they are reported once more."""

from __future__ import annotations

from collections.abc import Iterator

from wps_xl.forms.definitions import data_sheets
from wps_xl.intake.completeness import tells_what_was_done
from wps_xl.intake.identity import says, words_of, words_said
from wps_xl.intake.side_by_side import Earlier
from wps_xl.model import Value
from wps_xl.review.columns import headings, text
from wps_xl.review.layout import ENTITY
from wps_xl.review.workbook import Review

SHEET = "Earlier rows"
OF_SHEET, NUMBER, WORDS, CELL = "Sheet", "No.", "Row says", "Cell"


def carried(previous: Review, book: str) -> Iterator[dict[str, Value]]:
    """A line for each row about what was done, of the last cycle; ``book`` is its workbook."""
    for sheet in data_sheets(previous.codebook):
        if sheet.prefilled or not sheet.words or not tells_what_was_done(sheet):
            continue
        names = headings(previous.codebook, sheet.name)
        for at, row in previous.records(sheet.name):
            cell = previous.cell(sheet.name, at, names[sheet.words[0]])
            yield {
                ENTITY: row[ENTITY],
                OF_SHEET: sheet.name,
                NUMBER: text(row[names[sheet.key]]),
                WORDS: says(words_of(sheet, {code: row[name] for code, name in names.items()})),
                CELL: f"'[{book}]{cell.sheet}'!{cell.a1}",
            }


def known(review: Review) -> list[Earlier]:
    """The rows of the last cycle that a workbook knows."""
    return [
        Earlier(
            text(row[ENTITY]),
            text(row[OF_SHEET]),
            text(row[NUMBER]),
            tuple(words_said(text(row[WORDS]))),
            text(row[CELL]),
        )
        for _, row in review.records(SHEET)
    ]
