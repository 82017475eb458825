"""Formulas computed by Excel's rules with the package ``formulas``, on the cells of a workbook.

It keeps Excel's order of kinds, numbers < texts < logical values, which LibreOffice does not. What
it lacks is asked of LibreOffice alone: OFFSET, and a doubled ~ in what MATCH looks for. Patterns of
SEARCH, which it lacks too, are not used. Its TRIM and ISNUMBER are put right here: Excel's TRIM
knows one kind of space and leaves one between words, and digits typed as text are no number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, cached_property, partial
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from sheets.formula_types import is_address

from wps_xl.rules.conditions import number_of
from wps_xl.sheets.forms.names import FIRST_ROW, HEADING_ROW

Block: TypeAlias = tuple[tuple[object, ...], ...]

_REACH = 60
"""Down to which row the columns are looked at; they are as blank from there on."""
_LAST_ROW = re.compile(r"(\$[A-Z]+\$)[1-9]\d{3}\b")
_NAME = re.compile(r"\b(?:begun|prepared|col|ok|under)_\w+")
_CELL = re.compile(rf"(?<![:!\w$'])\$[A-Z]+{FIRST_ROW}\b(?!:)")
_FIXED = re.compile(r"\$[A-Z]+\$\d+(?::\$[A-Z]+\$\d+)?")
_INPUT = re.compile(r"(?:'?([^'!]+)'?!)?([A-Z]+\d+(?::[A-Z]+\d+)?)")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | np.number) and not isinstance(value, bool | np.bool_)


@cache
def _package() -> Any:
    """The package with what is put right, imported when it is needed: that takes long."""
    import formulas
    from formulas.functions import wrap_ranges_func, wrap_ufunc
    from formulas.functions.info import FalseArray, iserror
    from formulas.functions.text import _kw0, _str

    def trimmed(text: object) -> str:
        return re.sub(" +", " ", str(_str(text)).strip(" "))

    functions = formulas.get_functions()
    functions["TRIM"] = wrap_ufunc(trimmed, **_kw0)
    functions["ISNUMBER"] = wrap_ranges_func(partial(iserror, check=_is_number, array=FalseArray))
    return formulas


@cache
def _blank() -> object:
    """How the package writes a blank cell."""
    import schedula

    return schedula.EMPTY


class _Formula(NamedTuple):
    """A formula ready to be computed: its text, and where its inputs come from."""

    text: str
    cells: Mapping[str, str]
    fixed: frozenset[str]


@cache
def _compiled(text: str) -> tuple[Callable[..., Any], tuple[str, ...]]:
    function = _package().Parser().ast(f"={text}")[1].compile()
    return function, tuple(function.inputs)


def _called(text: str, values: tuple[Block, ...]) -> Any:
    function, inputs = _compiled(text)
    blocks = []
    for name, rows in zip(inputs, values, strict=True):
        sheet, ref = _parts(name)
        place = f"'[book]{sheet or 'here'}'!{ref}"
        blocks.append(_package().Ranges().push(place, np.array(rows, dtype=object)))
    return np.asarray(function(*blocks), dtype=object)


@cache
def _computed(text: str, values: tuple[Block, ...]) -> object:
    found = _called(text, values).ravel()[0]
    return found.item() if hasattr(found, "item") else found


def _parts(name: str) -> tuple[str, str]:
    found = _INPUT.fullmatch(name.replace("$", ""))
    assert found
    return found[1] or "", found[2]


class Cells:
    """The cells of a workbook, and what a formula gives on them."""

    def __init__(self, book: Workbook) -> None:
        self.results: dict[tuple[str, str], object] = {}
        """What stands in cells with formulas, by sheet and address."""
        self._book = book
        self._known: dict[tuple[str, str], Block] = {}
        self._plain: dict[str, _Formula] = {}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {name: str(at.attr_text) for name, at in self._book.defined_names.items()}

    @cached_property
    def _by_upper(self) -> Mapping[str, str]:
        """Sheets and names as the package spells them."""
        return {name.upper(): name for name in (*self._book.sheetnames, *self._names)}

    def value(self, formula: str, sheet: str, row: int = FIRST_ROW) -> object:
        """What a formula written for the first row of data gives in a row of a sheet."""
        plain = self._plain.get(formula) or self._read(formula)
        self._plain[formula] = plain
        return _computed(plain.text, self._given(plain, sheet, row))

    def _read(self, formula: str) -> _Formula:
        """The formula without names, and alike for all columns, so that it is compiled once."""

        def meaning(found: re.Match[str]) -> str:
            text = self._names[found[0]]
            # The values of a formula stand for it, as if they were a sheet of their own.
            return text if is_address(text) else f"{found[0]}!$A${HEADING_ROW}:$A${_REACH}"

        text = _LAST_ROW.sub(rf"\g<1>{_REACH}", _NAME.sub(meaning, formula))
        cells: dict[str, str] = {}

        def alike(found: re.Match[str]) -> str:
            return cells.setdefault(found[0], f"$Z{chr(ord('A') + len(cells))}{FIRST_ROW}")

        text = _CELL.sub(alike, text)
        back = {new.replace("$", ""): old.replace("$", "") for old, new in cells.items()}
        fixed = frozenset(ref.replace("$", "") for ref in _FIXED.findall(text))
        return _Formula(text, back, fixed)

    def _given(self, formula: _Formula, sheet: str, row: int) -> tuple[Block, ...]:
        return tuple(self._input(formula, name, sheet, row) for name in _compiled(formula.text)[1])

    def _input(self, formula: _Formula, name: str, here: str, row: int) -> Block:
        place, ref = _parts(name)
        if place:
            found = self._by_upper[place.upper()]
            return self._column(found) if found in self._names else self._block(found, ref)
        ref = formula.cells.get(ref, ref)
        if ref not in formula.fixed:
            ref = re.sub(rf"(?<=[A-Z]){FIRST_ROW}\b", str(row), ref)
        return self._block(here, ref)

    def _column(self, name: str) -> Block:
        """What the formula of a name gives in each row."""
        if (name, "") not in self._known:
            formula = self._read(self._names[name])
            found = _called(formula.text, self._given(formula, "", 0))
            self._known[name, ""] = tuple(map(tuple, found.tolist()))
        return self._known[name, ""]

    def _block(self, sheet: str, ref: str) -> Block:
        if (sheet, ref) not in self._known:
            cells = self._book[sheet][ref if ":" in ref else f"{ref}:{ref}"]
            self._known[sheet, ref] = tuple(tuple(self._of(sheet, c) for c in row) for row in cells)
        return self._known[sheet, ref]

    def _of(self, sheet: str, cell: Cell) -> object:
        if cell.data_type == "f":
            return self.results.get((sheet, cell.coordinate), _blank())
        number = number_of(cell.value)
        if number is not None:
            return int(number) if number.is_integer() else number
        return _blank() if cell.value is None else cell.value
