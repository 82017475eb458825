"""An Open XML package: its parts, their relationships and content types, names that are free."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import IO
from zipfile import ZipFile

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RID = f"{{{DOCUMENT}}}id"
TYPES = "[Content_Types].xml"

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
_CHUNK = 1 << 20
_MARK = 64

Content = bytes | Callable[[IO[bytes]], None]
"""The bytes of a part, or what writes them."""


@dataclass(frozen=True)
class Relation:
    """One relationship of a part; ``target`` is a part's name, or what lies outside."""

    id: str
    type: str
    target: str
    external: bool = False

    @property
    def kind(self) -> str:
        """The last word of the type: ``worksheet``, ``table``, ``pivotTable``."""
        return self.type.rpartition("/")[2]


class Package:
    """The parts of a package that is read, by name without the first slash."""

    def __init__(self, source: ZipFile) -> None:
        self._zip = source
        self._relations: dict[str, Sequence[Relation]] = {}
        self.names: Sequence[str] = [name for name in source.namelist() if name[-1:] != "/"]

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        return self._zip.read(name)

    def open(self, name: str) -> IO[bytes]:
        """The part as a stream."""
        return self._zip.open(name)

    def tree(self, name: str) -> etree._Element:
        """The XML of a part."""
        return parsed(self.read(name))

    def relations(self, part: str) -> Sequence[Relation]:
        """The relationships of a part, none where it has none; those of the package for ""."""
        if part not in self._relations:
            name = relations_name(part)
            found = _read_relations(part, self.read(name)) if name in self else []
            self._relations[part] = found
        return self._relations[part]

    def related(self, part: str, kind: str) -> list[str]:
        """The parts of one kind that a part relates to."""
        return [relation.target for relation in self.relations(part) if relation.kind == kind]

    @property
    def workbook(self) -> str:
        """The name of the workbook part."""
        return self.related("", "officeDocument")[0]

    def outside_rows(self, sheet: str) -> tuple[bytes, bytes]:
        """What stands before and after the rows of a sheet, without holding the rows."""
        with self.open(sheet) as part:
            head, rest = _until(part, b"", rb"<(?:\w+:)?sheetData", keep=True)
            _, tail = _until(part, rest, rb"</(?:\w+:)?sheetData>|^<(?:\w+:)?sheetData\s*/>")
            return head, tail[tail.find(b">") + 1 :] + part.read()


class MadePackage(Package):
    """A package whose parts were made just now, and lie in no file yet."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = parts
        self._relations = {}
        self.names = list(parts)

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        return self._parts[name]

    def open(self, name: str) -> IO[bytes]:
        """The part as a stream."""
        return io.BytesIO(self._parts[name])


def _until(
    part: IO[bytes], begun: bytes, pattern: bytes, keep: bool = False
) -> tuple[bytes, bytes]:
    """What stands before the pattern, if it is kept, and what follows from the pattern on."""
    before, rest = b"", begun
    while True:
        match = re.search(pattern, rest)
        if match is not None:
            return before + rest[: match.start()], rest[match.start() :]
        chunk = part.read(_CHUNK)
        if not chunk:
            return before + rest, b""
        # The pattern may lie across two chunks.
        before, rest = (before + rest[:-_MARK] if keep else b""), rest[-_MARK:] + chunk


def parsed(xml: bytes) -> etree._Element:
    """The XML of a part that comes from outside: nothing is fetched, no entity resolved."""
    return etree.fromstring(xml, _PARSER)


def serialized(tree: etree._Element) -> bytes:
    """The bytes of an XML part."""
    xml: bytes = etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)
    return xml


def relations_name(part: str) -> str:
    """The part that holds the relationships of ``part``."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _read_relations(part: str, xml: bytes) -> list[Relation]:
    folder = posixpath.dirname(part)
    found = []
    for entry in parsed(xml):
        outside, target = entry.get("TargetMode") == "External", entry.get("Target", "")
        if not outside:
            target = posixpath.normpath(posixpath.join("/", folder, target))[1:]
        found.append(Relation(entry.get("Id", ""), entry.get("Type", ""), target, outside))
    return found


def relations_xml(relations: Iterable[Relation]) -> bytes:
    """The part that holds these relationships."""
    tree = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
    for relation in relations:
        entry = etree.SubElement(tree, f"{{{_RELATIONS}}}Relationship")
        entry.set("Id", relation.id)
        entry.set("Type", relation.type)
        entry.set("Target", relation.target if relation.external else f"/{relation.target}")
        if relation.external:
            entry.set("TargetMode", "External")
    return serialized(tree)


def reachable(relations: Callable[[str], Iterable[Relation]], start: Iterable[str]) -> set[str]:
    """All parts that relationships lead to from ``start``, with ``start``."""
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        part = waiting.pop()
        if part not in found:
            found.add(part)
            waiting += [other.target for other in relations(part) if not other.external]
    return found


def free_name(name: str, taken: set[str]) -> str:
    """``name``, or its like with the next number that is free; ``taken`` is in small letters."""
    match = re.fullmatch(r"(.*?)(\d*)(\.\w+)", name)
    if match is None:
        raise ValueError(f"{name!r} is no name of a part.")
    number, free = int(match[2] or 0), name
    while free.casefold() in taken:
        number += 1
        free = f"{match[1]}{number}{match[3]}"
    return free


def free_ids(relations: Iterable[Relation], count: int) -> list[str]:
    """So many ids that no relationship has."""
    taken = {relation.id for relation in relations}
    found: list[str] = []
    number = 0
    while len(found) < count:
        number += 1
        if f"rId{number}" not in taken:
            found.append(f"rId{number}")
    return found


def ids_in(elements: Iterable[etree._Element]) -> Iterator[str]:
    """Every relationship that the elements name."""
    for element in elements:
        for inner in element.iter(etree.Element):
            for name, value in inner.attrib.items():
                if name.startswith(f"{{{DOCUMENT}}}"):
                    yield value


def rename_ids(tree: etree._Element, new: Mapping[str, str]) -> None:
    """Give relationships their new ids."""
    for element in tree.iter(etree.Element):
        for name, value in element.attrib.items():
            if name.startswith(f"{{{DOCUMENT}}}") and value in new:
                element.set(name, new[value])


def free_numbers(wanted: Iterable[int], taken: set[int]) -> dict[int, int]:
    """Each wanted number as it is, or the next that is free."""
    new: dict[int, int] = {}
    for number in wanted:
        free = number
        while free in taken or free in new.values():
            free += 1
        new[number] = free
    return new


def renamed(relations: Sequence[Relation], names: Mapping[str, str]) -> list[Relation]:
    """The relationships with their targets' new names."""
    return [replace(r, target=names.get(r.target, r.target)) for r in relations]


def content_types(tree: etree._Element) -> tuple[dict[str, str], dict[str, str]]:
    """Content type by part and by ending."""
    parts = {e.get("PartName")[1:]: e.get("ContentType") for e in tree.iter(f"{_CONTENT}Override")}
    endings = {
        e.get("Extension").casefold(): e.get("ContentType") for e in tree.iter(f"{_CONTENT}Default")
    }
    return parts, endings


def declare(
    tree: etree._Element, gone: set[str], parts: Mapping[str, str], endings: Mapping[str, str]
) -> None:
    """Change the list of content types: parts that are gone leave, others are declared once."""
    known, defaults = content_types(tree)
    for entry in list(tree.iter(f"{_CONTENT}Override")):
        name = entry.get("PartName")[1:]
        if name in gone or (name in parts and parts[name] != known[name]):
            tree.remove(entry)
            known.pop(name)
    for ending in sorted(endings.keys() - defaults.keys()):
        entry = etree.Element(f"{_CONTENT}Default", Extension=ending, ContentType=endings[ending])
        tree.insert(0, entry)
    for name in sorted(parts.keys() - known.keys()):
        etree.SubElement(tree, f"{_CONTENT}Override", PartName=f"/{name}", ContentType=parts[name])
