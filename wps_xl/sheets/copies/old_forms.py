"""Formulas of forms of version 0.1, put right in correction copies.

Those compared logical values with nought. In Excel FALSE>0 is TRUE: their marks colour cells in
which nothing is wrong, and their sheet Check never says that the form is ready.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from wps_xl.office.excel.package.parts import MAIN

MARK = b")&gt;0"
"""What a part has in it that may need it."""
CHECK = "check"
"""The sheet whose cells may need it, in small letters."""
_COMPARED = re.compile(r"\)>0(?![.\d])")


def mend(tree: etree._Element, sheet: str) -> bool:
    """Put right the conditional formats of a sheet, and the cells of Check; whether any was wrong.

    Other cells are the entity's own.
    """
    wrong = False
    for element in _formulas(tree, sheet):
        text = element.text or ""
        right = mended(text)
        if right != text:
            element.text = right
            wrong = True
    return wrong


def _formulas(tree: etree._Element, sheet: str) -> Iterator[etree._Element]:
    yield from tree.iterfind(f"{MAIN}conditionalFormatting/{MAIN}cfRule/{MAIN}formula")
    if sheet.casefold() == CHECK:
        yield from tree.iter(f"{MAIN}f")


def mended(formula: str) -> str:
    """The formula with 1* before each bracket that is compared with nought, as in ``(…)>0``.

    The bracket of a function, or one that is a part of a sum or product, is none of these.
    """
    wrong = next(_wrong(formula), None)
    if wrong is None:
        return formula
    start, end = wrong
    return mended(f"{formula[:start]}(1*{formula[start:end]}){formula[end:]}")


def _wrong(formula: str) -> Iterator[tuple[int, int]]:
    """Where such brackets begin and end."""
    for found in _COMPARED.finditer(formula):
        start, end = _opening(formula, found.start()), found.start() + 1
        stands_alone = start == 0 or (start > 0 and formula[start - 1] == "(")
        if stands_alone and not formula.startswith("(1*", start):
            yield start, end


def _opening(formula: str, end: int) -> int:
    """Where the bracket opens that closes at ``end``; -1 inside a text."""
    in_text = False
    open_: list[int] = []
    for at, sign in enumerate(formula[: end + 1]):
        if sign == '"':
            in_text = not in_text
        elif not in_text and sign == "(":
            open_.append(at)
        elif not in_text and sign == ")":
            start = open_.pop() if open_ else -1
            if at == end:
                return start
    return -1
