"""What was asked and answered is printed, or put before the drafter: questions, Overview, cases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from report.reviews import CODEBOOK, drafted, prompts, review_of, sentence, under
from rows import rows_in

from wps_xl.codebook import from_tables
from wps_xl.model import Draft, Value
from wps_xl.records import Practice
from wps_xl.report.council.counts import agreeing
from wps_xl.report.council.open_slots import open_slots, slot_line
from wps_xl.report.council.practices import received
from wps_xl.report.council.wording import Wording
from wps_xl.report.documents.brief import build as brief
from wps_xl.review.workbook import Review

THEMES, AREAS = "themes", "areas"
QUESTIONS = [
    {"code": "Q-PREV0", "area": "PREV", "text": "Did you prevent?", "para": ""},
    {"code": "Q-A10", "area": "A", "text": "Do you warn early?", "para": ""},
    {"code": "Q-X1", "area": "", "text": "Have you an adviser?", "para": ""},
]


def asked(classification: str, **answers: str) -> Draft:
    """The draft of a workbook with these questions; ``WFP_QX1`` is the answer of WFP to Q-X1."""
    rows = []
    for name, answer in answers.items():
        entity, question = name.split("_")
        rows.append({"entity": entity, "question": f"Q-{question[1:]}", "answer": answer})
    review = review_of({"classification": classification}, Checklist=rows)
    tables = {**review.codebook.tables, "questions": QUESTIONS}
    return drafted(replace(review, codebook=from_tables(tables)))


def test_a_question_of_a_thematic_area_stands_under_it_and_one_of_neither_before_all() -> None:
    draft = asked(THEMES, WFP_QPREV0="yes", FAO_QPREV0="yes", FAO_QA10="yes", FAO_QX1="yes")

    here = " ".join(p.text for p in under(draft, "theme.PREV"))
    assert "Two entities provided information on their work in this area of action." in here
    assert "One entity answered “yes” to the question: “Do you warn early?”" in here
    assert any("“Have you an adviser?”" in p.text for p in under(draft, "progress"))


def test_in_a_cycle_by_areas_a_question_of_a_thematic_area_is_printed_too() -> None:
    draft = asked(AREAS, WFP_QPREV0="yes")

    assert any("One entity provided" in p.text for p in under(draft, "progress"))


def test_a_question_without_a_yes_and_one_that_the_list_lost_are_put_before_the_drafter() -> None:
    draft = asked(THEMES, WFP_QX1="no", FAO_QX1="no", WFP_QZ9="yes")

    said = " ".join(prompts(draft))
    assert "Q-X1 “Have you an adviser?” (answered by two)" in said
    assert "Q-A10 “Do you warn early?” (answered by nobody)" in said
    assert "not in the list questions of sheet Lists: Q-Z9 (WFP)" in said


def overview(**more: Value) -> dict[str, Value]:
    row = {"entity": "WFP", "area": "A", "focus": "Food first.", "challenge": "No roads."}
    return {**row, "challenge_kind": "other", "chosen": "yes", **more}


def told(**more: Value) -> tuple[str, str, str]:
    """What the draft says of a row of Overview: under the area, under challenges, in prompts."""
    names = {"ours": "ours", "focus": "our_focus", "challenge": "our_challenge"}
    row = overview(**{names[name]: words for name, words in more.items()})
    draft = drafted(review_of(Overview=[row]))
    area = [p.text for p in under(draft, "area.A") if not p.prompt]
    challenges = [p.text for p in under(draft, "plan.challenges") if not p.prompt]
    return " ".join(area), " ".join(challenges), " ".join(prompts(draft))


def test_a_focus_and_a_challenge_of_one_row_have_a_wording_each() -> None:
    area, challenges, _ = told(focus="WFP aims at food.", challenge="Roads fail WFP.")

    assert "WFP aims at food." in area
    assert "Roads fail WFP." in challenges
    assert "food" not in challenges


def test_one_wording_for_two_is_printed_under_neither_and_named() -> None:
    area, challenges, said = told(ours="WFP puts food first.")

    assert "“Food first.”" in area
    assert "“No roads.”" in challenges
    assert "WFP puts food first." not in area + challenges
    assert "WFP puts food first." in said
    assert "Overview!" in said


@pytest.mark.parametrize(("one", "other"), [("focus", "challenge"), ("challenge", "focus")])
def test_our_wording_is_for_the_one_that_has_no_column_filled(one: str, other: str) -> None:
    found = dict(zip(("focus", "challenge"), told(**{one: "Mine.", "ours": "Rest."}), strict=False))

    assert "Mine." in found[one]
    assert "Rest." in found[other]


def test_our_wording_of_a_row_with_a_challenge_alone_is_the_challenges_as_before() -> None:
    row = overview(focus=None, ours="Roads fail WFP.")

    draft = drafted(review_of(Overview=[row]))

    assert any("Roads fail WFP." in p.text for p in under(draft, "plan.challenges"))


def practice(name: str, **more: Value) -> dict[str, Value]:
    row = {"entity": "WFP", "practice_id": name, "title": f"Case {name}", "context": "Was done."}
    return {**row, "kind": "good practice", "countries": "TCD", "thematic_areas": "PREV", **more}


def test_a_case_that_the_panel_refused_is_told_in_no_document_and_named() -> None:
    rows = [practice("P-1", chosen="yes", panel="not eligible"), practice("P-2", chosen="yes")]
    review = review_of(Practices=rows)

    draft = drafted(review)
    page = brief(review, "TCD")

    texts = [p.text for p in (*draft.paragraphs(), *page.paragraphs()) if not p.prompt]
    assert not any("Case P-1" in text for text in texts)
    assert sum("Case P-2" in text for text in texts) == 2
    assert any("WFP “Case P-1”, Practices!" in text for text in prompts(draft))


def test_a_row_that_the_office_left_out_is_in_no_brief() -> None:
    page = brief(review_of(Practices=[practice("P-1", chosen="no")]), "TCD")

    assert not any("Case P-1" in p.text for p in page.paragraphs())


@pytest.mark.parametrize(
    ("cases", "lessons", "said"),
    [
        (1, 0, "One potential good practice case has been received from one United Nations entity"),
        (2, 1, "One lesson learned has been received from one United Nations entity."),
        (0, 12, "Twelve lessons learned have been received from 1 United Nations entity."),
    ],
)
def test_lessons_are_counted_apart_from_practices(cases: int, lessons: int, said: str) -> None:
    kinds = ["good practice"] * cases + ["lesson learned"] * lessons
    review = review_of(Practices=[practice(f"P-{at}", kind=k) for at, k in enumerate(kinds, 1)])

    found = received(review, Wording(review), review.rows(Practice))

    assert said in found.text
    assert ("potential" in found.text) == bool(cases)


def register(count: int, signed: int) -> Review:
    rows = [
        {
            "Entity": entity,
            "Form": "progress",
            "Takes part": "invited",
            "Status": "received",
            "Signed off": "Y" if at < signed else "N",
        }
        for at, entity in enumerate(list(CODEBOOK["entities"])[:count])
    ]
    return review_of(Register=rows)


@pytest.mark.parametrize(
    ("count", "signed", "said"),
    [
        (1, 1, "The only return received was signed off by the head of the entity."),
        (1, 0, "The only return received was not signed off by the head of the entity."),
        (2, 1, "Of the two returns received, one was signed off"),
        (12, 12, "Of the 12 returns received, all were signed off"),
        (12, 0, "Of the 12 returns received, none were signed off"),
    ],
)
def test_words_agree_with_the_number_of_returns(count: int, signed: int, said: str) -> None:
    found = sentence(drafted(register(count, signed)), "plan.accountability.signed_off")

    assert found.text.startswith(said)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "no response has been received."),
        (1, "a response was received from one United Nations entity, "),
        (2, "responses were received from the following two United Nations entities: "),
        (12, "responses were received from the following 12 United Nations entities: "),
    ],
)
def test_words_agree_with_the_number_of_respondents(count: int, said: str) -> None:
    assert said in sentence(drafted(register(count, 0)), "methodology.respondents").text


def test_every_pattern_of_a_question_agrees_with_one_and_with_several() -> None:
    assert agreeing(1) == {"their": "its", "they": "it", "were": "was"}
    rows = [{"entity": "WFP", "question": name, "answer": "yes"} for name in CODEBOOK["questions"]]
    for usage in ("un", "printed"):
        draft = drafted(review_of({"profile": usage}, Checklist=rows))
        for question in CODEBOOK["questions"]:
            words = set(sentence(draft, question).text.replace(",", " ").split())
            assert not words & {"their", "they", "many", "Some"}, question


def test_slots_that_nothing_fills_are_named_with_their_cells() -> None:
    activity = {
        "entity": "WFP",
        "activity_id": "A-1",
        "area": "A",
        "activity": "Did.",
        "role": "lead",
    }
    row = {
        **activity,
        "chosen": "yes",
        "ours": "{M-4.percent} of them, {M-9.value and {P99 | a = b}.",
    }
    wording = [{"Key": "signed_off.one", "Pattern": "One {foo}."}]
    one = [{**row, "Signed off": "N"} for row in rows_in(register(1, 0), "Register")]
    review = review_of(Progress=[row], Wording=wording, Register=one)

    draft = drafted(review)
    found = open_slots(draft, review)

    slots = {"{M-4.percent}", "{P99 | a = b}", "{M-9.value", "{foo}"}
    assert {slot.slot for slot in found} == slots
    assert {slot.where for slot in found} == {"Progress!X2", "Wording!B2"}
    assert slot_line(found, {"progress.A.WFP": "7"}).startswith(
        "4 slots need a hand, printed as [?]: "
    )
    assert not any("{" in p.text for p in draft.paragraphs())
