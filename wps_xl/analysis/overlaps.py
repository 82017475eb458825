"""Overlaps: initiatives that could be joined, and rows that look like one (paras. 43, 58 (g))."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from wps_xl.analysis.joint import Joint, own_name
from wps_xl.analysis.wording import Worded, alike
from wps_xl.intake.twice import TELLING, said
from wps_xl.records import Activity, Initiative, Measure
from wps_xl.review.crosswalk import theme_of
from wps_xl.review.workbook import Review

# More pairs than this nobody reads; the rest is counted.
MOST_PAIRS = 20_000
LIKE_FIGURES, LIKE_WORDS = 0.05, 0.5
_WORD = re.compile(r"\w{4,}")


@dataclass(frozen=True)
class Side:
    """One initiative of a pair."""

    entity: str
    number: str
    title: str


@dataclass(frozen=True)
class Pair:
    """Two initiatives of two entities in one thematic area, strategy and country; codes."""

    theme: str
    strategy: str
    countries: tuple[str, ...]
    one: Side
    other: Side


@dataclass(frozen=True)
class Likeness:
    """Two rows of Progress that look like one joint activity; ``why`` says what they share.

    ``area`` is that of the first, its thematic area where it names no other. Each has its cell in
    sheet Progress of the review workbook.
    """

    area: str
    one: str
    one_text: str
    one_cell: str
    other: str
    other_text: str
    other_cell: str
    why: str


Bucket = tuple[str, str, str]
"""Thematic area, strategy, country."""


def pairs(review: Review, known: Joint) -> tuple[list[Pair], int]:
    """Pairs of initiatives that share theme, country and strategy, and how many there are in all.

    The number counts a pair once for each country that it shares. Initiatives that are joint
    already, as ``known`` says, are no pair, nor are two of one entity.
    """
    buckets = _buckets(review)
    found: dict[tuple[str, str, int, int], list[str]] = {}
    sides: dict[int, Side] = {}
    everything = 0
    for (area, strategy, country), members in sorted(buckets.items()):
        for one, other in _partners(members, known):
            everything += 1
            if everything <= MOST_PAIRS:
                key = (area, strategy, one[0], other[0])
                found.setdefault(key, []).append(country)
                sides[one[0]], sides[other[0]] = one[1], other[1]
    listed = [
        Pair(area, strategy, tuple(countries), sides[one], sides[other])
        for (area, strategy, one, other), countries in found.items()
    ]
    return sorted(listed, key=lambda pair: -len(pair.countries)), everything


Member = tuple[int, Side]


def _buckets(review: Review) -> dict[Bucket, list[Member]]:
    buckets: dict[Bucket, list[Member]] = {}
    for row in review.rows(Initiative):
        area = theme_of(row, review.codebook)
        side = Side(row.entity, row.initiative_id, row.title)
        for country in row.countries:
            if area and row.strategy:
                buckets.setdefault((area, row.strategy, country), []).append((row.at, side))
    return buckets


def _partners(members: Sequence[Member], known: Joint) -> Iterator[tuple[Member, Member]]:
    for one, other in combinations(members, 2):
        if one[1].entity != other[1].entity and known.groups[one[0]] != known.groups[other[0]]:
            yield one, other


@dataclass(frozen=True)
class _Candidate:
    number: int
    cell: str
    own: str
    area: str
    partners: frozenset[str]
    told: Worded
    figures: tuple[float, ...]

    @property
    def entity(self) -> str:
        return self.told.entity

    @property
    def wording(self) -> str:
        return self.told.wording


def likenesses(review: Review, known: Joint) -> list[Likeness]:
    """Rows of Progress that name each other's entity in one area, with like figures, those that say
    the same in the same words, and those of two entities that say it in like words.

    Proposed for ``Same activity as``: nothing is merged before the office says so. Where neither
    row has figures, half of their words must be the same. ``known`` says what is joint already.
    """
    by_place: dict[tuple[str, str], list[_Candidate]] = {}
    candidates = list(_candidates(review))
    for candidate in candidates:
        by_place.setdefault((candidate.area, candidate.entity), []).append(candidate)
    found = []
    for (area, entity), members in sorted(by_place.items()):
        for one in members:
            for partner in sorted(name for name in one.partners if name > entity):
                for other in by_place.get((area, partner), ()):
                    why = _likeness(one, other)
                    if why and known.groups[one.number] != known.groups[other.number]:
                        found.append(_proposal(one, other, why))
    first: dict[frozenset[str], Likeness] = {}
    for item in chain(
        found, _said_twice(candidates, known), _said_alike(candidates, known, review)
    ):
        first.setdefault(frozenset((item.one, item.other)), item)
    return list(first.values())


def _said_twice(candidates: Sequence[_Candidate], known: Joint) -> Iterator[Likeness]:
    """Rows in the same words, each with the first that says so, whoever reports them."""
    first: dict[str, _Candidate] = {}
    for candidate in candidates:
        words = said([candidate.wording])
        if len(candidate.wording.split()) < TELLING:
            continue
        before = first.setdefault(words, candidate)
        if (
            before is not candidate
            and known.groups[before.number] != known.groups[candidate.number]
        ):
            yield _proposal(before, candidate, "the same words")


def _said_alike(
    candidates: Sequence[_Candidate], known: Joint, review: Review
) -> Iterator[Likeness]:
    """Rows of two entities of which neither names the other, in like words."""
    names = (
        f"{code} {e['short']} {e['name']}"
        for code, e in review.codebook["entities"].entries.items()
    )
    for at, of, why in alike([candidate.told for candidate in candidates], frozenset(names)):
        one, other = candidates[at], candidates[of]
        named = one.entity in other.partners or other.entity in one.partners
        if not named and known.groups[one.number] != known.groups[other.number]:
            yield _proposal(one, other, why)


def _proposal(one: _Candidate, other: _Candidate, why: str) -> Likeness:
    return Likeness(
        one.area,
        own_name(one.entity, one.own),
        one.wording,
        one.cell,
        own_name(other.entity, other.own),
        other.wording,
        other.cell,
        why,
    )


def _candidates(review: Review) -> Iterator[_Candidate]:
    figures = _figures(review)
    for row in review.rows(Activity):
        if row.activity:
            own, place = row.activity_id, row.area or row.thematic_area
            told = Worded(
                row.entity,
                frozenset(filter(None, (row.area, row.thematic_area))),
                frozenset(row.countries),
                (row.raw("start"), row.raw("end")),
                row.activity,
            )
            cell, known = row.cell_of("activity").a1, tuple(figures.get((row.entity, own), ()))
            yield _Candidate(row.at, cell, own, place, frozenset(row.joint_with), told, known)


def _figures(review: Review) -> Mapping[tuple[str, str], list[float]]:
    found: dict[tuple[str, str], list[float]] = {}
    for row in review.rows(Measure):
        given = (row.value, row.numerator, row.denominator, row.amount_usd)
        figures = [figure for figure in given if figure is not None and figure > 0]
        found.setdefault((row.entity, row.activity_id), []).extend(figures)
    return found


def _likeness(one: _Candidate, other: _Candidate) -> str:
    """What two rows share, blank where they are not alike."""
    if one.entity not in other.partners:
        return ""
    for figure in one.figures:
        for like in other.figures:
            if abs(figure - like) <= LIKE_FIGURES * max(figure, like):
                return f"name each other; figures {figure:,g} and {like:,g}"
    if one.figures or other.figures:
        return ""
    words, others = (set(_WORD.findall(row.wording.casefold())) for row in (one, other))
    shared, either = words & others, words | others
    if either and len(shared) >= LIKE_WORDS * len(either):
        return f"name each other; {len(shared)} of {len(either)} words are the same"
    return ""
