"""Filters that staff set in PivotTables of ours: these are written anew, and show all again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from wps_xl.notices import tell
from wps_xl.sheets.package.parts import MAIN, Package
from wps_xl.sheets.package.workbook_part import Sheet

Filter = tuple[str, tuple[str, ...]]
"""A field, and the entries that are shown or hidden."""


def tell_of_filters(
    file: Package, package: Package, sheets: Sequence[tuple[Sheet, Sheet]], renewed: frozenset[str]
) -> None:
    """Name each filter that is taken off; ``sheets`` are ours, fresh and in the file."""
    for fresh, before in sheets:
        made = {
            _name(package, part): set(_filters(package, part))
            for part in package.related(fresh.part, "pivotTable")
        }
        for part in file.related(before.part, "pivotTable"):
            name = _name(file, part)
            for field, entries in _filters(file, part) if part in renewed else ():
                if (field, entries) not in made.get(name, ()):
                    shown = ", ".join(entries[:3]) + (" …" if len(entries) > 3 else "")
                    tell(
                        f"Sheet {before.name}, PivotTable “{name}”: your filter on {field} "
                        f"({shown}) was taken off, as the table was laid anew. Set it again."
                    )


def _name(package: Package, part: str) -> str:
    return str(package.tree(part).get("name", ""))


def _filters(package: Package, part: str) -> Iterator[Filter]:
    """The page filters that are set, and the entries that are hidden."""
    pivot, fields = package.tree(part), _fields(package, part)
    shapes = list(pivot.iterfind(f"{MAIN}pivotFields/{MAIN}pivotField"))
    for page in pivot.iterfind(f"{MAIN}pageFields/{MAIN}pageField"):
        at = int(page.get("fld", "0"))
        if page.get("item") is not None and at < len(shapes):
            yield fields[at][0], tuple(_labels(shapes[at], fields[at][1], {int(page.get("item"))}))
    for (name, entries), shape in zip(fields, shapes, strict=False):
        items = list(shape.iterfind(f"{MAIN}items/{MAIN}item"))
        hidden = {at for at, item in enumerate(items) if item.get("h") in ("1", "true")}
        if hidden:
            yield name, tuple(f"without {label}" for label in _labels(shape, entries, hidden))


def _fields(package: Package, part: str) -> list[tuple[str, list[str]]]:
    found = []
    for cache in package.related(part, "pivotCacheDefinition"):
        for field in package.tree(cache).iterfind(f"{MAIN}cacheFields/{MAIN}cacheField"):
            shared = field.iterfind(f"{MAIN}sharedItems/*")
            found.append((field.get("name"), [entry.get("v", "(blank)") for entry in shared]))
    return found


def _labels(shape: etree._Element, entries: Sequence[str], chosen: set[int]) -> Iterator[str]:
    items = list(shape.iterfind(f"{MAIN}items/{MAIN}item"))
    for at in sorted(chosen):
        place = int(items[at].get("x", "-1")) if at < len(items) else -1
        yield entries[place] if 0 <= place < len(entries) else "(blank)"
