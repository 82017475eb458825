"""The demonstration replaces what an earlier one made, and nothing else."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from demonstrations import once
from openpyxl import load_workbook
from workbooks import run

from wps_xl.codebook import Codebook
from wps_xl.desk.commands import demonstration
from wps_xl.errors import OutputError
from wps_xl.sample import Sample, load_sample


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """The demonstration of two entities."""

    def of_two(codebook: Codebook) -> Sample:
        sample = load_sample(codebook)
        return replace(sample, requests=sample.requests[:2])

    monkeypatch.setattr(demonstration, "load_sample", of_two)


@pytest.fixture
def made(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """The folder of a demonstration."""
    source = once(tmp_path_factory, "of_two", lambda folder: assert_made(folder))
    return Path(shutil.copytree(source, tmp_path / "demo"))


def assert_made(folder: Path) -> None:
    result = run("demo", folder)
    assert result.exit_code < 2
    # Nobody knows what rows said before they came.
    assert "Changed by their entities" not in result.output


def test_it_may_be_made_again(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Path] = []

    def write_form(request: object, path: Path) -> None:
        written.append(path)
        raise OutputError("Far enough.")

    monkeypatch.setattr(demonstration, "write_form", write_form)

    result = run("demo", made)

    assert written[0].exists()
    assert "Far enough." in result.stderr


def typed_into(path: Path) -> None:
    book = load_workbook(path)
    book.worksheets[0]["Z1"] = "Ours"
    book.properties.created = dt.datetime(2001, 1, 1)
    book.save(path)


def consolidated(path: Path) -> None:
    run("consolidate", path.parent / "returns", "--workbook", path)


def without_workbook(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("change", [typed_into, consolidated, without_workbook])
def test_work_that_was_done_in_its_folder_stays(made: Path, change: Callable[[Path], None]) -> None:
    change(made / "review.xlsx")
    before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}

    result = run("demo", made)

    assert result.exit_code == 2
    assert "Name another folder for the demonstration." in result.stderr
    assert {path: path.read_bytes() for path in made.rglob("*") if path.is_file()} == before
