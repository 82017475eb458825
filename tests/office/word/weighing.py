"""How verbs end on drafts, and what they take: for a process of its own, which finds what it is to
call by the name of a module."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workbooks import run

VERBS = ("check", "update", "clean")


@dataclass(frozen=True)
class Ended:
    """How a verb ended: exit status, what it said, CPU time [s], whether a file was written."""

    status: int
    said: str
    seconds: float
    wrote: bool


Weighed = tuple[Mapping[tuple[str, str], Ended], int]


def words(verb: str, draft: Path, workbook: Path, target: Path) -> list[str | Path]:
    """What somebody types for a verb."""
    if verb == "check":
        return ["check", draft, "--workbook", workbook]
    clean = ["--clean"] if verb == "clean" else []
    return ["report", workbook, "--out", target, "--update", draft, *clean]


def seconds_of_all() -> float:
    """CPU time of this process and of the child that reads for it."""
    from wps_xl.office.word import opening

    found = time.process_time()
    child = opening.reader().pid
    if sys.platform == "linux" and child is not None:
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
        found += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return found


def ended(folder: Path, drafts: list[Path]) -> tuple[dict[tuple[str, str], Ended], int]:
    """Every verb on every draft, and the memory that this process took [bytes]."""
    workbook, target = folder / "review.xlsx", folder / "out.docx"
    found = {}
    for draft in drafts:
        for verb in VERBS:
            before = seconds_of_all()
            result = run(*words(verb, draft, workbook, target))
            seconds = max(seconds_of_all() - before, 0)
            found[draft.stem, verb] = Ended(
                result.exit_code, result.output, seconds, target.exists()
            )
            target.unlink(missing_ok=True)
    return found, memory()


def memory() -> int:
    """The most memory that this process had, where the system tells [bytes].

    What the system counts over all programs of a process begins with that of its parent.
    """
    if sys.platform != "linux":
        return 0
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    (most,) = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
    return int(most) << 10
