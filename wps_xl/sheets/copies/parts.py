"""The parts of a correction copy: which are made anew, and which stay byte by byte."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from wps_xl.model import split_address
from wps_xl.office.excel.package import sheet_part
from wps_xl.office.excel.package.parts import (
    DOCUMENT,
    MAIN,
    RID,
    TYPES,
    Package,
    Relation,
    declare,
    free_ids,
    free_name,
    parsed,
    relations_name,
    relations_xml,
    serialized,
)
from wps_xl.office.excel.package.workbook_part import compute_on_opening
from wps_xl.sheets.copies import cells, front, notes, old_forms
from wps_xl.sheets.copies.excerpt import Excerpt, excerpt, plain
from wps_xl.sheets.copies.front import FrontLine
from wps_xl.sheets.copies.marks import Formats, take_off

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET_TYPE = f"{_SPREADSHEET}.worksheet+xml"
_TEXTS_TYPE = f"{_SPREADSHEET}.comments+xml"
_ENDINGS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
}
Notes = Mapping[str, tuple[str, str]]


class CopyError(Exception):
    """A file of which no copy can be made; the text says why and what to do."""


@dataclass
class _Copy:
    """A file on its way to its copy: parts made anew, parts that are gone, parts to declare."""

    package: Package
    index: etree._Element
    contents: dict[str, bytes] = field(default_factory=dict)
    relations: dict[str, list[Relation]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    types: dict[str, str] = field(default_factory=dict)

    def read(self, part: str) -> bytes:
        return self.contents.get(part) or self.package.read(part)

    def links(self, part: str) -> list[Relation]:
        return self.relations.setdefault(part, list(self.package.relations(part)))

    def related(self, part: str, kind: str) -> str:
        return next((link.target for link in self.links(part) if link.kind == kind), "")

    def relate(self, part: str, kind: str, target: str) -> str:
        (id_,) = free_ids(self.links(part), 1)
        self.links(part).append(Relation(id_, f"{DOCUMENT}/{kind}", target))
        return id_

    def new_part(self, name: str, content: bytes, type_: str = "") -> str:
        taken = {known.casefold() for known in (*self.package.names, *self.contents)}
        free = free_name(name, taken - {gone.casefold() for gone in self.gone})
        self.contents[free] = content
        if type_:
            self.types[free] = type_
        return free

    def sheets(self) -> dict[str, str]:
        """Part of each sheet by its name in small letters."""
        targets = {link.id: link.target for link in self.links(self.package.workbook)}
        entries = self.index.iterfind(f"{MAIN}sheets/{MAIN}sheet")
        return {e.get("name").strip().casefold(): targets.get(e.get(RID), "") for e in entries}


def marked_copy(
    source: ZipFile, book: str, marks: Mapping[str, Notes], lines: Sequence[FrontLine]
) -> bytes:
    """The file with its cells coloured and noted, and a sheet of issues in front.

    Raises
    ------
    CopyError
        For a signed file and one in Strict Open XML.
    """
    package = Package(source)
    index = package.tree(package.workbook)
    _refuse(package, index)
    copy = _Copy(package, index)
    styles = copy.related(package.workbook, "styles")
    formats = Formats(parsed(copy.read(styles)))
    _clean(copy, formats)
    sheets = copy.sheets()
    changed = {
        part: _mark(copy, known, part, cells_of, formats)
        for name, cells_of in marks.items()
        if (part := sheets.get(known := name.strip().casefold(), ""))
    }
    changed |= _mended(copy, changed)
    opens = _opens_in_front(copy, changed)
    _add_front(copy, lines, book, formats, opens)
    copy.contents[styles] = serialized(formats.tree)
    copy.contents[package.workbook] = serialized(index)
    return _packed(copy, changed)


def _refuse(package: Package, index: etree._Element) -> None:
    if any(name.casefold().startswith("_xmlsignatures/") for name in package.names):
        raise CopyError(
            "it is digitally signed, and a mark would break the signature. "
            "Send the lines of sheet Issues instead."
        )
    if etree.QName(index).namespace != MAIN[1:-1]:
        raise CopyError(
            "it is saved as Strict Open XML. Save it in Excel as Excel Workbook (*.xlsx), and "
            "check that file; or send the lines of sheet Issues instead."
        )


def _clean(copy: _Copy, formats: Formats) -> None:
    """Take the marks of an earlier copy off: its sheet, its notes, its colours."""
    about = copy.package.related("", "extended-properties")
    known = bool(about) and about[0] in copy.package
    application = copy.package.read(about[0]) if known else b""
    take_off(formats.tree, application)
    workbook = copy.package.workbook
    relation = front.take_out(copy.index)
    for link in list(copy.links(workbook)):
        if relation and link.id == relation:
            copy.links(workbook).remove(link)
            copy.gone |= {link.target, relations_name(link.target)}
    for part in copy.sheets().values():
        texts, shapes = copy.related(part, "comments"), copy.related(part, "vmlDrawing")
        if texts not in copy.package:
            continue
        cleaned, gone = notes.without_ours(copy.read(texts))
        if gone:
            copy.contents[texts] = cleaned
            if shapes in copy.package:
                copy.contents[shapes] = notes.without_shapes(copy.read(shapes), gone)


def _excerpt(copy: _Copy, sheet: str, part: str, marks: Notes) -> Excerpt:
    """The rows of a sheet that a mark or a mended formula changes."""
    content = copy.read(part)
    written = plain(content)
    if written is not content:
        copy.contents[part] = written
    also = old_forms.MARK if sheet == old_forms.CHECK else b""
    return excerpt(written, {split_address(at)[1] for at in marks}, also)


def _mark(copy: _Copy, sheet: str, part: str, marks: Notes, formats: Formats) -> Excerpt:
    """The sheet with its marks; its notes become parts of their own."""
    shown = _excerpt(copy, sheet, part, marks)
    tree = shown.tree
    cells.colour(tree, {at: severity for at, (severity, _) in marks.items()}, formats)
    known_texts, known_shapes = copy.related(part, "comments"), copy.related(part, "vmlDrawing")
    before = copy.read(known_texts) if known_texts else None
    own = {at: text for at, (_, text) in marks.items()}
    texts, fresh = notes.texts_part(before, notes.beside_threads(own, _threads(copy, part)))
    if known_texts:
        copy.contents[known_texts] = texts
    else:
        copy.relate(part, "comments", copy.new_part("xl/comments1.xml", texts, _TEXTS_TYPE))
    sizes = cells.widths(tree), shown.heights
    if known_shapes and tree.find(f"{MAIN}legacyDrawing") is not None:
        copy.contents[known_shapes] = notes.shapes_part(copy.read(known_shapes), fresh, *sizes)
    elif fresh:
        boxes = notes.shapes_part(None, fresh, *sizes)
        shapes = copy.new_part("xl/drawings/vmlDrawing1.vml", boxes)
        drawing = etree.Element(f"{MAIN}legacyDrawing")
        drawing.set(RID, copy.relate(part, "vmlDrawing", shapes))
        sheet_part.add(tree, drawing)
    return shown


def _threads(copy: _Copy, part: str) -> set[str]:
    """The cells of a sheet on which threads of comments stand."""
    found: set[str] = set()
    for link in copy.links(part):
        if link.kind == "threadedComment" and link.target in copy.package:
            found |= notes.cells_of_threads(copy.read(link.target))
    return found


def _mended(copy: _Copy, marked: Mapping[str, Excerpt]) -> dict[str, Excerpt]:
    """The sheets of an old form whose formulas are put right; Excel then computes on opening."""
    found = {}
    for name, part in copy.sheets().items():
        if part in copy.package and old_forms.MARK in copy.package.read(part):
            sheet = marked[part] if part in marked else _excerpt(copy, name, part, {})
            if old_forms.mend(sheet.tree, name):
                found[part] = sheet
    if found:
        compute_on_opening(copy.index)
    return found


def _opens_in_front(copy: _Copy, changed: Mapping[str, Excerpt]) -> bool:
    """Whether the copy can open with our sheet: two selected sheets would be edited as one.

    The sheet that is selected may be unselected only where its part is made anew anyway.
    """
    selected = [
        part
        for part in copy.sheets().values()
        if part in copy.package and b"tabSelected" in copy.package.read(part)
    ]
    if any(part not in changed for part in selected):
        return False
    for part in selected:
        for view in changed[part].tree.iter(f"{MAIN}sheetView"):
            view.attrib.pop("tabSelected", None)
    return True


def _add_front(
    copy: _Copy, lines: Sequence[FrontLine], book: str, formats: Formats, opens: bool
) -> None:
    xml = front.sheet_xml(lines, book, formats, opens)
    part = copy.new_part("xl/worksheets/sheet1.xml", xml, _SHEET_TYPE)
    relation = copy.relate(copy.package.workbook, "worksheet", part)
    front.put_in_front(copy.index, relation, opens)


def _packed(copy: _Copy, changed: Mapping[str, Excerpt]) -> bytes:
    """The bytes of the copy; parts that are not made anew come over as they are."""
    package, contents = copy.package, copy.contents
    for part, links in copy.relations.items():
        if links != list(package.relations(part)):
            contents[relations_name(part)] = relations_xml(links)
    types = package.tree(TYPES)
    declare(types, copy.gone, copy.types, _ENDINGS)
    contents[TYPES] = serialized(types)
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name in [*package.names, *(name for name in contents if name not in package)]:
            if name in contents or name not in copy.gone:
                entry = ZipInfo(name, _EARLIEST)
                entry.compress_type = ZIP_DEFLATED
                content = contents[name] if name in contents else package.read(name)
                if name in changed:
                    content = changed[name].in_place(content)
                archive.writestr(entry, content)
    return out.getvalue()
