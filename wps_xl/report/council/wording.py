"""Sentence patterns: rows of the sheet Wording, which staff may change for their cycle.

What stands under "Used when" is for people, save for the conditions named here: they say which of
several patterns with one key is meant.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence

from wps_xl import assets
from wps_xl.model import Footnote, Part
from wps_xl.office.word.ooxml import GAP
from wps_xl.records import Pattern
from wps_xl.report.editorial.style import PROFILES, UN
from wps_xl.review.workbook import Review

WITHIN = "within the opening list"
USAGE = "{profile} usage"
NOTE, LIST = "note", "list"
PROFILE = "profile"
_COUNTS = {"N", "n", LIST}
_SEVERAL = re.compile(r"\bentities\b")
_SLOT = re.compile(r"\{(\w+)\}")


def standard(review: Review) -> list[Pattern]:
    """The rows of sheet Wording as a new workbook gets them, from ``templates/wording.csv``."""
    with assets.path("templates/wording.csv").open(encoding="utf-8-sig", newline="") as lines:
        return [
            review.new(
                Pattern, key=row["key"], pattern=row["pattern"], used_when=row["used when"] or None
            )
            for row in csv.DictReader(lines)
        ]


class Wording:
    """The patterns of one workbook in its editorial usage; what staff deleted is the package's."""

    def __init__(self, review: Review) -> None:
        self.profile = PROFILES.get(review.text(PROFILE), UN)
        self._patterns: dict[str, list[tuple[str, frozenset[str]]]] = {}
        for rows in (review.rows(Pattern), standard(review)):
            known = set(self._patterns)
            for row in rows:
                if row.key and row.key not in known and row.pattern:
                    # Spaces at its ends are part of what it says.
                    pattern = str(row.raw("pattern")).replace(UN.aside, self.profile.aside)
                    when = _conditions(row.used_when)
                    self._patterns.setdefault(row.key, []).append((pattern, when))

    @property
    def keys(self) -> Sequence[str]:
        """The keys of all patterns."""
        return list(self._patterns)

    def __contains__(self, key: str) -> bool:
        return key in self._patterns

    def pattern(self, key: str, within: bool = False, counting: bool = False) -> str:
        """The pattern called ``key``; of several the one with most conditions, all of which hold.

        ``within`` says that all members of a list are members of the opening list; ``counting``
        asks for one that says how many or who, as "many entities" cannot be said of one.
        """
        holds = {USAGE.format(profile=self.profile.name)} | ({WITHIN} if within else set())
        candidates = self._patterns[key]
        if counting:
            exact = [one for one in candidates if _fits_one(one[0])]
            candidates = exact or candidates
        fitting = [candidate for candidate in candidates if candidate[1] <= holds]
        return max(fitting or candidates[:1], key=lambda candidate: len(candidate[1]))[0]

    def text(self, key: str, **slots: str) -> str:
        """A pattern without footnotes, filled."""
        return filled(self.pattern(key), slots)


def _fits_one(pattern: str) -> bool:
    """Whether a pattern can be said of one entity: it says how many or who, and not "entities"."""
    return bool(_COUNTS & set(slots_of(pattern))) and _SEVERAL.search(pattern) is None


def _conditions(when: str) -> frozenset[str]:
    known = {WITHIN, *(USAGE.format(profile=name) for name in PROFILES)}
    return frozenset(part.strip() for part in when.split(";")) & known


def filled(pattern: str, slots: Mapping[str, str]) -> str:
    """The pattern with its slots filled; where nothing fills one, a sign says so."""
    return _SLOT.sub(lambda match: slots.get(match[1], GAP), pattern)


def parts(pattern: str, slots: Mapping[str, str], note: Footnote | None) -> tuple[Part, ...]:
    """The pattern filled, cut at the place of its footnote.

    Where staff took both the list and the footnote out of it, the footnote stands at the end: no
    name is lost.
    """
    if note is not None and not {NOTE, LIST} & set(slots_of(pattern)):
        pattern += f"{{{NOTE}}}"
    found: list[Part] = []
    for at, piece in enumerate(pattern.split(f"{{{NOTE}}}")):
        if at and note is not None:
            found.append(note)
        if piece:
            found.append(filled(piece, slots))
    return tuple(found)


def slots_of(pattern: str) -> Sequence[str]:
    """The names between braces in a pattern."""
    return _SLOT.findall(pattern)
