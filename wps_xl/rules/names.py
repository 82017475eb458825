"""The defined names that conditions of a form use: the words of a list, the keys in a column."""

from __future__ import annotations

import re


def words(name: str) -> str:
    """The name of the cells with all words that are right for a list."""
    return f"ok_{plain(name)}"


def keys(sheet: str, code: str) -> str:
    """The name of a formula that gives the keys in a column, with 1 in front below its heading."""
    return f"col_{plain(sheet)}_{plain(code)}"


def plain(name: str) -> str:
    """A name as Excel takes it."""
    return re.sub(r"\W", "_", name)
