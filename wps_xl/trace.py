"""From a figure or paragraph to its cells, and from a cell to the sentences that rest on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from wps_xl.analysis.review import Review
from wps_xl.model import CellRef, Value

Row = Mapping[str, Value]


def trace_lines(review: Review, reference: str) -> list[str]:
    """What is known of ``reference``, a line for each sentence and, below it, for each cell."""
    rows = [row for _, row in review.records("Sources")]
    wanted = _test(reference.strip())
    keys = list(dict.fromkeys((row["Key"], row["Figure"]) for row in rows if wanted(row)))
    lines: list[str] = []
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
    cell = CellRef.parse(str(row["Cell"]))
    headings = {letter: name for name, letter in review.letters.get(cell.sheet, {}).items()}
    heading = headings.get(cell.column, "")
    frame = review.tables.get(cell.sheet)
    known = frame is not None and cell.row in frame.index and heading in frame.columns
    value: object = frame.loc[cell.row, heading] if known and frame is not None else ""
    origin = f" from {row['Return cell']}" if row["Return cell"] else ""
    return f"{row['Cell']} ({heading}: {value}){origin}"
