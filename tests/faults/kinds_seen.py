"""What entities really send, kind by kind: instances on many columns, sheets and forms.

Each is put into a row of its own, and played in every office suite that keeps what it needs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from faults.page import HEADING, Page
from faults.valid import FIRST
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Color, Font

Put = Callable[[Page, int, str], object]
"""Puts an instance into a row and a column; what it gives is kept for the suite to write."""
M, P, V = (("progress", sheet) for sheet in ("Measures", "Progress", "Overview"))
U = ("progress", "Updates")
N, R, S = (("plan", sheet) for sheet in ("Initiatives", "Results", "Resources"))
G = ("practices", "Practices")


@dataclass(frozen=True)
class Result:
    """A formula, and the result that its suite stored."""

    formula: str
    result: str


@dataclass(frozen=True)
class Box:
    """The words of a text box on a cell."""

    words: str


@dataclass(frozen=True)
class Seen:
    """One instance: the kind it is of, where it is put, and the codes that must stand there.

    ``needs`` is what a suite must keep: ``fonts`` or ``boxes``. ``rows`` is how many rows it takes,
    the last of which is its own.
    """

    kind: str
    form: str
    sheet: str
    column: str
    put: Put
    code: str
    needs: str = ""
    rows: int = 1


def shown(value: object, number_format: str, **others: object) -> Put:
    def put(page: Page, row: int, column: str) -> None:
        for code, other in others.items():
            page.put(row, code, other)
        cell = page.sheet[page.at(row, column)]
        cell.value, cell.number_format = value, number_format

    return put


def holds(value: object) -> Put:
    return lambda page, row, column: page.put(row, column, value)


def rich(before: str, font: InlineFont, apart: str, after: str = "") -> Put:
    return holds(CellRichText(before, TextBlock(font, apart), *([after] if after else [])))


def looks(font: Font) -> Put:
    def put(page: Page, row: int, column: str) -> None:
        page.sheet[page.at(row, column)].font = font

    return put


def comes_to(formula: str, result: str = "0") -> Put:
    return lambda page, row, column: Result(formula, result)


def fills(*values: object) -> Put:
    """A row of other things instead of one of data."""

    def put(page: Page, row: int, column: str) -> None:
        for at in range(1, page.sheet.max_column + 1):
            page.sheet.cell(row, at).value = dict(enumerate(values, 1)).get(at)  # type: ignore[assignment]

    return put


def headings(row_of: int) -> Put:
    def put(page: Page, row: int, column: str) -> None:
        fills(*(cell.value for cell in page.sheet[row_of]))(page, row, column)

    return put


def total(word: str, column: str) -> Put:
    """A row that adds up all above it in one column, and says so in some language."""

    def put(page: Page, row: int, first: str) -> None:
        held = (page.get(at, column) for at in range(HEADING + 1, row))
        whole = sum(value for value in held if isinstance(value, int | float))
        fills()(page, row, first)
        page.put(row, first, word)
        page.put(row, column, whole)

    return put


def adds_up(words: str, name: str) -> Put:
    """A row that is a total by its words, of the two rows before it."""

    def put(page: Page, row: int, column: str) -> None:
        page.put(row, name, words)
        page.put(row, column, sum(page.get(row - at, column) for at in (1, 2)))  # type: ignore[misc]

    return put


def note(words: str) -> Put:
    def put(page: Page, row: int, column: str) -> None:
        page.sheet[page.at(row, column)].comment = Comment(words, "Somebody")

    return put


def link(words: str, address: str) -> Put:
    def put(page: Page, row: int, column: str) -> None:
        cell = page.sheet[page.at(row, column)]
        cell.value, cell.hyperlink = words, address

    return put


def box(words: str) -> Put:
    return lambda page, row, column: Box(words)


STRUCK, WHITE = InlineFont(strike=True), InlineFont(color=Color("FFFFFFFF"))
RAISED, LOWERED = InlineFont(vertAlign="superscript"), InlineFont(vertAlign="subscript")
CUT = ("Women of the border villages learned how to settle quarrels about wells and land. " * 4)[
    :255
]
TIME, TWO = dt.time(1, 30), dt.time(2, 45)
DAY, YEAR = dt.datetime(2007, 5, 4), dt.datetime(1905, 6, 29)


def of(kind: str, *instances: tuple[tuple[str, str], str, Put, str], needs: str = "") -> list[Seen]:
    """Instances of one kind."""
    return [Seen(kind, *where, column, put, code, needs) for where, column, put, code in instances]


SEEN = [
    *of(
        "per cent",
        (R, "target", shown(0.4, "0%"), "shown-unit"),
        (R, "baseline", shown(8, '0"%"'), "shown-unit"),
        (U, "latest", shown(0.5, "0.00%", latest_date=FIRST), "shown-unit"),
        (M, "percent", shown(0.126, "0.0%;-0.0%"), "read-as-shown"),
        (S, "core_usd", shown(0.5, "0%"), "not-a-number"),
    ),
    *of(
        "another currency",
        (S, "core_usd", shown(4000, '#,##0" FCFA"'), "other-currency"),
        (S, "extrabudgetary_usd", shown(4100, '"Rs. "#,##0'), "other-currency"),
        (S, "core_usd", shown(4200, "[$£-809]#,##0.00"), "other-currency"),
        (S, "core_usd", shown(4300, '"R" #,##0'), "other-currency"),
        (S, "extrabudgetary_usd", shown(4400, "[$$-1009]#,##0"), "shown-unit"),
        (M, "amount_usd", shown(4500, '#,##0.00\\ "kr"'), "other-currency"),
        (M, "amount_usd", shown(4600, "#,##0\\ [$₽-419]"), "other-currency"),
        (M, "amount_usd", holds("4,700 KES"), "other-currency"),
    ),
    *of(
        "thousands and millions",
        (S, "core_usd", shown(12, '#,##0",000"'), "scaled-number"),
        (S, "extrabudgetary_usd", shown(13, '#,##0" тыс."'), "scaled-number"),
        (S, "core_usd", shown(1_400_000, "0.0,,"), "shown-otherwise"),
        (M, "amount_usd", shown(15, "#,##0\\0\\0\\0"), "scaled-number"),
        (R, "target", shown(60, '0" dozen"'), "scaled-number"),
    ),
    *of(
        "units and signs in the format",
        (R, "baseline", shown(11, '0" villages"'), "shown-unit"),
        (R, "target", shown(61, '"<"0'), "shown-otherwise"),
        (R, "target", shown(62, '0"+"'), "shown-otherwise"),
        (R, "baseline", shown(12, '0":1"'), "shown-otherwise"),
        (M, "numerator", shown(290, '"~"0'), "shown-otherwise"),
        (M, "men", shown(4, '0" women"'), "shown-unit"),
        (M, "girls", shown(2, '"-"0'), "shown-otherwise"),
    ),
    *of(
        "fractions of persons",
        (R, "target", holds(61.5), "odd-fraction"),
        (R, "baseline", holds(1.203), "odd-fraction"),
        (M, "men", holds(1.5), "odd-fraction"),
        (S, "core_usd", holds(1.234), "odd-fraction"),
    ),
    *of(
        "struck out",
        (N, "programme", rich("Radio", STRUCK, " and television"), "struck-part"),
        (N, "level", rich("Global", STRUCK, " National"), "marked-part"),
        (R, "output", rich("Handbook", STRUCK, " in French"), "struck-part"),
        (S, "estimate", looks(Font(strike=True)), "struck-out"),
        (G, "impact", looks(Font(strike=True)), "struck-out"),
        (V, "focus", rich("Work in all areas", STRUCK, " but two"), "struck-part"),
        needs="fonts",
    ),
    *of(
        "raised and lowered marks",
        (R, "target", rich("63", RAISED, "1"), "marked-part"),
        (S, "core_usd", rich("4800", RAISED, "a"), "marked-part"),
        (N, "title", rich("Initiative of all", RAISED, "2"), "read-as-shown"),
        (G, "lessons", rich("Use H", LOWERED, "2", "O"), "read-as-shown"),
        (M, "women", rich("5", RAISED, "*"), "marked-part"),
        needs="fonts",
    ),
    *of(
        "hidden",
        (N, "narrative", looks(Font(color="FFFFFFFF")), "hidden-value"),
        (R, "indicator", looks(Font(color="FFFDFDFD")), "hidden-value"),
        (G, "results", rich("Women took part", WHITE, " but once"), "struck-part"),
        (P, "place", looks(Font(color="FFFFFFFF")), "hidden-value"),
        needs="fonts",
    ),
    *of(
        "hidden by the format",
        (R, "target", shown(64, ";;;"), "hidden-value"),
        (S, "extrabudgetary_usd", shown(560, ";;"), "hidden-value"),
        (G, "evidence", shown("Our report", ";;;"), "hidden-value"),
    ),
    *of(
        "ratios that became times",
        (N, "partners", holds(TIME), "date-in-text"),
        (R, "baseline", holds(TWO), "date-for-number"),
        (M, "percent", holds(TIME), "date-for-number"),
        (G, "womens_organizations", holds(TIME), "date-in-text"),
    ),
    *of(
        "codes that became dates",
        (N, "programme", holds(DAY), "date-in-text"),
        (R, "unit", holds(DAY), "date-in-text"),
        (M, "precision", holds(DAY), "list-value"),
        (G, "gaps", holds(DAY), "date-in-text"),
    ),
    *of(
        "years that became dates",
        (R, "target", holds(YEAR), "date-for-number"),
        (S, "year", shown(DAY, "yyyy"), "date-for-number"),
        (R, "baseline_date", holds(YEAR), "odd-date"),
        (P, "objective", holds(YEAR), "date-in-text"),
    ),
    *of(
        "pictures in cells",
        (N, "countries", comes_to('DISPIMG("ID_1",1)', '=DISPIMG("ID_1",1)'), "cell-object"),
        (G, "gaps", comes_to('IMAGE("https://example.org/a.png")', ""), "cell-object"),
        (P, "partners", comes_to('_xlfn.IMAGE("https://example.org/b")', ""), "cell-object"),
    ),
    *of(
        "formulas that point at blanks",
        (S, "core_usd", comes_to("Z99"), "read-as-blank"),
        (S, "extrabudgetary_usd", comes_to("SUM(Y90:Z99)"), "read-as-blank"),
        (M, "women", comes_to("$Z$99*2"), "read-as-blank"),
        (R, "output", comes_to("Z98"), "read-as-blank"),
        (G, "end", comes_to("Z99"), "read-as-blank"),
    ),
    *of(
        "days with a zone",
        (R, "target_date", holds("2009-12-31T00:00:00Z"), "date-as-text"),
        (R, "baseline_date", holds("2008-01-31T22:00:00.000Z"), "date-unclear"),
        (G, "end", holds("2007-01-31T09:00:00+03:00"), "date-as-text"),
        (P, "end", holds("2007-01-31 10:00 UTC"), "date-as-text"),
    ),
    *of(
        "cut off",
        (N, "narrative", holds(CUT), "cut-off"),
        (V, "focus", holds(CUT), "cut-off"),
        (P, "activity", holds(CUT), "cut-off"),
    ),
    *of(
        "broken letters",
        (N, "title", holds("Caf\\u00e9 talks"), "broken-letters"),
        (R, "indicator", holds("R%C3%A9seau des femmes"), "broken-letters"),
        (G, "lessons", holds("Les m=C3=A9diatrices"), "broken-letters"),
        (G, "gaps", holds("цЕОЭЙОЩ Й ЛЙТ"), "broken-letters"),
        (P, "place", holds("??????? ? ????"), "broken-letters"),
        (V, "result_for_women", holds("They don?t wait any more."), "broken-letters"),
    ),
    *of(
        "notes",
        (R, "target", note("Target of the old plan."), "cell-note"),
        (G, "title", note("Ask our field office."), "cell-note"),
        (M, "unit", note("Persons or days?"), "cell-note"),
    ),
    *of(
        "links behind words",
        (N, "partners", link("Our network", "https://example.org/network"), "link-behind-words"),
        (G, "evidence", link("Film", "https://example.org/film?a=1&b=2"), "link-behind-words"),
        (
            M,
            "measure",
            link("staff trained, last course", "https://example.org/c"),
            "link-behind-words",
        ),
    ),
    *of(
        "text boxes",
        (S, "secured", box("Half of it"), "drawn-object"),
        (G, "kind", box("See annex II"), "drawn-object"),
        (M, "boys", box("Counted twice?"), "drawn-object"),
        needs="boxes",
    ),
    *of(
        "headings once more",
        (S, "initiative_id", headings(HEADING), "no-data-row"),
        (G, "practice_id", headings(HEADING - 1), "no-data-row"),
        (M, "measure_id", headings(HEADING), "no-data-row"),
    ),
    *of(
        "rows of tags, notes and titles",
        (S, "initiative_id", fills("#id", "#date+year", "#value+usd"), "no-data-row"),
        (S, "initiative_id", fills(*range(1, 7)), "no-data-row"),
        (G, "practice_id", fills("II. Participation and peace"), "no-data-row"),
        (G, "practice_id", fills("(a)", "(b)", "(c)", "(d)"), "no-data-row"),
        (M, "measure_id", fills("* Figures of 2006 are provisional"), "no-data-row"),
        (M, "measure_id", fills("-----", "-----", "-----"), "no-data-row"),
    ),
    *of(
        "total rows in any language",
        (S, "initiative_id", total("Jumla kuu", "core_usd"), "total-row"),
        (S, "initiative_id", total("Итого:", "extrabudgetary_usd"), "total-row"),
        (M, "measure_id", total("Kõik kokku", "amount_usd"), "total-row"),
    ),
]
SUMS = [
    Seen(
        "sums of neighbours",
        *M,
        "value",
        adds_up("Усього навчено", "measure"),
        "sum-of-rows",
        rows=4,
    ),
    Seen(
        "sums of neighbours",
        *M,
        "value",
        adds_up("Sous-total Juba", "measure"),
        "sum-of-rows",
        rows=4,
    ),
    Seen(
        "sums of neighbours",
        *M,
        "women",
        adds_up("Total des cours", "measure"),
        "sum-of-rows",
        rows=4,
    ),
]
KINDS = (*SEEN, *SUMS)
