"""Which sentence rests on which cells: the rows of sheet Sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wps_xl.model import Block, CellRef, Draft, DraftTable, Figure, Footnote, Sentence, Value
from wps_xl.office.word.numbering import labels
from wps_xl.records import Origin
from wps_xl.review.layout import BOOK, ROW, SHEET
from wps_xl.review.workbook import Review

SourceLine = tuple[str, str, Figure | None, CellRef | None]
"""Key, words, figure and cell: one row of the sheet before it is told where it is printed."""


def source_rows(draft: Draft, numbers: Mapping[str, str], review: Review) -> list[dict[str, Value]]:
    """A row for each cell behind each figure, sentence and table of the draft.

    ``numbers`` gives the printed number of each paragraph by its key. What rests on no cell, such
    as a fixed paragraph, has one row without a cell, so that nothing printed is without a source.
    """
    known = origins(review)
    tables = {key: f"table {label.number}".rstrip() for key, label in labels(draft).tables.items()}
    places = {**numbers, **tables}
    return [
        {
            "Paragraph": places.get(block.key) or None,
            "Key": key,
            "Sentence": words,
            "Figure": figure.id if figure else None,
            "Printed": figure.text if figure else None,
            "Value": figure.value if figure else None,
            "Cell": str(cell) if cell else None,
            "Return cell": return_cell(review, cell, known) if cell else None,
        }
        for block in blocks(draft)
        for key, words, figure, cell in _lines(block)
    ]


def blocks(draft: Draft) -> Iterator[Block]:
    """Every paragraph and table in printed order."""
    for top in (*draft.sections, *draft.annexes):
        for section in top.walk():
            yield from section.blocks


def words(sentence: Sentence) -> str:
    """The sentence with its footnotes in brackets."""
    said = [
        f" [{part.text}]" if isinstance(part, Footnote) else part
        for part in sentence.parts
        if isinstance(part, Footnote | str)
    ]
    return "".join(said)


def _lines(block: Block) -> Iterator[SourceLine]:
    if isinstance(block, DraftTable):
        for figure in block.figures:
            yield from ((block.key, block.title, figure, cell) for cell in figure.cells)
        return
    for sentence in block.sentences:
        found = list(_cells(sentence)) or [(None, None)]
        yield from ((sentence.key, sentence.text, figure, cell) for figure, cell in found)


def _cells(sentence: Sentence) -> Iterator[tuple[Figure | None, CellRef | None]]:
    named: set[CellRef] = set()
    for figure in sentence.figures:
        for cell in figure.cells:
            named.add(cell)
            yield figure, cell
    for cell in sentence.cells:
        if cell not in named:
            yield None, cell


Origins = Mapping[tuple[str, str], Mapping[str, str]]


def origins(review: Review) -> Origins:
    """Book and sheet of each return to the column letters of its headings."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in review.rows(Origin):
        pairs = (pair.partition("=") for pair in row.letters.split("; "))
        found[row.book, row.sheet] = {heading: letter for letter, _, heading in pairs}
    return found


def return_cell(review: Review, cell: CellRef, known: Origins | None = None) -> str | None:
    """The cell of the entity's own file that a cell of a data sheet was taken from."""
    frame = review.tables.get(cell.sheet)
    if frame is None or not {BOOK, SHEET, ROW} <= set(frame.columns):
        return None
    if cell.row not in frame.index:
        return None
    heading = {at: name for name, at in review.letters[cell.sheet].items()}.get(cell.column, "")
    book, sheet, row = (frame.loc[cell.row, name] for name in (BOOK, SHEET, ROW))
    letters = (known or origins(review)).get((str(book), str(sheet)), {})
    if heading not in letters:
        return None
    return str(CellRef(str(book), str(sheet), letters[heading], int(str(row))))
