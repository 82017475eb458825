"""A sheet's part of which only the rows that a copy changes are parsed; all others pass as bytes.

A return may have a million formatted blank rows. Rows are known by their tags, which is sure only
where a part has no comments and the like: one that has them is written anew before, if it is small.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from wps_xl.office.excel.package.parts import MAIN, parsed, serialized

LARGEST_WHOLE = 16 << 20
"""So large a part may be parsed whole [bytes]."""
_BOX = 20
"""So many rows below a cell may tell how high the box of its note is."""
_ENCODING = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)""")
_PLAIN = (b"utf-8", b"us-ascii")
_VALUE = rb"""\s*=\s*(?:"[^"<]*"|'[^'<]*')"""
_TAG = rb"""(?:\s+[^\s=<>"'/]+%s)*\s*(/?)>""" % _VALUE
_ROW_TAG = (
    rb"""(?:\s+(?:r\s*=\s*["'](\d{1,7})["']|ht\s*=\s*["'](\d+\.?\d*)["']|"""
    rb"""(?!r\s*=)[^\s=<>"'/]+%s))*\s*(/?)>""" % _VALUE
)
_DATA = re.compile(rb"<((?:[^\s<>/:!?]+:)?)sheetData" + _TAG)


@dataclass(frozen=True)
class _Rows:
    """What stands around the rows of a part, where they stand, and the prefix of their tags."""

    head: bytes
    start: int
    end: int
    tail: bytes
    prefix: bytes


class _Row(NamedTuple):
    """Where a row stands in a part; without length where it is still to be made."""

    number: int
    start: int
    end: int
    points: float | None = None


@dataclass(frozen=True)
class Excerpt:
    """The sheet with the rows that change and no others; heights of the rows near them [points].

    The rows of ``tree`` may be changed, but none is added or taken out.
    """

    tree: etree._Element
    heights: Mapping[int, float]
    _places: tuple[_Row, ...]

    def in_place(self, part: bytes) -> bytes:
        """The part as it is now, where ``part`` is the one that the excerpt was taken from."""
        own = serialized(self.tree)
        before, after = _rows(part), _rows(own)
        old, new = memoryview(part), memoryview(own)
        pieces: list[bytes | memoryview] = [after.head]
        at = before.start
        for place, row in zip(self._places, _walk(own, after), strict=True):
            pieces += [old[at : place.start], new[row.start : row.end]]
            at = place.end
        return b"".join([*pieces, old[at : before.end], after.tail])


def plain(part: bytes) -> bytes:
    """The part in such XML that its rows are known by their tags.

    Raises
    ------
    ValueError
        Where it is not, and is too large to be written anew.
    """
    told = _ENCODING.match(part.removeprefix(b"\xef\xbb\xbf"))
    known = told is None or told[1].lower() in _PLAIN
    start = part[:200].lstrip(b"\xef\xbb\xbf \r\n\t")
    instructions = part.count(b"<?") - start.startswith(b"<?xml")
    if known and start.startswith(b"<") and not instructions and b"<!" not in part:
        return part
    if len(part) > LARGEST_WHOLE:
        raise ValueError("A sheet with comments in its XML is too large to be parsed.")
    tree = parsed(part)
    etree.strip_tags(tree, etree.Comment, etree.ProcessingInstruction)
    return serialized(tree)


def excerpt(part: bytes, wanted: Collection[int], also: bytes = b"") -> Excerpt:
    """The sheet with the rows of these numbers, made where it has none, and those with ``also``.

    Raises
    ------
    ValueError
        Where it is not sure where its rows begin and end.
    """
    around = _rows(part)
    numbers = set(wanted)
    near = {number + below for number in numbers for below in range(_BOX)}
    missing = sorted(numbers, reverse=True)
    heights: dict[int, float] = {}
    places: list[_Row] = []
    found: set[int] = set()
    for row in _walk(part, around):
        while missing and missing[-1] < row.number:
            places.append(_Row(missing.pop(), row.start, row.start))
        if row.number in numbers or (also and part.find(also, row.start, row.end) >= 0):
            places.append(row)
            found.add(row.number)
            if missing and missing[-1] == row.number:
                missing.pop()
        if row.points is not None and row.number in near:
            heights[row.number] = row.points
    places += [_Row(number, around.end, around.end) for number in reversed(missing)]
    # Where rows are out of order, one may stand below the place where it was missed.
    places = [row for row in places if row.end > row.start or row.number not in found]
    return Excerpt(_tree(part, around, places), heights, tuple(places))


def _rows(part: bytes) -> _Rows:
    """What is around the rows; a sheet without rows gets room for them."""
    data = _DATA.search(part)
    if data is None:
        raise ValueError("The part has no rows.")
    prefix, closed = data[1], bool(data[2])
    opening, closing = b"<%ssheetData>" % prefix, b"</%ssheetData>" % prefix
    if closed:
        head, tail = part[: data.start()] + opening, closing + part[data.end() :]
        return _Rows(head, data.end(), data.end(), tail, prefix)
    end = part.rfind(closing[:-1])
    if end < data.end():
        raise ValueError("The rows of the part do not end.")
    return _Rows(part[: data.end()], data.end(), end, part[end:], prefix)


def _walk(part: bytes, around: _Rows) -> Iterator[_Row]:
    """The rows by their tags; one that does not say its number follows the one before."""
    opening = re.compile(rb"\s*(<%srow)%s" % (re.escape(around.prefix), _ROW_TAG))
    closing = b"</%srow>" % around.prefix
    at, number = around.start, 0
    while found := opening.match(part, at, around.end):
        said, high, closed = found.group(2, 3, 4)
        number = int(said) if said else number + 1
        last = 0 if closed else part.find(closing, found.end(), around.end)
        if last < 0:
            break
        at = found.end() if closed else last + len(closing)
        yield _Row(number, found.start(1), at, float(high) if high else None)
    if part[at : around.end].strip():
        raise ValueError("Not only rows stand where the rows of the part are.")


def _tree(part: bytes, around: _Rows, places: Collection[_Row]) -> etree._Element:
    """The sheet with these rows, each with its number."""
    made = b"<%srow/>" % around.prefix
    rows = (part[row.start : row.end] or made for row in places)
    tree = parsed(b"".join([around.head, *rows, around.tail]))
    data = tree.find(f"{MAIN}sheetData")
    kept = [] if data is None else data.findall(f"{MAIN}row")
    if len(kept) != len(places):
        raise ValueError("The rows of the part are not what their tags say.")
    for row, place in zip(kept, places, strict=True):
        row.set("r", str(place.number))
    return tree
