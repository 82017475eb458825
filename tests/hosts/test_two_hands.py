"""Two hands at one workbook: nobody's lock is taken away, nobody's save is written over."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from wps_xl.codebook import load
from wps_xl.commands.issuing import new_review
from wps_xl.errors import OutputError
from wps_xl.hosts.backups import KEPT, keep_backup
from wps_xl.hosts.files import FilesHost
from wps_xl.sheets import saving

MOMENT = dt.datetime(2030, 1, 2, 3, 4, 5)
NAME = "review.xlsx"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new review workbook; do not write into it."""
    path = tmp_path_factory.mktemp("made") / NAME
    codebook = load()
    FilesHost().write(new_review(codebook, next(iter(codebook["cycles"]))), path, MOMENT)
    return path


@pytest.fixture
def workbook(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / NAME))


@pytest.mark.parametrize("moment", ["before", "last"])
def test_a_save_at_any_moment_of_a_run_is_not_written_over(
    workbook: Path, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = FilesHost(backups=False)
    review = host.read(workbook)
    known = workbook.stat()
    theirs = bytearray(workbook.read_bytes())
    theirs[-1] ^= 1

    def save(*_: object) -> None:
        """As some programs and syncing services do: as long as before, and of the same time."""
        workbook.write_bytes(theirs)
        os.utime(workbook, ns=(known.st_atime_ns, known.st_mtime_ns))

    if moment == "before":
        save()
    else:
        # Called when the new file is whole, directly before it is put in place.
        monkeypatch.setattr(os, "fsync", save)

    with pytest.raises(OutputError, match="saved by somebody else"):
        host.write(review, workbook, MOMENT)

    assert workbook.read_bytes() == theirs
    assert [path.name for path in workbook.parent.iterdir()] == [NAME]


def test_who_waits_in_vain_leaves_the_lock_of_the_other(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wps_xl.hosts.files._WAIT", 0.05)
    host = FilesHost(backups=False)
    review = host.read(workbook)
    place = workbook.with_name(f".{NAME}.lock")

    with FileLock(place):
        with pytest.raises(OutputError, match="written by another run"):
            host.write(review, workbook, MOMENT)
        with pytest.raises(Timeout):
            FileLock(place, timeout=0.05).acquire()
    host.write(review, workbook, MOMENT)

    assert not place.exists()


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
    assert (tmp_path / "backups" / "review_2030-01-02.xlsx").read_bytes() == before
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

    said = {name: saving.unwritable(tmp_path / "x", fault) for name, fault in causes.items()}

    assert "Make room on the disk" in said["full"]
    assert "Close it where it is open" in said["open"]
