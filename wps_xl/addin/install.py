"""Installs the add-in for one user, without an administrator, and takes it away again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from wps_xl import __version__
from wps_xl.addin.build import IN_USE, addin_bytes, known_by
from wps_xl.addin.hardening import applescript
from wps_xl.addin.places import MAC, Places, from_store
from wps_xl.errors import InputError, OutputError
from wps_xl.office.excel.saving import put
from wps_xl.places import unwritable

STORE = (
    "Excel does not see what a Python from the Microsoft Store installs. Install Python from "
    "python.org or your software centre, install wps_xl there, then try again."
)
NOT_OURS = (
    "{path} is no add-in of wps_xl {version}. Name the file that wps-xl addin build made, or the "
    "one that was signed from it."
)


def install(places: Places, interpreter: Path, addin: Path | None = None) -> list[str]:
    """Put the add-in into Excel's start folder and write which Python it starts.

    Parameters
    ----------
    addin
        A ready file, such as one that IT has signed; else it is built now.
    """
    if from_store():
        raise InputError(STORE)
    content = addin_bytes() if addin is None else _read(addin)
    name = places.named(interpreter)
    if not name.isascii() or (places.system == MAC and " " in name):
        raise InputError(
            f"The path of Python, {name}, holds a letter or a space that Excel cannot pass on. "
            "Install wps_xl in a folder with a plain name, then try again."
        )
    with _in_use(places):
        lines = [*_other_settings(places), f'"{places.key}","{name}"']
        made = _Made(places.record)
        try:
            made.write(places.addin, content)
            made.write(places.settings, _bytes(places, lines))
            if places.script is not None:
                made.write(places.script, applescript().read_bytes())
            folders = "".join(f"{folder}\n" for folder in made.folders)
            made.write(places.record, folders.encode())
        except OSError:
            made.take_back()
            raise
    return [
        f"Installed {places.addin}.",
        f"Its buttons start {interpreter}.",
        "Start Excel again: the tab WPS 1325 stands at the end of the ribbon.",
    ]


def uninstall(places: Places) -> list[str]:
    """Remove what installing made; settings that others wrote into the file stay."""
    with _in_use(places):
        recorded = _recorded(places.record)
        others = _other_settings(places)
        # First what may find no room: then nothing is taken away.
        if others:
            put(places.settings, _bytes(places, others))
        else:
            places.settings.unlink(missing_ok=True)
        for path in (places.addin, places.script):
            if path is not None:
                path.unlink(missing_ok=True)
        places.record.unlink(missing_ok=True)
    _remove_empty(recorded)
    return ["The add-in is gone. Start Excel again; your workbooks are as they were."]


def interpreter_in(places: Places) -> str:
    """The interpreter that the settings name, blank where they name none."""
    for line in _lines(places.settings):
        if line.startswith(f'"{places.key}",'):
            return line.split(",", 1)[1].strip('"')
    return ""


@contextlib.contextmanager
def _in_use(places: Places) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        place = Path(fault.filename) if fault.filename else places.addin
        raise OutputError(unwritable(place, fault, IN_USE)) from fault


class _Made:
    """Writes files, and keeps which folders had to be made for them and what stood there."""

    def __init__(self, record: Path) -> None:
        self.folders = list(_recorded(record))
        self._before: list[tuple[Path, bytes | None]] = []

    def write(self, path: Path, content: bytes) -> None:
        """Write a file."""
        self._before.append((path, path.read_bytes() if path.exists() else None))
        self.folders += [folder for folder in path.parents if not folder.exists()]
        path.parent.mkdir(parents=True, exist_ok=True)
        put(path, content)

    def take_back(self) -> None:
        """Leave everything as it was before, as far as the system allows."""
        for path, content in reversed(self._before):
            with contextlib.suppress(OSError):
                if content is None:
                    path.unlink(missing_ok=True)
                else:
                    put(path, content)
        with contextlib.suppress(OSError):
            _remove_empty(self.folders)


def _remove_empty(folders: Sequence[Path]) -> None:
    for folder in sorted(folders, key=lambda path: len(path.parts), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _recorded(record: Path) -> Sequence[Path]:
    return [Path(line) for line in _lines(record)]


def _other_settings(places: Places) -> list[str]:
    """The lines of the settings that are not ours."""
    return [line for line in _lines(places.settings) if not line.startswith(f'"{places.key}",')]


def _lines(path: Path) -> list[str]:
    """The lines of a file that others may have written in another encoding."""
    if not path.exists():
        return []
    return path.read_text(encoding="utf-8", errors="surrogateescape").splitlines()


def _bytes(places: Places, lines: Sequence[str]) -> bytes:
    return places.text(lines).encode(errors="surrogateescape")


def _read(addin: Path) -> bytes:
    try:
        content = addin.read_bytes()
    except OSError as fault:
        raise InputError(f"{addin} cannot be read ({fault.strerror}). Check the name.") from fault
    if known_by(addin)[0] != __version__:
        raise InputError(NOT_OURS.format(path=addin, version=__version__))
    return content
