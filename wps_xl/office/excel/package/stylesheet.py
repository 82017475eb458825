"""Formats of a fresh workbook appended to those of the file: none of the file's is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from wps_xl.office.excel.package.looks import Looks
from wps_xl.office.excel.package.parts import MAIN, parsed, serialized

_ORDER = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles"),
    *("dxfs", "tableStyles", "colors", "extLst"),
)
_FIRST_OWN_FORMAT = 164
_PARTS_OF_A_FORMAT = (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"))

Map = Mapping[int, int]
StyleKey = tuple[object, ...]


@dataclass(frozen=True)
class Styles:
    """The merged part, and where in it the fresh formats of cells, conditions, numbers stand."""

    xml: bytes
    cells: Map
    conditions: Map
    numbers: Map

    @cached_property
    def looks(self) -> Looks:
        """How cells look by their format."""
        return Looks(self.xml)


def merge_styles(file: bytes, fresh: bytes) -> Styles:
    """The file's formats with those of ``fresh`` that it lacks appended to them."""
    old, new = parsed(file), parsed(fresh)
    formats = _number_formats(old, new)
    places = {
        attribute: _appended(old, new, section, lambda entry: None)
        for attribute, section in _PARTS_OF_A_FORMAT
    }

    def translate(entry: etree._Element) -> None:
        number = int(entry.get("numFmtId", "0"))
        entry.set("numFmtId", str(formats.get(number, number)))
        for attribute, known in places.items():
            entry.set(attribute, str(known[int(entry.get(attribute, "0"))]))

    named = _named_styles(old, new, translate)

    def translate_cell(entry: etree._Element) -> None:
        translate(entry)
        entry.set("xfId", str(named.get(int(entry.get("xfId", "0")), 0)))

    cells = _appended(old, new, "cellXfs", translate_cell)
    conditions = _appended(old, new, "dxfs", lambda entry: None)
    return Styles(serialized(old), cells, conditions, formats)


def _section(root: etree._Element, name: str) -> etree._Element:
    """The section of that name, made where it is missing, in the schema's order."""
    found = root.find(f"{MAIN}{name}")
    if found is None:
        found = etree.Element(f"{MAIN}{name}")
        later = {f"{MAIN}{other}" for other in _ORDER[_ORDER.index(name) :]}
        at = next((at for at, child in enumerate(root) if child.tag in later), len(root))
        root.insert(at, found)
    return found


def _appended(
    old: etree._Element,
    new: etree._Element,
    section: str,
    translate: Callable[[etree._Element], None],
) -> dict[int, int]:
    """Fresh place → place in the file, for each entry of a section; what is missing is appended."""
    entries = new.find(f"{MAIN}{section}")
    if entries is None or not len(entries):
        return {}
    target = _section(old, section)
    known: dict[StyleKey, int] = {}
    for at, entry in enumerate(target):
        known.setdefault(_key(entry), at)
    places = {}
    for at, entry in enumerate(entries):
        copy = deepcopy(entry)
        translate(copy)
        key = _key(copy)
        if key not in known:
            known[key] = len(target)
            target.append(copy)
        places[at] = known[key]
    target.set("count", str(len(target)))
    return places


def _number_formats(old: etree._Element, new: etree._Element) -> dict[int, int]:
    """Fresh id → id in the file of each number format that is not built in."""
    entries = list(new.iter(f"{MAIN}numFmts"))
    wanted = [entry for section in entries for entry in section]
    if not wanted:
        return {}
    target = _section(old, "numFmts")
    known = {entry.get("formatCode"): int(entry.get("numFmtId")) for entry in target}
    places = {}
    for entry in wanted:
        code = entry.get("formatCode")
        if code not in known:
            known[code] = max([_FIRST_OWN_FORMAT - 1, *known.values()]) + 1
            etree.SubElement(target, entry.tag, numFmtId=str(known[code]), formatCode=code)
        places[int(entry.get("numFmtId"))] = known[code]
    target.set("count", str(len(target)))
    return places


def _named_styles(
    old: etree._Element, new: etree._Element, translate: Callable[[etree._Element], None]
) -> dict[int, int]:
    """Fresh place → place in the file of each named style; a name that the file has is its own."""
    names, bases = _section(old, "cellStyles"), _section(old, "cellStyleXfs")
    known = {entry.get("name").casefold(): int(entry.get("xfId")) for entry in names}
    fresh = new.find(f"{MAIN}cellStyleXfs")
    places: dict[int, int] = {}
    for entry in new.iter(f"{MAIN}cellStyle"):
        name, at = entry.get("name").casefold(), int(entry.get("xfId"))
        if name not in known:
            base = deepcopy(fresh[at])
            translate(base)
            known[name] = len(bases)
            bases.append(base)
            copy = deepcopy(entry)
            copy.set("xfId", str(known[name]))
            names.append(copy)
        places[at] = known[name]
    for section in (names, bases):
        section.set("count", str(len(section)))
    return places


def _key(entry: etree._Element) -> StyleKey:
    """What makes two entries the same; the children of a font may come in any order."""
    children = [_key(child) for child in entry if isinstance(child.tag, str)]
    if entry.tag == f"{MAIN}font":
        children.sort(key=repr)
    return (entry.tag, *sorted(entry.attrib.items()), *children)
