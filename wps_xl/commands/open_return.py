"""What the ribbon does with a return that is open on the screen."""

from __future__ import annotations

from wps_xl.codebook import load
from wps_xl.commands import Outcome
from wps_xl.intake.returns import ReturnReader
from wps_xl.intake.validation import Intake, examine
from wps_xl.model import Book, Issue, column_number

SHOWN = 5
SEVERITIES = ("error", "warning", "note")
NEXT = "Correct them in this workbook: Next issue goes from cell to cell. Then save it."


def checked(book: Book) -> Intake:
    """The findings of one return by itself."""
    codebook = load()
    cycles = [codebook.cycle(code) for code in codebook["cycles"]]
    cycle = max(cycles, key=lambda cycle: cycle.review)
    return examine([ReturnReader(codebook, cycle).read(book)], [], codebook, cycle)


def validate_open(book: Book) -> Outcome:
    """How many errors the return has, and the worst of them."""
    intake = checked(book)
    errors = [item for item in intake.issues if item.severity == "error"]
    lines = [_summary(intake), *(issue_lines(item)[0] for item in errors[:SHOWN])]
    if errors:
        lines.append(NEXT)
    return Outcome(lines, bool(errors))


def _summary(intake: Intake) -> str:
    counts = ", ".join(f"{intake.count(severity)} {severity}s" for severity in SEVERITIES)
    return f"{intake.rows_found} rows: {counts}."


def next_issue(book: Book, sheet: str, row: int, column: int) -> Issue | None:
    """The issue that follows a cell in the order of the tabs, rows and columns; after the last
    the first. Notes are left out."""
    order = {name: at for at, name in enumerate(book.grids)}
    found = [
        item
        for item in checked(book).issues
        if item.cell and item.severity != "note" and item.sheet in order
    ]
    if not found:
        return None
    here = (order.get(sheet, 0), row, column)
    found.sort(key=lambda item: _place(item, order))
    return next((item for item in found if _place(item, order) > here), found[0])


def _place(item: Issue, order: dict[str, int]) -> tuple[int, int, int]:
    letters = (item.cell or "A1").rstrip("0123456789")
    row = int((item.cell or "A1")[len(letters) :])
    return order[item.sheet], row, column_number(letters)


def issue_lines(item: Issue) -> list[str]:
    """What a person reads about one issue."""
    advice = [f"Suggestion: {item.suggestion}"] if item.suggestion else []
    place = f"{item.sheet}, cell {item.cell}: " if item.cell else ""
    return [f"{place}{item.message}", *advice]
