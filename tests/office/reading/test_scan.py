from __future__ import annotations

import pytest
from intake.hostile import HELLO, cell, sheet

from wps_xl.office.reading.scan import SMALL_AREA, scan_sheet


def test_error_cells_are_found_with_their_text() -> None:
    xml = sheet(
        '<row r="3"><c r="B3" t="e"><v>#DIV/0!</v></c>'
        '<c r="C3" t="e"><f>NA()</f><v>#N/A</v></c><c r="D3" t="s"><v>0</v></c></row>'
    )

    scan = scan_sheet(xml)

    assert scan.errors == {"B3": "#DIV/0!", "C3": "#N/A"}


def test_a_text_that_looks_like_an_error_is_none() -> None:
    xml = sheet('<row r="1"><c r="A1" t="str"><v>#REF!</v></c><c r="B1" t="e"/></row>')

    scan = scan_sheet(xml)

    assert scan.errors == {}


@pytest.mark.parametrize(
    "content",
    [
        "<f>1+1</f>",
        "<f>1+1</f><v></v>",
        "<f>1+1</f><v/>",
        "<f>1+1</f>\n <v />\n",
        '<f t="shared" si="0"/>',
        '<f t="shared" si="0"/><v></v>',
    ],
)
def test_a_formula_without_a_stored_result_is_found(content: str) -> None:
    stored = '<c r="A2"><f>2</f><v>2</v></c>'
    xml = sheet(f'<row r="2">{stored}<c r="B2" s="1">{content}</c>{stored}</row>')

    scan = scan_sheet(xml)

    assert scan.uncached == {"B2"}


def test_a_formula_that_results_in_an_empty_text_has_a_result() -> None:
    xml = sheet('<row r="2"><c r="B2" t="str"><f>IF(A2=1,"x","")</f><v></v></c></row>')

    scan = scan_sheet(xml)

    assert scan.uncached == frozenset()


def test_hidden_rows_and_merged_ranges_are_found() -> None:
    xml = sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>1</v></c></row>'
        '<row r="3" spans="1:1" hidden="true"/><row r="4" hidden="0"/>',
        before='<cols><col min="2" max="2" hidden="1"/></cols>',
        after='<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="C4:D9"/></mergeCells>',
    )

    scan = scan_sheet(xml)

    assert scan.hidden_rows == {2, 3}
    assert scan.merged == ("A1:B1", "C4:D9")


def test_other_ways_to_write_the_same_xml_change_nothing() -> None:
    xml = (
        b"<x:worksheet xmlns:x='urn'><!-- <x:c r='Z9' t='e'><x:v>#REF!</x:v></x:c> -->"
        b"<x:sheetData><x:row r='2' hidden='1'><x:c t='e' r='B2'><x:f>1/0</x:f>"
        b"<x:v>#DIV/0!</x:v></x:c><x:c r='C2'><x:f>1</x:f></x:c></x:row></x:sheetData>"
        b"<x:mergeCells><x:mergeCell ref='A1:B1'/></x:mergeCells></x:worksheet>"
    )

    scan = scan_sheet(xml)

    assert scan.errors == {"B2": "#DIV/0!"}
    assert scan.uncached == {"C2"}
    assert scan.hidden_rows == {2}
    assert scan.merged == ("A1:B1",)


def test_cells_without_addresses_are_counted() -> None:
    xml = sheet(
        '<row><c><v>1</v></c></row><row r="5" hidden="1"><c><v>1</v></c>'
        '<c t="e"><v>#N/A</v></c></row><row hidden="1"><c r="C6"><v>1</v></c><c><f>1</f></c></row>'
    )

    scan = scan_sheet(xml)

    assert scan.errors == {"B5": "#N/A"}
    assert scan.uncached == {"D6"}
    assert scan.hidden_rows == {5, 6}
    assert (scan.rows, scan.columns) == (6, 3)


def test_the_extent_of_a_small_sheet_is_never_too_small() -> None:
    scan = scan_sheet(sheet(HELLO + cell("CZ40", "1")))

    assert scan.rows >= 40
    assert scan.columns >= 104
    assert scan.area <= SMALL_AREA


def test_the_extent_of_a_far_sheet_is_exact() -> None:
    scan = scan_sheet(sheet(HELLO + cell("B7", "1") + cell("XFD1048576", "1")))

    assert (scan.rows, scan.columns) == (1_048_576, 16_384)


def test_formatted_blank_cells_do_not_count_as_extent() -> None:
    blank = '<row r="1048576"><c r="XFD1048576" s="3"/><c r="XFC1048576" s="3"></c></row>'

    scan = scan_sheet(sheet(HELLO + blank))

    assert (scan.rows, scan.columns) == (1, 1)


def test_an_empty_sheet_says_nothing() -> None:
    assert scan_sheet(sheet("")).area == 0
    assert scan_sheet(b"<worksheet/>").area == 0
    assert scan_sheet(b"").area == 0
