"""References that name a row in another form of its number: a1 or A1 where the row is A-1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from wps_xl.forms.definitions import Form
from wps_xl.model import Table, Value
from wps_xl.model.text import visible
from wps_xl.rules.numbering import plain

FORM = "number-form"
Linked = tuple[str, int, str, tuple[str, str, str]]
"""Sheet, Excel row and column of a reference; what was typed, what is meant, and of which sheet."""


def linked(form: Form, tables: dict[str, Table]) -> Iterator[Linked]:
    """Lead references to the rows that are meant, in ``tables``; each that was led there."""
    for sheet in form.sheets.values():
        for code, target in sheet.refers.items():
            key = form.sheets[target].key
            if sheet.name not in tables or target not in tables:
                continue
            table, typed = tables[sheet.name], tables[target].columns[key]
            meant = _meant(typed, table.columns[code])
            if not meant:
                continue
            read = [meant.get(v, v) if isinstance(v, str) else v for v in table.columns[code]]
            tables[sheet.name] = replace(table, columns={**table.columns, code: read})
            for row, value in zip(table.numbers, table.columns[code], strict=True):
                if isinstance(value, str) and value in meant:
                    yield sheet.name, row, code, (visible(value), meant[value], target)


def _meant(typed: Sequence[Value], named: Sequence[Value]) -> dict[str, str]:
    """Each number that is named in another form than its own, with its own."""
    numbers = {value: None for value in typed if isinstance(value, str)}
    strange = {value for value in named if isinstance(value, str)} - numbers.keys()
    if not strange:
        return {}
    own = {plain(number): number for number in reversed(numbers)}
    return {value: own[plain(value)] for value in strange if plain(value) in own}
