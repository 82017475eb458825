"""From a figure or paragraph to its cells, and from a cell to the sentences that rest on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from wps_xl.analysis.review import Review
from wps_xl.intake.overlay import IN_USE, USES
from wps_xl.model import CellRef, Value

Row = Mapping[str, Value]
FIXED = "words of the Word template, of sheet Wording or of sheet Cycle; no row is behind them"


def trace_lines(review: Review, reference: str) -> list[str]:
    """What is known of ``reference``, a line for each sentence and, below it, for each cell."""
    rows = [row for _, row in review.records("Sources")]
    wanted = _test(reference.strip())
    keys = list(dict.fromkeys((row["Key"], row["Figure"]) for row in rows if wanted(row)))
    keys = keys or _in_words(rows, reference.strip())
    lines = _corrections(review, reference.strip())
    told: Value = None
    for key, figure in keys:
        found = [row for row in rows if (row["Key"], row["Figure"]) == (key, figure)]
        if key != told:
            lines.append(f"Paragraph {found[0]['Paragraph'] or '–'}: {found[0]['Sentence']}")
            told = key
        if figure:
            lines.append(f"  figure:{figure} = {found[0]['Printed']}")
        lines += [f"    {_cell(review, row)}" for row in found]
    return lines


def _in_words(rows: Sequence[Row], reference: str) -> list[tuple[Value, Value]]:
    """The sentences whose words have the reference, where no figure is printed like that."""
    if ":" in reference or not reference:
        return []
    word = re.compile(rf"(?<![\w.,])(?:{re.escape(reference)})(?![\w]|[.,]\d)")
    found = [row for row in rows if word.search(str(row["Sentence"] or ""))]
    return list(dict.fromkeys((row["Key"], row["Figure"]) for row in found))


def _test(reference: str) -> Callable[[Row], bool]:
    kind, _, rest = reference.partition(":")
    if kind == "para":
        return lambda row: str(row["Paragraph"] or "") == rest
    if kind == "figure":
        return lambda row: row["Figure"] == rest
    try:
        cell = str(CellRef.parse(reference))
    except ValueError:
        return lambda row: reference in (str(row["Printed"] or ""), str(row["Value"]))
    return lambda row: cell in (row["Cell"], row["Return cell"])


def _cell(review: Review, row: Row) -> str:
    if not row["Cell"]:
        return FIXED
    cell = CellRef.parse(str(row["Cell"]))
    headings = {letter: name for name, letter in review.letters.get(cell.sheet, {}).items()}
    heading = headings.get(cell.column, "")
    frame = review.tables.get(cell.sheet)
    known = frame is not None and cell.row in frame.index and heading in frame.columns
    value: object = frame.loc[cell.row, heading] if known and frame is not None else ""
    origin = f" from {row['Return cell']}" if row["Return cell"] else ""
    corrected = [_both(d) for d in _used(review) if d["Cell"] == row["Return cell"]]
    return "; ".join([f"{row['Cell']} ({heading}: {value}){origin}", *corrected])


def _corrections(review: Review, reference: str) -> list[str]:
    """What the return says and what the office uses, where the reference is such a cell."""
    try:
        cell = CellRef.parse(reference)
    except ValueError:
        return []
    wanted = {str(cell), _return_cell(review, cell)}
    return [f"{row['Cell']}: {_both(row)}" for row in _used(review) if row["Cell"] in wanted]


def _return_cell(review: Review, cell: CellRef) -> str:
    """The cell of a return that a cell of a data sheet was taken from; blank where none was."""
    headings = {letter: name for name, letter in review.letters.get(cell.sheet, {}).items()}
    row = dict(review.records(cell.sheet)).get(cell.row) if cell.sheet in review.tables else None
    if cell.book or row is None or not row.get("Book"):
        return ""
    for decision in _used(review):
        place = CellRef.parse(str(decision["Cell"]))
        same = (place.book, place.sheet, place.row) == (row["Book"], row["Sheet"], row["Row"])
        if same and decision["Column"] == headings.get(cell.column):
            return str(place)
    return ""


def _used(review: Review) -> list[Row]:
    """The decisions by which the office uses another value than a return."""
    rows = [row for _, row in review.records("Decisions")]
    answers = [row for row in rows if row["Cell"] and row["Decision"] in USES]
    return [row for row in answers if row["State"] == IN_USE]


def _both(row: Row) -> str:
    by = ", ".join(str(row[part]) for part in ("Decision", "Initials", "Reason") if row[part])
    said = f"says “{row['Found']}”" if row["Found"] else "is blank"
    return f"the return {said}, the office uses “{row['Value']}” ({by})"
