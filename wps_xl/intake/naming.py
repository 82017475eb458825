"""What the name of a file says, where the file itself cannot: the entity and the form.

Forms are issued as ``<cycle>_<form>_<entity>.xlsx``, and mostly come back under that
name, with something before or behind it; some come as the sender calls them, by the entity alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from wps_xl.codebook import Codebook, Cycle
from wps_xl.model import Unreadable

# Somebody has a return open, which is another file; and what is attached to returns.
_NO_RETURN = frozenset({"lock-file", "other-file"})
_NO_FORM = "By its name it comes from {entity}; which form it is, the name does not say."
_LONGEST_WORD = 4
_NO_FILE_NAME = re.compile(r"[^\w.-]+")


def recognised(file: Unreadable, codebook: Codebook, cycle: Cycle) -> Unreadable:
    """The file with the entity and the form that its name says, and its date."""
    if file.code in _NO_RETURN:
        return file
    entity, form = _issued_to(file.path.stem, codebook, cycle)
    if not entity:
        entity = _named(file.path.stem, _names_of_entities(codebook))
        form = _named(file.path.stem, _names_of_forms(codebook)) if entity else ""
    if entity and not form:
        file = replace(file, reason=f"{file.reason} {_NO_FORM.format(entity=entity)}")
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


def _names_of_entities(codebook: Codebook) -> dict[str, tuple[str, ...]]:
    entries = codebook["entities"].entries
    return {code: (code, entry.label, entry["short"]) for code, entry in entries.items()}


def _names_of_forms(codebook: Codebook) -> dict[str, tuple[str, ...]]:
    return {code: (code, entry.label) for code, entry in codebook["forms"].entries.items()}


def _named(stem: str, names: Mapping[str, Sequence[str]]) -> str:
    """The code of the one thing that a file's name names in whole words; blank if none or several.

    Short names count in capitals only: who is also a word.
    """
    name = _NO_FILE_NAME.sub("-", stem)
    found: dict[str, str] = {}
    for code, called in names.items():
        for text in filter(None, called):
            plain = _NO_FILE_NAME.sub("-", text)
            case = re.IGNORECASE if len(plain) > _LONGEST_WORD else 0
            if re.search(rf"(?<![^\W_]){re.escape(plain)}(?![^\W_])", name, case):
                found[code] = max(found.get(code, ""), plain, key=len)
    # A longer name may hold a shorter one.
    whole = [
        code
        for code, said in found.items()
        if not any(said in other and said != other for other in found.values())
    ]
    return whole[0] if len(whole) == 1 else ""


def _plain(name: str) -> str:
    return _NO_FILE_NAME.sub("-", name).casefold()


def _modified(file: Unreadable) -> dt.datetime | None:
    try:
        return dt.datetime.fromtimestamp(file.path.stat().st_mtime).replace(microsecond=0)
    except OSError:
        return None
