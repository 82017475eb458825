"""The compilation of good practices: what it says of which case, and the panel's sheets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from office.word.reading import comments, faults, texts
from report.reviews import Rows, prompts, review_of, under
from validators import assert_valid

from wps_xl import assets
from wps_xl.codebook import from_tables
from wps_xl.errors import InputError
from wps_xl.model import Draft, DraftTable, Value
from wps_xl.office.word.document import write
from wps_xl.report.council.sources import blocks
from wps_xl.report.documents.compilation import build
from wps_xl.review.office_schemas import slips
from wps_xl.review.workbook import Review

WORDS = {
    "context": "Desks at police stations, staffed by women.",
    "results": "Reports rose by half.",
    "impact": "Women felt safer.",
    "why_it_worked": "The police owned it.",
}


def case(entity: str, number: str, title: str, **more: Value) -> dict[str, Value]:
    """A row of sheet Practices."""
    known: dict[str, Value] = {
        "entity": entity,
        "practice_id": number,
        "kind": "good practice",
        "title": title,
        "level": "national",
        "countries": "LBR",
        "thematic_areas": "PROT",
        "book": f"{entity}.xlsx",
        "sheet": "Practices",
        "row": 5,
        **WORDS,
    }
    return {**known, **more}


DESKS = case("UNDP", "P-1", "Women's desks", thematic_areas="PROT; PREV")
TALKS = case("WFP", "P-1", "Talks in camps", level="global", countries=None)
RADIO = case("WFP", "P-2", "Radio for peace", thematic_areas="PREV", kind="lesson learned")


def compiled(*cases: dict[str, Value]) -> Draft:
    return build(review_of(Practices=cases))


def said(draft: Draft, section: str) -> list[str]:
    return [paragraph.text for paragraph in under(draft, section)]


def tables(draft: Draft) -> dict[str, DraftTable]:
    return {block.key: block for block in blocks(draft) if isinstance(block, DraftTable)}


def test_cases_and_entities_are_counted_by_area_and_level() -> None:
    draft = compiled(DESKS, TALKS, RADIO)

    assert said(draft, "compilation")[0] == (
        "Two potential good practice cases have been received from two United Nations entities. "
        "One lesson learned has been received from one United Nations entity."
    )
    table = tables(draft)["compilation.table"]
    assert table.head == ("Thematic area", "Global", "Regional", "National", "Local", "Total")
    assert [row for row in table.rows if row[-1] != "0"] == [
        ("Prevention", "0", "0", "1", "0", "1"),
        ("Protection", "1", "0", "1", "0", "2"),
        ("Total", "1", "0", "2", "0", "3"),
    ]


def test_a_case_stands_under_its_first_area_the_global_ones_first() -> None:
    draft = compiled(DESKS, TALKS, RADIO)

    titles = [
        paragraph.text
        for paragraph in under(draft, "compilation.PROT")
        if paragraph.style == "CaseTitle"
    ]
    assert titles == ["Talks in camps", "Women's desks"]


def test_the_office_may_place_a_case_under_another_area() -> None:
    draft = compiled({**DESKS, "theme": "NORM"})

    assert "Women's desks" in said(draft, "compilation.NORM")


def test_a_case_is_told_in_the_words_of_its_entity() -> None:
    draft = compiled({**DESKS, "joint_with": "WFP", "evidence": "S/2006/770", "lessons": "Ask 1st"})

    assert said(draft, "compilation.PROT") == [
        "Women's desks",
        "UNDP submitted this good practice together with WFP. It is placed at the national level, "
        "in Liberia. It also falls under “Prevention”. The panel has not assessed it yet.",
        "Context and description: “Desks at police stations, staffed by women.”",
        "Results and how they advanced the goal: “Reports rose by half.”",
        "Impact on the lives of women and girls: “Women felt safer.”",
        "What worked and why: “The police owned it.”",
        "Lessons learned: “Ask 1st”",
        "Evidence: S/2006/770",
    ]


def test_an_area_without_a_case_asks_the_drafter() -> None:
    asked = [text for text in prompts(compiled(DESKS)) if "no case was submitted" in text]

    assert len(asked) == 4


def test_a_case_found_not_eligible_is_named_with_its_reason_only() -> None:
    draft = compiled(
        {**DESKS, "panel": "Not eligible", "reason": "No result is shown."},
        {**TALKS, "panel": "eligible", "reason": "Results last"},
        RADIO,
    )

    assert said(draft, "compilation")[1] == (
        "Of those, the panel found one eligible and one not eligible; one has not been assessed "
        "yet."
    )
    assert said(draft, "compilation.refused") == [
        "The panel found the following cases not eligible:",
        "“Women's desks” (UNDP): No result is shown.",
    ]
    assert "The panel found it eligible: Results last." in said(draft, "compilation.PROT")[1]
    assert "Women's desks" not in said(draft, "compilation.PROT")


def test_a_case_marked_no_is_counted_and_not_told() -> None:
    draft = compiled({**DESKS, "chosen": "no"}, TALKS)

    assert "Two potential" in said(draft, "compilation")[0]
    assert "Women's desks" not in [p.text for p in draft.paragraphs()]


def test_the_panel_has_a_sheet_for_each_case_that_waits_for_it() -> None:
    draft = compiled(DESKS, {**TALKS, "panel": "eligible"})

    sheets = {key: table for key, table in tables(draft).items() if key.endswith(".sheet")}
    (sheet,) = sheets.values()
    assert sheet.title == "Women's desks (UNDP)"
    assert sheet.head == (
        *("Criterion", "Women's groups", "Gender experts", "United Nations system", "Remarks"),
    )
    assert {row[1:] for row in sheet.rows[:-1]} == {("yes / no", "yes / no", "yes / no", "")}
    assert sheet.rows[-1] == ("Decision of the panel", "", "", "", "eligible / not eligible")


def test_criteria_that_nobody_confirmed_say_that_they_are_examples() -> None:
    draft = compiled(DESKS)

    *criteria, _ = tables(draft)["UNDP.case.2.sheet"].rows
    assert all(row[0].endswith("[example]") for row in criteria)
    assert any("marked “example”" in text for text in prompts(draft))


def with_criteria(review: Review, *rows: dict[str, str]) -> Review:
    found = from_tables({**review.codebook.tables, "eligibility_criteria": rows})
    return replace(review, codebook=found)


def test_confirmed_criteria_stand_as_they_are_and_without_criteria_there_is_no_sheet() -> None:
    review = review_of(Practices=[DESKS])

    confirmed = build(with_criteria(review, {"code": "1", "text": "It lasts", "status": ""}))
    without = build(with_criteria(review))

    assert tables(confirmed)["UNDP.case.2.sheet"].rows[0][0] == "It lasts"
    assert not any("example" in text for text in prompts(confirmed))
    assert without.annexes == ()


def test_a_decision_that_nobody_understands_is_named_and_the_case_stays_open() -> None:
    review = review_of(Practices=[{**DESKS, "panel": "maybe"}])

    assert ["“maybe” is no decision of the panel" in sentence for sentence in slips(review)] == [
        True
    ]
    assert "The panel has not yet assessed them" in said(build(review), "compilation")[1]


def test_without_a_case_there_is_nothing_to_compile() -> None:
    with pytest.raises(InputError, match="Sheet Practices has no case"):
        build(review_of())


def test_the_document_is_valid_and_each_case_names_its_cells(tmp_path: Path) -> None:
    target = tmp_path / "practices.docx"
    rows: Rows = [DESKS, {**TALKS, "panel": "not eligible"}, RADIO]

    write(build(review_of(Practices=rows)), assets.path("templates/page.docx"), target)

    assert faults(target) == []
    assert_valid(target)
    assert "Security Council" not in " ".join(texts(target))
    assert [text for text in comments(target) if text.startswith("Cells: Practices!D2")]
