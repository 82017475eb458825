"""Text pasted from a PDF is tidied, and the drafter is told what was done."""

from __future__ import annotations

import pytest
from report.reviews import drafted, review_of, sentence

from wps_xl.report.editorial.pasted import unbroken

OURS = "{entity} held a semi\u00adnar on the \ufb01rst\nday of"


@pytest.mark.parametrize(
    ("pasted", "plain"),
    [
        ("Trained wo\u00admen\nin Kivu.", "Trained women in Kivu."),
        ("Trained wo\u00ad\nmen.", "Trained women."),
        ("Food-\nfor-training went on.", "Food-for-training went on."),
        ("In Liberia,\r\nHaiti and Nepal.", "In Liberia, Haiti and Nepal."),
        (
            "A seminar in two parts was held for judges of\u2028Burundi.",
            "A seminar in two parts was held for judges of Burundi.",
        ),
        # What was meant as lines stays so.
        ("One was held.\nTwo were not.", "One was held.\nTwo were not."),
        ("Courses:\n- one\n- two", "Courses:\n- one\n- two"),
        ("Training\nAdvocacy", "Training\nAdvocacy"),
        ("One\n\nand two", "One\n\nand two"),
        # Signs that letters of other scripts are joined by.
        ("\u0645\u06cc\u200c\u0634\u0648\u062f", "\u0645\u06cc\u200c\u0634\u0648\u062f"),
    ],
)
def test_lines_are_joined_only_in_mid_sentence(pasted: str, plain: str) -> None:
    assert unbroken(pasted).text == plain


def test_what_was_done_is_said_and_a_doubtful_hyphen_named() -> None:
    found = unbroken("The commu-\nnity of wo\u00admen\u200b went\non.")

    assert found.remark == (
        "Pasted text was tidied here: 2 line ends in mid-sentence, 1 soft hyphen, "
        "1 zero-width space. A line ended with a hyphen: see whether it belongs into “commu-nity”."
    )
    assert unbroken("Nothing to tidy.\nAnd nothing said.").remark == ""


def test_the_draft_has_the_tidied_words_of_office_and_entity_with_a_remark() -> None:
    row = {
        "entity": "WFP",
        "activity_id": "A-1",
        "area": "A",
        "activity": "Taught wo\u00admen\nto read",
    }
    ours = {**row, "activity_id": "A-2", "ours": f"{OURS} peace."}
    rows = [{**r, "chosen": "yes"} for r in (row, ours)]
    advice = [{"Recommendation": "That it go\non."}]

    draft = drafted(review_of(Progress=rows, Recommendations=advice))

    own, entity = sentence(draft, "WFP.A-2"), sentence(draft, "WFP.A-1")
    assert "held a seminar on the first day of peace." in own.text
    assert "“Taught women to read.”" in entity.text
    assert sentence(draft, "recommendation.1").text.endswith("That it go on.")
    assert all("tidied" in one.remark for one in (own, entity, sentence(draft, "recommendation.1")))
