"""What can be wrong with a row of a form, from the same rules that the checks apply."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from wps_xl.codebook import Codebook, CodeList, Cycle
from wps_xl.forms.conditions import EMPTY_WORDS, first_date, limit
from wps_xl.forms.definitions import COVER, Column, FormSheet, Rule
from wps_xl.intake.catalogue import catalogue
from wps_xl.sheets.forms import names as names
from wps_xl.sheets.forms.conditions import (
    Bound,
    Condition,
    absent,
    any_of,
    blank,
    both,
    cell,
    compares,
    constant,
    filled,
    is_text,
    length,
    no_e_mail,
    repeated,
    same,
    says,
    unlisted,
)

_MISSING = ("required", "required-with", "reason-missing", "one-of-required", "unanswered")


@dataclass(frozen=True)
class Fault:
    """One thing that can be wrong: the code of its issue, the cells to mark, when it holds.

    It is looked for in every row begun or, where ``prepared`` is set, in every row with a number.
    """

    code: str
    columns: tuple[str, ...]
    condition: Condition
    prepared: bool = False

    @property
    def severity(self) -> str:
        """``error`` where the form is not ready while it holds, else ``warning``."""
        wording = catalogue().get(self.code)
        return wording.severity if wording else "error"

    @property
    def is_missing(self) -> bool:
        """Whether a cell is blank that should not be."""
        return self.code in _MISSING

    @property
    def mark(self) -> str:
        """Which conditional format shows it."""
        return "missing" if self.is_missing else self.severity


@dataclass(frozen=True)
class _Context:
    column: Column
    sheet: FormSheet
    codebook: Codebook
    cycle: Cycle


Found = Iterator[tuple[str, Condition]]


def faults(sheet: FormSheet, codebook: Codebook, cycle: Cycle) -> list[Fault]:
    """Every fault that plain formulas can find in a row of the sheet, column by column.

    Unknown codes among several in one cell are not: they are found when the form arrives.
    """
    found = [
        Fault(code, (column.code,), condition)
        for column in sheet.columns.values()
        for code, condition in _of(_Context(column, sheet, codebook, cycle))
    ]
    if sheet.one_of:
        found.append(_none_of(sheet))
    if sheet.prefilled == "questions":
        answer = answer_column(sheet)
        found.append(Fault("unanswered", (answer,), blank(answer), prepared=True))
    return found


def answer_column(sheet: FormSheet) -> str:
    """The column in which a prepared question is answered."""
    return next(c.code for c in sheet.columns.values() if c.list_name and not c.prefilled)


def _none_of(sheet: FormSheet) -> Fault:
    groups = [any_of(*map(blank, group)) for group in sheet.one_of]
    columns = tuple(code for group in sheet.one_of for code in group)
    # Each result of the plan in force is asked about, begun or not.
    return Fault("one-of-required", columns, both(*groups), sheet.prefilled == "results")


def _of(about: _Context) -> Found:
    column = about.column
    if column.is_required(about.cycle.classification):
        yield "required", blank(column.code)
    if column.list_name and not column.many:
        codes = about.codebook[column.list_name]
        yield "list-value", unlisted(column.code, names.words(codes.name), words_of(codes))
    if column.type in ("number", "date"):
        yield f"not-a-{column.type}", is_text(column.code)
    empty = about.codebook.words(EMPTY_WORDS)
    if empty and about.sheet.name != COVER and column.is_told(about.cycle.classification):
        yield "says-nothing", says(column.code, empty)
    for rule in column.rules:
        yield from MAKERS[rule.kind](about, rule)


def labels_of(codes: CodeList) -> list[str]:
    """The labels of a list, each once."""
    return list({entry.label.casefold(): entry.label for entry in codes.entries.values()}.values())


def words_of(codes: CodeList) -> list[str]:
    """What a cell may say for the codes of a list: labels first, then codes, then other words."""
    entries = codes.entries.values()
    words = {label.casefold(): label for label in labels_of(codes)}
    for word in (*(e.code for e in entries), *(word for e in entries for word in e.also)):
        words.setdefault(word.casefold(), word)
    return list(words.values())


def _unique(about: _Context, rule: Rule) -> Found:
    code, sheet = about.column.code, about.sheet.name
    yield "duplicate-number", repeated(code, sheet, names.keys(sheet, code))


def _refers_to(about: _Context, rule: Rule) -> Found:
    sheet, _, key = rule.operand.partition(".")
    yield "unknown-reference", absent(about.column.code, names.keys(sheet, key), sheet, key)


def _required_with(about: _Context, rule: Rule) -> Found:
    yield "required-with", both(blank(about.column.code), _called_for(about, rule))


def _expected_with(about: _Context, rule: Rule) -> Found:
    yield "expected-with", both(blank(about.column.code), _called_for(about, rule))


def _required_unless(about: _Context, rule: Rule) -> Found:
    other, *wanted, instead = rule.operands
    called_for = _called_for(about, Rule(rule.kind, (other, *wanted)))
    yield "reason-missing", both(blank(about.column.code), blank(instead), called_for)


def _checked_on_arrival(about: _Context, rule: Rule) -> Found:
    # Arithmetic on a cell that holds text would turn the whole count into an Excel error.
    yield from ()


def _called_for(about: _Context, rule: Rule) -> Condition:
    if len(rule.operands) == 1:
        return filled(rule.operand)
    codes = about.codebook[about.sheet.columns[rule.operand].list_name]
    wanted = [codes[code] for code in rule.operands[1:]]
    words = [word for entry in wanted for word in (entry.code, entry.label, *entry.also)]
    return says(rule.operand, words)


def bound(rule: Rule, sheet: FormSheet, cycle: Cycle) -> Bound | None:
    """What a rule compares numbers or dates with: a number, a day of the cycle, another cell."""
    if rule.operand in sheet.columns:
        return cell(rule.operand)
    day = first_date(rule.operand, cycle) if rule.kind == "not-before" else None
    if day is not None:
        return constant(day.date())
    number = limit(rule.operand, cycle)
    return None if number is None else constant(number)


def _compared(sign: str, code: str, code_of_pair: str) -> Callable[[_Context, Rule], Found]:
    """A maker: the cell fails where it is ``sign`` its bound; the code tells cell from constant."""

    def make(about: _Context, rule: Rule) -> Found:
        limit_ = bound(rule, about.sheet, about.cycle)
        if limit_ is not None:
            paired = rule.operand in about.sheet.columns
            yield code_of_pair if paired else code, compares(about.column.code, sign, limit_)

    return make


def _within(about: _Context, rule: Rule) -> Found:
    cycle = about.cycle
    first, last = cycle.review if rule.operand == "review" else cycle.plan_period
    early = compares(about.column.code, "<", constant(first))
    yield "outside-period", any_of(early, compares(about.column.code, ">", constant(last)))


def _length(about: _Context, rule: Rule) -> Found:
    low, high = rule.operands
    if low:
        yield "too-short", length(about.column.code, "<", int(low))
    yield "too-long", length(about.column.code, ">", int(high))


def _differs(about: _Context, rule: Rule) -> Found:
    if rule.operand in about.sheet.columns and not about.column.many:
        yield "same-value", same(about.column.code, rule.operand)


def _e_mail(about: _Context, rule: Rule) -> Found:
    yield "not-an-e-mail", no_e_mail(about.column.code)


MAKERS: Mapping[str, Callable[[_Context, Rule], Found]] = {
    "unique": _unique,
    "refers-to": _refers_to,
    "required-with": _required_with,
    "expected-with": _expected_with,
    "required-unless": _required_unless,
    "together-at-most": _checked_on_arrival,
    "quotient": _checked_on_arrival,
    "letter-of": _checked_on_arrival,
    "known-in": _checked_on_arrival,
    "names-rows": _checked_on_arrival,
    # Counted by the sheet Check itself, which knows the other sheet's rows.
    "named-in": _checked_on_arrival,
    "at-least": _compared("<", "below-minimum", "below-minimum"),
    "above": _compared("<=", "below-minimum", "below-minimum"),
    "at-most": _compared(">", "above-maximum", "part-over-whole"),
    "not-before": _compared("<", "before-first-date", "dates-order"),
    "within": _within,
    "length": _length,
    "differs-from": _differs,
    "e-mail": _e_mail,
}
