"""From a figure or paragraph to its cells, and from a cell to the sentences that rest on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from wps_xl.errors import InputError
from wps_xl.forms.definitions import data_sheets
from wps_xl.intake.overlay import IN_USE, USES
from wps_xl.model import CellRef
from wps_xl.records import Decision, Source
from wps_xl.review.held import by_reason, held_rows
from wps_xl.review.workbook import Review, sheet_names

FIXED = "words of the Word template, of sheet Wording or of sheet Cycle; no row is behind them"

NO_DRAFT = (
    "This workbook knows no draft: none was written yet, or rows changed since. Write the draft "
    "with: wps-xl report; then trace again."
)
NO_DRAFT_YET = (
    "This workbook knows no draft: none was written yet, or rows changed since. Press Council "
    "report, then Trace cell again."
)
RESTS_ON_NONE = (
    "No sentence of the last draft rests on {reference}. Select a cell of a data sheet, such as "
    "one of sheet Progress, then press Trace cell again."
)
NOTHING = (
    "Nothing in the last draft rests on '{reference}'. Name a cell such as Progress!F12, para:12, "
    "figure:ID, or a figure as it is printed."
)


def trace_lines(review: Review, reference: str) -> list[str]:
    """What is known of ``reference``, a line for each sentence and, below it, for each cell.

    Raises
    ------
    InputError
        Where nothing is known of it, and why: no draft, no such sheet, nothing rests on it.
    """
    rows = review.rows(Source)
    cell = _cell_named(review, reference.strip())
    keys = _keys(rows, reference.strip(), cell)
    lines = [*_held(review, cell), *_corrections(review, cell)] if cell else []
    told = ""
    for key, figure in keys:
        found = [row for row in rows if (row.key, row.figure) == (key, figure)]
        if key != told:
            lines.append(f"Paragraph {found[0].paragraph or '–'}: {found[0].sentence}")
            told = key
        if figure:
            lines.append(f"  figure:{figure} = {found[0].printed}")
        lines += [f"    {_cell(review, row)}" for row in found]
    if not lines:
        raise _nothing(review, rows, reference.strip(), cell)
    return lines


def _nothing(
    review: Review, rows: Sequence[Source], reference: str, cell: CellRef | None
) -> InputError:
    if not rows:
        return InputError(NO_DRAFT, NO_DRAFT_YET)
    sheets = {known.casefold() for known in sheet_names(review.codebook)}
    if cell and not cell.book and cell.sheet.casefold() not in sheets:
        return InputError(
            f"The review workbook has no sheet {cell.sheet}. Check the name, then try again.",
            RESTS_ON_NONE.format(reference=reference),
        )
    return InputError(
        NOTHING.format(reference=reference), RESTS_ON_NONE.format(reference=reference)
    )


def _keys(rows: Sequence[Source], reference: str, cell: CellRef | None) -> list[tuple[str, str]]:
    """Key and figure of the sentences that a reference is about, each once and in order."""
    for test in _tests(reference, cell):
        found = dict.fromkeys((row.key, row.figure) for row in rows if test(row))
        if found:
            return list(found)
    return []


def _tests(reference: str, cell: CellRef | None) -> Iterator[Callable[[Source], bool]]:
    """Ways to find a reference among the sources, the strictest first."""
    kind, _, rest = reference.partition(":")
    if kind.casefold() == "para":
        number = rest.strip()
        yield lambda row: row.paragraph == number
        # A lettered line of a paragraph that is printed whole.
        yield lambda row: row.paragraph == number.partition(" ")[0]
    elif kind.casefold() == "figure":
        yield lambda row: row.figure.casefold() == rest.strip().casefold()
    elif cell:
        yield lambda row: str(cell) in (row.cell, row.return_cell)
    elif reference:
        yield lambda row: reference in (row.printed, row.value)
        number = _plain(reference)
        yield lambda row: number in (_plain(row.printed), _plain(row.value))
        yield lambda row: row.paragraph.casefold() == reference.casefold()
        word = re.compile(rf"(?<![\w.,])(?:{re.escape(reference)})(?![\w]|[.,]\d)")
        yield lambda row: word.search(row.sentence) is not None


def _plain(figure: str) -> str:
    """A figure without its currency, unit and thousands separators: US$ 140,000 is 140000."""
    text = re.sub(r"(?i)us\s?\$|us dollars?|\$|per cent|%", "", figure)
    return re.sub(r"(?<=\d),(?=\d{3})", "", text).strip().casefold()


def _cell_named(review: Review, reference: str) -> CellRef | None:
    """The cell that a reference names, its sheet as the workbook spells it; None for no cell."""
    place, mark, address = reference.rpartition("!")
    try:
        cell = CellRef.parse(f"{place}{mark}{address.upper()}")
    except ValueError:
        return None
    known = {name.casefold(): name for name in sheet_names(review.codebook)}
    return cell if cell.book else replace(cell, sheet=known.get(cell.sheet.casefold(), cell.sheet))


def _cell(review: Review, row: Source) -> str:
    if not row.cell:
        return FIXED
    cell = CellRef.parse(row.cell)
    headings = {letter: name for name, letter in review.letters.get(cell.sheet, {}).items()}
    heading = headings.get(cell.column, "")
    frame = review.tables.get(cell.sheet)
    known = frame is not None and cell.row in frame.index and heading in frame.columns
    value: object = frame.loc[cell.row, heading] if known and frame is not None else ""
    origin = f" from {row.return_cell}" if row.return_cell else ""
    corrected = [_both(one) for one in _used(review) if one.cell == row.return_cell]
    return "; ".join([f"{row.cell} ({heading}: {value}){origin}", *corrected])


def _held(review: Review, cell: CellRef) -> list[str]:
    """Why the row of a cell of a return is not in the data, where it is held back."""
    here = (cell.book, cell.sheet, cell.row)
    rows = [row for row in held_rows(review) if (row.book, row.sheet, row.row) == here]
    return [f"Held back, and not in the draft: {text}" for text in by_reason(rows)]


def _corrections(review: Review, cell: CellRef) -> list[str]:
    """What the return says and what the office uses, where such a cell is corrected."""
    wanted = {str(cell), _return_cell(review, cell)}
    return [f"{row.cell}: {_both(row)}" for row in _used(review) if row.cell in wanted]


def _return_cell(review: Review, cell: CellRef) -> str:
    """The cell of a return that a cell of a data sheet was taken from; blank where none was."""
    headings = {letter: name for name, letter in review.letters.get(cell.sheet, {}).items()}
    rows = review.gathered(cell.sheet) if cell.sheet in _data_sheets(review) else ()
    row = next((row for row in rows if row.at == cell.row), None)
    if cell.book or row is None or not row.book:
        return ""
    for decision in _used(review):
        place = CellRef.parse(decision.cell)
        same = (place.book, place.sheet, str(place.row)) == (row.book, row.sheet, row.row)
        if same and decision.column == headings.get(cell.column):
            return str(place)
    return ""


def _data_sheets(review: Review) -> set[str]:
    return {sheet.name for sheet in data_sheets(review.codebook)}


def _used(review: Review) -> list[Decision]:
    """The decisions by which the office uses another value than a return."""
    answers = [row for row in review.rows(Decision) if row.cell and row.decision in USES]
    return [row for row in answers if row.state == IN_USE]


def _both(row: Decision) -> str:
    by = ", ".join(filter(None, (row.decision, row.initials, row.reason)))
    said = f"says “{row.found}”" if row.found else "is blank"
    return f"the return {said}, the office uses “{row.value}” ({by})"
