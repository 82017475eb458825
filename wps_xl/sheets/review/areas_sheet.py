"""Areas of action and countries: who reports where (S/2007/567, paras. 7, 8, 58 (j))."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from wps_xl.analysis.rollup import (
    AREA,
    COUNTED,
    COUNTRY,
    KIND,
    LETTER,
    NUMBER,
    PLANNED,
    REPORTED,
    THEME,
)
from wps_xl.office.excel.pivots.tables import Pivot, PivotValue
from wps_xl.review.crosswalk import main_themes
from wps_xl.review.layout import ENTITY, SheetPlan
from wps_xl.sheets.review.blocks import Head, add_bars, add_block, add_heading, add_note, add_page
from wps_xl.sheets.review.charts import add_bar_chart
from wps_xl.sheets.review.sources import Sources, stack_pivot

AREA_WIDTHS = (58, 20, *(11,) * 13)
PLACE_WIDTHS = (36, *(16,) * 7)
TOP = 15


def add_areas_sheet(book: Workbook, plan: SheetPlan, sources: Sources) -> None:
    """Entities by area of action, and how the questions were answered."""
    lines = (
        "Activities reported and questions answered, by area of action.",
        "Accepted rows only. In the PivotTables a joint activity stands under each entity; in the "
        "column Activities it counts once.",
    )
    sheet = add_page(book, plan.name, lines, sources.mark, AREA_WIDTHS)
    book_of = sources.review.codebook
    areas, themes = book_of["areas_of_action"], book_of["thematic_areas"]
    frame = sources.rollup.activities.frame
    rows = []
    for code in areas:
        own = frame[frame[LETTER] == code]
        theme = themes.label(main_themes(book_of).get(code, ""))
        counts = (int(own[COUNTED].sum()), len(set(own[ENTITY])))
        rows.append((f"{code}. {areas.label(code)}", theme, *counts))
    heads = (
        Head("Area of action"),
        Head("Main thematic area"),
        Head("Activities", "count", 2),
        Head("Entities", "count", 2),
    )
    block = add_block(sheet, 5, heads, rows)
    add_bars(sheet, block.ref(2))
    add_bars(sheet, block.ref(3))
    row = block.last + 2
    by_area = Pivot(
        name="Activities by area",
        title="Activities by entity and area of action",
        rows=(ENTITY,),
        columns=(LETTER,),
        values=(PivotValue(NUMBER, "Activities", "count"),),
    )
    row = stack_pivot(sheet, sources.activities, by_area, row, "No activity is reported yet.")
    answers = Pivot(
        name="Answers by question",
        title="Answers by question: number of entities",
        rows=(AREA, "Question"),
        columns=("Answer",),
        values=(PivotValue(ENTITY, "Entities", "count"),),
    )
    stack_pivot(sheet, sources.answers, answers, row, "No question is answered yet.")


def add_countries_sheet(book: Workbook, plan: SheetPlan, sources: Sources) -> None:
    """Activities and initiatives by country and thematic area (para. 58 (j))."""
    lines = (
        "Activities reported and initiatives planned, by country and thematic area.",
        "What takes place in several countries stands under each of them, so that totals over "
        "countries are higher than the number of activities.",
    )
    sheet = add_page(book, plan.name, lines, sources.mark, PLACE_WIDTHS)
    if sources.places is None:
        add_note(sheet, 5, "No country is named in the rows.")
        return
    counts = sources.places.frame[COUNTRY].value_counts()
    most = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))[:TOP]
    add_heading(sheet, 5, f"The {len(most)} countries named most often")
    heads = (Head("Country"), Head("Named in rows", "count"))
    block = add_block(sheet, 6, heads, [(str(name), int(count)) for name, count in most])
    add_bars(sheet, block.ref(1))
    add_bar_chart(sheet, block, (1,), "D5", "Rows that name the country", across=True, size=(18, 9))
    row = max(block.last, 23) + 2
    for kind, caption in ((REPORTED, "Activities"), (PLANNED, "Initiatives")):
        pivot = Pivot(
            name=f"{caption} by country",
            title=f"{caption} by country and thematic area",
            rows=(COUNTRY,),
            columns=(THEME,),
            values=(PivotValue(NUMBER, caption, "count"),),
            pages={KIND: kind},
        )
        row = stack_pivot(sheet, sources.places, pivot, row)
