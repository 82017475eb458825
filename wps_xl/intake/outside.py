"""What a return holds beside its tables: read by nobody, so that somebody must be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from wps_xl.forms.definitions import FormSheet
from wps_xl.forms.imprint import Imprint
from wps_xl.intake.account import (
    BLANK,
    ISSUED,
    Cell,
    SheetAccount,
    all_cells,
    all_places,
    cells_in,
    counted,
    looks_blank,
    marked_cells,
    whole,
)
from wps_xl.intake.catalogue import Place, issue
from wps_xl.intake.cover import Cover, show
from wps_xl.intake.issued import Issued
from wps_xl.intake.misfit import Misfit
from wps_xl.intake.tables import REWORDED, RawTable
from wps_xl.model import Grid, Issue, Value, column_letter, column_number, split_address
from wps_xl.model.text import squeezed, visible
from wps_xl.nouns import counted as counted_words

BESIDE, OWN_SHEET, REMARK = "beside-table", "own-sheet", "remark"
# Columns about which the whole is told already.
_TOLD = ("renamed-", "duplicate-column", "merged-columns")
_SHOWN = 3
_END = 150
_EACH = 30
"""So many remarks on one sheet are told each for itself; a Guide that was translated has more."""
Fates = list[tuple[Cell, str]]


def table_account(
    raw: RawTable, sheet: FormSheet, issued: Issued, is_old: bool, imprint: Imprint
) -> tuple[SheetAccount, list[Misfit]]:
    """The cells of a data sheet, and a line for all that is neither read nor as issued.

    ``is_old`` says that the form is of another version, whose texts are not known.
    """
    grid = raw.grid
    if not raw.letters:
        return whole(grid, raw.misfits[0].code), []
    known = frozenset(map(column_number, raw.letters.values()))

    def as_issued(value: Value, at: int) -> bool:
        return issued.above_table(sheet, value, at, is_old, imprint)

    fates = list(_fates(raw, known, as_issued))
    read = sum(len(values) - values.count(None) for values in raw.columns.values())
    rows = frozenset(raw.numbers)
    marked = marked_cells(grid)
    outside = [one for one in marked if not _is_within(one[0], known, rows)]
    fates += [(one, BESIDE) for one in outside]
    account = counted(grid, (fate for _, fate in fates), read=read + len(marked) - len(outside))
    return account, list(_lines(fates, raw.heading_row))


def _is_within(cell: str, columns: frozenset[int], rows: frozenset[int]) -> bool:
    letters, row = split_address(cell)
    return row in rows and column_number(letters) in columns


def _fates(
    raw: RawTable, known: frozenset[int], as_issued: Callable[[Value, int], bool]
) -> Iterator[tuple[Cell, str]]:
    """Every cell that is not read, with its fate."""
    told = _told(raw)
    reworded = {at for m in raw.misfits if m.code == REWORDED for at in (m.cell, *m.also)}
    rows = frozenset(raw.numbers)
    columns = {column_number(letter): code for code, letter in raw.letters.items()}
    width = max(map(len, raw.grid.rows), default=0)
    unknown = [at for at in range(1, width + 1) if at not in known]
    for number in range(1, len(raw.grid.rows) + 1):
        if not unknown and number in rows:
            continue
        is_above = number < raw.heading_row
        for cell, value in cells_in(raw.grid, number, unknown if number in rows else None):
            at = column_number(split_address(cell)[0])
            if looks_blank(value):
                fate = BLANK
            elif is_above and not (at in columns and squeezed(str(value)) == columns[at]):
                fate = ISSUED if as_issued(value, at) else told.get(at, REMARK)
            elif at in columns:
                fate = REWORDED if cell in reworded else ISSUED
            else:
                fate = told.get(at) or told.get(0) or BESIDE
            yield (cell, value), fate


def _told(raw: RawTable) -> dict[int, str]:
    """The columns of which an issue tells already, 0 for all that are not known, with its code."""
    told: dict[int, str] = {}
    for misfit in raw.misfits:
        if misfit.code.startswith(_TOLD) and misfit.cell:
            lost = misfit.code == "merged-columns"
            at = 0 if lost else column_number(split_address(misfit.cell)[0])
            told[at] = misfit.code
    return told


def _lines(fates: Fates, heading_row: int) -> Iterator[Misfit]:
    """A line for each remark above the table, and one for all that stands beside it."""
    for (cell, value), fate in fates:
        if fate == REMARK:
            yield Misfit(REMARK, cell, found=_said(value))
    beside = [(cell, value) for (cell, value), fate in fates if fate == BESIDE]
    # What is reported comes before the heading of an own column.
    beside.sort(key=lambda one: split_address(one[0])[1] <= heading_row)
    if beside:
        first, *others = (cell for cell, _ in beside)
        yield Misfit(
            BESIDE,
            first,
            found=visible(show(beside[0][1])),
            other=_more(others, "cell"),
            also=tuple(others),
        )


def cover_account(
    grid: Grid, cover: Cover, issued: Issued, imprint: Imprint
) -> tuple[SheetAccount, list[Cell]]:
    """The cells of a Cover, and those that are neither read nor as issued."""
    values = frozenset(cover.cells.values())
    is_ours = issued.on_cover(cover, imprint)
    fates: Fates = []
    read = 0
    for cell, value in all_cells(grid):
        if cell in values:
            read += 1
        elif looks_blank(value):
            fates.append(((cell, value), BLANK))
        else:
            fates.append(((cell, value), ISSUED if is_ours(cell, value) else REMARK))
    remarks = [one for one, fate in fates if fate == REMARK]
    return counted(grid, (fate for _, fate in fates), read=read), remarks


def account_without_data(
    grid: Grid, issued: Issued, imprint: Imprint
) -> tuple[SheetAccount, list[Cell]]:
    """The cells of a sheet of ours without data, and those that are not as issued."""
    if not marked_cells(grid) and issued.are_lists_as_issued(grid, imprint):
        return whole(grid, ISSUED), []
    is_ours = issued.beside_data(grid, imprint)
    fates: Counter[str] = Counter()
    remarks: list[Cell] = []
    for row, at, value in all_places(grid):
        if is_ours(row, at, value):
            fates[BLANK if looks_blank(value) else ISSUED] += 1
        elif looks_blank(value):
            fates[BLANK] += 1
        else:
            fates[REMARK] += 1
            remarks.append((f"{column_letter(at)}{row}", value))
    return counted(grid, (), **fates), remarks


def remarks_on(where: Place, remarks: Sequence[Cell]) -> Iterator[Issue]:
    """A line for each cell in which nobody asked for anything; one for the rest of a great many."""
    many = len(remarks) > _EACH
    for cell, value in remarks[: _EACH - 1] if many else remarks:
        place = replace(where, cell=cell, row=split_address(cell)[1])
        yield issue(REMARK, place, found=_said(value))
    if many:
        (first, value), *others = remarks[_EACH - 1 :]
        cells = [cell for cell, _ in others]
        place = replace(where, cell=first, row=split_address(first)[1])
        more = _more(cells, "cell")
        yield issue(BESIDE, place, found=_said(value), other=more, also=tuple(cells))


def _said(value: Value) -> str:
    """The words of a remark; what was added to a long text of ours stands at one of its ends."""
    text = show(value)
    if len(text) > 2 * _END:
        return f"{visible(text[:_END], _END)} … {visible(text[-_END:], _END)}"
    return visible(text, 2 * _END)


def own_sheet(where: Place, grid: Grid) -> Iterator[Issue]:
    """A line for a sheet that is none of the form's, where something stands in it."""
    seen = [one for one in all_cells(grid) if not looks_blank(one[1])]
    if seen:
        cell, value = seen[0]
        yield issue(
            OWN_SHEET,
            replace(where, sheet=grid.name, cell=cell),
            found=grid.name,
            expected="" if grid.visible else " It is hidden.",
            words=visible(show(value)),
            other=f" ({counted_words(len(seen), 'cell')})",
        )


def _more(names: list[str], noun: str) -> str:
    if not names:
        return ""
    dots = " …" if len(names) > _SHOWN else ""
    said = counted_words(len(names), f"more {noun}")
    return f"; the same goes for {said}: {', '.join(names[:_SHOWN])}{dots}"
