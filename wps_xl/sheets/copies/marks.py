"""The colours of correction copies: formats appended to those of the file, and taken off again."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from wps_xl.office.excel.package.parts import MAIN

# Shades that no form and no theme of Office uses, so that a mark is known again by its colour.
FILLS: Mapping[str, str] = {"error": "FFF4B6AC", "warning": "FFFFEFA8"}
_PLAIN = ("title", "help", "head", "text", "link")
_PAPER, _DEEP, _GREY, _BLUE = "FFFFFFFF", "FF2B4A66", "FF6B7280", "FF1F4E9E"
_LIBRE = b"LibreOffice"


@dataclass
class Formats:
    """The formats of one file, with those of marks and of the sheet in front appended as needed."""

    tree: etree._Element
    _marked: dict[tuple[int, str], int] = field(default_factory=dict)
    _front: dict[str, int] = field(default_factory=dict)

    def marked(self, style: int, severity: str) -> int:
        """The format ``style`` in the colour of a mark."""
        if (style, severity) not in self._marked:
            cells = _section(self.tree, "cellXfs")
            base = cells[style] if style < len(cells) else cells[0]
            look = deepcopy(base)
            look.set("fillId", str(self._fill(FILLS[severity], int(base.get("fillId", "0")))))
            look.set("applyFill", "1")
            self._marked[style, severity] = _append(cells, look)
        return self._marked[style, severity]

    def of_front(self, name: str) -> int:
        """A format of the sheet in front: title, help, head, text, link, or a severity."""
        if name not in self._front:
            look = etree.Element(f"{MAIN}xf", numFmtId="0", borderId="0", xfId="0")
            look.set("fontId", str(self._font(name)))
            fill = FILLS.get(name, _DEEP if name == "head" else "")
            look.set("fillId", str(self._fill(fill, 0)) if fill else "0")
            for part in ("applyFont", "applyFill", "applyAlignment"):
                look.set(part, "1")
            wraps = "0" if name in ("title", "help") else "1"
            etree.SubElement(look, f"{MAIN}alignment", vertical="top", wrapText=wraps)
            self._front[name] = _append(_section(self.tree, "cellXfs"), look)
        return self._front[name]

    def _fill(self, colour: str, before: int) -> int:
        """A fill of one colour; the colour that it covers is kept in the one nobody sees."""
        fills = _section(self.tree, "fills")
        fill = etree.Element(f"{MAIN}fill")
        pattern = etree.SubElement(fill, f"{MAIN}patternFill", patternType="solid")
        etree.SubElement(pattern, f"{MAIN}fgColor", rgb=colour)
        covered = _solid(fills[before]) if before < len(fills) else None
        if covered is not None:
            kept = etree.SubElement(pattern, f"{MAIN}bgColor")
            kept.attrib.update(covered.attrib)
        return _append(fills, fill)

    def _font(self, name: str) -> int:
        font = etree.Element(f"{MAIN}font")
        if name in ("title", "head", "error"):
            etree.SubElement(font, f"{MAIN}b")
        if name == "warning":
            etree.SubElement(font, f"{MAIN}i")
        if name == "link":
            etree.SubElement(font, f"{MAIN}u")
        size = {"title": "15", "help": "10"}.get(name, "9")
        etree.SubElement(font, f"{MAIN}sz", val=size)
        colours = {"title": _DEEP, "help": _GREY, "head": _PAPER, "link": _BLUE}
        etree.SubElement(font, f"{MAIN}color", rgb=colours.get(name, "FF1F2A36"))
        etree.SubElement(font, f"{MAIN}name", val="Arial")
        etree.SubElement(font, f"{MAIN}family", val="2")
        return _append(_section(self.tree, "fonts"), font)


def take_off(tree: etree._Element, application: bytes) -> bool:
    """Give every format with a mark's colour the colour that it had before; whether there was one.

    ``application`` is what the file says of the program that saved it: LibreOffice does not keep
    the covered colour, so there the cells become plain.
    """
    fills, cells = tree.find(f"{MAIN}fills"), tree.find(f"{MAIN}cellXfs")
    if fills is None or cells is None:
        return False
    ours = {
        at: fill
        for at, fill in enumerate(fills)
        if (colour := _solid(fill)) is not None and colour.get("rgb", "") in FILLS.values()
    }
    for look in cells:
        fill = ours.get(int(look.get("fillId", "0")))
        if fill is not None:
            look.set("fillId", str(_before(fills, fill, _LIBRE not in application)))
    return bool(ours)


def _before(fills: etree._Element, fill: etree._Element, trusted: bool) -> int:
    covered = fill.find(f"{MAIN}patternFill/{MAIN}bgColor")
    if covered is None or not trusted or covered.get("indexed") is not None:
        return 0
    restored = etree.Element(f"{MAIN}fill")
    pattern = etree.SubElement(restored, f"{MAIN}patternFill", patternType="solid")
    etree.SubElement(pattern, f"{MAIN}fgColor").attrib.update(covered.attrib)
    return _append(fills, restored)


def _solid(fill: etree._Element) -> etree._Element | None:
    """The colour of a fill of one colour."""
    pattern = fill.find(f"{MAIN}patternFill")
    if pattern is None or pattern.get("patternType") != "solid":
        return None
    return pattern.find(f"{MAIN}fgColor")


def _section(tree: etree._Element, name: str) -> etree._Element:
    found = tree.find(f"{MAIN}{name}")
    if found is None:
        raise ValueError(f"The formats of the file have no {name}.")
    return found


def _append(section: etree._Element, entry: etree._Element) -> int:
    section.append(entry)
    section.set("count", str(len(section)))
    return len(section) - 1
