"""What the office typed that names other rows: it follows them when they are numbered anew.

``Same activity as`` holds ``ENTITY:number``; a sentence of the office may name a measure in its
slots (``{M-2.value}``, ``{UNDP:M-2.value}``, ``{P4 | measure = M-2}``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from wps_xl.forms.definitions import data_sheets
from wps_xl.model import Value
from wps_xl.records import codes, text
from wps_xl.review.decisions import Decided, Followed, named
from wps_xl.review.layout import OUR_WORDING, SAME_AS
from wps_xl.review.workbook import Review

FIGURES = "Measures"
GONE = " gone"
_BRACES = re.compile(r"(?<!\{)\{[^{}\n]*\}(?!\})")
Renamed = Mapping[tuple[str, str], str]
"""Entity and number of a row of one data sheet to its number now, blank where it is gone."""


@dataclass(frozen=True)
class Broken:
    """Something of the office that named a row that is gone: what it was, and which row."""

    at: int
    heading: str
    text: str
    names: tuple[str, ...]


def renamed(
    review: Review, went: Followed, renewed: Collection[tuple[str, str]]
) -> dict[str, Renamed]:
    """By data sheet: the rows that have another number now, or are gone from a return read anew."""
    found: dict[str, Renamed] = {}
    for sheet in data_sheets(review.codebook):
        rows = review.gathered(sheet.name)
        names, places = named(review, sheet, rows), went.rows[sheet.name]
        here: dict[tuple[str, str], str] = {}
        for row in rows:
            if row.at in places:
                here[row.entity, names[row.at]] = places[row.at].row_id
            elif (row.entity, sheet.form) in renewed:
                here.setdefault((row.entity, names[row.at]), "")
        found[sheet.name] = {key: now for key, now in here.items() if now != key[1]}
    return found


def led_on(
    made: Sequence[Decided], names: Mapping[str, Renamed]
) -> tuple[list[Decided], list[Broken]]:
    """The decisions with the numbers that rows have now, and what named rows that are gone."""
    changed, broken = [], []
    for at, one in enumerate(made):
        entries, before = dict(one.entries), dict(one.before)
        for heading, old in one.entries.items():
            new, gone = _led_on(one, heading, old, names)
            if gone:
                broken.append(Broken(at, heading, text(old), tuple(gone)))
            if new == old:
                continue
            if heading in before and before[heading].raw("decision") == old:
                before[heading] = before[heading].but(decision=new)
            entries[heading] = new
        kept = {heading: value for heading, value in entries.items() if value is not None}
        changed.append(replace(one, entries=kept, before=before))
    return changed, broken


def _led_on(
    one: Decided, heading: str, value: Value, names: Mapping[str, Renamed]
) -> tuple[Value, list[str]]:
    if heading == SAME_AS and names.get(one.sheet):
        return same_as(value, names[one.sheet])
    if heading.startswith(OUR_WORDING) and names.get(FIGURES) and "{" in text(value):
        return _slots(text(value), one.entity, names[FIGURES])
    return value, []


def same_as(value: Value, names: Renamed) -> tuple[Value, list[str]]:
    """What ``Same activity as`` says with the numbers that rows have now, and which are gone."""
    parts, gone = [], []
    for part in codes(value):
        entity, _, number = (piece.strip() for piece in part.partition(":"))
        now = names.get((entity, number), number)
        if now != number:
            part = f"{entity}:{now}"
        if now:
            parts.append(part)
        else:
            gone.append(f"{entity}:{number}")
    same = tuple(parts) == codes(value)
    return value if same else "; ".join(parts) or None, gone


def _slots(value: str, owner: str, names: Renamed) -> tuple[str, list[str]]:
    numbers = "|".join(re.escape(n) for n in sorted({n for _, n in names}, key=len, reverse=True))
    place = re.compile(
        rf"(?P<before>measure\s*=\s*|(?<![\w.:-]))(?:(?P<entity>[^\s:{{}}|=]+):)?"
        rf"(?P<number>{numbers})(?P<after>\.(?=[A-Za-z])|(?=\s*[|}}]))"
    )
    gone: list[str] = []

    def now(match: re.Match[str]) -> str:
        if not match["after"] and not match["before"]:
            return match[0]
        entity = match["entity"] or owner
        number = names.get((entity, match["number"]), match["number"])
        if not number:
            gone.append(f"{entity}:{match['number']}")
            number = match["number"] + GONE
        prefix = f"{match['entity']}:" if match["entity"] else ""
        return f"{match['before']}{prefix}{number}{match['after']}"

    return _BRACES.sub(lambda slot: place.sub(now, slot[0]), value), gone
