"""Faults of whole sheets and of the Cover; each has a file to itself."""

from __future__ import annotations

import datetime as dt
from random import Random

from faults.cells import M, P
from faults.page import HEADING, Fault, Page, Spoil
from openpyxl.utils import get_column_letter

C = ("progress", "Cover")
CODES = HEADING - 1


def without_codes(page: Page) -> None:
    for cell in page.sheet[CODES]:
        cell.value = None


def remove_column(code: str) -> Spoil:
    def spoil(page: Page, row: int, chance: Random) -> str | None:
        page.sheet.tables.clear()
        page.sheet.delete_cols(page.column(code))
        return f"A{HEADING}"

    return spoil


def rename_column(code: str, heading: str) -> Spoil:
    def spoil(page: Page, row: int, chance: Random) -> str | None:
        cell = page.at(HEADING, code)
        page.put(HEADING, code, heading)
        without_codes(page)
        return cell

    return spoil


def reword(code: str, *headings: str) -> Spoil:
    """Other words above a column whose code is still there."""

    def spoil(page: Page, row: int, chance: Random) -> str | None:
        page.sheet.tables.clear()
        page.put(HEADING, code, chance.choice(headings))
        return page.at(HEADING, code)

    return spoil


def copy_column(page: Page, row: int, chance: Random) -> str | None:
    source, last = page.column("activity"), page.sheet.max_column + 1
    for at in range(CODES, page.sheet.max_row + 1):
        page.sheet.cell(at, last).value = page.sheet.cell(at, source).value
    return f"{get_column_letter(last)}{HEADING}"


def swap_headings(page: Page, row: int, chance: Random) -> str | None:
    start, end = page.get(HEADING, "start"), page.get(HEADING, "end")
    page.put(HEADING, "start", end)
    page.put(HEADING, "end", start)
    return page.at(HEADING, "start")


def merge_headings(codes_left: bool) -> Spoil:
    def spoil(page: Page, row: int, chance: Random) -> str | None:
        left, right = page.at(HEADING, "role"), page.at(HEADING, "joint_with")
        page.sheet.merge_cells(f"{left}:{right}")
        if not codes_left:
            without_codes(page)
        return left

    return spoil


def no_headings(page: Page, row: int, chance: Random) -> str | None:
    page.sheet.tables.clear()
    page.sheet.delete_rows(CODES, 2)
    return None


def remove_sheet(page: Page, row: int, chance: Random) -> str | None:
    page.book.remove(page.sheet)
    return None


def rename_sheet(page: Page, row: int, chance: Random) -> str | None:
    page.sheet.title = "My activities"
    return None


def copy_sheet(page: Page, row: int, chance: Random) -> str | None:
    copy = page.book.copy_worksheet(page.sheet)
    copy.title = "Progress (2)"
    return f"'Progress (2)'!A{HEADING}"


def fill_copy(page: Page, row: int, chance: Random) -> str | None:
    copy_sheet(page, row, chance)
    copy = page.book["Progress (2)"]
    copy.cell(row, page.column("activity")).value = "Trained all staff once more."
    return f"'Progress (2)'!A{HEADING}"


def line(code: str, *values: object) -> Spoil:
    """A value in a line of the Cover."""

    def spoil(page: Page, row: int, chance: Random) -> str | None:
        at = page.line(code)
        page.sheet.cell(at, 2).value = chance.choice(values)  # type: ignore[assignment]
        return f"B{at}"

    return spoil


def old_form(page: Page, row: int, chance: Random) -> str | None:
    """Another version, which lacked columns: the version explains why they are missing."""
    cover = Page.of(page.book, "Cover")
    at = cover.line("form_version")
    cover.sheet.cell(at, 2).value = "0"
    remove_column("level")(page, row, chance)
    return f"Cover!B{at}"


def remove_line(page: Page, row: int, chance: Random) -> str | None:
    at = page.line("head")
    for number in range(1, 4):
        page.sheet.cell(at, number).value = None
    return None


def error_on_cover(page: Page, row: int, chance: Random) -> str | None:
    cell = page.sheet.cell(page.line("completed"), 2)
    cell.value, cell.data_type = "#NAME?", "e"
    return str(cell.coordinate)


STRUCTURE = [
    Fault(
        "required column missing",
        *P,
        "role",
        "missing-column",
        "error",
        remove_column("role"),
        True,
    ),
    Fault(
        "column missing",
        *P,
        "level",
        "missing-optional-column",
        "warning",
        remove_column("level"),
        True,
    ),
    Fault(
        "required column misspelt",
        *P,
        "role",
        "renamed-column",
        "error",
        rename_column("role", "Role of entity"),
        True,
    ),
    Fault(
        "column misspelt",
        *P,
        "level",
        "renamed-optional-column",
        "warning",
        rename_column("level", "Levle"),
        True,
    ),
    Fault(
        "column called otherwise",
        *P,
        "role",
        "renamed-column",
        "error",
        rename_column("role", "Function"),
        True,
    ),
    Fault(
        "heading with another unit",
        *M,
        "amount_usd",
        "changed-heading",
        "warning",
        reword("amount_usd", "Amount (euros)", "Amount (thousands of US dollars)"),
        True,
    ),
    Fault("column twice", *P, "activity", "duplicate-column", "error", copy_column, True),
    Fault(
        "code and heading in conflict",
        *P,
        "start",
        "code-heading-conflict",
        "error",
        swap_headings,
        True,
    ),
    Fault(
        "headings merged, codes there",
        *P,
        "role",
        "merged-headings",
        "note",
        merge_headings(True),
        True,
    ),
    Fault(
        "headings merged, no codes",
        *P,
        "role",
        "merged-columns",
        "error",
        merge_headings(False),
        True,
    ),
    Fault("no headings", *P, "", "no-heading-row", "error", no_headings, True),
    Fault("sheet missing", *M, "", "missing-sheet", "error", remove_sheet, True),
    Fault("sheet called otherwise", *P, "", "renamed-sheet", "error", rename_sheet, True),
    Fault("sheet copied", *P, "", "copied-sheet", "warning", copy_sheet, True),
    Fault("sheet copied and filled in", *P, "", "copied-rows", "error", fill_copy, True),
    Fault("no Cover", *C, "", "no-cover", "error", remove_sheet, True),
    Fault(
        "completed before the end",
        *C,
        "completed",
        "completed-early",
        "warning",
        line("completed", dt.datetime(2001, 1, 1)),
        True,
    ),
    Fault("unknown form", *C, "form", "unknown-form", "error", line("form", "survey"), True),
    Fault("another form", *C, "form", "other-form", "error", line("form", "Action plan"), True),
    Fault(
        "unknown entity",
        *C,
        "entity",
        "unknown-entity",
        "error",
        line("entity", "Ministry of Silence"),
        True,
    ),
    Fault("other cycle", *C, "cycle", "other-cycle", "error", line("cycle", "REV-1999"), True),
    Fault(
        "other version",
        *C,
        "form_version",
        "other-version",
        "warning",
        line("form_version", "0"),
        True,
    ),
    Fault("older version, column missing", *P, "", "old-version", "error", old_form, True),
    Fault(
        "locked date changed",
        *C,
        "review_from",
        "cover-changed",
        "error",
        line("review_from", dt.datetime(2001, 1, 1)),
        True,
    ),
    Fault("line of the Cover missing", *C, "", "missing-line", "error", remove_line, True),
    Fault(
        "line of the Cover blank",
        *C,
        "focal_point",
        "required",
        "error",
        line("focal_point", None),
        True,
    ),
    Fault("error on the Cover", *C, "completed", "error-value", "error", error_on_cover, True),
    Fault(
        "no e-mail address",
        *C,
        "email",
        "not-an-e-mail",
        "error",
        line("email", "name at example.org", "nobody"),
        True,
    ),
    Fault(
        "signed off without date",
        *C,
        "signed_off_date",
        "required-with",
        "error",
        line("signed_off_date", None),
        True,
    ),
]
