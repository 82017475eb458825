"""``check`` holds any draft against the workbook, also one retyped into a plain document."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from retyping import TYPISTS, Pair, Typist, retyped, with_list_of_notes, with_real_footnotes

from wps_xl.cli import main
from wps_xl.desk.commands import Outcome
from wps_xl.desk.commands.proofreading import held_against, told
from wps_xl.desk.hosts.files import FilesHost
from wps_xl.office.word.manuscript import read
from wps_xl.report.proof.checking import Held
from wps_xl.report.proof.checking import check as hold

DRAFT, WORKBOOK = "council_report.docx", "review.xlsx"
Check = Callable[..., Outcome]
THIRTEEN = "Thirteen entities provided"
FAULTS: dict[str, tuple[Pair, str]] = {
    "a wrong count word": (
        (THIRTEEN, "Twelve entities provided"),
        "count: The sentence counts 12, footnote 1 names 13.",
    ),
    "a footnote with a missing member": (
        ("UNICEF, UNIFEM and WFP", "UNICEF and WFP"),
        "footnote: Footnote 1: UNIFEM missing.",
    ),
    "a name that is not in the list": (
        ("OHCHR, UNDP, UNEP", "OHCHR, UNDPP, UNEP"),
        "no entity is called UNDPP",
    ),
    "a list between dashes that is too short": (
        ("five entities – the Department of Political Affairs, ", "five entities – "),
        "count: The sentence counts 5, its list names 4.",
    ),
    "a stale figure": (
        ("2,300 profiles", "2,500 profiles"),
        "figure: The workbook has 2,300, the draft 2,500.",
    ),
    "a stale amount": (
        ("$509,765", "$509,756"),
        "figure: The workbook has 509,765, the draft 509,756.",
    ),
    "a figure from nowhere": (
        ("As of July 2006, for", "Some 12,345 women came. As of July 2006, for"),
        "figure: The workbook holds no figure 12,345.",
    ),
    "a wrong symbol": (
        ("(S/PRST/2006/42)", "(S/PRST/2006/24)"),
        "symbol: S/PRST/2006/24 is not in the list of documents.",
    ),
    "a malformed symbol": (
        ("(S/PRST/2006/42)", "(S/PRST/06/42)"),
        "symbol-form: “S/PRST/06/42”",
    ),
    "a resolution of another year": (
        ("resolution 1325 (2000)", "resolution 1325 (2001)"),
        "symbol: S/RES/1325 (2001) is not in the list of documents.",
    ),
    "another entity": (
        ("ESCAP completed", "UNDP completed"),
        "name: UNDP is not named there by the workbook; ESCAP is named there by the workbook.",
    ),
    "a reference to nothing": (
        ("As of July 2006", "As stated in paragraph 943 above, as of July 2006"),
        "reference: There is no paragraph 943.",
    ),
    "an offence against the editorial rules": (
        ("nine non-governmental organizations", "nine non-governmental organisations"),
        "spelling: “organisations”",
    ),
}


@pytest.fixture(scope="module")
def held(demo: Path) -> Held:
    return held_against(FilesHost().read(demo / WORKBOOK))


@pytest.fixture
def check(demo: Path, held: Held, tmp_path: Path) -> Check:
    """Retypes the sample's draft with changes and checks it."""

    def typed_anew(typist: Typist, *changes: Pair) -> Outcome:
        path = retyped(demo / DRAFT, tmp_path / "retyped.docx", typist, *changes)
        return checked(path, held)

    return typed_anew


def checked(path: Path, held: Held) -> Outcome:
    return told(path, hold(read(path), held))


def by_command(demo: Path, path: Path) -> Result:
    return CliRunner().invoke(main, ["check", str(path), "--workbook", str(demo / WORKBOOK)])


@pytest.mark.parametrize("typist", TYPISTS)
def test_nothing_is_wrong_with_the_right_draft_however_it_was_typed(
    check: Check, typist: Typist
) -> None:
    result = check(typist)

    assert "0 to correct" in result.lines[0]
    assert not result.faults, result.lines


def test_the_draft_as_it_was_written_is_right_and_its_own_twins_are_named(demo: Path) -> None:
    result = by_command(demo, demo / DRAFT)

    assert result.exit_code == 0, result.output
    assert "twins (as in the workbook): Footnotes 3 and 7 name the same 12" in result.output


@pytest.mark.parametrize("at", range(3))
def test_each_of_several_faults_is_found_in_a_retyped_draft(check: Check, at: int) -> None:
    faults = dict(list(FAULTS.items())[at::3])
    typist: Typist = (with_list_of_notes, with_real_footnotes, with_list_of_notes)[at]

    result = check(typist, *(change for change, _ in faults.values()))

    # What is only to know has a word in brackets behind its code.
    errors = [line for line in result.lines if not re.match(r"[^,]+, [\w-]+ \(", line)]
    found = {name for name, (_, said) in faults.items() if any(said in line for line in errors)}
    assert set(faults) - found == set(), result.lines


def test_old_and_new_stand_side_by_side(check: Check) -> None:
    result = check(with_list_of_notes, ("2,300 profiles", "2,500 profiles"))

    lines = result.lines
    at = next(at for at, line in enumerate(lines) if "2,500" in line)
    assert lines[at].startswith("Paragraph 13, figure")
    assert "draft:" in lines[at + 1]
    assert "2,500 profiles" in lines[at + 1]
    assert "workbook:" in lines[at + 2]
    assert "2,300 profiles" in lines[at + 2]


def test_a_footnote_copied_from_another_is_a_twin(demo: Path, check: Check) -> None:
    notes = read(demo / DRAFT).notes

    result = check(with_list_of_notes, (notes[3].text, notes[0].text))

    assert result.faults
    assert any("twins: Footnotes 1 and 4 name the same 13" in line for line in result.lines)


def test_a_changed_cell_of_a_table_is_found(demo: Path, held: Held, tmp_path: Path) -> None:
    word = docx.Document(str(demo / DRAFT))
    money = next(table for table in word.tables if table.rows[0].cells[-1].text == "Amount")
    cell = money.rows[1].cells[-1]
    right = cell.text
    cell.paragraphs[0].runs[0].text = "$1"
    word.save(str(tmp_path / "changed.docx"))

    result = checked(tmp_path / "changed.docx", held)

    assert any(f"Amount: the workbook has “{right}”" in line for line in result.lines)
    assert result.faults


def test_contents_that_follow_the_drafters_own_paragraphs_are_right(
    demo: Path, held: Held, tmp_path: Path
) -> None:
    document = docx.Document(str(demo / DRAFT))
    document.tables[0].cell(3, 1).text = "4–73"
    document.save(str(tmp_path / "renumbered.docx"))

    result = checked(tmp_path / "renumbered.docx", held)

    assert not any("4–73" in line for line in result.lines)
    assert not result.faults


def test_what_is_no_word_file_is_refused_in_a_sentence(demo: Path) -> None:
    result = by_command(demo, demo / WORKBOOK)

    assert result.exit_code == 2
    assert "cannot be read as a Word document" in result.output
