"""A clean edition from the workbook: each reason refuses it, and `check` finds them all."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from office.word.reading import W
from office.word.sample_draft import draft
from office.word.updating import Edit, add_below, delete, edited, say, track_words, written
from report.reviews import TEMPLATE, drafted, review_of

from wps_xl.codebook import from_tables, load
from wps_xl.desk.commands.updating import refuse_open, unfit
from wps_xl.errors import InputError
from wps_xl.model import Value
from wps_xl.office.word.manuscript import manuscript
from wps_xl.report.council.draft import build
from wps_xl.report.proof.readiness import left_over
from wps_xl.review.workbook import Review

ACTIVITY = {
    "entity": "WFP",
    "activity_id": "A-1",
    "area": "A",
    "activity": "Did it.",
    "role": "lead",
    "chosen": "yes",
}
RENEW = [{"Recommendation": "Renew the plan."}]
Rows = Sequence[Mapping[str, Value]]


def refused(sheets: Mapping[str, Rows], template: Path = TEMPLATE) -> str:
    """Why the workbook gives no clean edition; blank where it gives one."""
    review = review_of(**{"Recommendations": RENEW, **sheets})
    try:
        refuse_open(build(review, template), review, template)
    except InputError as stop:
        return str(stop)
    return ""


def mandateless(review: Review) -> Review:
    """The workbook of a cycle of which sheet Cycle names no mandate."""
    cycles = [{**row, "mandate": ""} for row in review.codebook.tables["cycles"]]
    codebook = from_tables({**review.codebook.tables, "cycles": cycles})
    return replace(review, codebook=codebook)


def test_a_workbook_with_nothing_open_gives_a_clean_edition() -> None:
    assert refused({"Progress": [ACTIVITY]}) == ""


@pytest.mark.parametrize(
    ("sheets", "reason"),
    [
        (
            {"Progress": [{**ACTIVITY, "ours": "It was {M-4.percent}."}]},
            "1 place that nothing fills: paragraph 5, {M-4.percent} of Progress!X2.",
        ),
        ({"Recommendations": []}, "1 heading with nothing under it: “Conclusions and further"),
        (
            {"Progress": [{**ACTIVITY, "area": None, "activity_id": "Z-1"}]},
            "1 yellow paragraph: “[Drafter: these rows are chosen and have no place",
        ),
        (
            {
                "Practices": [
                    {"entity": "WFP", "practice_id": "P-1", "title": "T", "context": "C."}
                    | {"chosen": "yes", "panel": "not eligible"}
                ]
            },
            "1 yellow paragraph: “[Drafter: these cases are marked In report although",
        ),
    ],
)
def test_a_workbook_is_refused_a_clean_edition(sheets: Mapping[str, Rows], reason: str) -> None:
    assert f"The clean edition holds {reason}" in refused(sheets)


def test_a_template_that_asks_the_drafter_to_act_is_refused(tmp_path: Path) -> None:
    template = tmp_path / "template.docx"
    shutil.copy(TEMPLATE, template)
    word = docx.Document(str(template))
    text = next(t for t in word.element.body.iter(f"{W}t") if "To further" in (t.text or ""))
    text.text = f"{text.text} [Drafter: shorten this.]"
    word.save(str(template))

    assert "1 yellow paragraph: paragraph 12 “To further" in refused(
        {"Progress": [ACTIVITY]}, template
    )


def test_what_would_be_lost_refuses_a_drafters_clean_edition_too() -> None:
    review = mandateless(review_of(Progress=[{**ACTIVITY, "area": None, "activity_id": "Z-1"}]))

    mandate, lost = unfit(drafted(review), review)

    assert "would print [mandate, see sheet Cycle]" in mandate
    assert "these rows are chosen" in lost
    assert "WFP:Z-1" in lost


def test_every_reason_is_said_at_once() -> None:
    label = load()["objectives"]["A1"].label
    chosen = {**ACTIVITY, "ours": f"WFP helped to {label}."}

    review = mandateless(review_of(Progress=[chosen]))

    with pytest.raises(InputError) as stop:
        refuse_open(drafted(review), review, TEMPLATE)

    said = str(stop.value)
    assert "would print [mandate, see sheet Cycle]. Fill in that line of sheet Cycle." in said
    assert "still marked as example: objectives A1" in said
    assert "1 heading with nothing under it: “Conclusions and further" in said
    assert said.count("write the clean edition again") == 1


@pytest.mark.parametrize(
    ("edit", "code", "words"),
    [
        (say("B.1", "Some", "{M-4.percent}"), "slot", "Nothing fills {M-4.percent}."),
        (track_words("B.1", "Some ", "del"), "tracked", "A tracked change is not decided."),
        (delete("annex.4"), "empty-section", "Nothing stands under this heading."),
        (add_below("B.1", "[Drafter: look.]"), "yellow", "asks the drafter to act."),
        (
            add_below("B.1", "It advances a goal. Its results last after the support has ended."),
            "example",
            "The text is still marked as example: eligibility_criteria",
        ),
    ],
)
def test_check_finds_each_of_them(edit: Edit, code: str, words: str, tmp_path: Path) -> None:
    document = docx.Document(str(edited(written(draft(), tmp_path / "old.docx"), edit)))

    found = list(left_over(document, manuscript(document), review_of(), TEMPLATE))

    assert any(one.code == code and words in one.message for one in found), found
