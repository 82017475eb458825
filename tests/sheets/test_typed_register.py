"""Entities that staff type into the Register are asked, missing and counted like any other."""

from __future__ import annotations

import pandas as pd

from wps_xl.codebook import load
from wps_xl.sheets.review.typed_register import as_codes, invitations, with_typed

CODEBOOK = load()
TYPED = "Women for Peace Fund"


def test_an_entity_that_no_list_has_is_added_under_the_name_that_was_typed() -> None:
    entities = CODEBOOK.tables["entities"]

    found = with_typed(entities, ["WFP", "World Food Programme", TYPED, TYPED.upper()])

    assert found[: len(entities)] == list(entities)
    assert [(row["code"], row["name"], row["kind"]) for row in found[len(entities) :]] == [
        (TYPED, TYPED, "entity")
    ]


def test_names_and_labels_are_codes_and_an_entity_named_in_two_ways_stands_once() -> None:
    rows = [
        {"cycle": "C", "entity": "World Food Programme", "how": "Invited"},
        {"cycle": "C", "entity": "wfp", "how": "withdrawn"},
        {"cycle": "C", "entity": TYPED, "how": "invited"},
    ]

    found = invitations([(row, {}) for row in rows], CODEBOOK.tables)

    assert [(row["entity"], row["how"]) for row, _ in found] == [
        ("WFP", "invited"),
        (TYPED, "invited"),
    ]


def test_a_wrong_word_on_any_line_of_an_entity_stands_for_it_so_as_to_be_refused() -> None:
    words = ("withdrawn", "not invited", "no thanks", "invited")
    rows = [{"cycle": "C", "entity": "WFP", "how": how} for how in words]

    found = invitations([(row, {"how": row["how"]}) for row in rows], CODEBOOK.tables)

    assert [(row["how"], cells) for row, cells in found] == [
        ("no thanks", {"how": "no thanks"}),
    ]


def test_the_register_is_read_with_codes_and_blanks_stay_blank() -> None:
    frame = pd.DataFrame(
        {
            "Entity": ["world food programme", TYPED, None],
            "Form": ["Progress report", "plan", None],
            "Takes part": ["INVITED", None, 3],
        },
        dtype=object,
    )

    found = as_codes(frame, CODEBOOK)

    assert found["Entity"].tolist() == ["WFP", TYPED, None]
    assert found["Form"].tolist() == ["progress", "plan", None]
    assert found["Takes part"].tolist() == ["invited", None, 3]
