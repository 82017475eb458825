"""What each section says of rows made up for it, and what it asks where there are none."""

from __future__ import annotations

import datetime as dt

from report.reviews import TEMPLATE, Rows, drafted, prompts, review_of, sentence, under

from wps_xl.model import DraftTable, Footnote, Section, Value
from wps_xl.report.draft import build

DAY = dt.datetime(2007, 6, 15)


def activity(entity: str, name: str, **more: Value) -> dict[str, Value]:
    """A chosen activity of area A."""
    row: dict[str, Value] = {
        "entity": entity,
        "activity_id": name,
        "area": name[:1],
        "activity": f"Did {name}.",
        "role": "lead",
        "chosen": "yes",
        "book": f"{entity}.xlsx",
        "sheet": "Progress",
        "row": 5,
    }
    return {**row, **more}


def headings_of(section: Section) -> list[str]:
    return [inner.title for inner in section.sections]


def test_an_empty_workbook_makes_a_draft_that_asks_for_everything() -> None:
    draft = drafted(review_of())

    asked = " ".join(prompts(draft))
    for words in (
        "state the mandate",
        "No entity reported on Conflict prevention and early warning",
        "no entity has described one in sheet Overview",
        "no plan return was received",
        "no cases were gathered",
        "sheet Recommendations has no rows",
        "no activities have been accepted",
        "no return states an amount",
    ):
        assert words in asked


def test_the_same_rows_stand_under_areas_or_under_themes_as_the_cycle_is_classified() -> None:
    rows = [activity("WFP", "A-1"), activity("FAO", "B-1", theme="PROT")]
    by_area = build(review_of(Progress=rows), TEMPLATE)
    by_theme = build(review_of({"classification": "themes"}, Progress=rows), TEMPLATE)

    assert headings_of(by_area.sections[2]) == [
        "Conflict prevention and early warning",
        "Peacemaking and peacebuilding",
    ]
    assert headings_of(by_theme.sections[2]) == ["Prevention", "Protection"]
    told = [" ".join(p.text for p in draft.paragraphs()) for draft in (by_area, by_theme)]
    assert "Under each area of action, United Nations" in told[0]
    assert "Under each thematic area, United Nations" in told[1]
    assert "WFP reported: “Did A-1.”" in under(by_theme, "theme.PREV")[-1].text
    assert "FAO reported: “Did B-1.”" in under(by_theme, "theme.PROT")[-1].text


def test_a_chosen_row_without_a_heading_is_named() -> None:
    rows = [activity("WFP", "Z-1", area=None)]

    draft = drafted(review_of({"classification": "themes"}, Progress=rows))

    assert any("WFP:Z-1" in text for text in prompts(draft))


def test_a_row_that_is_not_chosen_is_not_quoted() -> None:
    draft = drafted(review_of(Progress=[activity("WFP", "A-1", chosen=None)]))

    assert "Did A-1" not in " ".join(p.text for p in draft.paragraphs())


def test_an_area_of_which_no_activity_was_chosen_is_not_said_to_be_reported_on_by_nobody() -> None:
    asked = prompts(drafted(review_of(Progress=[activity("WFP", "A-1", chosen="no")])))

    (silent,) = (text for text in asked if "No entity reported on" in text)
    (unchosen,) = (text for text in asked if "none of them has yes" in text)
    assert "Conflict prevention" in unchosen
    assert "Conflict prevention" not in silent


def test_rows_that_name_an_objective_are_told_together() -> None:
    rows = [
        activity("WFP", "A-1"),
        activity("FAO", "A-1", objective="A1"),
        activity("WHO", "A-2", objective="A1"),
    ]

    found = under(drafted(review_of(Progress=rows)), "area.A")[-3:]

    assert [paragraph.key for paragraph in found] == [
        "progress.A.A1.FAO",
        "progress.A.A1.WHO",
        "progress.A.WFP",
    ]
    assert found[0].text.startswith("With regard to the objective “Mainstream a gender perspective")


def test_an_entitys_words_are_quoted_and_its_offences_are_remarked() -> None:
    row = activity("WFP", "A-1", activity="The UN trained 80% of “staff” & <others>.")

    found = sentence(drafted(review_of(Progress=[row])), "WFP.A-1")

    assert found.text == "WFP reported: “The UN trained 80% of “staff” & <others>.”"
    assert found.remark.startswith("The entity's own words, to be reworded.")
    for offence in ("‘UN’: Write 'United Nations'", "‘0%’: Write 'per cent'", "(Q1)"):
        assert offence in found.remark


def test_a_joint_activity_is_told_once_by_the_row_with_the_offices_words() -> None:
    rows = [
        activity("FAO", "A-1", joint_key="seeds"),
        activity("WFP", "A-7", joint_key="seeds", role="joint", ours="FAO and WFP did it."),
    ]

    draft = drafted(review_of(Progress=rows))

    texts = [p.text for p in under(draft, "area.A") if not p.prompt]
    assert texts == ["FAO and WFP did it."]


def test_every_partner_of_an_activity_is_named_whether_or_not_its_own_row_is_chosen() -> None:
    rows = [
        activity("FAO", "A-1", joint_key="seeds", joint_with="WFP; UNDP"),
        activity("WFP", "A-7", joint_key="seeds", role="joint"),
        activity("WHO", "A-2", same="FAO:A-1", chosen=None, activity="Did the same."),
        activity("UNFPA", "A-3", chosen="no", joint_with="ILO"),
    ]
    review = review_of(Progress=rows)

    draft = drafted(review)

    told = sentence(draft, "FAO.A-1")
    assert told.text == "FAO, together with UNDP, WFP and WHO, reported: “Did A-1.”"
    column = review.letters["Progress"]
    behind = {f"{cell.column}{cell.row}" for cell in told.cells}
    assert behind >= {f"{column['What was done']}{n}" for n in (2, 3, 4)}
    assert behind >= {f"{column['Joint with (entities)']}2", f"{column['Same activity as']}4"}
    assert "ILO" not in " ".join(p.text for p in draft.paragraphs())


def test_the_offices_sentence_ends_where_another_may_follow() -> None:
    rows = [
        activity("WFP", "A-1", ours="WFP fed 12 towns"),
        activity("FAO", "A-1", ours="Did FAO sow?"),
    ]

    draft = drafted(review_of(Progress=rows))

    assert sentence(draft, "WFP.A-1").text == "WFP fed 12 towns."
    assert sentence(draft, "FAO.A-1").text == "Did FAO sow?"


def test_the_focus_is_the_offices_or_the_entitys_or_asked_for() -> None:
    focus = {"entity": "WFP", "area": "A", "focus": "Food first."}
    nobody = drafted(review_of(Progress=[activity("WFP", "A-1")]))
    waiting = drafted(review_of(Progress=[activity("WFP", "A-1")], Overview=[focus]))
    quoted = drafted(review_of(Overview=[{**focus, "chosen": "yes"}]))
    ours = drafted(review_of(Overview=[{**focus, "chosen": "yes", "ours": "All put food first."}]))

    assert any("no entity has described it" in text for text in prompts(nobody))
    assert any("described by WFP" in text for text in prompts(waiting))
    found = sentence(quoted, "focus.A.WFP")
    assert found.text == "WFP stated its strategic focus as follows: “Food first.”"
    assert sentence(ours, "focus.A.WFP").text == "All put food first."


def test_challenges_are_counted_by_kind_and_the_chosen_are_quoted() -> None:
    rows: Rows = [
        {"entity": "WFP", "area": "A", "challenge": "No funds.", "challenge_kind": "funding"},
        {"entity": "FAO", "area": "B", "challenge": "Few funds.", "challenge_kind": "funding"}
        | {"chosen": "yes"},
    ]

    found = under(drafted(review_of(Overview=rows)), "plan.challenges")[0]

    assert found.text == (
        "Two entities reported inadequate funding as a gap or challenge. FAO reported: “Few funds.”"
    )
    note = next(part for part in found.sentences[0].parts if isinstance(part, Footnote))
    assert note.text == "FAO and WFP."


def test_challenges_of_another_kind_are_counted_in_a_sentence() -> None:
    row = {"entity": "WFP", "area": "A", "challenge": "No roads.", "challenge_kind": "other"}

    found = under(drafted(review_of(Overview=[row])), "plan.challenges")[0]

    assert found.text == "One entity reported a gap or challenge of another kind."


def test_a_challenge_without_a_kind_is_quoted_last_and_counted_nowhere() -> None:
    row = {"entity": "WFP", "area": "A", "challenge": "No roads.", "chosen": "yes"}

    draft = drafted(review_of(Overview=[row]))

    assert [p.text for p in under(draft, "plan.challenges") if not p.prompt] == [
        "WFP reported: “No roads.”"
    ]
    assert not any("no entity has described one" in text for text in prompts(draft))


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


def table_of(draft_sections: tuple[Section, ...], key: str) -> DraftTable:
    tops = [section for top in draft_sections for section in top.walk()]
    blocks = [block for section in tops for block in section.blocks]
    return next(b for b in blocks if isinstance(b, DraftTable) and b.key == key)


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


def test_a_row_of_recommendations_without_a_recommendation_is_named_with_its_cell() -> None:
    bare = drafted(review_of(Recommendations=[{"Addressee": "My own recommendation"}]))

    (asked,) = (text for text in prompts(bare) if "Recommendations" in text)
    assert "“My own recommendation” in Recommendations!A2" in asked


def test_forms_that_came_and_did_not_come_are_said() -> None:
    def line(entity: str, form: str, status: str) -> dict[str, Value]:
        received = DAY if status == "received" else None
        row: dict[str, Value] = {"Entity": entity, "Form": form, "Takes part": "invited"}
        return {**row, "Status": status, "Received": received}

    register = [
        line("WFP", "progress", "received"),
        line("FAO", "progress", "missing"),
        line("WFP", "plan", "missing"),
        line("WHO", "practices", "to be repaired"),
        {**line("WFP", "practices", "received"), "Rows": 0},
        {**line("OHCHR", "plan", "not asked"), "Takes part": "not invited"},
    ]

    draft = drafted(review_of(Register=register))

    assert sentence(draft, "methodology.received").text == (
        "The office received one progress report on 15 June 2007."
    )
    assert any("no return was received for FAO (progress)" in text for text in prompts(draft))
    assert any("no entity has sent this form: Action plan." in text for text in prompts(draft))
    unread = [text for text in prompts(draft) if "cannot be read" in text]
    assert ["WHO (practices)" in text for text in unread] == [True]
    assert table_of(draft.annexes, "table.respondents").rows[1] == (
        *("World Food Programme", "15 June 2007", "not received", "15 June 2007"),
    )
    asked = {row[0] for row in table_of(draft.annexes, "table.respondents").rows}
    assert "Office of the United Nations High Commissioner for Human Rights" not in asked


def test_recommendations_of_earlier_reports_are_put_before_the_drafter_not_printed_as_new() -> None:
    rows: Rows = [
        {"Recommendation": "States plan", "Of cycle": None},
        {"Recommendation": "Donors give", "Of cycle": "REV-1999"},
    ]

    draft = drafted(review_of(Recommendations=rows))

    printed = [p.text for p in under(draft, "conclusions") if not p.prompt]
    assert any("States plan" in text for text in printed)
    assert not any("Donors give" in text for text in printed)
    assert any("still open: “Donors give”" in text for text in prompts(draft))
