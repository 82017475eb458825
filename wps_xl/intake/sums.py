"""Figures that are the sum of the rows beside them: a total with a number of its own counts twice.

Totals that say so in their first cell, and fill little else, are ``rows.total-row``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from wps_xl.codebook import Codebook
from wps_xl.intake.catalogue import issue
from wps_xl.intake.cover import show
from wps_xl.intake.rows import total_words
from wps_xl.intake.side_by_side import Gathering, Line
from wps_xl.model import Issue, Table, Value
from wps_xl.model.text import squeezed

CODE = "sum-of-rows"
# Columns whose figures are added up, and the one that says what they count.
_PERSONS = ("women", "girls", "men", "boys")
_ADDED = ("value", "amount_usd", "core_usd", "extrabudgetary_usd", *_PERSONS)
_COUNTED, _UNIT = "value", "unit"
# A row called a total adds two rows; without the word three must agree, and no small number.
_WITH_WORD, _WITHOUT, _NO_SMALL = 2, 3, 10
_NAMED = 3
_WORD = re.compile(r"\w+(?:[-״]\w+)*")
_SPACELESS = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


def sums(here: Gathering) -> Iterator[Issue]:
    """A warning for each row whose figure is the sum of its neighbours' (S/2007/567, para. 12)."""
    words = _Words(here.codebook)
    for item, sheet in here.sheets():
        if sheet.prefilled or item.status:
            continue
        added = [code for code in _ADDED if code in item.tables[sheet.name].letters]
        if not added:
            continue
        lines = here.lines_of(item, sheet)
        named = words.naming(item.tables[sheet.name], lines)
        told: set[int] = set()
        for column in added:
            yield from _in_column(lines, column, named, told)


def _in_column(
    lines: Sequence[Line], column: str, named: Collection[int], told: set[int]
) -> Iterator[Issue]:
    for line, parts in _totals(lines, column, named):
        if line.row not in told:
            told.add(line.row)
            where = line.place(column)
            cells = [part.place(column).cell or "" for part in parts]
            yield issue(
                CODE,
                where,
                found=show(line[column]),
                other=_named(parts, column),
                also=tuple(f"{where.sheet}!{cell}" for cell in cells),
            )


def _totals(
    lines: Sequence[Line], column: str, named: Collection[int]
) -> Iterator[tuple[Line, Sequence[Line]]]:
    """Each row that is a total, and the rows that it adds; ``named`` say that they are one."""
    figures = [line for line in lines if isinstance(line[column], int | float)]
    unit = _unit if column == _COUNTED else _money
    runs = [list(group) for _, group in groupby(figures, key=unit)]
    by_unit: dict[str, list[Line]] = {}
    for run in runs:
        by_unit.setdefault(unit(run[0]), []).extend(run)
    for rows in by_unit.values() if named else ():
        for at, line in enumerate(rows):
            if line.at in named:
                total = _number(line[column])
                parts = _run_to(rows[:at][::-1], column, total)
                parts = parts or _run_to(rows[at + 1 :], column, total)
                if parts:
                    yield line, parts
    for rows in (*by_unit.values(), *(runs if len(runs) > 1 else ())):
        if len(rows) <= _WITHOUT:
            continue
        whole = _sum(rows, column)
        # A total that does not say so stands at an end of what it adds.
        for at, parts in ((-1, rows[:-1]), (0, rows[1:])):
            total = _number(rows[at][column])
            if total >= _NO_SMALL and _same(whole - total, total):
                yield rows[at], parts


def _run_to(rows: Sequence[Line], column: str, total: float) -> Sequence[Line]:
    """The rows from the nearest on that together come to the total."""
    found = 0.0
    for size, row in enumerate(rows, start=1):
        found += _number(row[column])
        if size >= _WITH_WORD and _same(found, total):
            return rows[:size]
    return ()


def _unit(line: Line) -> str:
    codes = line.owner.tables[line.sheet.name].columns
    return squeezed(str(line[_UNIT] or "")).casefold() if _UNIT in codes else ""


def _money(line: Line) -> str:
    """All amounts are in one unit, US dollars."""
    return ""


def _number(value: Value) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _sum(rows: Sequence[Line], column: str) -> float:
    return sum(_number(row[column]) for row in rows)


def _same(one: float, other: float) -> bool:
    return other > 0 and abs(one - other) < 1e-6 * max(1.0, abs(other))


def _named(parts: Sequence[Line], column: str) -> str:
    """The rows that are added, in their order: cell and figure of the first ones."""
    rows = sorted(parts, key=lambda part: part.row)
    said = [f"{show(part[column])} ({part.place(column).cell})" for part in rows[:_NAMED]]
    more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
    return " + ".join(said) + more


class _Words:
    """The words that mark a total, in any text of a row."""

    def __init__(self, codebook: Codebook) -> None:
        words = total_words(codebook)
        self._words = words
        self._single = {word for word in words if _WORD.fullmatch(word)}
        # Scripts that put no spaces between words have them inside others.
        self._inside = {word for word in words if _SPACELESS.search(word)}

    def naming(self, table: Table, lines: Sequence[Line]) -> frozenset[int]:
        """The positions of the rows a text of which says that they are totals."""
        if not lines:
            return frozenset()
        codes = [c.code for c in lines[0].sheet.columns.values() if c.type == "text"]
        # Most sheets have no such word at all, which one look at all texts together shows.
        texts = (value for code in codes for value in table.columns[code])
        whole = " ".join(text for text in texts if isinstance(text, str))
        if not self._says(squeezed(whole).casefold()):
            return frozenset()
        return frozenset(line.at for line in lines if self._name(line, codes))

    def _name(self, line: Line, codes: Sequence[str]) -> bool:
        texts = (line.text(code) for code in codes)
        return any(self._says(squeezed(text).casefold()) for text in texts if text)

    def _says(self, text: str) -> bool:
        held = [word for word in self._words if word in text]
        if any(word not in self._single or word in self._inside for word in held):
            return True
        return bool(held) and not self._single.isdisjoint(_WORD.findall(text))
