"""Entities that stand on one of the sheets Lists and Register alone are named."""

from __future__ import annotations

from dataclasses import replace

from report.reviews import review_of
from rows import rows_in

from wps_xl.codebook.list_rows import Cells
from wps_xl.review.listed import differences


def test_a_new_workbook_has_nothing_to_say() -> None:
    assert list(differences(review_of())) == []


def test_an_entity_without_a_line_and_one_put_back_are_named() -> None:
    lines = [row for row in rows_in(review_of(), "Register") if row["Entity"] != "WFP"]
    review = review_of(Register=lines)
    entities = review.codebook.tables["entities"]
    cells = [{} if row["code"] == "WHO" else {"code": "cell A9"} for row in entities]
    places = {**review.codebook.places, "entities": Cells("Sheet Lists", cells)}

    unasked, back = differences(replace(review, codebook=replace(review.codebook, places=places)))

    assert unasked == (
        "1 entity of sheet Lists has no line on sheet Register and gets no form: WFP. To ask it, "
        "add a line for each form on sheet Register."
    )
    assert back.startswith("Put back on sheet Lists, list entities, since sheet Register names it")
    assert "it: WHO. Take its lines off" in back
