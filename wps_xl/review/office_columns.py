"""The office's columns of the data sheets: what they say, and what in them cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wps_xl.forms.definitions import data_sheets
from wps_xl.model import Value
from wps_xl.review.columns import alike, codes, headings, sheet_of, text
from wps_xl.review.layout import (
    ENTITY,
    IN_REPORT,
    OUR_CHALLENGE,
    OUR_FOCUS,
    OUR_THEME,
    OUR_WORDING,
    PANEL,
    SAME_AS,
)
from wps_xl.review.workbook import Review

CHOSEN, LEFT_OUT = "yes", "no"
ELIGIBLE, NOT_ELIGIBLE, OPEN = "eligible", "not eligible", "open"
JOINT_SHEETS = ("Progress", "Initiatives")
Row = Mapping[str, Value]


def is_chosen(row: Row) -> bool:
    """Whether the office wants the row in the report."""
    return alike(row.get(IN_REPORT)) == CHOSEN


def is_left_out(row: Row) -> bool:
    """Whether the office wants the row in no document."""
    return alike(row.get(IN_REPORT)) == LEFT_OUT


def panel_decision(row: Row) -> str:
    """What the panel found of a case of good practice (para. 52); open where nothing says so."""
    said = alike(row.get(PANEL))
    return said if said in (ELIGIBLE, NOT_ELIGIBLE) else OPEN


def slips(review: Review) -> Iterator[str]:
    """A sentence for each entry that nothing understands: where, what, how it was taken."""
    for sheet in data_sheets(review.codebook):
        records = review.records(sheet.name)
        for number, row in records:
            if alike(row.get(IN_REPORT)) not in ("", CHOSEN, LEFT_OUT):
                place = _place(review, sheet.name, number, IN_REPORT)
                yield (
                    f"{place}: “{text(row[IN_REPORT])}” is neither yes nor no, so the row is not "
                    "in the report. Write yes or no."
                )
            elif not alike(row.get(IN_REPORT)):
                for heading in filter(row.get, (OUR_WORDING, OUR_FOCUS, OUR_CHALLENGE)):
                    place = _place(review, sheet.name, number, heading)
                    yield (
                        f"{place}: these words are not in the report, as {IN_REPORT} is blank. "
                        "Write yes there, or no to leave them out."
                    )
            theme = text(row.get(OUR_THEME))
            if theme and not review.codebook["thematic_areas"].find(theme):
                place = _place(review, sheet.name, number, OUR_THEME)
                yield (
                    f"{place}: “{theme}” is no thematic area, so the row stays in its own. Choose "
                    "one of the list."
                )
            if alike(row.get(PANEL)) not in ("", ELIGIBLE, NOT_ELIGIBLE, OPEN):
                yield (
                    f"{_place(review, sheet.name, number, PANEL)}: “{text(row[PANEL])}” is no "
                    "decision of the panel, so the case is open. Choose one of the list."
                )
    for name in JOINT_SHEETS:
        yield from _unknown_rows(review, name)


def _unknown_rows(review: Review, name: str) -> Iterator[str]:
    """Entries of ``Same activity as`` that name no row."""
    key = headings(review.codebook, name)[sheet_of(review.codebook, name).key]
    records = review.records(name)
    known = {f"{text(row[ENTITY])}:{text(row[key])}" for _, row in records}
    for number, row in records:
        for part in codes(row.get(SAME_AS)):
            entity, _, own = part.partition(":")
            if f"{entity.strip()}:{own.strip()}" not in known:
                yield (
                    f"{_place(review, name, number, SAME_AS)}: “{part}” names no row of {name}, so "
                    "nothing was joined. Write the entity's code, a colon, and the number of its "
                    "row."
                )


def _place(review: Review, sheet: str, row: int, heading: str) -> str:
    return f"{review.cell(sheet, row, heading)}, {heading}"
