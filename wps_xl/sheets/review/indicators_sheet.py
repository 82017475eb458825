"""Sheet Indicators: baselines, progress, and what all entities measure alike (paras. 45, 49)."""

from __future__ import annotations

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.analysis.aggregation import RATIO, Aggregate
from wps_xl.analysis.indicators import common
from wps_xl.analysis.rollup import BASELINE, LIGHT, NUMBER, STATED, THEME
from wps_xl.codebook import Codebook, Entry
from wps_xl.model import Value
from wps_xl.office.excel.pivots.tables import Pivot, PivotValue
from wps_xl.review.columns import labels
from wps_xl.review.layout import ENTITY, SheetPlan
from wps_xl.sheets.review.blocks import Head, add_bars, add_block, add_heading, add_note, add_page
from wps_xl.sheets.review.charts import add_bar_chart
from wps_xl.sheets.review.sources import Sources, stack_pivot
from wps_xl.sheets.review.theme_sheet import LEAST_CHART_ROWS, light_note

WIDTHS = (44, *(21,) * 7)
LINES = (
    "Results of action plans: with and without baseline, on track or not, achieved.",
    "Common indicators are aggregated by the rule of their list: percentages as the sum of parts "
    "over the sum of wholes, cumulative values as the latest, ratings by counting. Others are "
    "listed on the sheets of the thematic areas and never added.",
)


def add_indicators_sheet(book: Workbook, plan: SheetPlan, sources: Sources) -> None:
    """Indicators by thematic area and light; common indicators aggregated."""
    sheet = add_page(book, plan.name, LINES, sources.mark, WIDTHS)
    row = 5
    if sources.indicators is None:
        add_note(sheet, row, "No result is planned: no action plan has come in.")
        row += 2
    else:
        row = _add_lights(sheet, sources, row)
    row = _add_common(sheet, sources, row)
    for name, title, rows, columns in (
        ("Indicators by light", "Results by thematic area and status", (THEME,), (LIGHT,)),
        ("Indicators by baseline", "Results with and without baseline", (THEME,), (BASELINE,)),
        ("Indicators by entity", "Results by entity and status", (ENTITY,), (LIGHT,)),
    ):
        values = (PivotValue(NUMBER, "Results", "count"),)
        pivot = Pivot(name, title, rows, values, columns)
        row = stack_pivot(sheet, sources.indicators, pivot, row)


def _add_lights(sheet: Worksheet, sources: Sources, row: int) -> int:
    lights = sources.review.codebook["lights"]
    names = [lights.label(code) for code in lights]
    frame = sources.rollup.indicators.frame
    add_heading(sheet, row, "Where the results stand")
    add_note(sheet, row + 1, light_note(sources.review))
    heads = [Head("Thematic area"), Head("Results", "count"), Head("With a baseline", "share")]
    heads += [Head(name, "count") for name in names]
    rows: list[tuple[Value, ...]] = []
    for theme in labels(sources.review.codebook["thematic_areas"]):
        own = frame[frame[THEME] == theme]
        if len(own):
            based = float((own[BASELINE] == STATED).mean())
            found = [int((own[LIGHT] == name).sum()) for name in names]
            rows.append((theme, len(own), based, *found))
    block = add_block(sheet, row + 2, heads, rows)
    add_bars(sheet, block.ref(2))
    colours = [lights[code]["colour"] for code in lights]
    columns = tuple(range(3, 3 + len(names)))
    anchor = f"A{block.last + 2}"
    add_bar_chart(
        sheet, block, columns, anchor, "Results by status", across=True, stacked=True,
        size=(33, 6.4), colours=colours,
    )  # fmt: skip
    return block.last + 2 + LEAST_CHART_ROWS


def _add_common(sheet: Worksheet, sources: Sources, row: int) -> int:
    found = common(sources.review, sources.facts.results, sources.facts.joint_initiatives)
    add_heading(sheet, row, "Common indicators")
    if not found:
        add_note(sheet, row + 1, "No common indicator is reported on.")
        return row + 3
    book = sources.review.codebook
    rules = book["aggregations"]
    heads = (
        Head("Indicator", spans=3),
        Head("Rule"),
        Head("Entities", "count"),
        Head("Value, or number by rating", spans=2),
        Head("Remark"),
    )
    rows = [
        (
            f"{entry.code}. {entry.label}",
            rules.label(entry["aggregation"]),
            total.entities,
            _value(book, entry, total),
            _remark(entry["aggregation"], total),
        )
        for entry, total in found
    ]
    return add_block(sheet, row + 1, heads, rows).last + 2


def _value(book: Codebook, entry: Entry, total: Aggregate) -> Value:
    if total.value is not None:
        unit = "per cent" if entry["aggregation"] == RATIO else entry["unit"]
        return f"{round(total.value, 1):,g} {unit}".strip()
    codes = book["ratings"]
    counts = [
        f"{codes.label(code)}: {total.ratings[code]}" for code in codes if code in total.ratings
    ]
    return "; ".join(counts) or None


def _remark(rule: str, total: Aggregate) -> str | None:
    if not total.left_out:
        return None
    reason = "a part and a whole" if rule == RATIO else "what the rule needs"
    return f"{total.left_out} left out: they do not give {reason}."
