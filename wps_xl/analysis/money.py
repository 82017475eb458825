"""Money to the cent: what activities cost, a joint figure once, and what plans ask for (para. 35).

Amounts are added as whole cents, so that no sum depends on the order of its rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from wps_xl.analysis.joint import Joint, Links, joint, own_name, same_as
from wps_xl.model import CellRef
from wps_xl.records import Measure, Resource, alike
from wps_xl.review.workbook import Review

CORE, EXTRABUDGETARY = "core", "extrabudgetary"


@dataclass(frozen=True)
class Amount:
    """One accepted row of Measures with an amount, in cents.

    ``counted`` is False where another row states the same joint figure. ``activity`` is the row
    of Progress that it belongs to, None where there is none.
    """

    row: Measure
    cents: int
    activity: int | None
    counted: bool

    @property
    def entity(self) -> str:
        """Who reported it."""
        return self.row.entity

    @property
    def precision(self) -> str:
        """Whether it is exact, which it is unless the entity says otherwise."""
        return self.row.precision or "exact"

    @property
    def cell(self) -> CellRef:
        """The cell that states it."""
        return self.row.cell_of("amount_usd")


@dataclass(frozen=True)
class Share:
    """One amount of one source in one row of Resources: an entity's own share, in cents."""

    row: Resource
    source: str
    cents: int

    @property
    def entity(self) -> str:
        """Who plans it."""
        return self.row.entity

    @property
    def initiative(self) -> tuple[str, str]:
        """What it is planned for: entity and number of an initiative."""
        return self.row.entity, self.row.initiative_id

    @property
    def cell(self) -> CellRef:
        """The cell that states it."""
        return self.row.cell_of(f"{self.source}_usd")


def cents(value: float) -> int:
    """US dollars as whole cents; halves are rounded up, as people do."""
    if isinstance(value, int):
        return value * 100
    return int((Decimal(repr(value)) * 100).to_integral_value(ROUND_HALF_UP))


def dollars(found: int) -> float:
    """Cents as US dollars."""
    return found // 100 if found % 100 == 0 else found / 100


def totals(review: Review) -> dict[str, float]:
    """The control totals over the workbook, in US dollars, to the cent."""
    planned = shares(review)
    return {
        "amount_usd": float(dollars(sum(item.cents for item in amounts(review) if item.counted))),
        "core_usd": _planned(planned, CORE),
        "extrabudgetary_usd": _planned(planned, EXTRABUDGETARY),
    }


def _planned(found: Sequence[Share], source: str) -> float:
    return float(dollars(sum(share.cents for share in found if share.source == source)))


def amounts(review: Review, activities: Joint | None = None) -> list[Amount]:
    """The amounts of Measures; of a joint figure the lead's counts, else the first's.

    A figure is joint where the same words measure it under the same joint activity, or where
    rows of Measures are linked by ``Same activity as``.
    """
    rows = [row for row in review.rows(Measure) if row.amount_usd is not None]
    if not rows:
        return []
    known = activities or joint(review, "Progress")
    figures = _figures(rows, known)
    counted = _counted(review, rows, known, figures)
    return [
        Amount(
            row,
            cents(row.amount_usd or 0),
            known.ids.get((row.entity, row.activity_id)),
            row.at in counted,
        )
        for row in rows
    ]


def _figures(rows: Sequence[Measure], known: Joint) -> dict[int, str]:
    """Row of Measures to the figure that it states."""
    links = Links()
    figures, ids = {}, {}
    for row in rows:
        place = known.ids.get((row.entity, row.activity_id))
        alone = own_name(row.entity, row.activity_id)
        group = known.groups[place] if place is not None else alone
        figures[row.at] = f"{group} / {alike(row.measure)}"
        ids[row.entity, row.measure_id] = row.at
    for row in rows:
        for other in same_as(row.same_activity_as):
            if other in ids:
                links.join(figures[ids[other]], figures[row.at])
    return {at: links.one(figure) for at, figure in figures.items()}


def _counted(
    review: Review, rows: Sequence[Measure], known: Joint, figures: Mapping[int, str]
) -> set[int]:
    """The rows that count: of each figure those of the lead, else of the first entity.

    What the office links to another row of the same entity is that row said twice.
    """
    rank = review.codebook["entities"].rank
    owner: dict[str, tuple[bool, int, str]] = {}
    for row in rows:
        activity = known.ids.get((row.entity, row.activity_id))
        place = (activity not in known.leads, rank(row.entity), row.entity)
        owner[figures[row.at]] = min(owner.get(figures[row.at], place), place)
    return {
        row.at
        for row in rows
        if owner[figures[row.at]][2] == row.entity
        and not any(entity == row.entity for entity, _ in same_as(row.same_activity_as))
    }


def shares(review: Review) -> list[Share]:
    """The amounts of Resources, core and extrabudgetary apart (shares add up)."""
    return [
        Share(row, source, cents(asked))
        for row in review.rows(Resource)
        for source, asked in ((CORE, row.core_usd), (EXTRABUDGETARY, row.extrabudgetary_usd))
        if asked is not None
    ]
