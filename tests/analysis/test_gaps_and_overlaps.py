"""Gaps in mandates, pairs of initiatives, rows that look like one activity (paras. 43, 58 (g))."""

from __future__ import annotations

import pytest
from analysis.review_examples import CODEBOOK, activity, initiative, measure, review_with

from wps_xl.analysis.gaps import coverage
from wps_xl.analysis.joint import joint
from wps_xl.analysis.overlaps import Likeness, Pair, Side, likenesses, pairs
from wps_xl.model import Value


def answer(entity: str, question: str, said: str) -> dict[str, Value]:
    return {"entity": entity, "question": question, "answer": said}


def test_an_area_in_the_mandate_with_nothing_reported_is_a_gap() -> None:
    areas = [entry["area"] for entry in CODEBOOK["questions"].entries.values()]
    review = review_with(
        Progress=[activity("UNDP", "A-1", area="A")],
        Checklist=[
            answer("UNDP", "Q-A0", "yes"),
            answer("UNDP", "Q-B0", "yes"),
            answer("UNDP", "Q-C0", "no"),
            *(
                answer("UNDP", question, "not in mandate")
                for question, area in zip(CODEBOOK["questions"], areas, strict=True)
                if area == "D"
            ),
        ],
    )

    (line,) = coverage(review)

    assert (line.reported, line.silent, line.claimed) == (("A",), ("B", "C"), ("B",))
    assert line.outside == ("D",)


def test_thematic_areas_without_initiative_are_named_where_a_plan_came_in() -> None:
    review = review_with(
        Initiatives=[initiative("UNDP", "I-1", thematic_area="PART")],
        Checklist=[answer("UNDP", "Q-A0", "yes"), answer("WHO", "Q-A0", "yes")],
    )

    lines = {line.entity: line for line in coverage(review)}

    assert (lines["UNDP"].planned, lines["UNDP"].unplanned) == (("PART",), ("PREV",))
    assert lines["WHO"].unplanned == ()


def test_initiatives_of_two_entities_in_one_country_theme_and_strategy_are_a_pair() -> None:
    review = review_with(
        Initiatives=[
            initiative("UNDP", "I-1"),
            initiative("UNDP", "I-2"),
            initiative("WHO", "I-1", countries="LBR; SLE; NPL"),
            initiative("WHO", "I-2", strategy="POL"),
        ]
    )

    found, _ = pairs(review, joint(review, "Initiatives"))

    sides = [(pair.one.number, pair.other.number, pair.countries) for pair in found]
    assert sides == [("I-1", "I-1", ("LBR", "SLE")), ("I-2", "I-1", ("LBR", "SLE"))]
    one = Side("UNDP", "I-1", "Initiative I-1 of UNDP")
    assert found[0] == Pair("PROT", "CAP", ("LBR", "SLE"), one, found[0].other)


def test_what_is_joint_already_is_no_pair() -> None:
    review = review_with(
        Initiatives=[initiative(entity, "I-1", joint_key="One") for entity in ("UNDP", "WHO")]
    )

    assert pairs(review, joint(review, "Initiatives")) == ([], 0)


def test_rows_that_name_each_other_with_like_figures_are_proposed_as_one() -> None:
    review = review_with(
        Progress=[
            activity("UNDP", "A-1", joint_with="WHO"),
            activity("WHO", "A-9", joint_with="UNDP; DESA"),
            activity("DESA", "A-2", joint_with="WHO"),
        ],
        Measures=[
            measure("UNDP", "M-1", "A-1", value=100),
            measure("WHO", "M-1", "A-9", value=103),
            measure("DESA", "M-1", "A-2", value=500),
        ],
    )

    (found,) = likenesses(review, joint(review, "Progress"))

    assert (found.area, found.one, found.other) == ("A", "UNDP:A-1", "WHO:A-9")
    assert (found.one_cell, found.other_cell) == ("E2", "E3")
    assert "100" in found.why


def test_rows_that_the_office_linked_are_not_proposed_again() -> None:
    review = review_with(
        Progress=[
            activity("UNDP", "A-1", joint_with="WHO", activity="Trained police officers"),
            {
                **activity("WHO", "A-9", joint_with="UNDP", activity="Police officers trained"),
                "Same activity as": "UNDP:A-1",
            },
        ]
    )

    assert likenesses(review, joint(review, "Progress")) == []


def test_rows_in_the_same_words_are_proposed_as_one_although_neither_names_the_other() -> None:
    said = "Trained the staff of two field offices in early warning."
    same = {"activity": said.upper().rstrip(".")}
    rows = [
        activity("UNDP", "A-1", activity=said),
        activity("UNFPA", "A-4", **same),
        activity("UNDP", "A-9", area="B", **same),
        activity("WHO", "A-1", activity="Trained staff."),
        activity("WFP", "A-1", activity="Trained staff."),
    ]
    review = review_with(Progress=rows)

    found = likenesses(review, joint(review, "Progress"))

    assert {(one.one, one.other, one.why) for one in found} == {
        ("UNDP:A-1", "UNDP:A-9", "the same words"),
        ("UNDP:A-1", "UNFPA:A-4", "the same words"),
    }


JUDGES = "Trained 120 judges in Monrovia on the law on gender-based violence"
MINES = "Cleared mines along the roads that women take to markets"


@pytest.mark.parametrize(
    ("one", "other", "more"),
    [
        (JUDGES, "Training of 120 judges on gender-based violence law, Monrovia", {}),
        (JUDGES, "UNDP trained judges on laws against gender-based violence in Monrovia", {}),
        (MINES, "The roads which women take to the markets were cleared of mines", {"area": "B"}),
        (
            "Formation de magistrates à la médiation communautaire dans les tribunaux",
            "Les magistrates des tribunaux ont été formées à la médiation communautaire",
            {},
        ),
        (MINES, "Roads that women take to markets were cleared of mines", {"countries": None}),
    ],
)
def test_one_activity_in_other_words_of_another_entity_is_proposed(
    one: str, other: str, more: dict[str, Value]
) -> None:
    (found,) = alike(one, other, more)

    assert (found.one, found.other) == ("UNDP:A-1", "WHO:A-7")
    assert found.why.endswith("words are alike")


@pytest.mark.parametrize(
    ("one", "other", "more"),
    [
        (JUDGES, JUDGES.replace("Monrovia", "Buchanan").replace("on the", "in"), {}),
        (JUDGES, JUDGES.replace("120", "45").replace("on the", "in"), {}),
        (JUDGES, f"{JUDGES} this year", {"countries": "SDN"}),
        (JUDGES, f"{JUDGES} this year", {"start": "2007-03-01", "end": "2007-04-01"}),
        (JUDGES, f"{JUDGES} this year", {"joint_with": "UNDP"}),
        (JUDGES, f"{JUDGES} this year", {"entity": "UNDP"}),
        (JUDGES, f"{JUDGES} this year", {"countries": None, "area": "B"}),
        (JUDGES, "Trained police officers in Monrovia on the handling of weapons", {}),
        ("Trained 20 judges of courts", "Training of 20 judges of courts", {}),
    ],
)
def test_other_places_times_names_figures_and_partners_are_no_proposal(
    one: str, other: str, more: dict[str, Value]
) -> None:
    assert alike(one, other, more) == []


def alike(one: str, other: str, more: dict[str, Value]) -> list[Likeness]:
    """What is proposed of two rows of one country and time, and of many others there."""
    at = {"countries": "LBR", "start": "2007-01-01", "end": "2007-02-01"}
    second = {"entity": "WHO", "activity_id": "A-7", "activity": other}
    rows = [
        activity("UNDP", "A-1", **{**at, "activity": one}),
        {**activity("WHO", "A-7", **at), **second, **more},
        *(
            activity(entity, f"A-{at + 20}", activity=f"Trained women of district {at} to vote")
            for at in range(9)
            for entity in ("UNFPA", "UNICEF")
        ),
    ]
    review = review_with(Progress=rows)
    found = likenesses(review, joint(review, "Progress"))
    return [item for item in found if "A-1" in item.one]
