"""PivotTables and caches of a file: which are ours, which staff rely on, and their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from wps_xl.office.excel.package import workbook_part
from wps_xl.office.excel.package.fresh import Fresh
from wps_xl.office.excel.package.parts import (
    MAIN,
    Content,
    Package,
    free_numbers,
    parsed,
    serialized,
)
from wps_xl.office.excel.package.sheet_part import point_conditions
from wps_xl.office.excel.package.stylesheet import Styles
from wps_xl.office.excel.package.workbook_part import Sheet
from wps_xl.office.excel.pivots.cells import TOTAL
from wps_xl.office.excel.pivots.layout import Box, box_of

_X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_BUILT_IN = 164


@dataclass(frozen=True)
class Standing:
    """The pivots of a file: parts of ours that are renewed, and caches that go with them.

    ``pinned`` are names of pivots of ours that a slicer of staff is tied to: they are left as they
    are, and count their table again when the workbook is opened.
    """

    renewed: frozenset[str]
    caches: frozenset[str]
    pinned: frozenset[str]


def standing(
    file: Package, ours: Sequence[Sheet], others: Sequence[Sheet], names: set[str]
) -> Standing:
    """Tell our pivots from those of staff; ``names`` are those that are written anew."""
    pinned = frozenset(_sliced(file))
    renewed, users = set(), dict[str, set[str]]()
    for sheet in (*ours, *others):
        for pivot in file.related(sheet.part, "pivotTable"):
            name, total = _marks(file, pivot)
            mine = sheet in ours and (name in names or total == TOTAL) and name not in pinned
            renewed |= {pivot} if mine else set()
            for cache in file.related(pivot, "pivotCacheDefinition"):
                users.setdefault(cache, set()).add(pivot)
    caches = {cache for cache, pivots in users.items() if pivots <= renewed}
    return Standing(frozenset(renewed), frozenset(caches), pinned)


def name_of(package: Package, pivot: str) -> str:
    """The name of a pivot."""
    return _marks(package, pivot)[0]


def _marks(package: Package, pivot: str) -> tuple[str, str]:
    root = package.tree(pivot)
    return root.get("name", ""), root.get("grandTotalCaption", "")


def _sliced(file: Package) -> Iterator[str]:
    """Names of the pivots that slicers and timelines are tied to."""
    for kind in ("slicerCache", "timelineCache"):
        for part in file.related(file.workbook, kind):
            for element in file.tree(part).iter(etree.Element):
                if etree.QName(element).localname == "pivotTable" and element.get("name"):
                    yield element.get("name")


def ranges(file: Package) -> dict[str, list[Box]]:
    """Where PivotTables stand, with their page filters: left, top, right, bottom by sheet."""
    found: dict[str, list[Box]] = {}
    for sheet in workbook_part.sheets(file, file.tree(file.workbook)):
        for pivot in file.related(sheet.part, "pivotTable"):
            location = file.tree(pivot).find(f"{MAIN}location")
            left, top, right, bottom = box_of(location.get("ref"))
            pages = int(location.get("rowPageCount", "0"))
            above = max(1, top - pages - 1) if pages else top
            found.setdefault(sheet.name, []).append((left, above, right, bottom))
    return found


def _slicer_numbers(file: Package, caches: Iterable[str]) -> set[str]:
    """The numbers by which slicers know these caches."""
    return {
        extension.get("pivotCacheId", "")
        for cache in caches
        for extension in file.tree(cache).iter(f"{_X14}pivotCacheDefinition")
    }


def _renumbered_pivot(xml: bytes, numbers: Mapping[int, int], styles: Styles) -> bytes:
    """A fresh pivot with the number of its cache in the file and the file's formats."""
    root = parsed(xml)
    root.set("cacheId", str(numbers[int(root.get("cacheId"))]))
    for field in root.iter(f"{MAIN}dataField", f"{MAIN}pivotField"):
        number = int(field.get("numFmtId", "0"))
        if number >= _BUILT_IN:
            field.set("numFmtId", str(styles.numbers.get(number, number)))
    point_conditions(root, styles)
    return serialized(root)


def _renumbered_cache(xml: bytes, number: int, taken: set[str]) -> bytes:
    """A fresh cache with a number of its own for slicers."""
    root = parsed(xml)
    for extension in root.iter(f"{_X14}pivotCacheDefinition"):
        known = 1000 + number
        while str(known) in taken:
            known += 1000
        extension.set("pivotCacheId", str(known))
    return serialized(root)


def cache_numbers(
    file: Package, fresh: Fresh, index: etree._Element, pivots: Standing
) -> dict[int, int]:
    """Number of a fresh cache → its number in the file."""
    before = workbook_part.caches(file, index)
    taken = {int(e.get("cacheId")) for part, e in before.items() if part not in pivots.caches}
    found = workbook_part.caches(fresh.package, fresh.index).values()
    return free_numbers([int(e.get("cacheId")) for e in found], taken)


def pivot_contents(
    file: Package,
    fresh: Fresh,
    index: etree._Element,
    names: Mapping[str, str],
    numbers: Mapping[int, int],
    styles: Styles,
    pivots: Standing,
) -> dict[str, Content]:
    """Our pivots and caches with their numbers in the file."""
    package, contents = fresh.package, dict[str, Content]()
    kept = [part for part in workbook_part.caches(file, index) if part not in pivots.caches]
    taken = _slicer_numbers(file, kept)
    for part, entry in workbook_part.caches(package, fresh.index).items():
        if part in names:
            number = numbers[int(entry.get("cacheId"))]
            xml = _renumbered_cache(package.read(part), number, taken)
            contents[names[part]] = xml
    for part in names:
        if part.startswith("xl/pivotTables/"):
            xml = _renumbered_pivot(package.read(part), numbers, styles)
            contents[names[part]] = xml
    return contents
