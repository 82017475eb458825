"""Files on their way to the disk, whole or not at all."""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from wps_xl.errors import OutputError
from wps_xl.places import unwritable


def replace(
    target: Path,
    content: bytes | Callable[[IO[bytes]], None],
    last: Callable[[], None] | None = None,
) -> None:
    """Put the content at ``target`` in one step: a kill leaves the old file or the new one.

    ``last`` is called when all is ready for that step; what it raises leaves the old file.
    What a killed run left beside the target is ``.NAME.*.tmp``; see ``sweep``.

    Raises
    ------
    OutputError
        Where the file cannot be written, for example while Excel holds it open.
    """
    try:
        put(target, content, last)
    except OSError as fault:
        raise OutputError(unwritable(target, fault)) from fault


def put(
    target: Path,
    content: bytes | Callable[[IO[bytes]], None],
    last: Callable[[], None] | None = None,
) -> None:
    """As ``replace``; OSError where the file cannot be written."""
    beside = ""
    try:
        with tempfile.NamedTemporaryFile(
            dir=target.parent, prefix=f".{target.name}.", suffix=".tmp", delete=False
        ) as file:
            beside = file.name
            if isinstance(content, bytes):
                file.write(content)
            else:
                content(file)
            file.flush()
            os.fsync(file.fileno())
        _keep_rights(target, Path(beside))
        if last:
            last()
        Path(beside).replace(target)
    finally:
        if beside:
            with contextlib.suppress(OSError):
                Path(beside).unlink(missing_ok=True)


def _keep_rights(target: Path, beside: Path) -> None:
    """Let those read and write the new file who could the old one; else as any new file."""
    if target.exists():
        shutil.copymode(target, beside)
    elif os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        beside.chmod(0o666 & ~mask)


def sweep(target: Path) -> None:
    """Remove what a killed run left beside the target; nobody else may be writing it."""
    for left in target.parent.glob(f".{glob.escape(target.name)}.*.tmp"):
        left.unlink(missing_ok=True)
