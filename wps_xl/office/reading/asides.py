"""What a workbook holds beside the values of its cells: notes, comments, drawn things, links.

Every part is reached by the relationships of its sheet and read within the bounds of the archive.
One that is broken is an aside of its own: its words are lost, but not the fact that it is there.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from xml.etree.ElementTree import Element

from wps_xl.model import Aside
from wps_xl.office.reading.controls import controls
from wps_xl.office.reading.drawings import drawn
from wps_xl.office.reading.package import Link, Package, SheetPart, links_of, local, parsed
from wps_xl.office.reading.scan import Scan
from wps_xl.office.reading.unreadable import RefusedError

# What Excel writes as the author of the note that stands for a thread in older programs.
_OF_THREAD = "tc={"
_NAMED_AUTHOR = re.compile(r"[^\n:]{1,80}:[ \t]*\r?\n")
_LINKS = re.compile(rb"<(?:[\w.-]+:)?hyperlink\b[^>]*>")
_ATTRIBUTE = re.compile(rb'(?:[\w.-]+:)?\b(id|ref|location)="([^"]*)"')
# What Excel writes around the words of a thread for older programs, in the language of its user.
_FRAME = re.compile(r"\[[^\]\n]+\]\s.*?linkid=\d+\s*", re.DOTALL)
_FRAMED = re.compile(r"^\S[^\n]{0,30}:[ \t]*\n[ \t]{2,}", re.MULTILINE)
# What Google Sheets writes before each piece of a thread: its number, its author and its day.
_OF_GOOGLE = re.compile(r"(?:={4,}|-{4,})\s*\nID#\S+\n[^\n]*\(\d{4}-[^)\n]*\)\s*\n?")
_SAYING = ("chart", "chartEx", "diagramData")
_CAPTIONS = ("Caption", "Value", "Text")
_EMBEDDED = ("package", "oleObject")
MARGIN = "header or footer"
OTHER_SHEETS: Mapping[str, str] = {
    "chartsheet": "chart sheet",
    "dialogsheet": "dialog sheet",
    "macrosheet": "macro sheet",
}

Maker = Callable[[Package, SheetPart, Link], Iterator[Aside]]


def read_asides(package: Package, scans: Mapping[str, Scan]) -> Iterator[Aside]:
    """Everything beside the values of the cells, in the order of the sheets."""
    for sheet in package.sheets:
        scan = scans[sheet.name]
        yield from (Aside("link", sheet.name, at, where) for at, where in scan.links.items())
        yield from (Aside(MARGIN, sheet.name, words=words) for words in scan.margins)
        try:
            links = links_of(package.archive, sheet.part)
        except RefusedError:
            yield Aside("broken part", sheet.name, words=sheet.part)
            continue
        if links:
            yield from _of_sheet(package, sheet, links)
    for sheet in package.others:
        words = "; ".join(filter(None, _titles(package, sheet.part)))
        yield Aside(OTHER_SHEETS[sheet.kind], sheet.name, words=words)


def _titles(package: Package, part: str) -> Iterator[str]:
    """The words in the charts to which a part leads, and in its own drawing."""
    try:
        for link in links_of(package.archive, part).values():
            if link.kind == "drawing":
                yield from (words for _, _, words in drawn(parsed(package.archive, link.part)))
                yield from _titles(package, link.part)
            elif link.kind in ("chart", "chartEx"):
                yield "".join(
                    element.text or ""
                    for element in parsed(package.archive, link.part).iter()
                    if local(element) == "t"
                )
    except RefusedError:
        yield f"broken: {part}"


def _of_sheet(package: Package, sheet: SheetPart, links: Mapping[str, Link]) -> Iterator[Aside]:
    threads: dict[str, Aside] = {}
    found: list[Aside] = []
    for link in links.values():
        maker = _MAKERS.get(link.kind)
        if maker is None:
            continue
        try:
            found += maker(package, sheet, link)
        except RefusedError:
            found.append(Aside("broken part", sheet.name, words=posixpath.basename(link.part)))
    threads = {aside.cell: aside for aside in found if aside.kind == "comment"}
    for aside in found:
        # The note that stands for a thread says the same once more.
        if not (aside.kind == "note" and aside.cell in threads and _stands_for_thread(aside)):
            yield replace(aside, words=_unframed(aside.words))
    if any(link.kind == "hyperlink" for link in links.values()):
        yield from _hyperlinks(package, sheet, links)


def _stands_for_thread(aside: Aside) -> bool:
    return aside.author.startswith(_OF_THREAD) or aside.words.startswith("[")


def _unframed(words: str) -> str:
    """The words of a thread of which only the note for older programs is left."""
    if words.startswith("===="):
        return _OF_GOOGLE.sub("", words)
    frame = _FRAME.match(words)
    return _FRAMED.sub("", words[frame.end() :]) if frame else words


def _notes(package: Package, sheet: SheetPart, link: Link) -> Iterator[Aside]:
    root = parsed(package.archive, link.part)
    authors = [element.text or "" for element in root.iter() if local(element) == "author"]
    for element in root.iter():
        if local(element) == "comment":
            at = element.get("authorId", "")
            author = authors[int(at)] if at.isdigit() and int(at) < len(authors) else ""
            words = _without_author(_text(element), author)
            yield Aside("note", sheet.name, element.get("ref", ""), words, author)


def _without_author(words: str, author: str) -> str:
    """The words without the line in which Excel names who wrote them."""
    named = _NAMED_AUTHOR.match(words)
    if named and author and words.startswith(author):
        return words[named.end() :]
    return words


def _comments(package: Package, sheet: SheetPart, link: Link) -> Iterator[Aside]:
    """One aside a thread; its answers are further paragraphs."""
    threads: dict[str, list[str]] = {}
    for element in parsed(package.archive, link.part).iter():
        if local(element) == "threadedComment":
            threads.setdefault(element.get("ref", ""), []).append(_text(element))
    for cell, words in threads.items():
        yield Aside("comment", sheet.name, cell, "\n".join(filter(None, words)))


def _text(element: Element) -> str:
    """All text below an element, without the readings that Japanese adds."""
    pieces = []
    for piece in element:
        if local(piece) in ("t", "text") and not len(piece):
            pieces.append(piece.text or "")
        elif local(piece) in ("text", "r"):
            pieces.append(_text(piece))
    return "".join(pieces).strip()


def _drawing(package: Package, sheet: SheetPart, link: Link) -> Iterator[Aside]:
    links = links_of(package.archive, link.part)

    def leads(key: str) -> str:
        to = links.get(key)
        if to is None or to.kind not in _SAYING or to.part not in package.archive:
            return to.address if to else ""
        said = parsed(package.archive, to.part).iter()
        return " ".join(one.text for one in said if local(one) == "t" and one.text)

    for kind, cell, words in drawn(parsed(package.archive, link.part), leads):
        yield Aside(kind, sheet.name, cell, words)


def _shapes(package: Package, sheet: SheetPart, link: Link) -> Iterator[Aside]:
    if link.part in package.archive:
        for cell, words in controls(package.archive.read(link.part)):
            yield Aside("form control", sheet.name, cell, words)


def _embedded(package: Package, sheet: SheetPart, link: Link) -> Iterator[Aside]:
    yield Aside("embedded file", sheet.name, words=posixpath.basename(link.part or link.address))


def _active_x(package: Package, sheet: SheetPart, link: Link) -> Iterator[Aside]:
    said = [
        {_local_name(key): value for key, value in element.attrib.items()}
        for element in parsed(package.archive, link.part).iter()
    ]
    words = [one["value"] for one in said if one.get("name") in _CAPTIONS and "value" in one]
    yield Aside("form control", sheet.name, words=", ".join(words))


def _local_name(key: str) -> str:
    """The name of an attribute without its namespace."""
    return key.rpartition("}")[2]


def _background(package: Package, sheet: SheetPart, link: Link) -> Iterator[Aside]:
    yield Aside("picture", sheet.name)


def _hyperlinks(package: Package, sheet: SheetPart, links: Mapping[str, Link]) -> Iterator[Aside]:
    xml = package.archive.read(sheet.part)
    for tag in _LINKS.findall(xml):
        said = {key: value.decode("utf-8", "replace") for key, value in _ATTRIBUTE.findall(tag)}
        link = links.get(said.get(b"id", ""))
        if link is not None and link.address and b"ref" in said:
            place = html.unescape(said.get(b"location", ""))
            where = f"{link.address}#{place}" if place else link.address
            yield Aside("link", sheet.name, said[b"ref"].partition(":")[0], where)


_MAKERS: Mapping[str, Maker] = {
    "comments": _notes,
    "threadedComment": _comments,
    "drawing": _drawing,
    "vmlDrawing": _shapes,
    "control": _active_x,
    "image": _background,
    **dict.fromkeys(_EMBEDDED, _embedded),
}
