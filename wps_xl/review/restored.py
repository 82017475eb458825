"""Answers in sheet Issues whose keys somebody took away with the hidden sheets of the workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace

from wps_xl.intake.validation import Intake
from wps_xl.model import Value
from wps_xl.records import Note
from wps_xl.review import answers
from wps_xl.review.issue_lines import IssueLine, id_of
from wps_xl.review.issues import OFFICE, issue_tables
from wps_xl.review.layout import plans
from wps_xl.review.workbook import Review, table

KEYS, ISSUES, NOTES = "Issue keys", "Issues", "Notes"


def lacks_keys(review: Review) -> bool:
    """Whether sheet Issues has lines, and nothing says what they are about."""
    return bool(len(review.tables[ISSUES])) and not len(review.tables[KEYS])


def with_keys(
    review: Review, intake: Intake, moment: dt.datetime
) -> tuple[Review, tuple[str, ...]]:
    """The review with the keys of its issues, found again in the returns, and what that took.

    ``intake`` was checked with the answers that sheet Decisions holds, so that its issues read as
    they did. Answers to lines that these returns do not raise go to sheet Notes.
    """
    known = issue_tables(review, answers.given(review), intake, moment)[KEYS]
    layout = {plan.name: plan for plan in plans(review.codebook)}
    tables = {**review.tables, KEYS: known}
    found = replace(review, tables=tables)
    lost = list(_without(found))
    notes: list[Mapping[str, Value] | Note] = [*review.rows(Note)]
    notes += [{"When": moment, "Sheet": ISSUES, "Cell": cell, "Text": text} for cell, text in lost]
    said = ["The hidden sheet Issue keys was gone; it was made anew from the returns."]
    said += [
        f"Issues!{cell}: the returns of this run do not raise this line any more, so its answer "
        f"is kept in sheet Notes: {text}."
        for cell, text in lost
    ]
    return replace(found, tables={**tables, NOTES: table(layout[NOTES], notes)}), tuple(said)


def _without(review: Review) -> Iterator[tuple[str, str]]:
    """Cell and words of each line that was answered and has no key."""
    keyed = {id_of(line) for line, _ in answers.listed_keys(review)}
    for line in review.rows(IssueLine):
        said = [str(value) for value in line.by_code(OFFICE).values() if value is not None]
        if said and id_of(line) not in keyed:
            about = filter(None, (line.book, line.sheet, line.cell))
            yield line.cell_of("our_answer").a1, " | ".join([*about, *said])
