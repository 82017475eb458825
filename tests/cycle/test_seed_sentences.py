"""Sentences of the published report, made from rows and wording of the demonstration."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from workbooks import golden_rows

from wps_xl import assets
from wps_xl.model import Draft
from wps_xl.report.council.draft import build
from wps_xl.report.council.remarks import sentences
from wps_xl.sheets.review.reader import read_review

SEED = golden_rows("seed_sentences.csv")


def plain(text: str) -> str:
    """The text with straight marks, as the text of the published report has them."""
    for curly, straight in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"')):
        text = text.replace(curly, straight)
    return text


@pytest.fixture(scope="module")
def printed(demo: Path) -> Draft:
    """The draft of the demonstration in the usage of the published report."""
    review = read_review(demo / "review.xlsx")
    review = replace(review, settings={**review.settings, "profile": "printed"})
    return build(review, assets.path("templates/council_report.docx"))


@pytest.fixture(scope="module")
def text(printed: Draft) -> str:
    return plain(" ".join(sentence.text for sentence in sentences(printed)))


def test_at_least_20_of_the_24_are_made_word_for_word(text: str) -> None:
    made = [row for row in SEED if row["sentence"].rstrip(".") in text]

    assert len(SEED) == 24
    assert len(made) >= 20


@pytest.mark.parametrize("row", SEED, ids=lambda row: f"{row['pattern']}-{row['para']}")
def test_a_sentence_is_made_word_for_word_or_the_miss_has_a_reason(
    row: dict[str, str], text: str
) -> None:
    assert (row["sentence"].rstrip(".") in text) == (row["miss"] == "")


def test_the_two_misses_differ_as_their_reasons_say(text: str) -> None:
    assert "reported that a total of $140,000 had been disbursed for" in text
    assert "12 advisory services missions within its region, including to Lebanon" in text


def test_every_number_of_these_sentences_is_a_figure_with_its_cell(printed: Draft) -> None:
    for row in SEED:
        wanted = row["sentence"].rstrip(".")
        for sentence in sentences(printed):
            if wanted in plain(sentence.text):
                assert "Typed" not in sentence.remark, sentence.key
                assert sentence.figures, sentence.key
                assert all(figure.cells for figure in sentence.figures), sentence.key
