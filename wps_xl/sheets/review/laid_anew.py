"""How a run lays the tables of the workbook anew, and what of the staff's it cannot keep."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

from wps_xl.model import column_letter, column_number
from wps_xl.notices import tell
from wps_xl.nouns import counted
from wps_xl.office.excel.package import workbook_part
from wps_xl.office.excel.package.attached import attached
from wps_xl.office.excel.package.looks import Looks
from wps_xl.office.excel.package.note_parts import notes_on
from wps_xl.office.excel.package.own_columns import has_total, table_on
from wps_xl.office.excel.package.parts import MAIN, RID, Package
from wps_xl.office.excel.package.references import Move, Moves
from wps_xl.office.excel.package.sheet_part import frame_of
from wps_xl.office.excel.pivots.layout import box_of
from wps_xl.records import Note
from wps_xl.review.layout import SheetPlan, plans
from wps_xl.review.table_rows import moved_rows
from wps_xl.review.workbook import Review, sheets_of, table
from wps_xl.sheets.review.table_sheet import table_name

NOTES = "Notes"
_NAMED = 10
_WHOLE = ("settings", "lists")


@dataclass(frozen=True)
class Lost:
    """What staff attached to a row which is not there any more, or a link on a sheet of ours that
    has no rows of theirs."""

    sheet: str
    cell: str
    text: str
    link: bool = False

    @property
    def words(self) -> str:
        """What the person who ran the command is told."""
        if self.link:
            return f"wps_xl lays this sheet anew, and took your link to “{self.text}” off."
        return f"the row is gone, and with it what you had attached to it: “{self.text}”."


def moves(file: Package, before: Review, after: Review) -> Moves:
    """How each table that stands in the file is laid anew."""
    sheets = _sheets(file)
    rows = moved_rows(before, after)
    return {
        plan.name.casefold(): _move(file, sheets[plan.name.casefold()], plan, rows, before, after)
        for plan in plans(after.codebook)
        if plan.name in rows and plan.name.casefold() in sheets
    }


def _sheets(file: Package) -> dict[str, str]:
    found = workbook_part.sheets(file, file.tree(file.workbook))
    return {sheet.name.casefold(): sheet.part for sheet in found}


def _move(
    file: Package,
    part: str,
    plan: SheetPlan,
    rows: Mapping[str, Mapping[int, int]],
    before: Review,
    after: Review,
) -> Move:
    old, new = before.tables[plan.name], after.tables[plan.name]
    native = table_on(file, part, table_name(plan.name))
    top, bottom = plan.header_row, int(old.index.max()) if len(old) else plan.header_row + 1
    total = None
    if native is not None:
        _, top, _, end = box_of(native.get("ref"))
        total = end if has_total(native) else None
        bottom = max(bottom, end - bool(total))
    last = max(plan.header_row + 1, int(new.index.max()) if len(new) else 0)
    columns, own = _columns(plan, before.letters[plan.name])
    known = {**rows[plan.name], top: plan.header_row}
    if total:
        known[total] = last + 1
    return Move(
        known,
        (top + 1, plan.header_row + 1),
        (bottom, last),
        columns,
        own,
        frozenset(at for at, field in enumerate(plan.fields, start=1) if field.office),
        (total, last + 1) if total else None,
    )


def _columns(plan: SheetPlan, letters: Mapping[str, str]) -> tuple[dict[int, int], frozenset[int]]:
    """Where each column goes: ours into our order, those of staff among them behind ours."""
    ours = {
        column_number(letters[heading]): at
        for at, heading in enumerate(plan.headings, start=1)
        if heading in letters
    }
    between = [at for at in range(1, max(ours) + 1) if at not in ours]
    own = {at: len(plan.headings) + 1 + place for place, at in enumerate(between)}
    return {**ours, **own}, frozenset(own.values())


def with_lost(before: Review, after: Review, path: Path, moment: dt.datetime) -> Review:
    """The review in which sheet Notes holds what was attached to rows that are gone."""
    with ZipFile(path) as archive:
        lost = list(_lost(Package(archive), before, after))
    if not lost:
        return after
    notes = [
        *after.rows(Note),
        *(after.new(Note, when=moment, sheet=o.sheet, cell=o.cell, text=o.text) for o in lost),
    ]
    plan = next(plan for plan in plans(after.codebook) if plan.name == NOTES)
    for one in lost[:_NAMED]:
        tell(f"{one.sheet}!{one.cell}: {one.words} It is kept in sheet Notes.")
    if len(lost) > _NAMED:
        tell(f"{counted(len(lost) - _NAMED, 'more note')} like these, in sheet Notes.")
    return replace(after, tables={**after.tables, NOTES: table(plan, notes)})


def _lost(file: Package, before: Review, after: Review) -> Iterator[Lost]:
    sheets, laid = _sheets(file), moves(file, before, after)
    for plan in sheets_of(after):
        if not plan.fields and plan.kind not in _WHOLE and plan.name.casefold() in sheets:
            yield from _links(file, sheets[plan.name.casefold()], plan.name)
    for plan in plans(after.codebook):
        move = laid.get(plan.name.casefold())
        if move is None or move.is_still:
            continue
        part = sheets[plan.name.casefold()]
        seen: set[tuple[str, str]] = set()
        for cell, text in _words(file, part, move):
            if move.cell(cell) is None and text and (cell, text) not in seen:
                seen.add((cell, text))
                yield Lost(plan.name, cell, text)


def _links(file: Package, part: str, sheet: str) -> Iterator[Lost]:
    """The links that are not ours, which lead to the top of a sheet."""
    targets = {relation.id: relation.target for relation in file.relations(part)}
    for link in frame_of(file, part).iter(f"{MAIN}hyperlink"):
        place, target = link.get("location", ""), targets.get(link.get(RID, ""), "")
        if target or not place.endswith("!A1"):
            yield Lost(sheet, link.get("ref").partition(":")[0], target or place, link=True)


def _words(file: Package, part: str, move: Move) -> Iterator[tuple[str, str]]:
    """Cell and words of every note, link, formula and own cell."""
    for note in notes_on(file, part):
        yield note.cell, note.text
    targets = {relation.id: relation.target for relation in file.relations(part)}
    for link in frame_of(file, part).iter(f"{MAIN}hyperlink"):
        column = column_number(str(link.get("ref")).partition(":")[0].rstrip("0123456789"))
        if move.is_own(column) or move.column(column) in move.office:
            target = next((targets[v] for v in link.attrib.values() if v in targets), "")
            yield link.get("ref").partition(":")[0], target or link.get("location", "")
    looks = Looks(file.read(file.related(file.workbook, "styles")[0]))
    found = attached(file, part, move, looks, {})
    texts: list[str] = []
    for (row, column), cell in found.cells.items():
        if cell.get("t") == "s" and not texts:
            texts = _shared(file)
        yield f"{column_letter(column)}{row}", _text(cell, texts)
    for (row, column), formula in found.formulas.items():
        yield f"{column_letter(column)}{row}", f"={formula}"


def _shared(file: Package) -> list[str]:
    parts = file.related(file.workbook, "sharedStrings")
    entries: Iterable[etree._Element] = file.tree(parts[0]) if parts else ()
    return ["".join(t.text or "" for t in entry.iter(f"{MAIN}t")) for entry in entries]


def _text(cell: etree._Element, texts: list[str]) -> str:
    formula, value = cell.findtext(f"{MAIN}f"), cell.findtext(f"{MAIN}v")
    if formula:
        return f"={formula}"
    if cell.get("t") == "s" and value is not None:
        return texts[int(value)]
    return value or "".join(t.text or "" for t in cell.iter(f"{MAIN}t"))
