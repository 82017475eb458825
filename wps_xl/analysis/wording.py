"""Rows of two entities that say the same in other words (S/2007/567, para. 43).

Words are alike where they begin alike, so that “trained” is “training” and “Liberian” is “Liberia”.
Only rows that share a country, or an area where one of them names none, are held against each
other, and of these only rows with a word that few others of the place have.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from wps_xl.intake.twice import Days, at_one_time

LIKE_WORDS, LIKE_WORDS_OF_A_COUNTRY = 0.5, 0.4
"""The share of their words that two rows must have in common."""
_LEAST = 4
# Words that more rows of one place have say little about any of them.
_OFTEN = 12
_WORD, _LONG = re.compile(r"\w{2,}"), 4
_BEGINS = 5
_FIGURE = re.compile(r"\d[\d,.\u00a0]*\d|\d")
# A word with a capital letter that does not begin a sentence.
_NAME = re.compile(r"(?<![.!?:] )(?<!^)\b[A-ZÀ-ÞА-Я]\w+")


@dataclass(frozen=True)
class Worded:
    """What is held against other rows: where and when it was, and in which words it is told."""

    entity: str
    areas: frozenset[str]
    countries: frozenset[str]
    days: Days
    wording: str

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(_begins(self.wording))

    @property
    def places(self) -> frozenset[str]:
        return self.countries | self.areas


def _begins(text: str, least: int = _LONG) -> Iterator[str]:
    for word in _WORD.findall(text.casefold()):
        if len(word) >= least and not word.isdigit():
            yield word[:_BEGINS]


def alike(rows: Sequence[Worded], own: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """Pairs of rows of two entities that look like one, and what they share.

    ``own`` are the names of entities: these may differ, as each entity tells of itself.
    """
    names = frozenset(word for name in own for word in _begins(name, 2))
    for one, other in sorted(_near(rows)):
        why = _shared(rows[one], rows[other], names)
        if why:
            yield one, other, why


def _near(rows: Sequence[Worded]) -> set[tuple[int, int]]:
    """Pairs of rows of one place with two words that few others there have."""
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        if len(row.words) >= _LEAST:
            for place in row.places:
                for word in row.words:
                    members[place, word].append(at)
    shared: Counter[tuple[str, int, int]] = Counter()
    for (place, _), some in members.items():
        if 1 < len(some) <= _OFTEN:
            shared.update((place, *pair) for pair in combinations(some, 2))
    return {(one, other) for (_, one, other), often in shared.items() if often > 1}


def _shared(one: Worded, other: Worded, names: frozenset[str]) -> str:
    """What two rows share, blank where they are not alike."""
    if one.entity == other.entity or not at_one_time(one.days, other.days):
        return ""
    countries = one.countries & other.countries
    if one.countries and other.countries and not countries:
        return ""
    words, either = one.words & other.words, one.words | other.words
    share = LIKE_WORDS_OF_A_COUNTRY if countries else LIKE_WORDS
    if len(words) < _LEAST or len(words) < share * len(either):
        return ""
    if _each_has_its_own(_figures(one), _figures(other)):
        return ""
    if _each_has_its_own(_names(one) - names, _names(other) - names):
        return ""
    place = "one country" if countries else "one area"
    return f"{place}; {len(words)} of {len(either)} words are alike"


def _each_has_its_own(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether something of one row stands in the place of something of the other."""
    return bool(one - other and other - one)


def _figures(row: Worded) -> frozenset[str]:
    return frozenset(re.sub(r"\D", "", figure) for figure in _FIGURE.findall(row.wording))


def _names(row: Worded) -> frozenset[str]:
    found = _NAME.findall(row.wording)
    return frozenset(word for name in found for word in _begins(name, 2))
