"""Writes correction copies: only the parts that must differ are made anew."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from lxml import etree

from wps_xl.errors import OutputError
from wps_xl.intake.asides import LEADS
from wps_xl.intake.overlay import ASK
from wps_xl.intake.validation import Intake
from wps_xl.model import CellRef, Issue, split_address
from wps_xl.nouns import counted
from wps_xl.office.excel import saving
from wps_xl.office.reading.unreadable import RefusedError
from wps_xl.office.reading.wrapped import workbook_in
from wps_xl.sheets.copies.earlier import FOLDER, is_copy, move_aside, put_aside
from wps_xl.sheets.copies.front import FrontLine
from wps_xl.sheets.copies.parts import CopyError, marked_copy
from wps_xl.sheets.copies.places import places

Marks = dict[str, dict[str, tuple[str, str]]]
"""Sheet to address to how severe it is and what its note says."""

# What code of ours and of others raises over parts that are not as they should be.
_BROKEN = (
    *(ArithmeticError, AttributeError, EOFError, LookupError, RuntimeError, TypeError, ValueError),
    *(BadZipFile, etree.LxmlError, struct.error, zlib.error),
)


class Copies(NamedTuple):
    """What there is to tell of copies, and of how many returns none could be made."""

    lines: list[str]
    refused: int


def write_copies(intake: Intake, folder: Path) -> Copies:
    """Write a copy of each return with its cells marked; what cannot be copied is a line.

    A copy carries what the office marked "ask entity" in its return, else all errors and warnings
    that are not answered. The returns stay as they are; copies of earlier runs are put aside.
    """
    chosen = asked(intake.issues)
    returns = {item.book for item in intake.returns}
    where = places(intake.files, folder)
    refused: dict[str, str] = {}
    made: dict[str, Path] = {}
    before = 0
    for book in dict.fromkeys(issue.book for issue in chosen if issue.book in returns):
        source, target = intake.files[book], where[book]
        try:
            data = copy_of(_workbook(source), book, [i for i in chosen if i.book == book])
            before += _make_free(folder, target, data)
            saving.replace(target, data)
        except (CopyError, OutputError) as refusal:
            refused[book] = str(refusal)
        except MemoryError:
            refused[book] = f"it is too large for the memory of this computer. {_INSTEAD}"
        except OSError as fault:
            refused[book] = f"{fault.strerror or fault}. See that the folder can be used."
        except _BROKEN:
            refused[book] = f"it is not built as Excel builds files. {_INSTEAD}"
        else:
            made[book] = target
    aside = put_aside(folder, made.values(), intake.files.values())
    before += aside.moved
    lines = [f"No copy of {book}: {why}" for book, why in refused.items()]
    if before:
        moved = counted(before, "copy", "copies")
        lines.append(f"{moved} of earlier runs: now in {folder / FOLDER}.")
    return Copies([_said_of(made, chosen, folder), *lines, *aside.refused], len(refused))


def _workbook(source: Path) -> bytes:
    """The bytes of the workbook of a return, whatever it came in."""
    try:
        return workbook_in(_content(source), source.suffix).data
    except RefusedError as refusal:
        raise CopyError(f"{source.name} cannot be opened any more. {_INSTEAD}") from refusal


def _content(source: Path) -> bytes:
    """The bytes of a return, which may have gone since it was read."""
    try:
        return source.read_bytes()
    except OSError as fault:
        raise OutputError(
            f"it cannot be read any more ({fault.strerror}). Put it back, then try again."
        ) from fault


def _make_free(folder: Path, target: Path, data: bytes) -> int:
    """Move another copy of an earlier run out of the way; how many were moved.

    Raises
    ------
    OutputError
        Where something stands there that is no copy of ours.
    """
    if not (target.exists() or target.is_symlink()):
        return 0
    if target.is_symlink() or not is_copy(target):
        raise OutputError(
            f"{target} is no correction copy that wps_xl wrote, and stays as it is. "
            "Move it away, or name another folder."
        )
    if target.read_bytes() == data:
        return 0
    move_aside(folder, target)
    return 1


def _said_of(made: Collection[str], chosen: Sequence[Issue], folder: Path) -> str:
    """How many copies there are, and what they carry."""
    number = counted(len(made), "correction copy", "correction copies")
    some = {i.book for i in chosen if i.answer == ASK and i.book in made}
    which = {True: f"marked “{ASK}”", False: "not answered"}
    if len(some) in (0, len(made)):
        return f"{number} in {folder}, with what is {which[bool(some)]}."
    rest = len(made) - len(some)
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
        for sheet, address in cells_of(issue):
            cells = found.setdefault(sheet, {})
            # Beside another cell the message is only understood with the place it is about.
            text = said(issue) if (sheet, address) in own else issue.message
            note = f"{LEADS[issue.severity]}\n{text}"
            before = cells.get(address)
            cells[address] = (
                (before[0], f"{before[1]}\n{text}") if before else (issue.severity, note)
            )
    return found


def cells_of(issue: Issue) -> Iterator[tuple[str, str]]:
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
        for sheet, address in cells_of(issue)
        if sheet == issue.sheet and split_address(address)[0] == column
    ]


def said(issue: Issue) -> str:
    """The message without the place, which the note stands at."""
    lead = ", ".join(part for part in (f"{issue.sheet} {issue.cell}", issue.heading) if part)
    text = issue.message.removeprefix(f"{lead}: ") if issue.cell else issue.message
    proposed = f"\nSuggestion: {issue.suggestion}" if issue.suggestion else ""
    return f"{text}{proposed}"


def _line(issue: Issue) -> FrontLine:
    cells = [address for _, address in own_cells(issue)]
    text = said(issue).partition("\nSuggestion: ")[0]
    return FrontLine(
        issue.severity, issue.sheet, cells, issue.heading, issue.found, text, issue.suggestion
    )
