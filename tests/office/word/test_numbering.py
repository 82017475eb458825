"""Numbers that the draft knows before Word counts them."""

from __future__ import annotations

import pytest
from office.word.sample_draft import areas_table, draft, paragraph

from wps_xl.errors import CodebookError
from wps_xl.model import Draft, Footnote, Paragraph, Section, Sentence
from wps_xl.office.word.contents import find_pages, lines
from wps_xl.office.word.numbering import labels, letters, roman


def section(key: str, *blocks: Paragraph, level: int = 1) -> Section:
    return Section(key, f"Title of {key}", level, blocks)


@pytest.mark.parametrize(
    ("number", "text"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (49, "XLIX"), (90, "XC")]
)
def test_roman_numerals(number: int, text: str) -> None:
    assert roman(number) == text


@pytest.mark.parametrize(("number", "text"), [(1, "a"), (26, "z"), (27, "aa"), (53, "aaa")])
def test_letters_double_after_z_as_in_word(number: int, text: str) -> None:
    assert letters(number) == text


def test_paragraphs_run_through_all_sections_and_letters_begin_anew() -> None:
    tree = Draft(
        {},
        (
            section("one", paragraph("1"), paragraph("1a", style="SubPara")),
            section("two", paragraph("2"), paragraph("2a", style="SubPara")),
        ),
    )

    printed = {key: label.printed for key, label in labels(tree).paragraphs.items()}

    assert printed == {"1": "1", "1a": "1 (a)", "2": "2", "2a": "2 (a)"}


def test_annexes_count_from_one_and_say_where() -> None:
    printed = labels(draft()).paragraphs

    assert printed["annex.1"].printed == "annex I, para. 1"
    assert printed["annex.4"].printed == "annex II, para. 1"
    assert labels(draft()).sections["annex.1.B"].printed == "annex I, sect. B"


def test_prompts_and_plain_text_have_no_number() -> None:
    prompt = Paragraph("p", (Sentence("p", ("Act.",)),), prompt=True)
    tree = Draft({}, (section("one", prompt, paragraph("s", style="SingleTxt"), paragraph("1")),))

    assert {key: label.printed for key, label in labels(tree).paragraphs.items()} == {"1": "1"}


def test_a_single_table_has_no_number() -> None:
    tree = Draft({}, (Section("one", "One", 1, (areas_table("t"),)),))

    assert labels(tree).tables["t"].number == ""


def test_a_note_with_the_same_key_and_text_keeps_its_number() -> None:
    notes = [Footnote("a", "x"), Footnote("b", "y"), Footnote("a", "x"), Footnote("a", "z")]
    texts = tuple(paragraph(str(at), "t", note) for at, note in enumerate(notes))

    assert labels(Draft({}, (section("one", *texts),))).footnotes == {"a": 1, "b": 2}


def test_two_paragraphs_with_one_key_are_refused() -> None:
    tree = Draft({}, (section("one", paragraph("x"), paragraph("x")),))

    with pytest.raises(CodebookError, match="two paragraphs with the key 'x'"):
        labels(tree)


def test_pages_are_read_past_the_contents() -> None:
    found = list(lines(draft(), labels(draft())))
    pages = [
        "Contents I. Introduction ...... 1–2 1 II. Progress achieved ..... 3–5 I. Introduction 1.",
        "II. Progress achieved A. Conflict prevention and early warning 3. Four",
        "B. Peacemaking and\npeacebuilding 5.",
        "Annex I Register of responses",
        "Annex II Other matters",
    ]

    assert find_pages(found, pages) == {
        "introduction": 1,
        "progress": 2,
        "area.A": 2,
        "area.B": 3,
        "annex.register": 4,
        "annex.other": 5,
    }
