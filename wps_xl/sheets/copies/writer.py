"""Writes correction copies: only the parts that must differ are made anew (contract 5)."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from lxml import etree

from wps_xl.errors import InputError, OutputError
from wps_xl.intake.asides import LEADS
from wps_xl.intake.overlay import ASK
from wps_xl.intake.validation import Intake
from wps_xl.model import CellRef, Issue
from wps_xl.sheets import saving
from wps_xl.sheets.copies.front import Line
from wps_xl.sheets.copies.parts import CopyError, marked_copy

Marks = dict[str, dict[str, tuple[str, str]]]
"""Sheet to address to how severe it is and what its note says."""


def write_copies(intake: Intake, folder: Path) -> list[str]:
    """Write a copy of each return with its cells marked; what there is to tell of it.

    The copies carry what the office marked "ask entity", else all errors and warnings that are not
    answered. The returns stay as they are.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is a file. Name a folder for the copies.")
    folder.mkdir(parents=True, exist_ok=True)
    chosen = asked(intake.issues)
    returns = {item.book for item in intake.returns}
    lines: list[str] = []
    made = 0
    for book in dict.fromkeys(issue.book for issue in chosen if issue.book in returns):
        source, target = intake.files[book], folder / book
        if target.resolve() == source.resolve():
            raise InputError(
                f"{folder} holds the returns themselves, which are never written to. "
                "Name another folder for the copies."
            )
        try:
            data = copy_of(source.read_bytes(), book, [i for i in chosen if i.book == book])
        except CopyError as refusal:
            lines.append(f"No copy of {book}: {refusal}")
            continue
        except (etree.XMLSyntaxError, BadZipFile, KeyError, ValueError):
            lines.append(f"No copy of {book}: it is not built as Excel builds files. {_INSTEAD}")
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        saving.replace(target, data)
        made += 1
    which = "marked “ask entity”" if any(i.answer == ASK for i in chosen) else "not answered"
    return [f"{made} correction copies in {folder}, with what is {which}.", *lines]


_INSTEAD = "Send the lines of sheet Issues instead."


def asked(issues: Sequence[Issue]) -> list[Issue]:
    """What correction copies carry."""
    marked = [issue for issue in issues if issue.answer == ASK]
    return marked or [issue for issue in issues if issue.severity in LEADS]


def copy_of(data: bytes, book: str, issues: Sequence[Issue]) -> bytes:
    """The file with marks for these issues."""
    known = [issue for issue in issues if issue.severity in LEADS]
    ordered = sorted(known, key=lambda issue: issue.severity != "error")
    with ZipFile(io.BytesIO(data)) as source:
        return marked_copy(source, book, marks(ordered), [_line(issue) for issue in ordered])


def marks(issues: Sequence[Issue]) -> Marks:
    """What is marked in which cell; an error outdoes a warning."""
    found: Marks = {}
    for issue in issues:
        for sheet, address in places(issue):
            cells = found.setdefault(sheet, {})
            note = f"{LEADS[issue.severity]}\n{said(issue)}"
            before = cells.get(address)
            cells[address] = (
                (before[0], f"{before[1]}\n{said(issue)}") if before else (issue.severity, note)
            )
    return found


def places(issue: Issue) -> Iterator[tuple[str, str]]:
    """Sheet and address of each cell of an issue in its own file."""
    if issue.cell:
        yield issue.sheet, issue.cell
    for address in issue.also:
        try:
            cell = CellRef.parse(address)
        except ValueError:
            continue
        if not cell.book:
            yield cell.sheet, cell.a1


def said(issue: Issue) -> str:
    """The message without the place, which the note stands at."""
    lead = ", ".join(part for part in (f"{issue.sheet} {issue.cell}", issue.heading) if part)
    text = issue.message.removeprefix(f"{lead}: ") if issue.cell else issue.message
    proposed = f"\nSuggestion: {issue.suggestion}" if issue.suggestion else ""
    return f"{text}{proposed}"


def _line(issue: Issue) -> Line:
    cells = [address for sheet, address in places(issue) if sheet == issue.sheet]
    text = said(issue).partition("\nSuggestion: ")[0]
    return Line(
        issue.severity, issue.sheet, cells, issue.heading, issue.found, text, issue.suggestion
    )
