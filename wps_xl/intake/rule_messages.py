"""What the message about a row that breaks a rule says of it: values, other cells, a suggestion."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from wps_xl.codebook import Cycle
from wps_xl.forms.conditions import BY_KIND, first_date, limit, plain_numbers, rounding
from wps_xl.forms.definitions import COVER, FormSheet, Rule
from wps_xl.intake.catalogue import Place
from wps_xl.intake.cover import place as cover_place
from wps_xl.intake.cover import show
from wps_xl.intake.returns import Return
from wps_xl.model.text import visible

RETURN, ROW = "return", "row"


@dataclass(frozen=True)
class Detail:
    """The slots of a message, a suggestion, and the other cells of the same cause."""

    slots: Mapping[str, str] = field(default_factory=dict)
    suggestion: str = ""
    also: tuple[str, ...] = ()


class Rows:
    """The rows of one stacked sheet, with the place of each value in its own return."""

    def __init__(
        self, returns: Sequence[Return], sheet: FormSheet, frame: pd.DataFrame, cycle: Cycle
    ) -> None:
        self.returns = returns
        self.sheet = sheet
        self.frame = frame
        self.cycle = cycle
        self.owners: list[int] = frame[RETURN].tolist()
        self.rows: list[int] = frame[ROW].tolist()

    def place(self, position: int, column: str) -> Place:
        """Where the value of one row and column stands."""
        owner = self.returns[self.owners[position]]
        if self.sheet.name == COVER:
            about = self.sheet.columns[column]
            return cover_place(owner.book, owner.cover, about, owner.entity, owner.form)
        return owner.place(self.sheet, self.rows[position], column)

    def address(self, position: int, column: str) -> str:
        """The cell with its sheet, as ``also`` lists it; blank where the column is missing."""
        where = self.place(position, column)
        return f"{where.sheet}!{where.cell}" if where.cell else ""

    def shown(self, position: int, column: str) -> str:
        """The value as a message prints it."""
        value: Any = self.frame[column].iat[position]
        if pd.isna(value):
            return ""
        return show(value.to_pydatetime() if isinstance(value, pd.Timestamp) else value)

    def number(self, position: int, column: str) -> float:
        """The number in one row and column."""
        value: Any = self.frame[column].iat[position]
        return float(value)

    def other(self, position: int, column: str) -> str:
        """Another cell of the row in words: its value, heading and address."""
        where = self.place(position, column)
        shown = visible(self.shown(position, column))
        cell = f" ({where.cell})" if where.cell else ""
        return f"“{shown}” in {where.heading}{cell}" if shown else f"{where.heading}{cell}"

    def twins(self, position: int, column: str) -> list[int]:
        """The rows of the same return with the same value, in order."""
        owner = self.owners[position]
        begin = self.owners.index(owner)
        end = len(self.owners) - self.owners[::-1].index(owner)
        values = plain_numbers(self.frame[column].iloc[begin:end])
        same = values == values.iat[position - begin]
        return [begin + at for at, twin in enumerate(same.tolist()) if twin]

    def detail(self, code: str, position: int, column: str) -> Detail:
        """What the message of ``code`` says of this row."""
        found = self.shown(position, column)
        rules = self.sheet.columns[column].rules
        rule = next((r for r in rules if code in _CODES_OF[r.kind]), Rule(""))
        more = _MAKERS.get(code, _plain)(self, position, column, rule)
        slots = {"found": visible(found), "count": str(len(found)), **more.slots}
        return Detail(slots, more.suggestion, more.also)


def _plain(rows: Rows, position: int, column: str, rule: Rule) -> Detail:
    """The other cell or the limit that a rule compares with."""
    if rule.operand in rows.sheet.columns:
        return Detail({"other": rows.other(position, rule.operand)})
    if rule.operand:
        expected = _limit(rule, rows.cycle)
        return Detail({"other": f"the {rule.operand} of the return", "expected": expected})
    return Detail()


def _limit(rule: Rule, cycle: Cycle) -> str:
    number = limit(rule.operand, cycle)
    if number is not None:
        words = {"at-least": "{} or more", "at-most": "{} or less", "above": "above {}"}
        return words[rule.kind].format(show(number))
    if rule.kind == "within":
        first, last = cycle.review if rule.operand == "review" else cycle.plan_period
        return f"{first} to {last} ({rule.operand} period on the Cover)"
    day = first_date(rule.operand, cycle)
    return "" if day is None else show(day.to_pydatetime())


def _pair(rows: Rows, position: int, column: str, rule: Rule) -> Detail:
    """Both halves of a pair are named, and both are cells of the cause."""
    plain = _plain(rows, position, column, rule)
    if rule.operand not in rows.sheet.columns:
        return plain
    return Detail(plain.slots, also=_cells(rows, position, [rule.operand]))


def _cells(rows: Rows, position: int, columns: Sequence[str]) -> tuple[str, ...]:
    """The addresses of those of the cells that are filled."""
    filled = [column for column in columns if rows.shown(position, column)]
    return tuple(filter(None, (rows.address(position, column) for column in filled)))


def _one_of(rows: Rows, position: int, column: str, rule: Rule) -> Detail:
    groups = [
        " with ".join(rows.sheet.columns[code].heading for code in group)
        for group in rows.sheet.one_of
    ]
    return Detail({"other": "; ".join(groups)})


def _duplicate(rows: Rows, position: int, column: str, rule: Rule) -> Detail:
    twins = rows.twins(position, column)
    cells = ", ".join(str(rows.place(at, column).cell) for at in twins)
    also = tuple(rows.address(at, column) for at in twins if at != position)
    return Detail({"cells": cells}, _next_number(rows, position, column), also)


def _next_number(rows: Rows, position: int, column: str) -> str:
    """The next number after those of the return with the same beginning; blank for codes."""
    own = re.fullmatch(r"(.*?)(\d+)", rows.shown(position, column))
    if own is None or rows.sheet.columns[column].list_name:
        return ""
    owner = rows.owners[position]
    values = rows.frame[column][rows.frame[RETURN] == owner].dropna()
    numbers = values.str.extract(rf"(?i)^{re.escape(own[1])}(\d+)$")[0].dropna()
    return f"{own[1]}{max(map(int, numbers)) + 1}"


def _length(rows: Rows, position: int, column: str, rule: Rule) -> Detail:
    low, high = rule.operands
    expected = f"{low} to {high} characters" if low else f"up to {high} characters"
    return Detail({"expected": expected})


def _together(rows: Rows, position: int, column: str, rule: Rule) -> Detail:
    *others, whole = rule.operands
    parts = [code for code in (column, *others) if rows.shown(position, code)]
    total = sum(rows.number(position, code) for code in parts)
    named = ", ".join(
        f"{rows.place(position, code).heading} ({rows.place(position, code).cell})"
        for code in parts
    )
    also = _cells(rows, position, [code for code in (*parts, whole) if code != column])
    slots = {"found": show(total), "other": rows.other(position, whole), "cells": named}
    return Detail(slots, also=also)


def _quotient(rows: Rows, position: int, column: str, rule: Rule) -> Detail:
    part, whole = rule.operands
    exact = 100 * rows.number(position, part) / rows.number(position, whole)
    decimals = {0.5: 0, 0.05: 1}.get(_half(rows, position, column), 2)
    other = f"{rows.other(position, part)} and {rows.other(position, whole)}"
    also = _cells(rows, position, [part, whole])
    return Detail({"other": other}, show(round(exact, decimals)), also)


def _half(rows: Rows, position: int, column: str) -> float:
    half: Any = rounding(rows.frame[column].iloc[[position]]).iat[0]
    return round(float(half), 3)


def _impossible(rows: Rows, position: int, column: str, rule: Rule) -> Detail:
    _, whole = rule.operands
    of, percent = rows.number(position, whole), rows.number(position, column)
    below = int(percent * of / 100)
    near = [show(round(100 * part / of, 1)) for part in (below, below + 1) if part <= of]
    slots = {"other": rows.other(position, whole), "expected": " or ".join(near)}
    return Detail(slots, " or ".join(near), _cells(rows, position, [whole]))


def _fraction(rows: Rows, position: int, column: str, rule: Rule) -> Detail:
    return Detail(suggestion=show(round(100 * rows.number(position, column), 2)))


def _reason(rows: Rows, position: int, column: str, rule: Rule) -> Detail:
    return Detail({"other": rows.other(position, rule.operands[-1])})


def _e_mail(rows: Rows, position: int, column: str, rule: Rule) -> Detail:
    text = re.sub(r"\s*(?:\(at\)|\[at\]| at )\s*", "@", rows.shown(position, column))
    text = text.replace(" ", "").replace(",", ".")
    return Detail(suggestion=text if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text) else "")


_CODES_OF: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("", "refers-to", "named-in", "known-in", "names-rows", "letter-of"), ()),
    **{kind: tuple(code for code, _ in tests) for kind, tests in BY_KIND.items()},
}
_MAKERS: Mapping[str, Callable[[Rows, int, str, Rule], Detail]] = {
    "one-of-required": _one_of,
    "duplicate-number": _duplicate,
    "too-short": _length,
    "too-long": _length,
    "dates-order": _pair,
    "part-over-whole": _pair,
    "same-value": _pair,
    "parts-over-value": _together,
    "not-the-quotient": _quotient,
    "impossible-percentage": _impossible,
    "percent-as-fraction": _fraction,
    "reason-missing": _reason,
    "not-an-e-mail": _e_mail,
}
