"""Conditions on a row of a form, each stated once: as an Excel formula and in Python.

Conditional formats and the sheet Check use the formula, the results stored with Check the Python;
so marks, counts and stored results cannot disagree. In a formula ``{code}`` is the cell of that
column in the row looked at, ``{code:all}`` the whole column. Every formula gives 0 or 1 and is
arithmetic on them: AND() and OR() would lump the rows together when Check counts them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from wps_xl.model.text import units
from wps_xl.rules import expressions as ex
from wps_xl.rules import names as names
from wps_xl.rules.expressions import LONGEST_KEY, Flag, Number, Text

Values = Mapping[str, object]


@dataclass(frozen=True)
class Rows:
    """The rows of each sheet of a form, by column code."""

    sheets: Mapping[str, Sequence[Values]]
    _texts: dict[tuple[str, str], Counter[str]] = field(default_factory=dict, compare=False)

    def keys(self, sheet: str, code: str) -> Counter[str]:
        """How often each key stands in a column."""
        key = (sheet, code)
        if key not in self._texts:
            self._texts[key] = Counter(key_of(row.get(code)) for row in self.sheets.get(sheet, ()))
        return self._texts[key]


_SLOT = re.compile(r"\{(\w+)(:all)?\}")


@dataclass(frozen=True)
class Condition:
    """What holds or does not hold of a row. ``holds`` sees the row and all rows of the form.

    ``at_once`` is the formula for all rows of a column at once, where ``formula`` goes through the
    column for each row.
    """

    formula: Flag
    holds: Callable[[Values, Rows], bool]
    at_once: Flag | None = None

    @property
    def of_rows(self) -> Flag:
        """The formula that Check counts with."""
        return self.at_once or self.formula


def spelled(formula: Flag, cell: Callable[[str], str], column: Callable[[str], str]) -> Flag:
    """The formula with the addresses that the two functions give a column code."""
    text = _SLOT.sub(lambda slot: (column if slot[2] else cell)(slot[1]), formula)
    return Flag(Number(text))


def is_blank(value: object) -> bool:
    """Whether a cell with this value counts as blank: nothing in it, or only spaces."""
    return value is None or (isinstance(value, str) and not value.strip(" "))


def text_of(value: object) -> str:
    """A value as the formulas compare it: without needless spaces, whatever its case."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    number = number_of(value)
    text = str(value or "") if number is None else f"{number:.15g}"
    return re.sub(" +", " ", text.strip(" ")).casefold()


def key_of(value: object) -> str:
    """What a row is told apart by: its text, as far as it counts."""
    return text_of(value)[:LONGEST_KEY].translate(_STAND_INS)


_STAND_INS = {ord(sign): stand_in for sign, stand_in in ex.STAND_INS.items()}


def both(*parts: Condition) -> Condition:
    """All of the conditions hold."""
    return Condition(
        ex.every(*(part.formula for part in parts)),
        lambda row, rows: all(part.holds(row, rows) for part in parts),
        ex.every(*(part.of_rows for part in parts)),
    )


def any_of(*parts: Condition) -> Condition:
    """At least one of the conditions holds."""
    return Condition(
        ex.some(*(part.formula for part in parts)),
        lambda row, rows: any(part.holds(row, rows) for part in parts),
        ex.some(*(part.of_rows for part in parts)),
    )


def blank(code: str) -> Condition:
    """Nothing stands in the cell."""
    return Condition(ex.flag(ex.is_blank(ex.cell(code))), lambda row, rows: is_blank(row.get(code)))


def filled(code: str) -> Condition:
    """Something stands in the cell."""
    return Condition(_filled(code), lambda row, rows: not is_blank(row.get(code)))


def _filled(code: str) -> Flag:
    return ex.flag(ex.is_filled(ex.cell(code)))


def says(code: str, words: Collection[str]) -> Condition:
    """The cell holds one of the words, whatever their case."""
    listed = list(dict.fromkeys(word.casefold() for word in words))
    text = ex.trimmed(ex.cell(code))
    # Conditional formats take no array constants: a comparison for each word.
    said = [ex.flag(ex.compared(text, "=", ex.quoted(word))) for word in listed]
    return Condition(ex.some(*said), lambda row, rows: text_of(row.get(code)) in listed)


def unlisted(code: str, name: str, words: Collection[str]) -> Condition:
    """The cell holds something that is not among ``words``, which stand for the list ``name``."""
    known = {word.casefold() for word in words}
    unknown = ex.flag(ex.is_error(ex.position(ex.trimmed(ex.cell(code)), names.words(name))))

    def holds(row: Values, rows: Rows) -> bool:
        return not is_blank(row.get(code)) and text_of(row.get(code)) not in known

    return Condition(ex.every(_filled(code), unknown), holds)


def is_text(code: str) -> Condition:
    """The cell holds text where a number or a date belongs."""
    formula = ex.flag(ex.is_text(ex.cell(code)))
    return Condition(formula, lambda row, rows: isinstance(row.get(code), str))


@dataclass(frozen=True)
class Bound:
    """What a number or date is compared with: its Excel formula and its value in a row.

    ``column`` is the one whose cell gives it, which need not hold a number; blank for a constant.
    """

    formula: Number
    value: Callable[[Values], float | None]
    column: str = ""


def constant(value: float | dt.date) -> Bound:
    """A fixed number or day, written so that every language of Excel reads it alike."""
    number = number_of(value)
    if isinstance(value, dt.date):
        day = Number(f"DATE({value.year},{value.month},{value.day})")
        return Bound(day, lambda row: number)
    return Bound(Number(f"{value:.15g}"), lambda row: number)


def cell(code: str) -> Bound:
    """The number or date in another cell of the row."""
    return Bound(Number(ex.cell(code)), lambda row: number_of(row.get(code)), code)


def compares(code: str, sign: str, bound: Bound) -> Condition:
    """Both are numbers or dates, and the cell is ``<``, ``<=``, ``>`` or ``=`` the bound."""
    test = _SIGNS[sign]
    numbers = [ex.cell(code), *([bound.formula] if bound.column else [])]
    guards = [ex.flag(ex.is_number(number)) for number in numbers]
    compared = ex.flag(ex.compared(Number(ex.cell(code)), sign, bound.formula))

    def holds(row: Values, rows: Rows) -> bool:
        one, two = number_of(row.get(code)), bound.value(row)
        return one is not None and two is not None and test(one, two)

    return Condition(ex.every(*guards, compared), holds)


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
    reached = ex.compared(ex.size(ex.cell(code)), sign, Number(str(limit)))
    formula = ex.every(ex.flag(ex.is_text(ex.cell(code))), _filled(code), ex.flag(reached))

    def holds(row: Values, rows: Rows) -> bool:
        value = row.get(code)
        return isinstance(value, str) and not is_blank(value) and test(units(value), limit)

    return Condition(formula, holds)


def same(code: str, other: str) -> Condition:
    """Both cells are filled and hold the same."""
    alike = ex.compared(ex.trimmed(ex.cell(code)), "=", ex.trimmed(ex.cell(other)))

    def holds(row: Values, rows: Rows) -> bool:
        one, two = row.get(code), row.get(other)
        return not is_blank(one) and text_of(one) == text_of(two)

    return Condition(ex.every(_filled(code), ex.flag(alike)), holds)


def repeated(code: str, sheet: str) -> Condition:
    """The key stands in another row of the column too."""

    def holds(row: Values, rows: Rows) -> bool:
        key = key_of(row.get(code))
        return bool(key) and rows.keys(sheet, code)[key] > 1

    alike = ex.compared(ex.key_text(f"{{{code}:all}}"), "=", ex.key_text(ex.cell(code)))
    often = ex.flag(ex.compared(ex.total(ex.flag(alike)), ">", Number("1")))
    at_once = ex.every(_filled(code), _further_up_or_down(code, names.keys(sheet, code)))
    return Condition(ex.every(_filled(code), often), holds, at_once)


def _further_up_or_down(code: str, name: str) -> Flag:
    """Of each row whether its key stands in another one, with two searches for the whole column."""
    own = Number(f"ROW({ex.cell(code)})-MIN(ROW({ex.cell(code)}))+1")
    first = ex.key_position(Text(name), name)
    is_later = ex.flag(ex.compared(first, "<", own))
    # A later row leaves the place of the first one with its key; elsewhere 0 stands.
    repeats = f"MATCH({own},{is_later}*{first},0)"
    return ex.some(is_later, ex.flag(ex.is_number(repeats)))


def absent(code: str, sheet: str, key: str) -> Condition:
    """The value is no key of column ``key`` of ``sheet``."""
    text = Text(f'"1"&{ex.key_text(ex.cell(code))}')
    unknown = ex.flag(ex.is_error(ex.key_position(text, names.keys(sheet, key))))

    def holds(row: Values, rows: Rows) -> bool:
        text = key_of(row.get(code))
        return bool(text) and not rows.keys(sheet, key)[text]

    return Condition(ex.every(_filled(code), unknown), holds)


def no_e_mail(code: str) -> Condition:
    """The cell holds something that is not an e-mail address."""
    address = re.compile("[^@ ]+@[^@ ]+\\.[^@ ]+")

    def holds(row: Values, rows: Rows) -> bool:
        text = str(row.get(code) or "").replace(_NO_BREAK, " ").strip(" ")
        return not is_blank(row.get(code)) and not address.fullmatch(text)

    plain = ex.replaced(Text(ex.cell(code)), ex.quoted(_NO_BREAK), ex.quoted(" "))
    # Where FIND finds nothing there is an error already; 1/0 makes one of the rest.
    improper = ex.flag(ex.is_error(f"1/({_address(ex.trimmed(plain))})"))
    return Condition(ex.every(_filled(code), improper), holds)


_NO_BREAK = "\N{NO-BREAK SPACE}"


def _address(text: Text) -> Flag:
    """Letters, one @, letters, a full stop, letters; no space. SEARCH has patterns for this that
    not every program knows."""
    at = ex.place_in("@", text)
    dot = ex.place_in(".", text, f"{at}+2")
    others, solid = (ex.replaced(text, ex.quoted(sign), ex.quoted("")) for sign in "@ ")
    signs = (
        ex.compared(at, ">", Number("1")),
        ex.compared(dot, "<", ex.size(text)),
        ex.compared(ex.size(text), "=", Number(f"{ex.size(others)}+1")),
        ex.compared(ex.size(text), "=", ex.size(solid)),
    )
    return ex.every(*map(ex.flag, signs))
