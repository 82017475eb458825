"""The process that reads workbooks, kept for a whole run of tests, as a run of wps_xl keeps it for
all its files: to start it costs as much as to read five returns."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from wps_xl.intake import open as opening
from wps_xl.office.reading.process import MEMORY, Reader

TIMES = 200
"""How often one process is asked: what hostile files leave behind does not add up."""


class KeptReader(Reader):
    """A reader that stays when those who asked it have gone."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path.cwd()
        self.left = TIMES
        self.asked = False

    def __enter__(self) -> Reader:
        self.asked = True
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.left -= 1
        self.asked = False


_kept: list[KeptReader] = []


def reader(memory: int = MEMORY) -> Reader:
    """The kept reader; another one for another bound, while it is asked by somebody else, where
    another folder is the current one, and after many runs."""
    if memory != MEMORY or (_kept and _kept[0].asked):
        return Reader(memory)
    if _kept and (_kept[0].folder != Path.cwd() or not _kept[0].left):
        let_go()
    if not _kept:
        _kept.append(KeptReader())
    return _kept[0]


def keep() -> None:
    """Let wps_xl read with the kept reader from now on."""
    setattr(opening, "Reader", reader)  # noqa: B010


def let_go() -> None:
    """End the kept reader."""
    while _kept:
        _kept.pop().close()
