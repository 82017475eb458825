"""Full disks, read-only folders and files that vanish: verb × fault, its sentence and status."""

from __future__ import annotations

import datetime as dt
import errno
import io
import os
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from workbooks import run

from wps_xl.codebook import load
from wps_xl.commands.issuing import new_review
from wps_xl.commands.store import with_rows
from wps_xl.hosts.files import FilesHost
from wps_xl.sample import load_sample

MOMENT = dt.datetime(2026, 3, 4, 5, 6, 7)
CYCLE = load_sample(load()).cycle

# Each verb as it is called in a folder with review.xlsx and returns.
VERBS: Mapping[str, str] = {
    "new": f"new new.xlsx --cycle {CYCLE}",
    "forms": "forms forms --workbook review.xlsx",
    "validate": "validate returns --workbook review.xlsx",
    "validate --json": "validate returns --json out.json",
    "validate --annotate": "validate returns --annotate copies",
    "consolidate": "consolidate returns --workbook review.xlsx",
    "report": "report review.xlsx --out draft.docx",
    "letters": "letters letters --workbook review.xlsx",
    "brief": "brief review.xlsx --country SDN --out brief.docx",
    "scorecard": "scorecard review.xlsx --entity DESA --out card.docx",
    "extract": "extract review.xlsx --entity DESA --out extract.docx",
    "snapshot": "snapshot review.xlsx --name today",
    "demo": "demo demo",
    "trace": "trace review.xlsx 1",
    "check": "check draft.docx --workbook review.xlsx",
}
ROOM, FOLDER = "No space left on device. Make room on the disk", "Read-only file system"
# Verb, fault, exit status, what the sentence says. Where a verb changes no file there is no line.
TABLE = [
    ("forms", "full", 2, ROOM),
    ("validate", "full", 2, ROOM),
    ("validate --json", "full", 2, ROOM),
    ("validate --annotate", "full", 1, ROOM),
    ("letters", "full", 2, ROOM),
    ("brief", "full", 2, ROOM),
    ("new", "read-only", 2, FOLDER),
    ("forms", "read-only", 2, f"forms cannot be made: {FOLDER}. Choose a folder"),
    ("validate", "read-only", 2, f"{FOLDER}. See that you may write there"),
    ("validate --json", "read-only", 2, FOLDER),
    ("validate --annotate", "read-only", 2, f"copies cannot be made: {FOLDER}"),
    ("letters", "read-only", 2, f"letters cannot be made: {FOLDER}"),
    ("scorecard", "read-only", 2, FOLDER),
    ("demo", "read-only", 2, f"returns cannot be made: {FOLDER}"),
    ("validate --annotate", "vanishing", 1, "cannot be read any more (No such file or directory)"),
    ("validate", "vanishing", 2, "No such file or directory. It was there before: put it back"),
    ("forms", "file in place of the folder", 2, "forms is a file. Name a folder for the forms."),
    ("letters", "file in place of the folder", 2, "letters is a file. Name a folder"),
    ("validate --annotate", "file in place of the folder", 2, "copies is a file. Name a folder"),
    ("demo", "file in place of the folder", 2, "Not a directory"),
    ("validate", "backups a file", 2, "No backup of review.xlsx can be kept"),
    ("forms", "SIGTERM", 2, "Issue forms was stopped before it was done. Each file is as it was"),
    ("validate --json", "SIGINT", 2, "was stopped before it was done"),
    *((verb, "clock of 1970", 2, "clock of this computer says 1970-01-01") for verb in VERBS),
]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cycle of one entity: its workbook, and a return in which something is to be checked."""
    folder = tmp_path_factory.mktemp("begun")
    review = new_review(load(), CYCLE)
    lines = [row for _, row in review.records("Register") if row["Entity"] == "DESA"]
    review = with_rows(review, "Register", lines)
    FilesHost(backups=False).write(review, folder / "review.xlsx", MOMENT)
    made = run("forms", folder / "returns", "--cycle", CYCLE, "--entity", "DESA", "--form", "plan")
    assert made.exit_code == 0
    return folder


@pytest.fixture(autouse=True)
def _interrupts() -> Iterator[None]:
    """Ctrl+C is heard, also where the tests run in the background, which is deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def desk(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, which is the current folder."""
    folder = Path(shutil.copytree(begun, tmp_path / "desk"))
    monkeypatch.chdir(folder)
    return folder


def full(desk: Path, patch: pytest.MonkeyPatch) -> None:
    """What is written does not come to the disk."""
    patch.setattr(os, "fsync", refusing(errno.ENOSPC, "No space left on device"))


def read_only(desk: Path, patch: pytest.MonkeyPatch) -> None:
    """No file is made or opened for writing, no folder made."""
    refuse = refusing(errno.EROFS, FOLDER)
    system_open, file_open = os.open, io.open

    def open_(path: str, flags: int, *rest: object, **more: object) -> int:
        writes = flags & (os.O_WRONLY | os.O_RDWR) and "desk" in str(path)
        return refuse() if writes else system_open(path, flags, *rest, **more)  # type: ignore

    def open_file(path: object, mode: str = "r", *rest: object, **more: object) -> object:
        writes = set(mode) & set("wxa+") and "desk" in str(path)
        return refuse() if writes else file_open(path, mode, *rest, **more)  # type: ignore

    patch.setattr(os, "open", open_)
    patch.setattr(io, "open", open_file)
    patch.setattr(os, "mkdir", refuse)


def vanishing(desk: Path, patch: pytest.MonkeyPatch) -> None:
    """What was there a moment ago is not there when it is read as a whole."""
    patch.setattr(Path, "read_bytes", refusing(errno.ENOENT, "No such file or directory"))


def a_file(desk: Path, patch: pytest.MonkeyPatch) -> None:
    """Files are called as the folders should be."""
    for name in ("forms", "letters", "copies", "demo"):
        (desk / name).write_text("no folder", encoding="utf-8")


def backups(desk: Path, patch: pytest.MonkeyPatch) -> None:
    (desk / "backups").write_text("no folder", encoding="utf-8")


def clock(desk: Path, patch: pytest.MonkeyPatch) -> None:
    """The clock of a computer whose battery is empty."""

    class Begin(dt.date):
        @classmethod
        def today(cls) -> Begin:
            return cls(1970, 1, 1)

    patch.setattr(dt, "date", Begin)


def refusing(number: int, why: str) -> Callable[..., int]:
    def refuse(*words: object, **more: object) -> int:
        raise OSError(number, why)

    return refuse


def stopped(by: signal.Signals) -> Callable[[Path, pytest.MonkeyPatch], None]:
    """The system asks the run to end in the middle of writing a file."""

    def stop(desk: Path, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(os, "fsync", lambda _: os.kill(os.getpid(), by))

    return stop


FAULTS: Mapping[str, Callable[[Path, pytest.MonkeyPatch], None]] = {
    "full": full,
    "read-only": read_only,
    "vanishing": vanishing,
    "file in place of the folder": a_file,
    "backups a file": backups,
    "clock of 1970": clock,
    "SIGINT": stopped(signal.SIGINT),
    "SIGTERM": stopped(signal.SIGTERM),
}


@pytest.mark.parametrize(("verb", "fault", "status", "sentence"), TABLE)
def test_a_place_that_refuses_is_a_sentence_with_the_promised_status(
    verb: str,
    fault: str,
    status: int,
    sentence: str,
    desk: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()}
    with monkeypatch.context() as patch:
        FAULTS[fault](desk, patch)
        made = {path for path in desk.iterdir() if path.is_file()}
        result = run(*VERBS[verb].split())

    said = result.stderr if status == 2 else result.stdout
    assert (result.exit_code, sentence in said) == (status, True), result.output
    assert "fault in wps_xl" not in result.output
    assert len(result.stderr.strip().splitlines()) == (status == 2)
    assert all(path.read_bytes() == content for path, content in before.items())
    left = {path for path in desk.rglob("*") if path.is_file()} - set(before) - made
    assert left == set()


# Verb by verb in a folder, with a workbook and with returns whose names are bytes of Latin-1.
NAMED = [
    ("validate {0}/returns --workbook {0}/{0}.xlsx --annotate {0}/copies --json {0}/{0}.json", 1),
    ("report {0}/{0}.xlsx --out {0}/{0}.docx", 0),
    ("check {0}/{0}.docx --workbook {0}/{0}.xlsx", 0),
    ("trace {0}/{0}.xlsx para:1", 0),
    ("practices {0}/{0}.xlsx --out {0}/{0}_p.docx", 2),
    ("validate {0}/none", 2),
]


@pytest.mark.skipif(os.name != "posix", reason="names of bytes")
def test_names_that_are_no_text_are_worked_with_or_refused_in_a_sentence(desk: Path) -> None:
    name = os.fsdecode(b"caf\xe9")
    place = desk / name
    place.mkdir()
    (desk / "review.xlsx").rename(place / f"{name}.xlsx")
    (desk / "returns").rename(place / "returns")
    (sent,) = (place / "returns").iterdir()
    sent.rename(sent.with_name(f"{name}_{sent.name}"))
    sent.with_name(f"{name}.xlsx").write_bytes(b"no workbook")

    done = [(run(*words.format(name).split()), words, status) for words, status in NAMED]

    for result, words, status in done:
        assert result.exit_code == status, f"{words}: {result.output}"
        assert "fault in wps_xl" not in result.output, words
