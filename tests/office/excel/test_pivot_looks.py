"""The parts of a PivotTable read as if Excel had written them, and its looks outlive a refresh."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from sheets.pivot_examples import AREAS, activities, book_with
from sheets.pivot_package import Package

from wps_xl.office.excel.pivots import defaults
from wps_xl.office.excel.pivots.tables import Pivot, PivotSource, PivotValue, add_pivot

SURVEY = Path(__file__).with_name("pivot_survey.csv")
"""What Excel wrote in 69 PivotTables of 30 public workbooks (tests of ClosedXML and LibreOffice,
a template of Microsoft): how many of the elements have the attribute."""
SCHEMA = Path(__file__).resolve().parents[4] / "shared/tools/validators/xsd/sml.xsd"
XSD = "{http://www.w3.org/2001/XMLSchema}"
TYPES = {
    "pivotTableDefinition": "CT_pivotTableDefinition",
    "location": "CT_Location",
    "pivotField": "CT_PivotField",
    "item": "CT_Item",
    "i": "CT_I",
    "i/x": "CT_X",
    "pageField": "CT_PageField",
    "dataField": "CT_DataField",
    "pivotTableStyleInfo": "CT_PivotTableStyle",
    "format": "CT_Format",
    "pivotArea": "CT_PivotArea",
    "reference": "CT_PivotAreaReference",
    "pivotCacheDefinition": "CT_PivotCacheDefinition",
    "cacheSource": "CT_CacheSource",
    "cacheField": "CT_CacheField",
    "sharedItems": "CT_SharedItems",
    "sharedItems/s": "CT_String",
    "sharedItems/n": "CT_Number",
    "sharedItems/d": "CT_DateTime",
    "sharedItems/m": "CT_Missing",
}
OURS_ALONE = {
    ("pivotTableDefinition", "grandTotalCaption"): "we know our PivotTables again by 'Total'",
    ("pivotTableDefinition", "colHeaderCaption"): "compact: the fields' names over the columns",
    ("format/pivotArea", "grandCol"): "nobody formatted a column of totals there; as grandRow",
    ("references/reference", "defaultSubtotal"): "nor lines of subtotals; as the schema has it",
}
EXCELS_ALONE = {
    ("pivotCacheDefinition", "refreshedDate"): "equal input gives equal files",
}
COUNT, MONEY = PivotValue("No.", "Activities", "count"), PivotValue("US dollars", "Amount")
PIVOTS = (
    Pivot("plain", "Title", ("Area",), (COUNT,)),
    Pivot("both", "", ("Area", "Entity"), (COUNT, MONEY), pages={"Year": 2006}),
    Pivot("across", "", ("Area",), (COUNT,), ("Strategy",), {"Year": None}),
    Pivot("all", "", ("Area", "Entity"), (COUNT, MONEY), ("Strategy", "Year")),
    Pivot("compact", "", ("Area", "Entity"), (COUNT,), ("Strategy",), layout="compact"),
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with a PivotTable of each kind, under each other."""
    book, sheet = book_with(activities())
    order = {"Area": [*AREAS, "Normative"]}
    source = PivotSource(activities(), "tblData", ["Entity", "Area", "Strategy", "Year"], order)
    row = 1
    for pivot in PIVOTS:
        row = add_pivot(sheet, source, pivot, f"A{row}").first_safe_row + 2
    path = tmp_path_factory.mktemp("looks") / "book.xlsx"
    book.save(path)
    return path


def test_the_list_of_defaults_is_that_of_the_schema() -> None:
    if not SCHEMA.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"needs {SCHEMA.name}")
        pytest.skip(f"needs {SCHEMA.name}")
    root = etree.parse(str(SCHEMA)).getroot()

    stated = {element: dict(stated_by(root, kind)) for element, kind in TYPES.items()}

    assert defaults._defaults() == {element: found for element, found in stated.items() if found}


def stated_by(root: etree._Element, kind: str) -> Iterator[tuple[str, str]]:
    """Attribute and default, truth values as workbooks write them."""
    (found,) = root.iterfind(f"{XSD}complexType[@name='{kind}']")
    groups = [g.get("ref", "").rpartition(":")[2] for g in found.iter(f"{XSD}attributeGroup")]
    boxes = [found, *(root.find(f"{XSD}attributeGroup[@name='{name}']") for name in groups)]
    for attribute in (a for box in boxes for a in box.iter(f"{XSD}attribute")):
        value = attribute.get("default")
        if value is not None:
            yield attribute.get("name", ""), {"true": "1", "false": "0"}.get(value, value)


def trees(path: Path) -> Iterator[etree._Element]:
    with ZipFile(path) as archive:
        for name in archive.namelist():
            if re.search(r"/(pivotTable|pivotCacheDefinition)\d+\.xml$", name):
                yield etree.fromstring(archive.read(name))


def attributes(path: Path) -> dict[str, set[str]]:
    """Element under its parent → the attributes that some of them have."""
    found: dict[str, set[str]] = {}
    for element in (e for tree in trees(path) for e in tree.iter(etree.Element)):
        parent = element.getparent()
        above = "" if parent is None else f"{etree.QName(parent).localname}/"
        names = found.setdefault(above + etree.QName(element).localname, set())
        names |= {etree.QName(name).localname for name in element.attrib}
    return found


def test_our_parts_differ_from_those_of_excel_only_where_there_is_a_reason(written: Path) -> None:
    with SURVEY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    excels = {(row["element"], row["attribute"]) for row in rows}
    always = {
        (row["element"], row["attribute"])
        for row in rows
        if row["attribute"] and row["times"] == row["elements"]
    }

    ours = {(e, name) for e, names in attributes(written).items() for name in names}
    elements = {element for element, _ in ours}

    known = {element for element, _ in excels}
    alone = {pair for pair in ours if pair not in excels and pair[0] in known}
    missing = {pair for pair in always if pair[0] in elements and pair not in ours}
    assert alone == set(OURS_ALONE)
    assert missing == set(EXCELS_ALONE)


def test_a_refresh_puts_on_the_alignments_that_the_cells_have(written: Path) -> None:
    book, package = load_workbook(written), Package(written)
    (sheet,) = [one for one in book.worksheets if one._pivots]  # type: ignore[attr-defined]
    looks = list(package.tree("xl/styles.xml").iterfind("{*}dxfs/{*}dxf"))

    for pivot in package.pivots:
        left, top, right, bottom = pivot.whole_box
        cells = [c for row in sheet.iter_rows(top, bottom, left, right) for c in row]
        used = [int(f.get("dxfId", "-1")) for f in pivot.tree.iter("{*}format")]
        (areas,) = pivot.tree.iterfind("{*}formats")

        again = [dict(looks[at][0].items()) for at in used]
        assert all(aligned(cell) in again for cell in cells if cell.value is not None)
        assert areas.getnext().tag.endswith("pivotTableStyleInfo")


def aligned(cell: Cell | MergedCell) -> dict[str, str]:
    """The cell's alignment, but for indents: Excel gives those to its items itself."""
    found = cell.alignment
    shown = {"horizontal": found.horizontal, "vertical": found.vertical}
    return {name: value for name, value in shown.items() if value} | (
        {"wrapText": "1"} if found.wrap_text else {}
    )


def test_formats_stand_once_in_the_workbook_whatever_the_number_of_pivots(written: Path) -> None:
    looks = [etree.tostring(e) for e in Package(written).tree("xl/styles.xml").iter("{*}dxf")]

    assert len(looks) == len(set(looks)) == 4
