"""A folder with what people really leave in folders: each odd file is named, the others count."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from demonstrations import MOMENT, desk_lists
from openpyxl import load_workbook
from workbooks import run

from wps_xl.desk.commands.issuing import new_review
from wps_xl.desk.hosts.files import FilesHost

ENCRYPTED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")
)


def change_cover(path: Path, code: str, value: str) -> None:
    book = load_workbook(path)
    cover = book["Cover"]
    row = next(r for r in range(1, cover.max_row + 1) if cover.cell(r, 3).value == code)
    cover.cell(row, 2).value = value
    book.save(path)


@pytest.fixture(scope="module")
def folder(two_returns: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two good returns among six odd files."""
    returns = Path(shutil.copytree(two_returns, tmp_path_factory.mktemp("odd") / "returns"))
    (returns / "text.xlsx").write_text("These are my figures.", encoding="utf-8")
    (returns / "~$review.xlsx").write_bytes(b"\x05owner")
    (returns / "secret.xlsx").write_bytes(ENCRYPTED)
    (returns / "empty.xlsx").write_bytes(b"")
    good = next(returns.glob("*_UNDP.xlsx"))
    for name, code, value in (
        ("silent.xlsx", "entity", "Ministry of Silence"),
        ("early.xlsx", "cycle", "REV-1999"),
    ):
        change_cover(Path(shutil.copy(good, returns / name)), code, value)
    return returns


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new review workbook."""
    workbook = tmp_path_factory.mktemp("new") / "review.xlsx"
    FilesHost(backups=False).write(new_review(desk_lists(), "REV-2007"), workbook, MOMENT)
    return workbook


def test_odd_files_are_named_in_a_sentence_each_and_the_others_are_gathered(
    folder: Path, blank: Path, tmp_path: Path
) -> None:
    workbook = Path(shutil.copy(blank, tmp_path / "review.xlsx"))

    result = run("consolidate", folder, "--workbook", workbook, "--json", "-")

    assert result.exit_code == 1, result.output
    data = json.loads(result.stdout)
    reasons = {item["book"]: item["reason"] for item in data["returns"]["set_aside"]}
    assert set(reasons) == {
        "text.xlsx",
        "~$review.xlsx",
        "secret.xlsx",
        "empty.xlsx",
        "silent.xlsx",
        "early.xlsx",
    }
    assert "password" in reasons["secret.xlsx"]
    assert "Ministry of Silence" in reasons["silent.xlsx"]
    assert "REV-1999" in reasons["early.xlsx"]
    assert all(reason.endswith((".", "?")) for reason in reasons.values())
    assert data["returns"]["read"] == 4
    rows = data["rows"]
    assert rows["found"] == rows["accepted"] + len(rows["held_back"])
    assert {row["reason"] for row in rows["held_back"]} == {"set-aside"}


def test_a_validation_names_every_odd_file_for_people_and_writes_to_no_return(
    folder: Path, blank: Path
) -> None:
    before = {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.iterdir()}

    result = run("validate", folder, "--workbook", blank)

    assert result.exit_code == 1
    assert "Traceback" not in result.output
    odd = {name for name in before if not name.startswith("REV-")}
    assert len(odd) == 6
    assert {name for name in odd if name not in result.output} == set()
    after = {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.iterdir()}
    assert after == before


@pytest.mark.parametrize("verb", ["validate", "consolidate"])
def test_no_path_ends_with_status_2_and_a_sentence(verb: str, blank: Path) -> None:
    extra: list[str | Path] = ["--workbook", blank] if verb == "consolidate" else []

    result = run(verb, *extra)

    assert result.exit_code == 2
    assert "Name the returns" in result.stderr


def test_a_path_that_does_not_exist_ends_with_status_2(tmp_path: Path) -> None:
    result = run("validate", tmp_path / "nowhere")

    assert result.exit_code == 2
    assert "does not exist" in result.stderr


def test_an_empty_folder_ends_with_status_2(tmp_path: Path) -> None:
    result = run("validate", tmp_path)

    assert result.exit_code == 2
    assert "no workbook" in result.stderr


def test_a_single_unreadable_file_is_an_error_to_correct(tmp_path: Path) -> None:
    file = tmp_path / "text.xlsx"
    file.write_text("no workbook", encoding="utf-8")

    result = run("validate", file)

    assert result.exit_code == 1
    assert "text.xlsx" in result.output


def test_a_workbook_open_in_excel_is_refused_and_left_as_it_is(
    two_returns: Path, blank: Path, tmp_path: Path
) -> None:
    workbook = Path(shutil.copy(blank, tmp_path / "review.xlsx"))
    before = workbook.read_bytes()
    (tmp_path / "~$review.xlsx").write_bytes(b"\x05owner")

    result = run("consolidate", two_returns, "--workbook", workbook)

    assert result.exit_code == 2
    assert "open in Excel" in result.stderr
    assert workbook.read_bytes() == before


def test_an_unexpected_fault_ends_as_a_sentence_that_names_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import wps_xl.desk.commands.checking

    def broken(*words: object) -> None:
        raise ZeroDivisionError("nobody foresaw this")

    monkeypatch.setattr(wps_xl.desk.commands.checking, "check", broken)
    monkeypatch.setattr("wps_xl.log.log_file", lambda: tmp_path / "wps_xl.log")
    (tmp_path / "a.xlsx").write_bytes(b"")

    result = run("validate", tmp_path / "a.xlsx")

    assert result.exit_code == 2
    assert str(tmp_path / "wps_xl.log") in result.stderr
    assert "Traceback" not in result.stderr
    assert "nobody foresaw this" in (tmp_path / "wps_xl.log").read_text(encoding="utf-8")
