"""Gaps in mandates, pairs of initiatives, rows that look like one activity (paras. 43, 58 (g))."""

from __future__ import annotations

from analysis.review_examples import CODEBOOK, activity, initiative, measure, review_with

from wps_xl.analysis.gaps import coverage
from wps_xl.analysis.joint import joint
from wps_xl.analysis.overlaps import Pair, Side, likenesses, pairs
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
