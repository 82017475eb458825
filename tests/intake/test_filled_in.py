"""What the office had filled in: questions, results of the plan, headings and their units."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from intake.drawing import CODEBOOK, CYCLE, ENTITY, OTHER, cover, grid, returned, told

from wps_xl.intake.returns import Return
from wps_xl.intake.side_by_side import Background
from wps_xl.intake.validation import Intake, examine
from wps_xl.model import Value

HEADINGS = "Result No.|Initiative No.|Indicator|Unit|Baseline|Target|Latest value|Rating"
CODES = "result_id|initiative_id|indicator|unit|baseline|target|latest|rating"
QUESTION = next(iter(CODEBOOK["questions"]))
PLAN: Mapping[str, Mapping[str, Value]] = {
    "R-1": {
        "initiative_id": "I-1",
        "indicator": "women among mediators",
        "unit": "persons",
        "baseline": 10.0,
        "target": 51,
    },
    "R-2": {
        "initiative_id": "I-1",
        "indicator": "courses held",
        "unit": "courses",
        "baseline": 0,
        "target": 12,
    },
    "R-3": {
        "initiative_id": "I-2",
        "indicator": "is there a policy",
        "unit": None,
        "baseline": None,
        "target": None,
    },
}
ISSUED = [
    "R-1|I-1|women among mediators|persons|10|51||On track",
    "R-2|I-1|courses held|courses|0|12||On track",
    "R-3|I-2|is there a policy|||||On track",
]


def updates(*rows: str) -> Return:
    return returned(grid("Updates", "\n".join([CODES, HEADINGS, *rows])))


def against(
    item: Return, *plans: Mapping[str, Mapping[str, Value]]
) -> list[tuple[str, str | None]]:
    background = Background({ENTITY: plans or (PLAN,)})
    found = examine([item], [], CODEBOOK, CYCLE, background=background)
    return told(found, "Updates")


def changed(number: int, old: str, new: str) -> list[str]:
    return [row.replace(old, new) if at == number else row for at, row in enumerate(ISSUED)]


def test_what_is_as_issued_is_silent_whatever_its_case_and_spaces() -> None:
    tidied = changed(0, "women among mediators", '"Women  among mediators "')

    assert against(updates(*ISSUED)) == []
    assert ("differs-from-plan", "C3") not in against(updates(*tidied))


@pytest.mark.parametrize(
    ("row", "old", "new", "cell"),
    [
        (0, "51", "15", "F3"),
        (0, "|10|", "|1|", "E3"),
        (1, "|courses|", "|persons|", "D4"),
        (1, "courses held", "courses planned", "C4"),
        (1, "courses held", "", "C4"),
        (2, "I-2", "I-1", "B5"),
        (2, "policy|||", "policy|||9", "F5"),
    ],
)
def test_a_cell_that_is_not_the_plans_is_told_where_it_stands(
    row: int, old: str, new: str, cell: str
) -> None:
    assert against(updates(*changed(row, old, new))) == [("differs-from-plan", cell)]


def test_results_of_no_plan_and_results_that_are_gone_are_told() -> None:
    further = "R-9|I-7|radio programmes|hours|1|2||On track"

    assert against(updates(*ISSUED, further)) == [("unknown-result", "A6")]
    assert against(updates(*ISSUED[:2])) == [("result-missing", "A2")]
    assert against(updates(*changed(0, "R-1", "R-7"))) == [("differs-from-plan", "A3")]


def test_the_plan_that_was_filled_in_is_known_by_what_it_says() -> None:
    new = {
        number: {**row, "indicator": f"new {number}", "unit": "x", "baseline": 3, "target": 4}
        for number, row in PLAN.items()
    }

    assert against(updates(*ISSUED), new) == []
    assert against(updates(*changed(0, "51", "15")), new, PLAN) == [("differs-from-plan", "F3")]


def checklist(*texts: object, form: str = "Question") -> list[tuple[str, str | None]]:
    codes = [QUESTION, *list(CODEBOOK["questions"])[1:]]
    rows = "\n".join(f"{code}|{text}|No" for code, text in zip(codes, texts, strict=False))
    drawn = grid("Checklist", f"question|text|answer\nQuestion No.|Question|Answer\n{rows}")
    found = examine([returned(drawn)], [], CODEBOOK, CYCLE)
    return [one for one in told(found, "Checklist") if one[0] != "question-missing"]


def test_a_question_reworded_or_emptied_is_told_and_one_as_issued_is_not() -> None:
    label = CODEBOOK["questions"].label(QUESTION)
    area = CODEBOOK["areas_of_action"].label("A")

    assert checklist(label) == checklist(f"{area}: {label}") == checklist(label.upper()) == []
    assert checklist(label.replace("work", "plan")) == [("question-changed", "B3")]
    assert checklist("") == [("question-changed", "B3")]
    second = CODEBOOK["questions"].label(list(CODEBOOK["questions"])[1])
    assert checklist(f"{area}: {label}", f"{second} And when?") == [("question-changed", "B4")]


def test_what_all_entities_call_a_question_was_issued_so() -> None:
    drawn = grid(
        "Checklist", f"question|text|answer\nQuestion No.|Question|Answer\n{QUESTION}|Old words?|No"
    )
    both = [returned(cover(entity), drawn, name=f"{entity}.xlsx") for entity in (ENTITY, OTHER)]

    assert "question-changed" not in {i.code for i in examine(both, [], CODEBOOK, CYCLE).issues}


def headed(sheet: str, codes: str, headings: str) -> list[tuple[str, str | None]]:
    found = returned(grid(sheet, f"{codes}\n{headings}\nA-1|A|2"))
    return [(i.code, i.cell) for i in found.issues if i.code == "changed-heading"]


@pytest.mark.parametrize(
    ("sheet", "codes", "headings", "cells"),
    [
        (
            "Measures",
            "measure_id|activity_id|amount_usd",
            "No.|Activity No.|Amount (euros)",
            ["C2"],
        ),
        ("Measures", "measure_id|activity_id|women", "No.|Activity No.|Women and girls", ["C2"]),
        ("Measures", "measure_id|activity_id|women", "No.|Activity No.|", ["C2"]),
        (
            "Resources",
            "initiative_id|year|core_usd",
            "Initiative No.|Budget year|Core (US dollars)",
            ["B2"],
        ),
        ("Progress", "activity_id|area|role", "NO.|Area  of action|role of the entity", []),
        ("Measures", "measure_id|activity_id|amount_usd", "No|Activity No|Amount, US dollars", []),
    ],
)
def test_a_heading_in_other_words_is_told_and_one_in_other_letters_is_not(
    sheet: str, codes: str, headings: str, cells: list[str]
) -> None:
    form = "plan" if sheet == "Resources" else "progress"
    drawn = grid(sheet, f"{codes}\n{headings}\nA-1|A|2")
    found: Return | Intake = returned(drawn, form=form)

    assert [i.cell for i in found.issues if i.code == "changed-heading"] == cells


def test_translated_headings_are_one_line_and_those_of_an_older_form_none() -> None:
    codes = "activity_id|area|activity|role|strategy"
    drawn = grid("Progress", f"{codes}\nN°|Domaine|Activité|Rôle|Stratégie\nA-1|A|Trained staff.")
    old = returned(cover(form_version="0"), drawn)

    (one,) = [i for i in returned(drawn).issues if i.code == "changed-heading"]
    assert (one.cell, one.also) == ("A2", tuple(f"Progress!{at}2" for at in "BCDE"))
    assert "changed-heading" not in {i.code for i in old.issues}
