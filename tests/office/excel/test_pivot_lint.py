"""The linter finds each fault that is known to make Excel repair or remove a PivotTable."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sheets.pivot_examples import AREAS, activities, add_table, book_with
from sheets.pivot_lint import Finding, lint

from wps_xl.office.excel.pivots.tables import Pivot, PivotSource, PivotValue, add_pivot

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"

BOOK = "xl/workbook.xml"
TABLE = "xl/tables/table1.xml"
CACHE = "xl/pivotCache/pivotCacheDefinition1.xml"
RECORDS = "xl/pivotCache/pivotCacheRecords1.xml"
PIVOT = "xl/pivotTables/pivotTable1.xml"
SECOND_CACHE_RELS = "xl/pivotCache/_rels/pivotCacheDefinition2.xml.rels"
DATA_SHEET_RELS = "xl/worksheets/_rels/sheet1.xml.rels"
PIVOT_SHEET = "xl/worksheets/sheet2.xml"
TYPES = "[Content_Types].xml"


@dataclass(frozen=True)
class Fault:
    """One change of one part, and a word of the finding that it must lead to."""

    what: str
    part: str
    old: str
    new: str
    finding: str

    def __str__(self) -> str:
        return self.what

    def put_into(self, good: Path, bad: Path) -> None:
        """Copy the good file with the fault in it."""
        with ZipFile(good) as source, ZipFile(bad, "w", ZIP_DEFLATED) as target:
            for name in source.namelist():
                text = source.read(name)
                if name == self.part:
                    text = self._changed(text.decode()).encode()
                target.writestr(name, text)

    def _changed(self, text: str) -> str:
        changed = re.sub(self.old, self.new, text, count=1, flags=re.DOTALL)
        assert changed != text, f"nothing in {self.part} matches {self.old}"
        return changed


# The first sixteen are those of the study (SHEETS.md 1.3), with the reports behind them.
FAULTS = (
    Fault(
        "recordCount is not the number of records (exceljs 42)",
        *(CACHE, 'recordCount="6"', 'recordCount="11"', "recordCount is 11"),
    ),
    Fault(
        "a record points behind the shared items",
        *(RECORDS, '<x v="2"/>', '<x v="99"/>', "points outside the shared items"),
    ),
    Fault(
        "a shared item is repeated in other case (ClosedXML 123, openxlsx2 713)",
        *(CACHE, '<s v="WHO"/>', '<s v="Undp"/>', "'undp' occurs 2 times"),
    ),
    Fault(
        "an axis does not list all its items (PhpSpreadsheet 4976)",
        *(PIVOT, r'<items count="4">.*?</items>', '<items><item t="default"/></items>'),
        "not every shared item once",
    ),
    Fault(
        "an axis has lost its shared items (ClosedXML.Report 82)",
        *(CACHE, r'(name="Area"[^>]*>)<sharedItems.*?</sharedItems>', r"\1<sharedItems/>"),
        "not every shared item once",
    ),
    Fault(
        "blank items are denied (openpyxl-pivots 0.2.1)",
        *(CACHE, r'(name="Strategy".*?) containsBlank="1"', r'\1 containsSemiMixedTypes="0"'),
        "Strategy: containsBlank should be 1",
    ),
    Fault(
        "cacheId is not in the workbook (openpyxl takes equal caches for one)",
        *(PIVOT, 'cacheId="1"', 'cacheId="7"', "cacheId 7 is not in the workbook"),
    ),
    Fault(
        "a value's caption is a field's name",
        *(PIVOT, 'name="Amount"', 'name="US Dollars"', "'us dollars' is also the name"),
    ),
    Fault(
        "there is a pivot field too few",
        *(PIVOT, r'<pivotField dataField="1"[^>]*/>', "", "it has 6 fields, its cache 7"),
    ),
    Fault(
        "a line shows an item that does not exist",
        *(PIVOT, r'(<rowItems.*?)<x v="2"/>', r'\1<x v="77"/>', "rowItems: a line shows an item"),
    ),
    Fault(
        "the source table has another name",
        *(CACHE, 'worksheetSource name="tblData"', 'worksheetSource name="tblGone"'),
        "'tblGone' is neither a table nor a name",
    ),
    Fault(
        "a column of the table was renamed (EPPlus 715)",
        *(TABLE, 'name="Strategy"', 'name="Strategies"', "not the columns of its table"),
    ),
    Fault(
        "a value is of a field that is not marked",
        *(
            PIVOT,
            r'(<dataField name="Activities" fld=)"0"',
            r'\1"6"',
            "value field 6 is not marked",
        ),
    ),
    Fault(
        "the range is smaller than the lines",
        *(PIVOT, r'ref="A4:\w+"', 'ref="A4:B5"', "its range is not as large as its lines"),
    ),
    Fault(
        "a pivot stands on the data",
        *(DATA_SHEET_RELS, "</Relationships>"),
        '<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/pivotTable" Target="/xl/pivotTables/pivotTable1.xml"/></Relationships>',
        "overlap",
    ),
    Fault(
        "the workbook has two lists of extensions (openxlsx 313)",
        *(BOOK, "</workbook>", "<extLst/><extLst/></workbook>", "more than one extLst"),
    ),
    Fault(
        "two caches have one number (EPPlus 1090)",
        *(BOOK, 'cacheId="2"', 'cacheId="1"', "cache number 1 is listed 2 times"),
    ),
    Fault(
        "two caches have the same records (openpyxl numbers them too late)",
        *(SECOND_CACHE_RELS, "pivotCacheRecords2", "pivotCacheRecords1", "records of 2 caches"),
    ),
    Fault(
        "records belong to no cache",
        *(SECOND_CACHE_RELS, "<Relationship .*?/>", "", "records of no cache"),
    ),
    Fault(
        "slicers cannot tell two caches apart (EPPlus 1090)",
        *(CACHE, 'pivotCacheId="1001"', 'pivotCacheId="1002"', "1002 occurs 2 times"),
    ),
    Fault(
        "a field has no name (EPPlus 478)",
        *(CACHE, 'cacheField name="Note"', 'cacheField name=" "', "a field has no name"),
    ),
    Fault(
        "two fields are alike but for their case (openxlsx2 909)",
        *(CACHE, 'cacheField name="Note"', 'cacheField name="AREA"', "'area' occurs 2 times"),
    ),
    Fault(
        "a text is true and another time a truth (EPPlus 1806)",
        *(CACHE, r'<s v="WHO"/>', '<b v="UNDP"/>', "'undp' occurs 2 times"),
    ),
    Fault(
        "the number of shared items is stated wrongly",
        *(CACHE, 'sharedItems count="3"', 'sharedItems count="8"', "not as many as stated"),
    ),
    Fault(
        "no shared items are counted",
        *(CACHE, r'(name="Note"[^>]*><sharedItems)', r'\1 count="0"', "has 0 shared items"),
    ),
    Fault(
        "numbers are said to be text",
        *(CACHE, r'(name="Year".*?) containsString="0"', r"\1", "containsString should be 0"),
    ),
    Fault(
        "numbers are below the least",
        *(CACHE, 'minValue="2005"', 'minValue="2006"', "a number is below minValue"),
    ),
    Fault(
        "a long text is not announced (ClosedXML 1248)",
        *(RECORDS, '<s v="one"/>', f'<s v="{"x" * 300}"/>', "Note: longText should be 1"),
    ),
    Fault(
        "a text is longer than a cell",
        *(RECORDS, '<s v="one"/>', f'<s v="{"x" * 40_000}"/>', "longer than 32767"),
    ),
    Fault(
        "a record lacks a cell",
        *(RECORDS, '<s v="one"/>', "", "not as wide as there are fields"),
    ),
    Fault(
        "a record has a value where it should point at an item",
        *(RECORDS, '<x v="0"/>', '<s v="UNDP"/>', "a record holds a value"),
    ),
    Fault(
        "an unused item has a record",
        *(CACHE, '<s v="UNDP"/>', '<s v="UNDP" u="1"/>', "a record has the unused item 'UNDP'"),
    ),
    Fault(
        "an item without a record is not marked as missing",
        *(PIVOT, ' m="1"', "", "item 3 is wrongly marked present"),
    ),
    Fault(
        "a page filter is set to an item without a record",
        *(PIVOT, r'(<pageField fld="2" item=)"\d"', r'\1"3"', "an item without records"),
    ),
    Fault(
        "a page filter is set to nothing",
        *(PIVOT, r'(<pageField fld="2" item=)"\d"', r'\1"9"', "an item that does not exist"),
    ),
    Fault(
        "the lists of fields disagree with the fields",
        *(PIVOT, '<field x="1"/>', '<field x="4"/>', "rowFields and the fields marked axisRow"),
    ),
    Fault(
        "the field of values is missing",
        *(PIVOT, '<field x="-2"/>', "", "the field of values (-2) is missing"),
    ),
    Fault(
        "a line for a combination is missing",
        *(PIVOT, r"(<rowItems[^>]*>)<i>.*?</i>", r"\1", "not the combinations"),
    ),
    Fault(
        "there is no room for the page filters",
        *(PIVOT, r'ref="A4:(\w)\d+"', r'ref="A2:\g<1>6"', "no room for the page filters"),
    ),
    Fault(
        "a number format is not defined",
        *(PIVOT, r'(<dataField [^>]*numFmtId=)"3"', r'\1"999"', "nowhere defined"),
    ),
    Fault(
        "the sheet is protected (EPPlus 1666)",
        *(PIVOT_SHEET, "</sheetData>", '</sheetData><sheetProtection sheet="1"/>'),
        "protected sheet",
    ),
    Fault(
        "two pivots of a sheet have one name",
        *(PIVOT, 'name="one"', 'name="TWO"', "2 pivots are named 'two'"),
    ),
    Fault(
        "a part is not declared",
        *(TYPES, r'<Override PartName="/xl/pivotTables/pivotTable1.xml".*?/>', ""),
        "has no content type",
    ),
    Fault(
        "the extensions are not last",
        *(PIVOT, r"(<location )", r"<extLst/>\1", "more than one extLst"),
    ),
    Fault(
        "a cache has no part",
        *("xl/_rels/workbook.xml.rels", "pivotCacheDefinition2.xml", "pivotCacheDefinition9.xml"),
        "cache 2 has no part",
    ),
    Fault(
        "versions contradict each other",
        *(CACHE, 'refreshedVersion="6"', 'refreshedVersion="2"', "below minRefreshableVersion"),
    ),
)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with three pivots on two caches, blanks and an item without rows."""
    book, sheet = book_with(activities())
    # One row less, so that the records of the two tables differ.
    add_table(book.create_sheet("More"), activities().head(5), "tblMore")
    axes = ["Entity", "Area", "Strategy", "Year"]
    source = PivotSource(activities(), "tblData", axes, {"Area": [*AREAS, "Normative"]})
    other = PivotSource(activities().head(5), "tblMore", axes)
    count, money = PivotValue("No.", "Activities", "count"), PivotValue("US dollars", "Amount")
    pages = {"Area": "Prevention", "Year": None}
    one = Pivot("one", "", ("Entity",), (count, money), ("Strategy",), pages)
    add_pivot(sheet, source, one, "A1")
    add_pivot(sheet, source, replace(one, name="two", pages={}, columns=()), "A20")
    add_pivot(sheet, other, replace(one, name="three", rows=("Area",), pages={}), "A40")
    path = tmp_path_factory.mktemp("lint") / "good.xlsx"
    book.save(path)
    return path


def test_nothing_is_wrong_with_a_good_file(good: Path) -> None:
    assert lint(good) == []


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_the_linter_finds_a_fault(fault: Fault, good: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xlsx"
    fault.put_into(good, bad)

    findings = lint(bad)

    assert [found for found in findings if fault.finding in found.text], findings


def test_a_cache_without_records_must_be_refreshed_on_load(good: Path, tmp_path: Path) -> None:
    lean, bad = tmp_path / "lean.xlsx", tmp_path / "bad.xlsx"
    rels = "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels"
    Fault("no records", rels, "<Relationship .*?/>", "", "").put_into(good, lean)
    Fault("no refresh", CACHE, 'refreshOnLoad="1"', "", "").put_into(lean, bad)

    left_over = Finding(RECORDS, "are the records of no cache")
    no_refresh = Finding(CACHE, "it has no records and is not refreshed on load")
    assert lint(lean) == [left_over]
    assert lint(bad) == [left_over, no_refresh]


def test_the_linter_finds_parts_that_are_there_twice(good: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(good.read_bytes())
    with ZipFile(bad, "a") as archive:
        archive.writestr(CACHE.upper(), archive.read(CACHE))

    assert Finding(CACHE.casefold(), "is 2 times in the file") in lint(bad)


def test_nothing_is_wrong_with_pivots_that_excel_wrote() -> None:
    if not CORPUS.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("needs ../shared/corpus")
        pytest.skip("needs ../shared/corpus")
    paths = [path for path in CORPUS.glob("files/*/*") if _has_pivots(path)]

    assert {path.name: lint(path) for path in paths} == {path.name: [] for path in paths}
    assert paths


def _has_pivots(path: Path) -> bool:
    try:
        with ZipFile(path) as archive:
            return any("pivotTables/" in name for name in archive.namelist())
    except Exception:
        return False
