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
from wps_xl.model import CellRef, Issue, split_address
from wps_xl.nouns import counted
from wps_xl.sheets import saving
from wps_xl.sheets.copies.earlier import FOLDER, move_aside, put_aside
from wps_xl.sheets.copies.front import Line
from wps_xl.sheets.copies.parts import CopyError, marked_copy

Marks = dict[str, dict[str, tuple[str, str]]]
"""Sheet to address to how severe it is and what its note says."""


def write_copies(intake: Intake, folder: Path) -> list[str]:
    """Write a copy of each return with its cells marked; what there is to tell of it.

    A copy carries what the office marked "ask entity" in its return, else all errors and warnings
    that are not answered. The returns stay as they are; copies of earlier runs are put aside.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is a file. Name a folder for the copies.")
    folder.mkdir(parents=True, exist_ok=True)
    chosen = asked(intake.issues)
    returns = {item.book for item in intake.returns}
    lines: list[str] = []
    made: list[Path] = []
    before = 0
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
        if target.exists() and target.read_bytes() != data:
            move_aside(folder, target)
            before += 1
        saving.replace(target, data)
        made.append(target)
    before += put_aside(folder, made, intake.files.values())
    if before:
        moved = counted(before, "copy", "copies")
        lines.append(f"{moved} of earlier runs: now in {folder / FOLDER}.")
    return [_said_of(made, chosen, folder), *lines]


def _said_of(made: Sequence[Path], chosen: Sequence[Issue], folder: Path) -> str:
    """How many copies there are, and what they carry."""
    number = counted(len(made), "correction copy", "correction copies")
    books = {path.relative_to(folder).as_posix() for path in made}
    some = {i.book for i in chosen if i.answer == ASK and i.book in books}
    which = {True: f"marked “{ASK}”", False: "not answered"}
    if not some or some == books:
        return f"{number} in {folder}, with what is {which[bool(some)]}."
    rest = len(books - some)
    return f"{number} in {folder}: {len(some)} with what is {which[True]}, {rest} {_OTHERS}"


_INSTEAD = "Send the lines of sheet Issues instead."
_OTHERS = "where nothing is marked, with what is not answered."


def asked(issues: Sequence[Issue]) -> list[Issue]:
    """What correction copies carry, each return by itself."""
    marked = {issue.book for issue in issues if issue.answer == ASK}
    return [
        issue
        for issue in issues
        if (issue.answer == ASK if issue.book in marked else issue.severity in LEADS)
    ]


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
        own = own_cells(issue)
        for sheet, address in places(issue):
            cells = found.setdefault(sheet, {})
            # Beside another cell the message is only understood with the place it is about.
            text = said(issue) if (sheet, address) in own else issue.message
            note = f"{LEADS[issue.severity]}\n{text}"
            before = cells.get(address)
            cells[address] = (
                (before[0], f"{before[1]}\n{text}") if before else (issue.severity, note)
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


def own_cells(issue: Issue) -> list[tuple[str, str]]:
    """The cells that have the fault: its own, and those of the same column. Others belong to the
    same cause, but neither their heading nor what they hold is that of the message."""
    column = split_address(issue.cell)[0] if issue.cell else ""
    return [
        (sheet, address)
        for sheet, address in places(issue)
        if sheet == issue.sheet and split_address(address)[0] == column
    ]


def said(issue: Issue) -> str:
    """The message without the place, which the note stands at."""
    lead = ", ".join(part for part in (f"{issue.sheet} {issue.cell}", issue.heading) if part)
    text = issue.message.removeprefix(f"{lead}: ") if issue.cell else issue.message
    proposed = f"\nSuggestion: {issue.suggestion}" if issue.suggestion else ""
    return f"{text}{proposed}"


def _line(issue: Issue) -> Line:
    cells = [address for _, address in own_cells(issue)]
    text = said(issue).partition("\nSuggestion: ")[0]
    return Line(
        issue.severity, issue.sheet, cells, issue.heading, issue.found, text, issue.suggestion
    )
