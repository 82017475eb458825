"""What changed since another review workbook: a snapshot, or that of the last cycle (para. 49).

Rows are found again by their words, as everywhere (see ``moves``). Of another cycle only what goes
on from cycle to cycle is compared row by row; its activities are others, and are compared by their
counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wps_xl.analysis.money import totals
from wps_xl.codebook import Codebook
from wps_xl.forms.definitions import FormSheet, data_sheets
from wps_xl.model import Value
from wps_xl.records import Activity, Difference, RegisterLine, text
from wps_xl.records.kinds import Gathered
from wps_xl.review.columns import sheet_of
from wps_xl.review.decisions import named
from wps_xl.review.layout import office_fields
from wps_xl.review.moves import moves
from wps_xl.review.references import same_as
from wps_xl.review.register import RECEIVED
from wps_xl.review.workbook import Review

CHANGED, MOVED, ADDED, GONE = "changed", "moved", "added", "gone"
WARNING = "not comparable"
# What belongs to the plan or is asked alike in every cycle.
LASTING = ("Overview", "Checklist", "Updates", "Initiatives", "Results", "Resources")
LISTS = ("areas_of_action", "thematic_areas", "strategies", "questions", "crosswalk", "entities")


@dataclass(frozen=True)
class Change:
    """One difference; ``cell`` is its address in the workbook as it is now, blank where none."""

    sheet: str
    entity: str
    row: str
    column: str
    kind: str
    before: Value
    now: Value
    cell: str = ""


def compare(before: Review, now: Review) -> list[Change]:
    """All differences: warnings first, then figures, then rows cell by cell."""
    same_cycle = before.text("cycle") == now.text("cycle")
    found = [*_warnings(before, now), *_figures(before, now), *_returns(before, now)]
    sheets = [s.name for s in data_sheets(now.codebook) if same_cycle or s.name in LASTING]
    paired = _paired(before, now, sheets)
    numbers = {name: rows.numbers for name, rows in paired.items()}
    for rows in paired.values():
        found += _rows(before, now, rows, numbers)
    return found


def comparison_rows(changes: Sequence[Change], other: str) -> list[dict[str, Value]]:
    """The lines of sheet Comparison; ``other`` is the name of the other workbook."""
    return [
        {
            "Compared with": other,
            "Sheet": change.sheet,
            "Entity": change.entity or None,
            "Row id": change.row or None,
            "Column": change.column or None,
            "Change": change.kind,
            "Before": change.before,
            "Now": change.now,
            "Cell": change.cell or None,
        }
        for change in changes
    ]


def comparison_lines(found: Sequence[Difference], other: str) -> list[str]:
    """What a person reads of the lines of sheet Comparison: warnings, then how many differ."""
    if not found:
        return [f"Nothing differs from {other}."]
    lines = [
        f"Not comparable: {row.column} {row.row_id} was '{row.before}' and is '{row.now}'."
        for row in found
        if row.change == WARNING
    ]
    counts = Counter((row.sheet, row.change) for row in found if row.change != WARNING)
    listed = ", ".join(f"{sheet} {number} {kind}" for (sheet, kind), number in counts.items())
    return [*lines, f"Since {other}: {listed or 'nothing else'}. See sheet Comparison."]


def _warnings(before: Review, now: Review) -> Iterator[Change]:
    """Lists and questions that are not the same: what rests on them is not comparable (para. 7)."""
    for name in LISTS:
        old, new = _meanings(before.codebook, name), _meanings(now.codebook, name)
        for code in sorted({*old, *new}):
            if old.get(code) != new.get(code):
                yield Change("Lists", "", code, name, WARNING, old.get(code), new.get(code))
    for setting in ("classification", "frequency"):
        if before.text(setting) != now.text(setting):
            old_text, new_text = before.text(setting), now.text(setting)
            yield Change("Cycle", "", setting, setting, WARNING, old_text, new_text)


def _meanings(codebook: Codebook, name: str) -> Mapping[str, str]:
    """Code to what it means; of the crosswalk each area to its main thematic area."""
    if name == "crosswalk":
        return {row["area"]: row["theme"] for row in codebook.tables[name] if row["main"] == "yes"}
    return {code: codebook[name].label(code) for code in codebook[name]}


def _figures(before: Review, now: Review) -> Iterator[Change]:
    """Money, and the number of rows of each sheet, by entity and by area of action."""
    old_money, new_money = totals(before), totals(now)
    for name, value in new_money.items():
        if old_money[name] != value:
            yield Change("Money", "", "total", name, CHANGED, old_money[name], value)
    for sheet in data_sheets(now.codebook):
        old, new = (Counter(row.entity for row in r.gathered(sheet.name)) for r in (before, now))
        yield from _counts(sheet.name, "rows by entity", old, new)
    old, new = (Counter(row.area for row in review.rows(Activity)) for review in (before, now))
    yield from _counts("Areas of action", "activities by area", old, new)


def _counts(sheet: str, what: str, old: Counter[str], new: Counter[str]) -> Iterator[Change]:
    for name in sorted({*old, *new}):
        if old[name] != new[name]:
            entity, row = (name, "") if what == "rows by entity" else ("", name)
            yield Change(sheet, entity, row, what, CHANGED, old[name], new[name])


def _returns(before: Review, now: Review) -> Iterator[Change]:
    """Which entities sent which form."""

    def received(review: Review) -> dict[tuple[str, str], str]:
        return {
            (line.entity, line.form): str(line.cell_of("status"))
            for line in review.rows(RegisterLine)
            if line.status == RECEIVED
        }

    old, new = received(before), received(now)
    for entity, form in sorted({*old, *new}):
        if ((entity, form) in old) != ((entity, form) in new):
            kind = ADDED if (entity, form) in new else GONE
            cell = new.get((entity, form), "")
            yield Change("Register", entity, form, "Return", kind, None, None, cell)


Numbers = Mapping[tuple[str, str], str]
"""Entity and number of a row then to its number now."""


@dataclass(frozen=True)
class _Rows:
    """The rows of one data sheet then and now, and which is which."""

    sheet: FormSheet
    old: Mapping[int, Gathered]
    new: Mapping[int, Gathered]
    names: tuple[Mapping[int, str], Mapping[int, str]]
    pairs: Mapping[int, int]

    @property
    def numbers(self) -> dict[tuple[str, str], str]:
        """The numbers of all rows that are there then and now."""
        then, now = self.names
        return {(self.old[at].entity, then[at]): now[here] for at, here in self.pairs.items()}


def _paired(before: Review, now: Review, names: Iterable[str]) -> dict[str, _Rows]:
    went = moves(before, now)
    found = {}
    for name in names:
        sheet = sheet_of(now.codebook, name)
        old, new = before.gathered(name), now.gathered(name)
        called = (
            named(before, sheet_of(before.codebook, name), old),
            named(now, sheet, new),
        )
        found[name] = _Rows(
            sheet,
            {row.at: row for row in old},
            {row.at: row for row in new},
            called,
            went.get(name, {}),
        )
    return found


def _rows(
    before: Review, now: Review, rows: _Rows, numbers: Mapping[str, Numbers]
) -> Iterator[Change]:
    sheet, (then, here) = rows.sheet, rows.names
    for at, row in rows.old.items():
        if at in rows.pairs:
            yield from _cells(now, rows, at, numbers)
        else:
            shown = _summary(sheet_of(before.codebook, sheet.name), row)
            yield Change(sheet.name, row.entity, then[at], "", GONE, shown, None)
    there = set(rows.pairs.values())
    for at, row in rows.new.items():
        if at not in there:
            cell = str(row.cell_of("entity"))
            yield Change(
                sheet.name, row.entity, here[at], "", ADDED, None, _summary(sheet, row), cell
            )


def _cells(now: Review, rows: _Rows, at: int, numbers: Mapping[str, Numbers]) -> Iterator[Change]:
    """The cells of a row that differ; its number, and those of rows it names, are not changed
    where the same rows are meant."""
    sheet, place = rows.sheet, rows.pairs[at]
    old, new = rows.old[at], rows.new[place]
    then, name = rows.names[0][at], rows.names[1][place]
    keys = sheet.row_key(now.text("classification"))
    if then != name:
        cell, heading = str(new.cell_of(keys[0])), new.heading_of(keys[0])
        yield Change(sheet.name, new.entity, name, heading, MOVED, then, name, cell)
    for code in (*sheet.columns, *(field.column for field in office_fields(sheet.name))):
        before, after = old.raw(code) if old.has(code) else None, new.raw(code)
        meant = before
        if code in sheet.refers:
            meant = numbers[sheet.refers[code]].get((new.entity, text(before)), before)
        elif code == "same_activity_as":
            meant, _ = same_as(before, numbers[sheet.name])
        if text(meant) != text(after) and code not in keys:
            cell, heading = str(new.cell_of(code)), new.heading_of(code)
            yield Change(sheet.name, new.entity, name, heading, CHANGED, before, after, cell)


def _summary(sheet: FormSheet, row: Gathered) -> str:
    """The first texts of a row, to know it by."""
    words = (text(value) for value in row.by_code(sheet.columns).values())
    return "; ".join([word for word in words if word][:4])
