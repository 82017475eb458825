"""Notes and threaded comments that staff wrote on our sheets: they follow their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from wps_xl.model import column_letter, column_number, split_address
from wps_xl.office.excel.package.parts import Content, Package, serialized
from wps_xl.office.excel.package.references import Move

_WRITTEN = ("comments", "threadedComment")
# Programs choose prefixes of their own, and some write no XML that a parser would take.
_SHAPE = re.compile(rb"<(\w+:)shape\b(?:[^>]*[^/])?>.*?</\1shape>", re.DOTALL)
_PLACE = re.compile(rb"(<\w+:(Row|Column)>)(\d+)(</\w+:)")
_ANCHOR = re.compile(rb"(<\w+:Anchor>)([^<]*)(</\w+:Anchor>)")
_NO_WORDS = re.compile(r"\[Threaded comment\].*?Comment:\s*", re.DOTALL)


@dataclass(frozen=True)
class Note:
    """The words of a note or comment, and its cell as it stood."""

    cell: str
    text: str


def notes_on(package: Package, sheet: str) -> Iterator[Note]:
    """Every note and threaded comment on a sheet; the note that stands for a thread is left out."""
    seen: set[str] = set()
    for kind in reversed(_WRITTEN):
        for part in package.related(sheet, kind):
            for entry in _entries(package.tree(part)):
                cell, text = entry.get("ref"), " ".join("".join(entry.itertext()).split())
                if kind == "threadedComment":
                    seen.add(cell)
                elif cell in seen:
                    continue
                yield Note(cell, _NO_WORDS.sub("", text))


def _entries(tree: etree._Element) -> list[etree._Element]:
    return [
        entry
        for entry in tree.iter(etree.Element)
        if etree.QName(entry).localname in ("comment", "threadedComment")
    ]


def moved_notes(package: Package, sheet: str, move: Move) -> dict[str, Content]:
    """The parts of notes and comments in which an address changes, written anew."""
    contents: dict[str, Content] = {}
    for kind in _WRITTEN:
        for part in package.related(sheet, kind):
            tree = package.tree(part)
            if _moved(tree, move):
                contents[part] = serialized(tree)
    for part in package.related(sheet, "vmlDrawing"):
        old = package.read(part)
        new = _SHAPE.sub(lambda match: _moved_shape(match[0], move), old)
        if new != old:
            contents[part] = new
    return contents


def _moved(tree: etree._Element, move: Move) -> bool:
    changed = False
    for entry in _entries(tree):
        now = move.cell(entry.get("ref"))
        changed = changed or now != entry.get("ref")
        if now is None:
            entry.getparent().remove(entry)
        else:
            entry.set("ref", now)
    return changed


def _moved_shape(shape: bytes, move: Move) -> bytes:
    """The box of one note at its cell; blank where the cell is gone. Other shapes stay."""
    places = {match[2]: int(match[3]) for match in _PLACE.finditer(shape)}
    if b'ObjectType="Note"' not in shape or len(places) < 2:
        return shape
    row, column = places[b"Row"] + 1, places[b"Column"] + 1
    now = move.cell(f"{column_letter(column)}{row}")
    if now is None:
        return b""
    letters, number = split_address(now)
    at = column_number(letters)
    new = {b"Row": number - 1, b"Column": at - 1}
    shape = _PLACE.sub(lambda m: b"%s%d%s" % (m[1], new[m[2]], m[4]), shape)
    return _ANCHOR.sub(lambda m: _shifted(m, at - column, number - row), shape)


def _shifted(match: re.Match[bytes], right: int, down: int) -> bytes:
    """The corners of a box: column, offset, row, offset, twice."""
    numbers = match[2].split(b",")
    if len(numbers) != 8 or not (right or down):
        return match[0]
    steps = (right, 0, down, 0) * 2
    moved = [max(0, int(n) + step) for n, step in zip(numbers, steps, strict=True)]
    return match[1] + b", ".join(b"%d" % number for number in moved) + match[3]
