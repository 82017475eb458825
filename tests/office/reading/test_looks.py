"""What the XML of a workbook says of how its cells look, whichever program wrote it."""

from __future__ import annotations

import pytest
from intake.hostile import sheet

from wps_xl.intake.formats import shown
from wps_xl.model import Look
from wps_xl.office.reading.looks import Telling, is_telling, texts_in
from wps_xl.office.reading.scan import scan_sheet

EURO = Look("[$€-407] #,##0")


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "@",
        "#,##0.00",
        "0.00;[Red]0.00",
        '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)',
        "yyyy-mm-dd",
        "# ?/?",
        "0.00E+00",
        "[h]:mm",
    ],
)
def test_digits_and_dates_say_no_more_than_the_value(code: str) -> None:
    assert not is_telling(code)


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("0%", 0.61, "61%"),
        ("0.0%", 0.126, "12.6%"),
        ("#,##0\\ [$€-407]", 1000, "1,000 €"),
        ("#,##0 €", 1000, "1,000 €"),
        ('"KES" #,##0', 1000, "KES 1,000"),
        ("#,##0,", 1_200_000, "1,200"),
        ('0.0,,"M"', 1_250_000, "1.2M"),
        ('[>=1000]0.0,"k";0', 4500, "4.5k"),
        ('0" persons"', 12, "12 persons"),
        ('"A-"0', 1, "A-1"),
        ("000", 7, "007"),
        (";;;", 5, ""),
        ('[=1]"Yes";[=0]"No"', 1, "Yes"),
        ("0;0", -5, "5"),
    ],
)
def test_a_number_is_shown_as_its_format_says(code: str, value: float, text: str) -> None:
    assert is_telling(code)
    assert shown(value, code).text == text


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="3"><c r="B3" s="4"><v>5</v></c><c r="C3" s="2"><v>5</v></c></row>',
        # SheetJS writes the type first, WPS Office the style, others no addresses at all.
        '<row r="3"><c t="n" s="4" r="B3"><v>5</v></c></row>',
        "<row/><row/><row><c/><c s='4'><v>5</v></c></row>",
    ],
)
def test_a_cell_with_a_telling_style_is_found(cells: str) -> None:
    assert scan_sheet(sheet(cells), Telling({4: EURO})).looks == {"B3": EURO}


def test_pieces_of_shared_texts_are_told_apart() -> None:
    texts = (
        b"<sst><si><t>strike</t></si><si/><si><r><t>120</t></r><r><rPr><b/>"
        b'<vertAlign val="superscript"/></rPr><t>1</t></r></si>'
        b"<si><r><rPr><strike val='0'/></rPr><t>kept</t></r></si>"
        b"<si><r><rPr><strike/></rPr><t>a &lt; b</t></r><r><t>c</t></r></si></sst>"
    ).replace(b"'", b'"')

    found = list(texts_in(texts, b"", b"si"))

    raised, struck = (("", "120"), ("raised", "1")), (("struck", "a < b"), ("", "c"))
    assert found == [(), (), raised, (), struck]


def test_pieces_of_a_text_in_the_sheet_itself_are_told_apart() -> None:
    xml = sheet(
        '<row r="2"><c r="A2" t="inlineStr"><is><r><rPr><strike/></rPr><t>10</t></r>'
        '<r><t xml:space="preserve">12</t></r></is></c></row>'
    )

    assert scan_sheet(xml).looks == {"A2": Look(pieces=(("struck", "10"), ("", "12")))}


@pytest.mark.parametrize(
    ("cell", "is_object"),
    [
        ('<c r="A1" t="e" vm="1"><v>#VALUE!</v></c>', True),
        ('<c r="A1" t="str"><f>_xlfn.DISPIMG("ID",1)</f><v>=DISPIMG("ID",1)</v></c>', True),
        ('<c r="A1" t="str"><f>IMAGE("https://example.org/a.png")</f><v></v></c>', True),
        ('<c r="A1" t="e" vm="1" cm="1"><f>A2:A9</f><v>#VALUE!</v></c>', False),
        ('<c r="A1" t="e"><v>#VALUE!</v></c>', False),
    ],
)
def test_places_and_pictures_in_cells_are_known_in_any_suite(cell: str, is_object: bool) -> None:
    xml = sheet(f'<row r="1">{cell}</row>')

    assert scan_sheet(xml).objects == (frozenset({"A1"}) if is_object else frozenset())
