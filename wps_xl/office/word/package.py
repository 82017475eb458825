"""Opens Word files and writes them: whole or not at all, and the same bytes for the same input."""

from __future__ import annotations

import io
import os
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.part import Part
from lxml import etree

from wps_xl.errors import InputError, OutputError
from wps_xl.places import unwritable

_DATA = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_DATA_KIND = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
Target = Path | IO[bytes]
"""Where a document goes: a file, or memory until the workbook that tells of it is written."""


def related(document: Document, relation: str) -> list[Part]:
    """The parts that the document refers to in this way, in the order of the file."""
    found = document.part.rels.values()
    return [rel.target_part for rel in found if rel.reltype == relation and not rel.is_external]


def footnotes_part(document: Document, name: str) -> Part:
    """The part that holds the footnotes; raise InputError where there is none."""
    return _part(document, RELATION.FOOTNOTES, name, "footnotes")


def numbering(document: Document, name: str) -> etree._Element:
    """The lists that number paragraphs; raise InputError where there are none."""
    return root_of(_part(document, RELATION.NUMBERING, name, "numbered paragraphs"))


def _part(document: Document, relation: str, name: str, what: str) -> Part:
    found = related(document, relation)
    if not found:
        raise InputError(
            f"{name} has nothing to hold {what}, which every draft and its template have. Take an "
            "earlier copy of it, or that of the installation if it is a template."
        )
    return found[0]


def root_of(part: Part) -> etree._Element:
    """The XML of a part. Change it and hand it to ``put_root``.

    python-docx keeps footnotes as bytes, unless another library has registered a class for them.
    """
    element = getattr(part, "element", None)
    return etree.fromstring(part.blob) if element is None else element


def put_root(part: Part, root: etree._Element) -> None:
    """Store the XML that ``root_of`` gave."""
    if getattr(part, "element", None) is None:
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        put_content(part, bytes(content))


def put_content(part: Part, content: bytes) -> None:
    """Replace the bytes of a part; python-docx offers no setter."""
    part._blob = content


def custom_part(document: Document, namespace: str) -> Part | None:
    """The custom XML part whose root has this namespace."""
    for part in related(document, RELATION.CUSTOM_XML):
        with suppress(etree.XMLSyntaxError):
            if etree.QName(etree.fromstring(part.blob)).namespace == namespace:
                return part
    return None


def add_custom_part(document: Document, content: bytes) -> None:
    """A new custom XML part, where another program dropped it."""
    whole = document.part.package
    part = Part(whole.next_partname("/customXml/item%d.xml"), "application/xml", content, whole)
    number = str(uuid.uuid5(uuid.NAMESPACE_URL, str(part.partname))).upper()
    about = f'<ds:datastoreItem xmlns:ds="{_DATA}" ds:itemID="{{{number}}}"/>'.encode()
    name = whole.next_partname("/customXml/itemProps%d.xml")
    part.relate_to(Part(name, _DATA_KIND, about, whole), RELATION.CUSTOM_XML_PROPS)
    document.part.relate_to(part, RELATION.CUSTOM_XML)


def drop_part(document: Document, part: Part) -> None:
    """Leave a part out of the file."""
    rels = document.part.rels
    for key in [key for key, rel in rels.items() if not rel.is_external]:
        if rels[key].target_part is part:
            del rels[key]


def stories(document: Document) -> Iterator[etree._Element]:
    """The XML of body, headers and footers."""
    yield document.element.body
    for relation in (RELATION.HEADER, RELATION.FOOTER):
        for part in related(document, relation):
            yield part.element


def all_stories(document: Document) -> Iterator[etree._Element]:
    """The XML of body, headers, footers, footnotes and endnotes."""
    yield from stories(document)
    for relation in (RELATION.FOOTNOTES, RELATION.ENDNOTES):
        yield from map(root_of, related(document, relation))


def refuse(target: Target, overwrite: bool) -> None:
    """Raise OutputError where the target may not be written now."""
    if not isinstance(target, Path):
        return
    if target.exists() and not overwrite:
        raise OutputError(f"{target} exists already. Choose another name, or move it away.")
    if not target.parent.is_dir():
        raise OutputError(f"There is no folder {target.parent}. Make it, or choose another.")
    locks = (f"~${target.name[2:]}", f"~${target.name}", f".~lock.{target.name}#")
    if any((target.parent / lock).exists() for lock in locks):
        raise OutputError(f"{target.name} is open. Save and close it, then try again.")


def save(document: Document, target: Target, overwrite: bool = True) -> None:
    """Write beside the target, then put in place: a stop leaves the old file or the new one."""
    content = content_of(document)
    if not isinstance(target, Path):
        target.write(content)
        return
    # A link stays one: what it leads to is written.
    target = target.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        refuse(target, overwrite)
        beside.replace(target)
    except OSError as error:
        raise OutputError(unwritable(target, error)) from error
    finally:
        beside.unlink(missing_ok=True)


def content_of(document: Document) -> bytes:
    """The bytes of the file, without the time of day that a zip file records."""
    saved, fixed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(fixed, "w") as new:
        for entry in old.infolist():
            made = zipfile.ZipInfo(entry.filename, ZIP_DATE)
            made.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(made, old.read(entry))
    return fixed.getvalue()
