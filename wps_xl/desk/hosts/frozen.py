"""Snapshots: the mark that names one, and the refusal to write into it."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from wps_xl.errors import OutputError

IS_SNAPSHOT = (
    "{name} is a snapshot, which stays as it was. Work in the review workbook itself. To go on "
    "from the snapshot, save it under another name and empty the mark on its sheet Cycle."
)
IS_PROTECTED = (
    "{name} is write-protected. Take the protection off in the properties of the file, or work in "
    "a copy of it; then try again. Nothing was changed."
)
MARK = "mark"
_SNAPSHOT = re.compile(r"(^|\. )Snapshot( .*)? of \d{4}-\d{2}-\d{2}$")
_RECOMMENDED = b"readOnlyRecommended="


def snapshot_mark(name: str, day: str, known: str) -> str:
    """The mark of a snapshot, behind the mark that the workbook has."""
    words = " ".join(["Snapshot", *([name] if name else []), f"of {day}"])
    return f"{known}. {words}" if known else words


def refuse_marked(mark: str, name: str) -> None:
    """OutputError where the mark of a workbook says that it is a snapshot."""
    if _SNAPSHOT.search(mark):
        raise OutputError(IS_SNAPSHOT.format(name=name))


def refuse_frozen(path: Path) -> None:
    """OutputError where the file is a snapshot, or may only be read."""
    if not path.exists():
        return
    if _is_recommended(path):
        from wps_xl.sheets.review.reader import read_review

        refuse_marked(read_review(path).text(MARK), path.name)
    if not path.stat().st_mode & stat.S_IWUSR:
        raise OutputError(IS_PROTECTED.format(name=path.name))


def _is_recommended(path: Path) -> bool:
    """Whether Excel asks to open the file read-only, as it does with snapshots."""
    try:
        with ZipFile(path) as archive:
            return _RECOMMENDED in archive.read("xl/workbook.xml")
    except (OSError, KeyError, BadZipFile):
        return False
