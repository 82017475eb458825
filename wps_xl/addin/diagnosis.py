"""Looks whether the add-in can work on this computer, and says what to do where it cannot."""

from __future__ import annotations

import contextlib
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from wps_xl import __version__
from wps_xl.addin.build import known_by
from wps_xl.addin.checks import Check
from wps_xl.addin.install import STORE, interpreter_in
from wps_xl.addin.places import WINDOWS, Places, from_store, places
from wps_xl.addin.rules import Registry, rules
from wps_xl.addin.surroundings import surroundings
from wps_xl.errors import InputError
from wps_xl.log import log_place

PACKAGES = ("xlwings", "pandas", "pandera", "openpyxl", "python-calamine", "python-docx")
INSTALL = "Close Excel and run wps-xl addin install."
_ROOM = 64 << 10


def diagnosis_lines(folder: Path | None = None) -> list[str]:
    """The table for this computer, and for the folder of the open workbook where it has one."""
    return [check.line for check in diagnose(folder)]


def diagnose(
    folder: Path | None = None, where: Places | None = None, registry: Registry | None = None
) -> list[Check]:
    """Every check in order: Python first, rules of the organization last."""
    found = [*_python(), *_writing(folder), Check("Log", str(log_place()))]
    try:
        where = where or places()
    except InputError as fault:
        return [*found, Check("Excel", "not on this system", str(fault))]
    of_version, signed = known_by(where.addin)
    found += [_startup(where), _addin(where, of_version), _interpreter(where)]
    if where.system == WINDOWS:
        found += surroundings(folder, where.addin, where.environ)
    if where.script is not None:
        found.append(_script(where.script))
    if where.system == WINDOWS:
        found += rules(signed, registry)
    return found


def _python() -> Iterator[Check]:
    yield Check("wps_xl", f"version {__version__}")
    yield Check("Python", f"{platform.python_version()}, {sys.executable}", STORE * from_store())
    for name in (*PACKAGES, *(["pywin32"] if sys.platform == "win32" else [])):
        try:
            yield Check(name, version(name))
        except PackageNotFoundError:
            yield Check(name, "missing", "Install wps_xl again.")


def _writing(folder: Path | None) -> Iterator[Check]:
    temporary = Path(tempfile.gettempdir())
    yield _can_write(temporary, "Free some space there, or ask IT.")
    if folder is not None:
        yield _can_write(folder, "Save the workbook in a folder where you may write files.")


def _can_write(folder: Path, advice: str) -> Check:
    refusal = _refusal(folder)
    if refusal:
        return Check("Can write", f"{folder}, no: {refusal}", advice)
    return Check("Can write", str(folder))


def _refusal(folder: Path) -> str:
    """Why no file can be made in a folder, blank where one can."""
    # Not tempfile: on Windows it tries thousands of names where a folder is closed.
    probe = folder / f"wps_xl_{os.getpid()}.tmp"
    try:
        with probe.open("xb") as file:
            # An empty file has room on a full disk, too.
            file.write(bytes(_ROOM))
            file.flush()
            os.fsync(file.fileno())
    except OSError as fault:
        return fault.strerror or str(fault)
    finally:
        with contextlib.suppress(OSError):
            probe.unlink()
    return ""


def _startup(where: Places) -> Check:
    if not where.startup.is_dir():
        return Check("Start folder", f"{where.startup}, not there", INSTALL)
    refusal = _refusal(where.startup)
    if refusal:
        return Check("Start folder", f"{where.startup}, no: {refusal}", "Ask IT to open it to you.")
    return Check("Start folder", str(where.startup))


def _addin(where: Places, of_version: str) -> Check:
    if not where.addin.exists():
        return Check("Add-in", "not installed", INSTALL)
    if of_version != __version__:
        return Check("Add-in", f"of version {of_version or 'unknown'}", INSTALL)
    return Check("Add-in", f"in place, version {of_version}")


def _interpreter(where: Places) -> Check:
    named = interpreter_in(where)
    if named == where.named(Path(sys.executable)):
        return Check("Its Python", "this one")
    return Check("Its Python", named or "not named", INSTALL)


def _script(script: Path) -> Check:
    if script.exists():
        return Check("Its script", "in place")
    return Check("Its script", "missing", INSTALL)
