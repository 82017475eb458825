"""Puts parts into workbooks that openpyxl does not write: drawings, threads, embedded files."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
MORE = "http://schemas.openxmlformats.org/markup-compatibility/2006"


@dataclass(frozen=True)
class Part:
    """A part that a sheet leads to: the last word of its relationship, its name, its content."""

    kind: str
    name: str
    content: bytes


def add_parts(path: Path, sheet: str, parts: Sequence[Part]) -> None:
    """Write the workbook anew with parts that belong to one of its sheets."""
    with zipfile.ZipFile(path) as file:
        held = {name: file.read(name) for name in file.namelist()}
    home = _part_of(held, sheet)
    folder, name = posixpath.split(home)
    relations = f"{folder}/_rels/{name}.rels"
    empty = f'<Relationships xmlns="{RELATIONS}"/>'.encode()
    tree = etree.fromstring(held.get(relations, empty))
    for at, part in enumerate(parts):
        link = etree.SubElement(tree, f"{{{RELATIONS}}}Relationship")
        link.set("Id", f"rIdMore{at}")
        link.set("Type", f"{OFFICE}/{part.kind}")
        link.set("Target", f"/{part.name}")
        held[part.name] = part.content
    held[relations] = etree.tostring(tree)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for entry, content in held.items():
            file.writestr(entry, content)


def _part_of(held: dict[str, bytes], sheet: str) -> str:
    book = etree.fromstring(held["xl/workbook.xml"])
    tab = next(e for e in book.iter("{*}sheet") if e.get("name") == sheet)
    links = etree.fromstring(held["xl/_rels/workbook.xml.rels"])
    target = next(e.get("Target") for e in links if e.get("Id") == tab.get(f"{{{OFFICE}}}id"))
    return posixpath.normpath(posixpath.join("/xl", str(target))).lstrip("/")


def drawing(*things: str) -> Part:
    """A drawing with these things, each at cell D9."""
    start = "<xdr:from><xdr:col>3</xdr:col><xdr:row>8</xdr:row></xdr:from>"
    anchors = "".join(f"<xdr:twoCellAnchor>{start}{one}</xdr:twoCellAnchor>" for one in things)
    spaces = f'xmlns:xdr="{_DRAWING}/spreadsheetDrawing" xmlns:a="{_DRAWING}/main"'
    xml = f'<xdr:wsDr {spaces} xmlns:mc="{MORE}">{anchors}</xdr:wsDr>'
    return Part("drawing", "xl/drawings/drawing90.xml", xml.encode())


def text_box(words: str) -> str:
    """A box with words."""
    return f"<xdr:sp><xdr:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"


def picture(described: str) -> str:
    """A picture with the words for those who cannot see it."""
    about = f'<xdr:nvPicPr><xdr:cNvPr id="2" name="Picture 1" descr="{described}"/></xdr:nvPicPr>'
    return f"<xdr:pic>{about}</xdr:pic>"


def threads(**words: str) -> Part:
    """Threaded comments by cell; a bar begins an answer."""
    said = "".join(
        f'<threadedComment ref="{cell}"><text>{one}</text></threadedComment>'
        for cell, text in words.items()
        for one in text.split("|")
    )
    xml = f'<ThreadedComments xmlns="{THREADS}">{said}</ThreadedComments>'
    return Part("threadedComment", "xl/threadedComments/threadedComment9.xml", xml.encode())


def check_box(words: str) -> Part:
    """A box to tick, ticked, as Excel draws it at cell B7; its markup is no good XML."""
    shape = (
        f"<xml><v:shape id='s1'><v:textbox><div><font>{words}<br></font></div></v:textbox>"
        '<x:ClientData ObjectType="Checkbox"><x:Anchor>1, 0, 6, 0, 2, 0, 7, 0</x:Anchor>'
        "<x:Checked>1</x:Checked></x:ClientData></v:shape></xml>"
    )
    return Part("vmlDrawing", "xl/drawings/vmlDrawing90.vml", shape.encode())


def embedded(name: str) -> Part:
    """A document inside the workbook."""
    return Part("package", f"xl/embeddings/{name}", b"PK\x03\x04")
