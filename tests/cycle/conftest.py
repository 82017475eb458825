"""The demonstration, run once for all tests of the whole way from returns to draft."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cycle.desk import Desk
from demonstrations import first_rows, of_a_few, once, whole


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with returns/, review.xlsx and council_report.docx; do not write into it."""
    return once(tmp_path_factory, "demonstration", whole)


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for a few entities."""
    return once(tmp_path_factory, "few", of_a_few)


@pytest.fixture
def copy_of_few(few: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration of a few entities that a test may change."""
    return Path(shutil.copytree(few, tmp_path / "copy"))


@pytest.fixture(scope="session")
def two_returns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first rows of two returns of the demonstration."""
    return once(tmp_path_factory, "two returns", first_rows)


@pytest.fixture
def desk(two_returns: Path, tmp_path: Path) -> Desk:
    """Two returns with no fault yet, and a review of their own."""
    return Desk(tmp_path, two_returns, "UNDP", "UNICEF")
