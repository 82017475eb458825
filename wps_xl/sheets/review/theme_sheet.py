"""One sheet a thematic area: goal, figures, indicators, money (S/2007/567, paras. 40-49)."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.analysis.indicators import ACHIEVED, Result
from wps_xl.analysis.money import Share, dollars
from wps_xl.analysis.rollup import (
    DOLLARS,
    NUMBER,
    PRECISION,
    PREDICTABLE,
    SOURCE,
    STRATEGY,
    THEME,
    YEAR,
    PivotTable,
)
from wps_xl.model import Value
from wps_xl.office.excel.pivots.tables import Pivot, PivotValue
from wps_xl.review.layout import ENTITY, RETIRED, SheetPlan
from wps_xl.review.workbook import Review
from wps_xl.sheets.review.blocks import (
    Head,
    add_bars,
    add_block,
    add_heading,
    add_lights,
    add_note,
    add_page,
)
from wps_xl.sheets.review.charts import add_bar_chart
from wps_xl.sheets.review.sources import Sources, stack_pivot

COUNTING = (
    "How rows are counted: accepted rows of the one valid return of each entity; each row once, "
    "under its main strategy. In the PivotTables a joint activity stands under each entity; in "
    "the figures on top it counts once. Each entity plans its own share of the money; "
    "shares add up."
)
NOTHING_PLANNED = "No initiative is planned under this thematic area."
NOTHING_REPORTED = "No activity is reported under this thematic area."
WIDTHS = (36, 18, 18, 18, 18, 18, 18, 18)
ON_TRACK = (ACHIEVED, "on track")
LEAST_CHART_ROWS = 15


def add_theme_sheet(book: Workbook, plan: SheetPlan, review: Review, sources: Sources) -> None:
    """One thematic area: its goal (para. 42), activities and initiatives by entity and strategy."""
    theme = plan.title
    codes = review.codebook["thematic_areas"]
    goal = next(codes[code]["goal"] for code in codes if codes.label(code) == theme)
    lines = (f"Goal: {goal}", COUNTING)
    sheet = add_page(book, plan.name, lines, sources.mark, WIDTHS, theme)
    row = _add_figures(sheet, theme, sources, 5)
    row = _add_indicators(sheet, theme, sources, row)
    row = _add_money(sheet, theme, sources, row)
    pages = {THEME: theme}
    for name, source, caption, without in (
        ("initiatives", sources.initiatives, "Initiatives", NOTHING_PLANNED),
        ("activities", sources.activities, "Activities", NOTHING_REPORTED),
    ):
        pivot = Pivot(
            name=f"{theme} {name}",
            title=f"{caption} by entity and main strategy",
            rows=(ENTITY,),
            columns=(STRATEGY,),
            values=(PivotValue(NUMBER, caption, "count"),),
            pages=pages,
        )
        row = stack_pivot(sheet, source, pivot, row, without)


def add_retired_sheet(book: Workbook, plan: SheetPlan) -> None:
    """What is left of a sheet whose thematic area is called otherwise now, or is gone."""
    add_page(book, plan.name, (RETIRED,), "", WIDTHS)


def _add_figures(sheet: Worksheet, theme: str, sources: Sources, row: int) -> int:
    """Headline figures, the strategies beside them, and their chart."""
    rollup = sources.rollup
    add_heading(sheet, row, "In figures")
    heads = (Head("Headline"), Head("Figure", "count"))
    block = add_block(sheet, row + 1, heads, headline(theme, sources))
    for number in range(block.first, block.last + 1):
        if "share of" in str(sheet.cell(number, 1).value):
            sheet.cell(number, 2).number_format = "0%"
    names = sources.review.codebook["strategies"]
    labels = [names.label(code) for code in names]
    tables = (rollup.initiatives, rollup.activities)
    found: list[tuple[Value, ...]] = [
        (label, *(counted(table, theme, label) for table in tables)) for label in labels
    ]
    beside = (
        Head("Main strategy", spans=2),
        Head("Initiatives", "count"),
        Head("Activities", "count"),
    )
    add_heading(sheet, row, "By main strategy, a joint one counted once", 4)
    table = add_block(sheet, row + 1, beside, found, column=4)
    bottom = max(block.last, table.last) + 2
    # A kind of which there is nothing yet would only take room.
    shown = tuple(at for at in (1, 2) if any(line[at] for line in found)) or (2,)
    title = f"{' and '.join(beside[at].heading for at in shown)} by main strategy".capitalize()
    add_bar_chart(sheet, table, shown, f"A{bottom}", title, size=(33, 6.4))
    return bottom + LEAST_CHART_ROWS


def counted(table: PivotTable, theme: str, strategy: str = "") -> int:
    """How many rows count under a theme, a joint activity once."""
    return table.counts[theme, strategy]


def headline(theme: str, sources: Sources) -> Sequence[tuple[str, Value]]:
    """The figures of one thematic area, each with its words."""
    rollup = sources.rollup
    entities = _entities(rollup.initiatives, theme) | _entities(rollup.activities, theme)
    rows: list[tuple[str, Value]] = [
        ("Initiatives planned", counted(rollup.initiatives, theme)),
        ("Activities reported", counted(rollup.activities, theme)),
        ("Entities that plan or report", len(entities)),
    ]
    money = [share for share in sources.facts.shares if rollup.theme_of_share(share) == theme]
    if money:
        rows.append(("Money planned (US dollars)", dollars(sum(s.cents for s in money))))
        rows += [(f"  share of it: {label}", value) for label, value in money_shares(money)]
    results = results_of(theme, sources)
    if results:
        rows += [
            ("Indicators of results", len(results)),
            ("  with a baseline", sum(r.baseline is not None for r in results)),
            ("  on track or achieved", sum(r.light in ON_TRACK for r in results)),
        ]
    return rows


def _entities(table: PivotTable, theme: str) -> set[object]:
    return set(table.frame[table.frame[THEME] == theme][ENTITY])


def money_shares(money: Sequence[Share]) -> list[tuple[str, float | None]]:
    """Which part of the money is estimated, secured, and given for several years (para. 35)."""
    whole = sum(share.cents for share in money)

    def part(cents: int) -> float | None:
        return cents / whole if whole else None

    return [
        ("estimates", part(sum(s.cents for s in money if s.row.estimate == "estimate"))),
        ("secured", part(sum(s.cents for s in money if s.row.secured == "Y"))),
        ("multi-year", part(sum(s.cents for s in money if s.row.predictability == "multi-year"))),
    ]


def results_of(theme: str, sources: Sources) -> list[Result]:
    """The results under one thematic area, given by its label."""
    codes = sources.review.codebook["thematic_areas"]
    return [r for r in sources.facts.results if r.theme and codes.label(r.theme) == theme]


def _add_indicators(sheet: Worksheet, theme: str, sources: Sources, row: int) -> int:
    """Baseline, target, latest value, progress and light of each result (para. 45)."""
    results = results_of(theme, sources)
    if not results:
        return row
    lights = sources.review.codebook["lights"]
    add_heading(sheet, row, "Indicators of expected results")
    add_note(sheet, row + 1, light_note(sources.review))
    heads = (
        Head("Indicator"),
        Head("Entity, No."),
        Head("Baseline", "number"),
        Head("Target", "number"),
        Head("Latest value", "number"),
        Head("Progress", "share"),
        Head("Time elapsed", "share"),
        Head("Status"),
    )
    known = list(lights)[:-1]
    # The worst first; what has no data yet stands last.
    worst = {code: at for at, code in enumerate(reversed(known))}
    shown = sorted(results, key=lambda r: worst.get(r.light, len(worst)))[: sources.listed]
    common = sources.review.codebook["common_indicators"]
    lines = [
        (
            (f"{r.common}. {common.label(r.common)}" if r.common else r.indicator)
            + (f" ({r.unit})" if r.unit else ""),
            f"{r.entity}, {r.number}",
            r.baseline,
            r.target,
            r.latest,
            r.progress,
            r.elapsed,
            lights.label(r.light),
        )
        for r in shown
    ]
    block = add_block(sheet, row + 2, heads, lines)
    add_bars(sheet, block.ref(5))
    add_lights(sheet, block.ref(7), {lights.label(c): lights[c]["colour"] for c in lights})
    bottom = block.last + 1
    if len(results) > len(shown):
        add_note(sheet, bottom, f"{len(results) - len(shown)} more stand on sheet Results.")
        bottom += 1
    return bottom + 1


def light_note(review: Review) -> str:
    """How the lights are found, in words, from the list of lights."""
    lights = review.codebook["lights"]
    words = []
    for code in lights:
        entry = lights[code]
        if entry["at_least"]:
            of = "the target" if entry["compared_with"] == "target" else "the time elapsed"
            words.append(f"{entry.label}: from {float(entry['at_least']):.0%} of {of}")
    return (
        f"Progress is the way from baseline to target. {'; '.join(words)}. "
        "Without figures the entity's rating counts."
    )


def _add_money(sheet: Worksheet, theme: str, sources: Sources, row: int) -> int:
    pivot = Pivot(
        name=f"{theme} money",
        title="Money planned by source, precision and predictability (US dollars)",
        rows=(SOURCE, PRECISION, PREDICTABLE),
        columns=(YEAR,),
        values=(PivotValue(DOLLARS, "Planned"),),
        pages={THEME: theme},
    )
    return stack_pivot(sheet, sources.planned_money, pivot, row)
