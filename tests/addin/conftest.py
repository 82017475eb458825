"""The add-in, built once for all tests of it, and the folder of a Windows user."""

from __future__ import annotations

from pathlib import Path

import pytest

from wps_xl.addin.build import build
from wps_xl.addin.places import Places, places


@pytest.fixture(scope="session")
def addin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file wps_xl.xlam."""
    return build(tmp_path_factory.mktemp("addin"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of a Windows user."""
    (tmp_path / "AppData" / "Roaming").mkdir(parents=True)
    (tmp_path / "AppData" / "Local").mkdir()
    return tmp_path


@pytest.fixture
def windows(home: Path) -> Places:
    """Where that user's add-in goes."""
    data = home / "AppData"
    return places(
        {
            "APPDATA": str(data / "Roaming"),
            "LOCALAPPDATA": str(data / "Local"),
            "USERPROFILE": str(home),
        }
    )


@pytest.fixture
def python(home: Path) -> Path:
    """The interpreter that install.ps1 makes."""
    return home / "AppData" / "Local" / "wps_xl" / "venv" / "Scripts" / "python.exe"
