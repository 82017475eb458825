"""What came of files, how long it took and how much memory: for a process of its own, which finds
what it is to call by the name of a module."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path

from wps_xl.intake.open import read_books
from wps_xl.model import Book, Unreadable


@dataclass(frozen=True)
class Timed:
    """What came of one file and how long it took [s]."""

    read: Book | Unreadable
    seconds: float


def timed(paths: list[Path]) -> dict[str, Timed]:
    """Every file read as ``read_books`` reads it, by name."""
    found: dict[str, Timed] = {}
    before = time.monotonic()
    for path, read in zip(paths, read_books(paths), strict=True):
        found[path.name] = Timed(read, time.monotonic() - before)
        before = time.monotonic()
    return found


def memory_of_children() -> int:
    """The most that any child of this process has taken so far [bytes]; 0 where nobody counts."""
    if sys.platform == "linux":
        import resource

        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10
    return 0


def weighed(paths: list[Path]) -> tuple[dict[str, Timed], int]:
    """What ``timed`` says, and the memory that the reading took [bytes]."""
    return timed(paths), memory_of_children()
