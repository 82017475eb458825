"""What is repaired in the parts that openpyxl writes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font
from validators import assert_valid

from wps_xl.office.excel.packing import save
from wps_xl.office.excel.repairs import repaired


def test_the_children_of_a_font_come_in_the_schemas_order() -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    part = (
        f'<styleSheet xmlns="{main}"><fonts><font><name val="A"/><b/><sz val="9"/></font></fonts>'
    )

    tree = etree.fromstring(repaired("xl/styles.xml", f"{part}</styleSheet>".encode()))

    assert [etree.QName(child).localname for child in tree[0][0]] == ["b", "sz", "name"]


def test_other_parts_stay_as_they_are() -> None:
    assert repaired("xl/workbook.xml", b"<any  />") == b"<any  />"


def test_a_repaired_workbook_is_valid_and_looks_the_same(tmp_path: Path) -> None:
    book, loose, tight = Workbook(), tmp_path / "loose.xlsx", tmp_path / "tight.xlsx"
    look = Font(name="Arial", size=9, bold=True, italic=True, strike=True, color="FF2B4A66")
    book.worksheets[0]["A1"].value = "text"
    book.worksheets[0]["A1"].font = look
    book.save(loose)

    with ZipFile(loose) as source, ZipFile(tight, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, repaired(name, source.read(name)))

    assert load_workbook(tight).worksheets[0]["A1"].font == look
    assert_valid(tight)


def test_each_chart_says_in_words_what_it_shows_and_where_its_figures_stand(
    tmp_path: Path,
) -> None:
    book, path = Workbook(), tmp_path / "charts.xlsx"
    for title in ("Money & time", "Returns"):
        chart = BarChart()
        chart.title = title
        chart.add_data(Reference(book.worksheets[0], 2, 1, 2, 3))
        book.worksheets[0].add_chart(chart, "D4")

    save(book, path, dt.datetime(2026, 3, 4))

    with ZipFile(path) as source:
        drawing = etree.fromstring(source.read("xl/drawings/drawing1.xml"))
    said = [e.get("descr") for e in drawing.iter() if etree.QName(e).localname == "cNvPr"]
    cells = "Its figures stand in 'Sheet'!B1:B3."
    assert said == [f"Bar chart: {title}. {cells}" for title in ("Money & time", "Returns")]
    assert_valid(path)
