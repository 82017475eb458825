"""What staff add to a review workbook, as Excel would store it: put in part by part.

openpyxl may not do this: it loses what it does not know, and mixes up the caches of PivotTables.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from wps_xl.model import column_number

SHEET = "Our own sums"
PIVOT = "Our own count"
FOREIGN_NAME = "OurThreshold"

_STAFF = Path(__file__).with_name("staff")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_S = f"{{{_MAIN}}}"
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAW = "http://schemas.openxmlformats.org/drawingml/2006"
_KIND = "application/vnd.openxmlformats-officedocument"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJg"
    "gg=="
)


def _text(name: str) -> str:
    """One of the parts as a text."""
    return (_STAFF / name).read_text(encoding="utf-8")


def _drawing(*anchors: str) -> str:
    spaces = f'xmlns:xdr="{_DRAW}/spreadsheetDrawing" xmlns:a="{_DRAW}/main" xmlns:r="{_DOC}"'
    return f"{_HEAD}<xdr:wsDr {spaces}>{''.join(anchors)}</xdr:wsDr>"


def _relations(*found: tuple[str, str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="{id_}" Type="{_DOC}/{kind}" Target="/{target}"/>'
        for id_, kind, target in found
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_HEAD}<Relationships xmlns="{space}">{entries}</Relationships>'


def foreign_parts() -> dict[str, bytes]:
    """The parts of a sheet with formulas, a chart, a picture, a comment, by name."""
    texts = {
        "xl/worksheets/sheet901.xml": _text("sheet.xml"),
        "xl/worksheets/_rels/sheet901.xml.rels": _relations(
            ("rId1", "drawing", "xl/drawings/drawing901.xml"),
            ("rId2", "vmlDrawing", "xl/drawings/vmlDrawing901.vml"),
            ("rId3", "comments", "xl/comments901.xml"),
            ("rId4", "pivotTable", "xl/pivotTables/pivotTable901.xml"),
        ),
        "xl/drawings/drawing901.xml": _drawing(_text("chart_frame.xml"), _text("picture.xml")),
        "xl/drawings/_rels/drawing901.xml.rels": _relations(
            ("rId1", "chart", "xl/charts/chart901.xml"),
            ("rId2", "image", "xl/media/image901.png"),
        ),
        "xl/charts/chart901.xml": _text("chart.xml"),
        "xl/comments901.xml": _text("comments.xml"),
        "xl/drawings/vmlDrawing901.vml": _text("note.vml"),
        # The same on one of our sheets: a chart on Cycle and a comment on Progress.
        "xl/drawings/drawing902.xml": _drawing(_text("chart_frame.xml")),
        "xl/drawings/_rels/drawing902.xml.rels": _relations(
            ("rId1", "chart", "xl/charts/chart902.xml")
        ),
        "xl/charts/chart902.xml": _text("chart.xml"),
        "xl/comments902.xml": _text("comments.xml"),
        "xl/drawings/vmlDrawing902.vml": _text("note.vml"),
    }
    return {**{n: t.encode() for n, t in texts.items()}, "xl/media/image901.png": _PIXEL}


_TYPES = {
    "xl/worksheets/sheet901.xml": f"{_KIND}.spreadsheetml.worksheet+xml",
    "xl/drawings/drawing901.xml": f"{_KIND}.drawing+xml",
    "xl/drawings/drawing902.xml": f"{_KIND}.drawing+xml",
    "xl/charts/chart901.xml": f"{_KIND}.drawingml.chart+xml",
    "xl/charts/chart902.xml": f"{_KIND}.drawingml.chart+xml",
    "xl/comments901.xml": f"{_KIND}.spreadsheetml.comments+xml",
    "xl/comments902.xml": f"{_KIND}.spreadsheetml.comments+xml",
    "xl/pivotTables/pivotTable901.xml": f"{_KIND}.spreadsheetml.pivotTable+xml",
}


def add_what_staff_add(path: Path) -> Mapping[str, bytes]:
    """Put it all into the workbook, with a PivotTable of staff on our cache; the foreign parts."""
    parts = _parts(path)
    new = foreign_parts()
    ours, pivot = _a_pivot(parts)
    new["xl/pivotTables/pivotTable901.xml"] = pivot
    rels = "xl/pivotTables/_rels/pivotTable901.xml.rels"
    new[rels] = parts[ours.replace("pivotTables/", "pivotTables/_rels/") + ".rels"]
    parts |= new
    _index(parts)
    _on_our_sheet(parts, "Cycle", ("rId901", "drawing", "xl/drawings/drawing902.xml"))
    _on_our_sheet(
        parts,
        "Progress",
        ("rId902", "legacyDrawing", "xl/drawings/vmlDrawing902.vml"),
        ("rId903", "comments", "xl/comments902.xml"),
    )
    _write(path, parts)
    cache = re.search(rb'Target="/?([^"]*)"', new[rels])
    assert cache is not None
    left = cache[1].decode().replace("../", "xl/")
    return {name: parts[name] for name in [*new, left]}


def _a_pivot(parts: Mapping[str, bytes]) -> tuple[str, bytes]:
    """One of our pivots, and the same as staff would make it on the same cache."""
    name = min(name for name in parts if re.match(r"xl/pivotTables/pivotTable\d+\.xml", name))
    text = parts[name].decode()
    text = re.sub(r' name="[^"]*"', f' name="{PIVOT}"', text, count=1)
    return name, re.sub(r' grandTotalCaption="[^"]*"', "", text).encode()


def _index(parts: dict[str, bytes]) -> None:
    book = parts["xl/workbook.xml"].decode()
    sheet = f'<sheet name="{SHEET}" sheetId="901" r:id="rId901" xmlns:r="{_DOC}"/>'
    book = book.replace("</sheets>", f"{sheet}</sheets>")
    name = f"<definedName name=\"{FOREIGN_NAME}\">'{SHEET}'!$B$1</definedName>"
    book = book.replace("</definedNames>", f"{name}</definedNames>")
    parts["xl/workbook.xml"] = book.encode()
    rels = parts["xl/_rels/workbook.xml.rels"].decode()
    entry = (
        f'<Relationship Id="rId901" Type="{_DOC}/worksheet" Target="/xl/worksheets/sheet901.xml"/>'
    )
    parts["xl/_rels/workbook.xml.rels"] = rels.replace(
        "</Relationships>", f"{entry}</Relationships>"
    ).encode()
    types = parts["[Content_Types].xml"].decode()
    entries = '<Default Extension="png" ContentType="image/png"/>'
    entries += f'<Default Extension="vml" ContentType="{_KIND}.vmlDrawing"/>'
    entries += "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in _TYPES.items()
    )
    parts["[Content_Types].xml"] = types.replace("</Types>", f"{entries}</Types>").encode()


def sheet_part(parts: Mapping[str, bytes], name: str) -> str:
    """The part of a sheet, found by the sheet's name."""
    book, rels = (parts[n].decode() for n in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"))
    entry = re.search(rf'<sheet [^>]*name="{name}"[^>]*>', book)
    assert entry is not None
    id_ = re.search(r'r:id="(\w+)"', entry[0])
    assert id_ is not None
    relation = re.search(rf'<Relationship [^>]*Id="{id_[1]}"[^>]*>', rels)
    assert relation is not None
    target = re.search(r'Target="/?([^"]+)"', relation[0])
    assert target is not None
    return target[1] if target[1].startswith("xl/") else f"xl/{target[1]}"


def _on_our_sheet(parts: dict[str, bytes], sheet: str, *found: tuple[str, str, str]) -> None:
    """Hang things on one of our sheets: the first is named in it, all in its relationships."""
    part = sheet_part(parts, sheet)
    id_, element, _ = found[0]
    hung = f'<{element} xmlns:r="{_DOC}" r:id="{id_}"/>'
    text = parts[part].decode()
    end = "<tableParts" if "<tableParts" in text else "</worksheet>"
    parts[part] = text.replace(end, f"{hung}{end}").encode()
    name = part.replace("worksheets/", "worksheets/_rels/") + ".rels"
    kinds = {"legacyDrawing": "vmlDrawing"}
    old = parts.get(name, _relations().encode()).decode()
    entries = _relations(*((i, kinds.get(kind, kind), target) for i, kind, target in found))
    inner = entries[entries.index("<Relationship ") : entries.index("</Relationships>")]
    if "</Relationships>" in old:
        old = old.replace("</Relationships>", f"{inner}</Relationships>")
    else:
        old = entries
    parts[name] = old.encode()


def type_into(path: Path, sheet: str, **cells: str) -> None:
    """Enter texts into cells of a sheet, as Excel would store them."""
    parts = _parts(path)
    name = sheet_part(parts, sheet)
    tree = etree.fromstring(parts[name])
    for address, text in cells.items():
        match = re.fullmatch(r"([A-Z]+)(\d+)", address)
        assert match is not None
        row = _ordered(tree.find(f"{_S}sheetData"), f"{_S}row", match[2], int)
        cell = _ordered(row, f"{_S}c", address, _column)
        for child in list(cell):
            cell.remove(child)
        cell.set("t", "inlineStr")
        inner = etree.SubElement(etree.SubElement(cell, f"{_S}is"), f"{_S}t")
        inner.text = text
    _write(path, {**parts, name: etree.tostring(tree)})


def _column(address: str) -> int:
    return column_number(address.rstrip("0123456789"))


def _ordered(
    parent: etree._Element, tag: str, address: str, rank: Callable[[str], int]
) -> etree._Element:
    """The row or cell with that address, made at its place where it is missing."""
    for at, child in enumerate(parent):
        if child.get("r") == address:
            return child
        if rank(child.get("r")) > rank(address):
            new = etree.Element(tag, r=address)
            parent.insert(at, new)
            return new
    return etree.SubElement(parent, tag, r=address)


def sort_backwards(path: Path, sheet: str, filtered: bool = False) -> None:
    """Bring the rows of a table into the opposite order, as a sort does; or filter some out."""
    parts = _parts(path)
    name = sheet_part(parts, sheet)
    tree = etree.fromstring(parts[name])
    data = tree.find(f"{_S}sheetData")
    rows = list(data)[1:]
    numbers = [row.get("r") for row in rows]
    for row, number in zip(reversed(rows), numbers, strict=True):
        row.set("r", number)
        for cell in row:
            cell.set("r", cell.get("r").rstrip("0123456789") + number)
        if filtered and int(number) % 2:
            row.set("hidden", "1")
    data[1:] = list(reversed(rows))
    rels = parts[name.replace("worksheets/", "worksheets/_rels/") + ".rels"].decode()
    found = re.search(r"xl/tables/table\d+\.xml", rels)
    assert found is not None
    table = etree.fromstring(parts[found[0]])
    ref = table.get("ref")
    filters = table.find(f"{_S}autoFilter")
    if filters is None:
        filters = etree.Element(f"{_S}autoFilter", ref=ref)
        table.insert(0, filters)
    if filtered:
        column = etree.SubElement(filters, f"{_S}filterColumn", colId="0")
        etree.SubElement(etree.SubElement(column, f"{_S}filters"), f"{_S}filter", val="UNDP")
    state = etree.Element(f"{_S}sortState", ref=ref)
    etree.SubElement(state, f"{_S}sortCondition", ref=ref, descending="1")
    table.insert(1, state)
    _write(path, {**parts, name: etree.tostring(tree), found[0]: etree.tostring(table)})


def _parts(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _write(path: Path, parts: Mapping[str, bytes]) -> None:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
