"""One of our sheets on its way into the staff's file: formats, view, and what staff hung on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import IO

from lxml import etree

from wps_xl.model import column_letter
from wps_xl.office.excel.package.blocks import NOTHING, Beside, TableBlock, last_cell, rows_xml
from wps_xl.office.excel.package.parts import (
    DOCUMENT,
    MAIN,
    Package,
    Relation,
    ids_in,
    parsed,
    serialized,
)
from wps_xl.office.excel.package.stylesheet import Styles

_ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr"),
    *("sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState"),
    *("dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr"),
    *("conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches"),
    *("ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF"),
    *("picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"),
)
# What hangs on a sheet and is named by a relationship; drawings are merged one by one.
_HUNG = ("legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls")
_UNNAMED = {"comments", "threadedComment"}
_WIDTH = ("width", "customWidth", "hidden", "bestFit", "outlineLevel", "collapsed")
_ROWS = 500


def frame_of(package: Package, sheet: str) -> etree._Element:
    """The sheet's part without its rows."""
    head, tail = package.outside_rows(sheet)
    start = re.search(rb"<(?:\w+:)?worksheet\b", head)
    prefix = head[start.start() + 1 : start.end() - len(b"worksheet")] if start else b""
    closed = tail if tail.strip() else b"</%sworksheet>" % prefix
    return parsed(head + closed)


def dress(tree: etree._Element, styles: Styles) -> None:
    """Point the sheet's formats at those of the file."""
    for element, attribute in _formatted(tree):
        place = int(element.get(attribute))
        element.set(attribute, str(styles.cells.get(place, place)))
    point_conditions(tree, styles)


def point_conditions(tree: etree._Element, styles: Styles) -> None:
    """Point at the file's formats of conditions, in a sheet, table or pivot."""
    for element in tree.iter(etree.Element):
        for name, value in element.attrib.items():
            if name.casefold().endswith("dxfid") and int(value) in styles.conditions:
                element.set(name, str(styles.conditions[int(value)]))


def _formatted(tree: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for name, attribute in (("c", "s"), ("row", "s"), ("col", "style")):
        for element in tree.iter(f"{MAIN}{name}"):
            if element.get(attribute) is not None:
                yield element, attribute


def keep_view(tree: etree._Element, old: etree._Element, whole: bool) -> None:
    """Keep how staff look at the sheet: its tab; with ``whole`` also panes, zoom and widths."""
    _keep_tab_colour(tree, old)
    views, before = tree.find(f"{MAIN}sheetViews"), old.find(f"{MAIN}sheetViews")
    if before is not None and views is not None:
        if whole:
            tree.replace(views, deepcopy(before))
        else:
            for name in ("tabSelected", "zoomScale", "zoomScaleNormal"):
                _copy_attribute(before[0], views[0], name)
    if whole:
        _keep_widths(tree, old)


def _copy_attribute(source: etree._Element, target: etree._Element, name: str) -> None:
    if source.get(name) is not None:
        target.set(name, source.get(name))
    else:
        target.attrib.pop(name, None)


def _keep_tab_colour(tree: etree._Element, old: etree._Element) -> None:
    colour = old.find(f"{MAIN}sheetPr/{MAIN}tabColor")
    properties = tree.find(f"{MAIN}sheetPr")
    if colour is None or properties is None:
        return
    for known in properties.findall(f"{MAIN}tabColor"):
        properties.remove(known)
    properties.insert(0, deepcopy(colour))


def _keep_widths(tree: etree._Element, old: etree._Element) -> None:
    """Widths and hidden columns of staff; the formats of our columns are ours."""
    kept = {
        at: entry
        for entry in old.iterfind(f"{MAIN}cols/{MAIN}col")
        for at in range(int(entry.get("min")), min(int(entry.get("max")), 999) + 1)
    }
    for entry in tree.iterfind(f"{MAIN}cols/{MAIN}col"):
        before = kept.get(int(entry.get("min")))
        if before is not None and entry.get("min") == entry.get("max"):
            for name in _WIDTH:
                _copy_attribute(before, entry, name)


def add(tree: etree._Element, element: etree._Element, name: str = "") -> None:
    """Put an element where the schema wants it."""
    local = name or etree.QName(element).localname
    later = {f"{MAIN}{other}" for other in _ORDER[_ORDER.index(local) + 1 :]}
    at = next((at for at, child in enumerate(tree) if child.tag in later), len(tree))
    tree.insert(at, element)


def add_drawing(tree: etree._Element, relation: str) -> None:
    """Name the sheet's drawing, in place of any other."""
    for known in tree.findall(f"{MAIN}drawing"):
        tree.remove(known)
    element = etree.Element(f"{MAIN}drawing")
    element.set(f"{{{DOCUMENT}}}id", relation)
    add(tree, element)


@dataclass(frozen=True)
class Hung:
    """What staff hung on a sheet: its elements, slicers, and the relationships they name."""

    elements: Sequence[etree._Element] = ()
    slicers: Sequence[etree._Element] = ()
    relations: Sequence[Relation] = ()


def hung_on(old: etree._Element, relations: Sequence[Relation]) -> Hung:
    """Comments, controls, pictures behind the cells, slicers of the sheet; not its drawing."""
    elements = [child for child in old if isinstance(child.tag, str) and _place(child) in _HUNG]
    slicers = [ext for ext in old.iterfind(f"{MAIN}extLst/{MAIN}ext") if _slices(ext)]
    named = set(ids_in([*elements, *slicers]))
    kept = [r for r in relations if r.id in named or (elements and r.kind in _UNNAMED)]
    return Hung(elements, slicers, kept)


def hang(tree: etree._Element, hung: Hung) -> None:
    """Hang it on the fresh sheet, whose relationships have other ids."""
    for element in hung.elements:
        add(tree, deepcopy(element), _place(element))
    if hung.slicers:
        lists = tree.find(f"{MAIN}extLst")
        if lists is None:
            lists = etree.Element(f"{MAIN}extLst")
            add(tree, lists)
        lists.extend([deepcopy(extension) for extension in hung.slicers])


def _place(element: etree._Element) -> str:
    """Which element of the sheet it is; controls are often wrapped in alternatives."""
    name: str = etree.QName(element).localname
    if name == "AlternateContent":
        inner = [etree.QName(e).localname for e in element.iter(etree.Element)]
        return next((known for known in _HUNG if known in inner), name)
    return name


def _slices(extension: etree._Element) -> bool:
    return any(etree.QName(e).localname == "slicerList" for e in extension.iter(etree.Element))


def with_blocks(
    tree: etree._Element,
    blocks: Sequence[TableBlock],
    styles: Mapping[int, int],
    beside: Beside = NOTHING,
) -> bytes | Callable[[IO[bytes]], None]:
    """The sheet's part with the rows of its blocks below those that it has."""
    if not blocks:
        return serialized(tree)
    _state_size(tree, blocks, beside)
    rows = tree.find(f"{MAIN}sheetData")
    rows.text = None if len(rows) else " "
    head, tail = serialized(tree).split(b"</sheetData>")

    def write(file: IO[bytes]) -> None:
        file.write(head)
        waiting: list[str] = []
        for row in rows_xml(blocks, styles, beside):
            waiting.append(row)
            if len(waiting) == _ROWS:
                file.write("".join(waiting).encode())
                waiting.clear()
        file.write("".join(waiting).encode())
        file.write(b"</sheetData>" + tail)

    return write


def _state_size(tree: etree._Element, blocks: Sequence[TableBlock], beside: Beside) -> None:
    last, right = last_cell(blocks)
    last = max([last, *(row for row, _, _ in beside.pieces)])
    right = max([right, *(column for _, column, _ in beside.pieces)])
    size = tree.find(f"{MAIN}dimension")
    if size is not None and last:
        size.set("ref", f"A1:{column_letter(right)}{last}")
