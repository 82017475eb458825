"""The office's answers to issues: read from sheet Issues, kept in sheet Decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wps_xl.intake.overlay import (
    GONE,
    LAPSED,
    REFUSED,
    USE_SUGGESTION,
    Answer,
    Answered,
    Key,
    row_of,
)
from wps_xl.intake.validation import Intake
from wps_xl.model import Value
from wps_xl.review.decisions import SAYS
from wps_xl.review.rows_named import Remembered, naming_now
from wps_xl.review.workbook import Review

Row = dict[str, Value]
FOR_ALL = " for all"
WAITING = "waiting for the return"
KIND = ("form", "sheet", "column", "code")
"""What issues of one kind have in common, whoever raised them."""
VALUE_SAYS = "Value says"
_BETWEEN_ROWS = "\n"
_LAPSED = "Lapsed: {about}. It is not used any more: {why}."
_UNUSABLE = "Not used: {about}. It cannot be used: {why}"


@dataclass(frozen=True)
class Given:
    """What the office has answered: by key, and in words what could not be understood.

    ``listed`` are the keys that sheet Issues shows: what it says of them is the truth, so that
    clearing an answer there undoes it. ``beside`` are rows that a line names beside its own and
    that were never answered before: where they raise nothing, nothing has lapsed.
    """

    answers: Mapping[Key, Answer]
    listed: frozenset[Key] = frozenset()
    beside: frozenset[Key] = frozenset()
    unclear: tuple[str, ...] = ()

    def led_on(self, intake: Intake) -> Given:
        """The same, under the keys and with the numbers that a run found its rows by."""
        renamed = intake.renamed
        now = {item.key: item.answer for item in intake.answers}
        moved = {renamed.get(key, key): answer for key, answer in self.answers.items()}
        return replace(
            self,
            answers={key: now.get(key, answer) for key, answer in moved.items()},
            listed=frozenset(renamed.get(key, key) for key in self.listed),
            beside=frozenset(renamed.get(key, key) for key in self.beside),
        )


def given(review: Review) -> Given:
    """The answers in sheet Issues, and those in Decisions that Issues does not show."""
    registered = {
        key: _registered_answer(row) for key, row in _registered(review) if not _is_lapsed(row)
    }
    listed: set[Key] = set()
    answers: dict[Key, Answer] = {}
    for_all: dict[tuple[str, ...], Answer] = {}
    firsts: set[Key] = set()
    unclear: list[str] = []
    lines = list(listed_keys(review))
    known = Remembered(review)
    for row, keys in lines:
        listed.update(keys)
        firsts.add(keys[0])
        text = _text(row["Our answer"])
        choice, everyone = _choice(text, review)
        if not choice:
            if text:
                unclear.append(_not_understood(row))
            elif _text(row["Value"]):
                unclear.append(_stands_alone(row))
            continue
        answer = Answer(choice, row["Value"], row["Reason"], row["Initials"])
        if choice == USE_SUGGESTION:
            answer = replace(answer, value=None)
        for key in keys:
            own = replace(answer, says=known.words.get(row_of(key), ""))
            answers[key] = known.naming(key, _as_before(own, registered.get(key)))
        if everyone:
            for_all[_kind(keys[0])] = answer
    for row, keys in lines:
        # A value of its own is not put aside for that of all.
        if not (_text(row["Our answer"]) or _text(row["Value"])) and _kind(keys[0]) in for_all:
            answer = for_all[_kind(keys[0])]
            for key in keys:
                own = replace(answer, says=known.words.get(row_of(key), ""))
                answers[key] = known.naming(key, own)
    unseen = {key: answer for key, answer in registered.items() if key not in listed}
    beside = frozenset(listed - firsts - registered.keys())
    return Given({**unseen, **answers}, frozenset(listed), beside, tuple(unclear))


def _registered_answer(row: Row) -> Answer:
    words = _text(row[SAYS]), _text(row[VALUE_SAYS])
    return Answer(_text(row["Decision"]), row["Value"], row["Reason"], row["Initials"], *words)


def _as_before(answer: Answer, before: Answer | None) -> Answer:
    """A suggestion that was taken stays what it was when it was taken; a value that names a row
    names the one that it named then."""
    if before is not None and before.choice == answer.choice == USE_SUGGESTION:
        answer = replace(answer, value=before.value)
    if before is not None and _text(before.value) == _text(answer.value):
        answer = replace(answer, value_says=before.value_says)
    return answer


def _choice(text: str, review: Review) -> tuple[str, bool]:
    """The answer meant, and whether for all issues of its kind; blank where it is none."""
    plain = " ".join(text.casefold().split())
    everyone = plain.endswith(FOR_ALL)
    return review.codebook["issue_answers"].find(plain.removesuffix(FOR_ALL)) or "", everyone


def _not_understood(row: Row) -> str:
    return (
        f"Sheet Issues, {_where(row)}: “{row['Our answer']}” is no answer and was left as it is. "
        "Choose one from the list of the column."
    )


def _stands_alone(row: Row) -> str:
    return (
        f"Sheet Issues, {_where(row)}: Value “{_text(row['Value'])}” stands without an answer; "
        "choose one."
    )


def _where(row: Row) -> str:
    return " ".join(_text(row[part]) for part in ("Book", "Sheet", "Cell") if row[part])


def _kind(key: Key) -> tuple[str, ...]:
    return tuple(getattr(key, name) for name in KIND)


def listed_keys(review: Review) -> Iterator[tuple[Row, list[Key]]]:
    """The rows of sheet Issues with what each is about, in whatever order they stand."""
    known = {_line(row): list(keys_of(row)) for _, row in review.records("Issue keys")}
    for _, row in review.records("Issues"):
        keys = known.get(_line(row))
        if keys:
            yield row, keys


def _line(row: Row) -> tuple[str, ...]:
    return tuple(_text(row[column]) for column in ("Book", "Sheet", "Cell", "Message"))


def keys_of(row: Row) -> Iterator[Key]:
    """What a line of sheet Issue keys is about."""
    owner, form, sheet = (_text(row[column]) for column in ("Owner", "Form", "Sheet"))
    column, code, found = (_text(row[name]) for name in ("Column", "Issue", "Found"))
    for name in _text(row["Rows"]).split(_BETWEEN_ROWS):
        yield Key(owner, form, sheet, name, column, code, found)


def key_row(book: str, cell: str | None, message: str, keys: Sequence[Key]) -> Row:
    """The line of sheet Issue keys for one line of sheet Issues."""
    first = keys[0]
    return {
        "Book": book,
        "Sheet": first.sheet or None,
        "Cell": cell,
        "Message": message,
        "Owner": first.owner,
        "Form": first.form or None,
        # Cells in rows without a name are one key, however many there are.
        "Rows": _BETWEEN_ROWS.join(dict.fromkeys(key.row_id for key in keys)) or None,
        "Column": first.column or None,
        "Issue": first.code,
        "Found": first.found or None,
    }


def _registered(review: Review) -> Iterator[tuple[Key, Row]]:
    """The lines of sheet Decisions that are answers to issues."""
    for _, row in review.records("Decisions"):
        code, _, column = _text(row["Issue"]).partition(":")
        if code:
            owner, form, sheet = (_text(row[name]) for name in ("Entity", "Form", "Sheet"))
            name, found = _text(row["Row id"]), _text(row["Found"])
            yield Key(owner, form, sheet, name, column, code, found), row


def decision_rows(review: Review, known: Given, intake: Intake, today: dt.datetime) -> list[Row]:
    """The lines of sheet Decisions about issues: those in force, and what became of the others."""
    known = known.led_on(intake)
    before = {intake.renamed.get(key, key): row for key, row in _registered(review)}
    lines = {
        key: row
        for key, row in before.items()
        if key in known.answers or key not in known.listed or _is_lapsed(row)
    }
    met = {answered.key: answered for answered in _outcome(known, intake)}
    given = {key: answered.answer for key, answered in met.items()}
    words = naming_now(given, intake, review.codebook)
    for key, answer in known.answers.items():
        answered = met.get(key)
        if answered is not None:
            said = words.get(key, answered.answer.value_says)
            now = replace(answered, answer=replace(answered.answer, value_says=said))
            lines[key] = _decision(now, before.get(key, {}), today)
        elif key not in lines and key not in known.beside:
            lines[key] = _decision(Answered(key, answer, WAITING), {}, today)
    order = ("Sheet", "Entity", "Row id", "Column", "Issue")
    return sorted(lines.values(), key=lambda row: [_text(row[name]) for name in order])


def _outcome(known: Given, intake: Intake) -> list[Answered]:
    return [item for item in intake.answers if not (_has_lapsed(item) and item.key in known.beside)]


def _has_lapsed(item: Answered) -> bool:
    return item.state.startswith(LAPSED)


def _decision(answered: Answered, before: Mapping[str, Value], today: dt.datetime) -> Row:
    key, answer = answered.key, answered.answer
    same = before.get("Decision") == answer.choice and before.get("Value") == answer.value
    return {
        "Sheet": key.sheet or None,
        "Entity": key.owner,
        "Form": key.form or None,
        "Row id": key.row_id or None,
        "Column": answered.heading or before.get("Column") or key.column or None,
        "Decision": answer.choice,
        "Reason": answer.reason,
        "Initials": answer.initials,
        "Date": (before.get("Date") if same else None) or today,
        "State": answered.state,
        "Found": key.found or None,
        "Value": answer.value,
        "Cell": str(answered.cell) if answered.cell else before.get("Cell"),
        "Issue": f"{key.code}:{key.column}",
        SAYS: answer.says or None,
        VALUE_SAYS: answer.value_says or None,
    }


def _is_lapsed(row: Row) -> bool:
    return _text(row["State"]).startswith(LAPSED)


def answer_lines(known: Given, intake: Intake) -> list[str]:
    """What the run says of answers: how many are in use, and each that lapsed or cannot be used."""
    known = known.led_on(intake)
    if not known.answers:
        return list(known.unclear)
    outcome = _outcome(known, intake)
    lapsed = [item for item in outcome if _has_lapsed(item)]
    refused = [item for item in outcome if item.state.startswith(REFUSED)]
    used = len(outcome) - len(lapsed) - len(refused)
    lines = [f"Answers of the office: {used} in use, {len(lapsed)} lapsed."]
    lines += [_LAPSED.format(about=_about(item), why=_why(item)) for item in lapsed]
    lines += [_UNUSABLE.format(about=_about(item), why=_why(item)) for item in refused]
    return [*lines, *known.unclear]


def _about(item: Answered) -> str:
    key = item.key
    place = " ".join(part for part in (key.sheet, key.row_id.removesuffix(GONE)) if part)
    parts = (key.owner, place, item.heading or key.column, f"answer “{item.answer.choice}”")
    return ", ".join(part for part in parts if part)


def _why(item: Answered) -> str:
    return item.state.partition(": ")[2]


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return "" if value is None or value != value else str(value).strip()
