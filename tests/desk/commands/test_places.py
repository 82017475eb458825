"""Full disks, read-only folders and files that vanish: verb × fault, its sentence and status."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from demonstrations import short_lists
from desk.commands.refusing_places import CYCLE, FAULTS, SAID, TABLE, VERBS, WORKBOOK, clock
from rows import rows_in
from workbooks import run

from wps_xl.desk.commands import COMMANDS
from wps_xl.desk.commands.issuing import new_review
from wps_xl.desk.commands.store import with_rows
from wps_xl.desk.hosts.files import FilesHost
from wps_xl.model import Value

MOMENT = dt.datetime(2026, 3, 4, 5, 6, 7)
SETTINGS = Path("home", ".wps_xl", "wps_xl.conf")
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cycle of one entity: workbook and draft, a return in which something is to be checked, and
    the home of a user of Excel."""
    folder = tmp_path_factory.mktemp("begun")
    review = new_review(short_lists(), CYCLE)
    lines = [row for row in rows_in(review, "Register") if row["Entity"] == "DESA"]
    review = with_rows(review, "Register", lines)
    case: dict[str, Value] = {"Entity": "DESA", "Title of the practice": "Women at the table"}
    review = with_rows(review, "Practices", [case])
    host = FilesHost(backups=False)
    host.write(review, folder / WORKBOOK, MOMENT)
    made = run("forms", folder / "returns", "--cycle", CYCLE, "--entity", "DESA", "--form", "plan")
    assert made.exit_code == 0
    assert run("report", folder / WORKBOOK, "--out", folder / "draft.docx").exit_code == 0
    shutil.rmtree(folder / "backups")
    (folder / "home" / "Roaming").mkdir(parents=True)
    (folder / SETTINGS).parent.mkdir()
    (folder / SETTINGS).write_text('"SHOW CONSOLE","True"\n', encoding="utf-8")
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
    monkeypatch.setenv("APPDATA", str(folder / "home" / "Roaming"))
    monkeypatch.setenv("USERPROFILE", str(folder / "home"))
    return folder


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_table_names_every_verb_and_what_cannot_happen_to_none() -> None:
    assert [row[0] for row in ROWS[1:]] == list(VERBS)
    assert {verb.split()[0] for verb in VERBS} == {command.name for command in COMMANDS}
    assert ROWS[0][1:] == list(FAULTS)


@pytest.mark.parametrize("row", ROWS[1:], ids=list(VERBS))
def test_a_place_that_refuses_is_a_sentence_with_the_promised_status(
    row: list[str], desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    verb, *cells = row
    if verb == "addin uninstall":
        assert run("addin", "install").exit_code == 0
    before = files(desk)

    for fault, cell in zip(FAULTS, cells, strict=True):
        if cell == ".":
            continue
        with monkeypatch.context() as patch, FAULTS[fault](desk, patch):
            result = run(*VERBS[verb].split())
        status, _, key = cell.partition(" ")
        said = result.stderr if status == "2" else result.stdout
        assert str(result.exit_code) == status, (fault, result.output)
        assert SAID.get(key, "") in said, (fault, result.output)
        assert "fault in wps_xl" not in result.output, fault
        assert len(result.stderr.strip().splitlines()) == (status == "2"), fault
        assert files(desk) == before, fault
        for name in ("forms", "copies", "letters", "demo", "built", "backups"):
            # An empty folder is no harm, but the next fault finds the desk as it was.
            shutil.rmtree(desk / name, ignore_errors=True)


def test_a_clock_that_is_wrong_stops_every_verb(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(desk)

    with monkeypatch.context() as patch, clock(desk, patch):
        results = {verb: run(*words.split()) for verb, words in VERBS.items()}

    for verb, result in results.items():
        assert result.exit_code == 2, verb
        assert "clock of this computer says 1970-01-01" in result.stderr, verb
    assert files(desk) == before


# Verb by verb in a folder, with a workbook and with returns whose names are bytes of Latin-1.
NAMED = [
    ("validate {0}/returns --workbook {0}/{0}.xlsx --annotate {0}/copies --json {0}/{0}.json", 1),
    ("report {0}/{0}.xlsx --out {0}/{0}.docx", 0),
    ("check {0}/{0}.docx --workbook {0}/{0}.xlsx", 0),
    ("trace {0}/{0}.xlsx para:1", 0),
    ("practices {0}/{0}.xlsx --out {0}/{0}_p.docx", 0),
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
