"""Brief, scorecard and extract: what they say, and that Word can open them."""

from __future__ import annotations

from pathlib import Path

import pytest
from office.word.reading import faults, texts
from report.reviews import TEMPLATE, Rows, review_of, sentence

from wps_xl import assets
from wps_xl.errors import InputError
from wps_xl.model import Draft, DraftTable
from wps_xl.office.word.document import write
from wps_xl.report.council.sources import blocks
from wps_xl.report.documents import brief, extract, scorecard

PAGE = assets.path("templates/page.docx")
PROGRESS: Rows = [
    {
        "entity": entity,
        "activity_id": name,
        "area": name[:1],
        "activity": f"Did {name}.",
        "role": "lead",
        "countries": countries,
        "chosen": chosen,
        "book": f"{entity}.xlsx",
        "sheet": "Progress",
        "row": 5,
    }
    for entity, name, countries, chosen in (
        ("WFP", "A-1", "COD; SDN", "yes"),
        ("FAO", "B-1", "COD", None),
        ("FAO", "B-2", "COD", "no"),
        ("WHO", "A-1", "SDN", "yes"),
    )
]


def tables(draft: Draft) -> dict[str, tuple[tuple[str, ...], ...]]:
    return {block.key: block.rows for block in blocks(draft) if isinstance(block, DraftTable)}


def test_a_brief_has_the_thematic_areas_as_headings_and_shows_gaps() -> None:
    draft = brief.build(review_of(Progress=PROGRESS), "COD")

    assert draft.fields["title"].startswith(
        "Women and peace and security: Democratic Republic of the Congo, from 1 July 2006"
    )
    assert [section.title for section in draft.sections] == [
        *("Prevention", "Participation", "Protection", "Relief and recovery", "Normative")
    ]
    said = [" ".join(p.text for p in _paragraphs(draft, at)) for at in range(5)]
    assert said[0] == "WFP reported: “Did A-1.”"
    assert said[1] == "FAO reported: “Did B-1.”"
    for gap, theme in zip(
        said[2:], ("Protection", "Relief and recovery", "Normative"), strict=True
    ):
        assert f"no entity reported on the Democratic Republic of the Congo under “{theme}”" in gap


def _paragraphs(draft: Draft, at: int) -> list:  # type: ignore[type-arg]
    return list(draft.sections[at].blocks)


def test_a_country_may_be_called_by_its_name() -> None:
    by_name = brief.build(review_of(Progress=PROGRESS), "sudan")

    assert "Sudan" in by_name.fields["title"]


@pytest.mark.parametrize(
    "build",
    [lambda r, e: scorecard.build(r, e, PAGE), lambda r, e: extract.build(r, e, TEMPLATE)],
)
def test_an_unknown_entity_is_refused_in_a_sentence(build: object) -> None:
    with pytest.raises(InputError, match="'MOON' is not in the list of entities"):
        build(review_of(), "MOON")  # type: ignore[operator]


def test_an_unknown_country_is_refused_in_a_sentence() -> None:
    with pytest.raises(InputError, match="'Atlantis' is not in the list of countries"):
        brief.build(review_of(), "Atlantis")


def test_a_scorecard_says_what_came_what_was_reached_and_what_is_open() -> None:
    register: Rows = [
        {
            "Entity": "WFP",
            "Form": "progress",
            "Takes part": "invited",
            "Status": "received",
            "Signed off": "Y",
            "Rows": 12,
            "Held back": 1,
            "Errors": 1,
            "Warnings": 0,
            "Late": "late",
        }
    ]
    updates: Rows = [
        {
            "entity": "WFP",
            "result_id": "R-1",
            "initiative_id": "I-1",
            "indicator": "meals",
            "baseline": 10,
            "target": 20,
            "latest": 15,
        }
    ]
    resources: Rows = [
        {"entity": "WFP", "initiative_id": "I-1", "year": 2008, "core_usd": 100},
        {"entity": "FAO", "initiative_id": "I-1", "year": 2008, "core_usd": 999},
    ]
    issues: Rows = [
        {"Severity": "error", "Entity": "WFP", "Sheet": "Progress", "Cell": "B7"}
        | {"Message": f"B7 must change, {at}."}
        for at in range(9)
    ]

    sheets = {"Register": register, "Updates": updates, "Resources": resources, "Issues": issues}
    found = tables(
        scorecard.build(review_of(Progress=PROGRESS, **sheets), "World Food Programme", PAGE)
    )

    assert found["scorecard.returns"] == (
        ("Progress report", "–", "–", "late", "yes", "12", "1", "1", "0"),
    )
    assert found["scorecard.results"][0][:5] == ("meals", "10", "20", "15", "50%")
    assert found["scorecard.resources"] == (("2008", "100", "0", "100"),)
    assert found["scorecard.issues"][0] == ("error", "Progress B7", "B7 must change, 0.")
    assert len(found["scorecard.issues"]) == 9


def test_the_sum_on_a_scorecard_names_the_cells_that_it_adds_up() -> None:
    measures: Rows = [
        {"entity": entity, "measure_id": f"M-{at}", "activity_id": "A-1", "amount_usd": amount}
        for at, (entity, amount) in enumerate(
            (("WFP", 1200), ("WFP", None), ("WFP", 800), ("FAO", 9))
        )
    ]
    review = review_of(Measures=measures)

    found = sentence(scorecard.build(review, "WFP", PAGE), "scorecard.spent")

    assert "$2,000" in found.text
    column = review.letters["Measures"]["Amount (US dollars)"]
    assert [cell.a1 for cell in found.cells] == [f"{column}2", f"{column}4"]


def test_an_extract_has_the_sentences_that_name_or_rest_on_the_entity() -> None:
    answers: Rows = [
        {"entity": entity, "question": "Q-A0", "answer": "yes"} for entity in ("WFP", "FAO")
    ]

    draft = extract.build(review_of(Progress=PROGRESS, Checklist=answers), "WFP", TEMPLATE)

    (rows,) = tables(draft).values()
    assert [row[1] for row in rows] == [
        "Two entities [FAO and WFP.] provided information on the efforts they undertook to meet "
        "the objectives of this area of action.",
        "WFP reported: “Did A-1.”",
    ]
    assert "Progress!E2" in rows[1][2]
    assert all(number for number, *_ in rows)


@pytest.mark.parametrize("name", ["brief", "scorecard", "extract"])
def test_the_documents_are_valid_and_have_no_masthead(name: str, tmp_path: Path) -> None:
    review = review_of(Progress=PROGRESS)
    drafts = {
        "brief": lambda: brief.build(review, "COD"),
        "scorecard": lambda: scorecard.build(review, "WFP", PAGE),
        "extract": lambda: extract.build(review, "WFP", TEMPLATE),
    }
    target = tmp_path / f"{name}.docx"

    write(drafts[name](), PAGE, target)

    assert faults(target) == []
    assert "Security Council" not in " ".join(texts(target))
