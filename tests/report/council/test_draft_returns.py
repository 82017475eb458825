"""What the draft says of the returns that came, and of recommendations."""

from __future__ import annotations

import datetime as dt

from report.reviews import Rows, drafted, prompts, review_of, sentence, table_of, under

from wps_xl.model import Value

DAY = dt.datetime(2007, 6, 15)


def test_a_row_of_recommendations_without_a_recommendation_is_named_with_its_cell() -> None:
    bare = drafted(review_of(Recommendations=[{"Addressee": "My own recommendation"}]))

    (asked,) = (text for text in prompts(bare) if "Recommendations" in text)
    assert "“My own recommendation” in Recommendations!A2" in asked


def test_forms_that_came_and_did_not_come_are_said() -> None:
    def line(entity: str, form: str, status: str) -> dict[str, Value]:
        received = DAY if status == "received" else None
        row: dict[str, Value] = {"Entity": entity, "Form": form, "Takes part": "invited"}
        return {**row, "Status": status, "Received": received}

    register = [
        line("WFP", "progress", "received"),
        line("FAO", "progress", "missing"),
        line("WFP", "plan", "missing"),
        line("WHO", "practices", "to be repaired"),
        {**line("WFP", "practices", "received"), "Rows": 0},
        {**line("OHCHR", "plan", "not asked"), "Takes part": "not invited"},
    ]

    draft = drafted(review_of(Register=register))

    assert sentence(draft, "methodology.received").text == (
        "The office received one progress report on 15 June 2007."
    )
    assert any("no return was received for FAO (progress)" in text for text in prompts(draft))
    assert any("no entity has sent this form: Action plan." in text for text in prompts(draft))
    unread = [text for text in prompts(draft) if "cannot be read" in text]
    assert ["WHO (practices)" in text for text in unread] == [True]
    assert table_of(draft.annexes, "table.respondents").rows[1] == (
        *("World Food Programme", "15 June 2007", "not received", "15 June 2007"),
    )
    asked = {row[0] for row in table_of(draft.annexes, "table.respondents").rows}
    assert "Office of the United Nations High Commissioner for Human Rights" not in asked


def test_recommendations_of_earlier_reports_are_put_before_the_drafter_not_printed_as_new() -> None:
    rows: Rows = [
        {"Recommendation": "States plan", "Of cycle": None},
        {"Recommendation": "Donors give", "Of cycle": "REV-1999"},
    ]

    draft = drafted(review_of(Recommendations=rows))

    printed = [p.text for p in under(draft, "conclusions") if not p.prompt]
    assert any("States plan" in text for text in printed)
    assert not any("Donors give" in text for text in printed)
    assert any("still open: “Donors give”" in text for text in prompts(draft))
