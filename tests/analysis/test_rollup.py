"""Rows for PivotTables: none is lost, none multiplied, a joint one counts once."""

from __future__ import annotations

import pandas as pd
from analysis.review_examples import CODEBOOK, activity, initiative, measure, review_with
from hypothesis import given, settings
from hypothesis import strategies as st

from wps_xl.analysis.facts import Facts
from wps_xl.analysis.joint import joint
from wps_xl.analysis.rollup import AREA, COUNTED, COUNTRY, DOLLARS, LETTER, STRATEGY, THEME, Rollup
from wps_xl.model import Value


def test_a_row_that_nothing_assigns_is_not_assigned_and_not_lost() -> None:
    review = review_with(
        Progress=[activity("UNDP", "A-1", area=None, strategy=None)],
        Initiatives=[initiative("UNDP", "I-1", thematic_area="gone", strategy="gone")],
    )

    rollup = Rollup(Facts(review))

    (row,) = rollup.activities.frame.to_dict("records")
    assert {row[name] for name in (LETTER, AREA, THEME, STRATEGY)} == {"Not assigned"}
    (plan,) = rollup.initiatives.frame.to_dict("records")
    assert {plan[THEME], plan[STRATEGY]} == {"Not assigned"}


def test_the_offices_theme_comes_before_the_rows_own_and_the_crosswalk() -> None:
    review = review_with(
        Progress=[
            activity("UNDP", "A-1"),
            activity("UNDP", "A-2", thematic_area="RR"),
            {**activity("UNDP", "A-3", thematic_area="RR"), "Our theme": "NORM"},
        ]
    )

    themes = list(Rollup(Facts(review)).activities.frame[THEME])

    assert themes == ["Prevention", "Relief and recovery", "Normative"]


def test_links_of_the_office_go_on_from_row_to_row() -> None:
    review = review_with(
        Progress=[
            activity("UNDP", "A-1"),
            {**activity("WHO", "A-1", role="joint"), "Same activity as": "UNDP:A-1"},
            {**activity("DESA", "A-4", role="joint"), "Same activity as": "WHO:A-1"},
        ]
    )

    found = joint(review, "Progress")

    assert len(set(found.groups.values())) == 1
    assert list(Rollup(Facts(review)).activities.frame[COUNTED]) == [1, 0, 0]


def test_a_link_to_a_row_that_is_not_there_changes_nothing() -> None:
    review = review_with(
        Progress=[{**activity("WHO", "A-1"), "Same activity as": "UNDP:A-1; nonsense"}]
    )

    assert list(Rollup(Facts(review)).activities.frame[COUNTED]) == [1]


def test_money_of_partners_stands_under_them_with_nought() -> None:
    review = review_with(
        Progress=[
            activity("UNDP", "A-1", joint_key="Fund"),
            activity("WHO", "A-1", role="joint", joint_key="Fund"),
        ],
        Measures=[
            measure("UNDP", "M-1", "A-1", amount_usd=5.5, funding_source="core"),
            measure("WHO", "M-1", "A-1", amount_usd=5.5),
        ],
    )

    frame = Rollup(Facts(review)).reported_money.frame

    assert list(frame[DOLLARS]) == [5.5, 0]


AREAS = [*CODEBOOK["areas_of_action"], "unknown", None]
KEYS = st.sampled_from(["A-1", "A-2", "A-3"])
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["UNDP", "WHO", "DESA"]),
        KEYS,
        st.sampled_from(AREAS),
        st.sampled_from([None, "Joint"]),
        st.sampled_from([None, "LBR", "LBR; SLE", "XXX"]),
        st.sampled_from([None, "UNDP:A-1", "WHO:A-2"]),
    ),
    max_size=20,
)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_no_row_is_lost_or_multiplied_whatever_numbers_repeat(
    rows: list[tuple[str, str, str | None, str | None, str | None, str | None]],
) -> None:
    progress: list[dict[str, Value]] = [
        {
            **activity(entity, key, area=area, joint_key=name, countries=countries),
            "Same activity as": same,
        }
        for entity, key, area, name, countries, same in rows
    ]
    measures = [
        measure(entity, f"M-{at}", key, amount_usd=at) for at, (entity, key, *_) in enumerate(rows)
    ]
    review = review_with(Progress=progress, Measures=measures)

    rollup = Rollup(Facts(review))

    assert len(rollup.activities.frame) == len(rows)
    assert len(rollup.reported_money.frame) == len(rows)
    counted = rollup.activities.frame[COUNTED].sum()
    assert counted == len(set(rollup.facts.joint_activities.groups.values()))
    places = sum(len([c for c in (row[4] or "").split(";") if c.strip()]) for row in rows)
    assert len(rollup.places.frame) == places


def test_places_stand_once_for_each_country() -> None:
    review = review_with(
        Progress=[activity("UNDP", "A-1", countries="LBR; SLE")],
        Initiatives=[initiative("WHO", "I-1", countries="LBR")],
    )

    frame = Rollup(Facts(review)).places.frame

    wanted = pd.Series({"Liberia": 2, "Sierra Leone": 1})
    assert frame[COUNTRY].value_counts().to_dict() == wanted.to_dict()
