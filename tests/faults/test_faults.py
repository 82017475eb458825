"""Every class of faults is told at its cell, once, with its severity, in words that help."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest
from faults import between
from faults.between import Scenario, Set
from faults.page import Page
from faults.run import CLASSES, Score, check, run, spoiled, table
from faults.several import SEVERAL
from faults.valid import INVITED, practice_rows, request, write
from openpyxl import load_workbook

from wps_xl.intake.catalogue import catalogue, example
from wps_xl.model import Issue

SEED = 1325
SCENARIOS = (*between.SCENARIOS, *SEVERAL)
# Words of programmers, and values that nobody typed.
UNREADABLE = re.compile(
    r"\bnan\b|\bNone\b|\bNaT\b|<NA>|dtype|regex|KeyError|ValueError|Traceback|\bnull\b|\benum\b"
    r"|\bTrue\b|\bFalse\b|object at 0x|Timestamp|datetime|\{\w*\}|\(\)|\[\]|“”|  "
)
ACTION = re.compile(
    r"(?:[.?”] )(?:Add|Agree|Answer|Ask|Call|Choose|Confirm|Copy|Correct|Decide|Delete"
    r"|Divide|Either|Enter|Fill|Give|Insert|Keep|Move|Nothing|Open|Put|Restore|Save|Shorten|Show|Type|Unmerge|Use"
    r"|Write)\b"
)


def faults_of(message: str, issue: Issue) -> list[str]:
    """What a message lacks, by the rules of PEERS.md section 3.2."""
    lacks = []
    if UNREADABLE.search(message):
        lacks.append("words nobody can read")
    if issue.cell and not message.startswith(f"{issue.sheet} {issue.cell}"):
        lacks.append("place")
    if issue.heading and issue.heading not in message:
        lacks.append("heading")
    if issue.found and issue.found not in message:
        lacks.append("what was found")
    if not ACTION.search(message):
        lacks.append("what to do")
    if issue.suggestion and issue.suggestion not in message and issue.code != "unknown-symbol":
        lacks.append("suggestion")
    return lacks


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> list[Score]:
    return run(tmp_path_factory.mktemp("faults"), SEED)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[Issue]]:
    """The issues of every scenario between returns."""
    found = {}
    for scenario in SCENARIOS:
        returns = Set(tmp_path_factory.mktemp("between"))
        scenario.edit(returns)
        found[scenario.name] = check(returns.written(), returns.background)
    return found


@pytest.fixture(scope="module")
def raised(scores: list[Score], played: Mapping[str, list[Issue]]) -> list[Issue]:
    """Every issue that the generator raised, and those between returns."""
    found = [issue for score in scores for issue in score.issues]
    return [*found, *(issue for issues in played.values() for issue in issues)]


def test_every_fault_is_told_at_its_cell_once_and_with_its_severity(scores: list[Score]) -> None:
    print(table(scores))

    wanting = {
        s.fault.name: s.others or (s.located, s.severity, s.put) for s in scores if not s.is_full
    }
    assert wanting == {}


def test_there_are_more_than_sixty_classes_in_all_three_forms() -> None:
    names = [fault.name for fault in CLASSES]

    assert len(set(names)) == len(names) > 60
    assert {fault.form for fault in CLASSES} == {"progress", "plan", "practices"}


@pytest.mark.parametrize("form", ["progress", "plan", "practices"])
def test_nothing_is_said_of_the_clean_twin(form: str, tmp_path: Path) -> None:
    assert check([write(tmp_path, request(form, INVITED[0]))]) == []


def test_nothing_is_said_of_returns_that_agree(tmp_path: Path) -> None:
    assert check(Set(tmp_path).written()) == []


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_fault_between_returns_is_told_once_where_it_can_be_corrected(
    scenario: Scenario, played: Mapping[str, list[Issue]]
) -> None:
    issues = played[scenario.name]

    told = [(i.code, i.severity, i.book, i.sheet, i.cell) for i in issues if i.severity != "note"]
    notes = [(i.code, i.severity, i.book, i.sheet, i.cell) for i in issues if i.severity == "note"]
    expected = (scenario.code, scenario.severity, scenario.book, scenario.sheet, scenario.cell)
    assert (told or notes) == [expected]


def test_all_faults_of_one_column_are_told_in_one_run(tmp_path: Path) -> None:
    column = [fault for fault in CLASSES if fault.column == "value" and not fault.alone]

    put = spoiled(tmp_path / "return.xlsx", "progress", column, Random(SEED))
    issues = check([tmp_path / "return.xlsx"])

    places = {cell for i in issues for cell in (f"{i.sheet}!{i.cell}", *i.also)}
    assert {f"{one.sheet}!{one.cell}" for one in put} == places


def test_own_columns_sheets_names_and_order_are_no_faults(tmp_path: Path) -> None:
    path = write(tmp_path, request("practices", INVITED[0], practice_rows(3)), "our own name.xlsx")
    book = load_workbook(path)
    page = Page.of(book, "Practices")
    page.sheet.insert_cols(2)
    page.sheet.cell(4, 2).value = "Our remark"
    page.sheet.cell(6, 2).value = "ask Mary"
    below = page.sheet.max_row + 40
    for at in range(1, page.sheet.max_column + 1):
        page.sheet.cell(below, at).value = page.sheet.cell(5, at).value
    page.put(below, "practice_id", "P-99")
    page.put(below, "title", "A case of another year")
    book.create_sheet("Our notes", 0).append(["Total", 5])
    book.move_sheet("Practices", -2)
    book.save(path)

    assert [(i.code, i.severity, i.sheet, i.cell) for i in check([path])] == [
        ("own-sheet", "note", "Our notes", "A1"),
        ("beside-table", "note", "Practices", "B6"),
    ]


def test_all_messages_say_where_what_and_what_to_do(raised: list[Issue]) -> None:
    lacking = {
        issue.message: lacks for issue in raised if (lacks := faults_of(issue.message, issue))
    }

    assert lacking == {}


def test_all_examples_say_where_what_and_what_to_do() -> None:
    examples = {code: example(code) for code in catalogue()}

    lacking = {c: lacks for c, i in examples.items() if (lacks := faults_of(i.message, i))}

    assert lacking == {}


def test_every_code_of_the_catalogue_is_raised_by_a_specimen(raised: list[Issue]) -> None:
    assert {issue.code for issue in raised} == set(catalogue())
