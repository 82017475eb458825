"""Rows of the last cycle, kept so that they are known where they are reported once more."""

from __future__ import annotations

from collections.abc import Iterator

from wps_xl.forms.definitions import data_sheets
from wps_xl.intake.completeness import tells_what_was_done
from wps_xl.intake.identity import says, words_of, words_said
from wps_xl.intake.side_by_side import Earlier
from wps_xl.model import Value
from wps_xl.records import EarlierRow, text
from wps_xl.review.workbook import Review

SHEET = EarlierRow.sheet_name


def carried(previous: Review, book: str) -> Iterator[dict[str, Value]]:
    """A line for each row about what was done, of the last cycle; ``book`` is its workbook."""
    for sheet in data_sheets(previous.codebook):
        if sheet.prefilled or not sheet.words or not tells_what_was_done(sheet):
            continue
        for row in previous.gathered(sheet.name):
            cell = row.cell_of(sheet.words[0])
            yield {
                "Entity": row.raw("entity"),
                "Sheet": sheet.name,
                "No.": text(row.raw(sheet.key)),
                "Row says": says(words_of(sheet, row.by_code(sheet.columns))),
                "Cell": f"'[{book}]{cell.sheet}'!{cell.a1}",
            }


def known(review: Review) -> list[Earlier]:
    """The rows of the last cycle that a workbook knows."""
    return [
        Earlier(row.entity, row.sheet, row.no, tuple(words_said(row.row_says)), row.cell)
        for row in review.rows(EarlierRow)
    ]
