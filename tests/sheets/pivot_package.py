"""The parts of an .xlsx package that belong to PivotTables, as a linter wants to see them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias
from zipfile import ZipFile

from lxml import etree
from openpyxl.utils.cell import range_boundaries

Element: TypeAlias = etree._Element
Box = tuple[int, int, int, int]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
VALUES = -2


def tag(name: str) -> str:
    """The full name of an element of spreadsheets."""
    return f"{_MAIN}{name}"


def number(element: Element | None, name: str, default: int = 0) -> int:
    """A whole number in an attribute."""
    return default if element is None else int(element.get(name, default))


def flag(element: Element, name: str, default: bool = False) -> bool:
    """A truth value in an attribute."""
    value = element.get(name)
    return default if value is None else value in ("1", "true")


def children(parent: Element, name: str) -> list[Element]:
    """The children of the child ``name``; none if there is no such child."""
    box = parent.find(tag(name))
    return [] if box is None else list(box)


def box_of(ref: str) -> Box:
    """First column, first row, last column, last row."""
    left, top, right, bottom = range_boundaries(ref)
    return (left or 1, top or 1, right or 1, bottom or 1)


class Package:
    """An .xlsx file: its parts and how they point at each other."""

    def __init__(self, path: Path) -> None:
        with ZipFile(path) as archive:
            self.names = archive.namelist()
            self._parts = {name: archive.read(name) for name in set(self.names)}

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def tree(self, part: str) -> Element:
        """The part's root element."""
        return etree.fromstring(self._parts[part])

    def relations(self, part: str) -> Mapping[str, tuple[str, str]]:
        """Id → kind and target of each relationship inside the package."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self:
            return {}
        return {
            rel.get("Id", ""): (
                rel.get("Type", "").rsplit("/", 1)[-1],
                posixpath.normpath(posixpath.join("/", folder, rel.get("Target", "")))[1:],
            )
            for rel in self.tree(rels)
            if rel.get("TargetMode") != "External"
        }

    def related(self, part: str, kind: str) -> list[str]:
        """The parts of one kind that the part points at."""
        return [target for found, target in self.relations(part).values() if found == kind]

    @cached_property
    def book(self) -> Element:
        """The workbook's root element."""
        return self.tree("xl/workbook.xml")

    @cached_property
    def sheets(self) -> Mapping[str, str]:
        """Part → title of each worksheet."""
        relations = self.relations("xl/workbook.xml")
        return {
            relations[sheet.get(_REL_ID, "")][1]: sheet.get("name", "")
            for sheet in children(self.book, "sheets")
            if relations.get(sheet.get(_REL_ID, ""), ("", ""))[0] == "worksheet"
        }

    @cached_property
    def tables(self) -> Mapping[str, Element]:
        """Name in small letters → root element of each table."""
        parts = [name for name in self._parts if re.fullmatch(r"xl/tables/[^/]+\.xml", name)]
        trees = [self.tree(part) for part in parts]
        return {tree.get("displayName", "").casefold(): tree for tree in trees}

    @cached_property
    def cache_entries(self) -> list[tuple[int, str]]:
        """Number and part of each cache that the workbook lists; part is empty if missing."""
        relations = self.relations("xl/workbook.xml")
        return [
            (number(entry, "cacheId"), relations.get(entry.get(_REL_ID, ""), ("", ""))[1])
            for entry in children(self.book, "pivotCaches")
        ]

    @cached_property
    def caches(self) -> Mapping[str, CachePart]:
        """Part → each cache that is there."""
        parts = {part for _, part in self.cache_entries if part in self}
        return {part: CachePart(self, part) for part in sorted(parts)}

    @cached_property
    def pivots(self) -> list[PivotPart]:
        """Every PivotTable."""
        return [
            PivotPart(self, part, sheet)
            for sheet in self.sheets
            for part in self.related(sheet, "pivotTable")
            if part in self
        ]


@dataclass(frozen=True)
class CachePart:
    """One pivot cache."""

    package: Package
    part: str

    @cached_property
    def tree(self) -> Element:
        """The root element."""
        return self.package.tree(self.part)

    @cached_property
    def fields(self) -> list[Element]:
        """The cache fields, calculated and grouping ones included."""
        return children(self.tree, "cacheFields")

    @cached_property
    def names(self) -> list[str]:
        """The names of the fields."""
        return [field.get("name", "") for field in self.fields]

    @cached_property
    def stored(self) -> list[int]:
        """The places of the fields that have a cell in each record."""
        return [i for i, field in enumerate(self.fields) if flag(field, "databaseField", True)]

    def shared(self, place: int) -> list[Element]:
        """The shared items of a field."""
        return children(self.fields[place], "sharedItems")

    def item_count(self, place: int) -> int:
        """How many items a pivot field over this field has: groups if there are any."""
        group = self.fields[place].find(f"{tag('fieldGroup')}/{tag('groupItems')}")
        return len(self.shared(place)) if group is None else len(group)

    @cached_property
    def records_part(self) -> str:
        """The part with the records, or nothing."""
        found = self.package.related(self.part, "pivotCacheRecords")
        return found[0] if found and found[0] in self.package else ""

    @cached_property
    def records(self) -> list[list[Element]]:
        """The cells of each record."""
        if not self.records_part:
            return []
        return [list(row) for row in self.package.tree(self.records_part).iter(tag("r"))]

    def column(self, place: int) -> list[Element]:
        """The cells of a stored field in all records that are long enough."""
        at = self.stored.index(place)
        return [row[at] for row in self.records if at < len(row)]

    def used(self, place: int) -> list[int]:
        """The places among the shared items that the records point at."""
        return [number(cell, "v") for cell in self.column(place) if cell.tag == tag("x")]


@dataclass(frozen=True)
class PivotPart:
    """One PivotTable and the sheet it stands on."""

    package: Package
    part: str
    sheet: str

    @cached_property
    def tree(self) -> Element:
        """The root element."""
        return self.package.tree(self.part)

    @cached_property
    def cache(self) -> CachePart | None:
        """The cache it points at."""
        found = self.package.related(self.part, "pivotCacheDefinition")
        return self.package.caches.get(found[0]) if found else None

    @cached_property
    def fields(self) -> list[Element]:
        """The pivot fields."""
        return children(self.tree, "pivotFields")

    def places(self, name: str) -> list[int]:
        """The fields that a list such as ``rowFields`` names."""
        key = "x" if name in ("rowFields", "colFields") else "fld"
        return [number(entry, key) for entry in children(self.tree, name)]

    def items(self, place: int) -> list[Element]:
        """The items of a field without its totals."""
        found = children(self.fields[place], "items")
        return [item for item in found if item.get("t", "data") == "data"]

    @property
    def location(self) -> Element | None:
        """Where it stands."""
        return self.tree.find(tag("location"))

    @property
    def box(self) -> Box:
        """The cells of the PivotTable proper."""
        place = self.location
        return box_of("A1" if place is None else place.get("ref", "A1"))

    @property
    def whole_box(self) -> Box:
        """The cells with those of the page filters and the blank row below them."""
        left, top, right, bottom = self.box
        pages = number(self.location, "rowPageCount")
        return (left, top - pages - 1 if pages else top, right, bottom)

    def lines(self, name: str) -> Iterator[tuple[Element, list[int]]]:
        """Each line of ``rowItems`` or ``colItems`` with the items it shows or repeats."""
        before: list[int] = []
        for line in children(self.tree, name):
            before = [*before[: number(line, "r")], *(number(x, "v") for x in line)]
            yield line, before
