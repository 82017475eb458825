"""Where PivotTables may stand, how they read, and what Excel is known to refuse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pytest
from lxml import etree
from openpyxl.worksheet.worksheet import Worksheet
from sheets.pivot_examples import AREAS, activities, add_table, book_with, frame_of
from sheets.pivot_lint import lint

from wps_xl.office.excel.pivots.tables import Pivot, PivotSource, PivotValue, add_pivot


@pytest.fixture
def source() -> PivotSource:
    """The small table, ready to be counted."""
    order = {"Area": [*AREAS, "Normative"], "Strategy": ["Mediation", "Advocacy"]}
    return PivotSource(activities(), "tblData", ["Entity", "Area", "Strategy", "Year"], order)


COUNT = PivotValue("No.", "Activities", "count")
MONEY = PivotValue("US dollars", "Amount")


def drawn(sheet: Worksheet) -> list[str]:
    """What the sheet shows, a line a row."""
    rows = sheet.iter_rows(values_only=True)
    return ["|".join("" if cell is None else str(cell) for cell in row) for row in rows]


def test_a_tabular_pivot_reads_like_this(source: PivotSource) -> None:
    _, sheet = book_with(activities())
    pivot = Pivot("pvt", "By area", ("Area", "Entity"), (COUNT, MONEY), pages={"Year": 2006})

    placed = add_pivot(sheet, source, pivot, "A1")

    assert drawn(sheet) == [
        "By area|||",
        "Year|2006||",
        "|||",
        "Area|Entity|Activities|Amount",
        "Prevention|UNDP|1|200",
        "|WHO|1|50",
        "Prevention Total||2|250",
        "Protection|WHO|1|",
        "Protection Total||1|",
        "Total||3|250",
    ]
    assert placed.ref == "A4:D10"
    assert placed.first_free_row == 11
    assert placed.cells["A4"] == "Area"
    assert placed.cells["D10"] == 250


def test_a_compact_pivot_reads_like_this(source: PivotSource) -> None:
    _, sheet = book_with(activities())
    pivot = Pivot("pvt", "", ("Area", "Entity"), (COUNT,), ("Strategy",), layout="compact")

    add_pivot(sheet, source, pivot, "A1")

    assert drawn(sheet) == [
        "Activities|Strategy|||",
        "Area / Entity|Mediation|Advocacy|(blank)|Total",
        "Prevention|2|2||4",
        "ILO||1||1",
        "UNDP|1|1||2",
        "WHO|1|||1",
        "Participation|||1|1",
        "ILO|||1|1",
        "Protection||1||1",
        "WHO||1||1",
        "Total|2|3|1|6",
    ]
    assert [sheet.cell(row, 1).alignment.indent for row in (3, 4, 7, 8)] == [0, 1, 0, 1]


def test_a_pivot_that_all_listed_items_would_fill_stays_above_the_first_safe_row(
    source: PivotSource,
) -> None:
    _, sheet = book_with(activities())
    pivot = Pivot("pvt", "", ("Area",), (COUNT,), pages={"Year": 2005})

    placed = add_pivot(sheet, source, pivot, "A1")

    # Two areas now and four in the list, below four rows of page filter and headings.
    assert (placed.first_free_row, placed.first_safe_row) == (7, 9)


def test_figures_have_the_measures_format_and_totals_are_bold(source: PivotSource) -> None:
    _, sheet = book_with(activities())
    share = PivotValue("US dollars", "Average", "average", 4)

    add_pivot(sheet, source, Pivot("pvt", "", ("Area",), (MONEY, share)), "A1")

    assert [sheet[cell].number_format for cell in ("B2", "C2")] == ["#,##0", "#,##0.00"]
    assert [sheet[cell].font.bold for cell in ("A1", "A2", "B4", "A5", "B5")] == [
        *(True, False, False, True, True)
    ]


def test_the_total_column_is_bold_and_headings_stand_over_their_figures(
    source: PivotSource,
) -> None:
    _, sheet = book_with(activities())

    add_pivot(sheet, source, Pivot("pvt", "", ("Entity",), (COUNT,), ("Area",)), "A1")

    assert sheet["E2"].value == "Total"
    assert [sheet[cell].font.bold for cell in ("D3", "E3")] == [False, True]
    assert [sheet[cell].alignment.horizontal for cell in ("A2", "B1", "B2", "E2")] == [
        *("left", "left", "right", "right")
    ]


def test_text_of_others_is_never_a_formula() -> None:
    frame = frame_of(
        """
        | No. | Entity             |
        | A-1 | =HYPERLINK("evil") |
        | A-2 | +1                 |
        """
    )
    _, sheet = book_with(frame)
    source = PivotSource(frame, "tblData", ["Entity"])

    add_pivot(sheet, source, Pivot("pvt", "", ("Entity",), (COUNT,)), "A1")

    shown = {sheet[cell].value: sheet[cell] for cell in ("A2", "A3")}
    assert set(shown) == {'=HYPERLINK("evil")', "+1"}
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in shown.values())


def test_dates_are_shown_as_dates() -> None:
    frame = pd.DataFrame({"No.": ["A-1", "A-2"], "Start": [dt.datetime(2007, 9, 12), None]})
    _, sheet = book_with(frame)
    source = PivotSource(frame, "tblData", ["Start"])

    add_pivot(sheet, source, Pivot("pvt", "", ("Start",), (COUNT,)), "A1")

    assert (sheet["A2"].value, sheet["A2"].number_format) == (
        dt.datetime(2007, 9, 12),
        "yyyy-mm-dd",
    )
    assert sheet["A3"].value == "(blank)"


PLAIN = Pivot("pvt", "Title", ("Area",), (COUNT,))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"pages": {"Year": 1999}}, "no row of tblData has Year 1999"),
        ({"pages": {"Strategy": "Mediation", "Year": 2005}}, "no row"),
        ({"rows": ()}, "needs a row field and a value"),
        ({"values": ()}, "needs a row field and a value"),
        ({"columns": ("Area",)}, "stands twice"),
        ({"rows": ("Note",)}, "'Note' is not one of the source's axes"),
        ({"name": ""}, "the name must have"),
        ({"values": (PivotValue("No.", "us DOLLARS", "count"),)}, "also a heading"),
        ({"values": (COUNT, COUNT)}, "a caption of its own"),
        ({"values": (PivotValue("Note", "Sum"),)}, "can only be counted"),
        ({"values": (PivotValue("Cost", "Sum"),)}, "no column 'Cost'"),
        ({"values": (PivotValue("No.", "N", "count", 164),)}, "number format"),
    ],
)
def test_a_pivot_that_excel_would_refuse_is_refused(
    source: PivotSource, change: dict[str, Any], reason: str
) -> None:
    _, sheet = book_with(activities())

    with pytest.raises(ValueError, match=reason):
        add_pivot(sheet, source, replace(PLAIN, **change), "A1")


def test_a_pivot_must_not_stand_on_other_cells(source: PivotSource) -> None:
    _, sheet = book_with(activities())
    sheet["B3"].value = "here"

    with pytest.raises(ValueError, match="are in use"):
        add_pivot(sheet, source, PLAIN, "A1")


def test_a_pivot_must_not_stand_on_another(source: PivotSource) -> None:
    _, sheet = book_with(activities())
    add_pivot(sheet, source, PLAIN, "A1")

    with pytest.raises(ValueError, match="are in use"):
        add_pivot(sheet, source, replace(PLAIN, name="other"), "B6")


def test_a_pivot_must_not_stand_on_a_protected_sheet(source: PivotSource) -> None:
    _, sheet = book_with(activities())
    sheet.protection.sheet = True

    with pytest.raises(ValueError, match="is protected"):
        add_pivot(sheet, source, PLAIN, "A1")


def test_names_of_pivots_are_unique_in_the_workbook(source: PivotSource) -> None:
    book, sheet = book_with(activities())
    add_pivot(sheet, source, PLAIN, "A1")

    with pytest.raises(ValueError, match="There is a pivot 'PVT'"):
        add_pivot(book.create_sheet("More"), source, replace(PLAIN, name="PVT"), "A1")


def test_the_table_must_be_there_and_be_the_sources(source: PivotSource) -> None:
    other = activities().rename(columns={"Note": "Remark"})

    for frame, reason in ((other, "under"), (activities().head(3), "has 3 rows")):
        _, sheet = book_with(frame)
        with pytest.raises(ValueError, match=reason):
            add_pivot(sheet, source, PLAIN, "A1")
    _, sheet = book_with(activities(), "tblOther")
    with pytest.raises(ValueError, match="is on no sheet"):
        add_pivot(sheet, source, PLAIN, "A1")


def root(path: Path, name: str) -> etree._Element:
    """The root element of a part, without namespaces."""
    with ZipFile(path) as archive:
        tree = etree.fromstring(archive.read(name))
    for element in tree.iter():
        element.tag = etree.QName(element).localname
    return tree


def test_pivots_of_one_source_share_a_cache_and_two_sources_have_two(
    source: PivotSource, tmp_path: Path
) -> None:
    book, sheet = book_with(activities())
    # Equal in every value: openpyxl by itself would take the two caches for one.
    add_table(book.create_sheet("More"), activities(), "tblMore")
    twin = PivotSource(source.frame, "tblMore", source.axes, source.order)
    same = PivotSource(source.frame, "tblData", source.axes, source.order)
    for name, which, anchor in (("a", source, "A1"), ("b", source, "E1"), ("c", twin, "I1")):
        add_pivot(sheet, which, replace(PLAIN, name=name), anchor)
    add_pivot(sheet, same, replace(PLAIN, name="d"), "M1")

    book.save(tmp_path / "book.xlsx")

    listed = root(tmp_path / "book.xlsx", "xl/workbook.xml").findall(".//pivotCache")
    tables = [
        root(tmp_path / "book.xlsx", f"xl/pivotTables/pivotTable{n}.xml") for n in (1, 2, 3, 4)
    ]
    assert [cache.get("cacheId") for cache in listed] == ["1", "2", "3"]
    assert [table.get("cacheId") for table in tables] == ["1", "1", "2", "3"]
    assert lint(tmp_path / "book.xlsx") == []


def test_each_cache_has_the_records_of_its_own_table(source: PivotSource, tmp_path: Path) -> None:
    book, sheet = book_with(activities())
    add_table(book.create_sheet("More"), activities().head(2), "tblMore")
    other = PivotSource(activities().head(2), "tblMore", source.axes)
    add_pivot(sheet, source, PLAIN, "A1")
    add_pivot(sheet, other, replace(PLAIN, name="other"), "E1")

    book.save(tmp_path / "book.xlsx")

    for number, count in ((1, 6), (2, 2)):
        rels = root(
            tmp_path / "book.xlsx", f"xl/pivotCache/_rels/pivotCacheDefinition{number}.xml.rels"
        )
        records = rels[0].get("Target", "").lstrip("/")
        assert len(root(tmp_path / "book.xlsx", records)) == count


def test_a_source_can_serve_two_workbooks(source: PivotSource, tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        book, sheet = book_with(activities())
        add_pivot(sheet, source, PLAIN, "A1")
        book.save(tmp_path / name)

        assert lint(tmp_path / name) == []


def test_the_parts_of_a_pivot_are_these(
    source: PivotSource, tmp_path: Path, golden: Callable[[str, str], None]
) -> None:
    book, sheet = book_with(activities())
    pivot = Pivot("pvt", "", ("Area",), (COUNT, MONEY), ("Strategy",), {"Year": 2006})
    add_pivot(sheet, source, pivot, "A1")

    book.save(tmp_path / "book.xlsx")

    with ZipFile(tmp_path / "book.xlsx") as archive:
        for name, part in (
            ("pivot_table.xml", "xl/pivotTables/pivotTable1.xml"),
            ("pivot_cache.xml", "xl/pivotCache/pivotCacheDefinition1.xml"),
        ):
            tree = etree.fromstring(archive.read(part))
            etree.indent(tree)
            golden(name, etree.tostring(tree, encoding="unicode") + "\n")


def test_equal_input_gives_equal_parts(source: PivotSource, tmp_path: Path) -> None:
    found = []
    for name in ("one.xlsx", "two.xlsx"):
        book, sheet = book_with(activities())
        again = PivotSource(activities(), "tblData", source.axes, source.order)
        add_pivot(sheet, again, PLAIN, "A1")
        book.save(tmp_path / name)
        with ZipFile(tmp_path / name) as archive:
            parts = [part for part in archive.namelist() if not part.startswith("docProps/")]
            found.append([(part, archive.read(part)) for part in parts])

    assert found[0] == found[1]
