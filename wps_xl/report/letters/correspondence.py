"""Who needs which letter: asked for nothing yet, late with a form, or with errors to correct.

S/2007/567, paras. 4, 46 and 49: letters go to those still outstanding, and to nobody else.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wps_xl.records import RegisterLine
from wps_xl.report.editorial import style
from wps_xl.review.issue_lines import IssueLine
from wps_xl.review.register import CAME, INVITED
from wps_xl.review.workbook import Review

REQUEST, REMINDER, CORRECTION = "request", "reminder", "correction"
KINDS = (REQUEST, REMINDER, CORRECTION)
WAIT = "letters_wait_days"
_SENT = re.compile(rf"\b({'|'.join(KINDS)}) (\d{{4}}-\d\d-\d\d)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Sent:
    """A letter that was written before: what it was, and its date."""

    kind: str
    day: dt.date


@dataclass(frozen=True)
class AskedForm:
    """One form of one entity: its line of the Register, when it is due, what to correct in it."""

    line: RegisterLine
    due: dt.date | None
    faults: tuple[IssueLine, ...]

    @property
    def form(self) -> str:
        """The code of the form."""
        return self.line.form

    @property
    def missing(self) -> bool:
        """Whether nothing was received; a return that cannot be used has to be corrected."""
        return self.line.status not in CAME and not self.faults

    @property
    def sent(self) -> list[Sent]:
        """The letters about it that column Letters names."""
        return sent(self.line.letters)

    def late(self, today: dt.date) -> bool:
        """Whether it is missing and its due date has passed."""
        return self.missing and self.due is not None and self.due < today


@dataclass(frozen=True)
class Recipient:
    """An entity and its lines of the Register."""

    entity: str
    lines: tuple[AskedForm, ...]

    @property
    def head(self) -> str:
        """The head of the entity, blank where no line says it."""
        return next(filter(None, (asked.line.head_of_entity for asked in self.lines)), "")

    @property
    def focal_point(self) -> str:
        """The focal point, blank where no line says it."""
        return next(filter(None, (asked.line.focal_point for asked in self.lines)), "")

    @property
    def e_mail(self) -> str:
        """Where the focal point is reached, blank where no line says it."""
        return next(filter(None, (asked.line.e_mail for asked in self.lines)), "")

    @property
    def missing(self) -> list[AskedForm]:
        """The forms not received."""
        return [line for line in self.lines if line.missing]

    @property
    def faulty(self) -> list[AskedForm]:
        """The forms received that have something to correct."""
        return [line for line in self.lines if line.faults]

    @property
    def sent(self) -> list[Sent]:
        """Every letter to it once, the first ones first."""
        found = {letter for line in self.lines for letter in line.sent}
        return sorted(found, key=lambda letter: (letter.day, KINDS.index(letter.kind)))

    def last(self, *kinds: str) -> dt.date | None:
        """The date of the last letter of these kinds."""
        return max((letter.day for letter in self.sent if letter.kind in kinds), default=None)

    def asked(self, today: dt.date) -> bool:
        """Whether the entity knows of the review: by a letter, by what it sent, or by a form that
        was issued and is late by now."""
        answered = any(not line.missing for line in self.lines)
        waiting = any(asked.line.issued and asked.late(today) for asked in self.lines)
        return bool(self.sent) or answered or waiting


@dataclass(frozen=True)
class Letter:
    """A letter to be written: its kind, the forms it asks for, those that it has corrected."""

    kind: str
    recipient: Recipient
    asks: tuple[AskedForm, ...] = ()
    corrects: tuple[AskedForm, ...] = ()

    def entry(self, line: AskedForm) -> str:
        """What column Letters says of the letter for one of its forms, blank for others."""
        if line.form in {asked.form for asked in self.asks}:
            return self.kind
        return CORRECTION if line.form in {found.form for found in self.corrects} else ""


def recipients(review: Review) -> list[Recipient]:
    """The invited entities in the order of the Register; where it has no due date, sheet Cycle's
    counts."""
    faults = _faults(line for line in review.rows(IssueLine) if line.is_open)
    due = review.cycle.due or {}
    lines: dict[str, list[AskedForm]] = {}
    for line in review.rows(RegisterLine):
        if line.takes_part == INVITED:
            found = tuple(faults.get((line.entity, line.form), ()))
            day = line.due.date() if line.due else due.get(line.form)
            lines.setdefault(line.entity, []).append(AskedForm(line, day, found))
    return [Recipient(code, tuple(mine)) for code, mine in lines.items()]


def needed(recipient: Recipient, today: dt.date, wait: int, kind: str = "") -> Letter | str:
    """The letter that an entity needs, or why it needs none.

    ``wait`` is the number of days after a letter in which the same is not asked again. Whoever
    names the kind does not want to wait; only a second one on the same day is never written.
    """
    return _NEEDED[kind](recipient, today, wait)


def sent(said: str) -> list[Sent]:
    """The letters that a cell of column Letters names; the office's other words are passed over."""
    return [
        Sent(kind.lower(), dt.date.fromisoformat(day))
        for kind, day in _SENT.findall(said)
        if _is_date(day)
    ]


def _now(recipient: Recipient, today: dt.date, wait: int) -> Letter | str:
    """The one letter that an entity needs now: a reminder also names what has to be corrected."""
    if not recipient.asked(today):
        return _request(recipient, today, wait)
    if not recipient.missing and not recipient.faulty:
        return "everything is received and in order"
    reminder = _due(recipient, today, wait) if recipient.missing else ""
    correction = _to_correct(recipient, today, wait) if recipient.faulty else ""
    if recipient.missing and not reminder:
        corrects = tuple(recipient.faulty) if not correction else ()
        return Letter(REMINDER, recipient, tuple(recipient.missing), corrects)
    if recipient.faulty and not correction:
        return Letter(CORRECTION, recipient, corrects=tuple(recipient.faulty))
    return "; ".join(filter(None, (reminder, correction)))


def _request(recipient: Recipient, today: dt.date, wait: int) -> Letter | str:
    if recipient.last(REQUEST) == today:
        return _already(REQUEST)
    if not recipient.missing:
        return "everything is received"
    if recipient.asked(today):
        return "the request was written before"
    return Letter(REQUEST, recipient, tuple(recipient.missing))


def _reminder(recipient: Recipient, today: dt.date, wait: int) -> Letter | str:
    if recipient.last(REMINDER) == today:
        return _already(REMINDER)
    if not recipient.missing:
        return "nothing is missing"
    issued = any(asked.line.issued for asked in recipient.lines)
    if not recipient.asked(today) and not issued:
        return "no request was written yet"
    fresh = recipient.last(CORRECTION) != today
    corrects = tuple(recipient.faulty) if fresh else ()
    return Letter(REMINDER, recipient, tuple(recipient.missing), corrects)


def _correction(recipient: Recipient, today: dt.date, wait: int) -> Letter | str:
    if recipient.last(CORRECTION) == today:
        return _already(CORRECTION)
    if not recipient.faulty:
        return "nothing has to be corrected"
    return Letter(CORRECTION, recipient, corrects=tuple(recipient.faulty))


_NEEDED = {"": _now, REQUEST: _request, REMINDER: _reminder, CORRECTION: _correction}


def _due(recipient: Recipient, today: dt.date, wait: int) -> str:
    """Why a missing form is not asked for now; blank where it is."""
    late = any(line.late(today) for line in recipient.missing)
    dated = [line.due for line in recipient.missing if line.due]
    if dated and not late:
        return f"the next form is due on {style.date(min(dated))}"
    last = recipient.last(REQUEST, REMINDER)
    passed = [day for day in dated if day < today]
    unaware = last is None or any(day >= last for day in passed)
    return "" if late and unaware and last != today else _just_written(last, today, wait)


def _to_correct(recipient: Recipient, today: dt.date, wait: int) -> str:
    """Why corrections are not asked for now; blank where they are."""
    last = recipient.last(CORRECTION)
    moments = (asked.line.saved or asked.line.received for asked in recipient.faulty)
    again = last is not None and any(moment and moment.date() > last for moment in moments)
    return "" if again and last != today else _just_written(last, today, wait)


def _just_written(last: dt.date | None, today: dt.date, wait: int) -> str:
    if last is None or (today - last).days >= wait:
        return ""
    return (
        _already("letter")
        if last == today
        else f"the last letter was written on {style.date(last)}"
    )


def _already(kind: str) -> str:
    return f"a {kind} of today is there already"


def _faults(waiting: Iterable[IssueLine]) -> dict[tuple[str, str], list[IssueLine]]:
    """Entity and form to the open lines of sheet Issues that the entity has to correct.

    They are those that its correction copy carries: what is marked "ask entity" in it, and where
    nothing is marked, every error.
    """
    found: dict[tuple[str, str], list[IssueLine]] = {}
    for line in waiting:
        found.setdefault((line.entity, line.form), []).append(line)
    asked = {key: _asked(lines) for key, lines in found.items()}
    return {key: lines for key, lines in asked.items() if lines}


def _asked(lines: Sequence[IssueLine]) -> list[IssueLine]:
    marked = [line for line in lines if line.is_asked]
    return marked or [line for line in lines if line.severity == "error"]


def with_entries(review: Review, letters: Sequence[Letter], today: dt.date) -> list[RegisterLine]:
    """The rows of the Register with the letters named in column Letters."""
    entries = {
        (letter.recipient.entity, line.form): letter.entry(line)
        for letter in letters
        for line in letter.recipient.lines
    }
    rows = []
    for line in review.rows(RegisterLine):
        entry = entries.get((line.entity, line.form), "")
        if entry:
            said = filter(None, (line.letters, f"{entry} {today.isoformat()}"))
            line = line.but(letters="; ".join(said))
        rows.append(line)
    return rows


def _is_date(day: str) -> bool:
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        return False
    return True
