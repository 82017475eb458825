"""What a command did besides, for the person who ran it: backups made, cells kept in Notes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_SAID: ContextVar[list[str] | None] = ContextVar("notices", default=None)


def tell(sentence: str) -> None:
    """Have the sentence shown below what the command itself says, once."""
    said = _SAID.get()
    if said is not None and sentence not in said:
        said.append(sentence)


@contextmanager
def collected() -> Iterator[list[str]]:
    """What is told while a command runs."""
    said: list[str] = []
    token = _SAID.set(said)
    try:
        yield said
    finally:
        _SAID.reset(token)
