"""Follows a changed table row by row and cell by cell, tracked; what a drafter changed stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from lxml import etree

from wps_xl.office.word.ooxml import w
from wps_xl.office.word.revisions import is_ours
from wps_xl.office.word.update import tracked
from wps_xl.office.word.update.rows import Cells, Row, cells_of, paired, rows
from wps_xl.office.word.update.tracked import Pen


@dataclass
class Followed:
    """What became of a table: changes made, and by paragraph what was left to the drafter."""

    made: list[str] = field(default_factory=list)
    kept: list[tuple[etree._Element, str]] = field(default_factory=list)
    gone: list[etree._Element] = field(default_factory=list)


def follow(
    grid: etree._Element, base: Sequence[Cells], fresh: etree._Element, pen: Pen
) -> Followed | None:
    """Change the table where it still says what ``base`` says; None where its columns differ."""
    mine, new = rows(grid, pen.notes), rows(fresh, pen.fresh_notes)
    before = [row.cells for row in mine]
    done = Followed()
    if before == [row.cells for row in new]:
        return done
    if _widths(base) != _widths([row.cells for row in new]) or not mine:
        return _replaced(grid, base, before, fresh, pen)
    if _widths(before) != _widths(base):
        return None
    _follow_rows(grid, _Three.of(base, mine, new), pen, done)
    return done


def changed_cells(base: Sequence[Cells], fresh: etree._Element) -> list[str]:
    """How a fresh table differs from what was written last, in words."""
    new = [row.cells for row in rows(fresh, {})]
    heads = new[0] if new else ()
    found: list[str] = []
    for one, other in paired(base, new):
        if one is None and other is not None:
            found.append(_is_new(new[other]))
        elif other is None and one is not None:
            found.append(_goes(base[one]))
        elif one is not None and other is not None:
            found += [
                _said(new[other][0], heads[at] if at else "", was, now)
                for at, (was, now) in enumerate(zip(base[one], new[other], strict=False))
                if was != now
            ]
    return found


def rewrite_rows(grid: etree._Element, fresh: etree._Element, pen: Pen) -> None:
    """Change the rows of the contents so that they say what those of the fresh table say."""
    old, new = [row.node for row in rows(grid, {})], fresh.findall(w("tr"))
    matcher = SequenceMatcher(None, list(map(_key, old)), list(map(_key, new)), autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            for mine, other in zip(old[first:last], new[start:end], strict=True):
                _rewrite_row(mine, other, pen)
            continue
        place = old[last - 1] if last else None
        for row in reversed(new[start:end]):
            made = tracked.inserted_row(row, pen)
            if place is not None:
                place.addnext(made)
            else:
                old[0].addprevious(made)
        for row in old[first:last]:
            delete_row(row, pen)


def delete_row(row: etree._Element, pen: Pen) -> None:
    """Mark a row as deleted; one that we inserted ourselves and nobody accepted simply goes."""
    mark = row.find(f"{w('trPr')}/{w('ins')}")
    if mark is not None and is_ours(mark):
        row.getparent().remove(row)
    else:
        tracked.deleted_row(row, pen)


def delete_table(grid: etree._Element, pen: Pen) -> None:
    """Delete every row; a table of which nothing is left goes."""
    for row in rows(grid, {}):
        delete_row(row.node, pen)
    if grid.find(w("tr")) is None:
        grid.getparent().remove(grid)


@dataclass(frozen=True)
class _Three:
    """The three tables, and the drafter's row for each that was written last."""

    base: Sequence[Cells]
    mine: Sequence[Row]
    new: Sequence[Row]
    known: Mapping[int, Row]

    @classmethod
    def of(cls, base: Sequence[Cells], mine: Sequence[Row], new: Sequence[Row]) -> _Three:
        pairs = paired(base, [row.cells for row in mine])
        known = {one: mine[at] for one, at in pairs if one is not None and at is not None}
        return cls(base, mine, new, known)

    @property
    def own(self) -> list[Row]:
        """The rows that the drafter put in."""
        known = {id(row) for row in self.known.values()}
        return [row for row in self.mine if id(row) not in known]

    def pairs(self) -> Iterator[tuple[Cells | None, Row | None, Row | None]]:
        """What was written last, the drafter's row and the fresh one; None where there is none."""
        for one, other in paired(self.base, [row.cells for row in self.new]):
            yield (
                self.base[one] if one is not None else None,
                self.known.get(one) if one is not None else None,
                self.new[other] if other is not None else None,
            )


def _follow_rows(grid: etree._Element, three: _Three, pen: Pen, done: Followed) -> None:
    typed = [row.cells for row in three.own]
    heads = three.new[0].cells
    last: etree._Element | None = None
    for base, mine, fresh in three.pairs():
        if base is None and fresh is not None:
            if fresh.cells in typed:
                continue
            last = _insert(fresh, last, three.mine, pen)
            done.made.append(_is_new(fresh.cells))
        elif mine is None or base is None:
            if fresh is not None and base is not None and fresh.cells != base:
                done.made.append(f"row “{base[0]}”, which was taken out, would have changed")
        elif fresh is None:
            last = mine.node if _drop(mine, base, pen, done) else last
        else:
            _follow_cells(mine, base, fresh, heads, pen, done)
            last = mine.node


def _drop(mine: Row, base: Cells, pen: Pen, done: Followed) -> bool:
    """Delete a row that is no more, unless the drafter changed it; whether it still stands."""
    if mine.cells != base:
        done.gone.append(mine.paragraphs(0)[0])
        return True
    done.made.append(_goes(base))
    delete_row(mine.node, pen)
    return mine.node.getparent() is not None


def _follow_cells(
    mine: Row, base: Cells, fresh: Row, heads: Cells, pen: Pen, done: Followed
) -> None:
    for column, (was, here, now) in enumerate(zip(base, mine.cells, fresh.cells, strict=True)):
        if now in (was, here):
            continue
        said = _said(fresh.cells[0], heads[column] if column else "", was, now)
        paragraphs = mine.paragraphs(column)
        if here == was and paragraphs:
            tracked.rewrite(paragraphs[0], fresh.paragraphs(column)[0], pen)
            for rest in paragraphs[1:]:
                tracked.emptied(rest, pen)
            done.made.append(said)
        else:
            place = paragraphs or list(mine.node.iter(w("p")))
            done.kept.append((place[0], said))


def _insert(
    fresh: Row, last: etree._Element | None, mine: Sequence[Row], pen: Pen
) -> etree._Element:
    made = tracked.inserted_row(fresh.node, pen, _peer(fresh, mine))
    if last is not None:
        last.addnext(made)
    else:
        mine[0].node.addprevious(made)
    return made


def _peer(fresh: Row, mine: Sequence[Row]) -> etree._Element | None:
    """A row that shows how such rows look in the drafter's table."""
    if fresh.node.find(f"{w('trPr')}/{w('tblHeader')}") is not None:
        return None
    alike = (row.node for row in mine[1:] if len(row.cells) == len(fresh.cells))
    return next(alike, None)


def _replaced(
    grid: etree._Element,
    base: Sequence[Cells],
    before: list[Cells],
    fresh: etree._Element,
    pen: Pen,
) -> Followed | None:
    """A new table below the old one, where the workbook has other columns now."""
    if list(before) != list(base):
        return None
    grid.addnext(tracked.inserted_table(fresh, pen))
    grid.addnext(tracked.inserted_blank(pen))
    delete_table(grid, pen)
    return Followed(["the table has other columns now"])


def _widths(found: Sequence[Cells]) -> set[int]:
    return {len(cells) for cells in found}


def _said(name: str, head: str, was: str, now: str) -> str:
    change = f"“{was}” → “{now}”"
    return f"{name}, {head}: {change}" if head else change


def _is_new(cells: Cells) -> str:
    return f"row “{_named(cells)}” is new"


def _goes(cells: Cells) -> str:
    return f"row “{_named(cells)}” goes"


def _named(cells: Cells) -> str:
    return ", ".join(text for text in cells[:2] if text)


def _rewrite_row(mine: etree._Element, other: etree._Element, pen: Pen) -> None:
    ours = [node for cell in cells_of(mine) for node in cell.iter(w("p"))]
    for one, fresh in zip(ours, other.iter(w("p")), strict=False):
        tracked.rewrite(one, fresh, pen)


def _key(row: etree._Element) -> str:
    """What a line of the contents is about: the heading it leads to, else its words."""
    said = "".join(node.text or "" for node in row.iter(w("instrText"), w("delInstrText")))
    words = said.split()
    if "PAGEREF" in words[:-1]:
        return words[words.index("PAGEREF") + 1]
    return "".join(node.text or "" for node in row.iter(w("t")))
