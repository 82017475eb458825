"""The pivot cache of one table as Excel stores it: fields, shared items and records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import count as counter
from itertools import islice
from typing import TYPE_CHECKING, TypedDict, TypeVar
from xml.sax.saxutils import quoteattr

from openpyxl.compat import safe_string
from openpyxl.descriptors.serialisable import Serialisable
from openpyxl.pivot.cache import (
    CacheDefinition,
    CacheField,
    CacheSource,
    SharedItems,
    WorksheetSource,
)
from openpyxl.pivot.fields import DateTimeField, Missing, Number, Text
from openpyxl.pivot.record import RecordList
from openpyxl.pivot.table import TableDefinition
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring

from wps_xl.office.excel.pivots.defaults import without_defaults
from wps_xl.office.excel.pivots.source import PivotSource, Scalar, SourceField

if TYPE_CHECKING:
    from zipfile import ZipFile

    from openpyxl.packaging.manifest import Manifest
    from openpyxl.workbook import Workbook
    from openpyxl.xml.functions import Element

Serial = TypeVar("Serial", bound=Serialisable)

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"

# Excel 2016 writes version 6; a cache of version 3 or later may hold texts over 255 characters.
CREATED_VERSION = 6
OLDEST_VERSION = 3

_LONG = 255
_ROWS = 1000
_DATE_FORMAT = 14


def keep_tables(kind: type[Serial]) -> type[Serial]:
    """The subclass with its parent's lists of attributes, which openpyxl's metaclass empties."""
    parent = kind.__mro__[1]
    for name in ("__attrs__", "__nested__", "__elements__", "__namespaced__"):
        setattr(kind, name, getattr(parent, name))
    return kind


class Flags(TypedDict, total=False):
    """What ``sharedItems`` says about the values of a field."""

    containsBlank: bool
    containsDate: bool
    containsInteger: bool
    containsNonDate: bool
    containsNumber: bool
    containsSemiMixedTypes: bool
    containsString: bool
    longText: bool
    maxDate: dt.datetime
    maxValue: float
    minDate: dt.datetime
    minValue: float


def extension(uri: str, body: str) -> Element:
    """An ``extLst`` with one Excel 2010 extension."""
    return fromstring(
        f'<extLst xmlns="{SHEET_MAIN_NS}" xmlns:x14="{X14}"><ext uri="{uri}">{body}</ext></extLst>'
    )


@keep_tables
class Cache(CacheDefinition):
    """openpyxl's cache definition, repaired where Excel or a validator objects.

    Its equality is identity: openpyxl writes equal caches once and leaves the second pivot's
    ``cacheId`` dangling. ``extLst`` is written, ``count="0"`` is not.
    """

    __hash__ = object.__hash__

    def __init__(self, source: PivotSource, number: int) -> None:
        fields = source.fields.values()
        super().__init__(
            refreshOnLoad=True,
            refreshedBy="wps_xl",
            createdVersion=CREATED_VERSION,
            refreshedVersion=CREATED_VERSION,
            minRefreshableVersion=OLDEST_VERSION,
            recordCount=source.count,
            cacheSource=CacheSource(
                type="worksheet", worksheetSource=WorksheetSource(name=source.table)
            ),
            cacheFields=[_cache_field(column) for column in fields],
        )
        self.source = source
        self.number = number
        self.records = _Records(list(fields))

    def __eq__(self, other: object) -> bool:
        return self is other

    def _write_rels(self, archive: ZipFile, manifest: Manifest) -> None:
        """Relate to the records; openpyxl takes their name before it gives them their number."""
        self.records._id = self._id  # type: ignore[attr-defined]
        super()._write_rels(archive, manifest)  # type: ignore[misc]

    def to_tree(self) -> Element:  # type: ignore[override]  # as openpyxl's own
        """The part's XML."""
        tree = super().to_tree()
        for shared in tree.iter("sharedItems"):
            if shared.get("count") == "0":
                del shared.attrib["count"]
        # Slicers find their cache by this number, which must be unique in the workbook.
        body = f'<x14:pivotCacheDefinition pivotCacheId="{1000 + self.number}"/>'
        tree.append(extension("{725AE2AE-9491-48be-B2B4-4EB974FC3084}", body))
        return without_defaults(tree)


class _Records:
    """openpyxl's record list, written as text: about 25 times faster on 100,000 rows."""

    mime_type = RecordList.mime_type
    rel_type = RecordList.rel_type
    _id = 1

    def __init__(self, columns: Sequence[SourceField]) -> None:
        self._columns = columns

    @property
    def path(self) -> str:
        """The part's name."""
        return f"/xl/pivotCache/pivotCacheRecords{self._id}.xml"

    def _write(self, archive: ZipFile, manifest: Manifest) -> None:
        """Add the part; openpyxl calls this by this name."""
        rows = zip(*map(_record_cells, self._columns), strict=True)
        count = len(self._columns[0].values)
        with archive.open(self.path[1:], "w") as part:
            part.write(
                b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
                + f'<pivotCacheRecords xmlns="{SHEET_MAIN_NS}" count="{count}">'.encode()
            )
            # A few rows at a time, so that the whole text is never held.
            while some := "".join(f"<r>{''.join(cells)}</r>" for cells in islice(rows, _ROWS)):
                part.write(some.encode())
            part.write(b"</pivotCacheRecords>")
        manifest.append(self)


def pivots_of(sheet: object) -> list[TableDefinition]:
    """The sheet's pivots; openpyxl keeps them in a private list."""
    found: list[TableDefinition] = vars(sheet).get("_pivots", [])
    return found


def cache_of(book: Workbook, source: PivotSource) -> Cache:
    """The book's cache of ``source``, made at its first pivot with a number of its own."""
    pivots = [pivot for sheet in book.worksheets for pivot in pivots_of(sheet)]
    for pivot in pivots:
        if isinstance(pivot.cache, Cache) and pivot.cache.source is source:
            return pivot.cache
    return Cache(source, max((pivot.cacheId for pivot in pivots), default=0) + 1)


def cache_positions(column: SourceField) -> list[int]:
    """For each item in the order of showing, its place among the shared items.

    As Excel does it: first come, first listed; unused items at the end.
    """
    places = counter()
    met = {code: next(places) for code in dict.fromkeys((*column.codes, *sorted(column.unused)))}
    return [met[code] for code in range(len(column.items))]


def _cache_field(column: SourceField) -> CacheField:
    return CacheField(
        name=column.name,
        numFmtId=_DATE_FORMAT if column.kind == "date" else 0,
        sharedItems=SharedItems(_fields=_shared_items(column), **_flags(column)),
    )


def _shared_items(column: SourceField) -> list[Missing | Text | Number | DateTimeField]:
    """The distinct values; Excel wants them for axes only (exceljs issue 42)."""
    places = cache_positions(column)
    codes = sorted(range(len(column.items)), key=places.__getitem__)
    return [_shared_item(column.items[code], code in column.unused or None) for code in codes]


def _shared_item(
    item: Scalar | None, unused: bool | None
) -> Missing | Text | Number | DateTimeField:
    if item is None:
        return Missing(u=unused)
    if isinstance(item, str):
        return Text(v=item, u=unused)
    if isinstance(item, dt.datetime):
        return DateTimeField(v=item, u=unused)
    return Number(v=item, u=unused)


def _flags(column: SourceField) -> Flags:
    """What ``sharedItems`` says about the column, exactly as Excel derives it."""
    filled = [value for value in column.everything if value is not None]
    texts = [value for value in filled if isinstance(value, str)]
    dates = [value for value in filled if isinstance(value, dt.datetime)]
    figures = [value for value in filled if isinstance(value, int | float)]
    flags = Flags()
    if not texts:
        flags["containsString"] = False
    if None in column.values:
        flags["containsBlank"] = True
    elif not texts:
        flags["containsSemiMixedTypes"] = False
    # Alone among the flags, this one is about the rows only and not about unused items.
    if dates or not any(value is not None for value in column.values):
        flags["containsNonDate"] = False
    return flags | _date_flags(dates) | _number_flags(figures) | _text_flags(texts)


def _date_flags(dates: Sequence[dt.datetime]) -> Flags:
    if not dates:
        return {}
    last = max(dates)
    if last.time() == dt.time() and last.date() < dt.date.max:
        # Excel stores the day after the last date, unless that carries a time of day.
        last += dt.timedelta(days=1)
    return {"containsDate": True, "minDate": min(dates), "maxDate": last}


def _number_flags(figures: Sequence[int | float]) -> Flags:
    if not figures:
        return {}
    flags = Flags(containsNumber=True, minValue=min(figures), maxValue=max(figures))
    if all(float(figure).is_integer() for figure in figures):
        flags["containsInteger"] = True
    return flags


def _text_flags(texts: Sequence[str]) -> Flags:
    return {"longText": True} if any(len(text) > _LONG for text in texts) else {}


def _record_cells(column: SourceField) -> Iterator[str]:
    """One cell per row: a place among the shared items, or the value itself."""
    if column.items:
        places = [f'<x v="{place}"/>' for place in cache_positions(column)]
        return (places[code] for code in column.codes)
    return map(_record_cell, column.values)


def _record_cell(value: Scalar | None) -> str:
    if value is None:
        return "<m/>"
    if isinstance(value, str):
        return f"<s v={quoteattr(value)}/>"
    if isinstance(value, dt.datetime):
        return f'<d v="{value.isoformat()}"/>'
    # With as many digits as openpyxl gives the table's cell.
    return f'<n v="{safe_string(value)}"/>'
