"""Joint activities: which rows are one, and which of them speaks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from wps_xl.model.text import letters
from wps_xl.records import Activity, Initiative, codes
from wps_xl.review.columns import sheet_of
from wps_xl.review.workbook import Review

LEAD = "lead"
KINDS: Mapping[str, type[Activity] | type[Initiative]] = {
    kind.sheet_name: kind for kind in (Activity, Initiative)
}
"""The data sheets whose rows may be joint."""
RowId = tuple[str, str]
"""Entity and the number of a row within it."""
T = TypeVar("T")


@dataclass(frozen=True)
class Joint:
    """The rows of one data sheet that stand for the same thing.

    ``groups`` gives each row its group, ``leads`` are the rows whose entity leads, ``speakers``
    has one row a group: the lead's, else the first in entity order.
    """

    groups: Mapping[int, str]
    ids: Mapping[RowId, int]
    leads: frozenset[int]
    speakers: frozenset[int]


class Links:
    """Names that turn out to be one; the first that was named stands for all of them."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def one(self, name: str) -> str:
        """The name that stands for ``name``."""
        seen = [name]
        while (above := self._above.get(seen[-1])) is not None:
            seen.append(above)
        for passed in seen[:-1]:
            self._above[passed] = seen[-1]
        return seen[-1]

    def join(self, name: str, other: str) -> None:
        """Say that the two are one."""
        first, second = self.one(name), self.one(other)
        if first != second:
            self._above[second] = first


def joint(review: Review, sheet: str) -> Joint:
    """The joint activities of Progress or the joint initiatives: by name, or by the office."""
    key = sheet_of(review.codebook, sheet).key
    links = Links()
    names: dict[int, str] = {}
    ids: dict[RowId, int] = {}
    leads = set()
    entities: dict[int, str] = {}
    rows: Sequence[Activity | Initiative] = review.rows(KINDS[sheet])
    for row in rows:
        entity, own = row.entity, getattr(row, key)
        ids[entity, own] = row.at
        entities[row.at] = entity
        names[row.at] = own_name(entity, own)
        shared = letters(row.joint_key)
        if shared:
            links.join(f"joint {shared}", names[row.at])
        if row.role == LEAD:
            leads.add(row.at)
    for row in rows:
        for other in same_as(row.same_activity_as):
            if other in ids:
                links.join(own_name(*other), names[row.at])
    groups = {number: links.one(name) for number, name in names.items()}
    speakers = one_of_each(review, groups, leads, entities)
    return Joint(groups, ids, frozenset(leads), frozenset(speakers))


def own_name(entity: str, number: str) -> str:
    """How a row is named in ``Same activity as``."""
    return f"{entity}:{number}"


def same_as(said: str) -> Iterator[RowId]:
    """The rows that ``Same activity as`` of a row names."""
    for part in codes(said):
        entity, colon, number = part.partition(":")
        if colon:
            yield entity.strip(), number.strip()


def one_of_each(
    review: Review, groups: Mapping[int, str], leads: Iterable[int], entities: Mapping[int, str]
) -> set[int]:
    """One row of each group: the lead's, else the first in entity order."""
    rank, leading = review.codebook["entities"].rank, set(leads)
    best: dict[str, tuple[bool, int, int]] = {}
    for number, group in groups.items():
        place = (number not in leading, rank(entities[number]), number)
        best[group] = min(best.get(group, place), place)
    return {place[2] for place in best.values()}
