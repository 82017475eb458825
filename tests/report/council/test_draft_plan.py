"""What the draft says of the plan and of practices, by rows made up for it."""

from __future__ import annotations

from report.reviews import Rows, drafted, review_of, sentence, table_of, under


def plan_rows() -> dict[str, Rows]:
    initiatives: Rows = [
        {
            "entity": "WFP",
            "initiative_id": "I-1",
            "title": "Food",
            "narrative": "We feed.",
            "thematic_area": "RR",
            "strategy": "GDS",
            "chosen": "yes",
        },
        {
            "entity": "FAO",
            "initiative_id": "I-1",
            "title": "Seeds",
            "narrative": "We sow.",
            "thematic_area": "PREV",
            "strategy": "CAP",
        },
    ]
    results: Rows = [
        {
            "entity": "WFP",
            "result_id": "R-1",
            "initiative_id": "I-1",
            "indicator": "meals",
            "unit": "meals",
            "baseline": 10,
            "target": 20,
        }
    ]
    resources: Rows = [
        {
            "entity": "WFP",
            "initiative_id": "I-1",
            "year": 2008,
            "core_usd": 1500,
            "extrabudgetary_usd": 500.5,
            "estimate": "estimate",
        }
    ]
    return {"Initiatives": initiatives, "Results": results, "Resources": resources}


def test_the_plan_is_told_by_thematic_area_with_results_and_resources() -> None:
    draft = drafted(review_of(**plan_rows()))

    table = table_of(draft.sections, "table.plan")
    assert table.rows == (
        ("Prevention", "1", "0", "0", "0"),
        ("Participation", "0", "0", "0", "0"),
        ("Protection", "0", "0", "0", "0"),
        ("Relief and recovery", "1", "1", "1,500", "500.50"),
        ("Normative", "0", "0", "0", "0"),
        ("Total", "2", "1", "1,500", "500.50"),
    )
    assert "Two initiatives of two entities were gathered" in under(draft, "plan.framework")[1].text
    assert sentence(draft, "WFP.I-1").text == "WFP plans the initiative “Food”: “We feed.”"
    assert "We sow" not in " ".join(p.text for p in draft.paragraphs())
    resources = table_of(draft.annexes, "table.resources")
    assert resources.rows == (
        ("WFP", "1,500", "500.50", "2,000.50"),
        ("Total", "1,500", "500.50", "2,000.50"),
    )


def test_goals_and_strategies_are_those_of_the_workbooks_lists() -> None:
    draft = drafted(review_of())

    goals = [p.text for p in under(draft, "plan.policy") if p.style == "SubPara"]
    strategies = [p.text for p in under(draft, "plan.strategies") if p.style == "SubPara"]
    assert [text.partition(":")[0] for text in goals] == [
        *("Prevention", "Participation", "Protection", "Relief and recovery", "Normative")
    ]
    assert len(strategies) == 5
    assert strategies[-1].endswith(".")


def test_practices_are_counted_and_the_chosen_are_quoted() -> None:
    rows: Rows = [
        {
            "entity": "WFP",
            "practice_id": "P-1",
            "title": "Ovens",
            "context": "It {{x}} works.",
            "thematic_areas": "RR; PREV",
            "chosen": "yes",
        },
        {"entity": "WFP", "practice_id": "P-2", "title": "Pans", "context": "It may."},
    ]

    found = under(drafted(review_of(Practices=rows)), "practices")

    texts = [paragraph.text for paragraph in found if not paragraph.prompt]
    assert texts[1] == (
        "Two potential good practice cases have been received from one United Nations entity."
    )
    assert texts[2] == "WFP submitted “Ovens”: “It {{x}} works.”"


def test_partners_of_initiatives_and_practices_are_named_as_the_entity_names_them() -> None:
    row = {"entity": "WFP", "title": "Food", "joint_with": "UNDP; FAO", "chosen": "yes"}
    initiative = {**row, "initiative_id": "I-1", "thematic_area": "RR", "narrative": "We feed."}
    practice = {**row, "practice_id": "G-1", "thematic_areas": "RR", "context": "It works."}

    draft = drafted(review_of(Initiatives=[initiative], Practices=[practice]))

    for key, verb in (("WFP.I-1", "plans"), ("WFP.G-1", "submitted")):
        told = sentence(draft, key)
        assert told.text.startswith(f"WFP, together with FAO and UNDP, {verb} ")
        assert len(told.cells) == 3
