"""The texts of the forms that are in no definition, from ``words.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

AUTHOR = "wps_xl"
"""Who our notes say wrote them, in forms and in correction copies."""
_FILE = Path(__file__).with_name("words.toml")


def words(part: str) -> Mapping[str, str]:
    """The texts of one part of the forms, by key."""
    return _all()[part]


@cache
def _all() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
