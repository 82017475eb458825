"""A column of codes of a list; other words are told when its cells are read."""

from __future__ import annotations

from collections.abc import Mapping

from wps_xl.codebook import CodeList
from wps_xl.rules.conditions import Condition, unlisted
from wps_xl.rules.kind import At, Kind

SHORT_LIST = 7


def _says(at: At) -> str:
    column = at.column
    if column.type != "code":
        return "Yes or No."
    codes = at.codebook[column.list_name]
    if len(codes) <= SHORT_LIST:
        labels = "; ".join(codes.label(code) for code in codes)
        # Said before the labels, which may be longer than what Excel shows.
        several = "One or more of these, separated by semicolons" if column.many else "One of"
        return f"{several}: {labels}."
    if column.many:
        return "Codes or names from the list. Several are separated by semicolons."
    return "A code or name from the list."


def _unlisted(at: At) -> Mapping[str, Condition]:
    # Unknown codes among several in one cell are found when the form arrives.
    codes = at.codebook[at.column.list_name]
    found = unlisted(at.code, codes.name, words_of(codes))
    return {} if at.column.many else {"list-value": found}


def labels_of(codes: CodeList) -> list[str]:
    """The labels of a list, each once."""
    return list({entry.label.casefold(): entry.label for entry in codes.entries.values()}.values())


def words_of(codes: CodeList) -> list[str]:
    """What a cell may say for the codes of a list: labels first, then codes, then other words."""
    entries = codes.entries.values()
    words = {label.casefold(): label for label in labels_of(codes)}
    for word in (*(e.code for e in entries), *(word for e in entries for word in e.also)):
        words.setdefault(word.casefold(), word)
    return list(words.values())


KIND = Kind(applies=lambda at: bool(at.column.list_name), says=_says, formulas=_unlisted)
