"""What a person reads on the screen after a check: the summary, then by return and cause."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from itertools import groupby
from typing import TYPE_CHECKING

from wps_xl.intake.returns import SET_ASIDE
from wps_xl.intake.validation import Intake
from wps_xl.intake.which_counts import SUPERSEDED, UNDECIDED, WITHDRAWN
from wps_xl.model import Issue
from wps_xl.nouns import counted

if TYPE_CHECKING:
    from rich.table import Table

WIDTH = 100
SHOWN = 40
WORDS = {"error": "block", "warning": "check"}
COUNTED = {"error": "to correct", "warning": "to check"}
_COLOURS = {"error": "bold red", "warning": "yellow"}


# Rows of whole returns that do not count; with the others somebody has something to do.
_OF_RETURNS: Mapping[str, str] = {
    SUPERSEDED: "of returns that later ones replace",
    WITHDRAWN: "of withdrawn returns",
    UNDECIDED: "of returns between which to decide",
    SET_ASIDE: "of returns that are set aside",
}


def held_words(reasons: Iterable[str]) -> str:
    """How many rows are held back; those of returns that do not count apart from the others."""
    counts = Counter(reasons)
    whole = [(counts[reason], words) for reason, words in _OF_RETURNS.items() if counts[reason]]
    if not whole:
        return f"{counts.total():,}"
    rest = counts.total() - sum(number for number, _ in whole)
    parts = [f"{rest:,} to correct", *(f"{number:,} {words}" for number, words in whole)]
    return f"{counts.total():,} ({', '.join(parts)})"


def summary_line(intake: Intake) -> str:
    """How many returns, rows and issues, and how many rows are held back."""
    held = [reason for rows in intake.held.values() for reason in rows.values()]
    errors, warnings, notes = (
        counted(intake.count(severity), severity) for severity in ("error", "warning", "note")
    )
    faulty = {item.book for item in intake.issues if item.severity in WORDS}
    return (
        f"{counted(len(intake.returns), 'return')}, {counted(intake.rows_found, 'row')}: "
        f"{errors}, {warnings}, {notes} in {counted(len(faulty), 'file')}; "
        f"held back {held_words(held)}."
    )


def table_lines(intake: Intake) -> list[str]:
    """Errors and warnings by return and cause, at most 100 columns wide; notes are left out.

    Plain text where the screen is none: a file, a pipe or a message box.
    """
    issues = [item for item in intake.issues if item.severity in WORDS]
    lines: list[str] = []
    for book, group in groupby(issues[:SHOWN], key=lambda item: item.book):
        mine = [item for item in issues if item.book == book]
        lines += ["", f"{book}: {_to_do(mine)}", *_printed(_table(list(group)))]
    if len(issues) > SHOWN:
        left = len(issues) - SHOWN
        lines += ["", f"… and {left} more: see sheet Issues, or use --json or --annotate."]
    return lines


def _to_do(issues: Sequence[Issue]) -> str:
    """How much of one return blocks, and how much is to be checked: what has to be answered, and
    in how many cells where one answer goes for several."""
    said = []
    for severity, word in COUNTED.items():
        mine = [item.count for item in issues if item.severity == severity]
        folded = f" in {counted(sum(mine), 'cell')}" if sum(mine) > len(mine) else ""
        said += [f"{len(mine)} {word}{folded}"] if mine else []
    return ", ".join(said)


def _table(issues: Sequence[Issue]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
    table.add_column(width=8, no_wrap=True)
    table.add_column(width=15, overflow="fold")
    table.add_column(width=WIDTH - 8 - 15 - 6, overflow="fold")
    for item in sorted(issues, key=lambda item: item.severity != "error"):
        where = " ".join(part for part in (item.sheet, item.cell) if part)
        word = Text(WORDS[item.severity], style=_COLOURS[item.severity] if _on_screen() else "")
        table.add_row(Text.assemble("  ", word), Text(where or "the file"), Text(_said(item)))
    return table


def _said(item: Issue) -> str:
    """The message without its lead of sheet and cell, which stand beside it."""
    where = " ".join(part for part in (item.sheet, item.cell) if part)
    text = item.message.removeprefix(where).lstrip(",: ") if where else item.message
    asked = f" [{item.answer}]" if item.answer else ""
    return f"{text}{asked}"


def _printed(table: Table) -> list[str]:
    from rich.console import Console

    screen = StringIO()
    console = Console(
        file=screen,
        width=WIDTH,
        color_system="standard" if _on_screen() else None,
        force_terminal=_on_screen(),
        markup=False,
    )
    console.print(table, highlight=False)
    return [line.rstrip() for line in screen.getvalue().rstrip("\n").split("\n")]


def _on_screen() -> bool:
    return bool(sys.stdout) and sys.stdout.isatty()
