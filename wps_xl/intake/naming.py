"""What the name of a file says, where the file itself cannot: the entity and the form.

Forms are issued as ``<cycle>_<form>_<entity>.xlsx`` (contract 2), and mostly come back under that
name, with something before or behind it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from wps_xl.codebook import Codebook, Cycle
from wps_xl.model import Unreadable

# Somebody has a return open, which is another file; and what is attached to returns.
_NO_RETURN = frozenset({"lock-file", "other-file"})
_NO_FILE_NAME = re.compile(r"[^\w.-]+")


def recognised(file: Unreadable, codebook: Codebook, cycle: Cycle) -> Unreadable:
    """The file with the entity and the form that its name says, and its date."""
    if file.code in _NO_RETURN:
        return file
    entity, form = _issued_to(file.path.stem, codebook, cycle)
    return replace(file, entity=entity, form=form, modified=_modified(file))


def _issued_to(stem: str, codebook: Codebook, cycle: Cycle) -> tuple[str, str]:
    """Entity and form of the longest name of an issued form that the name holds; blank if none."""
    found = ("", "", "")
    name = _plain(stem)
    for form in codebook["forms"]:
        for entity in codebook["entities"]:
            issued = _plain(f"{cycle.code}_{form}_{entity}")
            if len(issued) > len(found[0]) and re.search(
                rf"(?<![^\W_]){re.escape(issued)}(?![^\W_])", name
            ):
                found = (issued, entity, form)
    return found[1], found[2]


def _plain(name: str) -> str:
    return _NO_FILE_NAME.sub("-", name).casefold()


def _modified(file: Unreadable) -> dt.datetime | None:
    try:
        return dt.datetime.fromtimestamp(file.path.stat().st_mtime).replace(microsecond=0)
    except OSError:
        return None
