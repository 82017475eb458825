"""What runs in the light child process: read one file after the other, as its parent asks.

A file can make a reader abort, hang or eat the memory; then only this process ends. It imports
the readers and nothing heavier, and treats files as data.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import faulthandler
import gc
import hashlib
import math
import pickle
import signal
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from wps_xl.model import Book, Unreadable
from wps_xl.office.reading.asides import read_asides
from wps_xl.office.reading.grids import read_grids, scanned
from wps_xl.office.reading.messages import CAREFUL, WORD, receive, send
from wps_xl.office.reading.package import open_package
from wps_xl.office.reading.signature import WORKBOOKS, as_beside
from wps_xl.office.reading.unreadable import Refusal, RefusedError, unreadable
from wps_xl.office.reading.word import Word, word_in
from wps_xl.office.reading.wrapped import workbook_in

MAX_FILE = 50 << 20
# A parent that was killed cannot stop a child that hangs: it stops itself a little later.
_GRACE_SECONDS = 5


def read_book(path: Path, *, careful: bool = False) -> Book | Unreadable:
    """The workbook at ``path``, or why it cannot be read.

    The parent asks for ``careful`` when the fast reader did not survive the file.
    """
    try:
        data, changed = _content(path)
        found = workbook_in(data, path.suffix)
        package = open_package(found.data, found.suffix)
        scans = scanned(package)
        return Book(
            path,
            read_grids(package, scans, careful=careful),
            package.modified or changed,
            hashlib.sha256(data).hexdigest(),
            asides=tuple(read_asides(package, scans)),
            dated=package.modified is not None,
            came_in=found.came_in or _misnamed(path),
        )
    except RefusedError as refusal:
        return unreadable(path, *as_beside(path.suffix, refusal.reason, refusal.found))
    except MemoryError:
        return unreadable(path, "large", "it does not fit into the memory set aside for a workbook")
    # This is an entrance of a process of its own, and openpyxl raises whatever it stumbles on.
    except Exception:
        return unreadable(path, "damaged", "its content makes no sense as a workbook")


def _misnamed(path: Path) -> str:
    """In words, the ending of a name that is none of a workbook's; blank for others."""
    ending = path.suffix.lower()
    said = f"whose name ends in {ending}" if ending else "whose name has no ending"
    return "" if ending in WORKBOOKS else f"a file {said}"


def read_word(path: Path) -> Word | Refusal:
    """The parts of the Word file at ``path``, or why it cannot be read."""
    try:
        return word_in(_content(path)[0])
    except RefusedError as refusal:
        return Refusal(refusal.reason, refusal.found)
    except MemoryError:
        return Refusal("large", "it does not fit into the memory set aside for a document")


def _content(path: Path) -> tuple[bytes, dt.datetime]:
    """The bytes of the file and when it was last changed, in UTC without zone."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise RefusedError("no_file")
        if about.st_size == 0:
            raise RefusedError("empty")
        if about.st_size > MAX_FILE:
            raise RefusedError("large", f"it has {about.st_size >> 20:,} MB")
        data = path.read_bytes()
    except FileNotFoundError as fault:
        raise RefusedError("missing") from fault
    except OSError as fault:
        raise RefusedError("denied") from fault
    return data, dt.datetime.fromtimestamp(about.st_mtime, dt.UTC).replace(tzinfo=None)


def main(memory: int) -> None:
    """Answer requests until the parent closes the pipe; ``memory`` is the bound in bytes."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    # openpyxl imports numpy if it can, at twice its own cost, and needs nothing of it to read.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    _bound(memory)
    _no_dialogs()
    # Cells come in great numbers and hold no cycles: look for those seldom.
    gc.set_threshold(100_000)
    send(answers, pickle.dumps(sys.version))
    while (request := receive(requests)) is not None:
        path, way, seconds, waiting = pickle.loads(request)
        with _alarm(seconds, waiting + _GRACE_SECONDS):
            send(answers, _answer(path, way))


def _answer(path: Path, way: str) -> bytes:
    read = read_word(path) if way == WORD else read_book(path, careful=way == CAREFUL)
    try:
        return pickle.dumps(read, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps(Refusal("large", "it holds too much"))


def _bound(memory: int) -> None:
    """Limit the memory of this process where the system can; elsewhere the clock must do."""
    if sys.platform == "win32":
        return
    import resource

    for limit, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(limit)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        # macOS refuses limits that it does not enforce.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, hard))


@contextlib.contextmanager
def _alarm(seconds: float, waiting: float) -> Iterator[None]:
    """Let the system end this process if what is inside takes longer.

    ``seconds`` is what it may work, where the system counts that, ``waiting`` what may go by.
    """
    if sys.platform == "win32":
        faulthandler.dump_traceback_later(waiting, exit=True)
        yield
        faulthandler.cancel_dump_traceback_later()
    else:
        signal.setitimer(signal.ITIMER_PROF, max(seconds, 0.001))
        signal.alarm(math.ceil(waiting))
        yield
        signal.alarm(0)
        signal.setitimer(signal.ITIMER_PROF, 0)


def _no_dialogs() -> None:
    """Keep Windows from showing a dialog when this process crashes."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.SetErrorMode(msvcrt.SEM_FAILCRITICALERRORS | msvcrt.SEM_NOGPFAULTERRORBOX)
