"""A new cycle and its forms."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from workbooks import run, table

from wps_xl.codebook import load

CYCLE = next(iter(load()["cycles"]))


@pytest.fixture(scope="module")
def made_new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("new") / "review.xlsx"
    assert run("new", path, "--cycle", CYCLE).exit_code == 0
    return path


@pytest.fixture
def workbook(made_new: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made_new, tmp_path))


def test_a_new_workbook_has_every_sheet_of_the_contract(workbook: Path) -> None:
    names = load_workbook(workbook).sheetnames

    wanted = [
        *("Start", "Cycle", "Register", "Issues", "Progress", "Measures", "Overview"),
        *("Checklist", "Updates", "Initiatives", "Results", "Resources", "Practices"),
        *("Prevention", "Participation", "Protection"),
    ]
    assert names[: len(wanted)] == wanted
    later = ("Relief and recovery", "Normative", "Areas of action", "Money", "Indicators")
    assert set(later) <= set(names)
    assert {"Gaps and overlaps", "Countries", "Recommendations", "Decisions"} <= set(names)
    assert {"Wording", "Notes", "Sources", "Log", "Lists"} <= set(names)


def test_data_sheets_begin_with_entity_and_end_with_the_offices_columns(workbook: Path) -> None:
    headings = list(table(workbook, "Progress").columns)

    assert headings[0] == "Entity"
    assert headings[-7:] == [
        *("Book", "Sheet", "Row"),
        *("In report", "Our wording", "Our theme", "Same activity as"),
    ]


def test_the_register_invites_those_of_the_cycle(workbook: Path) -> None:
    register = table(workbook, "Register")
    progress = register[register["Form"] == "progress"]

    assert (progress["Takes part"] == "invited").sum() == 30
    assert set(register["Form"]) == {"progress", "plan", "practices"}


def test_an_existing_workbook_is_not_made_again(workbook: Path) -> None:
    result = run("new", workbook, "--cycle", CYCLE)

    assert result.exit_code == 2
    assert "exists already" in result.stderr


def test_a_cycle_that_the_lists_do_not_have_must_be_described(tmp_path: Path) -> None:
    result = run("new", tmp_path / "r.xlsx", "--cycle", "NEXT")

    assert result.exit_code == 2
    assert "Give its name, review period" in result.stderr


@pytest.mark.parametrize("period", ["soon", "2031-01-01", "2031-02-30:2031-03-01"])
def test_a_period_that_is_none_is_refused(period: str, tmp_path: Path) -> None:
    words = ["--name", "Next", "--plan", "2031-01-01:2032-12-31", "--review", period]

    result = run("new", tmp_path / "r.xlsx", "--cycle", "NEXT", *words)

    assert result.exit_code == 2
    assert "period" in result.stderr


def test_a_period_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    words = ["--name", "N", "--plan", "2031-01-01:2032-12-31", "--review", "2031-02-01:2030-01-01"]

    result = run("new", tmp_path / "r.xlsx", "--cycle", "NEXT", *words)

    assert result.exit_code == 2
    assert "ends before it begins" in result.stderr


def test_the_next_cycle_takes_over_contacts_and_wording(workbook: Path, tmp_path: Path) -> None:
    book = load_workbook(workbook)
    headings = {cell.value: int(cell.column or 0) for cell in book["Register"][1]}
    book["Register"].cell(2, headings["Focal point"]).value = "A person"
    book["Wording"].cell(2, 2).value = "Our own title"
    lines = {row[2].value: row[1] for row in book["Cycle"].iter_rows(max_col=3)}
    lines["signatory"].value = "Amina Example"
    book.save(workbook)
    words = ["--name", "Next", "--review", "2031-01-01:2031-12-31"]
    plan = ["--plan", "2032-01-01:2033-12-31"]

    made = run("new", tmp_path / "next.xlsx", "--cycle", "NEXT", "--from", workbook, *words, *plan)

    assert made.exit_code == 0, made.output
    register = table(tmp_path / "next.xlsx", "Register")
    assert register["Focal point"].iloc[0] == "A person"
    assert table(tmp_path / "next.xlsx", "Wording")["Pattern"].iloc[0] == "Our own title"
    cycle = table(tmp_path / "next.xlsx", "Cycle")
    assert (
        dict(zip(cycle.iloc[:, 2], cycle.iloc[:, 1], strict=True))["signatory"] == "Amina Example"
    )


def test_forms_are_made_for_those_asked_for_and_noted_in_the_register(
    workbook: Path, tmp_path: Path
) -> None:
    words: list[str | Path] = [
        "--workbook",
        workbook,
        "--form",
        "plan",
        "--entity",
        "UNDP",
        "--entity",
        "WFP",
    ]

    result = run("forms", tmp_path / "forms", *words)

    assert result.exit_code == 0, result.output
    names = sorted(file.name for file in (tmp_path / "forms").iterdir())
    assert names == [f"{CYCLE}_plan_UNDP.xlsx", f"{CYCLE}_plan_WFP.xlsx"]
    register = table(workbook, "Register")
    issued = register[register["Issued"].notna()]
    assert sorted(issued["Entity"]) == ["UNDP", "WFP"]


def test_an_entity_is_asked_for_the_forms_of_its_lines_now_and_in_the_next_cycle(
    workbook: Path, tmp_path: Path
) -> None:
    book = load_workbook(workbook)
    sheet = book["Register"]
    at = next(row for row in range(1, 9) if sheet.cell(row, 1).value == "Entity")
    for row in range(at + 1, sheet.max_row + 1):
        typed = {at + 1: ("CAF'É", "progress", "invited"), at + 2: ("CAF'É", "plan", None)}
        for column, value in enumerate(typed.get(row, (None,) * 3), start=1):
            sheet.cell(row, column).value = value
    book.save(workbook)

    result = run("forms", tmp_path / "forms", "--workbook", workbook)
    again = run(
        *("new", tmp_path / "next.xlsx", "--cycle", "2031-1", "--name", "2031"),
        *("--review", "2030-01-01:2030-12-31", "--plan", "2031-01-01:2032-12-31"),
        *("--from", workbook),
    )

    assert again.exit_code == 0, again.output
    assert [file.name for file in (tmp_path / "forms").iterdir()] == [
        f"{CYCLE}_progress_CAF'É.xlsx"
    ], result.output
    register = table(tmp_path / "next.xlsx", "Register")
    assert list(zip(register["Entity"], register["Form"], strict=True)) == [("CAF'É", "progress")]


def test_a_word_that_says_not_how_an_entity_takes_part_is_named_with_the_choices(
    workbook: Path, tmp_path: Path
) -> None:
    book = load_workbook(workbook)
    sheet = book["Register"]
    at = next(row for row in range(1, 9) if sheet.cell(row, 1).value == "Entity")
    sheet.cell(at + 1, 3).value = "perhaps"
    book.save(workbook)

    result = run("forms", tmp_path / "forms", "--workbook", workbook)

    assert (
        f"Sheet Register, cell C{at + 1}: Takes part 'perhaps' is not in the list. Choose one "
        "of: invited, entered by the office, not invited, withdrawn."
    ) in " ".join(result.output.split())


def test_a_form_that_was_filled_in_is_left_and_named(workbook: Path, tmp_path: Path) -> None:
    forms = tmp_path / "forms"
    entities = ["--entity", "UNDP", "--entity", "WFP"]
    words: list[str | Path] = [forms, "--workbook", workbook, "--form", "plan", *entities]
    run("forms", *words)
    filled, blank = forms / f"{CYCLE}_plan_UNDP.xlsx", forms / f"{CYCLE}_plan_WFP.xlsx"
    book = load_workbook(filled)
    book.worksheets[1]["A6"] = "Filled in"
    # Entities save a form later than in the second in which it was made.
    book.properties.created = dt.datetime(2001, 1, 1)
    book.save(filled)
    before = filled.read_bytes()

    result = run("forms", *words)

    assert filled.read_bytes() == before
    assert blank.exists()
    assert result.output.startswith(f"1 form in {forms}.")
    assert f"1 file was saved since, and left: {filled.name}. To make such a form" in result.output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--form", "diary"], "diary is not a form"),
        (["--entity", "ATLANTIS"], "ATLANTIS is not in the list of entities"),
    ],
)
def test_a_form_or_entity_that_nobody_knows_is_refused(
    words: list[str], sentence: str, tmp_path: Path
) -> None:
    result = run("forms", tmp_path / "forms", "--cycle", CYCLE, *words)

    assert result.exit_code == 2
    assert sentence in result.stderr


def test_an_entity_may_be_named_in_any_way(tmp_path: Path) -> None:
    names = ["--entity", "undp", "--entity", "World Food Programme", "--entity", "WFP"]

    run("forms", tmp_path, "--cycle", CYCLE, "--form", "plan", *names)

    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == [f"{CYCLE}_plan_UNDP.xlsx", f"{CYCLE}_plan_WFP.xlsx"]


def test_a_workbook_is_not_written_into_another_kind_of_file(tmp_path: Path) -> None:
    result = run("new", tmp_path / "notes.txt", "--cycle", CYCLE)

    assert result.exit_code == 2
    assert "Name a file that ends in .xlsx" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("verb", ["brief", "scorecard"])
def test_a_document_is_not_written_into_another_kind_of_file(verb: str, tmp_path: Path) -> None:
    about = ["--country", "Liberia"] if verb == "brief" else ["--entity", "UNDP"]

    result = run(verb, tmp_path / "review.xlsx", *about, "--out", tmp_path / "notes.txt")

    assert result.exit_code == 2
    assert "Name a file that ends in .docx" in result.stderr


@pytest.mark.parametrize("code", ["a/b", "..", "a\\b", "x" * 50])
def test_the_code_of_a_cycle_can_be_part_of_file_names(code: str, tmp_path: Path) -> None:
    result = run("new", tmp_path / "r.xlsx", "--cycle", code)

    assert result.exit_code == 2
    assert "cannot be part of file names" in result.stderr


def test_correction_copies_are_not_written_into_a_file(tmp_path: Path) -> None:
    taken = tmp_path / "notes.txt"
    taken.touch()
    run("forms", tmp_path / "forms", "--cycle", CYCLE, "--form", "plan", "--entity", "UNDP")

    result = run("validate", tmp_path / "forms", "--annotate", taken)

    assert result.exit_code == 2
    assert f"{taken} is a file. Name a folder for the copies." in result.stderr


@pytest.mark.parametrize("words", [("diagnose", "folder"), ("build", "folder", "--file", "x.xlam")])
def test_the_add_in_takes_a_folder_or_file_only_where_it_uses_it(words: tuple[str, ...]) -> None:
    result = run("addin", *words)

    assert result.exit_code == 2
    assert "takes no " in result.stderr


def test_a_file_that_is_no_review_workbook_is_refused(tmp_path: Path) -> None:
    from openpyxl import Workbook

    Workbook().save(tmp_path / "other.xlsx")

    result = run("report", tmp_path / "other.xlsx", "--out", tmp_path / "draft.docx")

    assert result.exit_code == 2
    assert "is not a review workbook" in result.stderr


def test_a_changed_heading_of_a_code_list_is_named_and_loses_nothing(
    workbook: Path, tmp_path: Path
) -> None:
    book = load_workbook(workbook)
    lists = book["Lists"]
    top = next(int(cell.row or 0) for cell in lists["A"] if cell.value == "questions")
    lists.cell(top + 1, 2).value = "Area!"
    book.save(workbook)

    result = run("forms", tmp_path / "forms", "--workbook", workbook)

    assert result.exit_code == 2
    assert f"Lists, row {top + 1}: the list questions has no column 'area'" in result.stderr
