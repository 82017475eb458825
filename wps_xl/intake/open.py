"""Workbooks from files, read where nothing can go wrong.

All reading happens in one child process, which stays alive for all files. When it dies, overruns
its clock or its memory, that file becomes an ``Unreadable`` and a new child takes the next.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from wps_xl.model import Book, Unreadable
from wps_xl.office.reading.process import MEMORY, SECONDS_PER_BOOK, Reader
from wps_xl.office.reading.signature import (
    BESIDE,
    KEPT,
    LOCK,
    NOBODYS,
    OLD,
    OLE,
    PACKED,
    WORKBOOKS,
    ZIP,
    looks_like,
)
from wps_xl.office.reading.unreadable import unreadable


def read_books(
    paths: Sequence[Path], *, seconds_per_book: float = SECONDS_PER_BOOK, memory: int = MEMORY
) -> Iterator[Book | Unreadable]:
    """Every workbook of ``paths``, in that order, or why it cannot be read.

    Parameters
    ----------
    paths
        Files; see ``workbooks_in`` for folders.
    seconds_per_book
        What one file may take, of work where the system counts that [s].
    memory
        What the reading process may take, where the system can bound it [bytes].
    """
    with Reader(memory) as reader:
        for path in paths:
            yield reader.read(path, seconds_per_book)


def workbooks_in(paths: Sequence[Path]) -> tuple[list[Path], list[Unreadable]]:
    """The workbooks to read among ``paths`` and in the folders among them.

    Folders are searched with all folders in them but hidden ones; their files come sorted by name.

    Returns
    -------
    The workbooks, each once, and the files to tell the user about: lock files of open workbooks,
    tables in other formats, files of other kinds, paths that are missing or were named by mistake.
    """
    workbooks: dict[Path, Path] = {}
    told: list[Unreadable] = []
    for path in paths:
        for file in _files_in(path, told) if path.is_dir() else [path]:
            problem = _problem(file, named=file is path)
            if problem is not None:
                told.append(problem)
            elif _is_to_be_read(file):
                workbooks.setdefault(file.absolute(), file)
    return list(workbooks.values()), told


# Where the list of what a zip file holds is looked for.
_END = 128 << 10


def _beside(file: Path, suffix: str) -> Unreadable:
    """A file of another kind that lies among the returns: it may be one."""
    if suffix in BESIDE:
        return unreadable(file, *BESIDE[suffix])
    if _holds_workbook(file):
        return unreadable(file, "renamed")
    return unreadable(file, "beside", f"a file ending in '{suffix}'" if suffix else "a file")


def _is_to_be_read(file: Path) -> bool:
    """Whether a workbook may be in a file: by its name, else by what it holds."""
    suffix = file.suffix.lower()
    if suffix in (*WORKBOOKS, *PACKED):
        return True
    if suffix in OLD:
        return _ends(file)[0].startswith((*ZIP, OLE))
    return not KEPT.fullmatch(file.name) and _holds_workbook(file)


def _holds_workbook(file: Path) -> bool:
    return looks_like(*_ends(file))


def _ends(file: Path) -> tuple[bytes, bytes]:
    """The beginning of a file, and its end, where a zip file lists what it holds."""
    if not file.is_file():
        return b"", b""
    try:
        with file.open("rb") as content:
            head = content.read(len(OLE))
            content.seek(0, os.SEEK_END)
            content.seek(max(0, content.tell() - _END))
            return head, content.read()
    except OSError:
        return b"", b""


def _files_in(folder: Path, told: list[Unreadable]) -> list[Path]:
    """The files of a folder and its visible subfolders, by name, upper and lower case alike."""
    files: list[Path] = []

    def denied(fault: OSError) -> None:
        told.append(unreadable(Path(fault.filename), "denied"))

    for place, folders, names in os.walk(folder, onerror=denied):
        folders[:] = [name for name in folders if not name.startswith((".", "__MACOSX"))]
        shown = (name for name in names if not name.startswith(".") or LOCK.fullmatch(name))
        files += [Path(place, name) for name in shown]
    return sorted(files, key=lambda file: (file.name.casefold(), str(file)))


def _problem(file: Path, *, named: bool) -> Unreadable | None:
    """What to tell about a file that is not to be read; None if it is, or is nobody's concern."""
    suffix = file.suffix.lower()
    lock = LOCK.fullmatch(file.name)
    if lock:
        return unreadable(file, "lock", lock["book"])
    if not named and NOBODYS.fullmatch(file.name):
        return None
    if named and not file.exists():
        return unreadable(file, "missing")
    if _is_to_be_read(file):
        return None
    if suffix in OLD:
        return unreadable(file, *OLD[suffix])
    if named:
        return unreadable(file, "other", f"a file ending in '{suffix}'" if suffix else "a file")
    return _beside(file, suffix)
