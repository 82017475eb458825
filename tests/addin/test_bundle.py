"""The folder for IT installs in a fresh environment without a network, by the words of install.ps1.

Takes about a minute, so it runs only when asked for: ``pytest -m offline -n 0``.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from wps_xl import assets

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = assets.path("macros/install.ps1").read_text(encoding="ascii")
# A port where nobody listens, for what heeds a proxy where unshare is not allowed.
NOWHERE = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
ALONE = ["unshare", "--map-root-user", "--net"]

pytestmark = pytest.mark.offline


def words(step: str) -> list[str]:
    """What install.ps1 gives its Python in one step."""
    found = re.findall(rf'\$python \(-split "([^"]*{step}[^"]*)"\)', SCRIPT)
    assert len(found) == 1, step
    return str(found[0]).split()


def code(name: str) -> str:
    """What install.ps1 gives a Python to run, from one of its variables."""
    found = re.search(rf'\${name} = "(.*)"', SCRIPT)
    assert found is not None
    return found[1].replace('`"', '"')


def offline(*command: object, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run it in a folder, with no network but what a proxy refuses."""
    alone = ALONE if _can_be_alone() else []
    return subprocess.run(
        [*alone, *map(str, command)],
        cwd=folder,
        env={**os.environ, **NOWHERE, **settings},
        input="\n",
        capture_output=True,
        text=True,
    )


def _can_be_alone() -> bool:
    unshare = shutil.which(ALONE[0])
    return bool(unshare) and not subprocess.run([*ALONE, "true"], capture_output=True).returncode


@dataclass(frozen=True)
class Installed:
    """A bundle and the environment that was made from it."""

    bundle: Path
    scripts: Path

    @property
    def python(self) -> Path:
        return self.scripts / "python"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    folder = tmp_path_factory.mktemp("it")
    bundle, venv = folder / "bundle", folder / "environment"
    # From the source, whether or not the tests run on an installed copy.
    making = [sys.executable, "-m", "wps_xl", "addin", "bundle", str(bundle)]
    subprocess.run(making, cwd=ROOT, check=True)
    subprocess.run([sys.executable, "-I", "-m", "venv", "--clear", str(venv)], check=True)
    done = offline(venv / "bin" / "python", *words("-m pip"), folder=bundle)
    assert done.returncode == 0, done.stderr
    yield Installed(bundle, venv / "bin")
    # 300 MB that pytest would keep for three runs.
    shutil.rmtree(folder)


@pytest.mark.skipif(not _can_be_alone(), reason="needs unshare")
def test_the_network_is_truly_refused(tmp_path: Path) -> None:
    calling = "import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1])), 5)"
    with socket.create_server(("127.0.0.1", 0)) as server:
        call = [sys.executable, "-c", calling, str(server.getsockname()[1])]

        assert subprocess.run(call).returncode == 0
        assert "Network is unreachable" in offline(*call, folder=tmp_path).stderr


def test_it_runs_the_demonstration(installed: Installed, tmp_path: Path) -> None:
    done = offline(installed.scripts / "wps-xl", "demo", folder=tmp_path)

    assert done.returncode == 0, done.stderr
    made = next(path for path in tmp_path.iterdir() if path.is_dir())
    assert {"returns", "review.xlsx", "council_report.docx"} <= {p.name for p in made.iterdir()}


def test_it_builds_the_add_in_that_the_bundle_holds(installed: Installed, tmp_path: Path) -> None:
    done = offline(installed.scripts / "wps-xl", "addin", "build", tmp_path, folder=tmp_path)

    assert done.returncode == 0, done.stderr
    built, held = (path / "wps_xl.xlam" for path in (tmp_path, installed.bundle))
    assert built.read_bytes() == held.read_bytes()


def test_the_add_in_is_put_in_place_and_taken_away(installed: Installed, tmp_path: Path) -> None:
    home = {"APPDATA": str(tmp_path / "Roaming"), "USERPROFILE": str(tmp_path)}

    put = offline(installed.python, *words("addin install"), folder=installed.bundle, **home)
    there = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    taken = offline(installed.python, *words("addin uninstall"), folder=installed.bundle, **home)

    assert (put.returncode, taken.returncode) == (0, 0), put.stderr + taken.stderr
    assert there == {"wps_xl.xlam", "wps_xl.conf", "wps_xl.installed"}
    assert list(tmp_path.iterdir()) == []


def test_a_file_dropped_on_the_shortcut_is_checked(installed: Installed, tmp_path: Path) -> None:
    dropped = tmp_path / "a&calc.xlsx"
    dropped.write_bytes(b"no workbook")
    program = code("run").removeprefix('-I -c "').removesuffix('"')

    done = offline(installed.python, "-I", "-c", program, "validate", dropped, folder=tmp_path)

    assert "a&calc.xlsx" in done.stdout
    assert done.stdout.endswith("Press Enter to close this window. ")
    assert done.returncode == 1, done.stderr


def test_only_the_python_of_the_wheels_is_taken(installed: Installed, tmp_path: Path) -> None:
    right = (installed.bundle / "python.txt").read_text(encoding="ascii").strip()
    wrong = right.replace("3.", "4.")

    status = [
        offline(sys.executable, "-I", "-c", code("check").replace("$wanted", it), folder=tmp_path)
        for it in (right, wrong)
    ]

    assert [done.returncode for done in status] == [0, 1]


def test_an_installed_copy_says_where_a_bundle_is_made(
    installed: Installed, tmp_path: Path
) -> None:
    done = offline(installed.scripts / "wps-xl", "addin", "bundle", "new", folder=tmp_path)

    assert done.returncode == 2
    assert "in the folder of the source" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_changed_wheel_is_refused(installed: Installed, tmp_path: Path) -> None:
    shutil.copytree(installed.bundle, tmp_path / "changed")
    wheel = next((tmp_path / "changed" / "wheels").glob("docopt*"))
    wheel.write_bytes(wheel.read_bytes() + b"\n")
    again = ["--dry-run", "--ignore-installed"]

    done = offline(installed.python, *words("-m pip"), *again, folder=tmp_path / "changed")

    assert done.returncode == 1
    assert "docopt" in done.stderr
    assert "HASHES" in done.stderr
