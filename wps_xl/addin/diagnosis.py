"""Looks whether the add-in can work on this computer, and says what to do where it cannot."""

from __future__ import annotations

import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from wps_xl import __version__
from wps_xl.addin.install import interpreter_in
from wps_xl.addin.places import WINDOWS, Places, places
from wps_xl.errors import InputError
from wps_xl.faults import log_file

PACKAGES = ("xlwings", "pandas", "pandera", "openpyxl", "python-calamine", "python-docx")
INSTALL = "Run wps-xl addin install."
SHORTCUTS = (
    "Ask IT for an exception for Excel, or use the same verbs from the command line or desktop "
    "shortcuts on closed files: wps-xl consolidate --workbook REVIEW.xlsx."
)
# What Microsoft Defender calls "Block all Office applications from creating child processes".
CHILD_PROCESSES = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"
ASR = (
    r"SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
    r"SOFTWARE\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
)
MACROS = r"Software\Policies\Microsoft\office\16.0\excel\security"
BLOCKS, WARNS = "1", "6"
ONLY_SIGNED, NO_MACROS = 3, 4

Registry = Callable[[str, str, str], object]
"""Called with HKLM or HKCU, a key and a name; the value, None where there is none."""


@dataclass(frozen=True)
class Check:
    """One thing that was looked at. ``advice`` is blank where all is well."""

    what: str
    found: str
    advice: str = ""

    @property
    def line(self) -> str:
        """The check as one line of a table."""
        mark = "!!" if self.advice else "ok"
        return f"{mark}  {self.what:<16}{self.found}" + (f". {self.advice}" if self.advice else "")


def diagnosis_lines() -> list[str]:
    """The table for this computer."""
    return [check.line for check in diagnose()]


def diagnose(where: Places | None = None, registry: Registry | None = None) -> list[Check]:
    """Every check in order: Python first, rules of the organization last."""
    found = [*_python(), *_writing()]
    try:
        where = where or places()
    except InputError as fault:
        return [*found, Check("Excel", "not on this system", str(fault))]
    found += _addin(where)
    if where.system == WINDOWS:
        found += _rules(registry or _windows_registry)
    return found


def _python() -> Iterator[Check]:
    yield Check("wps_xl", f"version {__version__}")
    yield Check("Python", f"{platform.python_version()}, {sys.executable}")
    for name in PACKAGES:
        try:
            yield Check(name, version(name))
        except PackageNotFoundError:
            yield Check(name, "missing", "Install wps_xl again.")


def _writing() -> Iterator[Check]:
    try:
        with tempfile.TemporaryFile():
            yield Check("Can write", tempfile.gettempdir())
    except OSError as fault:
        yield Check("Can write", f"no: {fault.strerror}", "Free some space, or ask IT.")
    yield Check("Log", str(log_file()))


def _addin(where: Places) -> Iterator[Check]:
    there = where.startup.is_dir()
    advice = "" if there else f"Start Excel once. {INSTALL}"
    yield Check("Start folder", str(where.startup), advice)
    advice = "" if where.addin.exists() else INSTALL
    yield Check("Add-in", "in place" if not advice else "not installed", advice)
    named, mine = interpreter_in(where), where.named(Path(sys.executable))
    if named == mine:
        yield Check("Its Python", "this one")
    else:
        yield Check("Its Python", named or "not named", INSTALL)
    if where.script is not None:
        yield Check(
            "Its script",
            "in place" if where.script.exists() else "missing",
            "" if where.script.exists() else INSTALL,
        )


def _rules(registry: Registry) -> Iterator[Check]:
    warnings = registry("HKCU", MACROS, "VBAWarnings")
    if warnings == NO_MACROS:
        yield Check("Macros", "switched off by a rule of your organization", SHORTCUTS)
    elif warnings == ONLY_SIGNED:
        yield Check("Macros", "only signed ones", "Ask IT to sign the add-in: see for_it.md.")
    else:
        yield Check("Macros", "no rule against them")
    rules = {str(registry("HKLM", key, CHILD_PROCESSES) or "") for key in ASR}
    if BLOCKS in rules or WARNS in rules:
        yield Check("Child processes", f"blocked for Office (rule {CHILD_PROCESSES})", SHORTCUTS)
    else:
        yield Check("Child processes", "no rule against them")


def _windows_registry(root: str, key: str, name: str) -> object:
    if sys.platform != "win32":
        return None
    import winreg

    roots = {"HKLM": winreg.HKEY_LOCAL_MACHINE, "HKCU": winreg.HKEY_CURRENT_USER}
    try:
        with winreg.OpenKey(roots[root], key) as opened:
            return winreg.QueryValueEx(opened, name)[0]
    except OSError:
        return None
