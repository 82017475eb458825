"""Review workbooks as closed files: read by one, written whole or not at all."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from filelock import FileLock, Timeout

from wps_xl.analysis.review import Review
from wps_xl.errors import OutputError
from wps_xl.hosts.frozen import MARK, refuse_frozen, refuse_marked
from wps_xl.notices import tell
from wps_xl.nouns import counted

_WAIT = 5.0
RETIRED = (
    "Not filled any more, since no thematic area of sheet Lists is called so: sheet {names}. Its "
    "figures are gone; delete it when you no longer need it."
)


class FilesHost:
    """The host of the command line. Without ``backups`` none are kept, as for a demonstration."""

    def __init__(self, backups: bool = True) -> None:
        self._backups = backups
        self._read: dict[Path, tuple[_State, Review | None]] = {}

    def ready(self, path: Path) -> None:
        """See Host."""
        refuse_if_open(path)
        refuse_frozen(path)

    def save(self, path: Path) -> None:
        """See Host; a closed workbook is its file."""

    def read(self, path: Path) -> Review:
        """See Host."""
        from wps_xl.sheets.review.reader import read_review

        state = _state(path)
        review = read_review(path)
        self._read[path.absolute()] = (state, review)
        return review

    def write(self, review: Review, path: Path, written: dt.datetime) -> None:
        """See Host; only what is ours in the file is replaced."""
        refuse_if_open(path)
        refuse_marked(review.text(MARK), path.name)
        lock = path.with_name(f".{path.name}.lock")
        try:
            with FileLock(lock, timeout=_WAIT):
                self._write(review, path, written)
        except Timeout:
            raise OutputError(
                f"{path.name} is being written by another run of wps_xl. Wait, then try again."
            ) from None
        finally:
            lock.unlink(missing_ok=True)

    def _write(self, review: Review, path: Path, written: dt.datetime) -> None:
        from wps_xl.hosts.backups import keep_backup
        from wps_xl.sheets import saving
        from wps_xl.sheets.review.laid_anew import with_lost
        from wps_xl.sheets.review.reader import read_review
        from wps_xl.sheets.review.writer import write_review
        from wps_xl.sheets.review.written import with_notes

        state, before = self._read.get(path.absolute(), (_state(path), None))
        if state != _state(path):
            raise OutputError(
                f"{path.name} was saved by somebody else while this run was at work. Nothing was "
                "changed. Run it again."
            )
        saving.sweep(path)
        if before is None and path.exists():
            before = read_review(path)
        kept, notes = with_notes(review, written)
        if before is not None:
            kept = with_lost(before, kept, path, written)
        backup = keep_backup(path, written.date()) if self._backups else None
        write_review(kept, path, written, before)
        self._read[path.absolute()] = (_state(path), None)
        if backup:
            tell(f"{path.name} as it was before today's first change is kept as {backup}.")
        if notes:
            tell(kept_line(notes))
        if review.retired:
            tell(RETIRED.format(names=", ".join(review.retired)))


def kept_line(notes: int) -> str:
    """How many cells went to Notes, for the person who ran the command."""
    cells = counted(notes, "cell that was", "cells that were")
    return f"{cells} typed over what wps_xl writes: kept in sheet Notes."


_State = tuple[int, int]


def _state(path: Path) -> _State:
    """When the file was saved and how long it is; nought where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def refuse_if_open(path: Path) -> None:
    """Raise OutputError while the lock file of Excel or Word lies beside the file.

    Word leaves the first two letters of a long name out of its own.
    """
    for lock in (path.with_name(f"~${path.name}"), path.with_name(f"~${path.name[2:]}")):
        if lock.exists():
            program = "Word" if path.suffix.lower() == ".docx" else "Excel"
            raise OutputError(
                f"{path.name} is open in {program} ({lock.name} lies beside it). "
                "Save and close it, then try again. Nothing was changed."
            )
    if not path.parent.is_dir():
        raise OutputError(f"The folder {path.parent} does not exist. Make it, then try again.")
