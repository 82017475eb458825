"""More of what programs and people do to cells: tables of instances; clean twins stay silent."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from faults.run import check
from faults.valid import INVITED, practice_rows, request, write
from intake.drawing import CODEBOOK, CYCLE, FORMS
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color
from package_parts import OFFICE, Part, add_parts, drawing

from wps_xl.intake import formats, numbers
from wps_xl.intake.days import date_reader
from wps_xl.intake.nothing import empty_words, or_nothing
from wps_xl.intake.spelling import is_broken, is_cut, repaired
from wps_xl.model import Value
from wps_xl.model.text import latin

WORDS = empty_words(CODEBOOK)
WHITE = "FFFFFF"


def test_all_that_a_return_looks_like_is_told_at_its_cell_and_nothing_else(tmp_path: Path) -> None:
    path = write(tmp_path, request("practices", INVITED[0], practice_rows(9)))
    book = load_workbook(path, rich_text=True)
    front, rows = book["Cover"], book["Practices"]
    at = {cell.value: cell.column_letter for row in rows["A1:AZ4"] for cell in row if cell.value}
    white, struck = InlineFont(color=Color(theme=0)), InlineFont(strike=True)
    fonts = {
        "title6": (Font(color=Color(indexed=9)), PatternFill()),
        "impact6": (Font(color=WHITE), PatternFill("solid", fgColor=WHITE)),
        "context6": (Font(color="FF0000"), PatternFill("solid", fgColor="FF0000")),
        # White on blue, and black on black in a shade that only the program knows.
        "title7": (Font(color=WHITE), PatternFill("solid", fgColor="0000FF")),
        "impact7": (Font(color=WHITE), PatternFill("gray125")),
    }
    cells = {at[key[:-1]] + key[-1]: how for key, how in fonts.items()}
    for cell, (font, fill) in cells.items():
        rows[cell].font, rows[cell].fill = font, fill
    shown = {"results6": ";;;", "why_it_worked6": '@" (draft)"', "title8": "_(@_)", "results8": "@"}
    for key, number_format in shown.items():
        rows[at[key[:-1]] + key[-1]].number_format = number_format
    rows[at["why_it_worked"] + "7"] = CellRichText("Women ", TextBlock(white, "secret "), "met.")
    front["B17"] = CellRichText(TextBlock(struck, "A. Person "), "B. Person")
    front["B19"].font, front["B18"].font = Font(strike=True), Font(color=WHITE)
    book.save(path)

    found = {(issue.sheet, issue.cell, issue.code) for issue in check([path])}

    practices = {
        "title": "hidden-value",
        "impact": "hidden-value",
        "context": "hidden-value",
        "results": "hidden-value",
        "why_it_worked": "read-as-shown",
    }
    assert found == {
        *(("Practices", f"{at[code]}6", said) for code, said in practices.items()),
        ("Practices", f"{at['why_it_worked']}7", "struck-part"),
        ("Cover", "B17", "struck-part"),
        ("Cover", "B18", "hidden-value"),
        ("Cover", "B19", "struck-out"),
    }


def test_words_in_drawings_controls_and_old_notes_are_told_with_their_addresses(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, request("practices", INVITED[0], practice_rows(3)))
    book = load_workbook(path)
    frame = "[Commentaire]\n\nVotre version … Plus : https://x.org/?linkid=870924\n\n"
    rows = book["Practices"]
    rows["D6"].comment = Comment(f"{frame}Commentaire :\n    Quand ?\nRéponse :\n    Hier", "")
    book.save(path)
    links = f'xmlns:r="{OFFICE}"'
    box = f'<xdr:pic><xdr:nvPicPr><xdr:cNvPr {links} id="2" descr="Map"><a:hlinkClick r:id="a"/>'
    box += "</xdr:cNvPr></xdr:nvPicPr></xdr:pic>"
    smart = f'<xdr:graphicFrame><a:x><dgm:relIds xmlns:dgm="d" {links} r:dm="b"/></a:x>'
    smart += "</xdr:graphicFrame>"
    things = drawing(box, smart)
    to = "/relationships/hyperlink"
    lead = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
    lead += f"<Relationship Id='a' Type='x{to}' TargetMode='External' Target='https://x.org/m'/>"
    lead += "<Relationship Id='b' Type='x/diagramData' Target='/xl/diagrams/data9.xml'/>"
    lead += "</Relationships>"
    control = b"<ocx><p name='Caption' value='Agreed'/><p name='Size' value='9'/></ocx>"
    add_parts(
        path,
        "Practices",
        [
            things,
            Part("x", "xl/drawings/_rels/drawing90.xml.rels", lead.encode()),
            Part("x", "xl/diagrams/data9.xml", b"<d><t>Plan</t><t>Act</t></d>"),
            Part("control", "xl/activeX/activeX9.xml", control),
            Part("image", "xl/media/image9.png", b""),
        ],
    )

    found = sorted((issue.code, issue.found) for issue in check([path]))

    assert found == [
        ("cell-note", "Quand ?\nHier"),
        ("drawn-object", ""),
        ("drawn-object", "Agreed"),
        ("drawn-object", "Map; https://x.org/m"),
        ("drawn-object", "Plan Act"),
    ]


@pytest.mark.parametrize(
    ("text", "code", "seen"),
    [
        ("5", '@" (thousands)"', "5 (thousands)"),
        ("5", '0;-0;0;"n/a"', "n/a"),
        ("5", "0;-0;0;", ""),
        ("5", "0.00", "5"),
        ("5", "General;-General;0;@", "5"),
    ],
)
def test_a_text_is_shown_as_its_format_says(text: str, code: str, seen: str) -> None:
    assert formats.shown_text(text, code) == seen


@pytest.mark.parametrize(
    ("value", "code", "seen", "words"),
    [
        (12345, '# ##0\\ "k€"', "12,345 k€", "k€"),
        (12345, "#\u00a0##0\\ [$₦-46A]", "12,345 ₦", "₦"),
        (12, '0" %"', "12 %", "%"),
        (7, "0000", "0007", ""),
    ],
)
def test_a_number_is_shown_with_the_spaces_of_its_format(
    value: float, code: str, seen: str, words: str
) -> None:
    shown = formats.shown(value, code)

    assert (shown.text, shown.words) == (seen, words)


def test_words_for_scales_are_known_with_money_and_in_other_languages() -> None:
    words = ["k€", "MUSD", "US$m", "тыс.", "млн", "Tsd.", "milliers", "万", "persons", "€", "US$"]

    assert [numbers.scale(word) for word in words] == [
        *(1_000, 1_000_000, 1_000_000, 1_000, 1_000_000, 1_000, 1_000, 10_000, 1, 1, 1)
    ]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("ÃƒÂ©tat", "état"),
        ("√©tat des lieux", "état des lieux"),
        ("l‚Äôappui", "l’appui"),
        ("m├⌐diatrices", "médiatrices"),
        ("РњРёСЂРЅС‹Рµ", "Мирные"),
        ("ä¸\xadå›½å¦‡å¥³", "中国妇女"),
        ("à¤®à¤¹à¤¿à¤²à¤¾", "महिला"),
        ("l\x92appui", "l’appui"),
        ("Women &amp; girls, m&eacute;diatrices", "Women & girls, médiatrices"),
        ("Æåíùèíû è ìèð", None),
        ("M?diatrices en C?te d?Ivoire", None),
        ("?????? ??? ????", None),
    ],
)
def test_letters_that_other_programs_broke_are_told(broken: str, whole: str | None) -> None:
    assert is_broken(broken)
    assert repaired(broken) == (whole or broken)


@pytest.mark.parametrize(
    "text",
    [
        "la cité…” été”» « il a parlé”»",
        "R&D; AT&T; Q&A; see https://x.org/a?id=3&b=4 and a?b=c",
        "Who? What? Really??? Ça va?oui",
        "Сроки и Рамки проекта; РСФСР",
        "ÉLÉONORE; naïveté”… ├── √ done",
        "妇女与和平； नमस्ते; النساء",
    ],
)
def test_whole_texts_are_not_called_broken(text: str) -> None:
    assert not is_broken(text)


def test_texts_are_cut_by_what_excel_counts_and_at_the_end_of_a_cell() -> None:
    words = "Trained the staff, in all. " * 1300
    cut = ["😀" * 127 + "x", f"{words[:254]},", words[:32_766] + "x"]
    whole = ["😀" * 254 + "x", f"{words[:254]}.", words[:300] + "x", "中" * 254 + "。"]

    assert [is_cut(text) for text in (*cut, *whole)] == [True] * 3 + [False] * 4


@pytest.mark.parametrize(
    "word",
    [
        *("Ｎ／Ａ", "#N/A", "“tbd”", "- / -", "___", "n\\a", "en attente", "sin datos", "暂无"),
        *("уточняется", "غير معروف", "dd/mm/yyyy", "0000-00-00", "[ ]"),
    ],
)
def test_words_for_nothing_of_other_places_are_nothing_in_a_text(word: str) -> None:
    column = FORMS["practices"].sheets["Practices"].columns["impact"]

    value, finding = or_nothing(lambda held: (held, None), column, WORDS, is_required=False)(word)

    assert value is None
    assert finding is not None
    assert finding.code == "read-as-blank"


@pytest.mark.parametrize("word", ["✓", "+", "5", "A/B", "No woman took part.", "$"])
def test_signs_that_say_something_are_kept(word: Value) -> None:
    column = FORMS["practices"].sheets["Practices"].columns["impact"]

    assert or_nothing(lambda held: (held, None), column, WORDS, False)(word) == (word, None)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("A\uf02d\uf031", "A-1"),
        ("А⁃1", "A-1"),
        ("A\u034f-1\ufe0e", "A-1"),
        ("Ｍ－１", "M-1"),
        ("M־1", "M-1"),
    ],
)
def test_numbers_of_rows_have_one_normal_form(typed: str, plain: str) -> None:
    assert latin(typed) == plain


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2007-01-30T21:00:00.000Z", [30, 31]),
        ("2007-01-30T22:00:00+00:00", [30, 31]),
        ("2007-01-30T21:17:05Z", [30]),
        ("2007-01-31T00:00Z", [31]),
        ("Wed Jan 31 2007 00:00:00 GMT+0300 (Arab Standard Time)", [31]),
        ("Wednesday, 31 January 2007", [31]),
        ("31 Jan 2007 14:05", [31]),
    ],
)
def test_days_of_other_zones_are_asked_about_where_they_may_be_the_next(
    text: str, days: list[int]
) -> None:
    found = numbers.dates(text)

    assert [(day.year, day.month, day.day) for day in found] == [(2007, 1, at) for at in days]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31/01/2550", "odd-date"),
        ("1386/04/10", "odd-date"),
        (dt.datetime(1900, 1, 1), "odd-date"),
        ("30/02/2007", "not-a-date"),
        ("2007-01-30T21:00:00Z", "date-unclear"),
        (dt.datetime(2000, 2, 29), None),
    ],
)
def test_days_that_cannot_be_are_told(typed: Value, code: str | None) -> None:
    _, finding = date_reader(CYCLE.plan_period[1])(typed)

    assert (finding.code if finding else None) == code
