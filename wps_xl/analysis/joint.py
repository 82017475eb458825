"""Joint activities: which rows are one, and which of them speaks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from wps_xl.model import Value
from wps_xl.review.columns import alike, codes, headings, sheet_of, text
from wps_xl.review.layout import ENTITY, SAME_AS
from wps_xl.review.workbook import Review

LEAD = "lead"
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
    heading = headings(review.codebook, sheet)
    key = heading[sheet_of(review.codebook, sheet).key]
    links = Links()
    names: dict[int, str] = {}
    ids: dict[RowId, int] = {}
    leads = set()
    entities: dict[int, str] = {}
    records = review.records(sheet)
    for number, row in records:
        entity, own = text(row[ENTITY]), text(row[key])
        ids[entity, own] = number
        entities[number] = entity
        names[number] = own_name(entity, own)
        shared = alike(row[heading["joint_key"]])
        if shared:
            links.join(f"joint {shared}", names[number])
        if row[heading["role"]] == LEAD:
            leads.add(number)
    for number, row in records:
        for other in same_as(row):
            if other in ids:
                links.join(own_name(*other), names[number])
    groups = {number: links.one(name) for number, name in names.items()}
    speakers = one_of_each(review, groups, leads, entities)
    return Joint(groups, ids, frozenset(leads), frozenset(speakers))


def own_name(entity: str, number: str) -> str:
    """How a row is named in ``Same activity as``."""
    return f"{entity}:{number}"


def same_as(row: Mapping[str, Value]) -> Iterator[RowId]:
    """The rows that the office says are the same as this one."""
    for part in codes(row.get(SAME_AS)):
        entity, colon, number = part.partition(":")
        if colon:
            yield entity.strip(), number.strip()


def one_of_each(
    review: Review, groups: Mapping[int, str], leads: Iterable[int], entities: Mapping[int, str]
) -> set[int]:
    """One row of each group: the lead's, else the first in entity order."""
    order, leading = ranks(review), set(leads)
    best: dict[str, tuple[bool, int, int]] = {}
    for number, group in groups.items():
        place = (number not in leading, order.get(entities[number], len(order)), number)
        best[group] = min(best.get(group, place), place)
    return {place[2] for place in best.values()}


def ranks(review: Review) -> Mapping[str, int]:
    """Entity to its place in the entity order."""
    return {code: at for at, code in enumerate(review.codebook["entities"])}
