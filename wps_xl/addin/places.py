"""Where the add-in and its settings lie on this computer, for this user alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from wps_xl.addin.build import NAME
from wps_xl.addin.hardening import PROJECT, applescript
from wps_xl.errors import InputError

WINDOWS, MAC = "win32", "darwin"
# Folders of the user that the settings name by variable: a name outside the code page of VBA
# would not survive in the file.
VARIABLES = ("LOCALAPPDATA", "APPDATA", "USERPROFILE")


@dataclass(frozen=True)
class Places:
    """Excel's start folder, the file with the interpreter, and on macOS Excel's script folder."""

    system: str
    environ: Mapping[str, str]
    startup: Path
    settings: Path
    scripts: Path | None = None

    @property
    def addin(self) -> Path:
        """The installed add-in: Excel opens what lies in its start folder."""
        return self.startup / NAME

    @property
    def record(self) -> Path:
        """What installing made, one path a line."""
        return self.settings.with_name(f"{PROJECT}.installed")

    @property
    def script(self) -> Path | None:
        """The script that starts Python on macOS."""
        return self.scripts / applescript().name if self.scripts else None

    @property
    def key(self) -> str:
        """The setting that names the interpreter."""
        return "INTERPRETER_WIN" if self.system == WINDOWS else "INTERPRETER_MAC"

    def text(self, lines: Iterable[str]) -> str:
        """Lines of the settings as VBA reads them on this system."""
        end = "\r\n" if self.system == WINDOWS else "\n"
        return "".join(f"{line}{end}" for line in lines)

    def named(self, interpreter: Path) -> str:
        """The interpreter as the settings name it, by a variable where that is possible."""
        text = str(interpreter)
        if self.system != WINDOWS:
            return text
        for variable in VARIABLES:
            folder = self.environ.get(variable, "")
            if folder and text.lower().startswith(folder.lower()):
                return str(PureWindowsPath(f"%{variable}%{text[len(folder) :]}"))
        return text


def from_store() -> bool:
    """Whether this Python comes from the Microsoft Store.

    Windows moves what such a Python writes into AppData to a place that Excel does not see.
    """
    return "WindowsApps" in sys.base_prefix


def places(environ: Mapping[str, str] | None = None, system: str = "") -> Places:
    """The places of this user; InputError where Excel does not run."""
    environ = os.environ if environ is None else environ
    system = system or (WINDOWS if environ.get("APPDATA") else sys.platform)
    if system == WINDOWS:
        return Places(
            system,
            environ,
            Path(environ["APPDATA"], "Microsoft", "Excel", "XLSTART"),
            Path(environ["USERPROFILE"], f".{PROJECT}", f"{PROJECT}.conf"),
        )
    if system == MAC:
        library = Path(environ["HOME"], "Library")
        content = Path("UBF8T346G9.Office", "User Content.localized", "Startup.localized", "Excel")
        return Places(
            system,
            environ,
            library / "Group Containers" / content,
            library / "Containers" / "com.microsoft.Excel" / "Data" / f"{PROJECT}.conf",
            library / "Application Scripts" / "com.microsoft.Excel",
        )
    raise InputError(
        "Excel runs on Windows and macOS only, so there is nothing to install here. Every button "
        "is a verb of the command line: wps-xl --help."
    )
