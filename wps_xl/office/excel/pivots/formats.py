"""The formats of a PivotTable's headings, labels and figures, which a refresh puts on again.

Excel drops direct formatting when it refreshes, and these workbooks refresh when they are opened;
an area of the PivotTable that has a format of its own keeps it. The areas are spelled as Excel
spells them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from openpyxl.styles import Alignment
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook import Workbook
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring

from wps_xl.office.excel.pivots.layout import Layout

if TYPE_CHECKING:
    from openpyxl.xml.functions import Element

LEFT = Alignment(horizontal="left", vertical="top", wrap_text=True)
RIGHT = Alignment(horizontal="right", vertical="top", wrap_text=True)
BESIDE = Alignment(horizontal="left", vertical="top")
"""For what runs on over blank cells at its right: the names of the fields over the columns."""
FIGURE = Alignment(vertical="top")

# The pseudo-field of the values, as an unsigned number.
_VALUES = 2**32 - 2
_ORDER = (
    *("field", "type", "dataOnly", "labelOnly", "grandRow", "grandCol", "outline"),
    *("collapsedLevelsAreSubtotals", "axis", "fieldPosition"),
)


def formats_of(book: Workbook, layout: Layout) -> Element:
    """The ``formats`` of the part; each alignment becomes one of the book's formats, once."""
    # openpyxl keeps them in this list, where the formats of conditions stand too.
    looks = book._differential_styles  # type: ignore[attr-defined]
    entries = []
    for alignment, areas in _areas(layout):
        number = looks.add(DifferentialStyle(alignment=alignment))
        entries += [f'<format dxfId="{number}">{area}</format>' for area in areas]
    return fromstring(
        f'<formats xmlns="{SHEET_MAIN_NS}" count="{len(entries)}">{"".join(entries)}</formats>'
    )


def _areas(layout: Layout) -> Iterator[tuple[Alignment, Iterable[str]]]:
    pivot, several = layout.pivot, len(layout.pivot.values) > 1
    yield FIGURE, [_area(outline="0", collapsedLevelsAreSubtotals="1")]
    yield LEFT, _buttons(layout, "axisPage", [*pivot.pages])
    yield LEFT, _items(layout, pivot.pages)
    yield LEFT, _buttons(layout, "axisRow", pivot.rows[:1] if pivot.compact else pivot.rows)
    yield LEFT, _items(layout, pivot.rows, outline="" if pivot.compact else "0")
    yield LEFT, [_labels(grandRow="1")]
    if not pivot.compact:
        yield LEFT, _items(layout, pivot.rows[:-1], totals=True)
    if pivot.columns:
        yield LEFT, [_labels(type="origin")]
        yield BESIDE, _buttons(layout, "axisCol", pivot.columns)
        # What stands directly over figures stands at the right, as they do.
        yield LEFT, _items(layout, pivot.columns if several else pivot.columns[:-1])
        yield RIGHT, _items(layout, () if several else pivot.columns[-1:])
        yield RIGHT, [*_items(layout, pivot.columns[:-1], totals=True), _labels(grandCol="1")]
    if several:
        values = "".join(f'<x v="{place}"/>' for place in range(len(pivot.values)))
        yield RIGHT, [_labels(_reference(_VALUES, values, len(pivot.values)))]
    elif not pivot.columns:
        yield RIGHT, [_labels(axis="axisValues")]


def _buttons(layout: Layout, axis: str, names: Sequence[str]) -> Iterator[str]:
    for place, name in enumerate(names):
        field = str(layout.source.position(name))
        yield _labels(field=field, type="button", axis=axis, fieldPosition=str(place))


def _items(
    layout: Layout, names: Iterable[str], totals: bool = False, outline: str = "0"
) -> Iterator[str]:
    """All items of each field, or with ``totals`` the lines that add them up."""
    for name in names:
        field = layout.source.position(name)
        yield _labels(_reference(field, totals=totals), outline=outline)


def _reference(field: int, places: str = "", count: int = 0, totals: bool = False) -> str:
    """A field's items; a count of nought stands for all of them."""
    kind = ' defaultSubtotal="1"' if totals else ""
    inside = f'<reference field="{field}" count="{count}"{kind}>{places}</reference>'
    return f'<references count="1">{inside}</references>'


def _labels(inside: str = "", **given: str) -> str:
    return _area(inside, **{"dataOnly": "0", "labelOnly": "1", "outline": "0", **given})


def _area(inside: str = "", **given: str) -> str:
    stated = {"fieldPosition": "0", **given}
    attributes = " ".join(f'{name}="{stated[name]}"' for name in _ORDER if stated.get(name))
    return f"<pivotArea {attributes}>{inside}</pivotArea>"
