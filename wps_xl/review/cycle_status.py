"""Where the cycle stands and what comes next, as sheet Start says it (paras. 4, 5, 46, 49)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from wps_xl.forms.definitions import data_sheets
from wps_xl.nouns import counted
from wps_xl.records import Activity, RegisterLine, Run
from wps_xl.review import layout
from wps_xl.review.held import HeldBack, by_sheet, held_rows
from wps_xl.review.issue_lines import IssueLine
from wps_xl.review.register import CAME, INVITED, REPAIR
from wps_xl.review.workbook import Review

_NAMED = 3


@dataclass(frozen=True)
class FormStanding:
    """The returns of one form: how many were asked for, received, missing, received late.

    Those that came and cannot be used are received, and ``to_repair``.
    """

    label: str
    asked: int
    received: int
    to_repair: int
    missing: int
    late: int


@dataclass(frozen=True)
class Standing:
    """What the office has, what it waits for, and what the draft will hold.

    ``consolidated`` is the moment of the last consolidation. ``words`` are those of the chosen
    rows, of at most ``word_limit`` for the whole draft.
    """

    forms: tuple[FormStanding, ...]
    rows: int
    errors: int
    warnings: int
    held: tuple[HeldBack, ...]
    consolidated: dt.datetime | None
    drafted: dt.datetime | None
    chosen: int
    words: int
    word_limit: int

    @property
    def expected(self) -> int:
        """Returns that are missing or came late."""
        return sum(form.missing + form.late for form in self.forms)


def standing(review: Review) -> Standing:
    """Count it all."""
    chosen = [row for row in review.rows(Activity) if row.is_chosen]
    lines = review.rows(IssueLine)
    return Standing(
        forms=tuple(_form(review, code) for code in review.codebook["forms"]),
        rows=sum(len(review.tables[sheet.name]) for sheet in data_sheets(review.codebook)),
        errors=sum(line.is_for_office("error") for line in lines),
        warnings=sum(line.is_for_office("warning") for line in lines),
        held=tuple(held_rows(review)),
        consolidated=_last(review, "consolidate"),
        drafted=_last(review, "report"),
        chosen=len(chosen),
        words=sum(len((row.our_wording or row.activity).split()) for row in chosen),
        word_limit=word_limit(review),
    )


def _form(review: Review, form: str) -> FormStanding:
    lines = review.rows(RegisterLine)
    asked = [line for line in lines if line.form == form and line.takes_part == INVITED]
    return FormStanding(
        label=review.codebook["forms"].label(form),
        asked=len(asked),
        received=sum(line.status in CAME for line in asked),
        to_repair=sum(line.status == REPAIR for line in asked),
        missing=sum(line.status not in CAME for line in asked),
        late=sum(bool(line.late) for line in asked),
    )


def _last(review: Review, command: str) -> dt.datetime | None:
    moments = (run.when for run in review.rows(Run) if run.command == command)
    return max((moment for moment in moments if moment is not None), default=None)


def word_limit(review: Review) -> int:
    """How many words a draft may have: sheet Cycle's limit, else the Editorial Manual's."""
    return int(float(review.text("word_limit") or layout.limits()["words"]))


def next_steps(review: Review, found: Standing, likely: int) -> Iterator[tuple[str, str]]:
    """What to do, each with the sheet to do it on; ``likely`` rows look like one activity."""
    if not any(line.issued or line.status in CAME for line in review.rows(RegisterLine)):
        yield "Check the periods and due dates.", "Cycle"
        yield "Issue the forms: button Issue forms.", "Register"
        return
    if found.consolidated is None:
        yield "Consolidate the returns.", "Register"
    missing = sum(form.missing for form in found.forms)
    if missing:
        yield f"Remind: {counted(missing, 'return is', 'returns are')} missing.", "Register"
    repair = sum(form.to_repair for form in found.forms)
    if repair:
        yield f"Have repaired: {counted(repair, 'return')} came and cannot be read.", "Issues"
    if found.errors:
        yield f"Answer {counted(found.errors, 'error')}: errors hold rows back.", "Issues"
    if found.held:
        rows = counted(len(found.held), "row is", "rows are")
        sheets = by_sheet(found.held)
        places = "; ".join([*sheets[:_NAMED], *(["…"] if len(sheets) > _NAMED else [])])
        yield f"{rows} held back and not counted: {places}.", "Issues"
    if found.warnings:
        yield f"Look at {counted(found.warnings, 'warning')}.", "Issues"
    if likely:
        yield (
            f"Decide on {counted(likely, 'pair')} of rows that look like one activity.",
            "Gaps and overlaps",
        )
    if found.rows and not found.chosen:
        yield "Choose rows for the report in column In report.", "Progress"
    if found.chosen:
        share = found.words / found.word_limit
        yield (
            f"{counted(found.chosen, 'row is', 'rows are')} chosen: {found.words:,} words, "
            f"{share:.0%} of the {found.word_limit:,} that the draft may have.",
            "Progress",
        )
    if found.chosen and found.drafted is None:
        yield "Make the draft: button Council report.", "Sources"
