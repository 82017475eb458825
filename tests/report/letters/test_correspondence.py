"""Who gets which letter, and who gets none and why."""

from __future__ import annotations

import datetime as dt

import pytest
from report.letters.letter_examples import TODAY, error, kinds, letters, reviewed

from wps_xl.report.letters.correspondence import Letter, Sent, sent, with_entries

YESTERDAY = "2007-06-19"


def test_each_entity_gets_what_it_needs_now() -> None:
    review = reviewed(
        """
        DESA | progress | 2007-03-30 | missing  | –
        UNDP | progress | 2007-03-30 | missing  | request 2007-02-28
        WFP  | progress | 2007-03-30 | received | request 2007-02-28
        WHO  | progress | 2007-03-30 | received | request 2007-02-28
        """,
        error("WFP", "progress", "Progress B5"),
    )

    assert kinds(review) == {
        "DESA": "request",
        "UNDP": "reminder",
        "WFP": "correction",
        "WHO": "everything is received and in order",
    }


def test_a_reminder_names_what_is_missing_and_what_has_to_be_corrected() -> None:
    review = reviewed(
        """
        WFP | progress | 2007-03-30 | received | –
        WFP | plan     | 2007-06-15 | missing  | –
        """,
        error("WFP", "progress", "Progress B5"),
    )

    letter = letters(review)["WFP"]

    assert isinstance(letter, Letter)
    assert letter.kind == "reminder"
    assert [line.form for line in letter.asks] == ["plan"]
    assert [line.form for line in letter.corrects] == ["progress"]


@pytest.mark.parametrize(
    ("due", "written", "expected"),
    [
        ("2007-06-30", "request 2007-02-28", "the next form is due on 30 June 2007"),
        ("2007-06-19", "request 2007-06-18", "reminder"),
        (
            "2007-06-15",
            f"request 2007-02-28; reminder {YESTERDAY}",
            "the last letter was written on 19 June 2007",
        ),
        ("2007-05-15", "request 2007-02-28; reminder 2007-06-06", "reminder"),
        ("–", f"request {YESTERDAY}", "the last letter was written on 19 June 2007"),
        ("–", "request 2007-02-28", "reminder"),
        ("2007-06-15", "request 2007-06-20", "a letter of today is there already"),
    ],
)
def test_nobody_is_reminded_too_early_or_too_often(due: str, written: str, expected: str) -> None:
    review = reviewed(f"WFP | progress | {due} | missing | {written}")

    assert kinds(review) == {"WFP": expected}


def test_whoever_names_the_kind_does_not_wait_for_the_due_date() -> None:
    review = reviewed("WFP | progress | 2007-06-30 | missing | request 2007-02-28")

    assert kinds(review, "reminder") == {"WFP": "reminder"}


@pytest.mark.parametrize(
    ("kind", "lines", "expected"),
    [
        ("request", "WFP | plan | – | missing | request 2007-06-20", "a request of today"),
        ("reminder", "WFP | plan | – | missing | reminder 2007-06-20", "a reminder of today"),
        (
            "request",
            "WFP | plan | – | missing | request 2007-02-28",
            "the request was written before",
        ),
        ("request", "WFP | plan | – | received | –", "everything is received"),
        ("reminder", "WFP | plan | – | missing | –", "no request was written yet"),
        ("reminder", "WFP | plan | – | received | –", "nothing is missing"),
        ("correction", "WFP | plan | – | received | –", "nothing has to be corrected"),
    ],
)
def test_a_kind_that_an_entity_does_not_need_is_not_written(
    kind: str, lines: str, expected: str
) -> None:
    assert kinds(reviewed(lines), kind)["WFP"].startswith(expected)


def test_only_what_a_correction_copy_carries_is_asked_for() -> None:
    review = reviewed(
        """
        WFP  | progress | – | received | –
        WHO  | progress | – | received | –
        UNDP | progress | – | received | –
        """,
        error("WFP", "progress", "Progress B5", "ask entity"),
        error("WHO", "progress", "Progress B6"),
        error("UNDP", "progress", "Progress B7", "use suggestion"),
    )

    assert kinds(review) == {
        "WFP": "correction",
        "WHO": "correction",
        "UNDP": "everything is received and in order",
    }


def test_a_return_that_cannot_be_used_is_to_be_corrected_and_not_missing() -> None:
    review = reviewed(
        "WFP | progress | 2007-03-30 | missing | request 2007-02-28",
        error("WFP", "progress", "Cover B8"),
    )

    assert kinds(review) == {"WFP": "correction"}


def test_a_file_that_cannot_be_read_is_asked_for_again_and_not_reminded_of() -> None:
    review = reviewed(
        """
        WFP | progress | 2007-03-30 | to be repaired | request 2007-02-28
        WHO | progress | 2007-03-30 | to be repaired | request 2007-02-28
        """,
        error("WFP", "progress", ""),
    )

    assert kinds(review) == {"WFP": "correction", "WHO": "everything is received and in order"}


def test_the_register_says_which_letter_was_written_about_which_form() -> None:
    review = reviewed(
        """
        WFP | progress | 2007-03-30 | received | request 2007-02-28
        WFP | plan     | 2007-06-15 | missing  | request 2007-02-28; phoned on 3 May
        WHO | progress | 2007-06-30 | missing  | request 2007-02-28
        """,
        error("WFP", "progress", "Progress B5"),
    )
    written = [letter for letter in letters(review).values() if isinstance(letter, Letter)]

    rows = with_entries(review, written, TODAY)

    assert [line.letters for line in rows] == [
        "request 2007-02-28; correction 2007-06-20",
        "request 2007-02-28; phoned on 3 May; reminder 2007-06-20",
        "request 2007-02-28",
    ]


def test_letters_are_found_among_what_the_office_typed() -> None:
    assert sent("Request 2007-02-28, by hand; reminder 2007-02-31; phoned") == [
        Sent("request", dt.date(2007, 2, 28))
    ]


def test_entities_that_are_not_invited_get_no_letter() -> None:
    review = reviewed("WFP | progress | – | missing | –")
    review.tables["Register"]["Takes part"] = "entered by the office"

    assert letters(review) == {}
