"""Who else is at a file: programs that have it open, other runs, and saves in the meantime."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from wps_xl.errors import OutputError
from wps_xl.places import advice_for

WAIT = 5.0
SAVED = (
    "{name} was saved by somebody else while this run was at work. It stays as they saved it. Run "
    "this again."
)
GONE = (
    "{name} is not there any more: while this run was at work it was moved, renamed or deleted. "
    "Put it back, or name the file as it is called now; then run this again."
)


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Let one run at a time write the file; who waits in vain takes no lock of another away."""
    place = path.with_name(f".{path.name}.lock")
    lock = FileLock(place, timeout=WAIT)
    try:
        lock.acquire()
    except Timeout:
        raise OutputError(
            f"{path.name} is being written by another run of wps_xl. Wait, then try again."
        ) from None
    except OSError as fault:
        advice = advice_for(
            fault, "See that you may write there, or work in a copy in another folder."
        )
        raise OutputError(
            f"{path.name} cannot be written in {path.parent}: {fault.strerror or fault}. {advice} "
            "Nothing was changed."
        ) from fault
    try:
        yield
    finally:
        # Taken away while it is held: a moment later it may be another's.
        with contextlib.suppress(OSError):
            place.unlink()
        lock.release()


def real(path: Path) -> Path:
    """The file itself where the path is a link to it."""
    try:
        return path.resolve()
    except (OSError, RuntimeError) as fault:
        raise OutputError(f"{path} is a link that leads nowhere. Name the file itself.") from fault


def state(path: Path) -> str:
    """What tells the content of a file from any other; blank where there is none to be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def refuse_saved(path: Path, before: str) -> None:
    """Raise OutputError where the file is open, or is not in the state in which it was read."""
    refuse_if_open(path)
    if before != state(path):
        said = SAVED if path.exists() else GONE
        raise OutputError(said.format(name=path.name))


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
