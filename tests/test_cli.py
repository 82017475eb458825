"""The command line: status, sentences, and nothing but what was asked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from workbooks import run

from wps_xl.cli import main
from wps_xl.desk.commands import COMMANDS


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
        (["snapshot", "review.xlsx", "--name", "caf\udce9"], "signs that are no text"),
        (["forms", "out", "--entity", "A", "--entity", "\x01"], "signs that are no text"),
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
    assert list(data) == ["version", "summary", "issues", "account"]
    wanted = (
        *("code", "severity", "book", "entity", "form", "sheet", "cell", "row", "column"),
        *("heading", "found", "message", "suggestion", "count", "also", "para"),
    )
    assert list(data["issues"][0]) == list(wanted)
    assert list(data["summary"]) == ["returns", "rows", "errors", "warnings", "notes", "not_run"]


def test_a_sentence_on_standard_error_has_no_blank_line_before_it(tmp_path: Path) -> None:
    result = run("validate", tmp_path)

    assert result.stderr.startswith("There is no workbook")


def test_a_reader_that_has_read_enough_does_not_make_it_a_fault() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "wps_xl", "addin", "diagnose"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()

    assert process.wait() in (0, 1)
    assert process.stderr.read() == ""
    process.stderr.close()


def test_a_result_is_written_over_and_nothing_else_is(tmp_path: Path) -> None:
    sent = tmp_path / "sent"
    sent.mkdir()
    (sent / "text.xlsx").write_text("no workbook", encoding="utf-8")
    own = tmp_path / "own.json"

    kinds = [run("validate", sent, "--json", own) for _ in range(2)]
    refused = run("validate", sent, "--json", sent / "text.xlsx")

    assert [kind.exit_code for kind in kinds] == [1, 1]
    assert json.loads(own.read_text(encoding="utf-8"))["version"] == 1
    assert refused.exit_code == 2
    assert "stays as it is" in refused.stderr
    assert (sent / "text.xlsx").read_text(encoding="utf-8") == "no workbook"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_an_output_that_is_full_or_closed_and_a_log_without_place_are_no_fault(
    tmp_path: Path,
) -> None:
    (tmp_path / "text.xlsx").write_text("no workbook", encoding="utf-8")
    (tmp_path / "home").write_text("no folder", encoding="utf-8")
    # The validation reads in a process of its own; where that does not matter, it is not run.
    shells = {
        ">/dev/full": "addin diagnose",
        ">&-": "addin diagnose",
        ">&- 2>&-": f"validate {tmp_path}",
        "--json - >/dev/full": f"validate {tmp_path}",
    }

    ends = {
        shell: subprocess.run(
            ["sh", "-c", f"{sys.executable} -m wps_xl {verb} {shell}"],
            capture_output=True,
            text=True,
            env={**os.environ, "HOME": str(tmp_path / "home"), "XDG_STATE_HOME": "/dev/null/x"},
        )
        for shell, verb in shells.items()
    }

    assert [end.returncode for end in ends.values()] == [2, 1, 1, 2]
    said = ends[">/dev/full"].stderr.splitlines()
    assert len(said) == 1
    assert "could not be printed in full: No space left on device" in said[0]
    assert not any(end.stderr for shell, end in ends.items() if "&-" in shell)
