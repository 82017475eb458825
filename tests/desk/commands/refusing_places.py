"""Places that refuse: what each verb says, and with which status, when the system fails it."""

from __future__ import annotations

import datetime as dt
import errno
import io
import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from desk.hosts.moments import watched

from wps_xl.codebook import load
from wps_xl.sample import load_sample

CYCLE = load_sample(load()).cycle
WORKBOOK = "review.xlsx"
Fault = Callable[[Path, pytest.MonkeyPatch], AbstractContextManager[None]]

# Each verb as it is called in a folder with the workbook, returns and a draft.
VERBS: Mapping[str, str] = {
    "new": f"new new.xlsx --cycle {CYCLE}",
    "forms": "forms forms --workbook review.xlsx --form plan",
    "validate": "validate returns --workbook review.xlsx",
    "validate --json": "validate returns --json out.json",
    "validate --annotate": "validate returns --annotate copies",
    "consolidate": "consolidate returns --workbook review.xlsx",
    "report": "report review.xlsx --out first.docx",
    "report --update": "report review.xlsx --update draft.docx --out second.docx",
    "check": "check draft.docx --workbook review.xlsx",
    "trace": "trace review.xlsx para:1",
    "brief": "brief review.xlsx --country SDN --out brief.docx",
    "scorecard": "scorecard review.xlsx --entity DESA --out card.docx",
    "extract": "extract review.xlsx --entity DESA --out extract.docx",
    "snapshot": "snapshot review.xlsx --name today",
    "letters": "letters letters --workbook review.xlsx",
    "practices": "practices review.xlsx --out practices.docx",
    "demo": "demo demo",
    "addin build": "addin build built",
    "addin install": "addin install",
    "addin uninstall": "addin uninstall",
    "addin diagnose": "addin diagnose",
    "addin bundle": "addin bundle bundle",
}
SAID: Mapping[str, str] = {
    "room": "No space left on device. Make room on the disk",
    "closed": "Read-only file system",
    "gone": "review.xlsx is not there any more",
    "book": "review.xlsx does not exist. Make it with",
    "sent": "returns does not exist. Check the name",
    "none": "There is no file draft.docx. Check the name, or restore the file.",
    "full": "no: No space left on device",
    "lost": "what it holds would be lost. Choose another name",
    "theirs": "no result that wps_xl wrote; it stays as it is",
    "part": "Choose another folder: a part of this one is a file",
    "folder": "is a file. Name a folder",
    "bundle": "is not empty. Name a new folder",
    "name": "exists already",
    "backup": "No backup of review.xlsx can be kept",
    "stopped": "was stopped before it was done. Each file is as it was",
}
# Exit status and what is said, nothing where all is as usual; a dot where the fault cannot meet the
# verb, or where the verb writes by the code of another.
TABLE = """
verb               |full  |read-only|gone  |absent|taken   |backups |SIGTERM  |SIGINT
new                |2 room|2 closed |.     |.     |2 name  |.       |.        |.
forms              |2 room|2 closed |.     |2 book|2 folder|.       |2 stopped|.
validate           |2 room|2 closed |2 gone|2 book|.       |2 backup|.        |.
validate --json    |2 room|2 closed |.     |2 sent|2 theirs|.       |.        |2 stopped
validate --annotate|1 room|2 closed |.     |2 sent|2 folder|.       |2 stopped|.
consolidate        |2 room|2 closed |.     |2 book|.       |2 backup|.        |2 stopped
report             |2 room|2 closed |2 gone|2 book|2 lost  |2 backup|2 stopped|.
report --update    |2 room|2 closed |2 gone|2 none|2 name  |.       |.        |.
check              |0     |.        |.     |2 none|.       |.       |.        |.
trace              |0     |0        |.     |2 book|.       |.       |.        |.
brief              |2 room|2 closed |.     |2 book|2 lost  |.       |.        |.
scorecard          |2 room|2 closed |.     |2 book|2 lost  |.       |.        |2 stopped
extract            |2 room|2 closed |.     |2 book|2 lost  |.       |.        |.
snapshot           |2 room|2 closed |.     |2 book|.       |.       |.        |.
letters            |2 room|2 closed |2 gone|2 book|2 folder|2 backup|2 stopped|.
practices          |2 room|2 closed |.     |2 book|2 lost  |.       |.        |2 stopped
demo               |2 room|2 closed |.     |.     |2 part  |.       |2 stopped|.
addin build        |2 room|2 closed |.     |.     |2 folder|.       |2 stopped|.
addin install      |2 room|2 closed |.     |.     |.       |.       |2 stopped|.
addin uninstall    |2 room|2 closed |.     |.     |.       |.       |2 stopped|.
addin diagnose     |1 full|1 closed |.     |.     |.       |.       |.        |.
addin bundle       |.     |2 closed |.     |.     |2 bundle|.       |.        |.
"""


@contextmanager
def full(desk: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is written does not come to the disk."""
    patch.setattr(os, "fsync", refusing(errno.ENOSPC, "No space left on device"))
    yield


@contextmanager
def read_only(desk: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """No file is made or opened for writing, no folder made."""
    refuse = refusing(errno.EROFS, SAID["closed"])
    system_open, file_open, mkdir = os.open, io.open, os.mkdir

    def open_(path: str, flags: int, *rest: object, **more: object) -> int:
        writes = flags & (os.O_WRONLY | os.O_RDWR) and desk.name in str(path)
        return refuse() if writes else system_open(path, flags, *rest, **more)  # type: ignore

    def open_file(path: object, mode: str = "r", *rest: object, **more: object) -> object:
        inside = not isinstance(path, int) and desk.name in str(Path(str(path)).absolute())
        writes = inside and set(mode) & set("wxa+")
        return refuse() if writes else file_open(path, mode, *rest, **more)  # type: ignore

    def make(path: object, *rest: object, **more: object) -> None:
        inside = Path(str(path)).absolute().is_relative_to(desk)
        return refuse() if inside else mkdir(path, *rest, **more)  # type: ignore

    patch.setattr(os, "open", open_)
    patch.setattr(io, "open", open_file)
    patch.setattr(os, "mkdir", make)
    yield


@contextmanager
def gone(desk: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """The workbook is moved away when the run begins to write, and is back afterwards."""
    workbook, away = desk / WORKBOOK, desk.with_name("away.xlsx")

    def move(event: str, path: Path) -> None:
        if workbook.exists():
            workbook.rename(away)

    with watched(desk, move):
        yield
    if away.exists():
        away.rename(workbook)


@contextmanager
def absent(desk: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Workbook, returns and draft are not there at all."""
    away = desk.with_name("away")
    away.mkdir()
    for name in (WORKBOOK, "returns", "draft.docx"):
        (desk / name).rename(away / name)
    yield
    for path in away.iterdir():
        path.rename(desk / path.name)
    away.rmdir()


@contextmanager
def taken(desk: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Files are called as folders should be, and documents as those that are to be written."""
    names = [word for words in VERBS.values() for word in words.split()[1:]]
    names = [name for name in dict.fromkeys(names) if not (desk / name).exists()]
    places = [desk / name for name in names if name.isalpha() or Path(name).suffix]
    for place in places:
        place.write_text("theirs", encoding="utf-8")
    yield
    assert {place.read_text(encoding="utf-8") for place in places} == {"theirs"}
    for place in places:
        place.unlink()


@contextmanager
def backups(desk: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Where backups go stands a file."""
    (desk / "backups").write_text("theirs", encoding="utf-8")
    yield
    (desk / "backups").unlink()


def stopped(by: signal.Signals) -> Fault:
    """The system asks the run to end in the middle of writing a file."""

    @contextmanager
    def stop(desk: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
        patch.setattr(os, "fsync", lambda _: os.kill(os.getpid(), by))
        yield

    return stop


@contextmanager
def clock(desk: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock of a computer whose battery is empty."""

    class Begin(dt.date):
        @classmethod
        def today(cls) -> Begin:
            return cls(1970, 1, 1)

    patch.setattr(dt, "date", Begin)
    yield


def refusing(number: int, why: str) -> Callable[..., int]:
    """A call of the system that fails."""

    def refuse(*words: object, **more: object) -> int:
        raise OSError(number, why)

    return refuse


FAULTS: Mapping[str, Fault] = {
    "full": full,
    "read-only": read_only,
    "gone": gone,
    "absent": absent,
    "taken": taken,
    "backups": backups,
    "SIGTERM": stopped(signal.SIGTERM),
    "SIGINT": stopped(signal.SIGINT),
}
