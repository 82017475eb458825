"""The sentences of the draft that name one entity, with their cells, to send for confirmation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from wps_xl.model import Block, CellRef, Draft, DraftTable, Paragraph, Section, Sentence
from wps_xl.office.word.numbering import labels
from wps_xl.report.council import draft as council
from wps_xl.report.council.blocks import entity_code, plain, prompt
from wps_xl.report.council.counts import name_of
from wps_xl.report.council.remarks import cells_of
from wps_xl.report.council.sources import Origins, blocks, origins, return_cell, words
from wps_xl.report.council.wording import Wording
from wps_xl.review.layout import ENTITY
from wps_xl.review.workbook import Review

MOST_CELLS = 6
WIDTHS = (1100, 5400, 3350)
"""In twips, so that the table takes the full measure."""


def build(review: Review, asked: str, template: Path) -> Draft:
    """A page with every sentence that names the entity or rests on one of its rows.

    ``template`` is that of the report; InputError where no list of entities knows ``asked``.
    """
    code = entity_code(review, asked)
    wording = Wording(review)
    report = council.build(review, template)
    numbers = {key: label.printed for key, label in labels(report).paragraphs.items()}
    known = origins(review)
    made = [
        (numbers.get(paragraph.key, ""), words(sentence), _cells(review, code, sentence, known))
        for paragraph, sentence in naming(review, report, code)
    ]
    name = review.codebook["entities"].label(code)
    opening = plain("extract", wording.text("extract.opening", entity=name), style_id="SingleTxt")
    heads = tuple(part.strip() for part in wording.text("heads.extract").split("|"))
    table = DraftTable("extract.table", wording.text("table.extract"), heads, tuple(made), WIDTHS)
    inside: list[Block] = [opening, table] if made else [opening, prompt(wording, "extract.none")]
    section = Section("extract", wording.text("heading.extract"), 1, tuple(inside))
    return Draft({"title": wording.text("title.extract", entity=name)}, (section,))


def naming(review: Review, report: Draft, code: str) -> Iterator[tuple[Paragraph, Sentence]]:
    """The sentences that list the entity, name it, or rest on its rows."""
    name = name_of(review.codebook, code)
    named = re.compile(
        "|".join(rf"(?<![\w-]){re.escape(n)}(?![\w-])" for n in (name.full, name.short) if n)
    )
    for block in blocks(report):
        if not isinstance(block, Paragraph) or block.prompt:
            continue
        for sentence in block.sentences:
            if named.search(words(sentence)) or _own(review, code, sentence):
                yield block, sentence


def _own(review: Review, code: str, sentence: Sentence) -> list[CellRef]:
    """The cells behind a sentence that stand in a row of the entity."""
    return [cell for cell in cells_of(sentence) if _entity_at(review, cell) == code]


def _entity_at(review: Review, cell: CellRef) -> object:
    frame = review.tables.get(cell.sheet)
    if frame is None or ENTITY not in frame.columns or cell.row not in frame.index:
        return None
    found: object = frame.at[cell.row, ENTITY]
    return found


def _cells(review: Review, code: str, sentence: Sentence, known: Origins) -> str:
    """The cells of the entity's own return behind a sentence, else those of the workbook."""
    own = [return_cell(review, cell, known) or str(cell) for cell in _own(review, code, sentence)]
    found = list(dict.fromkeys(own))
    more = [f"and {len(found) - MOST_CELLS} more"] if len(found) > MOST_CELLS else []
    return "; ".join([*found[:MOST_CELLS], *more])
