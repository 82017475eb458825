"""Slots in the office's own sentences: figures that follow their rows, and what names nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from report.reviews import CODEBOOK, Rows, drafted, prompts, review_of, sentence

from wps_xl.model import Footnote, Sentence, Value
from wps_xl.review.columns import sheet_of

MEASURES: Rows = [
    {
        "entity": "WFP",
        "measure_id": "M-1",
        "activity_id": "A-1",
        "measure": "people trained",
        "value": 12,
        "unit": "persons",
        "baseline": 9,
        "period_start": dt.datetime(2006, 1, 1),
        "period_end": dt.datetime(2006, 12, 31),
    },
    {
        "entity": "WFP",
        "measure_id": "M-2",
        "activity_id": "A-1",
        "measure": "women among trainers",
        "numerator": 8,
        "denominator": 11,
        "percent": 72.7,
        "unit": "persons",
        "target": 70,
    },
    {
        "entity": "WFP",
        "measure_id": "M-3",
        "activity_id": "A-1",
        "measure": "spent",
        "amount_usd": 509765,
    },
    {
        "entity": "FAO",
        "measure_id": "M-1",
        "activity_id": "A-9",
        "measure": "courses",
        "value": 34086,
        "unit": "courses",
    },
]


def said(text: str, **more: Value) -> Sentence:
    """The sentence that the draft makes of the office's words."""
    row = {
        "entity": "WFP",
        "activity_id": "A-1",
        "area": "A",
        "activity": "Trained people.",
        "role": "lead",
        "countries": "SDN; COD",
        "place": "Darfur",
        "chosen": "yes",
        "ours": text,
    }
    answers = [
        {"entity": code, "question": "Q-A2", "answer": "yes"} for code in ("WFP", "DPA", "ECA")
    ]
    review = review_of(Progress=[{**row, **more}], Measures=MEASURES, Checklist=answers)
    return sentence(drafted(review), "WFP.A-1")


PRINTED = {
    "{entity} trained {value} people.": "WFP trained 12 people.",
    "{M-1.value} people were trained.": "Twelve people were trained.",
    "{FAO:M-1.value} courses were held.": "A total of 34,086 courses were held.",
    "Of {M-2.whole}, {M-2.part} were women.": "Of 11, 8 were women.",
    "There were {M-2.part} of them.": "There were eight of them.",
    "There were {M-2.part in figures}.": "There were 8.",
    "There were {M-1.value in words}.": "There were twelve.",
    "It reached {a M-2.percent} share.": "It reached a 72.7 per cent share.",
    "It spent {M-3.amount}.": "It spent $509,765.",
    "Up by {M-1.change} since.": "Up by three since.",
    "In {M-1.year}, all met.": "In 2006, all met.",
    "They worked in {countries}.": (
        "They worked in the Democratic Republic of the Congo and the Sudan."
    ),
    "They worked in {place}.": "They worked in Darfur.",
    "{count Q-A2} entities: {list Q-A2}.": (
        "Three entities: the Department of Political Affairs, ECA and WFP."
    ),
    "{P5 | measure = M-2 | group = trainers | category = women}": (
        "Eight of the 11 trainers were women."
    ),
    "Then, {P4 | audience = judges | subject = law}": "Then, WFP trained 12 judges in law.",
}


@pytest.mark.parametrize("slot", PRINTED)
def test_a_slot_prints_what_its_row_says(slot: str) -> None:
    assert said(slot).text == PRINTED[slot]


def test_every_column_of_measures_may_be_a_slot() -> None:
    columns = sheet_of(CODEBOOK, "Measures").columns
    day = dt.datetime(2006, 5, 1)
    kinds: dict[str, Value] = {"number": 12, "date": day, "text": "words"}
    values = {
        code: next(iter(CODEBOOK[one.list_name])) if one.list_name else kinds[one.type]
        for code, one in columns.items()
    }
    row = values | {"entity": "WFP", "measure_id": "M-1", "activity_id": "A-1"}
    slots = "; ".join(f"{code} {{M-1.{code}}}" for code in columns)
    told = {"entity": "WFP", "activity_id": "A-1", "area": "A", "role": "lead"}
    activity = {**told, "activity": "Trained people.", "chosen": "yes", "ours": f"Here: {slots}."}

    found = sentence(drafted(review_of(Progress=[activity], Measures=[row])), "WFP.A-1")

    assert found.gaps == ()
    assert "women 12; girls 12; men 12; boys 12" in found.text
    assert {figure.id for figure in found.figures} == {f"WFP.M-1.{code}" for code in columns}
    assert "target_source words" in found.text
    assert "baseline_date 1 May 2006" in found.text


def test_a_figure_in_the_offices_sentence_knows_its_cell() -> None:
    found = said("{entity} trained {M-1.value} people.")

    (figure,) = found.figures
    assert (figure.id, figure.value, figure.text) == ("WFP.M-1.value", 12, "12")
    assert [str(cell) for cell in figure.cells] == ["Measures!E2"]
    assert "Progress!X2" in [str(cell) for cell in found.cells]


@pytest.mark.parametrize("slot", ["{M-9.value}", "{list Q-Z9}", "{P99 | a = b}", "{audience}"])
def test_a_slot_that_names_nothing_is_never_printed_and_is_remarked(slot: str) -> None:
    found = said(f"Here is {slot}.")

    assert found.text == "Here is [?]."
    assert found.gaps == (slot,)
    assert f"Names nothing: {slot}" in found.remark


def test_double_braces_are_words_of_the_office_and_no_slot() -> None:
    found = said("They wrote {{x}} and {M-1.value}.")

    assert found.text == "They wrote {{x}} and 12."
    assert found.remark == ""


def test_a_number_that_is_typed_is_remarked() -> None:
    found = said("In 2006, 18 people met, as resolution 1325 (2000) asks.")

    assert "Typed, and so not renewed by any row: 18." in found.remark


def test_a_list_in_the_offices_sentence_is_not_given_again() -> None:
    found = said("The {count Q-A2} entities{note Q-A2} agreed.")

    note = next(part for part in found.parts if isinstance(part, Footnote))
    assert note.text == "The Department of Political Affairs, ECA and WFP."
    assert found.text == "The three entities agreed."
    with pytest.raises(StopIteration):
        sentence(drafted(review_of()), "Q-A2")


def test_the_slot_of_another_column_of_the_row_needs_the_row() -> None:
    assert said("In {countries}.", countries=None).text == "In [?]."
    assert prompts(drafted(review_of()))
