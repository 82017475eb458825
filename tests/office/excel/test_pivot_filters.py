"""What staff set up in a PivotTable of ours stands after a run, or the run names it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree
from office.excel.test_attached import written
from openpyxl import load_workbook
from report.reviews import Rows, review_of
from sheets.pivot_examples import activities
from sheets.pivot_lint import lint

from wps_xl.office.excel.package.parts import Package
from wps_xl.office.excel.package.pivot_filters import filters_in
from wps_xl.office.excel.pivots.filters import Filter, label, with_filters
from wps_xl.office.excel.pivots.layout import Layout, Pivot, PivotValue
from wps_xl.office.excel.pivots.source import PivotSource

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Change = Callable[[Any], None]
ROWS: Rows = [
    {"entity": entity, "activity_id": "A-1", "area": area, "activity": f"{entity} did it."}
    for entity, area in (("DESA", "A"), ("UNDP", "B"), ("WFP", "D"), ("OCHA", "D"))
]


def set_up(path: Path, changes: Mapping[str, Change]) -> None:
    """Change PivotTables, each by its name, as Excel stores what is set in it."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, part in parts.items():
        if re.match(r"xl/pivotTables/pivotTable\d+\.xml", name):
            tree = etree.fromstring(part)
            changes.get(tree.get("name"), lambda _: None)(tree)
            parts[name] = etree.tostring(tree)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


def hide(field: int, *items: int) -> Change:
    def change(pivot: Any) -> None:
        found = pivot.findall(f"{_S}pivotFields/{_S}pivotField")[field]
        for item in items:
            found.findall(f"{_S}items/{_S}item")[item].set("h", "1")

    return change


def filters(path: Path) -> Mapping[str, Mapping[str, Filter]]:
    with ZipFile(path) as archive:
        return filters_in(Package(archive))


def test_a_filter_is_set_again_and_fields_that_stood_elsewhere_are_named(tmp_path: Path) -> None:
    def swap(pivot: Any) -> None:
        row, column = (pivot.find(f"{_S}{axis}/{_S}field") for axis in ("rowFields", "colFields"))
        one, other = row.get("x"), column.get("x")
        row.set("x", other)
        column.set("x", one)

    def other_page(pivot: Any) -> None:
        pivot.find(f"{_S}pageFields/{_S}pageField").attrib.pop("item", None)

    path = tmp_path / "review.xlsx"
    written(review_of(Progress=ROWS), path)
    set_up(
        path,
        {
            "Activities by area": hide(0, 0, 3),
            "Prevention activities": other_page,
            "Participation activities": swap,
        },
    )
    new = {"entity": "AU", "activity_id": "A-7", "area": "A", "activity": "AU came in."}

    said = written(review_of(Progress=[*ROWS[1:], new]), path)

    assert said == [
        "Sheet Participation, PivotTable “Participation activities”: its fields stand again as "
        "wps_xl lays them, not as before (rows: Main strategy; columns: Entity; filters: Thematic "
        "area; values: count of No.). Put a PivotTable of your own on a sheet of your own: that "
        "stays as you lay it.",
        "Sheet Areas of action, PivotTable “Activities by area”: your filter on Entity (without "
        "DESA) was taken off, as the table has no such rows or no such field now. Set it again if "
        "you need it.",
    ]
    found = filters(path)
    assert found["Activities by area"]["Entity"].hidden == {"WFP"}
    assert found["Prevention activities"]["Thematic area"].hidden == set()
    sheet: Any = load_workbook(path)["Areas of action"]
    labels = [cell.value for cell in sheet["A"]]
    at = labels.index("Total")
    # An entity that the list lacks comes last.
    assert labels[at - 3 : at] == ["OCHA", "UNDP", "AU"]
    assert list(lint(path)) == []


def test_a_page_filter_on_several_entries_and_one_that_hides_all() -> None:
    source = PivotSource(activities(), "tblData", ("Entity", "Strategy"))
    names = [str(item) for item in source.fields["Entity"].items]
    value = (PivotValue("No.", "Count", "count"),)
    pivot = Pivot("P", "", ("Strategy",), value, pages={"Entity": names[0]})

    some = with_filters(
        source, pivot, {"Entity": Filter(frozenset(names[:2]), frozenset(names[2:]))}
    )
    every = frozenset(map(label, source.fields["Strategy"].items))
    none = with_filters(source, pivot, {"Strategy": Filter(frozenset(), every)})

    assert some.pages == {"Entity": None}
    kept = source.frame["Entity"].str.upper().isin(names[:2])
    assert Layout(source, some, 1, 1).chosen.tolist() == kept.tolist()
    assert none == pivot
