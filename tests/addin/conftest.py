"""The add-in, built once for all tests of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from wps_xl.addin.build import build


@pytest.fixture(scope="session")
def addin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file wps_xl.xlam."""
    return build(tmp_path_factory.mktemp("addin"))
