"""What a command did besides, for the person who ran it: backups made, cells kept in Notes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_SAID: ContextVar[list[str] | None] = ContextVar("notices", default=None)
_STAYS: ContextVar[list[str] | None] = ContextVar("stays", default=None)


def tell(sentence: str) -> None:
    """Have the sentence shown below what the command itself says, once."""
    said = _SAID.get()
    if said is not None and sentence not in said:
        said.append(sentence)


def stays(sentence: str) -> None:
    """Have the sentence shown also where the command fails later: what it tells of was done."""
    tell(sentence)
    _keep(sentence)


def was_written(what: str) -> None:
    """Have files named that stand already where the command fails later."""
    _keep(f"Written before that, and still there: {what}")


def _keep(sentence: str) -> None:
    done = _STAYS.get()
    if done is not None and sentence not in done:
        done.append(sentence)


@contextmanager
def done_before_faults() -> Iterator[list[str]]:
    """What was done by a command that may fail later."""
    done: list[str] = []
    token = _STAYS.set(done)
    try:
        yield done
    finally:
        _STAYS.reset(token)


@contextmanager
def collected() -> Iterator[list[str]]:
    """What is told while a command runs."""
    said: list[str] = []
    token = _SAID.set(said)
    try:
        yield said
    finally:
        _SAID.reset(token)
