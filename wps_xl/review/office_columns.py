"""The office's columns of the data sheets: what they say, and what in them cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wps_xl.forms.definitions import data_sheets
from wps_xl.model import Value
from wps_xl.records import Practice, alike, codes, text
from wps_xl.records.kinds import Gathered
from wps_xl.review.columns import sheet_of
from wps_xl.review.layout import (
    IN_REPORT,
    PANEL,
    office_fields,
)
from wps_xl.review.workbook import Review

CHOSEN, LEFT_OUT = "yes", "no"
ELIGIBLE, NOT_ELIGIBLE, OPEN = "eligible", "not eligible", "open"
JOINT_SHEETS = ("Progress", "Initiatives")
_WORDINGS = ("our_wording", "our_wording_focus", "our_wording_challenge")
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
        words = [one.column for one in office_fields(sheet.name) if one.column in _WORDINGS]
        for row in review.gathered(sheet.name):
            if alike(row.in_report) not in ("", CHOSEN, LEFT_OUT):
                yield (
                    f"{_place(row, 'in_report')}: “{row.in_report}” is neither yes nor no, so the "
                    "row is not in the report. Write yes or no."
                )
            elif not row.in_report:
                for column in filter(row.raw, words):
                    yield (
                        f"{_place(row, column)}: these words are not in the report, as "
                        f"{IN_REPORT} is blank. Write yes there, or no to leave them out."
                    )
            theme = row.our_theme
            if theme and not review.codebook["thematic_areas"].find(theme):
                yield (
                    f"{_place(row, 'our_theme')}: “{theme}” is no thematic area, so the row stays "
                    "in its own. Choose one of the list."
                )
    for case in review.rows(Practice):
        if alike(case.panel) not in ("", ELIGIBLE, NOT_ELIGIBLE, OPEN):
            yield (
                f"{_place(case, 'panel')}: “{case.panel}” is no decision of the panel, so the case "
                "is open. Choose one of the list."
            )
    for name in JOINT_SHEETS:
        yield from _unknown_rows(review, name)


def _unknown_rows(review: Review, name: str) -> Iterator[str]:
    """Entries of ``Same activity as`` that name no row."""
    key = sheet_of(review.codebook, name).key
    rows = review.gathered(name)
    known = {f"{row.entity}:{text(row.raw(key))}" for row in rows}
    for row in rows:
        for part in codes(row.same_activity_as):
            entity, _, own = part.partition(":")
            if f"{entity.strip()}:{own.strip()}" not in known:
                yield (
                    f"{_place(row, 'same_activity_as')}: “{part}” names no row of {name}, so "
                    "nothing was joined. Write the entity's code, a colon, and the number of its "
                    "row."
                )


def _place(row: Gathered, column: str) -> str:
    return f"{row.cell_of(column)}, {row.heading_of(column)}"
