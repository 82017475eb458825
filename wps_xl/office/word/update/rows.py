"""A table as rows of cells, and which row of one table is which of another."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from lxml import etree

from wps_xl.office.word.ledger import plain_signs, visible_text
from wps_xl.office.word.ooxml import w
from wps_xl.office.word.revisions import live_paragraphs

Cells = tuple[str, ...]
Pair = tuple[int | None, int | None]
HALF = 0.5
_CELL, _ROW = "\t", "\n"
_COUNT = re.compile(r"\(?\d{1,3}[.)]?|")


@dataclass(frozen=True)
class Row:
    """One row that stays when all changes are accepted, and what its cells say."""

    node: etree._Element
    cells: Cells

    def paragraphs(self, column: int) -> list[etree._Element]:
        """The paragraphs of one cell."""
        return list(live_paragraphs(cells_of(self.node)[column]))


def rows(grid: etree._Element, notes: Mapping[str, str]) -> list[Row]:
    """The rows of a table; those of a table inside a cell belong to that cell."""
    found = (node for node in grid.iter(w("tr")) if next(node.iterancestors(w("tbl"))) is grid)
    live = (node for node in found if node.find(f"{w('trPr')}/{w('del')}") is None)
    return [Row(node, tuple(_text(cell, notes) for cell in cells_of(node))) for node in live]


def cells_of(row: etree._Element) -> list[etree._Element]:
    """The cells of a row, those inside content controls included."""
    return [node for node in row.iter(w("tc")) if next(node.iterancestors(w("tr"))) is row]


def as_text(found: Iterable[Cells]) -> str:
    """What the ledger keeps of a table: a line a row, tabs between cells."""
    return _ROW.join(map(_CELL.join, found))


def from_text(text: str, columns: int) -> list[Cells]:
    """The rows behind ``as_text``; older ledgers hold a line a cell."""
    lines = text.split(_ROW)
    if columns < 2 or any(_CELL in line for line in lines):
        return [tuple(map(_plain, line.split(_CELL))) for line in lines if line]
    plain = [_plain(line) for line in text.removesuffix(_ROW).split(_ROW)]
    if len(plain) % columns:
        return []
    return [tuple(plain[at : at + columns]) for at in range(0, len(plain), columns)]


def paired(old: Sequence[Cells], new: Sequence[Cells]) -> Iterator[Pair]:
    """Each row of the old table with that of the new one which it is, in order; else None."""
    names = _names(old) & _names(new)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(range(first, last), range(start, end), strict=True)
        else:
            yield from _alike(old, new, range(first, last), range(start, end), names)


def _alike(
    old: Sequence[Cells], new: Sequence[Cells], ours: range, theirs: range, names: frozenset[str]
) -> Iterator[Pair]:
    """The pairs that have most in common and keep their order."""
    likeness = [[_likeness(old[one], new[other], names) for other in theirs] for one in ours]
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for one in reversed(range(len(ours))):
        for other in reversed(range(len(theirs))):
            together = likeness[one][other] and likeness[one][other] + best[one + 1][other + 1]
            best[one][other] = max(together, best[one + 1][other], best[one][other + 1])
    one = other = 0
    while one < len(ours) and other < len(theirs):
        here = likeness[one][other]
        if here and best[one][other] == here + best[one + 1][other + 1]:
            yield ours[one], theirs[other]
            one, other = one + 1, other + 1
        elif best[one][other] == best[one + 1][other]:
            yield ours[one], None
            one += 1
        else:
            yield None, theirs[other]
            other += 1
    yield from ((at, None) for at in ours[one:])
    yield from ((None, at) for at in theirs[other:])


def _likeness(one: Cells, other: Cells, names: frozenset[str]) -> float:
    """How much two rows have in common, from 0 to 2; a running number says nothing."""
    if not one or not other:
        return 0.0
    counted = 1 if _COUNT.fullmatch(one[0]) and _COUNT.fullmatch(other[0]) else 0
    both = list(zip(one[counted:], other[counted:], strict=False))
    told = sum(1 for mine, its in both if mine or its)
    share = sum(1 for mine, its in both if mine == its and mine) / max(told, 1)
    if one[0] == other[0] and one[0] in names:
        return 1 + share
    return share if share >= HALF else 0.0


def _names(found: Sequence[Cells]) -> frozenset[str]:
    """What stands first in one row alone and is more than a running number."""
    firsts = Counter(cells[0] for cells in found if cells)
    return frozenset(
        text for text, count in firsts.items() if count == 1 and not _COUNT.fullmatch(text)
    )


def _text(cell: etree._Element, notes: Mapping[str, str]) -> str:
    return _plain(" ".join(visible_text(node, notes) for node in live_paragraphs(cell)))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(plain_signs(text).split()))
