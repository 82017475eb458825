"""Rows that are not what they seem: totals, hidden rows, cells merged over others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from wps_xl.codebook import Codebook
from wps_xl.forms.definitions import FormSheet
from wps_xl.intake.cover import show
from wps_xl.intake.misfit import Misfit
from wps_xl.intake.strays import NO_ROW, SHIFTED, strays
from wps_xl.intake.tables import RawTable, corners
from wps_xl.model import Value, column_letter, column_number, split_address
from wps_xl.model.text import squeezed, visible

TOTAL = "total-row"
NEVER = (TOTAL, NO_ROW, SHIFTED)
"""Rows that never count, whatever is answered: no data stands in them, or not as it is meant."""
_LEAST_SUMMED = 2
_ENDS = ":.： "


def odd_rows(
    raw: RawTable, sheet: FormSheet, codebook: Codebook, required: Collection[str]
) -> list[Misfit]:
    """Rows that are no data, total rows, hidden rows and merged cells among the rows of data.

    ``required`` are the columns that every row must fill.
    """
    first = min(raw.letters.values(), key=column_number, default="A")
    totals = dict(_totals(raw, sheet, codebook))
    found = [misfit for misfit in strays(raw, sheet, codebook) if misfit.row not in totals]
    told = totals.keys() | never(found)
    found += [
        Misfit(TOTAL, f"{first}{row}", found=visible(text), row=row) for row, text in totals.items()
    ]
    found += [
        Misfit("hidden-rows", f"{first}{row}", row=row)
        for row in raw.numbers
        if row in raw.grid.hidden_rows and row not in told
    ]
    return [*found, *_merged(raw, sheet, required, told)]


def total_words(codebook: Codebook) -> list[str]:
    """The words that mark a total, in the languages of the lists."""
    return [*codebook.words("total_words"), *codebook.words("further_total_words")]


def never(misfits: Sequence[Misfit]) -> dict[int, str]:
    """The Excel rows that never count, and why."""
    return {
        row: misfit.code
        for misfit in misfits
        if misfit.code in NEVER and misfit.row is not None
        for row in (misfit.row, *(split_address(cell)[1] for cell in misfit.also))
    }


def _totals(raw: RawTable, sheet: FormSheet, codebook: Codebook) -> Iterator[tuple[int, str]]:
    """Excel row and text of each row that says it is a total, or is one without saying so."""
    words = total_words(codebook)
    # Most rows begin with a number such as T-1, so that two letters show that they are none.
    initials = {word[:1] for word in words}
    begins = {word[:2] for word in words}
    starts = tuple(f"{word} " for word in words)
    anywhere = tuple(f"{word} " for word in codebook.words("total_words"))
    for at, row in enumerate(raw.numbers):
        cells = raw.grid.rows[row - 1] if row <= len(raw.grid.rows) else ()
        text = cells[0] if cells else None
        if text is None:
            text = next((value for value in cells if value is not None), None)
        if isinstance(text, str):
            if text[:1].casefold() not in initials or (
                text.isascii() and text[:2].casefold() not in begins
            ):
                continue
            start = squeezed(text).casefold()
            # Words such as "ensemble" begin sentences as well, but no number of a row.
            is_one = start.startswith(starts if cells[0] is not None else anywhere)
            if is_one or start.rstrip(_ENDS) in words:
                yield row, text
                continue
        may_be = isinstance(text, int | float) or (isinstance(text, str) and _is_but_words(text))
        if may_be and _adds_up(raw, sheet, at):
            yield row, show(text)


def _is_but_words(text: str) -> bool:
    """Whether a text is no number of a row, as these have digits."""
    return not any(map(str.isdigit, text))


def _adds_up(raw: RawTable, sheet: FormSheet, at: int) -> bool:
    """Whether a row holds but numbers, one the sum of those above it, and perhaps one text."""
    here = {code: values[at] for code, values in raw.columns.items() if values[at] is not None}
    others = [value for code, value in here.items() if sheet.columns[code].type != "number"]
    if len(others) > 1 or any(not isinstance(one, str) for one in others):
        return False
    return any(_is_sum(raw.columns[code][:at], value) for code, value in here.items())


def _is_sum(values: Sequence[Value], total: Value) -> bool:
    numbers = [v for v in values if isinstance(v, int | float)]
    if len(numbers) < _LEAST_SUMMED or not isinstance(total, int | float):
        return False
    return abs(sum(numbers) - total) < 1e-6 * max(1.0, abs(total))


def _merged(
    raw: RawTable, sheet: FormSheet, required: Collection[str], told: Collection[int]
) -> Iterator[Misfit]:
    """Merged cells over rows of data; an error where they hide a value that each row needs.

    Of rows that are ``told`` of already nothing is said.
    """
    columns = {column_number(letter): code for code, letter in raw.letters.items()}
    rows = set(raw.numbers).difference(told)
    for cells in raw.grid.merged:
        top, left, bottom, right = corners(cells)
        covered = [
            (row, at)
            for row in range(max(top, raw.heading_row + 1), min(bottom, len(raw.grid.rows)) + 1)
            for at in columns
            if left <= at <= right and row in rows and (row, at) != (top, left)
        ]
        if not covered or top <= raw.heading_row:
            continue
        needed = any(columns[at] in required for _, at in covered)
        code = columns.get(left, "")
        yield Misfit(
            "merged-cells" if needed else "merged-optional-cells",
            f"{column_letter(left)}{top}",
            code,
            cells=cells,
            row=top,
            also=tuple(f"{column_letter(at)}{row}" for row, at in covered),
        )


def covered_cells(misfits: Sequence[Misfit], letters: Mapping[str, str]) -> set[tuple[int, str]]:
    """Row and column code of each cell that merged cells hide."""
    codes = {letter: code for code, letter in letters.items()}
    found = set()
    for misfit in misfits:
        if misfit.code.startswith("merged-") and misfit.row is not None:
            for cell in misfit.also:
                letter, row = split_address(cell)
                found.add((row, codes[letter]))
    return found
