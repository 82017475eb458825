"""The one normal form of the numbers of rows: A-1, a 1, A1 and A-01 are one number."""

from __future__ import annotations

import re
from functools import lru_cache

_PART = re.compile(r"[^\W\d_]+|\d+")


@lru_cache(maxsize=20_000)
def plain(number: str) -> str:
    """The letters and digits of a number; between two numbers or two words stands a hyphen."""
    said = ""
    for part in _PART.findall(number.casefold()):
        part = part.lstrip("0") or "0" if part.isdecimal() else part
        between = "-" if said and said[-1].isdecimal() == part.isdecimal() else ""
        said += between + part
    return said or number.casefold()
