"""What is repaired in the parts that openpyxl writes."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from validators import assert_valid

from wps_xl.sheets.repairs import repaired


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
