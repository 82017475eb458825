"""What the office answers in sheet Issues holds, until the return says something else."""

from __future__ import annotations

from pathlib import Path

import pytest
from cycle.desk import Desk, FileDesk
from openpyxl import load_workbook
from rows import rows_in
from workbooks import run

from wps_xl.review.cycle_status import standing
from wps_xl.sheets.review.issues_sheet import count_line

AREA, VALUE, ROLE = "Area of action", "Value", "Role of the entity"
COUNTRIES = "Countries"


@pytest.fixture(scope="module")
def used(two_returns: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, str]:
    """A desk whose one answer is in use, and its cell; do not change it."""
    desk = Desk(tmp_path_factory.mktemp("used"), two_returns, "UNDP", "UNICEF")
    cell = desk.change("UNICEF", "Measures", "M-2", "value", "about 35,000")
    desk.held()
    desk.answer("UNICEF", cell, "use value", 35012)
    desk.held()
    return desk, cell


@pytest.fixture
def answered(used: tuple[Desk, str], tmp_path: Path) -> tuple[Desk, str]:
    """The same to be changed."""
    desk, cell = used
    return desk.copied(tmp_path), cell


def test_use_value_makes_a_held_row_count_and_is_registered_with_what_the_return_says(
    desk: Desk,
) -> None:
    cell = desk.change("UNICEF", "Measures", "M-2", "value", "about 35,000")
    before = desk.file("UNICEF").read_bytes()
    held = desk.held()

    desk.answer("UNICEF", cell, "use value", 35012, "asked by telephone", "AB")
    after = desk.held()

    row = int(cell[1:])
    assert held == [("Measures", row)]
    assert after == []
    assert desk.value("Measures", "UNICEF", "M-2", VALUE) == 35012
    assert desk.file("UNICEF").read_bytes() == before
    line = desk.issue("UNICEF", cell)
    assert (line["Severity"], line["Our answer"], line["Value"]) == ("answered", "use value", 35012)
    (decision,) = desk.decisions()
    told = {key: decision[key] for key in ("Sheet", "Entity", "Form", "Row id", "Column")}
    assert told == {
        "Sheet": "Measures",
        "Entity": "UNICEF",
        "Form": "progress",
        "Row id": "M-2",
        "Column": VALUE,
    }
    assert (decision["Decision"], decision["Found"]) == ("use value", "about 35,000")
    assert (decision["Value"], decision["Reason"]) == (35012, "asked by telephone")
    assert (decision["Initials"], decision["State"]) == ("AB", "in use")
    assert decision["Date"] is not None


def test_an_answer_survives_sorting_and_a_row_that_moves(answered: tuple[Desk, str]) -> None:
    desk, cell = answered

    desk.sort_issues()
    sorted_round = desk.held()
    _move_down(desk.file("UNICEF"), "Measures")
    moved = desk.held()

    assert sorted_round == moved == []
    assert desk.value("Measures", "UNICEF", "M-2", VALUE) == 35012
    below = f"{cell[0]}{int(cell[1:]) + 1}"
    assert desk.issue("UNICEF", below)["Our answer"] == "use value"


def _move_down(file: Path, name: str) -> None:
    """Move all rows of a sheet one down: the entity has put a row above them."""
    book = load_workbook(file)
    sheet = book[name]
    sheet.insert_rows(5)
    book.save(file)


def test_an_answer_lapses_and_says_so_when_the_cell_of_the_return_changes(
    answered: tuple[Desk, str],
) -> None:
    desk, cell = answered

    desk.change("UNICEF", "Measures", "M-2", "value", "about 36,000")
    held = desk.held()

    assert held == [("Measures", int(cell[1:]))]
    said = "Lapsed: UNICEF, Measures M-2, Value, answer “use value”. It is not used any more: the "
    assert any(line.startswith(said) for line in desk.said), desk.said
    (decision,) = desk.decisions()
    assert str(decision["State"]).startswith("lapsed")
    assert desk.issue("UNICEF", cell)["Our answer"] is None


def test_a_value_that_the_entity_corrects_itself_counts_and_the_answer_lapses(
    answered: tuple[Desk, str],
) -> None:
    desk, _ = answered

    desk.change("UNICEF", "Measures", "M-2", "value", 36000)
    held = desk.held()

    assert held == []
    assert desk.value("Measures", "UNICEF", "M-2", VALUE) == 36000
    (decision,) = desk.decisions()
    assert decision["State"] == "lapsed: the return now says “36000”"


def test_use_suggestion_takes_the_one_suggestion_and_refuses_two_readings(desk: Desk) -> None:
    number = desk.change("UNICEF", "Measures", "M-2", "value", "1.234,5")
    day = desk.change("UNDP", "Progress", "A-1", "start", "03/04/2007")
    desk.held()
    desk.answer("UNICEF", number, "use suggestion")
    desk.answer("UNDP", day, "use suggestion")

    held = desk.held()

    assert held == [("Progress", int(day[1:]))]
    assert desk.value("Measures", "UNICEF", "M-2", VALUE) == 1234.5
    assert any("no single suggestion" in line for line in desk.said)


def test_a_value_that_breaks_the_rules_of_its_column_is_not_used_and_says_why(desk: Desk) -> None:
    cell = desk.change("UNDP", "Progress", "A-1", "role", "chief")
    desk.held()
    desk.answer("UNDP", cell, "use value", "boss")

    held = desk.held()

    assert ("Progress", int(cell[1:])) in held
    assert any(line.startswith("Not used: UNDP, Progress A-1") for line in desk.said)
    line = desk.issue("UNDP", cell)
    assert (line["Severity"], line["Our answer"], line["Value"]) == ("error", "use value", "boss")
    assert "cannot be used" in str(line["Message"])
    assert str(line["Message"]).count("one of Lead, Joint") == 1


def test_accept_as_is_counts_the_row_with_what_could_be_read(desk: Desk) -> None:
    cell = desk.change("UNDP", "Progress", "A-1", "role", None)
    desk.held()
    desk.answer("UNDP", cell, "accept as is")

    held = desk.held()

    assert held == []
    assert desk.value("Progress", "UNDP", "A-1", ROLE) is None


def test_dismiss_hides_a_warning_until_its_line_in_decisions_is_deleted(desk: Desk) -> None:
    desk.held()
    warning = _a_warning(desk)
    desk.answer(*warning, "dismiss")
    desk.held()
    hidden = desk.issue(*warning)
    desk.held()
    still = desk.issue(*warning)

    desk.forget_answers()
    desk.held()

    assert hidden == still == {}
    assert desk.issue(*warning)["Our answer"] is None


def _a_warning(desk: Desk) -> tuple[str, str]:
    rows = rows_in(desk.review, "Issues")
    found = next(r for r in rows if (r["Severity"], r["Entity"]) == ("warning", "UNICEF"))
    return str(found["Entity"]), str(found["Cell"])


def test_ask_entity_keeps_the_row_held_and_says_that_it_was_asked(desk: Desk) -> None:
    cell = desk.change("UNDP", "Progress", "A-1", "role", "chief")
    desk.held()
    desk.answer("UNDP", cell, "ask entity")

    held = desk.held()

    assert ("Progress", int(cell[1:])) in held
    (decision,) = desk.decisions()
    assert decision["State"] == "asked"
    assert desk.issue("UNDP", cell)["Severity"] == "error"
    # What was put to the entity is for nobody else to answer.
    line = count_line(desk.review)
    assert standing(desk.review).errors == 0
    assert line.startswith("0 errors to answer")
    assert "1 put to the entities" in line


def test_clearing_an_answer_undoes_it(desk: Desk) -> None:
    cell = desk.change("UNDP", "Progress", "A-1", "role", "chief")
    desk.held()
    desk.answer("UNDP", cell, "accept as is")
    desk.held()

    desk.answer("UNDP", cell, None)
    held = desk.held()

    assert ("Progress", int(cell[1:])) in held
    assert desk.decisions() == []


def test_for_all_answers_every_line_of_its_kind_and_no_other(desk: Desk) -> None:
    first = desk.change("UNDP", "Progress", "A-1", "role", "chief")
    second = desk.change("UNICEF", "Progress", "A-1", "role", "head of all")
    other = desk.change("UNICEF", "Progress", "A-2", "area", "prevension")
    desk.held()
    desk.answer("UNDP", first, "use value for all", "lead", "they lead", "AB")

    held = desk.held()

    assert ("Progress", int(first[1:])) not in held
    assert ("Progress", int(other[1:])) in held
    assert desk.value("Progress", "UNICEF", "A-1", ROLE) == "lead"
    line = desk.issue("UNICEF", second)
    assert (line["Our answer"], line["Reason"], line["Initials"]) == (
        "use value",
        "they lead",
        "AB",
    )
    assert desk.issue("UNICEF", other)["Our answer"] is None


def test_one_answer_goes_for_all_cells_of_the_same_cause(desk: Desk) -> None:
    first = desk.change("UNICEF", "Progress", "A-1", "role", "chief")
    desk.change("UNICEF", "Progress", "A-2", "role", "chief")
    desk.held()
    desk.answer("UNICEF", first, "use value", "lead")

    held = desk.held()

    assert held == []
    assert {row["Row id"] for row in desk.decisions()} == {"A-1", "A-2"}


def test_words_that_are_no_answer_are_left_and_named(desk: Desk) -> None:
    cell = desk.change("UNDP", "Progress", "A-1", "role", "chief")
    desk.held()
    desk.answer("UNDP", cell, "maybe", None, "ask Jane")

    desk.held()

    line = desk.issue("UNDP", cell)
    assert (line["Our answer"], line["Reason"]) == ("maybe", "ask Jane")
    assert any("“maybe” is no answer" in line for line in desk.said)


def test_answers_hold_for_a_return_that_was_set_aside_by_its_cover(desk: Desk) -> None:
    file = desk.file("UNDP")
    book = load_workbook(file)
    cover = book["Cover"]
    row = next(r for r in range(1, 40) if cover.cell(r, 3).value == "entity")
    cover.cell(row, 2).value = "Ministry of Silence"
    book.save(file)
    aside = desk.consolidate().gathered.held_back
    rows = rows_in(desk.review, "Issues")
    cell = next(str(line["Cell"]) for line in rows if line["Found"] == "Ministry of Silence")

    desk.answer(None, cell, "use value", "UNDP")
    back = desk.held()

    assert {line.reason for line in aside} == {"set-aside"}
    assert back == []
    assert desk.value("Progress", "UNDP", "A-1", AREA) is not None


def test_a_second_consolidation_with_answers_changes_nothing(desk: Desk) -> None:
    first = desk.change("UNDP", "Progress", "A-1", "role", "chief")
    number = desk.change("UNICEF", "Measures", "M-2", "value", "1.234,5")
    desk.held()
    desk.answer("UNDP", first, "accept as is", None, None, "AB")
    desk.answer("UNICEF", number, "use suggestion")
    desk.held()
    before = desk.tables()

    desk.held()

    assert desk.tables() == before


def test_lines_about_returns_that_a_run_did_not_read_are_kept(
    answered: tuple[Desk, str],
) -> None:
    desk, cell = answered

    desk.consolidate(desk.file("UNDP"))
    kept = desk.issue("UNICEF", cell)
    held = desk.held()

    assert kept["Our answer"] == "use value"
    assert held == []
    assert desk.value("Measures", "UNICEF", "M-2", VALUE) == 35012


def test_through_files_an_answer_holds_is_traced_lapses_and_is_logged(desk: Desk) -> None:
    cell = desk.change("UNICEF", "Measures", "M-2", "value", "about 35,000")
    files = FileDesk(desk)
    files.consolidate()
    files.answer("UNICEF", cell, "use value", 35012, "asked", "AB")
    files.consolidate()
    place = f"'[{desk.file('UNICEF').name}]Measures'!{cell}"

    traced = run("trace", files.workbook, place)
    measures = files.table("Measures")
    desk.change("UNICEF", "Measures", "M-2", "value", "about 36,000")
    said = files.consolidate()

    assert traced.exit_code == 0, traced.output
    assert "the return says “about 35,000”, the office uses “35012”" in traced.output
    assert 35012 in measures[VALUE].tolist()
    assert "Lapsed: UNICEF, Measures M-2" in said
    assert 35012 not in files.table("Measures")[VALUE].tolist()
    assert "Lapsed: UNICEF" in files.table("Log")["Outcome"].tolist()[-1]
