"""Answers of the office go with the rows that they were given for, whatever these are numbered.

A row is known by its words (see ``identity``). Where no row is clearly the one that was meant, the
answer has lapsed: it is never laid over another row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from wps_xl.forms.definitions import Form, FormSheet
from wps_xl.intake.identity import Line, followed, line_of, remembered, row_name, words_of
from wps_xl.intake.returns import Return
from wps_xl.model import Table, Value

Place = tuple[str, str, int]
"""Book, sheet as the book calls it, and Excel row."""
Row = dict[str, Value]


@dataclass(frozen=True)
class RowKey:
    """A row that an answer is about: whose, in which form and sheet, and its name there."""

    owner: str
    form: str
    sheet: str
    name: str


def row_ids(item: Return, forms: Mapping[str, Form]) -> dict[Place, str]:
    """What numbers each row of a return, unique in its sheet."""
    found: dict[Place, str] = {}
    for table, sheet in _tables(item, forms):
        # Whatever the cycle goes by: an area or a thematic area, where one alone is filled.
        names = [row_name(sheet, "", row) for row in _rows(table)]
        often = Counter(names)
        for number, text in zip(table.numbers, names, strict=True):
            own = text if text and often[text] == 1 else f"{text} row {number}".strip()
            found[item.book, table.sheet, number] = own
    return found


def row_lines(item: Return, forms: Mapping[str, Form]) -> dict[Place, tuple[str, Line]]:
    """The name of each row of a return, and what it is known by."""
    names = row_ids(item, forms)
    found: dict[Place, tuple[str, Line]] = {}
    for table, sheet in _tables(item, forms):
        above = {
            code: _by_number(item.tables[target], forms[item.form].sheets[target])
            for code, target in sheet.refers.items()
            if target in item.tables
        }
        for number, row in zip(table.numbers, _rows(table), strict=True):
            place = (item.book, table.sheet, number)
            words = [word for code, known in above.items() for word in known.get(row.get(code), ())]
            line = line_of(sheet, "", item.entity or item.book, row, words)
            found[place] = names[place], replace(line, number=names[place].casefold())
    return found


def _tables(item: Return, forms: Mapping[str, Form]) -> Iterable[tuple[Table, FormSheet]]:
    sheets = forms[item.form].sheets if item.form in forms else {}
    return [(table, sheets[name]) for name, table in item.tables.items() if name in sheets]


def _rows(table: Table) -> list[Row]:
    return [
        {code: values[at] for code, values in table.columns.items()}
        for at in range(len(table.numbers))
    ]


def _by_number(table: Table, sheet: FormSheet) -> dict[Value, list[str]]:
    return {row.get(sheet.key): words_of(sheet, row) for row in _rows(table)}


def led_on(
    known: Mapping[RowKey, list[str]], returns: Iterable[Return], forms: Mapping[str, Form]
) -> dict[RowKey, str]:
    """The names that rows have now, blank where no row is clearly the one that was meant.

    ``known`` are rows and their words. Rows of returns that are not here are left out.
    """
    by_sheet: dict[tuple[str, str, str], list[RowKey]] = defaultdict(list)
    for key in known:
        by_sheet[key.owner, key.form, key.sheet].append(key)
    found: dict[RowKey, str] = {}
    owners = {(key.owner, key.form) for key in known}
    for item in returns:
        owner = item.entity or item.book
        if (owner, item.form) not in owners or (item.status and item.entity):
            continue
        rows = row_lines(item, forms)
        for table, sheet in _tables(item, forms):
            keys = by_sheet.get((owner, item.form, table.sheet), [])
            here = {place: line for place, (_, line) in rows.items() if place[1] == table.sheet}
            then = {key: remembered(sheet, "", key.owner, key.name, known[key]) for key in keys}
            went = followed(here, then)
            found |= {key: rows[went[key]][0] if key in went else "" for key in keys}
    return found
