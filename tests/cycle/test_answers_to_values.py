"""Answers about one of several values of a cell, answers without use, answers of rows that move."""

from __future__ import annotations

from cycle.desk import Desk

from wps_xl import assets
from wps_xl.report.council.draft import build
from wps_xl.report.documents import scorecard
from wps_xl.report.letters.correspondence import recipients
from wps_xl.report.proof.trace import trace_lines
from wps_xl.review.cycle_status import next_steps, standing
from wps_xl.review.held import by_reason, held_rows
from wps_xl.review.issue_lines import IssueLine

COUNTRIES, VALUE, OF = "Countries", "Value", "Activity No."


def test_an_answer_about_one_of_several_values_replaces_it_and_leaves_the_others(
    desk: Desk,
) -> None:
    cell = desk.change("UNDP", "Progress", "A-1", "countries", "COD; CAF; Abyei; SSD; Atlantis")
    desk.held()
    desk.answer_about("UNDP", cell, "Abyei", "use value", "SDN; SSD")
    one_open = desk.held()
    desk.answer_about("UNDP", cell, "Atlantis", "use value", "-")

    held = desk.held()
    desk.change("UNDP", "Progress", "A-1", "countries", "LBR; Abyei; Atlantis")
    others_changed = desk.held()
    now = desk.value("Progress", "UNDP", "A-1", COUNTRIES)
    desk.change("UNDP", "Progress", "A-1", "countries", "LBR; Abyey; Atlantis")

    row = ("Progress", int(cell[1:]))
    assert row in one_open
    assert (held, others_changed, now) == ([], [], "LBR; SDN; SSD")
    assert desk.held() == [row]
    states = {str(line["Found"]): str(line["State"]) for line in desk.decisions()}
    assert states["Atlantis"] == "in use"
    assert states["Abyei"] == "lapsed: the return now says “LBR; Abyey”"


def test_each_answer_does_to_one_of_several_values_what_it_says(desk: Desk) -> None:
    cell = desk.change("UNDP", "Progress", "A-1", "countries", "COD; Liberis; Abyei")
    desk.held()
    desk.answer_about("UNDP", cell, "Liberis", "use suggestion")
    desk.answer_about("UNDP", cell, "Abyei", "accept as is")

    held = desk.held()

    assert held == []
    assert desk.value("Progress", "UNDP", "A-1", COUNTRIES) == "COD; LBR"
    assert "without “Abyei”" in str(desk.about("UNDP", cell, "Abyei")["Message"])


def test_an_answer_that_cannot_be_used_does_not_look_answered(desk: Desk) -> None:
    cell = desk.change("UNDP", "Progress", "A-1", "countries", "COD; Abyei")
    desk.held()
    desk.answer_about("UNDP", cell, "Abyei", "use value")
    blank = desk.held()
    lines = desk.review.rows(IssueLine)
    line = next(line for line in lines if (line.cell, line.found) == (cell, "Abyei"))
    desk.answer_about("UNDP", cell, "Abyei", "use value", "Atlantis")

    held = desk.held()

    assert blank == held == [("Progress", int(cell[1:]))]
    assert (line.severity, line.answer) == ("error", "use value")
    assert "takes it out and leaves the other values" in line.message
    assert line.is_open
    assert "“Atlantis” is not in the list" in str(desk.about("UNDP", cell, "Abyei")["Message"])


def test_a_row_held_back_is_named_everywhere_whatever_was_answered(desk: Desk) -> None:
    cell = desk.change("UNDP", "Progress", "A-1", "role", "boss")
    desk.held()
    desk.answer("UNDP", cell, "use value")
    desk.held()

    (row,) = held_rows(desk.review)
    said = [trace_lines(desk.review, f"'[{row.book}]Progress'!{cell}")]
    draft = build(desk.review, assets.path("templates/council_report.docx"))
    page = scorecard.build(desk.review, "UNDP", assets.path("templates/page.docx"))
    letters = [line for to in recipients(desk.review) for line in to.faulty]
    steps = [step for step, _ in next_steps(desk.review, standing(desk.review), 0)]

    assert (row.sheet, f"{cell[0]}{row.row}", row.name) == ("Progress", cell, "A-1")
    assert "column Value is blank" in row.message
    for text in (repr(draft), repr(said)):
        assert next(by_reason([row])) in text
    assert row.message in repr(page)
    assert [fault.message for line in letters for fault in line.faults] == [row.message]
    assert f"1 row is held back and not counted: {row.book}, Progress, row {row.row}." in steps


def test_an_answer_goes_with_its_row_when_rows_are_numbered_anew(desk: Desk) -> None:
    cell = desk.change("UNICEF", "Measures", "M-2", "value", "about 35,000")
    desk.held()
    desk.answer("UNICEF", cell, "use value", 35012, "asked by telephone", "AB")
    desk.held()
    desk.change("UNICEF", "Measures", "M-1", "value", "about 35,000")
    for old, new in (("M-1", "M-x"), ("M-2", "M-1"), ("M-x", "M-2")):
        desk.change("UNICEF", "Measures", old, "measure_id", new)

    held = desk.held()
    used = desk.value("Measures", "UNICEF", "M-1", VALUE)
    (decision,) = desk.decisions()
    desk.change("UNICEF", "Measures", "M-1", "measure", "Something else that nobody had counted")
    lapsed = desk.held()

    assert (len(held), used) == (1, 35012)
    assert (decision["Row id"], decision["Reason"], decision["State"]) == (
        *("M-1", "asked by telephone", "in use"),
    )
    assert len(lapsed) == 2
    assert any("no row of the return is clearly the one" in line for line in desk.said)


def test_a_value_that_names_a_row_goes_with_that_row(desk: Desk) -> None:
    cell = desk.change("UNICEF", "Measures", "M-2", "activity_id", "A-99")
    desk.held()
    rows = desk.review.tables["Progress"]
    one, two = list(rows[rows["Entity"] == "UNICEF"]["No."])[:2]
    desk.answer("UNICEF", cell, "use value", two, "asked by telephone", "AB")
    desk.held()
    numbered = [(one, "A-x"), (two, one), ("A-x", two)]
    for old, new in numbered:
        desk.change("UNICEF", "Progress", old, "activity_id", new)

    desk.consolidate()
    moved, shown = desk.value("Measures", "UNICEF", "M-2", OF), desk.issue("UNICEF", cell)
    desk.change("UNICEF", "Progress", one, "activity", "Something that nobody had told us before")
    desk.consolidate()
    lost = desk.issue("UNICEF", cell)
    before = desk.tables()
    desk.consolidate()

    assert (moved, shown["Value"], shown["Severity"]) == (one, one, "answered")
    assert (lost["Value"], lost["Severity"], lost["Reason"]) == (
        *(f"{one} gone", "error", "asked by telephone"),
    )
    assert "no row is clearly the one that column Value named" in str(lost["Message"])
    assert {**before, "Register": ""} == {**desk.tables(), "Register": ""}
