"""The Register: a line for each entity and form, from invitation to sign-off (paras. 4, 5, 46)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from wps_xl.codebook import Codebook, Cycle
from wps_xl.intake.returns import BLANK_FORM, Return
from wps_xl.intake.validation import Intake
from wps_xl.intake.which_counts import SUPERSEDED
from wps_xl.model import Value
from wps_xl.records import RegisterLine
from wps_xl.review import arrivals, signed
from wps_xl.review.arrivals import Arrival
from wps_xl.review.workbook import Review

Changes = dict[str, Value]
"""Values of a line by code."""
INVITED = "invited"
RECEIVED, MISSING, NOT_DUE = "received", "missing", "not asked"
REPAIR = "to be repaired"
"""A return came, and cannot be used as it is: it is locked, damaged, or there are two of them."""
CAME = (RECEIVED, REPAIR)
WITHDRAWN = "withdrawn"

# What a return is counted by; a withdrawn one is not.
_COUNTS = ("rows", "held_back", "errors", "warnings", "late")


def first_lines(review: Review, cycle: Cycle, previous: Review | None = None) -> list[RegisterLine]:
    """The lines of a new cycle: the forms of each entity that takes part.

    They are those that the Register of the ``previous`` cycle asked of it, every form where that
    names none. Who withdrew a return from the last cycle is invited to this one.
    """
    codebook = review.codebook
    known = takes_part(previous) if previous else {}
    return [
        review.new(
            RegisterLine,
            entity=entity,
            form=form,
            takes_part=INVITED if how == WITHDRAWN else how,
            due=_midnight((cycle.due or {}).get(form)),
            status=MISSING if how in (INVITED, WITHDRAWN) else NOT_DUE,
        )
        for entity, first in codebook.invited(cycle.code).items()
        for form, how in known.get(entity, dict.fromkeys(codebook["forms"], first)).items()
    ]


def takes_part(review: Review) -> dict[str, dict[str, str]]:
    """Entity to how it takes part by form, as the Register says, in the order of the forms.

    Who is on no line that names a form and says how is not among them.
    """
    said = {
        (line.entity, line.form): line.takes_part
        for line in review.rows(RegisterLine)
        if line.takes_part in review.codebook["invitation_kinds"]
    }
    found: dict[str, dict[str, str]] = {}
    for entity in dict.fromkeys(entity for entity, _ in said):
        forms = [form for form in review.codebook["forms"] if (entity, form) in said]
        if forms:
            found[entity] = {form: said[entity, form] for form in forms}
    return found


def invited(review: Review | None, codebook: Codebook, cycle: Cycle) -> dict[str, Collection[str]]:
    """Entity to the forms it is invited to; to all where no line of the Register says which."""
    lines = takes_part(review) if review else {}
    found: dict[str, Collection[str]] = {}
    for entity, how in {**codebook.invited(cycle.code), **dict.fromkeys(lines, "")}.items():
        parts = lines.get(entity, dict.fromkeys(codebook["forms"], how))
        forms = [form for form, part in parts.items() if part == INVITED]
        if forms:
            found[entity] = forms
    return found


def update(review: Review, intake: Intake) -> list[RegisterLine]:
    """The lines after an intake: those it brought are renewed, what the office typed is kept.

    A due date that the line of an invited entity lacks is that of sheet Cycle.
    """
    due = review.cycle.due or {}
    lines = {(line.entity, line.form): line for line in review.rows(RegisterLine)}
    for at, item in enumerate(intake.returns):
        if item.status == "" and item.entity:
            key = (item.entity, item.form)
            line = lines.get(key) or review.new(RegisterLine, entity=item.entity, form=item.form)
            came = {**_received(at, item, intake), **_days(line, item, intake)}
            lines[key] = line.but(**came, us_dollars_signed_off=signed.total(item, intake))
    for arrival in arrivals.to_repair(intake):
        entity, form = arrival.key
        one = (entity, form) if form else _awaited(lines, entity)
        if one is None:
            continue
        line = lines.get(one) or review.new(RegisterLine, entity=entity, form=one[1])
        if line.status != RECEIVED:
            lines[one] = line.but(**_to_repair(line, arrival))
    for item in intake.returns:
        if item.status == BLANK_FORM and (item.entity, item.form) in lines:
            line = lines[item.entity, item.form]
            known = arrivals.history(line, line.book, line.saved, [item])
            lines[item.entity, item.form] = line.but(earlier_returns="; ".join(known))
    entities, forms = review.codebook["entities"], review.codebook["forms"]
    return sorted(
        (_stated(line, due) for line in lines.values()),
        key=lambda line: (
            line.takes_part != INVITED,
            entities.rank(line.entity),
            forms.rank(line.form),
        ),
    )


def _stated(line: RegisterLine, due: Mapping[str, dt.date]) -> RegisterLine:
    """A line with its due date, whether it is late, and its status."""
    if line.takes_part == INVITED and line.raw("due") is None:
        line = line.but(due=_midnight(due.get(line.form)))
    line = line.but(late=_late(line))
    if is_withdrawn(line):
        return line.but(status=WITHDRAWN, **dict.fromkeys(_COUNTS))
    if line.status in CAME:
        return line
    # Whoever typed the line, or changed whether it takes part, left its status behind.
    return line.but(status=MISSING if line.takes_part == INVITED else NOT_DUE)


def is_withdrawn(line: RegisterLine) -> bool:
    """Whether the office has taken the return of a line out again."""
    return line.takes_part.casefold() == WITHDRAWN


def respondents(review: Review, form: str) -> list[RegisterLine]:
    """The lines of invited entities whose return of ``form`` counts."""
    return [
        line
        for line in review.rows(RegisterLine)
        if line.form == form and line.takes_part == INVITED and line.status == RECEIVED
    ]


def _received(at: int, item: Return, intake: Intake) -> Changes:
    cover = item.cover
    values: Mapping[str, Value] = cover.values if cover else {}
    issues = [issue for issue in intake.issues if issue.book == item.book]
    contacts = {
        "focal_point": values.get("focal_point"),
        "e_mail": values.get("email"),
        "head_of_entity": values.get("head"),
    }
    return {
        **{code: value for code, value in contacts.items() if value is not None},
        "completed": values.get("completed"),
        "status": RECEIVED,
        "book": item.book,
        "saved": item.modified.replace(microsecond=0),
        "version": values.get("form_version"),
        "rows": len(item.all_rows),
        "held_back": len(intake.held[at]),
        "errors": sum(issue.severity == "error" for issue in issues),
        "warnings": sum(issue.severity == "warning" for issue in issues),
        "signed_off": values.get("signed_off"),
        "signed_off_by": values.get("head") if values.get("signed_off") == "Y" else None,
        "date_of_sign_off": values.get("signed_off_date"),
    }


def _not_counting(intake: Intake, item: Return) -> list[Return]:
    """The returns of the same entity and form that came and do not count."""
    key = (item.entity, item.form)
    came = [one for one in intake.returns if one.status in arrivals.EARLIER]
    return [one for one in came if (one.entity, one.form) == key]


def _days(line: RegisterLine, item: Return, intake: Intake) -> Changes:
    """When the return came, when the first of its form did, and which came before it.

    The day is that on which the file was saved; what the Register knows of the same file stands.
    """
    before = [one for one in _not_counting(intake, item) if one.status == SUPERSEDED]
    saved = item.modified.replace(microsecond=0)
    # Version 0.1 took the entity's own date for the day on which its return came.
    is_known = line.raw("first_received") is not None
    is_same = is_known and (line.book, line.saved) == (item.book, saved)
    received = line.received if is_same else arrivals.midnight(saved)
    days = [received, *(arrivals.midnight(one.modified) for one in before)]
    days += [line.first_received, arrivals.midnight(line.saved)]
    known = [day for day in days if day is not None]
    history = arrivals.history(line, item.book, saved, _not_counting(intake, item))
    return {
        "received": received,
        "first_received": min(known, default=None),
        "earlier_returns": "; ".join(history) or None,
    }


def _awaited(lines: Mapping[tuple[str, str], RegisterLine], entity: str) -> tuple[str, str] | None:
    """The one form that an entity has still to send; None where there is none, or several."""
    awaited = [
        key
        for key, line in lines.items()
        if line.entity == entity and line.takes_part == INVITED and line.status != RECEIVED
    ]
    return awaited[0] if len(awaited) == 1 else None


def _to_repair(line: RegisterLine, arrival: Arrival) -> Changes:
    """A line whose return came and cannot be used; it may come again under the same name."""
    day = arrivals.midnight(arrival.modified)
    days = [one for one in (day, line.first_received) if one is not None]
    return {
        "status": REPAIR,
        "book": "; ".join(arrival.books),
        "received": day,
        "first_received": min(days, default=None),
    }


def _late(line: RegisterLine) -> Value:
    received = line.first_received or line.received
    return "late" if line.due and received and received > line.due else None


def _midnight(day: dt.date | None) -> dt.datetime | None:
    return None if day is None else dt.datetime(day.year, day.month, day.day)
