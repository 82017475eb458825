"""The pivot sheets: one a thematic area, areas of action, money, countries (paras. 40-45)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.analysis import rollup
from wps_xl.analysis.layout import ENTITY, SheetPlan, colours
from wps_xl.analysis.review import Review
from wps_xl.analysis.rollup import AREA, COUNTED, LETTER, NUMBER, STRATEGY, THEME, PivotTable
from wps_xl.sheets import styles
from wps_xl.sheets.pivots.tables import Measure, Pivot, PivotSource, add_pivot
from wps_xl.sheets.review.table_sheet import add_native_table
from wps_xl.sheets.text import put

DATA = "Pivot data"
COUNTING = (
    "How rows are counted: each entity's own rows; a row counts once, under its main strategy. "
    "A joint activity stands under each entity and counts once in the headline."
)
NOTHING_PLANNED = "No initiative is reported under this thematic area: no action plan has come in."


@dataclass(frozen=True)
class Sources:
    """The pivot caches of the workbook, by what one row is; None where there are no rows."""

    activities: PivotSource | None
    initiatives: PivotSource | None
    answers: PivotSource | None
    amounts: PivotSource | None
    places: PivotSource | None


def add_sources(book: Workbook, review: Review) -> Sources:
    """The hidden sheet with the rows that PivotTables count, each kind a native table."""
    sheet = book.create_sheet(DATA)
    sheet.sheet_state = "hidden"
    left = 1
    made: list[PivotSource | None] = []
    for make in (
        rollup.activities,
        rollup.initiatives,
        rollup.answers,
        rollup.amounts,
        rollup.places,
    ):
        table = make(review)
        made.append(_add_source(sheet, table, left))
        left += len(table.frame.columns) + 1
    return Sources(*made)


def _add_source(sheet: Worksheet, table: PivotTable, left: int) -> PivotSource | None:
    if table.frame.empty:
        return None
    for at, heading in enumerate(table.frame.columns, start=left):
        put(sheet.cell(1, at), heading, styles.HEAD)
    for number, values in enumerate(table.frame.itertuples(index=False, name=None), start=2):
        for at, value in enumerate(values, start=left):
            put(sheet.cell(number, at), value)
    right = left + len(table.frame.columns) - 1
    add_native_table(sheet, table.name, 1, left, 1 + len(table.frame), right)
    return PivotSource(table.frame, table.name, table.axes, table.order)


def add_theme_sheet(book: Workbook, plan: SheetPlan, review: Review, sources: Sources) -> None:
    """One thematic area: its goal (para. 42), activities and initiatives by entity and strategy."""
    theme = plan.name
    codes = review.codebook["thematic_areas"]
    goal = next(codes[code]["goal"] for code in codes if codes.label(code) == theme)
    sheet = _sheet(book, theme, f"Goal: {goal}", COUNTING)
    pages = {THEME: theme}
    row = 6
    if sources.activities is not None and sources.activities.has(pages):
        count = _counted(sources.activities, theme)
        put(sheet["A4"], f"{count} activities, a joint one counted once", styles.LABEL)
        pivot = Pivot(
            name=f"{plan.name} activities",
            title="Activities by entity and main strategy",
            rows=(ENTITY,),
            columns=(STRATEGY,),
            values=(Measure(NUMBER, "Activities", "count"),),
            pages=pages,
        )
        row = add_pivot(sheet, sources.activities, pivot, f"A{row}").first_safe_row + 2
    else:
        put(sheet["A4"], "No activity is reported under this thematic area.", styles.LABEL)
    if sources.initiatives is not None and sources.initiatives.has(pages):
        pivot = Pivot(
            name=f"{plan.name} initiatives",
            title="Initiatives of the plan by entity and main strategy",
            rows=(ENTITY,),
            columns=(STRATEGY,),
            values=(Measure(NUMBER, "Initiatives", "count"),),
            pages=pages,
        )
        add_pivot(sheet, sources.initiatives, pivot, f"A{row}")
    else:
        put(sheet.cell(row, 1), NOTHING_PLANNED, styles.HELP)
    _widths(sheet, {1: 22}, 7, 26)


def _counted(source: PivotSource, theme: str) -> int:
    rows = source.frame[source.frame[THEME] == theme]
    return int(rows[COUNTED].sum())


def add_areas_sheet(book: Workbook, plan: SheetPlan, sources: Sources) -> None:
    """Entities by area of action, and how the questions were answered (para. 7)."""
    note = "Each entity's own rows are counted; a joint activity stands under each entity."
    sheet = _sheet(book, plan.name, "Activities reported and questions answered", note)
    row = 5
    if sources.activities is not None:
        pivot = Pivot(
            name="Activities by area",
            title="Activities by entity and area of action",
            rows=(ENTITY,),
            columns=(LETTER,),
            values=(Measure(NUMBER, "Activities", "count"),),
        )
        row = add_pivot(sheet, sources.activities, pivot, f"A{row}").first_safe_row + 2
    if sources.answers is not None:
        pivot = Pivot(
            name="Answers by question",
            title="Answers by question: number of entities",
            rows=(AREA, "Question"),
            columns=("Answer",),
            values=(Measure(ENTITY, "Entities", "count"),),
        )
        add_pivot(sheet, sources.answers, pivot, f"A{row}")
    _widths(sheet, {1: 62}, 14, 13)


def add_money_sheet(book: Workbook, plan: SheetPlan, sources: Sources) -> None:
    """Amounts that entities reported with their activities, by source of funds (para. 35)."""
    note = "Amounts of accepted rows of Measures, in US dollars."
    sheet = _sheet(book, plan.name, "Amounts reported with activities", note)
    if sources.amounts is None:
        put(sheet["A5"], "No amount is reported.", styles.HELP)
        return
    pivot = Pivot(
        name="Amounts by entity",
        title="US dollars by entity and source of funds",
        rows=(ENTITY,),
        columns=("Source of funds",),
        values=(Measure("US dollars", "Amount", "sum"),),
    )
    add_pivot(sheet, sources.amounts, pivot, "A5")
    _widths(sheet, {1: 22}, 5, 22)


def add_countries_sheet(book: Workbook, plan: SheetPlan, sources: Sources) -> None:
    """Activities by country and thematic area (para. 58 (j))."""
    note = "An activity in several countries stands under each of them."
    sheet = _sheet(book, plan.name, "Activities by country and thematic area", note)
    if sources.places is None:
        put(sheet["A5"], "No country is named in the rows.", styles.HELP)
        return
    pivot = Pivot(
        name="Activities by country",
        title="Activities by country and thematic area",
        rows=("Country",),
        columns=(THEME,),
        values=(Measure(NUMBER, "Activities", "count"),),
    )
    add_pivot(sheet, sources.places, pivot, "A5")
    _widths(sheet, {1: 36}, 8, 16)


def add_waiting_sheet(book: Workbook, plan: SheetPlan) -> None:
    """A sheet that has nothing to show before action plans come in."""
    sheet = _sheet(book, plan.name, "Filled from action plans", "")
    put(sheet["A5"], "No action plan has come in for this cycle.", styles.HELP)


def _sheet(book: Workbook, title: str, line: str, note: str) -> Worksheet:
    sheet: Worksheet = book.create_sheet(title)
    put(sheet["A1"], title, styles.TITLE)
    put(sheet["A2"], line, styles.HELP)
    sheet.merge_cells("A2:H2")
    sheet["A2"].alignment = Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[2].height = 14 * (1 + len(line) // 120)
    put(sheet["A3"], note, styles.HELP)
    sheet.sheet_properties.tabColor = colours()["pivot"]
    return sheet


def _widths(sheet: Worksheet, special: Mapping[int, float], columns: int, width: float) -> None:
    for at in range(1, columns + 1):
        sheet.column_dimensions[get_column_letter(at)].width = special.get(at, width)
