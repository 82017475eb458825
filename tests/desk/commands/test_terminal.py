"""What is read on the screen: the summary first, then by return, never wider than the screen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sheets.form_examples import CODEBOOK, CYCLE, DONE, filled

from wps_xl.desk.commands.terminal import SHOWN, WIDTH, held_words, summary_line, table_lines
from wps_xl.intake.catalogue import Place, issue
from wps_xl.intake.validation import Intake, validate
from wps_xl.sheets.forms.writer import form_bytes


@pytest.fixture
def intake(tmp_path: Path) -> Intake:
    """One return with two causes in three cells."""
    rows = [
        {**DONE, "activity_id": f"H-{at}", "role": role} for at, role in enumerate(("x", "x", None))
    ]
    file = tmp_path / "faulty.xlsx"
    file.write_bytes(form_bytes(filled({"Progress": rows})))
    return validate([file], CODEBOOK, CYCLE)


def test_the_summary_counts_returns_rows_issues_and_what_is_held_back(intake: Intake) -> None:
    line = summary_line(intake)

    assert line.startswith("1 return, ")
    assert "2 errors" in line
    assert line.endswith("held back 3.")


def test_rows_of_replaced_returns_are_told_from_those_to_correct() -> None:
    reasons = ["superseded"] * 40 + ["list-value"] * 7 + ["withdrawn"]

    said = held_words(reasons)

    assert said == (
        "48 (7 to correct, 40 of returns that later ones replace, 1 of withdrawn returns)"
    )


def test_causes_stand_below_their_return_with_sheet_and_cell(intake: Intake) -> None:
    lines = table_lines(intake)

    text = "\n".join(lines)
    assert "faulty.xlsx: 2 to correct in 3 cells" in text
    assert text.count("Progress E5") == 1
    assert "The same in 1 more cell: E6." in " ".join(text.split())


def test_what_is_said_of_a_whole_sheet_begins_with_its_words(intake: Intake) -> None:
    place = Place("a.xlsx", sheet="Portada", cell="A1", row=1)
    found = issue("renamed-cover", place, found="Portada", other="“Portada” as Cover")

    lines = table_lines(replace(intake, issues=(found,)))

    assert lines[2].split(maxsplit=3)[:3] == ["check", "Portada", "A1"]
    assert lines[2].split(maxsplit=3)[3].startswith("The file has no sheet called Cover")


def test_no_line_is_wider_than_the_screen_and_none_has_colours_in_a_file(intake: Intake) -> None:
    lines = table_lines(intake)

    assert max(map(len, lines)) <= WIDTH
    assert "\x1b" not in "".join(lines)


def test_a_long_list_is_cut_and_says_so(intake: Intake) -> None:
    from dataclasses import replace

    many = replace(intake, issues=intake.issues * SHOWN)

    assert "more: see sheet Issues" in table_lines(many)[-1]
