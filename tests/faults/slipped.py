"""Structure that slipped: headings sorted away or repeated, notes and totals as rows, Covers."""

from __future__ import annotations

from random import Random

from faults.cells import G, M, P, S
from faults.page import FIRST, HEADING, Fault, Page, Spoil
from faults.structure import C, without_codes


def sort_with_headings(codes_left: bool) -> Spoil:
    """The first row of data above the headings, as after sorting."""

    def spoil(page: Page, row: int, chance: Random) -> str | None:
        page.sheet.tables.clear()
        for at in range(1, page.sheet.max_column + 1):
            upper, lower = page.sheet.cell(HEADING, at), page.sheet.cell(HEADING + 1, at)
            upper.value, lower.value = lower.value, upper.value
        if not codes_left:
            without_codes(page)
        return f"A{HEADING + 1 if codes_left else HEADING}"

    return spoil


def call_cover(page: Page, row: int, chance: Random) -> str | None:
    page.sheet.title = chance.choice(["Couverture", "Cover (2)", "Cover - Table 1"])
    return f"{page.sheet.title}!A1"


def second_cover(page: Page, row: int, chance: Random) -> str | None:
    copy = page.book.copy_worksheet(page.sheet)
    copy.title, page.sheet.title = "Cover (3)", "Cover (2)"
    copy.cell(page.line("entity"), 2).value = "UNDP"
    return None


def total_with_number(page: Page, row: int, chance: Random) -> str | None:
    """A total that fills all that a row must fill."""
    last = next(at for at in range(FIRST, 10_000) if not page.get(at, "measure_id"))
    for code in ("activity_id", "unit"):
        page.put(last, code, page.get(last - 1, code))
    page.put(last, "measure_id", "M-900")
    page.put(last, "measure", chance.choice(["Total of the two", "Итого обучено", "合计"]))
    page.put(last, "value", sum(page.get(at, "value") for at in (last - 2, last - 1)))  # type: ignore[misc]
    return page.at(last, "value")


def headings_again(page: Page, row: int, chance: Random) -> str | None:
    last = page.sheet.max_row + 1
    for at in range(1, page.sheet.max_column + 1):
        page.sheet.cell(last, at).value = page.sheet.cell(HEADING, at).value
    return f"A{last}"


def headings_elsewhere(page: Page, row: int, chance: Random) -> str | None:
    last, width = page.sheet.max_row + 1, page.sheet.max_column
    for at in range(1, width + 1):
        other = at % width + 1
        page.sheet.cell(last, at).value = page.sheet.cell(HEADING, other).value
        page.sheet.cell(last + 1, at).value = page.sheet.cell(FIRST, other).value
    return f"A{last}"


def note_below(page: Page, row: int, chance: Random) -> str | None:
    last = page.sheet.max_row + 2
    words = ("* Provisional figures", "Source: our field offices", "Courses held abroad")
    page.sheet.cell(last, 1).value = chance.choice(words)
    return f"A{last}"


SLIPPED = [
    Fault(
        "sorted with the headings",
        *P,
        "",
        "headings-among-rows",
        "warning",
        sort_with_headings(True),
        True,
    ),
    Fault(
        "sorted, codes deleted",
        *P,
        "",
        "rows-above-headings",
        "error",
        sort_with_headings(False),
        True,
    ),
    Fault("Cover called otherwise", *C, "", "renamed-cover", "warning", call_cover, True),
    Fault("two Covers", *C, "", "two-covers", "error", second_cover, True),
    Fault("total with a number", *M, "value", "sum-of-rows", "warning", total_with_number, True),
    Fault("headings once more", *P, "", "no-data-row", "error", headings_again, alone=True),
    Fault("note under the table", *S, "", "no-data-row", "error", note_below, alone=True),
    Fault("headings in another order", *G, "", "shifted-rows", "error", headings_elsewhere, True),
]
