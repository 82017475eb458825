"""Which sentence rests on which cells: the rows of sheet Sources (contract 8.11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wps_xl.analysis.layout import BOOK, ROW, SHEET
from wps_xl.analysis.review import Review
from wps_xl.model import CellRef, Draft, Figure, Sentence, Value


def source_rows(draft: Draft, numbers: Mapping[str, str], review: Review) -> list[dict[str, Value]]:
    """A row for each cell behind each figure and sentence of the draft.

    ``numbers`` gives the printed number of each paragraph by its key.
    """
    origins = _origins(review)
    rows: list[dict[str, Value]] = []
    for paragraph in draft.paragraphs():
        for sentence in paragraph.sentences:
            for figure, cell in _cells(sentence):
                rows.append(
                    {
                        "Paragraph": numbers.get(paragraph.key) or None,
                        "Key": sentence.key,
                        "Sentence": sentence.text,
                        "Figure": figure.id if figure else None,
                        "Printed": figure.text if figure else None,
                        "Value": figure.value if figure else None,
                        "Cell": str(cell),
                        "Return cell": return_cell(review, cell, origins),
                    }
                )
    return rows


def _cells(sentence: Sentence) -> Iterator[tuple[Figure | None, CellRef]]:
    named: set[CellRef] = set()
    for figure in sentence.figures:
        for cell in figure.cells:
            named.add(cell)
            yield figure, cell
    for cell in sentence.cells:
        if cell not in named:
            yield None, cell


Origins = Mapping[tuple[str, str], Mapping[str, str]]


def _origins(review: Review) -> Origins:
    """Book and sheet of each return to the column letters of its headings."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for _, row in review.records("Origins"):
        pairs = (pair.partition("=") for pair in str(row["Letters"]).split("; "))
        letters = {heading: letter for letter, _, heading in pairs}
        found[(str(row[BOOK]), str(row[SHEET]))] = letters
    return found


def return_cell(review: Review, cell: CellRef, origins: Origins | None = None) -> str | None:
    """The cell of the entity's own file that a cell of a data sheet was taken from."""
    frame = review.tables.get(cell.sheet)
    if frame is None or not {BOOK, SHEET, ROW} <= set(frame.columns):
        return None
    if cell.row not in frame.index:
        return None
    heading = {at: name for name, at in review.letters[cell.sheet].items()}.get(cell.column, "")
    book, sheet, row = (frame.loc[cell.row, name] for name in (BOOK, SHEET, ROW))
    letters = (origins or _origins(review)).get((str(book), str(sheet)), {})
    if heading not in letters:
        return None
    return str(CellRef(str(book), str(sheet), letters[heading], int(str(row))))
