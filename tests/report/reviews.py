"""Review workbooks in memory, for tests of what the draft says: rows by column code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from wps_xl import assets
from wps_xl.codebook import Codebook, from_tables, load
from wps_xl.desk.commands.issuing import new_review
from wps_xl.desk.commands.store import with_rows
from wps_xl.model import Draft, DraftTable, Paragraph, Section, Sentence, Value
from wps_xl.report.council.draft import build
from wps_xl.report.council.remarks import sentences
from wps_xl.review.columns import sheet_of
from wps_xl.review.workbook import Review

TEMPLATE = assets.path("templates/council_report.docx")
CYCLE = "REV-2007"
OFFICE = {
    "chosen": "In report",
    "ours": "Our wording",
    "our_focus": "Our wording: focus",
    "our_challenge": "Our wording: challenge",
    "theme": "Our theme",
    "same": "Same activity as",
    "panel": "Panel",
    "reason": "Panel's reason",
    "entity": "Entity",
    "book": "Book",
    "sheet": "Sheet",
    "row": "Row",
}
PLAIN = ("Register", "Issues", "Issue keys", "Held back", "Wording", "Recommendations")
"""Sheets whose rows are given by heading."""
CODEBOOK = load()
Rows = Sequence[Mapping[str, Value]]


def review_of(settings: Mapping[str, Value] | None = None, /, **sheets: Rows) -> Review:
    """A review workbook with these rows; columns are called by code, the office's as in OFFICE."""
    review = new_review(CODEBOOK, CYCLE)
    for name, rows in sheets.items():
        review = with_rows(review, name, [_row(name, row) for row in rows])
    codebook = _codebook(review, settings or {})
    return replace(review, settings={**review.settings, **(settings or {})}, codebook=codebook)


def _codebook(review: Review, settings: Mapping[str, Value]) -> Codebook:
    """The code lists with the cycle as the settings have it, as the reader of a workbook does."""
    cycles = [
        {**row, **{code: str(value) for code, value in settings.items() if code in row}}
        for row in review.codebook.tables["cycles"]
    ]
    return from_tables({**review.codebook.tables, "cycles": cycles}) if settings else CODEBOOK


def _row(name: str, row: Mapping[str, Value]) -> dict[str, Value]:
    if name in PLAIN:
        return dict(row)
    known = {
        **{code: column.heading for code, column in sheet_of(CODEBOOK, name).columns.items()},
        **OFFICE,
    }
    return {known[code]: value for code, value in row.items()}


def drafted(review: Review) -> Draft:
    return build(review, TEMPLATE)


def sentence(draft: Draft, key: str) -> Sentence:
    return next(found for found in sentences(draft) if found.key == key)


def prompts(draft: Draft) -> list[str]:
    return [paragraph.text for paragraph in draft.paragraphs() if paragraph.prompt]


def under(draft: Draft, key: str) -> list[Paragraph]:
    """The paragraphs of one section, not those of sections inside it."""
    tops = (*draft.sections, *draft.annexes)
    section = next(s for top in tops for s in top.walk() if s.key == key)
    return [block for block in section.blocks if isinstance(block, Paragraph)]


def table_of(sections: tuple[Section, ...], key: str) -> DraftTable:
    tops = [section for top in sections for section in top.walk()]
    blocks = [block for section in tops for block in section.blocks]
    return next(b for b in blocks if isinstance(b, DraftTable) and b.key == key)
