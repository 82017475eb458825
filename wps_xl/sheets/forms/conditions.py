"""Conditions on a row of a form, each stated once: as an Excel formula and in Python.

Conditional formats and the sheet Check use the formula, the results stored with Check the Python;
so marks, counts and stored results cannot disagree. In a formula ``{code}`` is the cell of that
column in the row looked at, ``{code:all}`` the whole column. The formulas are arithmetic on 0 and
1: AND() and OR() would lump the rows together when Check counts them with SUMPRODUCT.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from wps_xl.intake.text import units

Row = Mapping[str, object]


@dataclass(frozen=True)
class Rows:
    """The rows of each sheet of a form, by column code."""

    sheets: Mapping[str, Sequence[Row]]
    _texts: dict[tuple[str, str], Counter[str]] = field(default_factory=dict, compare=False)

    def texts(self, sheet: str, code: str) -> Counter[str]:
        """How often each text stands in a column."""
        key = (sheet, code)
        if key not in self._texts:
            self._texts[key] = Counter(text_of(row.get(code)) for row in self.sheets.get(sheet, ()))
        return self._texts[key]


_SLOT = re.compile(r"\{(\w+)(:all)?\}")


@dataclass(frozen=True)
class Condition:
    """What holds or does not hold of a row. ``holds`` sees the row and all rows of the form."""

    formula: str
    holds: Callable[[Row, Rows], bool]


def spelled(formula: str, cell: Callable[[str], str], column: Callable[[str], str]) -> str:
    """The formula with the addresses that the two functions give a column code."""
    return _SLOT.sub(lambda slot: (column if slot[2] else cell)(slot[1]), formula)


def is_blank(value: object) -> bool:
    """Whether a cell with this value counts as blank: nothing in it, or only spaces."""
    return value is None or (isinstance(value, str) and not value.strip(" "))


def text_of(value: object) -> str:
    """A value as Excel compares it with text: spaces at the ends and the case do not count."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value).strip(" ").casefold()


def quoted(text: str) -> str:
    """The text as a constant in a formula."""
    return '"' + text.replace('"', '""') + '"'


def both(*parts: Condition) -> Condition:
    """All of the conditions hold."""
    formula = "*".join(f"({part.formula})" for part in parts)
    return Condition(formula, lambda row, rows: all(part.holds(row, rows) for part in parts))


def any_of(*parts: Condition) -> Condition:
    """At least one of the conditions holds."""
    formula = f"({'+'.join(f'({part.formula})' for part in parts)})>0"
    return Condition(formula, lambda row, rows: any(part.holds(row, rows) for part in parts))


def blank(code: str) -> Condition:
    """Nothing stands in the cell."""
    return Condition(f"LEN(TRIM({{{code}}}))=0", lambda row, rows: is_blank(row.get(code)))


def filled(code: str) -> Condition:
    """Something stands in the cell."""
    return Condition(f"LEN(TRIM({{{code}}}))>0", lambda row, rows: not is_blank(row.get(code)))


def says(code: str, words: Collection[str]) -> Condition:
    """The cell holds one of the words, whatever their case."""
    listed = dict.fromkeys(word.casefold() for word in words)
    any_word = quoted(f"|{'|'.join(listed)}|")
    # SEARCH, as conditional formats take no array constants; it knows no case.
    formula = f'ISNUMBER(SEARCH("|"&TRIM({{{code}}})&"|",{any_word}))'
    return Condition(formula, lambda row, rows: text_of(row.get(code)) in listed)


def unlisted(code: str, name: str, words: Collection[str]) -> Condition:
    """The cell holds something that is not among ``words``, the cells of the name ``name``."""
    known = {word.casefold() for word in words}
    formula = f"NOT(ISBLANK({{{code}}}))*ISERROR(MATCH(TRIM({{{code}}}),{name},0))"

    def holds(row: Row, rows: Rows) -> bool:
        return not is_blank(row.get(code)) and text_of(row.get(code)) not in known

    return Condition(formula, holds)


def is_text(code: str) -> Condition:
    """The cell holds text where a number or a date belongs."""
    return Condition(f"ISTEXT({{{code}}})", lambda row, rows: isinstance(row.get(code), str))


@dataclass(frozen=True)
class Bound:
    """What a number or date is compared with: its Excel formula and its value in a row."""

    formula: str
    value: Callable[[Row], float | None]
    guard: str = ""


def constant(value: float | dt.date) -> Bound:
    """A fixed number or day, written so that every language of Excel reads it alike."""
    number = number_of(value)
    if isinstance(value, dt.date):
        return Bound(f"DATE({value.year},{value.month},{value.day})", lambda row: number)
    return Bound(f"{value:.15g}", lambda row: number)


def cell(code: str) -> Bound:
    """The number or date in another cell of the row."""
    return Bound(f"{{{code}}}", lambda row: number_of(row.get(code)), f"ISNUMBER({{{code}}})*")


def compares(code: str, sign: str, bound: Bound) -> Condition:
    """Both are numbers or dates, and the cell is ``<``, ``<=``, ``>`` or ``=`` the bound."""
    test = _SIGNS[sign]
    formula = f"ISNUMBER({{{code}}})*{bound.guard}({{{code}}}{sign}{bound.formula})"

    def holds(row: Row, rows: Rows) -> bool:
        one, two = number_of(row.get(code)), bound.value(row)
        return one is not None and two is not None and test(one, two)

    return Condition(formula, holds)


def number_of(value: object) -> float | None:
    """The number that Excel keeps for a number or a date; None for anything else."""
    if isinstance(value, dt.date):
        if not isinstance(value, dt.datetime):
            value = dt.datetime.combine(value, dt.time())
        return (value - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


_SIGNS: Mapping[str, Callable[[float, float], bool]] = {
    "<": lambda one, two: one < two,
    "<=": lambda one, two: one <= two,
    ">": lambda one, two: one > two,
    "=": lambda one, two: one == two,
}


def length(code: str, sign: str, limit: int) -> Condition:
    """The cell holds text shorter (``<``) or longer (``>``) than the limit, and some."""
    test = _SIGNS[sign]
    formula = f"ISTEXT({{{code}}})*(LEN(TRIM({{{code}}}))>0)*(LEN({{{code}}}){sign}{limit})"

    def holds(row: Row, rows: Rows) -> bool:
        value = row.get(code)
        return isinstance(value, str) and not is_blank(value) and test(units(value), limit)

    return Condition(formula, holds)


def same(code: str, other: str) -> Condition:
    """Both cells are filled and hold the same."""
    formula = f"(LEN(TRIM({{{code}}}))>0)*({{{code}}}={{{other}}})"

    def holds(row: Row, rows: Rows) -> bool:
        one, two = row.get(code), row.get(other)
        return not is_blank(one) and text_of(one) == text_of(two)

    return Condition(formula, holds)


def repeated(code: str, sheet: str) -> Condition:
    """The value stands in another row of the column too."""
    formula = f"NOT(ISBLANK({{{code}}}))*(COUNTIF({{{code}:all}},{{{code}}})>1)"

    def holds(row: Row, rows: Rows) -> bool:
        text = text_of(row.get(code))
        return bool(text) and rows.texts(sheet, code)[text] > 1

    return Condition(formula, holds)


def absent(code: str, name: str, sheet: str, key: str) -> Condition:
    """The value stands nowhere in column ``key`` of ``sheet``, the cells of the name ``name``."""
    formula = f"NOT(ISBLANK({{{code}}}))*(COUNTIF({name},{{{code}}})=0)"

    def holds(row: Row, rows: Rows) -> bool:
        text = text_of(row.get(code))
        return bool(text) and not rows.texts(sheet, key)[text]

    return Condition(formula, holds)


def no_e_mail(code: str) -> Condition:
    """The cell holds something that is not an e-mail address."""
    address = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
    formula = (
        f'(LEN(TRIM({{{code}}}))>0)*(ISERROR(SEARCH("?*@?*.?*",{{{code}}}))'
        f'+ISNUMBER(SEARCH(" ",TRIM({{{code}}})))>0)'
    )

    def holds(row: Row, rows: Rows) -> bool:
        value = row.get(code)
        return not is_blank(value) and not address.fullmatch(str(value).strip())

    return Condition(formula, holds)
