"""The Open XML validators of the shared tools, for tests that write Office files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock
from platformdirs import user_cache_path

SHARED = Path(__file__).resolve().parents[2] / "shared" / "tools"
LAYERS = "pkg,sdk,xsd,sem"
# The tool's other layers can only warn, and take longer than all of these together.
_WITH_READERS = f"{LAYERS},open"


def assert_valid(*paths: Path, only: str = "") -> None:
    """Fail unless Microsoft's validator, the schemas and the semantic checks find no error.

    Skips where the tool or npm is missing; fails instead where CI=true and the tool is there.
    ``only`` names the layers to run, for a file that other programs need not open, or that tests
    open themselves.
    """
    if not (SHARED / "validate_ooxml.py").exists():
        pytest.skip("needs ../shared/tools/validate_ooxml.py")
    home = _validators()
    if home is None:
        _give_up("needs OOXML_VALIDATORS, or npm to install the validators")
    words = ["--need", LAYERS, "--layers", only or _WITH_READERS]
    found = subprocess.run(
        [sys.executable, str(SHARED / "validate_ooxml.py"), *words, *map(str, paths)],
        env={**os.environ, "OOXML_VALIDATORS": str(home)},
        capture_output=True,
        text=True,
    )
    if found.returncode:
        pytest.fail(f"{found.stdout}\n{found.stderr}", pytrace=False)


def _give_up(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@cache
def _validators() -> Path | None:
    """The folder with the validators, filled once a machine; None where that is impossible."""
    if os.environ.get("OOXML_VALIDATORS"):
        return Path(os.environ["OOXML_VALIDATORS"])
    home = user_cache_path("wps_xl") / "validators"
    done = home / "done"
    home.mkdir(parents=True, exist_ok=True)
    with FileLock(home / "lock"):
        if not done.exists() and _install(home):
            done.touch()
    return home if done.exists() else None


def _install(home: Path) -> bool:
    shell, npm = shutil.which("sh"), shutil.which("npm")
    if shell is None or npm is None:
        return False
    script = SHARED / "validators" / "setup.sh"
    return subprocess.run([shell, str(script), str(home)], capture_output=True).returncode == 0
