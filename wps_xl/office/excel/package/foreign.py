"""References to our tables in parts of staff: only the formulas that move are written anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, unescape

from lxml import etree
from openpyxl.formula.translate import Translator

from wps_xl.office.excel.package.parts import MAIN, Content, Package
from wps_xl.office.excel.package.references import Moves, followed
from wps_xl.office.excel.package.workbook_part import Sheet

_FORMULA = re.compile(
    rb"<(?P<tag>(?:\w+:)?(?:f|formula|formula1|formula2))(?P<marks>(?:\s[^<>]*)?)>"
    rb"(?P<text>[^<]*)</(?P=tag)>"
)
_LOCATION = re.compile(rb'(<(?:\w+:)?hyperlink\b[^<>]*\blocation=")([^"]*)(")')
_CELL = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="(?P<at>[A-Z]+\d+)"[^<>]*>\s*')
_SHARED = re.compile(
    rb'<(?P<tag>(?:\w+:)?f)(?P<marks>\s[^<>]*?\bt="shared"[^<>]*?)(?:/>|>(?P<text>[^<]*)</(?P=tag)>)'
)
_GROUP = re.compile(rb'\bsi="(\d+)"')
_QUOTE = {'"': "&quot;"}


@dataclass
class Foreign:
    """The parts that change, and references of staff that lead nowhere now: where, which."""

    contents: dict[str, Content] = field(default_factory=dict)
    lost: list[tuple[str, str]] = field(default_factory=list)


def follow_foreign(
    file: Package, sheets: Iterable[Sheet], ours: Iterable[Sheet], gone: set[str], moves: Moves
) -> Foreign:
    """Have formulas, links and charts of staff follow the cells of our tables; on our sheets, which
    are written anew, it is the charts that staff put there."""
    found = Foreign()
    places = [(sheet, [sheet.part, *_charts(file, sheet.part)]) for sheet in sheets if moves]
    places += [(sheet, [*_charts(file, sheet.part)]) for sheet in ours if moves]
    for sheet, parts in places:
        for part in parts:
            if part in gone:
                continue
            old = file.read(part)
            new = _followed(old, sheet.name, moves, found.lost)
            if new != old:
                found.contents[part] = new
    return found


def _charts(file: Package, sheet: str) -> Iterator[str]:
    for drawing in file.related(sheet, "drawing"):
        yield from file.related(drawing, "chart")


def _followed(xml: bytes, sheet: str, moves: Moves, lost: list[tuple[str, str]]) -> bytes:
    names = [name.encode() for name in moves]
    plain = xml.lower()
    if not any(name in plain for name in names):
        return xml
    xml = _unshared(xml, sheet, moves)

    def formula(match: re.Match[bytes]) -> bytes:
        text = unescape(match["text"].decode(), {"&quot;": '"', "&apos;": "'"})
        now = followed(text, sheet, moves)
        lost.extend((_place(xml, match.start(), sheet), reference) for reference in now.lost)
        if now.text == text:
            return match[0]
        said = escape(now.text).encode()
        return b"<%s%s>%s</%s>" % (match["tag"], match["marks"], said, match["tag"])

    def location(match: re.Match[bytes]) -> bytes:
        text = unescape(match[2].decode(), {"&quot;": '"', "&apos;": "'"})
        now = followed(text.lstrip("#"), sheet, moves)
        if now.text == text.lstrip("#"):
            return match[0]
        return match[1] + escape(now.text, _QUOTE).encode() + match[3]

    return _LOCATION.sub(location, _FORMULA.sub(formula, xml))


def _place(xml: bytes, at: int, sheet: str) -> str:
    """The cell whose formula stands there; the sheet where it is a rule or a chart."""
    before = xml[max(0, at - 400) : at]
    cells = list(_CELL.finditer(before))
    if cells and cells[-1].end() == len(before):
        return f"{sheet}!{cells[-1]['at'].decode()}"
    return sheet


def _unshared(xml: bytes, sheet: str, moves: Moves) -> bytes:
    """Formulas that are stored once for many cells written out, where one of them follows."""
    groups: dict[bytes, tuple[str, str]] = {}
    for cell, match in _shared_formulas(xml):
        if match["text"]:
            groups[_group(match)] = (unescape(match["text"].decode()), cell)
    touched = set()
    for cell, match in _shared_formulas(xml):
        text = _written_out(groups, match, cell)
        if text is not None and followed(text, sheet, moves) != followed(text, "", {}):
            touched.add(_group(match))
    pieces, at = [], 0
    for cell, match in _shared_formulas(xml) if touched else ():
        text = _written_out(groups, match, cell)
        if _group(match) in touched and text is not None:
            said = escape(text).encode()
            pieces += [xml[at : match.start()], b"<%s>%s</%s>" % (match["tag"], said, match["tag"])]
            at = match.end()
    return b"".join([*pieces, xml[at:]])


def _shared_formulas(xml: bytes) -> Iterator[tuple[str, re.Match[bytes]]]:
    for cell in _CELL.finditer(xml):
        match = _SHARED.match(xml, cell.end())
        if match is not None:
            yield cell["at"].decode(), match


def _group(match: re.Match[bytes]) -> bytes:
    found = _GROUP.search(match["marks"])
    return found[1] if found else b""


def _written_out(
    groups: Mapping[bytes, tuple[str, str]], match: re.Match[bytes], cell: str
) -> str | None:
    if _group(match) not in groups:
        return None
    text, origin = groups[_group(match)]
    return str(Translator(f"={text}", origin).translate_formula(cell))[1:]


def follow_names(index: etree._Element, moves: Moves) -> list[tuple[str, str]]:
    """Have the names that staff gave follow, print areas among them; what is lost of which."""
    lost: list[tuple[str, str]] = []
    for entry in index.iterfind(f"{MAIN}definedNames/{MAIN}definedName"):
        name = entry.get("name")
        if name.casefold() in ("_xlnm.print_titles", "_xlnm._filterdatabase"):
            continue
        now = followed(entry.text or "", "", moves)
        entry.text = now.text
        lost += [(f"name {name}", reference) for reference in now.lost]
    return lost
