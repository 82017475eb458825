"""A copy of the review workbook as it was before the first change of each day."""

from __future__ import annotations

import datetime as dt
import glob
from pathlib import Path

from wps_xl.sheets import saving

FOLDER = "backups"
KEPT = 10


def keep_backup(path: Path, day: dt.date) -> Path | None:
    """Copy the workbook into ``backups`` beside it, once a day; the copy, if one was made."""
    folder = path.parent / FOLDER
    copy = folder / f"{path.stem}_{day:%Y-%m-%d}{path.suffix}"
    if not path.exists() or copy.exists():
        return None
    folder.mkdir(exist_ok=True)
    saving.sweep(copy)
    saving.replace(copy, path.read_bytes())
    dated = f"{glob.escape(path.stem)}_????-??-??{glob.escape(path.suffix)}"
    for old in sorted(folder.glob(dated))[:-KEPT]:
        old.unlink(missing_ok=True)
    return copy
