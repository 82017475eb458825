"""What staff attached to one of our tables, put beside its rows where these stand now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from wps_xl.notices import tell
from wps_xl.nouns import counted
from wps_xl.office.excel.package.attached import Attached, attached, shown
from wps_xl.office.excel.package.blocks import Beside
from wps_xl.office.excel.package.fresh import Fresh
from wps_xl.office.excel.package.laying import beside, lay_in_tree
from wps_xl.office.excel.package.looks import Looks
from wps_xl.office.excel.package.note_parts import moved_notes
from wps_xl.office.excel.package.own_columns import (
    headings_of_staff,
    is_filtered,
    respell_cells,
    table_on,
)
from wps_xl.office.excel.package.parts import MAIN, Content, Package
from wps_xl.office.excel.package.ranges_kept import keep_links, keep_merged
from wps_xl.office.excel.package.references import Move
from wps_xl.office.excel.package.rules_kept import keep_rules
from wps_xl.office.excel.package.stylesheet import Styles
from wps_xl.office.excel.package.workbook_part import Sheet

_EVERYWHERE = 1 << 20
_LAST_COLUMN = 16_384
_NAMED = 10


@dataclass(frozen=True)
class KeptFrom:
    """One of our sheets as it stands in the file: its part, its frame without rows, its links."""

    file: Package
    part: str
    frame: etree._Element
    links: Sequence[etree._Element]
    move: Move


def carry(
    fresh: Fresh, sheet: Sheet, tree: etree._Element, kept: KeptFrom, styles: Styles
) -> tuple[Beside, dict[str, Content]]:
    """Have all that is attached follow its rows: what is to be written with them, other parts."""
    move, moves = kept.move, fresh.moved
    looks, old = styles.looks, _table_before(fresh, sheet, kept)
    found = attached(kept.file, kept.part, move, looks, _expected(fresh, sheet, styles))
    if is_filtered(old):
        # All rows are shown again, and those who filtered are told.
        found.rows = {n: shown(marks) for n, marks in found.rows.items()}
    _tell_of_colours(sheet.name, found, move)
    has_blocks = bool(fresh.blocks.get(sheet.name))
    below = move.first[1] - 1 if has_blocks else _EVERYWHERE
    rest = lay_in_tree(tree, beside(found, sheet.name, move, moves), below)
    keep_rules(tree, kept.frame, sheet.name, move, moves)
    keep_merged(tree, kept.frame, sheet.name, move)
    keep_links(tree, kept.links, sheet.name, move, moves)
    _keep_widths(tree, kept.frame, move)
    if old is not None:
        respell_cells(tree, move.first[1] - 1, headings_of_staff(old, move))
    contents = {} if move.is_still else moved_notes(kept.file, kept.part, move)
    return rest, contents


def _tell_of_colours(sheet: str, found: Attached, move: Move) -> None:
    """Name the rows that are gone and that somebody had coloured; words on them are on Notes."""
    rows = {row for row, _ in found.styles} | {n for n, marks in found.rows.items() if "s" in marks}
    rows |= {row for (row, _), cell in found.cells.items() if not len(cell)}
    gone = [str(row) for row in sorted(rows) if move.row(row) is None]
    if gone:
        more = " …" if len(gone) > _NAMED else ""
        tell(
            f"Sheet {sheet}: {counted(len(gone), 'row')} that you had coloured went, and the "
            f"colours with them: {', '.join(gone[:_NAMED])}{more}, as the backup numbers them."
        )


def _table_before(fresh: Fresh, sheet: Sheet, kept: KeptFrom) -> etree._Element | None:
    """The native table of the sheet as it stands in the file."""
    for part in fresh.package.related(sheet.part, "table"):
        return table_on(kept.file, kept.part, fresh.package.tree(part).get("displayName"))
    return None


def _expected(fresh: Fresh, sheet: Sheet, styles: Styles) -> dict[int, Collection[object]]:
    """How cells of each of our columns may look as we write them, though it has no row now."""
    looks: Looks = styles.looks
    return {
        at: {looks.of(styles.cells.get(style, style)) for style in known}
        for at, known in fresh.looks.get(sheet.name, {}).items()
    }


def _keep_widths(tree: etree._Element, old: etree._Element, move: Move) -> None:
    """Widths of the columns of staff; those of ours are kept with the view."""
    columns = tree.find(f"{MAIN}cols")
    right = max(move.columns, default=0)
    for entry in old.iterfind(f"{MAIN}cols/{MAIN}col") if columns is not None else ():
        first, last = int(entry.get("min")), int(entry.get("max"))
        for at in range(first, min(last, right) + 1):
            if move.is_own(at):
                columns.append(_column(entry, move.column(at), move.column(at)))
        if last > right:
            start = max(first, right + 1)
            columns.append(_column(entry, move.column(start), move.column(last)))
    if columns is not None:
        columns[:] = sorted(columns, key=lambda entry: int(entry.get("min")))


def _column(entry: etree._Element, first: int, last: int) -> etree._Element:
    copy = deepcopy(entry)
    copy.set("min", str(first))
    copy.set("max", str(min(last, _LAST_COLUMN)))
    return copy
