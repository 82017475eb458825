"""Correction copies of earlier runs: put aside, so that none is sent that is out of date."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from lxml import etree

from wps_xl.errors import OutputError
from wps_xl.office.excel.package.parts import Package
from wps_xl.places import advice_for
from wps_xl.sheets.copies.front import MARKER

FOLDER = "earlier"


class Aside(NamedTuple):
    """How many copies were moved, and a sentence for each that could not be."""

    moved: int
    refused: list[str]


def put_aside(folder: Path, kept: Collection[Path], returns: Collection[Path]) -> Aside:
    """Move the copies in ``folder`` that this run did not write into its folder ``earlier``.

    ``kept`` are the copies of this run; ``returns`` are never touched.
    """
    stay = {path.resolve() for path in (*kept, *returns)}
    there = sorted(path for path in folder.glob("*.xlsx") if path.is_file())
    found = [path for path in there if path.resolve() not in stay and is_copy(path)]
    refused: list[str] = []
    for path in found:
        try:
            move_aside(folder, path)
        except OutputError as fault:
            refused.append(str(fault))
    return Aside(len(found) - len(refused), refused)


def move_aside(folder: Path, path: Path) -> None:
    """Move one file into the folder ``earlier`` of ``folder``, beside those that are there.

    Raises
    ------
    OutputError
        Where the file is open, or its folder cannot be written to.
    """
    target = folder / FOLDER / path.relative_to(folder)
    names = (target, *(target.with_stem(f"{target.stem}_{n}") for n in range(2, 10_000)))
    free = next(name for name in names if not name.exists())
    try:
        free.parent.mkdir(parents=True, exist_ok=True)
        path.rename(free)
    except OSError as fault:
        advice = advice_for(fault, "Close it, then try again.")
        raise OutputError(
            f"{path.name} of an earlier run cannot be moved to {free.parent}: {fault.strerror}. "
            f"{advice}"
        ) from fault


def is_copy(path: Path) -> bool:
    """Whether a workbook has our sheet in front."""
    try:
        with ZipFile(path) as archive:
            package = Package(archive)
            return MARKER.encode() in package.read(package.workbook)
    except (OSError, KeyError, BadZipFile, ValueError, etree.XMLSyntaxError):
        return False
