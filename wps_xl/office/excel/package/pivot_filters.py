"""How staff set up PivotTables of ours: filters are set again, what cannot be kept is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from wps_xl.notices import tell
from wps_xl.office.excel.package import workbook_part
from wps_xl.office.excel.package.parts import MAIN, Package
from wps_xl.office.excel.package.workbook_part import Sheet
from wps_xl.office.excel.pivots.filters import BLANK, Filter, Filters, label

_VALUES = "-2"
_NAMED = 3


@dataclass(frozen=True)
class SetUp:
    """What a PivotTable shows: its fields by axis, its values, filters by entries, and fields that
    are filtered or sorted by what their labels or values are."""

    rows: Sequence[str]
    columns: Sequence[str]
    pages: frozenset[str]
    values: Sequence[str]
    filters: Mapping[str, Filter]
    ruled: frozenset[str]

    @property
    def axes(self) -> tuple[object, ...]:
        """Which field stands where."""
        return tuple(self.rows), tuple(self.columns), self.pages, tuple(self.values)


def filters_in(file: Package) -> Filters:
    """The filters of all PivotTables of a file."""
    found: dict[str, Mapping[str, Filter]] = {}
    for sheet in workbook_part.sheets(file, file.tree(file.workbook)):
        for part in file.related(sheet.part, "pivotTable"):
            set_up = set_up_of(file, part)
            if set_up is not None:
                found[_name(file, part)] = set_up.filters
    return found


def tell_of_set_up(
    file: Package, package: Package, sheets: Sequence[tuple[Sheet, Sheet]], renewed: frozenset[str]
) -> None:
    """Name what staff set up and is not so any more; ``sheets`` are ours, fresh and in the file."""
    for fresh, before in sheets:
        made = {_name(package, p): p for p in package.related(fresh.part, "pivotTable")}
        for part in file.related(before.part, "pivotTable"):
            name = _name(file, part)
            if part in renewed and name in made:
                old, new = set_up_of(file, part), set_up_of(package, made[name])
                for text in _lost(old, new) if old and new else ():
                    tell(f"Sheet {before.name}, PivotTable “{name}”: {text}")


def _lost(old: SetUp, new: SetUp) -> Iterator[str]:
    for name, one in old.filters.items():
        if not one.agrees_with(new.filters.get(name)):
            yield (
                f"your filter on {name} ({_in_words(one, new.filters.get(name))}) was taken off, "
                "as the table has no such rows or no such field now. Set it again if you need it."
            )
    for name in sorted(old.ruled - new.ruled):
        yield (
            f"your filter or order by value of {name} was taken off, as the table was laid anew. "
            "Set it again if you need it."
        )
    if old.axes != new.axes:
        shown = "; ".join(
            f"{axis}: {', '.join(names)}"
            for axis, names in (
                ("rows", old.rows),
                ("columns", old.columns),
                ("filters", sorted(old.pages)),
                ("values", old.values),
            )
            if names
        )
        yield (
            f"its fields stand again as wps_xl lays them, not as before ({shown}). Put a "
            "PivotTable of your own on a sheet of your own: that stays as you lay it."
        )


def _in_words(one: Filter, now: Filter | None) -> str:
    if not one.hidden:
        return "all"
    gone = one.hidden - now.hidden if now else one.hidden
    entries = sorted(one.shown) if len(one.shown) == 1 else [f"without {e}" for e in sorted(gone)]
    return ", ".join(entries[:_NAMED]) + (" …" if len(entries) > _NAMED else "")


def _name(package: Package, part: str) -> str:
    return str(package.tree(part).get("name", ""))


def set_up_of(package: Package, part: str) -> SetUp | None:
    """How a PivotTable is set up; None where no cache of the file fits it."""
    pivot = package.tree(part)
    shapes = list(pivot.iterfind(f"{MAIN}pivotFields/{MAIN}pivotField"))
    fields = _fields(package, part, shapes)
    if fields is None:
        return None
    names = [name for name, _ in fields]

    def on(axis: str) -> list[str]:
        entries = pivot.iterfind(f"{MAIN}{axis}/{MAIN}field")
        return [names[int(e.get("x"))] for e in entries if e.get("x") != _VALUES]

    pages = {
        int(page.get("fld")): page.get("item")
        for page in pivot.iterfind(f"{MAIN}pageFields/{MAIN}pageField")
    }
    ruled = {int(e.get("fld")) for e in pivot.iterfind(f"{MAIN}filters/{MAIN}filter")}
    ruled |= {n for n, s in enumerate(shapes) if s.find(f"{MAIN}autoSortScope") is not None}
    return SetUp(
        on("rowFields"),
        on("colFields"),
        frozenset(names[at] for at in pages),
        [_value(entry, names) for entry in pivot.iterfind(f"{MAIN}dataFields/{MAIN}dataField")],
        dict(_filters(shapes, fields, pages)),
        frozenset(names[at] for at in ruled),
    )


def _value(entry: etree._Element, names: Sequence[str]) -> str:
    kind = entry.get("subtotal", "sum")
    shown = entry.get("showDataAs", "normal")
    return f"{kind} of {names[int(entry.get('fld'))]}" + ("" if shown == "normal" else f", {shown}")


CachedField = tuple[str, Sequence[str]]
"""The name of a field and its entries, as the cache lists them."""


def _filters(
    shapes: Sequence[etree._Element], fields: Sequence[CachedField], pages: Mapping[int, str | None]
) -> Iterator[tuple[str, Filter]]:
    for at, (shape, (name, entries)) in enumerate(zip(shapes, fields, strict=True)):
        items = _items(shape)
        known = [entries[int(item.get("x"))] for item in items] if entries else []
        away = {e for e, i in zip(known, items, strict=False) if i.get("h") in ("1", "true")}
        chosen = pages.get(at)
        if chosen is not None and int(chosen) < len(known):
            away = set(known) - {known[int(chosen)]}
        if away or at in pages:
            yield name, Filter(frozenset(known) - away, frozenset(away))


def _items(shape: etree._Element) -> list[etree._Element]:
    """The entries of a field; subtotals stand among them, but say which kind they are."""
    items = shape.iterfind(f"{MAIN}items/{MAIN}item")
    return [item for item in items if item.get("t", "data") == "data"]


def _fields(
    package: Package, part: str, shapes: Sequence[etree._Element]
) -> Sequence[CachedField] | None:
    """The fields of a PivotTable; some programs point at the cache of another one."""
    index = package.tree(package.workbook)
    caches = [
        *package.related(part, "pivotCacheDefinition"),
        *workbook_part.caches(package, index),
    ]
    for cache in dict.fromkeys(caches):
        found = [
            (field.get("name", ""), [_entry(e) for e in field.iterfind(f"{MAIN}sharedItems/*")])
            for field in package.tree(cache).iterfind(f"{MAIN}cacheFields/{MAIN}cacheField")
        ]
        if len(found) == len(shapes) and all(map(_fits, shapes, (e for _, e in found))):
            return found
    return None


def _fits(shape: etree._Element, entries: Sequence[str]) -> bool:
    """Whether the entries of a field on an axis are those that its items name."""
    places = sorted(int(item.get("x", "-1")) for item in _items(shape))
    return not places or places == list(range(len(entries)))


def _entry(element: etree._Element) -> str:
    value = element.get("v")
    if value is None:
        return BLANK
    return label(float(value)) if etree.QName(element).localname == "n" else str(value)
