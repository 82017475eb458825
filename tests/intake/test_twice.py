"""What is said twice: in a return, by two entities, in two cycles; joint activities in several."""

from __future__ import annotations

import pytest
from intake.drawing import CODEBOOK, CYCLE, ENTITY, OTHER, cover, grid, returned, told

from wps_xl.intake.returns import Return
from wps_xl.intake.side_by_side import Background, Earlier
from wps_xl.intake.validation import Intake, examine

CODES = "activity_id|area|activity|countries|start|end|joint_with|joint_key|role"
SAID = "Trained the staff of two field offices in early warning"
ROW = f"A-1|A|{SAID}.|SDN|2007-01-01|2007-02-01|||Lead"
OURS = ("same-row-twice", "same-activity", "last-cycle-row", "two-leads", "joint-differs")


def progress(*rows: str, entity: str = ENTITY) -> Return:
    drawn = grid("Progress", "\n".join([CODES, *rows]))
    return returned(cover(entity), drawn, name=f"{entity}.xlsx")


def ours(*items: Return, background: Background | None = None) -> list[tuple[str, str, str | None]]:
    found = examine(items, [], CODEBOOK, CYCLE, background=background)
    return [(i.code, i.entity, i.cell) for i in found.issues if i.code in OURS]


@pytest.mark.parametrize(
    "again",
    [
        f"A-2|A|{SAID}.|SDN|2007-01-01|2007-02-01|||Lead",
        f"A-2|A|{SAID.upper()}|SDN|||||Lead",
        f"C-2|C|{SAID.replace(' ', '  ')}!|SDN|2007-01-01|2007-02-01|||Partner",
    ],
)
def test_a_row_under_another_number_is_told_with_the_first(again: str) -> None:
    found = examine([progress(ROW, again)], [], CODEBOOK, CYCLE)

    (one,) = [i for i in found.issues if i.code == "same-row-twice"]
    assert (one.cell, one.also) == ("C3", ("Progress!C2",))
    assert "A-1 (C2)" in one.message


@pytest.mark.parametrize(
    "other",
    [
        f"A-2|A|{SAID}.|LBR|2007-01-01|2007-02-01|||Lead",
        f"A-2|A|{SAID}.|SDN|2007-03-01|2007-04-01|||Lead",
        f"A-2|A|{SAID} and logistics.|SDN|2007-01-01|2007-02-01|||Lead",
    ],
)
def test_the_same_words_of_another_place_or_time_are_another_row(other: str) -> None:
    assert ours(progress(ROW, other)) == []


MEASURES = "measure_id|activity_id|measure|value|unit|amount_usd"


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        (["M-1|A-1|staff trained|20|persons|", "M-2|A-1|Staff trained.|20|persons|"], ["C3"]),
        (["M-1|A-1|staff trained|20|persons|", "M-2|a1|staff trained|20|persons|"], ["C3"]),
        (["M-1|A-1|staff trained|20|persons|", "M-2|A-2|staff trained|20|persons|"], []),
        (["M-1|A-1|staff trained|20|persons|", "M-2|A-1|staff trained|30|persons|"], []),
        (["M-1|A-1|staff trained|20|persons|", "M-2|A-1|staff trained|||900"], []),
    ],
)
def test_a_figure_said_twice_of_one_activity_is_told(rows: list[str], cells: list[str]) -> None:
    drawn = grid("Measures", "\n".join([MEASURES, *rows]))
    found = examine([returned(drawn)], [], CODEBOOK, CYCLE)

    assert [i.cell for i in found.issues if i.code == "same-row-twice"] == cells


def test_amounts_of_a_plan_that_stand_twice_are_told_and_split_ones_are_not() -> None:
    codes = "initiative_id|year|core_usd|estimate|secured"
    rows = "I-1|2008|100|Estimate|Yes\nI-1|2008|100|Estimate|Yes\nI-1|2008|50|Estimate|No"
    found = examine(
        [returned(grid("Resources", f"{codes}\n{rows}"), form="plan")], [], CODEBOOK, CYCLE
    )

    assert [(c, at) for c, at in told(found, "Resources") if c in OURS] == [
        ("same-row-twice", "A3")
    ]


def test_one_activity_of_two_entities_that_do_not_name_each_other_is_told_once() -> None:
    other = [row.replace("A-", "A-1") for row in (ROW, ROW.replace("staff", "police"))]
    mine = [ROW, ROW.replace("A-1", "A-2").replace("staff", "police")]

    found: Intake = examine([progress(*mine), progress(*other, entity=OTHER)], [], CODEBOOK, CYCLE)

    (one,) = [i for i in found.issues if i.code in OURS]
    assert (one.code, one.entity, one.cell) == ("same-activity", OTHER, "C2")
    assert one.also == (
        f"'[{ENTITY}.xlsx]Progress'!C2",
        "Progress!C3",
        f"'[{ENTITY}.xlsx]Progress'!C3",
    )


@pytest.mark.parametrize(
    "other",
    [
        f"A-1|A|{SAID}.|SDN|2007-01-01|2007-02-01|{ENTITY}||Joint",
        f"A-1|A|{SAID}.|LBR|2007-01-01|2007-02-01|||Lead",
        f"A-1|A|{SAID}.|SDN|2007-05-01|2007-06-01|||Lead",
    ],
)
def test_partners_and_other_places_and_times_are_not_told(other: str) -> None:
    assert ours(progress(ROW), progress(other, entity=OTHER)) == []


def test_short_words_may_be_the_same_by_chance() -> None:
    short = ROW.replace(SAID, "Trained the staff")

    assert ours(progress(short), progress(short, entity=OTHER)) == []


def test_a_row_of_the_last_cycle_is_told_whatever_its_dates() -> None:
    known = Earlier(ENTITY, "Progress", "A-7", (SAID,), "'[last.xlsx]Progress'!E9")
    background = Background(earlier=[known])

    assert ours(progress(ROW), background=background) == [("last-cycle-row", ENTITY, "C2")]
    assert ours(progress(ROW, entity=OTHER), background=background) == []
    assert ours(progress(ROW.replace("two", "six")), background=background) == []


def joint(role: str, area: str, entity: str) -> Return:
    return progress(f"{area}-1|{area}|Work of {entity} on it.|SDN||||Network|{role}", entity=entity)


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        (("Lead", "A"), ("Lead", "A"), "two-leads"),
        (("Lead", "A"), ("Partner", "B"), "joint-differs"),
        (("Lead", "A"), ("Partner", "A"), ""),
    ],
)
def test_one_joint_activity_has_one_lead_and_one_place(
    one: tuple[str, str], other: tuple[str, str], code: str
) -> None:
    found = ours(joint(*one, ENTITY), joint(*other, OTHER))

    assert [(c, entity) for c, entity, _ in found] == ([(code, OTHER)] if code else [])


@pytest.mark.parametrize("name", ["“NetwОrk”", "net‑work", "Network.", "\u202aNET WORK\u202c"])
def test_a_joint_name_is_known_by_its_letters(name: str) -> None:
    other = f"A-1|A|Work of {OTHER} on it.|SDN||||{name}|Lead"

    assert [c for c, *_ in ours(joint("Lead", "A", ENTITY), progress(other, entity=OTHER))] == [
        "two-leads"
    ]


def test_a_case_of_the_last_cycle_is_told_like_an_activity() -> None:
    says = ("Case of Lofa", "A network of mediators was set up.", "", "", "")
    known = Earlier(ENTITY, "Practices", "P-7", says, "'[last.xlsx]Practices'!C9")
    drawn = grid(
        "Practices",
        f"practice_id|title|start|context\nP-1|« {says[0]} »|2007-05-01|{says[1]}",
    )

    found = examine(
        [returned(drawn, form="practices")],
        [],
        CODEBOOK,
        CYCLE,
        background=Background(earlier=[known]),
    )

    assert [(i.code, i.cell) for i in found.issues if i.code in OURS] == [("last-cycle-row", "B2")]


def test_parts_of_a_joint_activity_may_stand_in_several_places() -> None:
    parts = [f"{area}-1|{area}|Part {area} of it.|SDN||||Network|Partner" for area in "AB"]

    assert ours(joint("Lead", "B", ENTITY), progress(*parts, entity=OTHER)) == []
