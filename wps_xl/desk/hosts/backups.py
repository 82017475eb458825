"""A copy of the review workbook as it was before the first change of each day."""

from __future__ import annotations

import contextlib
import datetime as dt
import glob
from pathlib import Path

from wps_xl.errors import OutputError
from wps_xl.office.excel import saving
from wps_xl.places import advice_for

FOLDER = "backups"
KEPT = 10


def keep_backup(path: Path, day: dt.date, again: bool = False) -> Path | None:
    """Copy the workbook into ``backups`` beside it, once a day; the copy, if one was made.

    ``again`` makes one more, unless the workbook is there as it is already.
    """
    folder = path.parent / FOLDER
    copy = first = folder / f"{path.stem}_{day:%Y-%m-%d}{path.suffix}"
    if not path.exists() or (copy.exists() and not again):
        return None
    content = path.read_bytes()
    try:
        folder.mkdir(exist_ok=True)
        number = 1
        while copy.exists() and copy.read_bytes() != content:
            number += 1
            copy = copy.with_stem(f"{path.stem}_{day:%Y-%m-%d}_{number}")
    except OSError as fault:
        advice = advice_for(fault, "Move what stands there away, or see that you may write there.")
        raise OutputError(
            f"No backup of {path.name} can be kept in {folder}: {fault.strerror}. {advice} Nothing "
            "was changed."
        ) from fault
    if not copy.exists():
        saving.sweep(copy)
        saving.replace(copy, content)
    _keep_the_last(folder, path, first)
    return copy


def _keep_the_last(folder: Path, path: Path, first: Path) -> None:
    """Delete the oldest backups, never that of today: a clock may have been wrong before."""
    dated = f"{glob.escape(path.stem)}_????-??-??{glob.escape(path.suffix)}"
    for old in sorted(folder.glob(dated))[:-KEPT]:
        if old != first:
            # A backup too many is no reason to stop.
            with contextlib.suppress(OSError):
                old.unlink(missing_ok=True)
