"""The review workbook as a closed file: backups and snapshots."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from workbooks import run

from wps_xl.desk.commands.store import logged
from wps_xl.desk.hosts.backups import KEPT, keep_backup
from wps_xl.desk.hosts.files import FilesHost
from wps_xl.errors import OutputError
from wps_xl.sheets.review.reader import read_review

MOMENT = dt.datetime(2030, 1, 2, 3, 4, 5)


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
