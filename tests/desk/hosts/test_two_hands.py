"""Two hands at one workbook: nobody's lock is taken away, nobody's save is written over."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import shutil
import threading
from pathlib import Path

import pytest
from desk.hosts.moments import Act, content, lay, watched
from workbooks import run

from wps_xl.desk.commands.store import logged
from wps_xl.desk.hosts import locks
from wps_xl.desk.hosts.backups import KEPT, keep_backup
from wps_xl.desk.hosts.files import FilesHost
from wps_xl.desk.hosts.locks import state
from wps_xl.desk.hosts.together import Document
from wps_xl.errors import OutputError
from wps_xl.notices import collected
from wps_xl.places import unwritable

MOMENT = dt.datetime(2030, 1, 2, 3, 4, 5)
NAME = "review.xlsx"


@pytest.fixture
def workbook(blank: Path, tmp_path: Path) -> Path:
    """A new review workbook in a folder of its own; do not use that of the tests."""
    folder = tmp_path / "work"
    folder.mkdir()
    return Path(shutil.copy(blank, folder / NAME))


def write(workbook: Path, command: str = "report", *documents: Document) -> None:
    """A run as short as there is: one line of the Log, and documents."""
    host = FilesHost()
    host.write(logged(host.read(workbook), command, "Done.", MOMENT), workbook, MOMENT, documents)


def commands(workbook: Path) -> list[object]:
    return list(FilesHost().read(workbook).tables["Log"]["Command"])


def saved_at(moment: int, place: Path, theirs: bytes) -> Act:
    """As some programs and syncing services save: as long as before, and of the same time."""
    left = iter(range(moment + 1))

    def save(event: str, path: Path) -> None:
        if next(left, None) == moment:
            known = place.stat()
            place.write_bytes(theirs)
            os.utime(place, ns=(known.st_atime_ns, known.st_mtime_ns))

    return save


def test_a_save_at_any_moment_of_a_run_is_not_written_over(workbook: Path) -> None:
    draft = workbook.with_name("draft.docx")
    draft.write_bytes(b"of the last run")
    start = content(workbook.parent)
    seen: list[tuple[str, str]] = []

    def ended(act: Act) -> bool:
        """Whether a run ended well while something else happened at its moments."""
        lay(start, workbook.parent)
        with watched(workbook.parent, act), contextlib.suppress(OutputError):
            write(workbook, "report", Document(draft, b"of this run", state(draft)))
            return True
        return False

    assert ended(lambda event, path: seen.append((event, path.name)))
    assert (draft.read_bytes(), commands(workbook)) == (b"of this run", ["report"])
    # Between the last look and the call that replaces a file lies nothing but that call.
    whole = seen.index(
        next(one for one in seen if one[0] == "os.rename" and one[1][1:].startswith(NAME))
    )
    moments = [at for at, (event, _) in enumerate(seen) if event != "os.rename"][::2]
    for number, at in enumerate(moments):
        other = (workbook, draft)[number % 2]
        before = start[other.name] or b""
        theirs = before[:-1] + bytes([before[-1] ^ 1])
        done = ended(saved_at(at, other, theirs))

        assert other.read_bytes() == theirs, seen[at]
        assert done == (at > whole), seen[at]
        found = content(workbook.parent)
        assert not [name for name in found if name.startswith(".")], seen[at]
        assert done or found["draft.docx"] in (theirs, b"of the last run")
    assert len(moments) >= 10


def test_of_two_runs_and_one_that_is_stopped_in_its_write_nothing_is_lost(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped, on = threading.Event(), threading.Event()
    said: list[str] = []
    flush = os.fsync

    def wait(file: int) -> None:
        if threading.current_thread().name == "first":
            stopped.set()
            on.wait(60)
        flush(file)

    third = FilesHost()
    review = logged(third.read(workbook), "third", "Done.", MOMENT)

    def write_third() -> None:
        with pytest.raises(OutputError) as refusal:
            third.write(review, workbook, MOMENT)
        said.append(str(refusal.value))

    monkeypatch.setattr(os, "fsync", wait)
    runs = [threading.Thread(target=write, args=(workbook, "first"), name="first")]
    runs[0].start()
    assert stopped.wait(60)
    monkeypatch.setattr(locks, "WAIT", 0.05)
    with pytest.raises(OutputError, match="written by another run"):
        write(workbook, "second")
    monkeypatch.setattr(locks, "WAIT", 60)
    runs.append(threading.Thread(target=write_third))
    runs[1].start()
    on.set()
    for one in runs:
        one.join()
    write(workbook, "third")

    assert "saved by somebody else" in said[0]
    assert commands(workbook) == ["first", "third"]
    assert not workbook.with_name(f".{NAME}.lock").exists()


def test_a_document_that_finds_no_place_is_put_there_by_the_next_run(workbook: Path) -> None:
    first, second = workbook.with_name("first.docx"), workbook.with_name("second.docx")

    def take(event: str, path: Path) -> None:
        if event == "os.rename" and second.name in path.name:
            second.mkdir()

    with watched(workbook.parent, take), pytest.raises(OutputError) as refusal:
        write(workbook, "letters", Document(first, b"first"), Document(second, b"second"))
    second.rmdir()
    with collected() as told:
        FilesHost().ready(workbook)

    assert f"{NAME} is written and tells of {second.name}, not in place yet" in str(refusal.value)
    assert f"In place: {first}." in str(refusal.value)
    assert told == [f"A run of letters had been stopped; now in place: {second.name}."]
    assert (first.read_bytes(), second.read_bytes()) == (b"first", b"second")
    assert not [path for path in workbook.parent.iterdir() if path.name.startswith(".")]


def test_a_place_taken_in_the_meantime_stays_and_the_document_stands_beside_it(
    workbook: Path,
) -> None:
    draft = workbook.with_name("draft.docx")

    def take(event: str, path: Path) -> None:
        # The workbook is in place, the draft not yet.
        if event == "os.remove" and path.name.startswith(f".{NAME}") and path.suffix == ".tmp":
            draft.write_bytes(b"theirs")

    with watched(workbook.parent, take), collected() as told:
        write(workbook, "report", Document(draft, b"ours"))

    assert draft.read_bytes() == b"theirs"
    assert draft.with_name("draft_2.docx").read_bytes() == b"ours"
    assert any("draft_2.docx beside it" in sentence for sentence in told)


def test_a_list_of_what_waits_moves_nothing_but_documents_made_ready(workbook: Path) -> None:
    other = workbook.with_name("other.docx")
    other.write_bytes(b"theirs")
    line = {"before": "", "when": "", "command": "", "unwritten": state(workbook)}
    files = [{"ready": "other.docx", "target": "x.docx", **line}, {"ready": 1}]
    journal = workbook.with_name(f".{NAME}.unfinished")

    for text in (json.dumps({"files": files[:1]}), json.dumps({"files": files}), "[]", "{", ""):
        journal.write_text(text)
        FilesHost().ready(workbook)

    assert sorted(path.name for path in workbook.parent.iterdir()) == [other.name, NAME]


def test_copies_of_a_synchronising_service_are_named(workbook: Path) -> None:
    names = ["review (1)", "review-PC12", "review-conflicted copy", "review 2"]
    for name in (*names, "review_old", "review-old", "other (1)"):
        shutil.copy(workbook, workbook.with_name(f"{name}.xlsx"))
    workbook.with_name("review (2).xlsx").write_bytes(b"no workbook")

    with collected() as told:
        FilesHost().ready(workbook)

    assert [sentence.partition(" lies beside ")[0] for sentence in told] == sorted(
        f"{name}.xlsx" for name in names
    )


def test_what_was_written_before_a_failure_stays_and_is_told(workbook: Path) -> None:
    folder = workbook.parent / "forms"

    def save(event: str, path: Path) -> None:
        if event == "os.rename" and path.parent == folder:
            with workbook.open("ab") as file:
                file.write(b" ")

    words = ("--workbook", workbook, "--entity", "DESA", "--form", "progress")
    with watched(workbook.parent, save):
        result = run("forms", folder, *words)

    assert result.exit_code == 2
    assert "saved by somebody else" in result.stderr
    assert f"Written before that, and still there: 1 form in {folder}." in result.stderr
    assert len(list(folder.iterdir())) == 1


def test_a_workbook_that_is_a_link_is_written_where_it_leads(
    workbook: Path, tmp_path: Path
) -> None:
    link = tmp_path / "desk" / "linked.xlsx"
    link.parent.mkdir()
    link.symlink_to(workbook)
    before = workbook.read_bytes()
    host = FilesHost()

    host.write(host.read(link), link, MOMENT)

    assert link.is_symlink()
    assert workbook.read_bytes() != before
    assert (workbook.parent / "backups" / "review_2030-01-02.xlsx").read_bytes() == before
    assert [path.name for path in link.parent.iterdir()] == [link.name]


def test_a_backup_that_is_promised_exists(workbook: Path) -> None:
    folder = workbook.parent / "backups"
    folder.mkdir()
    for day in range(1, KEPT + 2):
        (folder / f"review_2031-01-{day:02}.xlsx").write_bytes(b"of a clock that was wrong")
    first = keep_backup(workbook, MOMENT.date())
    with workbook.open("ab") as file:
        file.write(b" ")

    same, again = (keep_backup(workbook, MOMENT.date(), again) for again in (False, True))

    assert same is None
    assert first is not None
    assert first.exists()
    assert again is not None
    assert again.read_bytes() == workbook.read_bytes()


@pytest.mark.parametrize(("taken", "said"), [("backups", "No backup"), (".review.xlsx.lock", "")])
def test_a_place_that_cannot_be_written_is_a_sentence(
    workbook: Path, taken: str, said: str
) -> None:
    host = FilesHost()
    review = host.read(workbook)
    before = workbook.read_bytes()
    place = workbook.with_name(taken)
    place.write_bytes(b"theirs") if said else (place / "theirs").mkdir(parents=True)

    with pytest.raises(OutputError, match=f"{said}.*Nothing was changed"):
        host.write(review, workbook, MOMENT)

    assert workbook.read_bytes() == before
    assert place.exists()


def test_the_advice_fits_the_cause(tmp_path: Path) -> None:
    causes = {
        "full": OSError(28, "No space left on device"),
        "open": PermissionError(13, "Permission denied"),
    }

    said = {name: unwritable(tmp_path / "x", fault) for name, fault in causes.items()}

    assert "Make room on the disk" in said["full"]
    assert "Close it where it is open" in said["open"]
