"""What is wrong with the rows, columns or headings of a sheet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Misfit:
    """A fault of the sheet's structure: issue code, cell, column, what was found.

    ``row`` is set where the fault is that of a row of data, not of the whole sheet; ``also`` are
    further cells of the same cause, ``cells`` and ``other`` what the message says of them.
    """

    code: str
    cell: str | None
    column: str = ""
    found: str = ""
    suggestion: str = ""
    cells: str = ""
    other: str = ""
    row: int | None = None
    also: tuple[str, ...] = ()
    holds: str = "is blank"
