"""A folder for IT departments: everything to install wps_xl without a network, and a page on it."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Sequence
from importlib.metadata import distributions
from pathlib import Path

from wps_xl import assets
from wps_xl.addin.build import build
from wps_xl.addin.guide import guide_html
from wps_xl.errors import InputError, OutputError
from wps_xl.office.excel.saving import put
from wps_xl.places import made, unwritable

# install.ps1 knows these names.
WHEELS, REQUIREMENTS, PYTHON = "wheels", "requirements.txt", "python.txt"
GUIDE = "guide.html"
COPIED = ("macros/install.ps1", "docs/for_it.md")


def bundle(folder: Path) -> list[str]:
    """Write wheels with hashes, add-in, script and pages; for this system and this Python."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} is not empty. Name a new folder.")
    python = f"{sysconfig.get_python_version()} {sysconfig.get_platform()}"
    with _begun(folder), tempfile.TemporaryDirectory() as temporary:
        wheels = Path(temporary)
        _gather_wheels(wheels)
        count = len(list(wheels.glob("*.whl")))
        fill(folder, wheels, python)
    return [
        f"{folder} holds the add-in, install.ps1, for_it.md and {count} wheels for Python "
        f"{python}.",
        "Give the folder to IT; for_it.md says what it does and how to sign the add-in.",
    ]


@contextlib.contextmanager
def _begun(folder: Path) -> Iterator[None]:
    """The folder, made before the wheels, which take minutes; gone again where that was in vain."""
    is_new = not folder.exists()
    made(folder, "bundle")
    try:
        yield
    except BaseException:
        if is_new:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def fill(folder: Path, wheels: Path, python: str) -> None:
    """Write all of it into an empty folder; where that cannot be, the folder is empty again."""
    texts = {REQUIREMENTS: requirements(wheels), PYTHON: f"{python}\n", GUIDE: guide_html()}
    try:
        (folder / WHEELS).mkdir()
        for wheel in sorted(wheels.glob("*.whl")):
            put(folder / WHEELS / wheel.name, wheel.read_bytes())
        for name, text in texts.items():
            put(folder / name, text.encode())
        for source in COPIED:
            put(folder / Path(source).name, assets.path(source).read_bytes())
        build(folder)
    except BaseException as fault:
        _take_back(folder, (*texts, *(Path(source).name for source in COPIED)))
        if isinstance(fault, OSError):
            raise OutputError(unwritable(folder, fault, "Name another.")) from fault
        raise


def _take_back(folder: Path, names: Sequence[str]) -> None:
    shutil.rmtree(folder / WHEELS, ignore_errors=True)
    for name in names:
        with contextlib.suppress(OSError):
            (folder / name).unlink(missing_ok=True)


def requirements(wheels: Path) -> str:
    """Every wheel by name, version and hash, as pip asks for them."""
    lines = []
    for wheel in sorted(wheels.glob("*.whl")):
        name, version, *_ = wheel.name.split("-")
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        lines.append(f"{name.replace('_', '-')}=={version} --hash=sha256:{digest}\n")
    return "".join(lines)


def _gather_wheels(wheels: Path) -> None:
    """The wheel of this package, and those of what it needs in the versions installed here."""
    source = Path(__file__).resolve().parents[2]
    if not (source / "pyproject.toml").exists():
        raise InputError(
            "A bundle is made from the source of wps_xl, and this is an installed copy. Run python "
            "-m wps_xl addin bundle DIR in the folder of the source."
        )
    _pip("wheel", "--no-deps", "--wheel-dir", str(wheels), str(source))
    own = next(wheels.glob("wps_xl-*.whl"))
    pins = wheels / "installed.txt"
    pins.write_text("".join(f"{pin}\n" for pin in _installed()), encoding="utf-8")
    try:
        # Not download: what has no wheel of its own is built into one.
        _pip("wheel", "--constraint", str(pins), "--wheel-dir", str(wheels), str(own))
    finally:
        pins.unlink()


def _installed() -> list[str]:
    found = {item.metadata["Name"]: item.version for item in distributions()}
    return sorted(f"{name}=={number}" for name, number in found.items() if name != "wps_xl")


def _pip(*words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", *words, "--quiet", "--disable-pip-version-check"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise OutputError(f"pip could not gather the wheels: {last}")
