from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import cast
from xml.sax.saxutils import escape

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake.hostile import MAIN, packed, parts, sheet, strict_workbook, workbook
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.model import Grid, column_letter
from wps_xl.office.reading.grids import read_grids, scanned
from wps_xl.office.reading.package import open_package

# Number formats of the style with the same number; a cell picks its style by name.
FORMATS = ("General", "yyyy\\-mm\\-dd", "dd/mm/yyyy hh:mm", "hh:mm:ss", "[h]:mm:ss", "@", "0.00%")
STYLES = {"number": 0, "date": 1, "moment": 2, "time": 3, "duration": 4, "text": 5}
EPOCH_1904 = '<workbookPr date1904="1"/>'


def styles() -> bytes:
    formats = "".join(
        f'<numFmt numFmtId="{200 + number}" formatCode="{code}"/>'
        for number, code in enumerate(FORMATS)
    )
    used = "".join(f'<xf numFmtId="{200 + number}" xfId="0"/>' for number in range(len(FORMATS)))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts>'
        "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
        f'<cellStyleXfs><xf/></cellStyleXfs><cellXfs count="{len(FORMATS)}">{used}</cellXfs>'
        "</styleSheet>"
    ).encode()


def styled(rows: str, *, texts: Sequence[str] = (), settings_: str = "") -> bytes:
    """A workbook with number formats and shared texts."""
    named = parts({"Data": sheet(rows)}, settings=settings_)
    links = named["xl/_rels/workbook.xml.rels"]
    link = (
        '<Relationship Id="rIdS" Target="styles.xml" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/styles"/></Relationships>'
    )
    named["xl/_rels/workbook.xml.rels"] = links.replace(b"</Relationships>", link.encode())
    named["xl/styles.xml"] = styles()
    shared = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in texts)
    named["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{shared}</sst>'.encode()
    return packed(named)


def both(data: bytes) -> Mapping[str, Grid]:
    """The grids of a workbook, after making sure that both readers give the same."""
    package = open_package(data, ".xlsx")
    fast, careful = (
        read_grids(package, scanned(package)),
        read_grids(package, scanned(package), careful=True),
    )
    assert {name: described(grid) for name, grid in fast.items()} == {
        name: described(grid) for name, grid in careful.items()
    }
    return fast


def described(grid: Grid) -> tuple[object, ...]:
    """Everything in a grid; 1, 1.0 and True differ."""
    rows = [[(type(value), value) for value in row] for row in grid.rows]
    return rows, grid.visible, grid.errors, grid.uncached, grid.merged, grid.hidden_rows


def data(rows: str, *, texts: Sequence[str] = ()) -> Grid:
    return both(styled(rows, texts=texts))["Data"]


def stored(value: str, style: str, address: str = "A1") -> str:
    return f'<row r="1"><c r="{address}" s="{STYLES[style]}"><v>{value}</v></c></row>'


def test_addresses_count_from_a1_even_if_nothing_is_there() -> None:
    grid = data('<row r="3"><c r="C3"><v>7</v></c></row>')

    assert grid.rows == ((), (), (None, None, 7))
    assert grid.value(3, 3) == 7


def test_blank_rows_and_cells_at_the_end_are_dropped() -> None:
    grid = data(
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"/><c r="C1" t="inlineStr"><is><t></t></is>'
        '</c></row><row r="2"><c r="B2" t="e"><v>#N/A</v></c></row><row r="9"><c r="A9"/></row>'
    )

    assert grid.rows == ((1,),)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("5", 5),
        ("5.0", 5),
        ("-0", 0),
        ("0.1", 0.1),
        ("1E3", 1000),
        ("999999999999999", 999_999_999_999_999),
        ("12345678901234567890", 1.2345678901234567e19),
        ("1e300", 1e300),
    ],
)
def test_whole_numbers_are_int_up_to_fifteen_digits(written: str, value: float) -> None:
    read = data(stored(written, "number")).value(1, 1)

    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("written", "style", "value"),
    [
        ("45000", "date", dt.datetime(2023, 3, 15)),
        ("45000.5", "moment", dt.datetime(2023, 3, 15, 12)),
        ("45000.999999999", "moment", dt.datetime(2023, 3, 16)),
        ("60", "date", dt.datetime(1900, 2, 28)),
        ("0.5", "time", dt.time(12)),
        ("0.458333333", "time", dt.time(11)),
        ("1.25", "duration", dt.timedelta(hours=30)),
        ("0.25", "duration", dt.timedelta(hours=6)),
        ("-1.5", "date", dt.time(12)),
    ],
)
def test_dates_are_datetimes_times_are_times(written: str, style: str, value: object) -> None:
    assert data(stored(written, style)).value(1, 1) == value


def test_dates_count_from_1904_where_the_workbook_says_so() -> None:
    grid = both(styled(stored("43538", "date"), settings_=EPOCH_1904))["Data"]

    assert grid.value(1, 1) == dt.datetime(2023, 3, 15)


def test_iso_dates_are_dates_too() -> None:
    grid = data(
        '<row r="1"><c r="A1" t="d" s="1"><v>2007-03-08</v></c>'
        '<c r="B1" t="d" s="2"><v>2007-03-08T09:30:00</v></c></row>'
    )

    assert grid.rows == ((dt.datetime(2007, 3, 8), dt.datetime(2007, 3, 8, 9, 30)),)


def test_a_day_at_midnight_of_greenwich_is_that_day_and_another_hour_is_as_it_stands() -> None:
    """SheetJS writes days so."""
    grid = data(
        '<row r="1"><c r="A1" t="d" s="1"><v>2007-03-08T00:00:00.000Z</v></c>'
        '<c r="B1" t="d"><v>2007-03-07T22:00:00.000Z</v></c></row>'
    )

    assert grid.rows == ((dt.datetime(2007, 3, 8), "2007-03-07T22:00:00.000Z"),)


def test_yes_and_no_are_not_numbers() -> None:
    grid = data('<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1"><v>1</v></c></row>')

    assert grid.value(1, 1) is True
    assert type(grid.value(1, 2)) is int


def test_errors_are_blank_and_named() -> None:
    grid = data(
        '<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="str"><v>#REF!</v></c>'
        '<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )

    assert grid.rows == ((None, "#REF!"),)
    assert grid.errors == {"A1": "#REF!", "C1": "#DIV/0!"}


def test_formulas_never_calculated_are_blank_and_named() -> None:
    grid = data('<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v>2</v></c></row>')

    assert grid.rows == ((None, 2),)
    assert grid.uncached == {"A1"}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("a_x000D_b", "a\rb"),
        ("a_x000a_b", "a\nb"),
        ("_x005F_x000D_", "_x000D_"),
        ("_xD83D_", "_xD83D_"),
        ("_xZZZZ_", "_xZZZZ_"),
        ("  spaces  ", "  spaces  "),
        ("&lt;&amp;", "<&"),
    ],
)
def test_escapes_in_texts_become_their_characters(written: str, value: str) -> None:
    own = f'<c r="B1" t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'
    rows = f'<row r="1"><c r="A1" t="s"><v>0</v></c>{own}</row>'

    # openpyxl drops this mark, but only the texts that sheets share are common in real files.
    if "x005F" in written:
        rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'

    assert set(data(rows, texts=[written]).rows[0]) == {value}


def test_a_reference_to_no_text_is_blank() -> None:
    rows = '<row r="1"><c r="A1" t="s"><v></v></c><c r="B1" t="s"><v>0</v></c></row>'

    assert data(rows, texts=["first"]).rows == ((None, "first"),)


def test_formatted_pieces_make_one_text_without_readings() -> None:
    named = parts({"Data": sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')})
    pieces = (
        '<si><r><t>peace </t></r><r><rPr><b/></rPr><t xml:space="preserve"> and </t></r>'
        "<r><t>security</t></r><rPh sb='0' eb='1'><t>no</t></rPh></si>"
    )
    named["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{pieces}</sst>'.encode()

    grid = both(packed(named))["Data"]

    assert grid.rows == (("peace and security",),)


def test_hidden_rows_and_merges_come_with_the_grid() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>1</v></c></row>'
        '<row r="3" hidden="1"/>'
    )
    merges = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'

    grid = both(workbook(rows, after=merges))["Data"]

    assert grid.hidden_rows == {2}
    assert grid.merged == ("A1:B1",)


def test_a_strict_workbook_is_read_by_the_fast_reader() -> None:
    package = open_package(strict_workbook(), ".xlsx")

    assert read_grids(package, scanned(package))["Data"].rows == (("hello",),)


def test_equal_texts_are_one_object() -> None:
    row = '<c r="{}1" t="inlineStr"><is><t>not applicable</t></is></c>'
    package = open_package(
        workbook(f'<row r="1">{row.format("A")}{row.format("B")}</row>'), ".xlsx"
    )

    for careful in (False, True):
        first, second = read_grids(package, scanned(package), careful=careful)["Data"].rows[0]
        assert first is second


def test_a_workbook_by_openpyxl_reads_the_same_by_both() -> None:
    book = openpyxl.Workbook()
    form = cast(Worksheet, book.active)
    form.title = "O'Brien's \"form\" & <more>"
    form.append(["Entity", "Women", "Since", "Rate", "Open?", None])
    form.append(["OCHA", 12, dt.date(2007, 3, 8), 0.5, True, " "])
    form.append(["UNIFEM", None, dt.datetime(2007, 3, 8, 9, 30), -3, False, "=B2*2"])
    form.merge_cells("A5:C6")
    form.row_dimensions[3].hidden = True
    lists = book.create_sheet("Lists")
    lists.sheet_state = "veryHidden"
    lists["C4"] = dt.time(9, 30)
    file = io.BytesIO()
    book.save(file)

    grids = both(file.getvalue())

    assert list(grids) == ["O'Brien's \"form\" & <more>", "Lists"]
    first = grids["O'Brien's \"form\" & <more>"]
    assert first.value(2, 3) == dt.datetime(2007, 3, 8)
    assert first.value(2, 6) == " "
    assert first.uncached == {"F3"}
    assert first.merged == ("A5:C6",)
    assert first.hidden_rows == {3}
    assert not grids["Lists"].visible
    assert grids["Lists"].value(4, 3) == dt.time(9, 30)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=8) | (
    st.sampled_from(["_x000D_", "a_x000A_b", " lead", "trail ", "\n", "#REF!", "TRUE", "1", "é"])
)
NUMBERS = st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False)
DAY = 86_400_000
MOMENTS = st.integers(0, 2_958_465 * DAY).map(lambda milliseconds: milliseconds / DAY)


@st.composite
def cells(draw: st.DrawFn) -> str:
    """The inside of one cell element, with its attributes, ``@`` for its address."""
    kind = draw(st.sampled_from(["own", "formula", "number", "date", "bool", "error", "blank"]))
    if kind == "own":
        text = escape(draw(TEXTS))
        return f't="inlineStr"><is><t xml:space="preserve">{text}</t></is>'
    if kind == "formula":
        content = draw(st.sampled_from(["", "<v></v>", "<v>3</v>"]))
        return f"><f>A1+1</f>{content}"
    if kind == "number":
        return f"><v>{draw(NUMBERS)!r}</v>"
    if kind == "date":
        style = draw(st.sampled_from(["date", "moment", "time", "duration"]))
        return f's="{STYLES[style]}"><v>{draw(MOMENTS)!r}</v>'
    if kind == "bool":
        return f't="b"><v>{draw(st.integers(0, 1))}</v>'
    return 't="e"><v>#N/A</v>' if kind == "error" else ">"


SHEETS = st.dictionaries(
    st.tuples(st.integers(1, 12), st.integers(1, 30)), cells(), min_size=1, max_size=25
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(SHEETS)
def test_any_small_sheet_reads_the_same_by_both(filled: dict[tuple[int, int], str]) -> None:
    rows = ""
    for row in sorted({row for row, _ in filled}):
        inside = "".join(
            f'<c r="{column_letter(column)}{row}" {content}</c>'
            for (at, column), content in sorted(filled.items())
            if at == row
        )
        rows += f'<row r="{row}">{inside}</row>'

    grid = both(styled(rows))["Data"]

    for row, column in filled:
        if grid.value(row, column) is not None:
            address = f"{column_letter(column)}{row}"
            assert address not in grid.errors
            assert address not in grid.uncached
