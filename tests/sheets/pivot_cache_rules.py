"""What a pivot cache must keep to, beyond its schema."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from lxml import etree
from sheets.pivot_package import CachePart, Element, box_of, children, flag, number, tag

_LONG, _LONGEST = 255, 32_767
_REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DEFAULTS = {"containsSemiMixedTypes": True, "containsNonDate": True, "containsString": True}
_FLAGS = (
    *("containsSemiMixedTypes", "containsNonDate", "containsDate", "containsString"),
    *("containsBlank", "containsNumber", "containsInteger", "longText"),
)


def field_names(cache: CachePart) -> Iterator[str]:
    """Names are compared without case (openxlsx2 909); blank ones are refused (EPPlus 478)."""
    folded = [name.casefold() for name in cache.names]
    if not all(name.strip() for name in folded):
        yield "a field has no name"
    for name, times in Counter(folded).items():
        if times > 1:
            yield f"field name {name!r} occurs {times} times, ignoring case"


def source(cache: CachePart) -> Iterator[str]:
    """The table or sheet is there, and its columns are the fields (EPPlus 715)."""
    found = cache.tree.find(f"{tag('cacheSource')}/{tag('worksheetSource')}")
    if found is None or found.get(_REL_ID):
        return
    name, sheet = found.get("name", ""), found.get("sheet", "")
    if name.casefold() in cache.package.tables:
        yield from _columns(cache, cache.package.tables[name.casefold()])
    elif name and name.casefold() not in _defined_names(cache):
        yield f"its source {name!r} is neither a table nor a name"
    elif not name and sheet not in cache.package.sheets.values():
        yield f"its source sheet {sheet!r} is missing"


def _columns(cache: CachePart, table: Element) -> Iterator[str]:
    columns = [column.get("name", "").casefold() for column in children(table, "tableColumns")]
    if columns != [cache.names[place].casefold() for place in cache.stored]:
        yield "its fields are not the columns of its table"
    _, top, _, bottom = box_of(table.get("ref", "A1"))
    if bottom - number(table, "totalsRowCount") <= top:
        yield "its table has no rows"


def _defined_names(cache: CachePart) -> set[str]:
    return {
        entry.get("name", "").casefold() for entry in children(cache.package.book, "definedNames")
    }


def shared_items(cache: CachePart) -> Iterator[str]:
    """Distinct ignoring case and type (ClosedXML 123, EPPlus 1806), counted, of legal length."""
    for place, name in enumerate(cache.names):
        items = cache.shared(place)
        for key, times in Counter(map(_key, items)).items():
            if times > 1:
                yield f"{name}: shared item {key[1]!r} occurs {times} times, ignoring case"
        box = cache.fields[place].find(tag("sharedItems"))
        if box is not None and number(box, "count", len(items)) != len(items):
            yield f"{name}: its shared items are not as many as stated"
        if box is not None and box.get("count") == "0":
            yield f"{name}: states that it has 0 shared items"


def _key(item: Element) -> tuple[str, str]:
    kind = etree.QName(item).localname
    return ("text" if kind in "sbe" else kind, item.get("v", "").casefold())


def flags(cache: CachePart) -> Iterator[str]:
    """What a field says of its values is true (openpyxl-pivots 0.2.1, EPPlus 1746)."""
    for place in cache.stored:
        box = cache.fields[place].find(tag("sharedItems"))
        items = cache.shared(place)
        inline = [cell for cell in cache.column(place) if cell.tag != tag("x")]
        if box is None or not (items or inline):
            continue
        alive = [item for item in items if not flag(item, "u")] + inline
        expected = _expected_flags([*items, *inline], alive)
        for name in _FLAGS:
            given = flag(box, name, _DEFAULTS.get(name, False))
            if given != expected.get(name, given):
                yield f"{cache.names[place]}: {name} should be {int(not given)}"
        yield from (f"{cache.names[place]}: {text}" for text in _bounds(box, [*items, *inline]))


def _expected_flags(cells: list[Element], alive: list[Element]) -> dict[str, bool]:
    """The flags of a column that holds one kind of value, of another only what is sure.

    ``alive`` are the cells without unused items.
    """
    kinds = _kinds(cells)
    texts = [cell.get("v", "") for cell in cells if cell.tag == tag("s")]
    expected = {
        "containsBlank": "m" in kinds,
        "longText": any(len(text) > _LONG for text in texts),
    }
    if len(kinds - {"m"}) > 1 or kinds & {"b", "e"}:
        return expected
    figures = [float(cell.get("v", 0)) for cell in cells if cell.tag == tag("n")]
    return expected | {
        "containsDate": "d" in kinds,
        "containsInteger": bool(figures) and all(map(float.is_integer, figures)),
        "containsNonDate": bool(_kinds(alive) & {"s", "n"}),
        "containsNumber": "n" in kinds,
        "containsSemiMixedTypes": bool(kinds & {"s", "m"}),
        "containsString": "s" in kinds,
    }


def _kinds(cells: list[Element]) -> set[str]:
    return {etree.QName(cell).localname for cell in cells}


def _bounds(box: Element, cells: list[Element]) -> Iterator[str]:
    figures = [float(cell.get("v", 0)) for cell in cells if cell.tag == tag("n")]
    if figures and box.get("minValue") and min(figures) < float(box.get("minValue", 0)):
        yield "a number is below minValue"
    if figures and box.get("maxValue") and max(figures) > float(box.get("maxValue", 0)):
        yield "a number is above maxValue"
    dates = [cell.get("v", "") for cell in cells if cell.tag == tag("d")]
    first, last = box.get("minDate", ""), box.get("maxDate", "")
    if dates and _kinds(cells) <= {"d", "m"} and not first <= min(dates) <= max(dates) <= last:
        yield "a date is outside minDate and maxDate"
    if any(len(cell.get("v", "")) > _LONGEST for cell in cells):
        yield f"a text is longer than {_LONGEST} characters"


def records(cache: CachePart) -> Iterator[str]:
    """The records are as many and as wide as stated (exceljs 42)."""
    if not cache.records_part:
        if flag(cache.tree, "saveData", True) and not flag(cache.tree, "refreshOnLoad"):
            yield "it has no records and is not refreshed on load"
        return
    stated = number(cache.tree, "recordCount", len(cache.records))
    if stated != len(cache.records):
        yield f"recordCount is {stated}, but there are {len(cache.records)} records"
    if number(cache.package.tree(cache.records_part), "count", stated) != len(cache.records):
        yield "the records part states another count than it has"
    if any(len(row) != len(cache.stored) for row in cache.records):
        yield "a record is not as wide as there are fields"


def record_cells(cache: CachePart) -> Iterator[str]:
    """A field with shared items has only places among them in the records, another none."""
    for place in cache.stored:
        cells, items = cache.column(place), cache.shared(place)
        name = cache.names[place]
        places = cache.used(place)
        if any(found >= len(items) for found in places):
            yield f"{name}: a record points outside the shared items"
        if items and len(places) < len(cells):
            yield f"{name}: a record holds a value although the field has shared items"


def unused_items(cache: CachePart) -> Iterator[str]:
    """An item marked as unused is in no record."""
    if not cache.records_part:
        return
    for place in cache.stored:
        used = set(cache.used(place))
        for at, item in enumerate(cache.shared(place)):
            if flag(item, "u") and at in used:
                yield f"{cache.names[place]}: a record has the unused item {item.get('v')!r}"


def versions(cache: CachePart) -> Iterator[str]:
    """Excel's notes on the format: refreshedVersion is not below minRefreshableVersion."""
    if number(cache.tree, "refreshedVersion") < number(cache.tree, "minRefreshableVersion"):
        yield "refreshedVersion is below minRefreshableVersion"


CACHE_RULES: tuple[Callable[[CachePart], Iterator[str]], ...] = (
    field_names,
    source,
    shared_items,
    flags,
    records,
    record_cells,
    unused_items,
    versions,
)
