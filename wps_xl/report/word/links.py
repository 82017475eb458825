"""Relationships of a Word file that lead to nothing: Word opens such files, and so do we.

Words pasted from an e-mail or a page leave them. Nothing is taken out: what leads to no part of the
file counts as leading out of it, as Word takes it.
"""

from __future__ import annotations

import io
import posixpath
import zipfile

from lxml import etree

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def mended(content: bytes) -> bytes:
    """The same file with every relationship to nothing marked as external."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        there = {name.casefold() for name in file.namelist()}
        found = [name for name in file.namelist() if name.endswith(".rels")]
        changed = {name: _mended(name, file.read(name), there) for name in found}
        changed = {name: new for name, new in changed.items() if new}
        if not changed:
            return content
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in file.infolist():
                target.writestr(entry, changed.get(entry.filename) or file.read(entry))
    return made.getvalue()


def _mended(name: str, content: bytes, there: set[str]) -> bytes:
    """The relationships anew; nothing where all are right."""
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    lost = [one for one in root.iter(_RELATION) if not _leads(one, name, there)]
    for one in lost:
        one.set("TargetMode", "External")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) if lost else b""


def _leads(relation: etree._Element, name: str, there: set[str]) -> bool:
    if relation.get("TargetMode") == "External":
        return True
    folder = posixpath.dirname(posixpath.dirname(name))
    target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
    return target.lstrip("/").casefold() in there
