"""A folder with what people really leave in folders: each odd file is named, the others count."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from workbooks import run

ENCRYPTED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")
)


def change_cover(path: Path, code: str, value: str) -> None:
    book = load_workbook(path)
    cover = book["Cover"]
    row = next(r for r in range(1, cover.max_row + 1) if cover.cell(r, 3).value == code)
    cover.cell(row, 2).value = value
    book.save(path)


@pytest.fixture
def folder(copy_of_demo: Path) -> Path:
    """Three good returns among six odd files."""
    returns = copy_of_demo / "returns"
    keep = ("UNDP", "UNICEF", "WFP", "FAO", "WHO")
    for file in returns.iterdir():
        if not file.stem.endswith(tuple(f"_{code}" for code in keep)):
            file.unlink()
    (returns / "text.xlsx").write_text("These are my figures.", encoding="utf-8")
    (returns / "~$review.xlsx").write_bytes(b"\x05owner")
    (returns / "secret.xlsx").write_bytes(ENCRYPTED)
    (returns / "empty.xlsx").write_bytes(b"")
    change_cover(returns / "REV-2007_progress_FAO.xlsx", "entity", "Ministry of Silence")
    change_cover(returns / "REV-2007_progress_WHO.xlsx", "cycle", "REV-1999")
    return returns


def test_odd_files_are_named_in_a_sentence_each_and_the_others_are_gathered(folder: Path) -> None:
    workbook = folder.parent / "review.xlsx"

    result = run("consolidate", folder, "--workbook", workbook, "--json", "-")

    assert result.exit_code == 1, result.output
    data = json.loads(result.stdout)
    reasons = {item["book"]: item["reason"] for item in data["returns"]["set_aside"]}
    assert set(reasons) == {
        "text.xlsx",
        "~$review.xlsx",
        "secret.xlsx",
        "empty.xlsx",
        "REV-2007_progress_FAO.xlsx",
        "REV-2007_progress_WHO.xlsx",
    }
    assert "password" in reasons["secret.xlsx"]
    assert "Ministry of Silence" in reasons["REV-2007_progress_FAO.xlsx"]
    assert "REV-1999" in reasons["REV-2007_progress_WHO.xlsx"]
    assert all(reason.endswith((".", "?")) for reason in reasons.values())
    assert data["returns"]["read"] == 5
    rows = data["rows"]
    assert rows["found"] == rows["accepted"] + len(rows["held_back"])
    assert {row["reason"] for row in rows["held_back"]} == {"set-aside"}


def test_what_a_person_reads_names_every_odd_file(folder: Path) -> None:
    result = run("validate", folder)

    assert result.exit_code == 1
    assert "Traceback" not in result.output
    for name in (
        "text.xlsx",
        "secret.xlsx",
        "empty.xlsx",
        "~$review.xlsx",
        "_FAO.xlsx",
        "_WHO.xlsx",
    ):
        assert name in result.output


@pytest.mark.parametrize("words", [["validate"], ["consolidate"]])
def test_no_path_ends_with_status_2_and_a_sentence(words: list[str], copy_of_few: Path) -> None:
    workbook = copy_of_few / "elsewhere.xlsx"
    run("new", workbook, "--cycle", "REV-2007")
    extra = ["--workbook", str(workbook)] if words == ["consolidate"] else []

    result = run(*words, *extra)

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


def test_a_workbook_open_in_excel_is_refused_and_left_as_it_is(copy_of_few: Path) -> None:
    workbook = copy_of_few / "review.xlsx"
    before = workbook.read_bytes()
    (copy_of_few / "~$review.xlsx").write_bytes(b"\x05owner")

    result = run("consolidate", copy_of_few / "returns", "--workbook", workbook)

    assert result.exit_code == 2
    assert "open in Excel" in result.stderr
    assert workbook.read_bytes() == before


def test_returns_are_never_written_to(demo: Path, tmp_path: Path) -> None:
    returns = Path(shutil.copytree(demo / "returns", tmp_path / "returns"))
    before = {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in returns.iterdir()}

    run("validate", returns)

    after = {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in returns.iterdir()}
    assert after == before


def test_an_unexpected_fault_ends_as_a_sentence_that_names_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import wps_xl.commands.checking

    def broken(*words: object) -> None:
        raise ZeroDivisionError("nobody foresaw this")

    monkeypatch.setattr(wps_xl.commands.checking, "check", broken)
    monkeypatch.setattr("wps_xl.faults.log_file", lambda: tmp_path / "wps_xl.log")
    (tmp_path / "a.xlsx").write_bytes(b"")

    result = run("validate", tmp_path / "a.xlsx")

    assert result.exit_code == 2
    assert str(tmp_path / "wps_xl.log") in result.stderr
    assert "Traceback" not in result.stderr
    assert "nobody foresaw this" in (tmp_path / "wps_xl.log").read_text(encoding="utf-8")
