"""The rules of aggregation, taken from the code lists (S/2007/567, paras. 43, 45, 49).

Percentages roll up as the sum of parts over the sum of wholes, cumulative values as the latest,
ratings are counted, and a total is never added to its parts.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from wps_xl.codebook import Codebook
from wps_xl.errors import CodebookError
from wps_xl.model import Value
from wps_xl.records import number

ONCE, SUM, LATEST, RATIO, COUNT, PART = "once", "sum", "latest", "ratio", "count", "part"


@dataclass(frozen=True)
class Observation:
    """What one entity says of one indicator: a value, a part of a whole, or a rating."""

    entity: str
    value: float | None = None
    part: float | None = None
    whole: float | None = None
    rating: str = ""
    moment: dt.datetime | None = None


@dataclass(frozen=True)
class Aggregate:
    """What the system says: a value [per cent for ratios] or counts by rating.

    ``entities`` are those counted; ``left_out`` says how many observations the rule cannot use.
    """

    value: float | None
    ratings: Mapping[str, int]
    entities: int
    left_out: int


def rule_of(codebook: Codebook, what: str) -> str:
    """How a sheet or a column rolls up, ``Measures.amount_usd``.

    Raises
    ------
    CodebookError
        Where the list of rules says nothing of it.
    """
    rules = codebook["aggregation_rules"]
    if what not in rules:
        raise CodebookError(
            f"The list aggregation_rules has no rule for {what}. Give it one of: "
            f"{', '.join(codebook['roll_ups'])}."
        )
    return rules[what]["rule"]


def total(codebook: Codebook, sheet: str, row: Mapping[str, Value], value: str) -> float | None:
    """The value of a row, or the sum of its parts where it gives only these.

    ``row`` is by column code. A value that is given already holds its parts.
    """
    found = number(row[value])
    if found is not None:
        return found
    rules = codebook["aggregation_rules"]
    columns = (code.partition(".") for code in rules if rules[code]["rule"] == PART)
    names = [column for owner, _, column in columns if owner == sheet]
    parts = [part for name in names if (part := number(row.get(name))) is not None]
    return sum(parts) if parts else None


def aggregate(rule: str, observations: Sequence[Observation]) -> Aggregate:
    """The observations of one indicator rolled up by one rule; KeyError for an unknown one."""
    return _RULES[rule](observations)


def _sum(observations: Sequence[Observation]) -> Aggregate:
    used = [item for item in observations if item.value is not None]
    values = [item.value for item in used if item.value is not None]
    return _result(sum(values) if values else None, used, observations)


def _latest(observations: Sequence[Observation]) -> Aggregate:
    used = [item for item in observations if item.value is not None]
    # Of two values of one day the later row counts, as it was typed later.
    last = max(
        enumerate(used), key=lambda at: (at[1].moment or dt.datetime.min, at[0]), default=None
    )
    return _result(last[1].value if last else None, used, observations)


def _ratio(observations: Sequence[Observation]) -> Aggregate:
    used = [item for item in observations if item.part is not None and item.whole]
    whole = sum(item.whole or 0 for item in used)
    share = 100 * sum(item.part or 0 for item in used) / whole if whole else None
    return _result(share, used, observations)


def _count(observations: Sequence[Observation]) -> Aggregate:
    used = [item for item in observations if item.rating]
    return _result(None, used, observations)


def _result(
    value: float | None, used: Sequence[Observation], observations: Sequence[Observation]
) -> Aggregate:
    ratings = Counter(item.rating for item in used if item.rating)
    entities = len({item.entity for item in used})
    return Aggregate(value, ratings, entities, len(observations) - len(used))


_RULES: Mapping[str, Callable[[Sequence[Observation]], Aggregate]] = {
    SUM: _sum,
    LATEST: _latest,
    RATIO: _ratio,
    COUNT: _count,
}
