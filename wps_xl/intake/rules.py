"""Rules that reach beyond one sheet: references between sheets, and rows that hang on held ones."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence

from wps_xl.forms.definitions import Column, Form, FormSheet
from wps_xl.intake.catalogue import issue
from wps_xl.intake.returns import Return
from wps_xl.intake.text import visible
from wps_xl.model import Issue, Table

Held = Mapping[tuple[str, int], str]
"""Sheet and Excel row of each row that is held back, to the code of the issue that holds it."""


def references(item: Return, form: Form) -> Iterator[Issue]:
    """An issue for each reference to a row that does not exist."""
    for sheet, column, target, key in _links(item, form):
        numbers = _numbers(item.tables[target.name], key)
        for row, value in _values(item.tables[sheet.name], column):
            if value.casefold() not in numbers:
                near = difflib.get_close_matches(value.casefold(), numbers, n=1, cutoff=0.6)
                where = item.place(sheet, row, column.code)
                suggestion = numbers[near[0]][0] if near else ""
                yield issue(
                    "unknown-reference",
                    where,
                    found=visible(value),
                    other=target.name,
                    suggestion=suggestion,
                )


def not_run(item: Return, form: Form) -> Iterator[str]:
    """The checks of references that could not run, since the sheet they need is missing."""
    for sheet in form.sheets.values():
        for column in sheet.columns.values():
            rule = column.rule("refers-to")
            target = rule.operand.partition(".")[0] if rule else ""
            if rule and sheet.name in item.tables and target not in item.tables:
                yield f"{item.book}: {column.heading} of {sheet.name} against {target}"


def on_held_rows(item: Return, form: Form, held: Held) -> Iterator[Issue]:
    """An issue for each row that refers to a row which is held back itself (contract 8.7)."""
    for sheet, column, target, key in _links(item, form):
        numbers = _numbers(item.tables[target.name], key)
        for row, value in _values(item.tables[sheet.name], column):
            named = numbers.get(value.casefold())
            if named is None or (target.name, named[1]) not in held:
                continue
            cell = item.place(target, named[1], key).cell or f"row {named[1]}"
            yield issue(
                "refers-to-held-back",
                item.place(sheet, row, column.code),
                found=visible(value),
                other=target.name,
                cells=f"{target.name} {cell}",
            )


def _links(item: Return, form: Form) -> Iterator[tuple[FormSheet, Column, FormSheet, str]]:
    for sheet in form.sheets.values():
        for column in sheet.columns.values():
            rule = column.rule("refers-to")
            if rule is None:
                continue
            target, _, key = rule.operand.partition(".")
            if sheet.name in item.tables and target in item.tables:
                yield sheet, column, form.sheets[target], key


def _numbers(table: Table, key: str) -> dict[str, tuple[str, int]]:
    """Row number as typed and Excel row, by the number in lower case."""
    pairs: Sequence[tuple[int, str]] = list(_pairs(table, key))
    return {value.casefold(): (value, row) for row, value in reversed(pairs)}


def _values(table: Table, column: Column) -> Iterator[tuple[int, str]]:
    yield from _pairs(table, column.code)


def _pairs(table: Table, code: str) -> Iterator[tuple[int, str]]:
    for row, value in zip(table.numbers, table.columns[code], strict=True):
        if isinstance(value, str):
            yield row, value
