"""Results of the plan against their targets and the time that has passed (paras. 45, 47, 49).

Progress is (latest - baseline) / (target - baseline); the light compares it with the share of time
elapsed from the start of the plan to the date of the target.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from wps_xl.analysis.aggregation import Aggregate, Observation, aggregate, rule_of, total
from wps_xl.analysis.joint import Joint, joint
from wps_xl.codebook import Codebook, Entry
from wps_xl.model import Value
from wps_xl.review import earlier_plan
from wps_xl.review.columns import alike, headings, number, text
from wps_xl.review.crosswalk import theme_of
from wps_xl.review.earlier_plan import Planned
from wps_xl.review.layout import ENTITY
from wps_xl.review.workbook import Review

Row = Mapping[str, Value]
ACHIEVED, TARGET, TIME = "achieved", "target", "time"


@dataclass(frozen=True)
class Result:
    """One result of the plan. ``theme`` and ``common`` are codes, blank where there is none.

    ``progress`` and ``elapsed`` are shares, None where they cannot be said; ``light`` is a code
    of the list of lights. ``initiative`` is the row of Initiatives; ``plan`` names the sheet that
    says what was planned.
    """

    entity: str
    number: str
    initiative: int | None
    theme: str
    indicator: str
    common: str
    unit: str
    baseline: float | None
    target: float | None
    latest: float | None
    rating: str
    moment: dt.datetime | None
    progress: float | None
    elapsed: float | None
    light: str
    plan: str


def results(review: Review, initiatives: Joint | None = None) -> list[Result]:
    """Every result of the plan with its latest value; updates of an earlier plan stand as well."""
    known = initiatives or joint(review, "Initiatives")
    updates = {
        _id(row, headings(review.codebook, "Updates")): row for row in _of(review, "Updates")
    }
    planned = {
        _id(row, headings(review.codebook, "Results")): row for row in _of(review, "Results")
    }
    earlier = earlier_plan.planned(review)
    themes = _themes(review)
    old = {
        key: row
        for key, row in updates.items()
        if key not in planned or _is_of(earlier.get(key), row, planned[key], review.codebook)
    }
    rows = [
        (key, row, "Results", None if key in old else updates.get(key))
        for key, row in planned.items()
    ]
    rows += [
        (key, _in_force(earlier.get(key), row, review), "Updates", row) for key, row in old.items()
    ]
    return [_result(review, known, themes, earlier.get(entry[0]), *entry) for entry in rows]


def _is_of(earlier: Planned | None, update: Row, own: Row, codebook: Codebook) -> bool:
    """Whether an update is about the earlier plan, although the new one has a result of its number:
    the words of the indicator tell which was filled in."""
    if earlier is None:
        return False
    said = alike(update[headings(codebook, "Updates")["indicator"]])
    new = alike(own[headings(codebook, "Results")["indicator"]])
    return said == alike(earlier.row["indicator"]) != new


def _in_force(earlier: Planned | None, update: Row, review: Review) -> Row:
    """An update with what the plan in force says, whatever the entity made of it."""
    if earlier is None:
        return update
    heading = headings(review.codebook, "Updates")
    said = {heading[code]: value for code, value in earlier.row.items() if code in heading}
    return {**update, **said}


def _of(review: Review, sheet: str) -> Iterator[Row]:
    return (row for _, row in review.records(sheet))


def _id(row: Row, heading: Mapping[str, str]) -> tuple[str, str]:
    return text(row[ENTITY]), text(row[heading["result_id"]])


def _themes(review: Review) -> Mapping[int, str]:
    heading = headings(review.codebook, "Initiatives")
    return {
        number: theme_of(row, review.codebook, "", heading["thematic_area"])
        for number, row in review.records("Initiatives")
    }


def _result(
    review: Review,
    known: Joint,
    themes: Mapping[int, str],
    earlier: Planned | None,
    key: tuple[str, str],
    row: Row,
    sheet: str,
    update: Row | None,
) -> Result:
    heading = headings(review.codebook, sheet)
    place = known.ids.get((key[0], text(row[heading["initiative_id"]])))
    baseline, target = number(row[heading["baseline"]]), number(row[heading["target"]])
    latest, rating, moment = _latest(review, update)
    indicator = text(row[heading["indicator"]])
    progress = _progress(baseline, target, latest)
    theme = themes.get(place, "") if place is not None else ""
    due, (first, last) = None, review.cycle.plan_period
    if sheet == "Results":
        due = _moment(row[heading["target_date"]])
    elif earlier is not None:
        theme = theme or earlier.theme
        due, first, last = earlier.due, earlier.begins or first, earlier.ends or last
    elapsed = _elapsed(moment, first, due.date() if due else last)
    return Result(
        entity=key[0],
        number=key[1],
        initiative=place,
        theme=theme,
        indicator=indicator,
        common=review.codebook["common_indicators"].find(indicator) or "",
        unit=text(row[heading["unit"]]),
        baseline=baseline,
        target=target,
        latest=latest,
        rating=rating,
        moment=moment,
        progress=progress,
        elapsed=elapsed,
        light=light(review.codebook, progress, elapsed, rating),
        plan=earlier_plan.SHEET if sheet == "Updates" and earlier is not None else sheet,
    )


def _latest(review: Review, update: Row | None) -> tuple[float | None, str, dt.datetime | None]:
    if update is None:
        return None, "", None
    heading = headings(review.codebook, "Updates")
    day = _moment(update[heading["latest_date"]])
    return number(update[heading["latest"]]), text(update[heading["rating"]]), day


def _progress(baseline: float | None, target: float | None, latest: float | None) -> float | None:
    if baseline is None or target is None or latest is None or baseline == target:
        return None
    return (latest - baseline) / (target - baseline)


def _elapsed(moment: dt.datetime | None, first: dt.date, end: dt.date) -> float | None:
    """The share of time from the start of the plan to the date of the target, 0 to 1."""
    if moment is None:
        return None
    if end <= first:
        return 1.0
    return min(1.0, max(0.0, (moment.date() - first) / (end - first)))


def _moment(value: Value) -> dt.datetime | None:
    return value if isinstance(value, dt.datetime) else None


def light(
    codebook: Codebook, progress: float | None, elapsed: float | None, rating: str = ""
) -> str:
    """The code of the light: by progress where it can be said, else by the entity's rating.

    The list of lights goes from best to worst; the first whose limit is reached is taken.
    """
    lights = list(_lights(codebook))
    if progress is not None:
        return next(entry.code for entry in lights if _reached(entry, progress, elapsed))
    rated = (entry.code for entry in lights if rating and entry["rating"] == rating)
    return next(rated, lights[-1].code)


def _reached(entry: Entry, progress: float, elapsed: float | None) -> bool:
    limit = float(entry["at_least"] or "-inf")
    if entry["compared_with"] == TIME:
        return progress >= limit * (1.0 if elapsed is None else elapsed)
    return progress >= limit


@lru_cache(maxsize=8)
def _lights(codebook: Codebook) -> Sequence[Entry]:
    return tuple(codebook["lights"].entries.values())


def common(
    review: Review, found: Sequence[Result], initiatives: Joint | None = None
) -> list[tuple[Entry, Aggregate]]:
    """The common indicators that entities report on, each rolled up by its own rule (para. 49).

    Results of a joint initiative count once; measures that name a common indicator count too.
    """
    speakers = (initiatives or joint(review, "Initiatives")).speakers
    by_code: dict[str, list[Observation]] = {}
    for result in found:
        if result.common and (result.initiative is None or result.initiative in speakers):
            seen = Observation(
                result.entity, result.latest, rating=result.rating, moment=result.moment
            )
            if seen.value is not None or seen.rating:
                by_code.setdefault(result.common, []).append(seen)
    for code, seen in _measured(review):
        by_code.setdefault(code, []).append(seen)
    codes = review.codebook["common_indicators"]
    return [
        (codes[code], aggregate(codes[code]["aggregation"], by_code[code]))
        for code in codes
        if code in by_code
    ]


def _measured(review: Review) -> Iterator[tuple[str, Observation]]:
    heading = headings(review.codebook, "Measures")
    codes = review.codebook["common_indicators"]
    ratio = rule_of(review.codebook, "Measures.percent")
    for row in _of(review, "Measures"):
        code = codes.find(text(row[heading["measure"]]))
        if code is None:
            continue
        by_column = {column: row[name] for column, name in heading.items()}
        parts = codes[code]["aggregation"] == ratio
        yield (
            code,
            Observation(
                text(row[ENTITY]),
                total(review.codebook, "Measures", by_column, "value"),
                number(by_column["numerator"]) if parts else None,
                number(by_column["denominator"]) if parts else None,
                moment=_moment(by_column["period_end"]),
            ),
        )
