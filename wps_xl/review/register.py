"""The Register: a line for each entity and form, from invitation to sign-off (paras. 4, 5, 46)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from wps_xl.codebook import Codebook, Cycle
from wps_xl.intake.returns import BLANK_FORM, Return
from wps_xl.intake.validation import Intake
from wps_xl.intake.which_counts import SUPERSEDED
from wps_xl.model import Value
from wps_xl.review import arrivals, signed
from wps_xl.review.arrivals import Arrival
from wps_xl.review.workbook import Review

Row = dict[str, Value]
INVITED = "invited"
RECEIVED, MISSING, NOT_DUE = "received", "missing", "not asked"
REPAIR = "to be repaired"
"""A return came, and cannot be used as it is: it is locked, damaged, or there are two of them."""
CAME = (RECEIVED, REPAIR)
WITHDRAWN = "withdrawn"

# What a return is counted by; a withdrawn one is not.
_COUNTS = ("Rows", "Held back", "Errors", "Warnings", "Late")


def first_lines(codebook: Codebook, cycle: Cycle, previous: Review | None = None) -> list[Row]:
    """The lines of a new cycle: the forms of each entity that takes part.

    They are those that the Register of the ``previous`` cycle asked of it, every form where that
    names none. Who withdrew a return from the last cycle is invited to this one.
    """
    known = takes_part(previous) if previous else {}
    return [
        {
            "Entity": entity,
            "Form": form,
            "Takes part": INVITED if how == WITHDRAWN else how,
            "Due": _midnight((cycle.due or {}).get(form)),
            "Status": MISSING if how in (INVITED, WITHDRAWN) else NOT_DUE,
        }
        for entity, first in codebook.invited(cycle.code).items()
        for form, how in known.get(entity, dict.fromkeys(codebook["forms"], first)).items()
    ]


def takes_part(review: Review) -> dict[str, dict[str, str]]:
    """Entity to how it takes part by form, as the Register says, in the order of the forms.

    Who is on no line that names a form and says how is not among them.
    """
    said = {
        (str(row["Entity"]), row["Form"]): str(row["Takes part"])
        for _, row in review.records("Register")
        if row["Takes part"] in review.codebook["invitation_kinds"]
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


def update(review: Review, intake: Intake) -> list[Row]:
    """The lines after an intake: those it brought are renewed, what the office typed is kept.

    A due date that the line of an invited entity lacks is that of sheet Cycle.
    """
    due = review.cycle.due or {}
    lines: dict[tuple[Value, Value], Row] = {
        (row["Entity"], row["Form"]): dict(row) for _, row in review.records("Register")
    }
    for at, item in enumerate(intake.returns):
        if item.status == "" and item.entity:
            key: tuple[Value, Value] = (item.entity, item.form)
            line = lines.get(key, _uninvited(item.entity, item.form))
            amount = {signed.TOTAL: signed.total(item, intake)}
            lines[key] = {
                **line,
                **_received(at, item, intake),
                **_days(line, item, intake),
                **amount,
            }
    for arrival in arrivals.to_repair(intake):
        entity, form = arrival.key
        one = (entity, form) if form else _awaited(lines, entity)
        line = lines.get(one, _uninvited(entity, one[1])) if one else {}
        if one and line.get("Status") != RECEIVED:
            lines[one] = {**line, **_to_repair(line, arrival)}
    for item in intake.returns:
        if item.status == BLANK_FORM and (item.entity, item.form) in lines:
            line = lines[item.entity, item.form]
            known = arrivals.history(line, str(line["Book"] or ""), line.get("Saved"), [item])
            line["Earlier returns"] = "; ".join(known)
    for line in lines.values():
        if line["Takes part"] == INVITED and line.get("Due") is None:
            line["Due"] = _midnight(due.get(str(line["Form"])))
        line["Late"] = _late(line)
        if is_withdrawn(line):
            line |= {"Status": WITHDRAWN, **dict.fromkeys(_COUNTS)}
        elif line["Status"] not in CAME:
            # Whoever typed the line, or changed whether it takes part, left its status behind.
            line["Status"] = MISSING if line["Takes part"] == INVITED else NOT_DUE
    rank = {code: at for at, code in enumerate(review.codebook["entities"])}
    forms = list(review.codebook["forms"])
    return sorted(
        lines.values(),
        key=lambda row: (
            row["Takes part"] != INVITED,
            rank.get(str(row["Entity"]), len(rank)),
            forms.index(str(row["Form"])) if row["Form"] in forms else len(forms),
        ),
    )


def is_withdrawn(line: Mapping[str, Value]) -> bool:
    """Whether the office has taken the return of a line out again."""
    return str(line["Takes part"] or "").strip().casefold() == WITHDRAWN


def respondents(review: Review, form: str) -> list[tuple[int, str]]:
    """The invited entities whose return of ``form`` counts: row of the Register and entity."""
    return [
        (number, str(row["Entity"]))
        for number, row in review.records("Register")
        if row["Form"] == form and row["Takes part"] == INVITED and row["Status"] == RECEIVED
    ]


def _uninvited(entity: str, form: str) -> Row:
    return {"Entity": entity, "Form": form, "Takes part": None}


def _received(at: int, item: Return, intake: Intake) -> Row:
    cover = item.cover
    values: Mapping[str, Value] = cover.values if cover else {}
    issues = [issue for issue in intake.issues if issue.book == item.book]
    contacts = {
        "Focal point": values.get("focal_point"),
        "E-mail": values.get("email"),
        "Head of entity": values.get("head"),
    }
    return {
        **{heading: value for heading, value in contacts.items() if value is not None},
        "Completed": values.get("completed"),
        "Status": RECEIVED,
        "Book": item.book,
        "Saved": item.modified.replace(microsecond=0),
        "Version": values.get("form_version"),
        "Rows": len(item.all_rows),
        "Held back": len(intake.held[at]),
        "Errors": sum(issue.severity == "error" for issue in issues),
        "Warnings": sum(issue.severity == "warning" for issue in issues),
        "Signed off": values.get("signed_off"),
        "Signed off by": values.get("head") if values.get("signed_off") == "Y" else None,
        "Date of sign-off": values.get("signed_off_date"),
    }


def _not_counting(intake: Intake, item: Return) -> list[Return]:
    """The returns of the same entity and form that came and do not count."""
    key = (item.entity, item.form)
    came = [one for one in intake.returns if one.status in arrivals.EARLIER]
    return [one for one in came if (one.entity, one.form) == key]


def _days(line: Row, item: Return, intake: Intake) -> Row:
    """When the return came, when the first of its form did, and which came before it.

    The day is that on which the file was saved; what the Register knows of the same file stands.
    """
    before = [one for one in _not_counting(intake, item) if one.status == SUPERSEDED]
    saved = item.modified.replace(microsecond=0)
    # Version 0.1 took the entity's own date for the day on which its return came.
    is_known = line.get("First received") is not None
    is_same = is_known and (line.get("Book"), line.get("Saved")) == (item.book, saved)
    received = line.get("Received") if is_same else arrivals.midnight(saved)
    days = [received, *(arrivals.midnight(one.modified) for one in before)]
    if is_known:
        days.append(line["First received"])
    if isinstance(line.get("Saved"), dt.datetime):
        days.append(arrivals.midnight(line["Saved"]))
    known = [day for day in days if isinstance(day, dt.datetime)]
    history = arrivals.history(line, item.book, saved, _not_counting(intake, item))
    return {
        "Received": received,
        "First received": min(known, default=None),
        "Earlier returns": "; ".join(history) or None,
    }


def _awaited(lines: Mapping[tuple[Value, Value], Row], entity: str) -> tuple[str, str] | None:
    """The one form that an entity has still to send; None where there is none, or several."""
    awaited = [
        (str(name), str(form))
        for (name, form), line in lines.items()
        if name == entity and line["Takes part"] == INVITED and line.get("Status") != RECEIVED
    ]
    return awaited[0] if len(awaited) == 1 else None


def _to_repair(line: Row, arrival: Arrival) -> Row:
    """A line whose return came and cannot be used; it may come again under the same name."""
    day = arrivals.midnight(arrival.modified)
    days = [one for one in (day, line.get("First received")) if isinstance(one, dt.datetime)]
    return {
        "Status": REPAIR,
        "Book": "; ".join(arrival.books),
        "Received": day,
        "First received": min(days, default=None),
    }


def _late(line: Row) -> Value:
    due, received = line.get("Due"), line.get("First received") or line.get("Received")
    if not isinstance(due, dt.datetime) or not isinstance(received, dt.datetime):
        return None
    return "late" if received > due else None


def _midnight(day: dt.date | None) -> dt.datetime | None:
    return None if day is None else dt.datetime(day.year, day.month, day.day)
