"""Review workbooks as closed files: read by one, written whole or not at all."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from filelock import FileLock, Timeout

from wps_xl.analysis.review import Review
from wps_xl.errors import OutputError

_WAIT = 5.0


class FilesHost:
    """The host of the command line."""

    def read(self, path: Path) -> Review:
        """See Host."""
        from wps_xl.sheets.review.reader import read_review

        return read_review(path)

    def write(self, review: Review, path: Path, written: dt.datetime) -> None:
        """See Host."""
        from wps_xl.sheets.review.writer import write_review

        refuse_if_open(path)
        lock = path.with_name(f".{path.name}.lock")
        try:
            with FileLock(lock, timeout=_WAIT):
                write_review(review, path, written)
        except Timeout:
            raise OutputError(
                f"{path.name} is being written by another run of wps_xl. Wait, then try again."
            ) from None
        finally:
            lock.unlink(missing_ok=True)


def refuse_if_open(path: Path) -> None:
    """Raise OutputError while Excel's lock file lies beside the workbook."""
    lock = path.with_name(f"~${path.name}")
    if lock.exists():
        raise OutputError(
            f"{path.name} is open in Excel ({lock.name} lies beside it). "
            "Save and close it, then try again. Nothing was changed."
        )
    if not path.parent.is_dir():
        raise OutputError(f"The folder {path.parent} does not exist. Make it, then try again.")
