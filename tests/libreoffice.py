"""LibreOffice for tests: opens files that we wrote, and says what it sees in them.

    def test_totals(office: Office, tmp_path: Path) -> None:
        seen, after = office.ask(path, cells("Money", "B4"), refresh(), cells("Money", "B4"))[::2]

One office and one bridge run for the whole test session, under a profile of their own.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

BRIDGE = Path(__file__).with_name("libreoffice_bridge.py")

_OFFICES = (
    *("soffice", "libreoffice"),
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)

# Two processes may ask about one file at the same time, so none locks it.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="UseLocking" oor:op="fuse">
<value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc">
<prop oor:name="UseDocumentSystemFileLocking" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""

Step = dict[str, object]


def sheets() -> Step:
    """Name and visibility of each sheet: ``[{"name": ..., "visible": ...}]``."""
    return {"do": "sheets"}


def cells(sheet: str, ref: str) -> Step:
    """Rows of values: text, number, None where blank; an error as its text."""
    return {"do": "cells", "sheet": sheet, "ref": ref}


def formulas(sheet: str, ref: str) -> Step:
    """Rows of what the formula bar shows."""
    return {"do": "formulas", "sheet": sheet, "ref": ref}


def pivots() -> Step:
    """Every PivotTable: name, sheet, ref, source, rows, columns, pages, values, cells."""
    return {"do": "pivots"}


def refresh() -> Step:
    """Count every PivotTable again from its table."""
    return {"do": "refresh"}


def put(sheet: str, cell: str, value: str | float | None) -> Step:
    """Enter a value or a formula into a cell, as a user would."""
    return {"do": "put", "sheet": sheet, "cell": cell, "value": value}


def recalculate() -> Step:
    """Compute every formula again."""
    return {"do": "recalculate"}


def links(sheet: str, ref: str) -> Step:
    """Address → target of each link on text cells of the range; ``#'Sheet'.A1`` for inner ones."""
    return {"do": "links", "sheet": sheet, "ref": ref}


def protection(sheet: str, ref: str) -> Step:
    """``{"book": ..., "sheet": ..., "locked": [addresses]}``."""
    return {"do": "protection", "sheet": sheet, "ref": ref}


def validations(sheet: str, ref: str) -> Step:
    """Address → type, operator, formulas, stops, prompt, and for lists the items offered now."""
    return {"do": "validations", "sheet": sheet, "ref": ref}


def save_copy(path: Path, kind: str = "xlsx", pages: str = "") -> Step:
    """Write the document to ``path`` as LibreOffice saves it; of a PDF, some pages (``1-9``)."""
    return {"do": "save_copy", "path": str(path.resolve()), "kind": kind, "pages": pages}


def cells_as_pdf(sheet: str, ref: str, path: Path, hidden: Sequence[str] = ()) -> Step:
    """Write a range as one PDF page, without hidden parts (``C:D``, ``2:9``); the file's path."""
    place = str(path.resolve())
    return {"do": "cells_as_pdf", "sheet": sheet, "ref": ref, "path": place, "hidden": list(hidden)}


def notes(sheet: str) -> Step:
    """Address → text of each note of a sheet."""
    return {"do": "notes", "sheet": sheet}


def colours(sheet: str, ref: str) -> Step:
    """Address → colour of each cell that has one, as six hexadecimal digits."""
    return {"do": "colours", "sheet": sheet, "ref": ref}


def follow(sheet: str, cell: str) -> Step:
    """Book, sheet and address of the cell that the link in a cell leads to."""
    return {"do": "follow", "sheet": sheet, "cell": cell}


def macro(name: str, *arguments: object) -> Step:
    """What ``Module.Function`` of an add-in returns for the arguments."""
    return {"do": "macro", "name": name, "arguments": list(arguments)}


class Office:
    """A running LibreOffice. It starts at the first question and anew when it has died."""

    def __init__(self) -> None:
        self._session: _Session | None = None

    def ask(self, path: Path, *steps: Step, seconds: float = 60) -> list[Any]:
        """Open the file, take the steps in order, close it unsaved; what each step found."""
        if self._session is None:
            self._session = _Session()
        job: dict[str, object] = {"path": str(Path(path).resolve()), "steps": steps}
        try:
            answer = self._session.answer(job, seconds)
        except _GoneError as gone:
            self.close()
            pytest.fail(f"LibreOffice died or hung over {path}: {gone}")
        if "failed" in answer:
            pytest.fail(f"LibreOffice, asked about {path}:\n{answer['failed']}")
        found: list[Any] = answer["found"]
        return found

    def convert(self, path: Path, kind: str, folder: Path) -> Path:
        """The file as ``kind`` (pdf, xlsx, docx, ods, odt, csv, txt) in the folder."""
        target = folder / f"{Path(path).stem}.{kind}"
        self.ask(path, save_copy(target, kind), seconds=180)
        return target

    def kill(self) -> None:
        """Let the office die, as a crash would."""
        if self._session is not None:
            self._session.kill()

    def close(self) -> None:
        """End the office."""
        if self._session is not None:
            self._session.close()
            self._session = None


def require_office() -> None:
    """Skip the test where LibreOffice or its Python is missing; fail it where CI=true."""
    if _office() and _python():
        return
    reason = "needs LibreOffice with its Python bridge (python3-uno)"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@cache
def _office() -> str | None:
    return next((found for name in _OFFICES if (found := shutil.which(name))), None)


@cache
def _python() -> str | None:
    """A Python that has ``uno``: the system's, or the one that came with LibreOffice."""
    return next((path for path in _pythons() if _has_uno(path)), None)


def _pythons() -> Iterator[str]:
    yield sys.executable
    home = Path(_office() or "").resolve().parent
    for name in ("python", "python3", "python.exe", "../Resources/python"):
        yield str(home / name)
    yield "/usr/bin/python3"


def _has_uno(python: str) -> bool:
    if not Path(python).exists():
        return False
    return subprocess.run([python, "-c", "import uno"], capture_output=True).returncode == 0


class _GoneError(Exception):
    """The office or the bridge does not answer any more."""


class _Session:
    """One office process and one bridge process."""

    def __init__(self) -> None:
        self._profile = Path(tempfile.mkdtemp(prefix="wps-office-"))
        settings = self._profile / "user" / "registrymodifications.xcu"
        settings.parent.mkdir()
        settings.write_text(_SETTINGS, encoding="utf-8")
        pipe = f"wps-{uuid.uuid4().hex}"
        self._office = _start(
            [
                str(_office()),
                *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
                f"--accept=pipe,name={pipe};urp;",
                f"-env:UserInstallation={self._profile.as_uri()}",
            ],
            subprocess.DEVNULL,
        )
        self._bridge = _start([str(_python()), str(BRIDGE), pipe], subprocess.PIPE)
        self._lines: queue.Queue[str] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        """Collect the bridge's lines; an empty one says that it has ended."""
        assert self._bridge.stdout is not None
        for line in self._bridge.stdout:
            self._lines.put(line)
        self._lines.put("")

    def answer(self, job: dict[str, object], seconds: float) -> dict[str, Any]:
        """What the bridge says to the job."""
        assert self._bridge.stdin is not None
        try:
            self._bridge.stdin.write(json.dumps(job) + "\n")
            self._bridge.stdin.flush()
            line = self._lines.get(timeout=seconds)
        except (OSError, queue.Empty) as error:
            raise _GoneError(f"no answer in {seconds} seconds") from error
        if not line:
            raise _GoneError("the bridge has ended")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def kill(self) -> None:
        """End the office without asking it."""
        _kill(self._office)

    def close(self) -> None:
        """End both processes, close what is open to them, and remove the profile."""
        assert self._bridge.stdin is not None
        assert self._bridge.stdout is not None
        with contextlib.suppress(OSError):
            self._bridge.stdin.close()
        for process in (self._bridge, self._office):
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                _kill(process)
        self._listener.join()
        self._bridge.stdout.close()
        shutil.rmtree(self._profile, ignore_errors=True)


def _start(command: list[str], pipe: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        stdin=pipe,
        stdout=pipe,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        start_new_session=True,
    )


def _kill(process: subprocess.Popen[str]) -> None:
    """End the process and what it has started: ``soffice`` is a script around the office."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
