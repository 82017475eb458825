"""Review workbooks as closed files: read by one, written whole or not at all."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from wps_xl.analysis.review import Review
from wps_xl.errors import OutputError
from wps_xl.hosts.frozen import MARK, refuse_frozen, refuse_marked
from wps_xl.notices import tell
from wps_xl.nouns import counted

_WAIT = 5.0
RETIRED = (
    "Emptied, since no thematic area of sheet Lists is called so any more: {sheets} {names}. "
    "Delete what you no longer need; this is said once."
)


class FilesHost:
    """The host of the command line. Without ``backups`` none are kept, as for a demonstration."""

    def __init__(self, backups: bool = True) -> None:
        self._backups = backups
        self._read: dict[Path, tuple[str, Review | None]] = {}

    def ready(self, path: Path) -> None:
        """See Host."""
        refuse_if_open(path)
        refuse_frozen(path)

    def save(self, path: Path) -> None:
        """See Host; a closed workbook is its file."""

    def read(self, path: Path) -> Review:
        """See Host."""
        from wps_xl.sheets.review.reader import read_review

        file = real(path)
        state = _state(file)
        review = read_review(path)
        self._read[file] = (state, review)
        return review

    def write(self, review: Review, path: Path, written: dt.datetime) -> None:
        """See Host; only what is ours in the file is replaced, and a link stays one."""
        refuse_if_open(path)
        refuse_marked(review.text(MARK), path.name)
        file = real(path)
        with _held(file):
            self._write(review, file, written)

    def _write(self, review: Review, path: Path, written: dt.datetime) -> None:
        from wps_xl.hosts.backups import keep_backup
        from wps_xl.sheets import saving
        from wps_xl.sheets.review.laid_anew import with_lost
        from wps_xl.sheets.review.reader import read_review
        from wps_xl.sheets.review.writer import write_review
        from wps_xl.sheets.review.written import with_notes

        state, before = self._read.get(path, (_state(path), None))

        def as_read() -> None:
            refuse_if_open(path)
            if state != _state(path):
                raise OutputError(
                    f"{path.name} was saved by somebody else while this run was at work. Nothing "
                    "was changed. Run it again."
                )

        as_read()
        saving.sweep(path)
        if before is None and path.exists():
            before = read_review(path)
        kept, notes = with_notes(review, written)
        if before is not None:
            kept = with_lost(before, kept, path, written)
        # Words that nothing can tell from ours any more are only in the workbook as it is now.
        again = before is not None and bool(before.missing)
        backup = keep_backup(path, written.date(), again) if self._backups else None
        write_review(kept, path, written, before, as_read)
        self._read[path] = (_state(path), None)
        if backup:
            change = "this" if again else "today's first"
            tell(f"{path.name} as it was before {change} change is kept as {backup}.")
        if notes:
            tell(kept_line(notes))
        if review.emptied:
            sheets = "sheet" if len(review.emptied) == 1 else "sheets"
            tell(RETIRED.format(sheets=sheets, names=", ".join(review.emptied)))


@contextlib.contextmanager
def _held(path: Path) -> Iterator[None]:
    """Let one run at a time write the file; who waits in vain takes no lock of another away."""
    place = path.with_name(f".{path.name}.lock")
    lock = FileLock(place, timeout=_WAIT)
    try:
        lock.acquire()
    except Timeout:
        raise OutputError(
            f"{path.name} is being written by another run of wps_xl. Wait, then try again."
        ) from None
    except OSError as fault:
        raise OutputError(
            f"{path.name} cannot be written in {path.parent}: {fault.strerror or fault}. See that "
            "you may write there, or work in a copy in another folder. Nothing was changed."
        ) from fault
    try:
        yield
    finally:
        # Taken away while it is held: a moment later it may be another's.
        with contextlib.suppress(OSError):
            place.unlink()
        lock.release()


def kept_line(notes: int) -> str:
    """How many cells went to Notes, for the person who ran the command."""
    cells = counted(notes, "cell that was", "cells that were")
    return f"{cells} typed over what wps_xl writes: kept in sheet Notes."


def real(path: Path) -> Path:
    """The file itself where the path is a link to it."""
    try:
        return path.resolve()
    except (OSError, RuntimeError) as fault:
        raise OutputError(f"{path} is a link that leads nowhere. Name the file itself.") from fault


def _state(path: Path) -> str:
    """What tells the content of a file from any other; blank where there is none to be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def refuse_if_open(path: Path) -> None:
    """Raise OutputError while the lock file of Excel, Word or LibreOffice lies beside the file.

    It lies beside the file itself, or beside the link by which that was opened.
    """
    for lock, program in (*_locks(path), *_locks(real(path))):
        if lock.exists():
            raise OutputError(
                f"{path.name} is open in {program} ({lock.name} lies beside it). Save and close "
                f"it, then try again; where nobody has it open, delete {lock.name}. Nothing was "
                "changed."
            )
    if not path.parent.is_dir():
        raise OutputError(f"The folder {path.parent} does not exist. Make it, then try again.")


def _locks(path: Path) -> Iterator[tuple[Path, str]]:
    """The lock files of a file, each with the program that leaves it."""
    word = path.suffix.lower() == ".docx"
    yield path.with_name(f".~lock.{path.name}#"), "LibreOffice"
    yield path.with_name(f"~${path.name}"), "Word" if word else "Excel"
    # Word leaves the first two letters of a long name out; unless that is the name of another.
    if word and not path.with_name(path.name[2:]).is_file():
        yield path.with_name(f"~${path.name[2:]}"), "Word"
