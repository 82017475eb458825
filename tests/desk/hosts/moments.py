"""The moments of a run at which a folder changes: between two of them a kill makes no difference.

What a process has written is what its calls of the system did; those that change a folder are told
of by Python itself, each before it is done.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

Content = Mapping[str, bytes | None]
"""Path from the folder to bytes; None for a folder."""
Act = Callable[[str, Path], None]

_CHANGING = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate", "os.link"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_WATCHED: list[tuple[Path, Act]] = []
KILLS = 60


def _hook(event: str, words: tuple[object, ...]) -> None:
    changes = event in _CHANGING or (event == "open" and bool(int(str(words[2] or 0)) & _WRITING))
    if not _WATCHED or not changes or not isinstance(words[0], str | Path):
        return
    (folder, act), path = _WATCHED[-1], Path(words[0])
    if path.is_relative_to(folder):
        # What the act does itself is no moment of the run.
        watched = _WATCHED.pop()
        act(event, path)
        _WATCHED.append(watched)


sys.addaudithook(_hook)


@contextmanager
def watched(folder: Path, act: Act) -> Iterator[None]:
    """Call ``act`` before each change of the folder by this process."""
    _WATCHED.append((folder, act))
    try:
        yield
    finally:
        _WATCHED.pop()


def content(folder: Path) -> dict[str, bytes | None]:
    """All that stands in a folder."""
    found = sorted(folder.rglob("*"))
    return {str(p.relative_to(folder)): p.read_bytes() if p.is_file() else None for p in found}


def lay(state: Content, folder: Path) -> Path:
    """A folder with just this in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, found in state.items():
        place = folder / name
        place.mkdir() if found is None else place.write_bytes(found)
    return folder


class States:
    """What a kill at any moment of a run leaves in a folder, each once."""

    def __init__(self, folder: Path, run: Callable[[], None]) -> None:
        self._seen: list[Content] = []
        self.opened: set[str] = set()

        def look(event: str, path: Path) -> None:
            self._seen.append(content(folder))
            # A temporary file is announced by its folder first.
            if event == "open" and not path.is_dir():
                self.opened.add(str(path.relative_to(folder)))

        with watched(folder, look):
            run()
        self._seen.append(content(folder))
        self.before, self.after = self._seen[0], self._seen[-1]
        self.changes = len(self._seen)

    def __iter__(self) -> Iterator[Content]:
        known: set[int] = set()
        for state in self._all():
            key = hash(tuple(state.items()))
            if key not in known:
                known.add(key)
                yield state

    def _all(self) -> Iterator[Content]:
        """The states seen, and between two of them those of a file that is being written."""
        files = [name for name in self.opened if name.endswith(".tmp")]
        pieces = KILLS // len(files)
        for now, then in zip(self._seen, self._seen[1:], strict=False):
            yield now
            for name in then.keys() & files:
                found = then[name] or b""
                if found != now.get(name):
                    lengths = (len(found) * part // pieces for part in range(pieces))
                    yield from ({**now, name: found[:length]} for length in lengths)
        yield self.after
