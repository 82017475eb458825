"""Sheet Money: what is planned and how sure it is, what activities cost (S/2007/567, para. 35)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.analysis.money import CORE, EXTRABUDGETARY, Share, dollars
from wps_xl.analysis.rollup import DOLLARS, PRECISION, PREDICTABLE, SECURED, SOURCE, THEME, YEAR
from wps_xl.model import Value
from wps_xl.office.excel.pivots.tables import Pivot, PivotSource, PivotValue
from wps_xl.review.columns import labels
from wps_xl.review.layout import ENTITY, SheetPlan
from wps_xl.sheets.review.blocks import Head, add_bars, add_block, add_heading, add_note, add_page
from wps_xl.sheets.review.charts import add_bar_chart
from wps_xl.sheets.review.sources import Sources, stack_pivot
from wps_xl.sheets.review.theme_sheet import LEAST_CHART_ROWS, money_shares

WIDTHS = (30, *(27,) * 6)
LINES = (
    "Resources that action plans name, and amounts reported with activities, in US dollars.",
    "Accepted rows only. Each entity plans its own share; shares add up. A joint amount reported "
    "by several entities counts once: the lead's, else that of the first in entity order.",
)


def add_money_sheet(book: Workbook, plan: SheetPlan, sources: Sources) -> None:
    """Core and extrabudgetary money, how much is estimated, secured, multi-year, by year."""
    sheet = add_page(book, plan.name, LINES, sources.mark, WIDTHS)
    row = 5
    if sources.planned_money is None:
        add_note(sheet, row, "No money is planned: no action plan has come in.")
        row += 2
    else:
        row = _add_summary(sheet, sources, row)
        row = _add_years(sheet, sources, row)
    for source, pivot, without in _pivots(sources):
        row = stack_pivot(sheet, source, pivot, row, without)


def _add_summary(sheet: Worksheet, sources: Sources, row: int) -> int:
    add_heading(sheet, row, "Planned, by thematic area")
    heads = (
        Head("Thematic area"),
        Head("Core", "money"),
        Head("Extrabudgetary", "money"),
        Head("Total", "money"),
        Head("Estimates", "share"),
        Head("Secured", "share"),
        Head("Multi-year", "share"),
    )
    rollup = sources.rollup
    by_theme: dict[str, list[Share]] = {}
    for share in sources.facts.shares:
        theme = rollup.theme_of_share(share)
        by_theme.setdefault(theme, []).append(share)
    order = [name for name in labels(sources.review.codebook["thematic_areas"]) if name in by_theme]
    rows = [_line(name, by_theme[name]) for name in order]
    block = add_block(
        sheet, row + 1, heads, [*rows, _line("All", sources.facts.shares)], total=True
    )
    for at in (4, 5, 6):
        add_bars(sheet, block.ref(at))
    anchor = f"A{block.last + 2}"
    title = "Money planned by thematic area (US dollars)"
    add_bar_chart(
        sheet, block, (1, 2), anchor, title, stacked=True, size=(33, 6.4), last=block.last - 1
    )
    return block.last + 2 + LEAST_CHART_ROWS


def _line(name: str, money: Sequence[Share]) -> tuple[Value, ...]:
    sums = _by_source(money)
    return (name, *sums, *(value for _, value in money_shares(money)))


def _by_source(money: Sequence[Share]) -> tuple[float, float, float]:
    cents = [sum(s.cents for s in money if s.source == source) for source in (CORE, EXTRABUDGETARY)]
    return dollars(cents[0]), dollars(cents[1]), dollars(sum(cents))


def _add_years(sheet: Worksheet, sources: Sources, row: int) -> int:
    by_year: dict[Value, list[Share]] = {}
    for share in sources.facts.shares:
        by_year.setdefault(share.row.raw("year"), []).append(share)
    add_heading(sheet, row, "Planned, by year")
    heads = (
        Head("Year"),
        Head("Core", "money"),
        Head("Extrabudgetary", "money"),
        Head("Total", "money"),
        Head("Estimates", "share"),
        Head("Secured", "share"),
        Head("Multi-year", "share"),
    )
    years = sorted(by_year, key=str)
    block = add_block(sheet, row + 1, heads, [_line(str(year), by_year[year]) for year in years])
    for at in (4, 5, 6):
        add_bars(sheet, block.ref(at))
    return block.last + 2


def _pivots(sources: Sources) -> Iterator[tuple[PivotSource | None, Pivot, str]]:
    """The PivotTables; the last is the one that a refresh may make longest, so that pages fill."""
    axes: Sequence[tuple[str, str, tuple[str, ...], tuple[str, ...]]] = (
        ("Planned by entity", "Planned, by entity and source of funds", (ENTITY,), (SOURCE,)),
        (
            "Amounts by entity",
            "Amounts reported with activities, by entity and source of funds",
            (ENTITY,),
            (SOURCE,),
        ),
        (
            "Planned by theme",
            "Planned, by thematic area, source and year",
            (THEME, SOURCE),
            (YEAR,),
        ),
        (
            "Planned by kind",
            "Planned, by precision, predictability and security",
            (PRECISION, PREDICTABLE, SECURED),
            (SOURCE,),
        ),
    )
    for name, title, rows, columns in axes:
        reported = name == "Amounts by entity"
        source = sources.reported_money if reported else sources.planned_money
        caption, without = ("Reported", "No amount is reported.") if reported else ("Planned", "")
        yield source, Pivot(name, title, rows, (PivotValue(DOLLARS, caption),), columns), without
