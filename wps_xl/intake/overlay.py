"""What the office decided about issues, laid over returns, which stay as they are.

A correction is laid over the cells as they were read; the corrected return is then typed and
checked like any other. An answer is found again by what its issue says of which row, wherever the
entity moves the row; where the return says something else, the answer has lapsed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from wps_xl.forms.definitions import Form
from wps_xl.intake.answered import RowKey, led_on, now_said, numbered, row_ids, row_named
from wps_xl.intake.catalogue import catalogue
from wps_xl.intake.identity import words_said
from wps_xl.intake.parts import is_among, laid_over
from wps_xl.intake.returns import Return
from wps_xl.model import Book, CellRef, Issue, Value, split_address
from wps_xl.model.text import said_beyond

USE_SUGGESTION, USE_VALUE = "use suggestion", "use value"
ACCEPT, ASK, DISMISS = "accept as is", "ask entity", "dismiss"
USES = (USE_SUGGESTION, USE_VALUE)
IN_USE, ASKED, LAPSED, REFUSED = "in use", "asked", "lapsed", "not usable"
READINGS = " or "
UNUSABLE = "The office's answer cannot be used"
IMPOSSIBLE = "impossible-date"
# Issues by which the office says which of several returns counts.
CHOICES = frozenset({"two-returns", "undated-returns", "other-rows", IMPOSSIBLE})
# Issues of files, whatever their names say of the entity.
OF_FILES = frozenset({"unreadable-file"})
_INSTEAD = f"Choose “{ACCEPT}”, “{ASK}” or “{DISMISS}”."
_NO_SUGGESTION = f"there is no single suggestion. Choose “{USE_VALUE}” and write it into Value."
_SAME_FAULT = "it has the same fault."
_NO_VALUE = "column Value is blank. Write the value there, or choose another answer."
_NO_PART = (
    "column Value is blank. Write there what is to stand instead of “{part}” (- takes it out and "
    "leaves the other values of the cell), or choose another answer."
)
_LEFT_OUT = "Accepted as it is: the row counts with the other values of the cell, without “{part}”."
_NAMES_NONE = (
    "no row is clearly the one that column Value named. Write the number that it has now, or "
    "choose another answer."
)
# What a row is called that is not found any more: its number may be that of another.
GONE = " gone"
_NO_ROW = f"{LAPSED}: no row of the return is clearly the one that it was given for"
_ROUNDS = 4
_SHORTLY = dt.timedelta(microseconds=1)


@dataclass(frozen=True)
class Key:
    """What an answer is about, whichever row the entity moves it to.

    ``owner`` is the entity, or the file where its Cover names none; ``row_id`` numbers the row
    within the sheet; ``found`` is what the cell held when the answer was given.
    """

    owner: str
    form: str
    sheet: str
    row_id: str
    column: str
    code: str
    found: str


@dataclass(frozen=True)
class Answer:
    """What the office decided about one cell. ``value`` is what is used instead, as typed;
    ``says`` are the words of the row that it is about, ``value_says`` those of the row that
    ``value`` names; ``names_none`` where nobody can tell which row that is now."""

    choice: str
    value: Value = None
    reason: Value = None
    initials: Value = None
    says: str = ""
    value_says: str = ""
    names_none: bool = False


@dataclass(frozen=True)
class Answered:
    """An answer that met its issue in this run, or did not: its state, and the cell it is about."""

    key: Key
    answer: Answer
    state: str
    cell: CellRef | None = None
    heading: str = ""


CellPlace = tuple[str, str, str | None]
"""Book, sheet and address of an issue."""
Spot = tuple[str, str, str | None, str]
"""The same with the part of the cell that is meant; blank where it is the whole."""


@dataclass
class Overlay:
    """The answers of the office on their way through the checks of one run.

    The checks ask ``decide`` which issues stand; it gathers the corrections with which the next
    round of checks is to be read.
    """

    answers: Mapping[Key, Answer]
    forms: Mapping[str, Form]
    corrections: dict[Spot, Value] = field(default_factory=dict)
    chosen: set[str] = field(default_factory=set)
    _met: dict[Key, Issue] = field(default_factory=dict)
    _refused: dict[Spot, str] = field(default_factory=dict)
    _laid: frozenset[Spot] = frozenset()
    _rounds: int = 0
    _rows: dict[tuple[str, str, int], str] = field(default_factory=dict)
    renamed: dict[Key, Key] = field(default_factory=dict)
    _lost: dict[Key, Answer] = field(default_factory=dict)
    _settled: dict[Key, Issue] = field(default_factory=dict)

    @property
    def owners(self) -> set[str]:
        """Whose returns are to be corrected."""
        return {key.owner for key, answer in self.answers.items() if answer.choice in USES}

    def again(self) -> bool:
        """Whether to check once more, since answers ask for what has not been laid over yet."""
        pending = bool(self.corrections.keys() - self._laid)
        self._laid = frozenset(self.corrections)
        self._rounds += 1
        return pending and self._rounds < _ROUNDS

    def laid_over(self, book: Book) -> Book:
        """The book as it would be with the office's values in its cells."""
        grids = dict(book.grids)
        names = {name.strip().casefold(): name for name in grids}
        # A whole cell is replaced before its parts are.
        for spot, value in sorted(self.corrections.items(), key=lambda item: item[0][3] != ""):
            name, sheet, address, part = spot
            known = names.get(sheet.strip().casefold())
            if name == book.name and known and address:
                grids[known] = laid_over(grids[known], address, part, value)
        return replace(book, grids=grids)

    def counted(self, item: Return) -> Return:
        """The return, one that the office chose taken as saved last."""
        late = item.book in self.chosen
        return replace(item, modified=item.modified + _SHORTLY, chosen=True) if late else item

    def decide(self, issues: Sequence[Issue], returns: Sequence[Return]) -> list[Issue]:
        """The issues that stand, those that the office answered marked as such."""
        if not self.answers:
            return list(issues)
        if not self._rows:
            # By what returns say as they came: what the office lays over a row may be its number.
            self._lead_on(returns)
        for item in returns:
            for at, name in row_ids(item, self.forms).items():
                self._rows.setdefault(at, name)
        self._refused = {
            spot: issue.message
            for issue in issues
            if issue.severity == "error"
            for spot in self._values_behind(issue)
        }
        # What is corrected is not raised any more, but stays listed.
        self._settled = self._settled | self._met
        self._met = {key: issue for key, issue in self._met.items() if self._is_laid(issue)}
        standing = [
            marked
            for key, issue in self._met.items()
            for marked in self._marked(issue, self.answers[key])
        ]
        for issue in issues:
            if not self._is_about_value(issue):
                standing += self.stands(issue)
        return standing

    def _lead_on(self, returns: Sequence[Return]) -> None:
        """Bring the answers to where their rows are now; what is lost is laid over nothing."""
        rows = {
            key: row_of(key) for key, answer in self.answers.items() if key.row_id and answer.says
        }
        known = {row: words_said(self.answers[key].says) for key, row in rows.items()}
        names = led_on(known, returns, self.forms)
        answers: dict[Key, Answer] = {}
        for key, answer in self.answers.items():
            name = names.get(rows[key], key.row_id) if key in rows else key.row_id
            lost = bool(key.row_id) and not name
            now = replace(key, row_id=f"{key.row_id}{GONE}" if lost else name)
            if now != key:
                self.renamed[key] = now
            (self._lost if lost else answers)[now] = answer
        self.answers = self._naming_rows(answers, returns)

    def _naming_rows(
        self, answers: Mapping[Key, Answer], returns: Sequence[Return]
    ) -> dict[Key, Answer]:
        """The answers; values that name rows have the numbers that these have now."""
        named: dict[Key, RowKey] = {}
        for key, answer in answers.items():
            row = row_named(self.forms, row_of(key), key.column, answer.value)
            if row is not None and answer.value_says:
                named[key] = row
        known = {row: words_said(answers[key].value_says) for key, row in named.items()}
        uses = [(key, answer) for key, answer in answers.items() if answer.choice in USES]
        given = {(row_of(key), key.column): answer.value for key, answer in uses}
        anew = numbered(given, returns, self.forms) if known else {}
        now = led_on(known, returns, self.forms, anew)
        found = dict(answers)
        for key, row in named.items():
            name = now.get(row, row.name)
            if name != row.name:
                value = name or f"{row.name.removesuffix(GONE)}{GONE}"
                found[key] = replace(found[key], value=value, names_none=not name)
        return found

    def stands(self, issue: Issue) -> list[Issue]:
        """The issue as the office's answer leaves it: as it is, marked, or none."""
        key = key_of(issue, self._rows)
        answer = self.answers.get(key)
        if answer is None or key in self._met:
            return [] if key in self._met else [issue]
        self._met[key] = issue
        return list(self._marked(issue, answer))

    def _is_laid(self, issue: Issue) -> bool:
        return _spot(issue) in self._laid or issue.book in self.chosen

    def _is_about_value(self, issue: Issue) -> bool:
        """Whether an issue is about a value of the office; an error there refuses the value."""
        return issue.severity != "warning" and bool(self._values_behind(issue))

    def _values_behind(self, issue: Issue) -> list[Spot]:
        """The corrections that an issue is about: one of a cell, or those of its parts."""
        here = [spot for spot in self._laid if spot[:3] == _place(issue)] if self._laid else []
        return [
            spot
            for spot in here
            if not (spot[3] and issue.part) or is_among(issue.part, self.corrections[spot])
        ]

    def _marked(self, issue: Issue, answer: Answer) -> Iterator[Issue]:
        problem = self._problem(issue, answer)
        if problem:
            more = said_beyond(issue.message, problem) or _SAME_FAULT
            message = f"{issue.message} {UNUSABLE}: {more}"
            yield replace(issue, message=message, answer=REFUSED)
        elif answer.choice == ASK:
            yield replace(issue, answer=ASK)
        elif answer.choice != DISMISS:
            if answer.choice in USES:
                self.corrections.setdefault(_spot(issue), value_of(issue, answer))
            elif issue.code in CHOICES:
                self.chosen.add(issue.book)
                self.corrections.setdefault((issue.book, "", None, ""), None)
            elif issue.part and issue.severity == "error":
                left_out = _LEFT_OUT.format(part=issue.part)
                issue = replace(issue, message=f"{issue.message} {left_out}")
            yield replace(issue, severity="note", answer=answer.choice)

    def _problem(self, issue: Issue, answer: Answer) -> str:
        """Why a value of the office cannot be used; blank where it can."""
        if answer.choice not in USES:
            return ""
        if answer.names_none:
            return _NAMES_NONE
        if issue.cell is None or catalogue()[issue.code].beyond_a_value:
            return f"no single value corrects it. {_INSTEAD}"
        if value_of(issue, answer) is None:
            if answer.choice == USE_SUGGESTION:
                return _NO_SUGGESTION
            return _NO_PART.format(part=issue.part) if issue.part else _NO_VALUE
        return self._refused.get(_spot(issue), "")

    def outcome(self, returns: Sequence[Return]) -> tuple[Answered, ...]:
        """Every answer that this run could use or had to give up."""
        counting = [item for item in returns if item.status == ""]
        here = {(item.entity, item.form) for item in counting}
        books = {item.book for item in returns}
        found = []
        for key, answer in self.answers.items():
            # What another answer of the office settled is as it was, and has not lapsed.
            issue = self._met.get(key) or self._settled.get(key)
            if issue is not None:
                found.append(self._answered(key, issue, answer))
            elif (key.owner, key.form) in here or key.owner in books:
                now = now_said(row_of(key), key.column, counting, self._rows)
                found.append(self._given_up(key, answer, f"{LAPSED}: {now}"))
        found += [self._given_up(key, answer, _NO_ROW) for key, answer in self._lost.items()]
        return tuple(found)

    def _given_up(self, key: Key, answer: Answer, state: str) -> Answered:
        form = self.forms.get(key.form)
        sheet = form.sheets.get(key.sheet) if form else None
        column = sheet.columns.get(key.column) if sheet else None
        return Answered(key, answer, state, heading=column.heading if column else "")

    def _answered(self, key: Key, issue: Issue, answer: Answer) -> Answered:
        problem = self._problem(issue, answer)
        state = ASKED if answer.choice == ASK else f"{REFUSED}: {problem}" if problem else IN_USE
        if answer.choice == USE_SUGGESTION:
            answer = replace(answer, value=value_of(issue, answer))
        return Answered(key, answer, state, _cell(issue), issue.heading)


def key_of(issue: Issue, rows: Mapping[tuple[str, str, int], str], row: int | None = None) -> Key:
    """What an answer to the issue is about; ``row`` where it is another row of the same cause."""
    number = issue.row if row is None else row
    of_file = issue.code in OF_FILES
    return Key(
        issue.book if of_file else issue.entity or issue.book,
        "" if of_file else issue.form,
        issue.sheet,
        rows.get((issue.book, issue.sheet, number or 0), ""),
        issue.column,
        issue.code,
        issue.found.strip(),
    )


def row_of(key: Key) -> RowKey:
    """The row that an answer is about."""
    return RowKey(key.owner, key.form, key.sheet, key.row_id)


def _cell(issue: Issue) -> CellRef | None:
    if not issue.cell:
        return None
    return CellRef(issue.book, issue.sheet, *split_address(issue.cell))


def value_of(issue: Issue, answer: Answer) -> Value:
    """What the office uses instead of the cell; None where that is not one value."""
    if answer.value is not None or answer.choice != USE_SUGGESTION:
        return answer.value
    return issue.suggestion if issue.suggestion and READINGS not in issue.suggestion else None


def _place(issue: Issue) -> CellPlace:
    return issue.book, issue.sheet, issue.cell


def _spot(issue: Issue) -> Spot:
    return (*_place(issue), issue.part)
