from __future__ import annotations

import datetime as dt

import pytest
from intake.hostile import (
    HELLO,
    ODD_FILES,
    OFFICE,
    packed,
    parts,
    sheet,
    strict_workbook,
    workbook,
)

from wps_xl.office.reading.archive import MAX_PARTS, open_archive
from wps_xl.office.reading.package import Package, open_package
from wps_xl.office.reading.unreadable import REASONS, RefusedError

CORE = (
    '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dcterms="urn:dc"><dcterms:created>2001-01-01'
    "</dcterms:created><dcterms:modified>{}</dcterms:modified></cp:coreProperties>"
)


def opened(data: bytes, extension: str = ".xlsx") -> Package:
    return open_package(data, extension)


def reason(data: bytes, extension: str = ".xlsx") -> str:
    with pytest.raises(RefusedError) as caught:
        open_package(data, extension)
    return caught.value.reason


def saved_on(moment: str) -> bytes:
    named = parts({"Data": sheet(HELLO)})
    link = (
        '<Relationship Id="rId9" Target="docProps/core.xml" Type="http://schemas.openxmlformats.org'
        '/package/2006/relationships/metadata/core-properties"/></Relationships>'
    )
    named["_rels/.rels"] = named["_rels/.rels"].replace(b"</Relationships>", link.encode())
    named["docProps/core.xml"] = CORE.format(moment).encode()
    return packed(named)


def with_tabs(tabs: str, content: bytes = b"") -> bytes:
    named = parts({"Data": content or sheet(HELLO)})
    start, end = named["xl/workbook.xml"].split(b"<sheets>")
    named["xl/workbook.xml"] = start + b"<sheets>" + tabs.encode() + end
    return packed(named)


def test_the_worksheets_come_in_the_order_of_their_tabs() -> None:
    package = opened(packed(parts({"Notes": sheet(""), "Answers": sheet(HELLO)})))

    assert [tab.name for tab in package.sheets] == ["Notes", "Answers"]
    assert not package.strict


def test_hidden_sheets_are_kept_and_marked() -> None:
    tabs = '<sheet name="Lists" sheetId="9" state="veryHidden" r:id="rId1"/>'

    package = opened(with_tabs(tabs))

    assert [(tab.name, tab.visible) for tab in package.sheets] == [("Lists", False), ("Data", True)]


@pytest.mark.parametrize("root", ["chartsheet", "dialogsheet", "xm:macrosheet"])
def test_sheets_without_cells_are_left_out(root: str) -> None:
    package = opened(packed(parts({"Chart": f"<{root} xmlns:xm='urn'/>".encode()})))

    assert package.sheets == ()


def test_a_tab_without_a_part_is_left_out() -> None:
    package = opened(with_tabs('<sheet name="Module1" sheetId="9" r:id=""/>'))

    assert [tab.name for tab in package.sheets] == ["Data"]


def test_two_sheets_of_one_name_are_refused() -> None:
    assert reason(with_tabs('<sheet name="DATA" sheetId="9" r:id="rId1"/>')) == "damaged"


def test_a_sheet_that_lies_outside_the_file_is_refused() -> None:
    named = parts({"Data": sheet(HELLO)})
    links = named["xl/_rels/workbook.xml.rels"]
    named["xl/_rels/workbook.xml.rels"] = links.replace(
        b'Target="worksheets/sheet1.xml"', b'Target="http://x.org/s.xml" TargetMode="External"'
    )

    assert reason(packed(named)) == "damaged"


def test_parts_are_found_whatever_the_case_of_their_names() -> None:
    named = parts({"Data": sheet(HELLO)})
    named["XL/Worksheets/Sheet1.XML"] = named.pop("xl/worksheets/sheet1.xml")

    package = opened(packed(named))

    assert package.archive.read(package.sheets[0].part) == sheet(HELLO)


def test_a_strict_workbook_is_recognised() -> None:
    assert opened(strict_workbook()).strict


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2024-05-01T12:30:00Z", dt.datetime(2024, 5, 1, 12, 30)),
        ("2024-05-01T12:30:00+02:00", dt.datetime(2024, 5, 1, 10, 30)),
        ("2024-05-01T12:30:00", dt.datetime(2024, 5, 1, 12, 30)),
        ("yesterday", None),
        ("", None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_the_date_inside_is_universal_time_or_none(written: str, moment: dt.datetime) -> None:
    assert opened(saved_on(written)).modified == moment


def test_a_date_part_that_does_no_harm_may_be_missing() -> None:
    assert opened(workbook()).modified is None


@pytest.mark.parametrize(
    ("extension", "kind", "expected"),
    [
        (".xlsx", "sheet.macroEnabled", "macros"),
        (".xltx", "template.macroEnabled", "macros"),
        ("", "sheet.macroEnabled", "macros"),
    ],
)
def test_macros_under_a_name_without_macros_are_refused(
    extension: str, kind: str, expected: str
) -> None:
    data = packed(parts({"Data": sheet(HELLO)}, kind=f"application/vnd.ms-excel.{kind}.main+xml"))

    assert reason(data, extension) == expected


def test_macros_under_their_own_name_are_data() -> None:
    kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    data = packed({**parts({"Data": sheet(HELLO)}, kind=kind), "xl/vbaProject.bin": b"\x00" * 99})

    assert [tab.name for tab in opened(data, ".XLSM").sheets] == ["Data"]


def test_an_archive_of_too_many_parts_is_refused() -> None:
    many = packed({f"x{number}.xml": b"" for number in range(MAX_PARTS + 1)}, level=0)

    with pytest.raises(RefusedError) as caught:
        open_archive(many)

    assert caught.value.reason == "large"


def test_a_part_of_wrong_checksum_is_refused() -> None:
    data = workbook(level=0).replace(b"hello", b"HELLO")
    package = opened(data)

    with pytest.raises(RefusedError) as caught:
        package.archive.read(package.sheets[0].part)

    assert caught.value.reason == "damaged"


def test_every_sentence_names_the_file_and_ends_in_advice() -> None:
    for code, sentence in REASONS.values():
        assert code
        assert sentence.startswith("{book} ")
        assert sentence.endswith(".")
        assert sentence.count(". ") >= 1


def test_every_reason_for_refusing_content_occurs_among_the_odd_files() -> None:
    codes = {code for _, code in ODD_FILES.values()}

    # These come from the file system, the clock and the child; test_open.py raises them.
    elsewhere = {"not-readable", "lock-file", "other-file", "timeout"}
    assert {code for code, _ in REASONS.values()} - elsewhere <= codes


def test_a_link_to_a_missing_workbook_is_refused() -> None:
    named = parts({"Data": sheet(HELLO)})
    del named["xl/workbook.xml"]

    assert reason(packed(named)) == "damaged"


def test_a_package_without_links_holds_no_workbook() -> None:
    named = parts({"Data": sheet(HELLO)})
    del named["_rels/.rels"]

    assert reason(packed(named)) == "other"


def test_an_unused_document_type_is_refused_as_well() -> None:
    named = {**parts({"Data": sheet(HELLO)}), "docProps/app.xml": b"<!DOCTYPE x><x/>"}

    assert reason(packed(named)) == "unsafe"


def test_what_power_query_stores_is_no_danger() -> None:
    named = {**parts({"Data": sheet(HELLO)}), "customXml/item1.xml": "<x/>".encode("utf-16")}

    assert opened(packed(named)).sheets


def test_relationships_of_another_namespace_are_not_needed() -> None:
    named = parts({"Data": sheet(HELLO)})
    named["xl/workbook.xml"] = named["xl/workbook.xml"].replace(OFFICE.encode(), b"urn:other")

    assert [tab.name for tab in opened(packed(named)).sheets] == ["Data"]
