"""One cause, one issue."""

from __future__ import annotations

from dataclasses import replace

from wps_xl.intake.causes import fold, rows_of, told_once, with_consequences
from wps_xl.model import Issue

BLANK = Issue(
    "required", "error", "It is blank.", "a.xlsx", sheet="S", cell="B2", row=2, column="b"
)


def test_the_same_in_several_cells_is_one_issue_with_the_first_places() -> None:
    cells = [replace(BLANK, cell=f"B{row}", row=row) for row in (5, 3, 9, 7, 4)]

    (found,) = fold(cells)

    assert (found.cell, found.count) == ("B3", 5)
    assert found.also == ("S!B4", "S!B5", "S!B7", "S!B9")
    assert found.message.endswith("The same in 4 more cells: B4, B5, B7 ….")


def test_what_holds_something_else_is_another_cause() -> None:
    assert len(fold([BLANK, replace(BLANK, cell="B3", found="x")])) == 2
    assert len(fold([BLANK, replace(BLANK, book="b.xlsx")])) == 2


def test_a_pair_of_cells_is_a_cause_of_its_own() -> None:
    pairs = [
        replace(BLANK, cell=cell, message=f"{cell} and {other}", also=(f"S!{other}",))
        for cell, other in (("B2", "C2"), ("B3", "C3"))
    ]

    assert fold(pairs) == pairs


def test_the_rows_of_an_issue_are_those_of_its_own_return() -> None:
    found = replace(BLANK, also=("S!B4", "'[other.xlsx]S'!B7"))

    assert rows_of(found) == [("S", 2), ("S", 4)]


def test_a_note_on_blanks_gives_way_to_what_else_is_said_of_the_cell() -> None:
    note = replace(BLANK, code="blank-text", severity="note")

    assert told_once([note, BLANK]) == [BLANK]
    assert told_once([note]) == [note]


def test_a_cause_names_the_rows_it_draws() -> None:
    (found,) = with_consequences([BLANK], {("a.xlsx", "S", 2): [("T", 5), ("T", 6)]})

    assert found.message.endswith("since they refer to it: T row 5, T row 6.")
