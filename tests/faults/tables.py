"""Faults between rows of a sheet or of two."""

from __future__ import annotations

from random import Random

from faults.cells import G, M, N, P, R
from faults.page import FIRST, Fault, Page, Spoil
from faults.rows import Q

from wps_xl.model import column_letter


def twin(code: str, other_case: bool = False) -> Spoil:
    def spoil(page: Page, row: int, chance: Random) -> str | None:
        number = str(page.get(row - 1, code))
        page.put(row, code, number.lower() if other_case else number)
        return None

    return spoil


def hide(page: Page, row: int, chance: Random) -> str | None:
    page.sheet.row_dimensions[row].hidden = True
    return f"A{row}"


def merge(code: str) -> Spoil:
    def spoil(page: Page, row: int, chance: Random) -> str | None:
        letter = column_letter(page.column(code))
        page.sheet.merge_cells(f"{letter}{row}:{letter}{row + 2}")
        return f"{letter}{row}"

    return spoil


def total(page: Page, row: int, chance: Random) -> str | None:
    last = page.sheet.max_row + 1
    page.sheet.cell(last, 1).value = chance.choice(["Total", "TOTAL:", "Grand total"])
    page.put(last, "amount_usd", 999999)
    return f"A{last}"


def silent_total(page: Page, row: int, chance: Random) -> str | None:
    last = page.sheet.max_row + 1
    amounts = [page.get(at, "amount_usd") for at in range(FIRST, last)]
    page.put(last, "amount_usd", sum(a for a in amounts if isinstance(a, int | float)))
    return f"A{last}"


def delete(page: Page, row: int, chance: Random) -> str | None:
    page.sheet.delete_rows(row)
    return "A4"


def add_initiative(page: Page, row: int, chance: Random) -> str | None:
    last = page.sheet.max_row + 1
    for at in range(1, page.sheet.max_column + 1):
        page.sheet.cell(last, at).value = page.sheet.cell(FIRST, at).value
    page.put(last, "initiative_id", f"I-{900 + last}")
    page.put(last, "title", f"Initiative of row {last}")
    return f"A{last}"


def again(number: str, words: str) -> Spoil:
    """The row once more, under another number."""

    def spoil(page: Page, row: int, chance: Random) -> str | None:
        last = page.sheet.max_row + 1
        for at in range(1, page.sheet.max_column + 1):
            page.sheet.cell(last, at).value = page.sheet.cell(row, at).value
        own = str(page.get(row, number))
        page.put(last, number, f"{own[0]}-{900 + last}")
        return page.at(last, words)

    return spoil


TABLES = [
    Fault("hidden row", *P, "", "hidden-rows", "warning", hide),
    Fault("number used twice", *M, "measure_id", "duplicate-number", "error", twin("measure_id")),
    Fault(
        "number twice, other case",
        *M,
        "measure_id",
        "duplicate-number",
        "error",
        twin("measure_id", True),
    ),
    Fault(
        "initiative without result",
        *N,
        "initiative_id",
        "initiative-without-result",
        "error",
        add_initiative,
    ),
    Fault("merged required cells", *N, "role", "merged-cells", "error", merge("role")),
    Fault(
        "merged optional cells",
        *N,
        "programme",
        "merged-optional-cells",
        "warning",
        merge("programme"),
    ),
    Fault("same case twice", *G, "practice_id", "duplicate-number", "error", twin("practice_id")),
    Fault(
        "same activity again",
        *P,
        "activity",
        "same-row-twice",
        "warning",
        again("activity_id", "activity"),
    ),
    Fault(
        "same result again",
        *R,
        "expected_accomplishment",
        "same-row-twice",
        "warning",
        again("result_id", "expected_accomplishment"),
    ),
    Fault(
        "same case again", *G, "title", "same-row-twice", "warning", again("practice_id", "title")
    ),
    Fault("total row", *M, "", "total-row", "error", total, alone=True),
    Fault("total row without a word", *M, "", "total-row", "error", silent_total, alone=True),
    Fault("question missing", *Q, "question", "question-missing", "error", delete, alone=True),
    Fault(
        "question twice", *Q, "question", "duplicate-number", "error", twin("question"), alone=True
    ),
]
