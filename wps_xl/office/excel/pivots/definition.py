"""The part of a workbook that defines one PivotTable."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Literal

from openpyxl.pivot.fields import Index
from openpyxl.pivot.table import (
    DataField,
    FieldItem,
    Location,
    PageField,
    PivotField,
    PivotTableStyle,
    RowColField,
    RowColItem,
    TableDefinition,
)
from openpyxl.workbook import Workbook
from openpyxl.xml.constants import REL_NS

from wps_xl.office.excel.pivots.axes import AxisLine
from wps_xl.office.excel.pivots.cache import (
    CREATED_VERSION,
    OLDEST_VERSION,
    Cache,
    cache_positions,
    extension,
    keep_tables,
)
from wps_xl.office.excel.pivots.cells import TOTAL
from wps_xl.office.excel.pivots.defaults import without_defaults
from wps_xl.office.excel.pivots.formats import formats_of
from wps_xl.office.excel.pivots.layout import Layout, Pivot, PivotValue
from wps_xl.office.excel.pivots.source import PivotSource, Scalar, SourceField

if TYPE_CHECKING:
    from openpyxl.xml.functions import Element

AxisName = Literal["axisRow", "axisCol", "axisPage"]

# The pseudo-field that stands for the values when there are several.
_VALUES = -2


@keep_tables
class Definition(TableDefinition):
    """openpyxl's pivot definition, as Excel writes it.

    Without ``r:id``, which no schema allows, and defaults; with ``formats`` and ``extLst``, which
    openpyxl does not write.
    """

    def __init__(self, book: Workbook, layout: Layout, cache: Cache) -> None:
        pivot, source = layout.pivot, layout.source
        super().__init__(
            name=pivot.name,
            cacheId=cache.number,
            dataCaption="Values",
            grandTotalCaption=TOTAL,
            rowHeaderCaption=" / ".join(pivot.rows) if pivot.compact else None,
            colHeaderCaption=" / ".join(pivot.columns) if pivot.compact and pivot.columns else None,
            createdVersion=CREATED_VERSION,
            updatedVersion=CREATED_VERSION,
            minRefreshableVersion=OLDEST_VERSION,
            rowGrandTotals=pivot.grand_totals,
            colGrandTotals=pivot.grand_totals,
            compact=pivot.compact,
            compactData=pivot.compact,
            outline=pivot.compact,
            outlineData=pivot.compact,
            indent=0,
            itemPrintTitles=True,
            multipleFieldFilters=False,
            # With True Excel fits the columns to the texts at each refresh.
            applyWidthHeightFormats=False,
            location=_location(layout),
            pivotFields=[_pivot_field(column, pivot) for column in source.fields.values()],
            rowFields=_field_list(source, pivot.rows),
            rowItems=_items(layout.row_lines),
            colFields=_field_list(source, pivot.columns, several=len(pivot.values) > 1),
            colItems=_items(layout.column_lines),
            pageFields=[_page(source, *page) for page in pivot.pages.items()],
            dataFields=[_data_field(source, measure) for measure in pivot.values],
            pivotTableStyleInfo=PivotTableStyle(
                name=pivot.style, showRowHeaders=True, showColHeaders=True, showLastColumn=True
            ),
        )
        self.cache = cache
        self.box = layout.box
        self._looks = formats_of(book, layout)

    def to_tree(self) -> Element:  # type: ignore[override]  # as openpyxl's own
        """The part's XML."""
        tree = super().to_tree()
        tree.attrib.pop(f"{{{REL_NS}}}id", None)
        below = [child.tag for child in tree].index("pivotTableStyleInfo")
        tree.insert(below, self._looks)
        body = '<x14:pivotTableDefinition hideValuesRow="1"/>'
        tree.append(extension("{962EF5D1-5CA2-4c93-8EF4-DBF5C05439D2}", body))
        return without_defaults(tree)


def _location(layout: Layout) -> Location:
    pages = len(layout.pivot.pages)
    headed = bool(layout.pivot.columns) or len(layout.pivot.values) == 1
    return Location(
        ref=layout.ref,
        firstHeaderRow=int(headed),
        firstDataRow=layout.data_top - layout.body_top,
        firstDataCol=layout.label_columns,
        rowPageCount=pages or None,
        colPageCount=1 if pages else None,
    )


def _pivot_field(column: SourceField, pivot: Pivot) -> PivotField:
    axis = next((axis for axis, names in _axis_names(pivot) if column.name in names), None)
    return PivotField(
        axis=axis,
        items=_field_items(column, pivot.hidden.get(column.name, ())) if axis else (),
        multipleItemSelectionAllowed=(axis == "axisPage" and column.name in pivot.hidden) or None,
        dataField=column.name in [measure.column for measure in pivot.values] or None,
        compact=pivot.compact,
        outline=pivot.compact,
        showAll=False,
        sortType="ascending" if axis and not column.listed else "manual",
    )


def _axis_names(pivot: Pivot) -> tuple[tuple[AxisName, Iterable[str]], ...]:
    return (("axisRow", pivot.rows), ("axisCol", pivot.columns), ("axisPage", pivot.pages))


def _field_items(column: SourceField, hidden: Collection[int]) -> list[FieldItem]:
    """Every shared item once, in the order of showing: Excel 2016 insists (PhpSpreadsheet 4976)."""
    items = [
        FieldItem(x=place, m=code in column.unused or None, h=code in hidden or None)
        for code, place in enumerate(cache_positions(column))
    ]
    return [*items, FieldItem(t="default")]


def _field_list(
    source: PivotSource, names: Iterable[str], several: bool = False
) -> list[RowColField]:
    places = [source.position(name) for name in names]
    return [RowColField(x=place) for place in (*places, *([_VALUES] if several else []))]


def _items(lines: Iterable[AxisLine]) -> list[RowColItem]:
    return [
        RowColItem(
            t=line.kind,
            r=line.repeated,
            i=line.measure,
            x=[Index(v=position) for position in line.shown],
        )
        for line in lines
    ]


def _page(source: PivotSource, name: str, item: Scalar | None) -> PageField:
    code = None if item is None else source.code(name, item)
    return PageField(fld=source.position(name), item=code, hier=-1)


def _data_field(source: PivotSource, measure: PivotValue) -> DataField:
    return DataField(
        name=measure.caption,
        fld=source.position(measure.column),
        subtotal=measure.function,
        baseField=0,
        baseItem=0,
        numFmtId=measure.number_format,
    )
