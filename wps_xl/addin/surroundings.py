"""What Windows and OneDrive do to files around Excel: Protected View, folders that were moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PureWindowsPath

from wps_xl.addin.checks import Check

MARK = ":Zone.Identifier"
"""What Windows appends to the name of a file that came from an e-mail or the web."""
CLOUD = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".xlam", ".docx")
ENABLE = "They open in Protected View, where all buttons are grey: press Enable Editing."
UNBLOCK = "Right-click it in Explorer, Properties, tick Unblock; then start Excel anew."
KEEP = "Right-click the folder in Explorer, Always keep on this device."
ON_SERVER = (
    "Your profile is redirected to a server. Ask IT to trust this location, or to leave this "
    "folder on the computer; without the tab use wps-xl in a command window."
)
_NAMED = 3


def marked(folder: Path) -> list[str]:
    """The files of a folder that Office opens in Protected View."""
    found = sorted(path for path in folder.iterdir() if path.suffix.lower() in WORKBOOKS)
    return [path.name for path in found if has_mark(path)]


def has_mark(file: Path) -> bool:
    """Whether Windows remembers that a file came from elsewhere."""
    return file.with_name(f"{file.name}{MARK}").exists()


def surroundings(folder: Path | None, addin: Path, environ: Mapping[str, str]) -> Iterator[Check]:
    """Files in Protected View, a blocked add-in, folders on a server or in the cloud."""
    if addin.exists() and has_mark(addin):
        yield Check("Add-in blocked", f"{addin.name} is marked as from the web", UNBLOCK)
    yield _profile(addin.parent, environ)
    if folder is not None and folder.is_dir():
        yield _protected(folder)
        cloud = in_cloud(folder, environ)
        if cloud:
            yield Check("Folder", f"{folder}, moved to {cloud}", KEEP)


def _protected(folder: Path) -> Check:
    names = marked(folder)
    if not names:
        return Check("Protected View", "no file beside the workbook needs it")
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return Check("Protected View", f"{', '.join(names[:_NAMED])}{more} came from elsewhere", ENABLE)


def _profile(startup: Path, environ: Mapping[str, str]) -> Check:
    """Excel trusts its start folder, but no location on a server unless IT says so."""
    if str(startup).startswith(("\\\\", "//")):
        return Check("Profile", f"{startup}, on a server", ON_SERVER)
    cloud = in_cloud(startup, environ)
    if cloud:
        return Check("Profile", f"{startup}, moved to {cloud}", KEEP)
    return Check("Profile", "on this computer")


def in_cloud(folder: Path, environ: Mapping[str, str]) -> str:
    """The folder of OneDrive that a folder lies in, blank where it lies in none."""
    for name in CLOUD:
        root = environ.get(name, "")
        if root and PureWindowsPath(folder).is_relative_to(PureWindowsPath(root)):
            return root
    return ""
