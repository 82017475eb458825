"""The demonstration, run once for all tests of the whole way from returns to draft."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from cycle.desk import Desk

from wps_xl.cli import main


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with returns/, review.xlsx and council_report.docx; do not write into it."""
    folder = tmp_path_factory.mktemp("demo") / "out"
    result = CliRunner().invoke(main, ["demo", str(folder)])
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def copy_of_demo(demo: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration that a test may change."""
    return Path(shutil.copytree(demo, tmp_path / "copy"))


@pytest.fixture
def desk(demo: Path, tmp_path: Path) -> Desk:
    """Two returns of the demonstration, with no fault yet, and a review of their own."""
    return Desk(tmp_path, demo / "returns", "UNDP", "UNICEF")
