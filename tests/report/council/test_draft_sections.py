"""What each section says of rows made up for it, and what it asks where there are none."""

from __future__ import annotations

import datetime as dt

from report.reviews import TEMPLATE, Rows, drafted, prompts, review_of, sentence, under

from wps_xl.model import Footnote, Section, Value
from wps_xl.report.council.draft import build

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
