"""The child process that reads workbooks and Word files, seen from its parent."""

from __future__ import annotations

import contextlib
import pickle
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, cast

from wps_xl.errors import WpsError
from wps_xl.model import Book, Unreadable
from wps_xl.office.reading.messages import CAREFUL, FAST, WORD, receive, send
from wps_xl.office.reading.unreadable import Refusal, unreadable
from wps_xl.office.reading.word import Word

SECONDS_PER_BOOK = 10.0
MEMORY = 500 << 20
# Where the system counts what a process works, a busy machine or a slow network may take longer.
_PATIENCE = 1 if sys.platform == "win32" else 6
# A virus scanner may look at every module of a Python that starts for the first time.
_START_SECONDS = 60.0
_PACKAGE_FOLDER = str(Path(__file__).resolve().parents[2])
_PROGRAM = (
    "import sys; sys.path[:] = sys.argv[2:]; "
    "from wps_xl.office.reading.child import main; main(int(sys.argv[1]))"
)


class Reader:
    """The child process that reads files: started when first asked, again when it is gone.

    ``command`` starts it; tests have it start something worse.
    """

    def __init__(self, memory: int = MEMORY, command: Sequence[str] = ()) -> None:
        self._command = list(command) or _command(memory)
        self._child: _Child | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """Process id of the child, None while there is none."""
        return self._child.pid if self._child else None

    def read(self, path: Path, seconds: float = SECONDS_PER_BOOK) -> Book | Unreadable:
        """The workbook at ``path``, or why it cannot be read; in ``seconds`` of work at most.

        The clock starts when the child is ready: the next book does not pay for a bad one.
        """
        answer = self._read(path, (FAST, CAREFUL), seconds)
        if isinstance(answer, Refusal):
            return unreadable(path, answer.reason, answer.found)
        return replace(cast("Book | Unreadable", answer), path=path)

    def read_word(self, path: Path, seconds: float = SECONDS_PER_BOOK) -> Word | Refusal:
        """The parts of the Word file at ``path``, or why it cannot be read."""
        return cast("Word | Refusal", self._read(path, (WORD,), seconds))

    def _read(self, path: Path, ways: Sequence[str], seconds: float) -> object:
        """What the child answers, asked in one way after the other until it survives one."""
        # The folder that paths begin at may be another than when the child began.
        path = path.absolute()
        self._start()
        deadline = time.monotonic() + seconds * _PATIENCE
        for way in ways:
            try:
                return self._ask(path, way, seconds, deadline)
            except TimeoutError:
                self.close()
                return Refusal("slow", f"{seconds:g} seconds")
            except EOFError:
                overran = self._child is not None and self._child.overran
                self.close()
                if overran:
                    return Refusal("slow", f"{seconds:g} seconds")
        return Refusal("stopped")

    def _start(self) -> _Child:
        if self._child is None or not self._child.alive:
            self.close()
            self._child = _Child(self._command)
        return self._child

    def _ask(self, path: Path, way: str, seconds: float, deadline: float) -> object:
        child = self._start()
        waiting = max(deadline - time.monotonic(), 0)
        answer = child.ask(pickle.dumps((path, way, seconds, waiting)), waiting)
        # Only our own child writes to this pipe.
        return pickle.loads(answer)

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.end()
            self._child = None


class _Child:
    """One running child: its pipes, and a thread that listens, since pipes know no time limit."""

    def __init__(self, command: Sequence[str]) -> None:
        with tempfile.TemporaryFile() as complaints:
            self._process = _started(command, complaints)
            self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
            pipe = cast(BinaryIO, self._process.stdout)
            self._ear = threading.Thread(target=_listen, args=(pipe, self._answers), daemon=True)
            self._ear.start()
            try:
                self._answer(_START_SECONDS)
            except (TimeoutError, EOFError) as fault:
                self.end()
                complaints.seek(0)
                said = complaints.read().decode("utf-8", "replace")
                raise WpsError(_not_started(said)) from fault

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    @property
    def overran(self) -> bool:
        """Whether the system ended it since it had worked for too long."""
        if sys.platform == "win32":
            return False
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(1) == -signal.SIGPROF
        return False

    def ask(self, request: bytes, seconds: float) -> bytes:
        """The answer to a request; raise ``TimeoutError`` or ``EOFError`` if there is none."""
        try:
            send(cast(BinaryIO, self._process.stdin), request)
        except OSError as fault:
            raise EOFError from fault
        return self._answer(seconds)

    def _answer(self, seconds: float) -> bytes:
        try:
            answer = self._answers.get(timeout=seconds)
        except queue.Empty as fault:
            raise TimeoutError from fault
        if answer is None:
            raise EOFError
        return answer

    def end(self) -> None:
        """Kill the process and let go of its pipes."""
        self._process.kill()
        self._process.wait()
        self._ear.join(1)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                # What was still to be written cannot be any more.
                with contextlib.suppress(OSError):
                    pipe.close()


def _started(command: Sequence[str], complaints: IO[bytes]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            creationflags=_no_window(),
        )
    except OSError as fault:
        raise WpsError(_not_started(str(fault))) from fault


def _listen(pipe: BinaryIO, answers: queue.SimpleQueue[bytes | None]) -> None:
    """Put every message into ``answers``, and None when there will be no more."""
    try:
        while (message := receive(pipe)) is not None:
            answers.put(message)
    finally:
        answers.put(None)


def _command(memory: int) -> list[str]:
    """How to start the child: our Python, our modules, no settings from outside."""
    folders = [_PACKAGE_FOLDER, *(folder for folder in sys.path if Path(folder).is_absolute())]
    return [_interpreter(), "-I", "-S", "-c", _PROGRAM, str(memory), *dict.fromkeys(folders)]


def _interpreter() -> str:
    """The Python to start: with pipes, so not pythonw, which Excel's add-in runs on Windows."""
    here = Path(sys.executable or Path(sys.prefix) / "python.exe")
    beside = here.with_name("python.exe")
    return str(beside if here.name.lower() == "pythonw.exe" and beside.exists() else here)


def _no_window() -> int:
    """The flag that keeps Windows from showing a black window."""
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW
    return 0


def _not_started(complaints: str) -> str:
    lines = complaints.strip().splitlines()
    said = f" ({lines[-1]})" if lines else ""
    return (
        f"The part of the add-in that reads files did not start{said}. "
        "Install the add-in again, then try again."
    )
