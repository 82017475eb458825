"""Money adds up to the cent; a joint figure counts once."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from analysis.review_examples import CODEBOOK, activity, initiative, measure, review_with
from hypothesis import given, settings
from hypothesis import strategies as st

from wps_xl.analysis.money import amounts, cents, totals
from wps_xl.model import Value


@pytest.mark.parametrize(
    ("value", "expected"), [(0.1, 10), (1.005, 101), (2.675, 268), (649765, 64976500), (0.29, 29)]
)
def test_dollars_become_whole_cents(value: float, expected: int) -> None:
    assert cents(value) == expected


def test_a_joint_figure_counts_once_and_it_is_the_leads() -> None:
    review = review_with(
        Progress=[
            activity("UNDP", "A-1", role="joint", joint_key="Joint Fund"),
            activity("UNFPA", "A-1", role="lead", joint_key="joint  fund"),
        ],
        Measures=[
            measure("UNDP", "M-1", "A-1", amount_usd=100),
            measure("UNFPA", "M-1", "A-1", measure=" Grant", amount_usd=120),
        ],
    )

    assert totals(review)["amount_usd"] == 120
    assert [(a.entity, a.counted) for a in amounts(review)] == [("UNDP", False), ("UNFPA", True)]


def test_without_a_lead_the_first_in_entity_order_counts() -> None:
    review = review_with(
        Progress=[
            activity("WHO", "A-1", role="joint", joint_key="Fund"),
            activity("DESA", "A-7", role="joint", joint_key="Fund"),
        ],
        Measures=[
            measure("WHO", "M-1", "A-1", amount_usd=5),
            measure("DESA", "M-1", "A-7", amount_usd=7),
        ],
    )

    assert totals(review)["amount_usd"] == 7


def test_other_words_under_the_same_joint_name_are_another_figure() -> None:
    review = review_with(
        Progress=[
            activity("UNDP", "A-1", joint_key="Fund"),
            activity("WHO", "A-1", role="joint", joint_key="Fund"),
        ],
        Measures=[
            measure("UNDP", "M-1", "A-1", measure="vehicles", amount_usd=5),
            measure("WHO", "M-1", "A-1", measure="training", amount_usd=7),
        ],
    )

    assert totals(review)["amount_usd"] == 12


def test_rows_that_the_office_links_are_one_figure() -> None:
    review = review_with(
        Progress=[activity("UNDP", "A-1"), activity("WHO", "A-3")],
        Measures=[
            measure("UNDP", "M-1", "A-1", measure="cost of the training", amount_usd=5),
            {
                **measure("WHO", "M-2", "A-3", measure="training budget", amount_usd=5),
                "Same activity as": "UNDP:M-1",
            },
        ],
    )

    assert totals(review)["amount_usd"] == 5


def test_activities_that_the_office_links_share_figures_of_the_same_words() -> None:
    linked = {**activity("WHO", "A-3"), "Same activity as": "UNDP:A-1"}
    review = review_with(
        Progress=[activity("UNDP", "A-1"), linked],
        Measures=[
            measure("UNDP", "M-1", "A-1", amount_usd=5),
            measure("WHO", "M-2", "A-3", amount_usd=6),
        ],
    )

    assert totals(review)["amount_usd"] == 5


def test_shares_of_resources_add_up_also_under_a_joint_name() -> None:
    review = review_with(
        Initiatives=[
            initiative("UNDP", "I-1", joint_key="Programme"),
            initiative("WHO", "I-1", joint_key="Programme"),
        ],
        Resources=[
            {"entity": "UNDP", "initiative_id": "I-1", "core_usd": 0.1, "extrabudgetary_usd": 1},
            {"entity": "WHO", "initiative_id": "I-1", "core_usd": 0.2},
        ],
    )

    assert totals(review) == {"amount_usd": 0.0, "core_usd": 0.3, "extrabudgetary_usd": 1.0}


ENTITIES = list(CODEBOOK["entities"])[:6]
ROW = st.tuples(
    st.sampled_from(ENTITIES),
    st.sampled_from(["", "Fund", "fund ", "Other"]),
    st.sampled_from(["lead", "joint"]),
    st.sampled_from(["grant", "Grant", "training"]),
    st.integers(0, 10**9),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, max_size=25))
def test_the_total_is_that_of_pandas_to_the_cent(
    rows: list[tuple[str, str, str, str, int]],
) -> None:
    progress: list[dict[str, Value]] = []
    measures: list[dict[str, Value]] = []
    for at, (entity, key, role, words, amount) in enumerate(rows):
        progress.append(activity(entity, f"A-{at}", role=role, joint_key=key or None))
        row = measure(entity, f"M-{at}", f"A-{at}", measure=words, amount_usd=amount / 100)
        measures.append(row)
    review = review_with(Progress=progress, Measures=measures)

    found = totals(review)["amount_usd"]

    assert Decimal(repr(found)).quantize(Decimal("0.01")) == by_pandas(rows)


def by_pandas(rows: list[tuple[str, str, str, str, int]]) -> Decimal:
    """The same rule in other words: of each joint figure the rows of one entity."""
    frame = pd.DataFrame(rows, columns=["entity", "key", "role", "words", "cents"])
    alone = frame[frame["key"] == ""]
    joint = frame[frame["key"] != ""].copy()
    joint["key"] = joint["key"].str.strip().str.lower()
    joint["words"] = joint["words"].str.lower()
    joint["order"] = joint["entity"].map(ENTITIES.index) + 100 * (joint["role"] != "lead")
    joint = joint.sort_values("order", kind="stable")
    first = joint.groupby(["key", "words"])["entity"].transform("first")
    whole = int(alone["cents"].sum()) + int(joint.loc[joint["entity"] == first, "cents"].sum())
    return Decimal(whole) / 100
