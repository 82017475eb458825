"""A return on the screen is checked with the lists of its own cycle."""

from __future__ import annotations

from intake.drawing import CODEBOOK, CYCLE, book, cover, grid

from wps_xl.codebook import Codebook, Cycle, from_tables
from wps_xl.desk.commands.open_return import checked, issue_lines, next_issue, validate_open

PRACTICES = grid("Practices", "| practice_id | kind | title |\n| P-1 | practice | Ours |")
LATER = "REV-LATER"


def of_later_cycle() -> tuple[str, Codebook, Cycle]:
    """A review workbook of a cycle that the package does not know, with an entity of its own."""
    row = next(r for r in CODEBOOK.tables["cycles"] if r["cycle"] == CYCLE.code)
    entity = dict.fromkeys(CODEBOOK.tables["entities"][0], "")
    entity |= {"code": "NEW", "name": "A new entity", "article": "yes", "kind": "entity"}
    tables = {
        **CODEBOOK.tables,
        "cycles": [*CODEBOOK.tables["cycles"], {**row, "cycle": LATER, "name": "A later one"}],
        "entities": [*CODEBOOK.tables["entities"], entity],
        "invitations": [{"cycle": LATER, "entity": "NEW", "how": "invited"}],
    }
    codebook = from_tables(tables)
    return "later.xlsx", codebook, codebook.cycle(LATER)


def test_the_open_review_workbook_of_its_cycle_lends_its_lists() -> None:
    sent = book(cover("NEW", "practices", cycle=LATER), PRACTICES)

    intake, basis = checked(sent, [of_later_cycle()])

    assert basis.book == "later.xlsx"
    assert intake.returns[0].status == ""
    assert intake.returns[0].entity == "NEW"


def test_a_review_workbook_of_another_cycle_lends_nothing() -> None:
    lines = validate_open(book(cover(form="practices"), PRACTICES), [of_later_cycle()]).lines

    assert "with the lists that come with wps_xl" in lines[1]


def test_a_cycle_that_nobody_knows_is_told_at_the_cover() -> None:
    sent = book(cover(form="practices", cycle="REV-NEVER"), PRACTICES)

    issues = checked(sent, [of_later_cycle()])[0].issues

    assert [(item.code, item.sheet) for item in issues] == [("other-cycle", "Cover")]


def test_validate_names_the_worst_and_what_comes_next() -> None:
    sent = book(cover(form="practices", completed=None), PRACTICES)

    outcome = validate_open(sent)

    assert outcome.faults
    assert outcome.lines[0].startswith("1 row: ")
    assert outcome.lines[-1].startswith("Correct them in this workbook: Next issue")


def test_next_issue_goes_round_in_the_order_of_tabs_rows_and_columns() -> None:
    sent = book(cover(form="practices", completed=None, email="nobody"), PRACTICES)
    seen = []
    at = ("Cover", 0, 0)
    for _ in range(16):
        found = next_issue(sent, *at)
        assert found is not None
        assert found.cell is not None
        assert issue_lines(found)[0].startswith(f"{found.sheet} {found.cell}, ")
        letters = found.cell.rstrip("0123456789")
        at = (found.sheet, int(found.cell[len(letters) :]), ord(letters) - 64)
        seen.append((found.sheet, found.cell))

    first = seen[: len(set(seen))]
    assert len(set(first)) == len(first)
    assert seen[len(first)] == first[0]
    assert [sheet for sheet, _ in first] == sorted(sheet for sheet, _ in first)


def test_a_missing_sheet_is_left_to_correct_too() -> None:
    found = next_issue(book(cover(form="practices")), "Cover", 1, 1)

    assert found is not None
    assert (found.code, found.cell) == ("missing-sheet", None)
