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
from wps_xl.records import Decision, IssueKey, text
from wps_xl.review.issue_lines import IssueLine, id_of
from wps_xl.review.rows_named import Remembered, naming_now
from wps_xl.review.workbook import Review

Values = dict[str, Value]
FOR_ALL = " for all"
WAITING = "waiting for the return"
KIND = ("form", "sheet", "column", "code")
"""What issues of one kind have in common, whoever raised them."""
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
        choice, everyone = _choice(row.our_answer, review)
        if not choice:
            if row.our_answer:
                unclear.append(_not_understood(row))
            elif row.value:
                unclear.append(_stands_alone(row))
            continue
        answer = Answer(choice, row.raw("value"), row.raw("reason"), row.raw("initials"))
        if choice == USE_SUGGESTION:
            answer = replace(answer, value=None)
        for key in keys:
            own = replace(answer, says=known.words.get(row_of(key), ""))
            answers[key] = known.naming(key, _as_before(own, registered.get(key)))
        if everyone:
            for_all[_kind(keys[0])] = answer
    for row, keys in lines:
        # A value of its own is not put aside for that of all.
        if not (row.our_answer or row.value) and _kind(keys[0]) in for_all:
            answer = for_all[_kind(keys[0])]
            for key in keys:
                own = replace(answer, says=known.words.get(row_of(key), ""))
                answers[key] = known.naming(key, own)
    unseen = {key: answer for key, answer in registered.items() if key not in listed}
    beside = frozenset(listed - firsts - registered.keys())
    return Given({**unseen, **answers}, frozenset(listed), beside, tuple(unclear))


def _registered_answer(row: Decision) -> Answer:
    given = row.raw("value"), row.raw("reason"), row.raw("initials")
    return Answer(row.decision, *given, row.row_says, row.value_says)


def _as_before(answer: Answer, before: Answer | None) -> Answer:
    """A suggestion that was taken stays what it was when it was taken; a value that names a row
    names the one that it named then."""
    if before is not None and before.choice == answer.choice == USE_SUGGESTION:
        answer = replace(answer, value=before.value)
    if before is not None and text(before.value) == text(answer.value):
        answer = replace(answer, value_says=before.value_says)
    return answer


def _choice(said: str, review: Review) -> tuple[str, bool]:
    """The answer meant, and whether for all issues of its kind; blank where it is none."""
    plain = " ".join(said.casefold().split())
    everyone = plain.endswith(FOR_ALL)
    return review.codebook["issue_answers"].find(plain.removesuffix(FOR_ALL)) or "", everyone


def _not_understood(row: IssueLine) -> str:
    return (
        f"Sheet Issues, {_where(row)}: “{row.our_answer}” is no answer and was left as it is. "
        "Choose one from the list of the column."
    )


def _stands_alone(row: IssueLine) -> str:
    return f"Sheet Issues, {_where(row)}: Value “{row.value}” stands without an answer; choose one."


def _where(row: IssueLine) -> str:
    return " ".join(filter(None, (row.book, row.sheet, row.cell)))


def _kind(key: Key) -> tuple[str, ...]:
    return tuple(getattr(key, name) for name in KIND)


def listed_keys(review: Review) -> Iterator[tuple[IssueLine, list[Key]]]:
    """The rows of sheet Issues with what each is about, in whatever order they stand."""
    known = {id_of(row): list(_keys_of(row)) for row in review.rows(IssueKey)}
    for line in review.rows(IssueLine):
        keys = known.get(id_of(line))
        if keys:
            yield line, keys


def _keys_of(row: IssueKey) -> Iterator[Key]:
    """What a line of sheet Issue keys is about."""
    for name in row.rows.split(_BETWEEN_ROWS):
        yield Key(row.owner, row.form, row.sheet, name, row.column, row.issue, row.found)


def key_row(line: IssueLine, keys: Sequence[Key]) -> Values:
    """The line of sheet Issue keys for one line of sheet Issues."""
    first = keys[0]
    return {
        "Book": line.raw("book"),
        "Sheet": first.sheet or None,
        "Cell": line.raw("cell"),
        "Message": line.raw("message"),
        "Owner": first.owner,
        "Form": first.form or None,
        # Cells in rows without a name are one key, however many there are.
        "Rows": _BETWEEN_ROWS.join(dict.fromkeys(key.row_id for key in keys)) or None,
        "Column": first.column or None,
        "Issue": first.code,
        "Found": first.found or None,
    }


def _registered(review: Review) -> Iterator[tuple[Key, Decision]]:
    """The lines of sheet Decisions that are answers to issues."""
    for row in review.rows(Decision):
        code, _, column = row.issue.partition(":")
        if code:
            place = (row.entity, row.form, row.sheet, row.row_id)
            yield Key(*place, column, code, row.found), row


def decision_rows(review: Review, known: Given, intake: Intake, today: dt.datetime) -> list[Values]:
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
            lines[key] = _decision(review, now, before.get(key), today)
        elif key not in lines and key not in known.beside:
            lines[key] = _decision(review, Answered(key, answer, WAITING), None, today)
    in_order = sorted(
        lines.values(),
        key=lambda row: (row.sheet, row.entity, row.row_id, row.column, row.issue),
    )
    return [row.by_heading() for row in in_order]


def _outcome(known: Given, intake: Intake) -> list[Answered]:
    return [item for item in intake.answers if not (_has_lapsed(item) and item.key in known.beside)]


def _has_lapsed(item: Answered) -> bool:
    return item.state.startswith(LAPSED)


def _decision(
    review: Review, answered: Answered, before: Decision | None, today: dt.datetime
) -> Decision:
    key, answer = answered.key, answered.answer
    before = before or review.new(Decision)
    same = (before.raw("decision"), before.raw("value")) == (answer.choice, answer.value)
    return review.new(
        Decision,
        sheet=key.sheet or None,
        entity=key.owner,
        form=key.form or None,
        row_id=key.row_id or None,
        column=answered.heading or before.raw("column") or key.column or None,
        decision=answer.choice,
        reason=answer.reason,
        initials=answer.initials,
        date=(before.raw("date") if same else None) or today,
        state=answered.state,
        found=key.found or None,
        value=answer.value,
        cell=str(answered.cell) if answered.cell else before.raw("cell"),
        issue=f"{key.code}:{key.column}",
        row_says=answer.says or None,
        value_says=answer.value_says or None,
    )


def _is_lapsed(row: Decision) -> bool:
    return row.state.startswith(LAPSED)


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
