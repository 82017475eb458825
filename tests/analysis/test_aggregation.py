"""Rules of aggregation: percentages, cumulative values, ratings, totals and parts (para. 49)."""

from __future__ import annotations

import datetime as dt

import pytest
from analysis.review_examples import CODEBOOK, activity, initiative, measure, review_with

from wps_xl.analysis.aggregation import Observation, aggregate, rule_of, total
from wps_xl.analysis.indicators import common, light, results
from wps_xl.errors import CodebookError
from wps_xl.model import Value
from wps_xl.review import earlier_plan
from wps_xl.review.layout import plans
from wps_xl.review.workbook import table


def test_percentages_roll_up_as_the_sum_of_parts_over_the_sum_of_wholes() -> None:
    seen = [Observation("A", part=1, whole=2), Observation("B", part=9, whole=98)]

    assert aggregate("ratio", seen).value == 10


def test_a_percentage_without_part_and_whole_is_left_out_and_counted_as_such() -> None:
    found = aggregate("ratio", [Observation("A", value=50), Observation("B", part=1, whole=4)])

    assert (found.value, found.entities, found.left_out) == (25, 1, 1)


def test_cumulative_values_take_the_latest_and_are_not_added() -> None:
    seen = [
        Observation("A", value=900, moment=dt.datetime(2008, 6, 1)),
        Observation("B", value=700, moment=dt.datetime(2008, 1, 1)),
    ]

    assert aggregate("latest", seen).value == 900


def test_ratings_are_counted() -> None:
    seen = [Observation("A", rating="achieved"), Observation("B", rating="achieved")]

    found = aggregate("count", [*seen, Observation("C", value=3)])

    assert (found.value, found.ratings, found.left_out) == (None, {"achieved": 2}, 1)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"value": 10, "women": 6, "men": 4}, 10),
        ({"value": None, "women": 6, "men": 4, "girls": None, "boys": None}, 10),
        ({"value": None}, None),
    ],
)
def test_a_total_and_its_parts_are_never_both_counted(
    row: dict[str, Value], expected: float | None
) -> None:
    assert total(CODEBOOK, "Measures", row, "value") == expected


def test_what_the_rules_do_not_name_is_refused_with_the_rules_there_are() -> None:
    with pytest.raises(CodebookError, match=r"no rule for Measures\.weight"):
        rule_of(CODEBOOK, "Measures.weight")


@pytest.mark.parametrize(
    ("progress", "elapsed", "rating", "expected"),
    [
        (1.0, 0.2, "", "achieved"),
        (0.46, 0.5, "", "on track"),
        (0.3, 0.5, "", "behind"),
        (0.1, 0.5, "", "off track"),
        (-0.1, 0.0, "", "off track"),
        (None, None, "some progress", "behind"),
        (None, None, "", "unknown"),
    ],
)
def test_lights_compare_progress_with_the_time_elapsed(
    progress: float | None, elapsed: float | None, rating: str, expected: str
) -> None:
    assert light(CODEBOOK, progress, elapsed, rating) == expected


def result(entity: str, number: str, **more: Value) -> dict[str, Value]:
    row: dict[str, Value] = {
        "entity": entity,
        "result_id": number,
        "initiative_id": "I-1",
        "indicator": "officers trained",
        "baseline": 100,
        "target": 200,
        "target_date": dt.datetime(2009, 1, 1),
    }
    return {**row, **more}


def update(entity: str, number: str, **more: Value) -> dict[str, Value]:
    row: dict[str, Value] = {"entity": entity, "result_id": number, "initiative_id": "I-1"}
    return {**row, "latest_date": dt.datetime(2008, 7, 2), **more}


def test_progress_is_the_way_from_baseline_to_target() -> None:
    review = review_with(
        Initiatives=[initiative("UNDP", "I-1")],
        Results=[result("UNDP", "R-1")],
        Updates=[update("UNDP", "R-1", latest=150)],
    )

    (found,) = results(review)

    assert (found.progress, found.theme, found.light) == (0.5, "PROT", "on track")
    # 183 of the 366 days from the start of the plan to the date of the target.
    assert found.elapsed == 0.5


def test_an_update_of_an_earlier_plan_stands_as_a_result_of_its_own() -> None:
    review = review_with(Updates=[update("UNDP", "R-9", baseline=0, target=10, latest=10)])

    (found,) = results(review)

    assert (found.light, found.theme) == ("achieved", "")


def test_progress_is_measured_against_the_plan_in_force_whatever_the_update_says() -> None:
    changed: dict[str, Value] = {
        "baseline": 9,
        "target": 11,
        "latest": 5,
        "indicator": "women among mediators",
    }
    review = review_with(Updates=[update("UNDP", "R-9", **changed)])
    planned: dict[str, Value] = {"Entity": "UNDP", "Result No.": "R-9", "Baseline": 0, "Target": 10}
    planned |= {"Indicator": "women among mediators", "Unit": "persons"}
    plan = next(plan for plan in plans(CODEBOOK) if plan.name == earlier_plan.SHEET)
    review.tables[plan.name] = table(plan, [planned])  # type: ignore[index]
    new = result("UNDP", "R-9", indicator="courses held", baseline=1, target=3)
    both = review_with(Results=[new], Updates=[update("UNDP", "R-9", **changed)])
    both.tables[plan.name] = table(plan, [planned])  # type: ignore[index]

    (old,) = results(review)
    own, earlier = results(both)

    assert (old.baseline, old.target, old.progress, old.plan) == (0, 10, 0.5, plan.name)
    assert (own.target, own.latest, own.plan) == (3, None, "Results")
    assert (earlier.target, earlier.progress) == (10, 0.5)


def test_a_common_indicator_of_a_joint_initiative_counts_once() -> None:
    codes = CODEBOOK["common_indicators"]
    code = next(c for c in codes if codes[c]["aggregation"] == "count")
    review = review_with(
        Initiatives=[
            initiative("UNDP", "I-1", joint_key="J"),
            initiative("WHO", "I-1", joint_key="J", role="joint"),
        ],
        Results=[result(entity, "R-1", indicator=code) for entity in ("UNDP", "WHO")],
        Updates=[update(entity, "R-1", rating="on track") for entity in ("UNDP", "WHO")],
    )

    ((entry, found),) = common(review, results(review))

    assert (entry.code, found.ratings) == (code, {"on track": 1})


def test_measures_that_name_a_common_indicator_give_parts_and_wholes() -> None:
    codes = CODEBOOK["common_indicators"]
    code = next(c for c in codes if codes[c]["aggregation"] == "ratio")
    review = review_with(
        Progress=[activity("UNDP", "A-1"), activity("WHO", "A-1")],
        Measures=[
            measure("UNDP", "M-1", "A-1", measure=code, numerator=1, denominator=2),
            measure("WHO", "M-1", "A-1", measure=code.lower(), numerator=1, denominator=8),
        ],
    )

    ((_, found),) = common(review, results(review))

    assert found.value == 20
