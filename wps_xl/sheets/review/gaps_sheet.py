"""Sheet Gaps and overlaps: where nobody works, and where several do (paras. 43, 58 (g))."""

from __future__ import annotations

from collections import Counter

import pandas as pd
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.analysis import overlaps
from wps_xl.analysis.gaps import coverage
from wps_xl.analysis.rollup import COUNTRY, KIND, NUMBER, STRATEGY, THEME
from wps_xl.codebook import Codebook
from wps_xl.model import Value
from wps_xl.office.excel.pivots.tables import Pivot, PivotValue
from wps_xl.review.columns import NOT_ASSIGNED, labels
from wps_xl.review.layout import SheetPlan
from wps_xl.sheets.review.blocks import Head, add_block, add_heading, add_heat, add_note, add_page
from wps_xl.sheets.review.sources import Sources, stack_pivot
from wps_xl.sheets.review.theme_sheet import counted

WIDTHS = (30, 22, 18, 18, 18, 18, 18, 18)
LINES = (
    "Where nothing is reported or planned, and where several entities do the like.",
    "An area is in an entity's mandate unless it answered all its questions with 'not in our "
    "mandate'. The darker a cell, the more; a cell with nought is marked as a gap.",
)


def add_gaps_sheet(book: Workbook, plan: SheetPlan, sources: Sources) -> None:
    """Heat maps, gaps by entity, pairs of initiatives, rows that look like one activity."""
    sheet = add_page(book, plan.name, LINES, sources.mark, WIDTHS)
    row = _add_strategies(sheet, sources, 5)
    if sources.places is None:
        add_note(sheet, row, "No country is named in the rows.")
        row += 2
    else:
        row = _add_places(sheet, sources, sources.places.frame, row)
    for add in (_add_coverage, _add_pairs, _add_likenesses):
        row = add(sheet, sources, row)
    _add_country_pivot(sheet, sources, row)


def _add_strategies(sheet: Worksheet, sources: Sources, row: int) -> int:
    """Thematic area by strategy: activities and initiatives, a joint one counted once."""
    add_heading(sheet, row, "Activities and initiatives by thematic area and main strategy")
    rollup, codebook = sources.rollup, sources.review.codebook
    tables = (rollup.activities, rollup.initiatives)
    names = labels(codebook["strategies"])
    rows: list[tuple[Value, ...]] = [
        (theme, *(sum(counted(table, theme, name) for table in tables) for name in names))
        for theme in labels(codebook["thematic_areas"])
    ]
    heads = [Head("Thematic area"), *(Head(name, "count") for name in names)]
    # What is not assigned has a row or column only where there is such a thing.
    if not any(line[-1] for line in rows):
        heads, rows = heads[:-1], [line[:-1] for line in rows]
    if not any(rows[-1][1:]):
        rows = rows[:-1]
    block = add_block(sheet, row + 1, heads, rows)
    most = max((count for line in rows for count in line[1:] if isinstance(count, int)), default=0)
    for at, head in enumerate(heads[1:], start=1):
        add_heat(sheet, block.ref(at), most, gaps=head.heading != NOT_ASSIGNED)
    return block.last + 2


def _add_pairs(sheet: Worksheet, sources: Sources, row: int) -> int:
    """Pairs of initiatives with a proposal for joint work (para. 58 (g))."""
    found, everything = overlaps.pairs(sources.review, sources.facts.joint_initiatives)
    add_heading(sheet, row, "Initiatives that share thematic area, strategy and country")
    if not found:
        add_note(sheet, row + 1, "There is no such pair that is not joint already.")
        return row + 3
    book = sources.review.codebook
    heads = (
        Head("Thematic area, strategy"),
        Head("Countries"),
        Head("One initiative", spans=2),
        Head("The other", spans=2),
        Head("Proposal", spans=2),
    )
    rows = [_pair(book, pair) for pair in found[: sources.listed]]
    block = add_block(sheet, row + 1, heads, rows)
    note = f"{len(rows)} of {len(found)} pairs are shown, those with most countries first."
    if everything > overlaps.MOST_PAIRS:
        note = f"{len(rows)} pairs are shown of more than {overlaps.MOST_PAIRS:,}."
    add_note(sheet, block.last + 1, note)
    return block.last + 3


def _pair(book: Codebook, pair: overlaps.Pair) -> tuple[str, ...]:
    theme = book["thematic_areas"].label(pair.theme)
    strategy = book["strategies"].label(pair.strategy)
    countries = ", ".join(book["countries"].label(code) for code in pair.countries)
    one, other = pair.one, pair.other
    return (
        f"{theme}; {strategy}",
        countries,
        f"{one.entity} {one.number}: {one.title}",
        f"{other.entity} {other.number}: {other.title}",
        f"{one.entity} and {other.entity}: a joint initiative in {countries}, one lead, "
        "one budget line each; or agree who works where.",
    )


def _add_likenesses(sheet: Worksheet, sources: Sources, row: int) -> int:
    found = sources.facts.likenesses
    if not found:
        return row
    add_heading(sheet, row, "Rows that look like one activity")
    note = (
        "Where they are one, write the first number into Same activity as of the other row; the "
        "cells are those of sheet Progress."
    )
    add_note(sheet, row + 1, note)
    heads = (
        Head("Area"),
        Head("What they share"),
        Head("One row", spans=3),
        Head("The other", spans=3),
    )
    areas = sources.review.codebook["areas_of_action"]
    themes = sources.review.codebook["thematic_areas"]
    rows = [
        (
            f"{item.area}. {areas.label(item.area)}"
            if item.area in areas
            else themes.label(item.area),
            item.why,
            f"{item.one} ({item.one_cell}): {item.one_text}",
            f"{item.other} ({item.other_cell}): {item.other_text}",
        )
        for item in found[: sources.listed]
    ]
    return add_block(sheet, row + 2, heads, rows).last + 2


def _add_coverage(sheet: Worksheet, sources: Sources, row: int) -> int:
    """What each entity covers, by letters of areas and names of thematic areas."""
    add_heading(sheet, row, "Gaps by entity")
    found = coverage(sources.review)
    if not found:
        add_note(sheet, row + 1, "No question is answered and nothing is reported yet.")
        return row + 3
    themes = sources.review.codebook["thematic_areas"]
    heads = (
        Head("Entity"),
        Head("Areas reported"),
        Head("In the mandate, nothing reported", spans=2),
        Head("Answered yes, but no row"),
        Head("Not in the mandate"),
        Head("Thematic areas in the mandate without initiative", spans=2),
    )
    rows = [
        (
            line.entity,
            ", ".join(line.reported),
            ", ".join(line.silent),
            ", ".join(line.claimed),
            ", ".join(line.outside),
            ", ".join(themes.label(code) for code in line.unplanned),
        )
        for line in found
    ]
    return add_block(sheet, row + 1, heads, rows).last + 2


def _add_country_pivot(sheet: Worksheet, sources: Sources, row: int) -> None:
    """All countries, to be filtered by what is reported and what is planned."""
    pivot = Pivot(
        name="Heat map",
        title="All countries; filter by what is reported or planned",
        rows=(COUNTRY, THEME),
        columns=(STRATEGY,),
        values=(PivotValue(NUMBER, "Rows", "count"),),
        pages={KIND: None},
    )
    stack_pivot(sheet, sources.places, pivot, row)


def _add_places(sheet: Worksheet, sources: Sources, frame: pd.DataFrame, row: int) -> int:
    """The countries named most often, a line for each thematic area."""
    add_heading(
        sheet, row, "Activities and initiatives by country, thematic area and main strategy"
    )
    codebook = sources.review.codebook
    names = [name for name in labels(codebook["strategies"]) if name in set(frame[STRATEGY])]
    themes = labels(codebook["thematic_areas"])
    counts = Counter(zip(frame[COUNTRY], frame[THEME], frame[STRATEGY], strict=True))
    named = Counter(frame[COUNTRY])
    places = sorted(
        set(zip(frame[COUNTRY], frame[THEME], strict=True)),
        key=lambda place: (-named[place[0]], place[0], themes.index(place[1])),
    )
    heads = [Head("Country"), Head("Thematic area"), *(Head(name, "count") for name in names)]
    # Blank rather than nought: hardly any country has every strategy.
    rows = [
        (*place, *(counts[(*place, name)] or None for name in names))
        for place in places[: sources.listed]
    ]
    block = add_block(sheet, row + 1, heads, rows)
    for at in range(2, len(heads)):
        add_heat(sheet, block.ref(at), max(counts.values()), gaps=False)
    if len(places) > len(rows):
        note = f"{len(rows)} of {len(places)} lines are shown, countries named most often first."
        add_note(sheet, block.last + 1, note)
    return block.last + 3
