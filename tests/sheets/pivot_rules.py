"""What a PivotTable must keep to, beyond its schema."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from openpyxl.styles.numbers import BUILTIN_FORMATS
from sheets.pivot_package import VALUES, CachePart, PivotPart, children, flag, number, tag

_NO_ITEM = 1_048_832
_AXES = {"axisRow": "rowFields", "axisCol": "colFields", "axisPage": "pageFields"}


def cache_link(pivot: PivotPart) -> Iterator[str]:
    """cacheId and relationship name the same cache (EPPlus 615; openpyxl's de-duplication)."""
    entries = dict(pivot.package.cache_entries)
    stated = number(pivot.tree, "cacheId")
    if stated not in entries:
        yield f"cacheId {stated} is not in the workbook"
    elif pivot.cache is None:
        yield "it points at no cache"
    elif entries[stated] != pivot.cache.part:
        yield "cacheId and relationship name different caches"


def field_count(pivot: PivotPart) -> Iterator[str]:
    """One pivot field for each cache field."""
    if pivot.cache and len(pivot.fields) != len(pivot.cache.fields):
        yield f"it has {len(pivot.fields)} fields, its cache {len(pivot.cache.fields)}"


def axes(pivot: PivotPart) -> Iterator[str]:
    """The lists of row, column and page fields agree with what the fields say of themselves."""
    for axis, name in _AXES.items():
        marked = {at for at, field in enumerate(pivot.fields) if field.get("axis") == axis}
        listed = [place for place in pivot.places(name) if place != VALUES]
        if marked != set(listed):
            yield f"{name} and the fields marked {axis} differ"
        if len(set(listed)) < len(listed):
            yield f"{name} names a field twice"


def values(pivot: PivotPart) -> Iterator[str]:
    """Value fields are marked; several of them need the pseudo-field, one must not have it."""
    places = pivot.places("dataFields")
    for place in places:
        if place >= len(pivot.fields) or not flag(pivot.fields[place], "dataField"):
            yield f"value field {place} is not marked on its pivot field"
    has_values = VALUES in (*pivot.places("rowFields"), *pivot.places("colFields"))
    if has_values != (len(places) > 1):
        yield "the field of values (-2) is missing or superfluous"


def captions(pivot: PivotPart) -> Iterator[str]:
    """A value's caption is no other's and no field's (Excel: "field name already exists")."""
    entries = [entry for entry in children(pivot.tree, "dataFields") if "name" in entry.attrib]
    found = [entry.get("name", "").casefold() for entry in entries]
    names = {name.casefold() for name in pivot.cache.names} if pivot.cache else set()
    for caption, times in Counter(found).items():
        if caption in names:
            yield f"the caption {caption!r} is also the name of a field"
        if times > 1 or not caption.strip():
            yield f"the caption {caption!r} is blank or occurs {times} times"


def items(pivot: PivotPart) -> Iterator[str]:
    """Each field lists every shared item once (PhpSpreadsheet 4976, ClosedXML.Report 82)."""
    if pivot.cache is None or len(pivot.fields) != len(pivot.cache.fields):
        return
    for place, (field, name) in enumerate(zip(pivot.fields, pivot.cache.names, strict=True)):
        listed = sorted(number(item, "x") for item in pivot.items(place))
        if field.find(tag("items")) is None:
            if field.get("axis"):
                yield f"{name}: an axis without items"
        elif listed != list(range(pivot.cache.item_count(place))):
            yield f"{name}: its items are not every shared item once"
        elif field.get("axis") and not listed:
            yield f"{name}: an axis without shared items"
        kinds = [item.get("t", "data") for item in children(field, "items")]
        if "data" in kinds[len(listed) :]:
            yield f"{name}: an item stands behind the totals"


def missing_items(pivot: PivotPart) -> Iterator[str]:
    """Items of no record are marked missing, others are not."""
    cache = pivot.cache
    if cache is None or not cache.records_part or len(pivot.fields) != len(cache.fields):
        return
    for place in cache.stored:
        if cache.fields[place].find(tag("fieldGroup")) is not None:
            continue
        used = set(cache.used(place))
        for item in pivot.items(place):
            if flag(item, "m") == (number(item, "x") in used):
                said = "missing" if flag(item, "m") else "present"
                yield f"{cache.names[place]}: item {item.get('x')} is wrongly marked {said}"


def pages(pivot: PivotPart) -> Iterator[str]:
    """A page filter is set to an item that has records."""
    for entry in children(pivot.tree, "pageFields"):
        place, item = number(entry, "fld"), number(entry, "item", -1)
        if item < 0 or place >= len(pivot.fields):
            continue
        found = pivot.items(place)
        if item >= len(found):
            yield f"page filter {place} is set to an item that does not exist"
        elif flag(found[item], "m"):
            yield f"page filter {place} is set to an item without records"


def lines(pivot: PivotPart) -> Iterator[str]:
    """Every line points at fields, items and values that exist."""
    measures = len(children(pivot.tree, "dataFields"))
    for name, fields in (("rowItems", "rowFields"), ("colItems", "colFields")):
        places = pivot.places(fields)
        limits = [
            measures if place == VALUES else len(_all_items(pivot, place)) for place in places
        ]
        for line, shown in pivot.lines(name):
            if number(line, "i") >= max(measures, 1):
                yield f"{name}: a line is for a value that does not exist"
            if line.get("t") in ("grand", "blank"):
                continue
            if len(shown) > len(places):
                yield f"{name}: a line has more levels than there are fields"
            elif any(at >= top and at != _NO_ITEM for at, top in zip(shown, limits, strict=False)):
                yield f"{name}: a line shows an item that does not exist"


def _all_items(pivot: PivotPart, place: int) -> list[object]:
    if place >= len(pivot.fields):
        return []
    return list(children(pivot.fields[place], "items"))


def combinations_shown(pivot: PivotPart) -> Iterator[str]:
    """The lines are the combinations that occur in the records, no more and no less."""
    cache = pivot.cache
    if cache is None or not _is_plain(pivot, cache):
        return
    for name, fields in (("rowItems", "rowFields"), ("colItems", "colFields")):
        places = [place for place in pivot.places(fields) if place != VALUES]
        if places and _shown(pivot, name, fields) != _occurring(pivot, cache, places):
            yield f"{name} are not the combinations that the records have"


def _is_plain(pivot: PivotPart, cache: CachePart) -> bool:
    """True if nothing but the records decides what lines there are.

    Not so with grouping, hiding, collapsing, filters, and records that another rule objects to.
    """
    if not cache.records or len(pivot.fields) != len(cache.fields):
        return False
    if len(cache.stored) < len(cache.fields) or any(
        field.find(tag("fieldGroup")) is not None for field in cache.fields
    ):
        return False
    found = [item for place in range(len(pivot.fields)) for item in pivot.items(place)]
    hiding = any(flag(item, "h") or not flag(item, "sd", True) for item in found)
    showing = any(
        flag(field, "showAll", True) and field.get("axis") in ("axisRow", "axisCol")
        for field in pivot.fields
    )
    axes = [at for at, field in enumerate(pivot.fields) if field.get("axis")]
    sound = all(len(cache.used(place)) == len(cache.records) for place in axes)
    return sound and not hiding and not showing and pivot.tree.find(tag("filters")) is None


def _shown(pivot: PivotPart, name: str, fields: str) -> set[tuple[int, ...]]:
    places = pivot.places(fields)
    shown = set()
    for line, positions in pivot.lines(name):
        if line.get("t", "data") == "data" and len(positions) == len(places):
            pairs = zip(places, positions, strict=True)
            shown.add(tuple(_shared(pivot, place, at) for place, at in pairs if place != VALUES))
    return shown


def _shared(pivot: PivotPart, place: int, at: int) -> int:
    """The shared item behind an item; -1 if there is none."""
    items = pivot.items(place)
    return number(items[at], "x") if at < len(items) else -1


def _occurring(pivot: PivotPart, cache: CachePart, places: list[int]) -> set[tuple[int, ...]]:
    chosen = {
        number(entry, "fld"): _shared(pivot, number(entry, "fld"), number(entry, "item"))
        for entry in children(pivot.tree, "pageFields")
        if entry.get("item") is not None
    }
    return {
        tuple(number(row[place], "v") for place in places)
        for row in cache.records
        if all(number(row[place], "v") == item for place, item in chosen.items())
    }


def location(pivot: PivotPart) -> Iterator[str]:
    """The stated range is as high and wide as the lines make it, with room for page filters."""
    left, top, right, bottom = pivot.box
    rows, columns = children(pivot.tree, "rowItems"), children(pivot.tree, "colItems")
    place = pivot.location
    if rows and columns and not flag(pivot.tree, "gridDropZones"):
        height = number(place, "firstDataRow") + len(rows)
        width = number(place, "firstDataCol") + len(columns)
        if (bottom - top + 1, right - left + 1) != (height, width):
            yield "its range is not as large as its lines"
    if number(place, "firstHeaderRow") > number(place, "firstDataRow"):
        yield "its headings begin below its data"
    if pivot.whole_box[1] < 1:
        yield "there is no room for the page filters above it"


def number_formats(pivot: PivotPart) -> Iterator[str]:
    """Number formats are built in or in the workbook's styles."""
    styles = pivot.package.tree("xl/styles.xml")
    own = {number(entry, "numFmtId") for entry in children(styles, "numFmts")}
    # 5 to 8, 23 to 36 and 41 to 81 are built in too, but differ from country to country.
    builtin = {*BUILTIN_FORMATS, *range(82)}
    for entry in children(pivot.tree, "dataFields"):
        if number(entry, "numFmtId") not in own | builtin:
            yield f"the number format of {entry.get('name')} is nowhere defined"


def protection(pivot: PivotPart) -> Iterator[str]:
    """On a protected sheet Excel shows nothing of a pivot that it must refresh (EPPlus 1666)."""
    guard = pivot.package.tree(pivot.sheet).find(tag("sheetProtection"))
    if guard is not None and flag(guard, "sheet") and not flag(guard, "pivotTables", True):
        return
    if guard is not None and flag(guard, "sheet"):
        yield "it stands on a protected sheet"


PIVOT_RULES: tuple[Callable[[PivotPart], Iterator[str]], ...] = (
    cache_link,
    field_count,
    axes,
    values,
    captions,
    items,
    missing_items,
    pages,
    lines,
    combinations_shown,
    location,
    number_formats,
    protection,
)
