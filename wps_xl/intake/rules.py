"""Rules that reach beyond one sheet: references between sheets, and rows that hang on held ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from wps_xl.codebook import Codebook
from wps_xl.forms.definitions import Column, Form, FormSheet
from wps_xl.intake import across, completeness, filled_in, hints, jointly, naming_rows, sums, twice
from wps_xl.intake.returns import Return
from wps_xl.intake.side_by_side import Gathering
from wps_xl.model import Issue, Table

HELD_WITH = "refers-to-held-back"
Held = Mapping[tuple[str, int], str]
"""Sheet and Excel row of each row that is held back, to the code of the issue that holds it."""

# What is asked of rows and returns beyond the rules of their own columns.
BEYOND: Sequence[Callable[[Gathering], Iterator[Issue]]] = (
    hints.unknown_symbols,
    naming_rows.unknown_evidence,
    hints.unknown_initiatives,
    filled_in.changed_questions,
    filled_in.results_of_the_plan,
    completeness.questions,
    completeness.results,
    completeness.rows_named_nowhere,
    completeness.silence,
    completeness.completed_early,
    twice.said_twice,
    twice.of_last_cycle,
    jointly.joint_rows,
    across.silent_partners,
    across.differing_partners,
    across.figures_twice,
    sums.sums,
    across.opening_questions,
    across.same_answers,
    across.bodies,
)

Numbers = dict[str, tuple[str, int]]
"""Number as typed and Excel row of each row of a sheet, by the number in lower case."""


def beyond(here: Gathering) -> list[Issue]:
    """The issues of all rules that compare rows, sheets and returns."""
    return [found for rule in BEYOND for found in rule(here)]


def switched_off(codebook: Codebook) -> list[str]:
    """The checks that the office has switched off in the list ``checks``."""
    entries = codebook["checks"].entries.values()
    return [f"{entry.label}, switched off" for entry in entries if entry["run"] == "no"]


def unexplained(item: Return, form: Form) -> Iterator[tuple[str, str]]:
    """Sheet and column of the references that can be held against the rows of another sheet."""
    for sheet, column, target, key in _links(item, form):
        numbers = _numbers(item.tables[target.name], key)
        pairs = list(_pairs(item.tables[sheet.name], column.code))
        if not _explained(item.tables[target.name], key, numbers, pairs):
            yield sheet.name, column.code


def _explained(table: Table, key: str, numbers: Numbers, pairs: Sequence[tuple[int, str]]) -> bool:
    """Whether rows without a readable number of their own explain every unknown reference.

    A number that shows an error, lies under merged cells or stands twice is told where it stands.
    """
    holes = len(table.numbers) - len(numbers)
    unknown = {value.casefold() for _, value in pairs} - set(numbers)
    return bool(unknown) and len(unknown) <= holes


def not_run(item: Return, form: Form) -> Iterator[str]:
    """The checks that could not run, since a sheet or a column that they need is missing."""
    for sheet in form.sheets.values():
        table = item.tables.get(sheet.name)
        if table is None:
            yield f"{item.book}: sheet {sheet.name}, which is missing"
            continue
        for column in sheet.columns.values():
            rule = column.rule("refers-to")
            target, _, key = rule.operand.partition(".") if rule else ("", "", "")
            if table.letters and column.code not in table.letters:
                yield f"{item.book}: {column.heading} of {sheet.name}, which is missing"
            elif rule and (target not in item.tables or key not in item.tables[target].letters):
                yield f"{item.book}: {column.heading} of {sheet.name} against {target}"


def on_held_rows(item: Return, form: Form, held: Held) -> Iterator[tuple[str, int, str, int]]:
    """Sheet and row that refer to a row which is held back itself, and that one."""
    for sheet, column, target, key in _links(item, form):
        numbers = _numbers(item.tables[target.name], key)
        pairs = list(_pairs(item.tables[sheet.name], column.code))
        explained = _explained(item.tables[target.name], key, numbers, pairs)
        for row, value in pairs:
            named = numbers.get(value.casefold())
            if named is None and explained:
                yield sheet.name, row, target.name, 0
            elif named is not None and (target.name, named[1]) in held:
                yield sheet.name, row, target.name, named[1]


def _links(item: Return, form: Form) -> Iterator[tuple[FormSheet, Column, FormSheet, str]]:
    for sheet in form.sheets.values():
        for column in sheet.columns.values():
            rule = column.rule("refers-to")
            if rule is None:
                continue
            target, _, key = rule.operand.partition(".")
            if sheet.name in item.tables and key in _letters(item, target):
                yield sheet, column, form.sheets[target], key


def _letters(item: Return, sheet: str) -> Mapping[str, str]:
    return item.tables[sheet].letters if sheet in item.tables else {}


def _numbers(table: Table, key: str) -> Numbers:
    """Row number as typed and Excel row, by the number in lower case."""
    pairs = list(_pairs(table, key))
    return {value.casefold(): (value, row) for row, value in reversed(pairs)}


def _pairs(table: Table, code: str) -> Iterator[tuple[int, str]]:
    for row, value in zip(table.numbers, table.columns[code], strict=True):
        if isinstance(value, str):
            yield row, value
