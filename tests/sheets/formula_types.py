"""What a formula's parts are, by Excel's rules, and what in it would not mean the same everywhere.

Excel ranks numbers below texts below logical values and compares none of one kind with another;
LibreOffice does. ``problems`` reads a formula without computing it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

NUMBER, TEXT, LOGICAL, CELL = "number", "text", "logical value", "cell"
_GIVES = {
    NUMBER: "COUNTA SUM SUMPRODUCT MAX MIN LEN FIND MATCH ROW DATE N COUNTIF COUNTIFS SEARCH",
    TEXT: "TRIM LEFT SUBSTITUTE",
    LOGICAL: "ISTEXT ISNUMBER ISBLANK ISERROR NOT AND OR",
    CELL: "OFFSET INDEX",
}
KNOWN = {name: kind for kind, names in _GIVES.items() for name in names.split()}
CHOICES = {"IF": (1, 2), "IFERROR": (0, 1)}
# Functions that take many cells for what they are; all others look at one at a time.
_ADDS_UP = {"SUM", "SUMPRODUCT", "MAX", "MIN"}
_TAKES_MANY = _ADDS_UP | {"COUNTA", "OFFSET", "INDEX", "COUNTIF", "COUNTIFS", "ROW"}
_POWER = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3}
_POWER |= {"*": 4, "/": 4, "^": 5}
_SIGNS = ('"~","', '"*","', '"?","')


@dataclass(frozen=True)
class Part:
    """A part of a formula: what it gives, its text, and whether it is more than one value."""

    kind: str
    text: str
    many: bool = False


@dataclass
class Reading:
    """One formula on its way through; ``names`` says of each defined name what it holds."""

    formula: str
    names: Mapping[str, str]
    inside: bool = False
    at: int = 0

    def __post_init__(self) -> None:
        self.found: list[str] = []

    @cached_property
    def tokens(self) -> Sequence[Token]:
        items = Tokenizer(f"={self.formula}").items
        return [token for token in items if token.type != Token.WSPACE]

    def fault(self, text: str) -> None:
        self.found.append(text)

    def next_is(self, *types: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at].type in types

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def expression(self, least: int = 0) -> Part:
        left = self.operand()
        while self.next_is(Token.OP_IN) and _POWER[self.tokens[self.at].value] > least:
            sign = self.take().value
            left = self.joined(left, sign, self.expression(_POWER[sign]))
        return left

    def joined(self, one: Part, sign: str, two: Part) -> Part:
        """What an operator makes of two parts."""
        text, many = f"{one.text}{sign}{two.text}", one.many or two.many
        if many and not self.inside:
            self.fault(f"array outside SUMPRODUCT: {text}")
        if _POWER[sign] == 1:
            self.compared(one, sign, two)
            return Part(LOGICAL, text, many)
        if sign == "&":
            if LOGICAL in (one.kind, two.kind):
                self.fault(f"logical value joined to text: {text}")
            return Part(TEXT, text, many)
        self.calculated(one, sign, two)
        return Part(NUMBER, text, many)

    def compared(self, one: Part, sign: str, two: Part) -> None:
        kinds = {one.kind, two.kind}
        text = f"{one.text}{sign}{two.text}"
        if len(kinds - {CELL}) > 1:
            self.fault(f"{' compared with '.join(sorted(kinds))}: {text}")
        if LOGICAL in kinds and CELL in kinds:
            self.fault(f"cell compared with logical value: {text}")
        for cell, other in ((one, two), (two, one)):
            if cell.kind == CELL and other.kind in (NUMBER, CELL):
                self.guarded(cell, text)

    def guarded(self, cell: Part, text: str) -> None:
        """A cell is blank, a text or a number: before it counts as one, it must be known to be."""
        if f"ISNUMBER({cell.text})" not in self.formula:
            self.fault(f"cell that may be blank or text taken for a number: {text}")

    def calculated(self, one: Part, sign: str, two: Part) -> None:
        text = f"{one.text}{sign}{two.text}"
        is_turned = sign == "*" and one.text == "1"
        if one.kind == LOGICAL or (two.kind == LOGICAL and not is_turned):
            self.fault(f"logical value counted as a number: {text}")
        if TEXT in (one.kind, two.kind):
            self.fault(f"text counted as a number: {text}")
        for part in (one, two):
            if part.kind == CELL and not part.many:
                self.guarded(part, text)

    def operand(self) -> Part:
        token = self.take()
        if token.type == Token.OP_PRE:
            part = self.operand()
            if part.kind == TEXT:
                self.fault(f"text counted as a number: {part.text}")
            return Part(NUMBER, f"{token.value}{part.text}", part.many)
        if token.type == Token.PAREN:
            part = self.expression()
            self.take()
            return replace(part, text=f"({part.text})")
        if token.type == Token.FUNC:
            return self.function(token.value[:-1].upper())
        return self.constant(token)

    def constant(self, token: Token) -> Part:
        kinds = {Token.NUMBER: NUMBER, Token.TEXT: TEXT, Token.LOGICAL: LOGICAL}
        if token.subtype in kinds:
            return Part(kinds[token.subtype], token.value)
        meaning = self.names.get(token.value)
        if meaning is None and not is_address(token.value):
            # ISERROR would take it for what was looked for and not found.
            self.fault(f"a name that is not defined: {token.value}")
        if meaning is None or is_address(meaning) or meaning.startswith("OFFSET("):
            return Part(CELL, token.value, ":" in (meaning or token.value))
        if not self.inside:
            self.fault(f"array outside SUMPRODUCT: {token.value}")
        return Part(kind_of(meaning, self.names), token.value, many=True)

    def function(self, name: str) -> Part:
        before, self.inside = self.inside, self.inside or name == "SUMPRODUCT"
        given: list[Part] = []
        while not self.next_is(Token.FUNC) or self.tokens[self.at].subtype != Token.CLOSE:
            if self.next_is(Token.SEP):
                self.take()
                continue
            given.append(self.expression())
        self.take()
        text = f"{name}({','.join(part.text for part in given)})"
        self.used(name, given, text)
        self.inside = before
        kind = given[CHOICES[name][0]].kind if name in CHOICES else KNOWN.get(name, CELL)
        return Part(kind, text, self.is_many(name, given))

    def is_many(self, name: str, given: Sequence[Part]) -> bool:
        if name in ("ROW", "OFFSET"):
            return given[0].many
        # MATCH takes many cells to look in, and IF hands on what it is given.
        only_first = name == "MATCH" or (name == "IF" and not self.inside)
        looked_at = given[:1] if only_first else given
        return name not in _TAKES_MANY and any(part.many for part in looked_at)

    def used(self, name: str, given: Sequence[Part], text: str) -> None:
        """What can be wrong with a function and what it is given."""
        if name not in KNOWN and name not in CHOICES:
            self.fault(f"a function that nobody has thought about: {name}")
        if self.is_many(name, given) and name not in ("OFFSET", "ROW"):
            if not self.inside:
                self.fault(f"array outside SUMPRODUCT: {text}")
            if name in (*CHOICES, "AND", "OR"):
                self.fault(f"not computed row by row in SUMPRODUCT: {text}")
        if name in _ADDS_UP and any(part.kind == LOGICAL for part in given):
            self.fault(f"logical value counted as a number: {text}")
        # To them "<5", "A*" and "1.10" are no texts.
        is_plain = name == "SEARCH" and re.fullmatch(r'"[^~*?]*"', given[0].text)
        if name in ("COUNTIF", "COUNTIFS", "SEARCH") and not is_plain:
            self.fault(f"a pattern of {name}: {text}")
        if name == "MATCH":
            self.looked_up(given, text)

    def looked_up(self, given: Sequence[Part], text: str) -> None:
        """A text for MATCH is a pattern unless its signs are replaced or it is surely there."""
        if len(given) < 3 or given[2].text != "0":
            self.fault(f"MATCH without 0: {text}")
        wanted, cells = given[0], given[1]
        meaning = self.names.get(wanted.text, wanted.text)
        is_plain = all(sign in meaning for sign in _SIGNS)
        is_there = f"SUMPRODUCT((1*({cells.text}={wanted.text})))" in self.formula
        if wanted.kind != NUMBER and not is_plain and not is_there:
            self.fault(f"a pattern of MATCH: {text}")


def is_address(text: str) -> bool:
    """Whether a text is the address of one block of cells."""
    return (
        re.fullmatch(r"(?:(?:'[^']+'|\w+)!)?\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?", text) is not None
    )


def kind_of(formula: str, names: Mapping[str, str]) -> str:
    """What a formula gives."""
    return Reading(formula, names, inside=True).expression().kind


def problems(
    formula: str, names: Mapping[str, str] | None = None, *, named: bool = False
) -> list[str]:
    """What would not mean the same in every program; ``named`` for the formula of a name, which is
    used inside SUMPRODUCT only."""
    reading = Reading(formula, names or {}, inside=named)
    reading.expression()
    if reading.at < len(reading.tokens):
        reading.fault(f"not read to its end: {formula}")
    return reading.found
