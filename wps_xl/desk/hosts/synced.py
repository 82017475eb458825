"""Copies that services for synchronising make of a workbook that two people saved at once."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from wps_xl.notices import tell

COPY = (
    "{copy} lies beside {name} and looks like a copy that {service} made when two people saved at "
    "once. This run does not read it: see what it holds that {name} lacks, take that over, then "
    "move the copy into another folder."
)
_SHEETS = (b'name="Cycle"', b'name="Register"')
_SNAPSHOT = b"readOnlyRecommended="


def tell_copies(path: Path) -> None:
    """Name each such copy of a review workbook beside it."""
    for copy, service in copies(path):
        tell(COPY.format(copy=copy.name, name=path.name, service=service))


def copies(path: Path) -> Iterator[tuple[Path, str]]:
    """Review workbooks beside this one that are called as a service calls its copies."""
    for other in sorted(path.parent.iterdir()) if path.parent.is_dir() else ():
        if other.suffix.lower() != path.suffix.lower() or other == path:
            continue
        service = _service(other.stem, path.stem)
        if service and _is_review(other):
            yield other, service


def _service(name: str, stem: str) -> str:
    """Which service calls its copies so; blank for any other name."""
    for service, pattern in _patterns():
        if re.fullmatch(pattern.replace("{stem}", re.escape(stem)), name):
            return service
    return ""


@cache
def _patterns() -> tuple[tuple[str, str], ...]:
    text = Path(__file__).with_name("synced.csv").read_text(encoding="utf-8")
    return tuple((row["service"], row["name"]) for row in csv.DictReader(text.splitlines()))


def _is_review(path: Path) -> bool:
    """Whether a file has the sheets of a review workbook and is no snapshot of ours."""
    try:
        with ZipFile(path) as archive:
            book = archive.read("xl/workbook.xml")
    except (OSError, KeyError, BadZipFile):
        return False
    return all(sheet in book for sheet in _SHEETS) and _SNAPSHOT not in book
