"""Rows of the office's own tables: register, decisions, wording, and what runs keep."""

from __future__ import annotations

import datetime as dt

from wps_xl.records.record import Record


class RegisterLine(Record):
    """One form of one entity: invited, received, signed off."""

    sheet_name = "Register"
    entity: str
    form: str
    takes_part: str
    focal_point: str
    e_mail: str
    head_of_entity: str
    issued: dt.datetime | None
    due: dt.datetime | None
    first_received: dt.datetime | None
    received: dt.datetime | None
    late: str
    status: str
    book: str
    saved: dt.datetime | None
    version: str
    rows: float | None
    held_back: float | None
    errors: float | None
    warnings: float | None
    completed: dt.datetime | None
    signed_off: str
    signed_off_by: str
    date_of_sign_off: dt.datetime | None
    us_dollars_signed_off: float | None
    filed_at: str
    earlier_returns: str
    letters: str


class Recommendation(Record):
    """A recommendation and its follow-up."""

    sheet_name = "Recommendations"
    addressee: str
    recommendation: str
    evidence: str
    status: str
    next_step: str
    of_cycle: str


class Decision(Record):
    """What the office decided about a row, a cell or an issue."""

    sheet_name = "Decisions"
    sheet: str
    entity: str
    form: str
    row_id: str
    column: str
    decision: str
    reason: str
    initials: str
    date: dt.datetime | None
    state: str
    found: str
    value: str
    cell: str
    issue: str
    row_says: str
    value_says: str


class Pattern(Record):
    """A pattern of sentences of the draft."""

    sheet_name = "Wording"
    key: str
    pattern: str
    used_when: str


class Note(Record):
    """What was typed over, and kept."""

    sheet_name = "Notes"
    when: dt.datetime | None
    sheet: str
    cell: str
    text: str


class Difference(Record):
    """What differs from another workbook."""

    sheet_name = "Comparison"
    compared_with: str
    sheet: str
    entity: str
    row_id: str
    column: str
    change: str
    before: str
    now: str
    cell: str


class Source(Record):
    """A cell behind a sentence, a figure or a table of the draft."""

    sheet_name = "Sources"
    paragraph: str
    key: str
    sentence: str
    figure: str
    printed: str
    value: str
    cell: str
    return_cell: str


class Run(Record):
    """One run of a verb."""

    sheet_name = "Log"
    when: dt.datetime | None
    command: str
    outcome: str
    version: str


class Origin(Record):
    """Which column of a return a value came from."""

    sheet_name = "Origins"
    book: str
    sheet: str
    letters: str


class File(Record):
    """Where a return was read from."""

    sheet_name = "Files"
    book: str
    path: str


class IssueKey(Record):
    """What a line of sheet Issues is about."""

    sheet_name = "Issue keys"
    book: str
    sheet: str
    cell: str
    message: str
    owner: str
    form: str
    rows: str
    column: str
    issue: str
    found: str


class PlannedResult(Record):
    """A result of the plan that the last cycle made."""

    sheet_name = "Earlier plan"
    entity: str
    result_no: str
    initiative_no: str
    title: str
    thematic_area: str
    indicator: str
    unit: str
    baseline: float | None
    target: float | None
    target_date: dt.datetime | None
    plan_from: dt.datetime | None
    plan_to: dt.datetime | None


class SignedAmount(Record):
    """An amount as it was when it was signed off."""

    sheet_name = "Signed amounts"
    entity: str
    form: str
    sheet: str
    row_id: str
    row_says: str
    column: str
    us_dollars: float | None


class EarlierRow(Record):
    """A row of the last cycle."""

    sheet_name = "Earlier rows"
    entity: str
    sheet: str
    no: str
    row_says: str
    cell: str


class HeldLine(Record):
    """A row of a return that does not count."""

    sheet_name = "Held back"
    entity: str
    form: str
    book: str
    sheet: str
    row: float | None
    row_id: str
    cells: str
    cause: str
    message: str
    held_with: str
    since: dt.datetime | None


class RowWords(Record):
    """By which a row is known."""

    sheet_name = "Row words"
    owner: str
    form: str
    sheet: str
    row_id: str
    row_says: str
