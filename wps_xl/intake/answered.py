"""Answers of the office go with the rows that they were given for, whatever these are numbered.

A row is known by its words (see ``identity``). Where no row is clearly the one that was meant, the
answer has lapsed: it is never laid over another row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from wps_xl.forms.definitions import Form, FormSheet
from wps_xl.intake.cover import show
from wps_xl.intake.identity import RowIdentity, followed, line_of, remembered, row_name, words_of
from wps_xl.intake.returns import Return
from wps_xl.model import Table, Value
from wps_xl.model.text import squeezed

RowPlace = tuple[str, str, int]
"""Book, sheet as the book calls it, and Excel row."""
Values = dict[str, Value]


@dataclass(frozen=True)
class RowKey:
    """A row that an answer is about: whose, in which form and sheet, and its name there."""

    owner: str
    form: str
    sheet: str
    name: str


def row_named(forms: Mapping[str, Form], at: RowKey, column: str, value: Value) -> RowKey | None:
    """The row that a value names in a column which holds numbers of rows of another sheet."""
    sheet = forms[at.form].sheets.get(at.sheet) if at.form in forms else None
    known = sheet.columns.get(column) if sheet else None
    rule = (known.rule("refers-to") or known.rule("known-in")) if known else None
    number = squeezed(show(value))
    if rule is None or not number:
        return None
    target = rule.operand.partition(".")[0]
    form = next(form for form in forms.values() if target in form.sheets)
    return RowKey(at.owner, form.code, target, number)


def row_ids(
    item: Return, forms: Mapping[str, Form], numbered: Mapping[RowPlace, str] | None = None
) -> dict[RowPlace, str]:
    """What numbers each row of a return, unique in its sheet; ``numbered`` are numbers that the
    office gave to rows in place of those that stand there."""
    numbered = numbered or {}
    found: dict[RowPlace, str] = {}
    for table, sheet in _tables(item, forms):
        # Whatever the cycle goes by: an area or a thematic area, where one alone is filled.
        names = [
            numbered.get((item.book, table.sheet, number)) or row_name(sheet, "", row)
            for number, row in zip(table.numbers, _rows(table), strict=True)
        ]
        often = Counter(names)
        for number, text in zip(table.numbers, names, strict=True):
            own = text if text and often[text] == 1 else f"{text} row {number}".strip()
            found[item.book, table.sheet, number] = own
    return found


def numbered(
    given: Mapping[tuple[RowKey, str], Value], returns: Iterable[Return], forms: Mapping[str, Form]
) -> dict[RowPlace, str]:
    """The rows that the office numbers anew, by what it gave for which column of which row."""
    found: dict[RowPlace, str] = {}
    for item in returns:
        names = row_ids(item, forms)
        for table, sheet in _tables(item, forms):
            for number in table.numbers:
                place = (item.book, table.sheet, number)
                row = RowKey(item.entity or item.book, item.form, table.sheet, names[place])
                if given.get((row, sheet.key)) is not None:
                    found[place] = squeezed(show(given[row, sheet.key]))
    return found


def row_lines(
    item: Return, forms: Mapping[str, Form], numbered: Mapping[RowPlace, str] | None = None
) -> dict[RowPlace, tuple[str, RowIdentity]]:
    """The name of each row of a return, and what it is known by; see ``row_ids``."""
    names = row_ids(item, forms, numbered)
    found: dict[RowPlace, tuple[str, RowIdentity]] = {}
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


def _rows(table: Table) -> list[Values]:
    return [
        {code: values[at] for code, values in table.columns.items()}
        for at in range(len(table.numbers))
    ]


def _by_number(table: Table, sheet: FormSheet) -> dict[Value, list[str]]:
    return {row.get(sheet.key): words_of(sheet, row) for row in _rows(table)}


def led_on(
    known: Mapping[RowKey, list[str]],
    returns: Iterable[Return],
    forms: Mapping[str, Form],
    numbered: Mapping[RowPlace, str] | None = None,
) -> dict[RowKey, str]:
    """The names that rows have now, blank where no row is clearly the one that was meant.

    ``known`` are rows and their words. Rows of returns that are not here are left out; of
    ``numbered`` see ``row_ids``.
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
        rows = row_lines(item, forms, numbered)
        for table, sheet in _tables(item, forms):
            keys = by_sheet.get((owner, item.form, table.sheet), [])
            here = {place: line for place, (_, line) in rows.items() if place[1] == table.sheet}
            then = {key: remembered(sheet, "", key.owner, key.name, known[key]) for key in keys}
            went = followed(here, then)
            found |= {key: rows[went[key]][0] if key in went else "" for key in keys}
    return found


def now_said(
    key: RowKey, column: str, returns: Iterable[Return], rows: Mapping[RowPlace, str]
) -> str:
    """What the return says now where an answer has lapsed; ``rows`` are the names of its rows."""
    for item in returns:
        if (item.entity, item.form) != (key.owner, key.form):
            continue
        for table in item.tables.values():
            for at, number in enumerate(table.numbers):
                name = rows.get((item.book, key.sheet, number))
                if table.sheet == key.sheet and name == key.name:
                    value = show(table.columns.get(column, {at: None})[at])
                    place = (key.sheet, number, column)
                    # What could not be read is in no column, but in an issue.
                    unread = [i.found for i in item.issues if i.is_error_at(*place)]
                    holds = "; ".join(filter(None, (value, *unread)))
                    return f"the return now says “{holds}”" if holds else "the cell is blank now"
    return "the return does not raise it any more"
