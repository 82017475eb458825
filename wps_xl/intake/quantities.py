"""Fractions where there can be none: a sign of thousands that Excel took for a decimal one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wps_xl.codebook import Codebook
from wps_xl.forms.definitions import FormSheet
from wps_xl.intake.cells import Finding
from wps_xl.intake.cover import show
from wps_xl.model import Value

CODE = "odd-fraction"
_WORDS = re.compile(r"[^\W\d_]+|%")
_PERSONS, _MONEY = "whole number of persons", "amount in dollars and cents"


@dataclass(frozen=True)
class Counting:
    """The words that say that a number counts persons, and those that say it is none of them."""

    persons: frozenset[str]
    rates: frozenset[str]

    @classmethod
    def of(cls, codebook: Codebook) -> Counting:
        """The words that staff keep in the list of limits."""
        lines = ("person_words", "rate_words")
        return cls(*(frozenset(codebook.words(line)) for line in lines))

    def counts_persons(self, text: str) -> bool:
        """Whether a heading or a unit says that persons are counted."""
        words = set(_WORDS.findall(text.casefold()))
        return bool(words & self.persons) and not words & self.rates


def odd_fractions(
    columns: Mapping[str, Sequence[Value]], sheet: FormSheet, counting: Counting
) -> Iterator[tuple[int, str, Finding]]:
    """Position, column and finding of each number with a fraction that it cannot have."""
    units = columns.get("unit", ())
    for column in sheet.columns.values():
        if column.type != "number" or column.rule("quotient"):
            continue
        is_money = column.code.endswith("_usd")
        by_heading = counting.counts_persons(column.heading)
        for at, value in enumerate(columns[column.code]):
            if not isinstance(value, float) or value.is_integer():
                continue
            meant = _in_thousands(value)
            if is_money and meant:
                yield at, column.code, Finding(CODE, show(value), meant, _MONEY)
            if is_money:
                continue
            unit = units[at] if units else None
            if by_heading or (isinstance(unit, str) and counting.counts_persons(unit)):
                yield at, column.code, Finding(CODE, show(value), meant, _PERSONS)


def _in_thousands(value: float) -> str:
    """The number with its point as a sign of thousands, where it has three decimals."""
    if abs(value) >= 1000:
        return ""
    thousands = round(value * 1000)
    has_three = abs(value * 1000 - thousands) < 1e-6 and thousands % 10
    return str(thousands) if has_three else ""
