"""What the letters say, paragraph by paragraph, and that Word can open them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from report.letters.letter_examples import (
    ERRORS,
    FAULTY,
    LATE,
    NEW,
    error,
    paragraphs,
    reviewed,
    written,
)
from report.reviews import review_of

from wps_xl.review.workbook import Review


@pytest.mark.parametrize(
    ("kind", "review"),
    [
        ("request", reviewed(NEW)),
        ("reminder", reviewed(LATE, *ERRORS[:2])),
        ("correction", reviewed(FAULTY, *ERRORS, error("WFP", "plan", "Results D6"))),
    ],
)
def test_a_letter_says_what_its_entity_must_know(
    kind: str, review: Review, tmp_path: Path, golden: Callable[[str, str], None]
) -> None:
    path = written(review, tmp_path)

    assert path.stem == kind
    golden(f"letter_{kind}.txt", "\n".join([*paragraphs(path), ""]))


def yellow(path: Path) -> list[str]:
    return [
        run.text
        for paragraph in docx.Document(str(path)).paragraphs
        for run in paragraph.runs
        if run.font.highlight_color is not None
    ]


def test_what_sheet_cycle_does_not_say_is_a_yellow_place(tmp_path: Path) -> None:
    path = written(reviewed(NEW, signatory=None, reply_to=None, mandate=""), tmp_path)

    assert yellow(path) == [
        "[mandate, see sheet Cycle]",
        "[office and e-mail, see sheet Cycle]",
        "[Signatory: name and title, see sheet Cycle]",
    ]


def test_a_complete_letter_has_no_yellow_place(tmp_path: Path) -> None:
    assert yellow(written(reviewed(NEW), tmp_path)) == []


def test_an_entity_without_contacts_is_addressed_by_its_name(tmp_path: Path) -> None:
    rows = [{"Entity": "WFP", "Form": "plan", "Takes part": "invited", "Status": "missing"}]

    said = paragraphs(written(review_of(Register=rows), tmp_path))

    assert "Head of the World Food Programme" in said
    assert "Dear Colleague," in said
    assert not [text for text in said if text.startswith("cc:")]


def test_staff_change_a_letter_on_sheet_wording(tmp_path: Path) -> None:
    rows = [{"Entity": "WFP", "Form": "plan", "Takes part": "invited", "Status": "missing"}]
    wording = [{"Key": "letter.dear.all", "Pattern": "Dear friend,"}]

    said = paragraphs(written(review_of(Register=rows, Wording=wording), tmp_path))

    assert "Dear friend," in said


def test_the_mark_of_sheet_cycle_stands_in_the_head_of_each_page(tmp_path: Path) -> None:
    section = docx.Document(str(written(reviewed(NEW, mark="Draft"), tmp_path))).sections[0]

    heads = (section.first_page_header, section.header)
    assert ["".join(p.text for p in head.paragraphs) for head in heads] == ["Draft", "Draft"]
