# ruff: noqa: E501 - a drawing is as wide as its sheet.
"""The Cover is known by what it holds: renamed, copied, translated, exported, with a space."""

from __future__ import annotations

from dataclasses import replace

import pytest
from intake.drawing import (
    CODEBOOK,
    CYCLE,
    ENTITY,
    FORMS,
    OTHER,
    book,
    checked,
    cover,
    grid,
    returned,
)

from wps_xl.intake.counted import gather
from wps_xl.intake.returns import Return, ReturnReader
from wps_xl.model import Grid

DRAWINGS = {
    "practices": (
        "Practices",
        f"| {' | '.join(FORMS['practices'].sheets['Practices'].columns)} |\n| P-1 | Good practice |",
    ),
    "plan": (
        "Resources",
        "| initiative_id | year | core_usd | extrabudgetary_usd | estimate | secured | "
        "predictability |\n| I-1 | 2008 | 5 | | Actual | Yes | |",
    ),
}


def called(front: str, sheet: str = "", form: str = "practices", **changes: str) -> Return:
    """A return whose Cover, and whose data sheet, are called like this."""
    name, drawing = DRAWINGS[form]
    about = replace(cover(form=form, **changes), name=front)
    return read(about, grid(sheet or name, drawing))


def read(*grids: Grid) -> Return:
    """The return of a workbook with these sheets alone."""
    return ReturnReader(CODEBOOK, CYCLE).read(book(*grids))


@pytest.mark.parametrize("name", ["Cover ", " cover", "COVER\u00a0", "Co ver"])
def test_spaces_in_the_name_are_nothing(name: str) -> None:
    item = called(name)

    assert (item.entity, item.status) == (ENTITY, "")
    assert not {"renamed-cover", "no-cover"} & {issue.code for issue in item.issues}


@pytest.mark.parametrize("form", ["practices", "plan"])
@pytest.mark.parametrize(
    ("front", "sheet"),
    [
        ("Couverture", ""),
        ("Cover (2)", "{} (2)"),
        ("Cover - Table 1", "{} - Table 1"),
        ("غلاف", "Данные"),
        ("Copy of Cover", ""),
    ],
)
def test_a_cover_called_otherwise_is_read_with_the_sheets_beside_it(
    form: str, front: str, sheet: str
) -> None:
    item = called(front, sheet.format(DRAWINGS[form][0]), form)

    (issue,) = [one for one in item.issues if one.code == "renamed-cover"]
    assert (item.entity, item.status, issue.sheet) == (ENTITY, "", front)
    assert len(item.all_rows) == 1
    assert not item.whole_sheet_faults
    where = {one.sheet for one in item.issues if one.heading == "Entity"}
    assert where <= {front}


def test_the_sheet_called_cover_is_the_cover_whatever_stands_beside_it() -> None:
    other = replace(cover(entity=OTHER, form="practices"), name="Cover (2)")

    item = read(cover(form="practices"), other, grid(*DRAWINGS["practices"]))

    assert (item.entity, item.status) == (ENTITY, "")
    assert "own-sheet" in {issue.code for issue in item.issues}


def test_two_covers_that_say_the_same_are_one_and_others_set_the_return_aside() -> None:
    sheets = grid(*DRAWINGS["practices"])
    one = replace(cover(form="practices"), name="Cover (2)")
    same = replace(one, name="Cover (3)")
    other = replace(cover(entity=OTHER, form="practices"), name="Cover (3)")

    assert read(one, same, sheets).status == ""
    item = read(one, other, sheets)
    assert (item.status, [issue.code for issue in item.issues]) == ("set-aside", ["two-covers"])


def test_rows_of_a_return_without_a_cover_are_found_and_held_back() -> None:
    item = read(grid(*DRAWINGS["practices"]))

    gathered = gather(checked(item))

    assert [(row.sheet, row.row, row.reason) for row in gathered.held_back] == [
        ("Practices", 2, "set-aside")
    ]
    assert gathered.found == gathered.accepted + 1


def test_a_list_of_words_is_no_cover() -> None:
    words = Grid("Sheet1", [["Form", "Entity", "Cycle"], ["a", "b", "c"]])

    assert [one.code for one in read(words).issues] == ["no-cover"]


def test_rows_of_a_return_of_another_form_are_found_and_held_back() -> None:
    item = returned(cover(form="progress"), grid(*DRAWINGS["practices"]))

    assert [issue.code for issue in item.issues] == ["other-form"]
    assert len(gather(checked(item)).held_back) == 1
