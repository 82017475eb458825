"""The review workbook as a closed file: backups, snapshots, runs that are killed."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from workbooks import run

from wps_xl.commands.store import logged
from wps_xl.errors import OutputError
from wps_xl.hosts.backups import KEPT, keep_backup
from wps_xl.hosts.files import FilesHost
from wps_xl.sheets.review.reader import read_review

MOMENT = dt.datetime(2030, 1, 2, 3, 4, 5)
KILLS = 20

# Forks a run of consolidate so many times and kills each at a moment of its own; prints after each
# whether the workbook is the old one, the new one or another.
_KILLER = """
import os, random, signal, sys, time, hashlib
from pathlib import Path
import wps_xl.commands.checking, wps_xl.sheets.review.writer, wps_xl.intake.validation
from wps_xl.cli import main
from wps_xl.sheets.review.reader import read_review

words, workbook, kills = sys.argv[3:], Path(sys.argv[1]), int(sys.argv[2])
chance = random.Random(1325)

def start():
    child = os.fork()
    if child == 0:
        os.setsid()
        out = os.open(os.devnull, os.O_WRONLY)
        os.dup2(out, 1), os.dup2(out, 2)
        try:
            main(words)
        finally:
            os._exit(0)
    return child

def lines():
    return len(read_review(workbook).tables["Log"])

begun = time.monotonic()
os.waitpid(start(), 0)
whole = time.monotonic() - begun
known = lines()
for _ in range(kills):
    old = workbook.read_bytes()
    child = start()
    time.sleep(chance.uniform(0.2, 1.05) * whole)
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        pass
    os.waitpid(child, 0)
    if workbook.read_bytes() == old:
        print("old", flush=True)
        continue
    known += 1
    print("new" if lines() == known else "another", flush=True)
"""


@pytest.fixture
def workbook(blank: Path, tmp_path: Path) -> Path:
    """A new review workbook, alone in its folder."""
    return Path(shutil.copy(blank, tmp_path))


def write_again(workbook: Path, moment: dt.datetime) -> None:
    host = FilesHost()
    host.write(logged(host.read(workbook), "validate", "Done.", moment), workbook, moment)


def test_the_workbook_of_each_day_is_kept_before_its_first_change(workbook: Path) -> None:
    before = workbook.read_bytes()

    write_again(workbook, MOMENT)
    write_again(workbook, MOMENT + dt.timedelta(hours=1))

    kept = workbook.parent / "backups" / "review_2030-01-02.xlsx"
    assert kept.read_bytes() == before
    assert list(kept.parent.iterdir()) == [kept]


def test_the_last_ten_backups_are_kept_and_nothing_else_goes(workbook: Path) -> None:
    other = workbook.parent / "backups" / "review_old notes.xlsx"
    other.parent.mkdir()
    other.write_bytes(b"theirs")

    for day in range(1, KEPT + 3):
        keep_backup(workbook, dt.date(2030, 3, day))

    names = sorted(path.name for path in other.parent.iterdir())
    assert names == [f"review_2030-03-{day:02}.xlsx" for day in range(3, KEPT + 3)] + [other.name]


def test_a_snapshot_is_a_dated_copy_that_no_run_writes_into_or_replaces(workbook: Path) -> None:
    host = FilesHost()
    review = host.read(workbook)
    marked = replace(review, settings={**review.settings, "mark": "Made up"})
    host.write(marked, workbook, MOMENT)

    result = run("snapshot", workbook, "--name", "July / final")

    copy = next(path for path in workbook.parent.glob("review_*.xlsx"))
    assert copy.name.startswith("review_July-final_")
    assert copy.name in result.output
    assert read_review(copy).text("mark").startswith("Made up. Snapshot July / final of ")
    assert read_review(workbook).text("mark") == "Made up"
    assert read_review(workbook).tables["Log"]["Command"].tolist() == ["snapshot"]
    assert not os.access(copy, os.W_OK) or os.geteuid() == 0
    with ZipFile(copy) as archive:
        assert b'<fileSharing readOnlyRecommended="1"' in archive.read("xl/workbook.xml")
    again = run("snapshot", workbook, "--name", "July / final")
    assert again.exit_code == 2
    assert "exists already" in again.output
    # As it comes back from mail or a server.
    copy.chmod(0o644)
    before = copy.read_bytes()
    for words in (
        ("snapshot", copy, "--name", "again"),
        ("brief", copy, "--country", "Liberia", "--out", copy.with_name("brief.docx")),
    ):
        refused = run(*words)
        assert refused.exit_code == 2
        assert f"{copy.name} is a snapshot" in refused.stderr
    with pytest.raises(OutputError, match="is a snapshot"):
        host.write(host.read(copy), copy, MOMENT)
    assert copy.read_bytes() == before
    assert not copy.with_name("brief.docx").exists()


def test_a_workbook_that_may_only_be_read_is_a_sentence(workbook: Path) -> None:
    workbook.chmod(0o444)

    with pytest.raises(OutputError, match="is write-protected"):
        FilesHost().ready(workbook)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_killing_a_run_leaves_the_old_workbook_or_the_new_one(
    workbook: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    returns = tmp_path_factory.mktemp("returns")
    run("forms", returns, "--workbook", workbook, "--form", "progress", "--entity", "UNDP")
    words = ["consolidate", str(returns), "--workbook", str(workbook)]

    killed = subprocess.run(
        [sys.executable, "-c", _KILLER, str(workbook), str(KILLS), *words],
        capture_output=True,
        text=True,
    )

    ends = killed.stdout.split()
    assert len(ends) == KILLS, killed.stderr
    assert set(ends) <= {"old", "new"}
    assert run(*words).exit_code < 2
    left = {path.name for path in workbook.parent.iterdir()}
    assert left == {"review.xlsx", "backups"}
