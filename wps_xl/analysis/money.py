"""Money to the cent: what activities cost, a joint figure once, and what plans ask for (para. 35).

Amounts are added as whole cents, so that no sum depends on the order of its rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from wps_xl.analysis.joint import Joint, Links, joint, own_name, ranks, same_as
from wps_xl.model import Value
from wps_xl.review.columns import alike, headings, number, text
from wps_xl.review.layout import ENTITY
from wps_xl.review.workbook import Review

CORE, EXTRABUDGETARY = "core", "extrabudgetary"


@dataclass(frozen=True)
class Amount:
    """One accepted row of Measures with an amount, in cents.

    ``counted`` is False where another row states the same joint figure. ``activity`` is the row
    of Progress that it belongs to, None where there is none.
    """

    number: int
    entity: str
    cents: int
    source: str
    precision: str
    activity: int | None
    counted: bool


@dataclass(frozen=True)
class Share:
    """One amount of one source in one row of Resources: an entity's own share, in cents."""

    entity: str
    initiative: str
    year: Value
    source: str
    precision: str
    secured: str
    predictability: str
    cents: int


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
    heading = headings(review.codebook, "Measures")
    rows = [(at, row) for at, row in review.records("Measures") if _amount(row, heading)]
    if not rows:
        return []
    known = activities or joint(review, "Progress")
    figures = _figures(rows, heading, known)
    counted = _counted(review, rows, heading, known, figures)
    return [
        Amount(
            number=at,
            entity=text(row[ENTITY]),
            cents=cents(_dollars(row, heading)),
            source=text(row[heading["funding_source"]]),
            precision=text(row[heading["precision"]]) or "exact",
            activity=known.ids.get((text(row[ENTITY]), text(row[heading["activity_id"]]))),
            counted=at in counted,
        )
        for at, row in rows
    ]


Rows = Sequence[tuple[int, dict[str, Value]]]


def _amount(row: Mapping[str, Value], heading: Mapping[str, str]) -> bool:
    return number(row[heading["amount_usd"]]) is not None


def _dollars(row: Mapping[str, Value], heading: Mapping[str, str]) -> float:
    return number(row[heading["amount_usd"]]) or 0


def _figures(rows: Rows, heading: Mapping[str, str], known: Joint) -> dict[int, str]:
    """Row of Measures to the figure that it states."""
    links = Links()
    figures, ids = {}, {}
    for at, row in rows:
        entity, activity = text(row[ENTITY]), text(row[heading["activity_id"]])
        place = known.ids.get((entity, activity))
        group = known.groups[place] if place is not None else own_name(entity, activity)
        figures[at] = f"{group} / {alike(row[heading['measure']])}"
        ids[entity, text(row[heading["measure_id"]])] = at
    for at, row in rows:
        for other in same_as(row):
            if other in ids:
                links.join(figures[ids[other]], figures[at])
    return {at: links.one(figure) for at, figure in figures.items()}


def _counted(
    review: Review,
    rows: Rows,
    heading: Mapping[str, str],
    known: Joint,
    figures: Mapping[int, str],
) -> set[int]:
    """The rows that count: of each figure those of the lead, else of the first entity.

    What the office links to another row of the same entity is that row said twice.
    """
    order = ranks(review)
    owner: dict[str, tuple[bool, int, str]] = {}
    for at, row in rows:
        entity = text(row[ENTITY])
        activity = known.ids.get((entity, text(row[heading["activity_id"]])))
        place = (activity not in known.leads, order.get(entity, len(order)), entity)
        owner[figures[at]] = min(owner.get(figures[at], place), place)
    return {
        at
        for at, row in rows
        if owner[figures[at]][2] == text(row[ENTITY])
        and not any(entity == text(row[ENTITY]) for entity, _ in same_as(row))
    }


def shares(review: Review) -> list[Share]:
    """The amounts of Resources, core and extrabudgetary apart (shares add up)."""
    heading = headings(review.codebook, "Resources")
    columns = {CORE: heading["core_usd"], EXTRABUDGETARY: heading["extrabudgetary_usd"]}
    return [
        Share(
            entity=text(row[ENTITY]),
            initiative=text(row[heading["initiative_id"]]),
            year=row[heading["year"]],
            source=source,
            precision=text(row[heading["estimate"]]),
            secured=text(row[heading["secured"]]),
            predictability=text(row[heading["predictability"]]),
            cents=cents(value),
        )
        for _, row in review.records("Resources")
        for source, column in columns.items()
        if (value := number(row[column])) is not None
    ]
