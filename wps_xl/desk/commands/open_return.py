"""What the ribbon does with a return that is open on the screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, starmap

from wps_xl.codebook import Codebook, Cycle, load
from wps_xl.desk.commands import Outcome
from wps_xl.intake.returns import ReturnReader
from wps_xl.intake.validation import Intake, examine
from wps_xl.model import Book, Issue, column_number, split_address
from wps_xl.nouns import counted

SHOWN = 5
SEVERITIES = ("error", "warning", "note")
LISTS_OF = "Checked with the lists of {book}."
OWN_LISTS = (
    "Checked with the lists that come with wps_xl; if yours differ, open the review workbook too."
)
NEXT = "Correct them in this workbook: Next issue goes from cell to cell. Then save it."


@dataclass(frozen=True)
class Basis:
    """What a return is checked against: the code lists and the cycle of a review workbook, or of
    the package, which has no name."""

    book: str
    codebook: Codebook
    cycle: Cycle


Reviews = Iterable[tuple[str, Codebook, Cycle]]
"""Name, code lists and cycle of each review workbook that is open beside the return."""


def checked(book: Book, reviews: Reviews = ()) -> tuple[Intake, Basis]:
    """The findings of one return by itself, and what it was held against.

    That is the first of the ``reviews`` that is of the cycle its Cover names, else the package.
    """
    package = _of_the_package()
    for basis in chain(starmap(Basis, reviews), package):
        item = ReturnReader(basis.codebook, basis.cycle).read(book)
        if item.cover is not None and item.cover.text("cycle") == basis.cycle.code:
            break
    else:
        basis = package[0]
        item = ReturnReader(basis.codebook, basis.cycle).read(book)
    return examine([item], [], basis.codebook, basis.cycle), basis


def _of_the_package() -> list[Basis]:
    """Every cycle that the package knows, the latest first."""
    codebook = load()
    cycles = [codebook.cycle(code) for code in codebook["cycles"]]
    latest = sorted(cycles, key=lambda cycle: cycle.review, reverse=True)
    return [Basis("", codebook, cycle) for cycle in latest]


def validate_open(book: Book, reviews: Reviews = ()) -> Outcome:
    """How many errors the return has, and the worst of them."""
    intake, basis = checked(book, reviews)
    errors = [item for item in intake.issues if item.severity == "error"]
    lists = LISTS_OF.format(book=basis.book) if basis.book else OWN_LISTS
    lines = [_summary(intake), lists, *(issue_lines(item)[0] for item in errors[:SHOWN])]
    if errors:
        lines.append(NEXT)
    return Outcome(lines, bool(errors))


def _summary(intake: Intake) -> str:
    counts = ", ".join(counted(intake.count(severity), severity) for severity in SEVERITIES)
    return f"{counted(intake.rows_found, 'row')}: {counts}."


def next_issue(
    book: Book, sheet: str, row: int, column: int, reviews: Reviews = ()
) -> Issue | None:
    """The issue that follows a cell in the order of the tabs, rows and columns; after the last
    the first. Notes are left out; what has no cell, such as a missing sheet, comes before all."""
    order = {name: at for at, name in enumerate(book.grids)}
    found = [item for item in checked(book, reviews)[0].issues if item.severity != "note"]
    if not found:
        return None
    here = (order.get(sheet, 0), row, column)
    found.sort(key=lambda item: _place(item, order))
    return next((item for item in found if _place(item, order) > here), found[0])


def _place(item: Issue, order: dict[str, int]) -> tuple[int, int, int]:
    if item.cell is None or item.sheet not in order:
        return -1, 0, 0
    letters, row = split_address(item.cell)
    return order[item.sheet], row, column_number(letters)


def issue_lines(item: Issue) -> list[str]:
    """What a person reads about one issue."""
    said = not item.suggestion or item.suggestion in item.message
    return [item.message] if said else [item.message, f"Suggestion: {item.suggestion}"]
