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
from wps_xl.records import Initiative, Measure, PlannedResult, Update, alike, kinds
from wps_xl.review.crosswalk import theme_of
from wps_xl.review.workbook import Review

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
    updates = {(row.entity, row.result_id): row for row in review.rows(Update)}
    planned = {(row.entity, row.result_id): row for row in review.rows(kinds.Result)}
    earlier = {(row.entity, row.result_no): row for row in review.rows(PlannedResult)}
    themes = {row.at: theme_of(row, review.codebook) for row in review.rows(Initiative)}
    old = {
        key: row
        for key, row in updates.items()
        if key not in planned or _is_of(earlier.get(key), row, planned[key])
    }
    expected = [_expected(review, known, themes, row) for row in planned.values()]
    expected += [_of_earlier(review, known, themes, old[key], earlier.get(key)) for key in old]
    latest = [None if key in old else updates.get(key) for key in planned]
    return [
        _result(review, plan, update)
        for plan, update in zip(expected, [*latest, *old.values()], strict=True)
    ]


def _is_of(earlier: PlannedResult | None, update: Update, own: kinds.Result) -> bool:
    """Whether an update is about the earlier plan, although the new one has a result of its number:
    the words of the indicator tell which was filled in."""
    if earlier is None:
        return False
    return alike(update.indicator) == alike(earlier.indicator) != alike(own.indicator)


@dataclass(frozen=True)
class _Expected:
    """What is planned for one result, and until when; ``sheet`` says so."""

    entity: str
    number: str
    initiative: int | None
    theme: str
    indicator: str
    unit: str
    baseline: float | None
    target: float | None
    first: dt.date
    last: dt.date
    sheet: str


def _expected(
    review: Review, known: Joint, themes: Mapping[int, str], row: kinds.Result
) -> _Expected:
    place = known.ids.get((row.entity, row.initiative_id))
    first, last = review.cycle.plan_period
    return _Expected(
        entity=row.entity,
        number=row.result_id,
        initiative=place,
        theme=themes.get(place, "") if place is not None else "",
        indicator=row.indicator,
        unit=row.unit,
        baseline=row.baseline,
        target=row.target,
        first=first,
        last=row.target_date.date() if row.target_date else last,
        sheet=row.sheet_name,
    )


def _of_earlier(
    review: Review,
    known: Joint,
    themes: Mapping[int, str],
    update: Update,
    earlier: PlannedResult | None,
) -> _Expected:
    """What an update is held against: the plan in force, whatever the entity made of it; else what
    the update says."""
    says = earlier or update
    number = earlier.initiative_no if earlier else update.initiative_id
    place = known.ids.get((update.entity, number))
    area = themes.get(place, "") if place is not None else ""
    first, last = review.cycle.plan_period
    if earlier is not None:
        area = area or earlier.thematic_area
        first = earlier.plan_from.date() if earlier.plan_from else first
        end = earlier.target_date or earlier.plan_to
        last = end.date() if end else last
    return _Expected(
        entity=update.entity,
        number=update.result_id,
        initiative=place,
        theme=area,
        indicator=says.indicator,
        unit=says.unit,
        baseline=says.baseline,
        target=says.target,
        first=first,
        last=last,
        sheet=says.sheet_name,
    )


def _result(review: Review, plan: _Expected, update: Update | None) -> Result:
    latest, rating, moment = None, "", None
    if update is not None:
        latest, rating, moment = update.latest, update.rating, update.latest_date
    progress = _progress(plan.baseline, plan.target, latest)
    elapsed = _elapsed(moment, plan.first, plan.last)
    return Result(
        entity=plan.entity,
        number=plan.number,
        initiative=plan.initiative,
        theme=plan.theme,
        indicator=plan.indicator,
        common=review.codebook["common_indicators"].find(plan.indicator) or "",
        unit=plan.unit,
        baseline=plan.baseline,
        target=plan.target,
        latest=latest,
        rating=rating,
        moment=moment,
        progress=progress,
        elapsed=elapsed,
        light=light(review.codebook, progress, elapsed, rating),
        plan=plan.sheet,
    )


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
    codes = review.codebook["common_indicators"]
    ratio = rule_of(review.codebook, "Measures.percent")
    for row in review.rows(Measure):
        code = codes.find(row.measure)
        if code is None:
            continue
        parts = codes[code]["aggregation"] == ratio
        yield (
            code,
            Observation(
                row.entity,
                total(review.codebook, "Measures", row.by_code(), "value"),
                row.numerator if parts else None,
                row.denominator if parts else None,
                moment=row.period_end,
            ),
        )
