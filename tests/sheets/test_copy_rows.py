"""Rows of a correction copy: those with marks are parsed, all others pass byte by byte."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from wps_xl.office.excel.package.parts import MAIN
from wps_xl.sheets.copies.excerpt import Excerpt, excerpt, plain

SPACE = MAIN[1:-1]
LARGE = 60_000


def sheet(rows: str, prefix: str = "") -> bytes:
    """A sheet's part with these rows; each tag has the prefix."""
    space = f"xmlns:{prefix}" if prefix else "xmlns"
    body = f"<cols/><sheetData>{rows}</sheetData><pageMargins/>"
    xml = f'<worksheet {space}="{SPACE}">{body}</worksheet>'
    return re.sub(r"(</?)(?=\w)", rf"\1{prefix}:", xml).encode() if prefix else xml.encode()


def touched(found: Excerpt) -> Excerpt:
    """The excerpt with a look for each of its rows, as a mark gives one."""
    for row in found.tree.iter(f"{MAIN}row"):
        row.set("s", "7")
    return found


def numbers(part: bytes) -> str:
    """The number of each row by a parser of XML, with a star where it has our look."""
    found, number = [], 0
    for row in etree.fromstring(part).iter(f"{MAIN}row"):
        number = int(row.get("r") or number + 1)
        found.append(f"{number}{'*' if row.get('s') == '7' else ''}")
    return " ".join(found)


def test_of_many_blank_rows_only_those_with_marks_are_parsed() -> None:
    blank = "".join(f'<row r="{n}" s="1"><c r="A{n}" s="1"/></row>' for n in range(5, LARGE))
    part = sheet(f'<row r="2"/>{blank}')

    found = touched(excerpt(plain(part), [3, 50, LARGE + 9]))
    after = found.in_place(part)

    assert len(found.tree.findall(f"{MAIN}sheetData/{MAIN}row")) == 3
    head, _, tail = blank.partition('<row r="50" s="1">')
    assert f'<row r="2"/><row r="3" s="7"/>{head}<row r="50" s="7">'.encode() in after
    assert f'{tail}<row r="{LARGE + 9}" s="7"/></sheetData>'.encode() in after


ODD = {
    "without numbers": ("<row><c/></row><row/><row><c/></row><row/>", "1 2 3* 4 9*"),
    "with signs in values": ("<row r='1' a='>'/><row r=\"3\" a='r=\"9\"'\n></row>", "1 3* 9*"),
    "with spaces": ('\n <row r = "1" />\n <row r="4">\n</row>\n', "1 3* 4 9*"),
    "with r in other names": ('<row hr="9" r="3" xr="8"><c r="A3"/></row><row r="4"/>', "3* 4 9*"),
    "with tags in texts": ('<row r="1"><c><is><t>&lt;/row></t></is></c></row>', "1 3* 9*"),
    "out of order": ('<row r="4"/><row r="3"/><row r="1"/>', "4 3* 1 9*"),
    "of one number": ('<row r="3" a="1"/><row r="3" a="2"/><row r="4"/>', "3* 3* 4 9*"),
    "with comments": ('<row r="1"/><!-- <row r="3"/> --><row r="4"/>', "1 3* 4 9*"),
    "with bare texts": ('<row r="1"><c><f><![CDATA[</row>]]></f></c></row>', "1 3* 9*"),
    "with orders": ('<row r="1"/><?x <row r="3"/>?><row r="4"/>', "1 3* 4 9*"),
    "none": ("", "3* 9*"),
}


@pytest.mark.parametrize("prefix", ["", "x"])
@pytest.mark.parametrize(("rows", "expected"), ODD.values(), ids=ODD.keys())
def test_rows_of_any_program_are_found_and_missing_ones_made(
    rows: str, expected: str, prefix: str
) -> None:
    part = plain(sheet(rows, prefix))

    after = touched(excerpt(part, [3, 9])).in_place(part)

    assert numbers(after) == expected
    assert numbers(excerpt(part, []).in_place(part)) == numbers(part)


@pytest.mark.parametrize("encoding", ["UTF-16", "ISO-8859-1", "UTF-8-SIG"])
def test_a_part_in_other_signs_is_read_as_it_says(encoding: str) -> None:
    name = encoding.removesuffix("-SIG")
    told = f'<?xml version="1.0" encoding="{name}"?>'
    part = plain((told + sheet('<row r="1" a="\xe9"/>').decode()).encode(encoding))

    after = touched(excerpt(part, [3])).in_place(part)

    assert numbers(after) == "1 3*"
    assert etree.fromstring(after).find(f".//{MAIN}row").get("a") == "\xe9"


UNSURE = {
    "a row in a row": '<row r="1"><row r="2"></row></row>',
    "something else": '<row r="1"/><line/>',
    "a closing tag with a space": '<row r="1"></row ><row r="2"></row><row r="3"/>',
    "a number that is none": '<row r="one"/>',
}


@pytest.mark.parametrize("rows", UNSURE.values(), ids=UNSURE.keys())
def test_what_is_no_row_for_sure_is_refused(rows: str) -> None:
    with pytest.raises(ValueError, match="rows"):
        excerpt(plain(sheet(rows)), [1, 2])


def test_a_large_part_with_comments_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wps_xl.sheets.copies.excerpt.LARGEST_WHOLE", 100)

    with pytest.raises(ValueError, match="too large"):
        plain(sheet("<!-- -->" + '<row r="1"/>' * 9))
