"""The command line: status, sentences, and nothing but what was asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from workbooks import run

from wps_xl.cli import main
from wps_xl.commands import COMMANDS


def test_every_command_has_help_that_says_what_it_does() -> None:
    for command in COMMANDS:
        result = CliRunner().invoke(main, [command.name, "--help"])

        assert result.exit_code == 0
        assert command.tip.split(".")[0][:40] in result.output.replace("\n  ", " ")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["sing"], "No such command 'sing'"),
        (["report"], "Missing argument 'REVIEW.xlsx'"),
        (["validate", "--loudly"], "No such option"),
    ],
)
def test_wrong_use_ends_as_one_sentence(words: list[str], sentence: str) -> None:
    result = run(*words)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1
    assert sentence in result.stderr
    assert "--help" in result.stderr


def test_a_json_file_that_cannot_be_written_is_refused_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "text.xlsx").write_text("no workbook", encoding="utf-8")

    result = run("validate", tmp_path / "text.xlsx", "--json", tmp_path / "none" / "out.json")

    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_json_on_the_screen_is_nothing_but_json(tmp_path: Path) -> None:
    (tmp_path / "text.xlsx").write_text("no workbook", encoding="utf-8")

    result = run("validate", tmp_path, "--json", "-")

    data = json.loads(result.stdout)
    assert list(data) == ["version", "summary", "issues"]
    wanted = (
        *("code", "severity", "book", "entity", "form", "sheet", "cell", "row", "column"),
        *("heading", "found", "message", "suggestion", "count", "also", "para"),
    )
    assert list(data["issues"][0]) == list(wanted)
    assert list(data["summary"]) == ["returns", "rows", "errors", "warnings", "notes", "not_run"]


def test_a_sentence_on_standard_error_has_no_blank_line_before_it(tmp_path: Path) -> None:
    result = run("validate", tmp_path)

    assert result.stderr.startswith("There is no workbook")


def test_a_reader_that_has_read_enough_does_not_make_it_a_fault(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "wps_xl", "validate", str(tmp_path / "t.xlsx")]
    (tmp_path / "t.xlsx").write_text("no workbook", encoding="utf-8")
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()

    assert process.wait() == 1
    assert process.stderr.read() == ""
    process.stderr.close()
