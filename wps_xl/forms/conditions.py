"""What each rule of a form means for a frame: functions that say of each row whether it holds.

A blank cell breaks no rule but that of being required.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, TypeAlias

import pandas as pd

from wps_xl.codebook import Cycle
from wps_xl.forms.definitions import SEPARATOR, FormSheet, Rule
from wps_xl.forms.numbering import plain

if TYPE_CHECKING:
    Mask: TypeAlias = pd.Series[bool]
    Values: TypeAlias = pd.Series

EMPTY_WORDS = "empty_words"
"""The line of the list of limits with the words that say nothing."""
Test = Callable[..., "Mask"]
Maker = Callable[[str, Rule, FormSheet, Cycle], Test | None]


def listed(codes: Collection[str]) -> Test:
    """Each value is one of the codes."""
    return lambda values: values.isna() | values.isin(codes)


def all_listed(codes: Collection[str]) -> Test:
    """Each part between semicolons is one of the codes."""

    def test(values: Values) -> Mask:
        texts = set(values.dropna().tolist())
        known = {t for t in texts if all(part.strip() in codes for part in t.split(SEPARATOR))}
        return values.isna() | values.isin(known)

    return test


def says_something(column: str, empty: Collection[str]) -> Test:
    """A value is not one of the words that say nothing."""
    longest = max(map(len, empty), default=0)

    def test(frame: pd.DataFrame) -> Mask:
        texts = set(frame[column].dropna().tolist())
        # Casefolding makes no text shorter, and most are longer than all of these words.
        return ~frame[column].isin(
            {text for text in texts if len(text) <= longest and text.casefold() in empty}
        )

    return test


def one_of(groups: Collection[tuple[str, ...]]) -> Test:
    """At least one group of columns is filled."""

    def test(frame: pd.DataFrame) -> Mask:
        filled = [frame[list(group)].notna().all(axis=1) for group in groups]
        return pd.concat(filled, axis=1).any(axis=1)

    return test


def limit(operand: str, cycle: Cycle) -> float | None:
    """The number a rule compares with, or None where it names a column."""
    years = {"plan_from": cycle.plan_period[0].year, "plan_to": cycle.plan_period[1].year}
    if operand in years:
        return float(years[operand])
    return float(operand) if operand.lstrip("-").isdecimal() else None


def first_date(operand: str, cycle: Cycle) -> pd.Timestamp | None:
    """The date of the cycle that a rule names, or None where it names a column."""
    dates = {
        "review_from": cycle.review[0],
        "plan_from": cycle.plan_period[0],
        "practices_from": cycle.practices_from,
    }
    return pd.Timestamp(dates[operand]) if operand in dates else None


def _holds(frame: pd.DataFrame, columns: Collection[str], result: Mask) -> Mask:
    blank = frame[list(columns)].isna().any(axis=1)
    return blank | result


def plain_numbers(values: Values) -> Values:
    """Numbers of rows in their one normal form."""
    return values.map({text: plain(text) for text in set(values.dropna().tolist())})


def _unique(column: str, rule: Rule, sheet: FormSheet, cycle: Cycle) -> Test:
    def test(frame: pd.DataFrame) -> Mask:
        folded = pd.DataFrame({"return": frame["return"], "key": plain_numbers(frame[column])})
        return _holds(frame, [column], ~folded.duplicated(keep=False))

    return test


def _at_least(column: str, rule: Rule, sheet: FormSheet, cycle: Cycle) -> Test | None:
    low = limit(rule.operand, cycle)
    return lambda frame: _holds(frame, [column], frame[column] >= low)


def _above(column: str, rule: Rule, sheet: FormSheet, cycle: Cycle) -> Test | None:
    low = limit(rule.operand, cycle)
    return lambda frame: _holds(frame, [column], frame[column] > low)


def _at_most_number(column: str, rule: Rule, sheet: FormSheet, cycle: Cycle) -> Test | None:
    high = limit(rule.operand, cycle)
    if high is None:
        return None
    return lambda frame: _holds(frame, [column], frame[column] <= high)


def _at_most_column(column: str, rule: Rule, sheet: FormSheet, cycle: Cycle) -> Test | None:
    whole = rule.operand
    if whole not in sheet.columns:
        return None
    return lambda frame: _holds(frame, [column, whole], frame[column] <= frame[whole])


def _not_before_column(column: str, rule: Rule, sheet: FormSheet, cycle: Cycle) -> Test | None:
    start = rule.operand
    if start not in sheet.columns:
        return None
    return lambda frame: _holds(frame, [column, start], frame[column] >= frame[start])


def _not_before_date(column: str, rule: Rule, sheet: FormSheet, cycle: Cycle) -> Test | None:
    start = first_date(rule.operand, cycle)
    if start is None:
        return None
    return lambda frame: _holds(frame, [column], frame[column] >= start)


def _within(column: str, rule: Rule, sheet: FormSheet, cycle: Cycle) -> Test:
    first, last = cycle.review if rule.operand == "review" else cycle.plan_period
    low, high = pd.Timestamp(first), pd.Timestamp(last)
    return lambda frame: _holds(frame, [column], frame[column].between(low, high))


def _long_enough(column: str, rule: Rule, sheet: FormSheet, cycle: Cycle) -> Test | None:
    low = int(rule.operands[0] or 0)
    if not low:
        return None
    return lambda frame: _holds(frame, [column], frame[column].str.len() >= low)


def _short_enough(column: str, rule: Rule, sheet: FormSheet, cycle: Cycle) -> Test:
    high = int(rule.operands[1])
    return lambda frame: _holds(frame, [column], frame[column].str.len() <= high)


def _filled_with(column: str, rule: Rule, sheet: FormSheet, cycle: Cycle) -> Test:
    other, wanted = rule.operand, rule.operands[1:]

    def test(frame: pd.DataFrame) -> Mask:
        called_for = frame[other].isin(wanted) if wanted else frame[other].notna()
        return ~called_for | frame[column].notna()

    return test


def _filled_unless(column: str, rule: Rule, sheet: FormSheet, cycle: Cycle) -> Test:
    other, *wanted, instead = rule.operands

    def test(frame: pd.DataFrame) -> Mask:
        called_for = frame[other].isin(wanted)
        return ~called_for | frame[column].notna() | frame[instead].notna()

    return test


def _together(column: str, rule: Rule, sheet: FormSheet, cycle: Cycle) -> Test:
    *others, whole = rule.operands

    def test(frame: pd.DataFrame) -> Mask:
        total = frame[[column, *others]].sum(axis=1, min_count=1)
        return total.isna() | frame[whole].isna() | (total <= frame[whole])

    return test


def rounding(percent: Values) -> Values:
    """How far a percentage may lie from its quotient: half of the last decimal that it gives."""
    whole, tenths = percent == percent.round(0), percent == percent.round(1)
    half = pd.Series(0.005, index=percent.index).mask(tenths, 0.05).mask(whole, 0.5)
    return half + 1e-9


def _is_quotient(column: str, rule: Rule, sheet: FormSheet, cycle: Cycle) -> Test:
    part, whole = rule.operands

    def test(frame: pd.DataFrame) -> Mask:
        exact = 100 * frame[part] / frame[whole].where(frame[whole] > 0)
        off = (frame[column] - exact).abs() > rounding(frame[column])
        # A percentage that no whole can have is told as such.
        return ~(off & frame[column].between(0, 100) & (frame[part] <= frame[whole]))

    return test


def _is_possible(column: str, rule: Rule, sheet: FormSheet, cycle: Cycle) -> Test:
    part, whole = rule.operands

    def test(frame: pd.DataFrame) -> Mask:
        percent, of = frame[column], frame[whole]
        counted = frame[part].isna() & (of >= 1) & (of == of.round(0)) & (percent >= 1)
        nearest = 100 * (percent * of / 100).round(0) / of.where(of > 0)
        return ~(counted & ((percent - nearest).abs() > rounding(percent)))

    return test


def _no_fraction(column: str, rule: Rule, sheet: FormSheet, cycle: Cycle) -> Test:
    part, whole = rule.operands

    def test(frame: pd.DataFrame) -> Mask:
        alone = frame[part].isna() | frame[whole].isna()
        return ~(alone & (frame[column] > 0) & (frame[column] < 1))

    return test


def _differs(column: str, rule: Rule, sheet: FormSheet, cycle: Cycle) -> Test:
    other = rule.operand
    several = column in sheet.columns and sheet.columns[column].many

    def test(frame: pd.DataFrame) -> Mask:
        if not several:
            return _holds(frame, [column, other], frame[column] != frame[other])
        both = frame[[column, other]].dropna()
        pairs = zip(both[column].tolist(), both[other].tolist(), strict=True)
        same = [bool(two) and two in one.split("; ") for one, two in pairs]
        return pd.Series(~frame.index.isin(both.index[same]), index=frame.index)

    return test


def _e_mail(column: str, rule: Rule, sheet: FormSheet, cycle: Cycle) -> Test:
    pattern = r"[^@\s]+@[^@\s]+\.[^@\s]+"
    return lambda frame: _holds(frame, [column], frame[column].str.fullmatch(pattern).eq(True))


# What a rule of forms.csv checks: the code of the issue and the test. "refers to" needs other
# sheets and is checked by intake/rules.py, "letter of" is checked by intake/hints.py.
BY_KIND: Mapping[str, tuple[tuple[str, Maker], ...]] = {
    "unique": (("duplicate-number", _unique),),
    "at-least": (("below-minimum", _at_least),),
    "above": (("below-minimum", _above),),
    "at-most": (("above-maximum", _at_most_number), ("part-over-whole", _at_most_column)),
    "not-before": (("dates-order", _not_before_column), ("before-first-date", _not_before_date)),
    "within": (("outside-period", _within),),
    "length": (("too-short", _long_enough), ("too-long", _short_enough)),
    "together-at-most": (("parts-over-value", _together),),
    "quotient": (
        ("not-the-quotient", _is_quotient),
        ("impossible-percentage", _is_possible),
        ("percent-as-fraction", _no_fraction),
    ),
    "required-with": (("required-with", _filled_with),),
    "required-unless": (("reason-missing", _filled_unless),),
    "expected-with": (("expected-with", _filled_with),),
    "differs-from": (("same-value", _differs),),
    "e-mail": (("not-an-e-mail", _e_mail),),
}
