"""Answers are led on to the rows they were given for, however much of a row's name is blank."""

from __future__ import annotations

from intake.drawing import ENTITY, FORMS, cover, grid, returned

from wps_xl.intake.answered import RowKey, led_on, row_lines


def test_a_row_that_did_not_change_keeps_its_answer_whatever_names_it() -> None:
    overview = grid(
        "Overview",
        """
        | area | thematic_area | focus                           | challenge |
        | B    |               | Women at the table.             |           |
        |      | PREV          | An eye on every market.         |           |
        | C    | PROT          | Lamps on every road to a camp.  |           |
        |      |               | A focus that names no area.     | None.     |
        | D    |               | Seed for widows.                |           |
        | D    |               | Tools for smiths.               |           |
        """,
    )
    checklist = grid(
        "Checklist",
        """
        | question | text | answer | evidence     |
        | Q-A0     | Did? | Yes    | Progress A-1 |
        | Q-A0     | Did? | Yes    | Progress A-2 |
        """,
    )
    item = returned(cover(), overview, checklist)
    known = {
        RowKey(ENTITY, "progress", place[1], name): list(line.words)
        for place, (name, line) in row_lines(item, FORMS).items()
    }

    found = led_on(known, [item], FORMS)

    assert len(known) == 8
    assert found == {key: key.name for key in known}
