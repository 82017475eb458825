"""The Word file as the child reads it: its parts, bounded and whole, or why it is not read.

What Word itself would call unreadable is refused here, with the piece it is in, so that whoever
works on the document afterwards meets nothing that makes no sense.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, tostring

from wps_xl.office.reading.archive import Archive, open_archive
from wps_xl.office.reading.package import element_of
from wps_xl.office.reading.unreadable import RefusedError
from wps_xl.office.reading.word_kinds import (
    KINDS,
    LINKS_ROOT,
    MAIN,
    ONCE,
    OWN,
    TYPES_ROOT,
    require_package,
    require_text,
    require_word,
)
from wps_xl.office.reading.word_xml import Tally

# python-docx follows relationships into the depth, some calls a step.
MAX_DEPTH = 60
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "[Content_Types].xml"
# Data of other programs is carried along and need not be XML.
_DATA = "customxml/"


@dataclass(frozen=True)
class Word:
    """The parts of a Word file by name, and the digest of the file.

    Every relationship leads to one of the parts, or is marked as leading out of the file.
    """

    parts: Mapping[str, bytes]
    sha256: str


def word_in(data: bytes) -> Word:
    """The Word file in ``data``; raise ``RefusedError`` if it may not or cannot be opened."""
    require_word(data)
    archive = open_archive(data)
    require_package(archive)
    walk = _Walk(archive, {name: info.filename for name, info in archive.entries.items()})
    walk.through()
    return Word(walk.parts, hashlib.sha256(data).hexdigest())


@dataclass
class _Walk:
    """A walk from part to part; ``parts`` are those it has come to."""

    archive: Archive
    names: Mapping[str, str]
    parts: dict[str, bytes] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    types: dict[str, str] = field(default_factory=dict)

    def through(self) -> None:
        """Take along every part that relationships lead to."""
        self.parts[_TYPES] = self.archive.read(_TYPES)
        for one in self._parsed(_TYPES, self.parts[_TYPES], TYPES_ROOT):
            name = one.get("PartName") or "." + one.get("Extension", "")
            self.types[name.lower()] = one.get("ContentType", "").lower()
        ways = [iter(self._links(""))]
        while ways:
            part = next(ways[-1], None)
            if part is None:
                ways.pop()
            elif part not in self.parts:
                self._take(part)
                ways.append(iter(self._links(part)))
            if len(ways) > MAX_DEPTH:
                raise RefusedError("unsafe", "its pieces refer to one another without end")

    def _type(self, part: str) -> str:
        ending = posixpath.splitext(part)[1].lower()
        return self.types.get(f"/{part.lower()}") or self.types.get(ending, "")

    def _take(self, part: str) -> None:
        kind = self._type(part)
        if not kind:
            raise RefusedError("damaged", f"nothing says what a piece inside it is ({part})")
        content = self.parts[part] = self.archive.read(part)
        if kind.endswith(("+xml", "/xml")):
            self.tally.read(part, content, OWN.get(kind, ""), part.lower().startswith(_DATA))

    def _parsed(self, part: str, content: bytes, root: str) -> Element:
        self.tally.read(part, content, root)
        return element_of(content, part)

    def _links(self, part: str) -> list[str]:
        """Where the relationships of a part lead; they are handed over with the parts.

        Words pasted from an e-mail or a page leave such as lead to nothing. Word opens the file,
        and so do we: those are marked as leading out of it.
        """
        folder, name = posixpath.split(part)
        path = self.names.get(posixpath.join(folder, "_rels", f"{name}.rels").lower())
        if path is None and not part:
            raise RefusedError("foreign", "an Office file without a text")
        if path is None:
            return []
        content = self.archive.read(path)
        root = self._parsed(path, content, LINKS_ROOT)
        before = [dict(one.attrib) for one in root]
        found = list(self._followed(path, folder, root))
        self._require_kinds(part, found)
        changed = before != [dict(one.attrib) for one in root]
        as_named = posixpath.join(folder, "_rels", f"{name}.rels")
        self.parts[as_named] = tostring(root, "UTF-8", xml_declaration=True) if changed else content
        return [target for _, target in found]

    def _followed(self, path: str, folder: str, root: Element) -> Iterator[tuple[str, str]]:
        """The type of each relationship and where it leads, put right in ``root``."""
        seen: set[str] = set()
        for one in root.iter(_RELATIONS):
            key, kind = one.get("Id", ""), one.get("Type", "")
            if not key or not kind or key in seen or "Target" not in one.attrib:
                raise RefusedError("damaged", f"a piece inside it is broken ({path})")
            seen.add(key)
            if one.get("TargetMode") == "External" and kind not in KINDS:
                continue
            target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))
            there = self.names.get(target.lstrip("/").lower())
            if there is None and kind in KINDS:
                raise RefusedError("damaged", f"a piece inside it is missing ({target})")
            if there is None:
                one.set("TargetMode", "External")
                continue
            if f"/{there}" != target:
                one.set("Target", f"/{there}")
            yield kind, there

    def _require_kinds(self, part: str, found: list[tuple[str, str]]) -> None:
        """Return if what a part refers to is there once and of the kind that the reference says."""
        kinds = [kind for kind, _ in found]
        for kind, target in found:
            if not part:
                require_text(kind, self._type(target))
            if kind in ONCE and kinds.count(kind) > 1:
                raise RefusedError("damaged", f"it holds a piece twice ({target})")
            if kind in KINDS and self._type(target) != KINDS[kind]:
                raise RefusedError(
                    "damaged", f"a piece inside it is not what it is called ({target})"
                )
        if not part and MAIN not in kinds:
            raise RefusedError("foreign", "an Office file without a text")
