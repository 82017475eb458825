"""Forms as entities leave them: blank, complete, and half-filled with what people mistype."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

from faults import valid
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from sheets.form_examples import ENTITY, blank

from wps_xl.rules.conditions import Rows, Values, is_blank
from wps_xl.sheets.forms.check import CheckLine, Part, is_begun, parts
from wps_xl.sheets.forms.cover import cover_faults, place
from wps_xl.sheets.forms.faults import Fault, faults
from wps_xl.sheets.forms.names import FIRST_ROW, Layout, lay_out
from wps_xl.sheets.forms.request import Request, sheet_rows
from wps_xl.sheets.forms.writer import form_bytes

COMPLETE = {
    "progress": valid.progress_rows(3),
    "plan": valid.plan_rows(2),
    "practices": valid.practice_rows(2),
}
# Staff's words may hold what MATCH takes for signs.
_QUESTION = next(entry.label for entry in valid.CODEBOOK["questions"].entries.values())
# What stands in every column of a row: what a program may take for a pattern, a number, a blank.
ODD: Sequence[object] = (
    *(" ", 0, "0", 5, "5", 0.5, -5, "<5", ">=1", "A*", "a*", "?*", "1.1", "1.10", " A-1", "a-1 "),
    *(
        _QUESTION,
        "~",
        "yes",
        "y|yes",
        "x" * 120 + "1",
        "x" * 120 + "2",
        "x" * 700,
        dt.datetime(2030, 5, 1),
    ),
)
ADDRESSES: Sequence[str] = (
    *(
        "a@b.c",
        "a@b",
        "a b@c.d",
        "a@@b.c",
        "a@b.",
        "@b.c",
        "a@b..c",
        "a@.c",
        "a@b.c\N{NO-BREAK SPACE}",
    ),
)


@dataclass(frozen=True)
class Mark:
    """A conditional format: its formula, the fault it stands for, and the row it is asked in."""

    sheet: str
    row: int
    formula: str
    fault: Fault
    expected: bool


@dataclass(frozen=True)
class State:
    """A form, the rows that were typed into it below its own, and all rows as Python sees them."""

    request: Request
    typed: Mapping[str, Sequence[Values]]

    @cached_property
    def rows(self) -> Rows:
        sheets = self.request.form.sheets.values()
        return Rows({s.name: [*sheet_rows(self.request, s), *self._below(s.name)] for s in sheets})

    def _below(self, sheet: str) -> Sequence[Values]:
        return self.typed.get(sheet, ())

    @cached_property
    def layouts(self) -> Sequence[Layout]:
        sheets = self.request.form.sheets.values()
        return [lay_out(s, len(sheet_rows(self.request, s))) for s in sheets]

    @cached_property
    def book(self) -> Workbook:
        book = load_workbook(BytesIO(form_bytes(self.request)))
        for layout in self.layouts:
            name = layout.sheet.name
            first = FIRST_ROW + len(self.rows.sheets[name]) - len(self._below(name))
            for at, row in enumerate(self._below(name), start=first):
                for code, value in row.items():
                    cell = book[name][f"{layout.letters[code]}{at}"]
                    cell.value = value
                    if isinstance(value, str):
                        cell.data_type = "s"
        return book

    @property
    def check(self) -> Iterator[tuple[int, CheckLine | None]]:
        """The lines of Check by their rows, as Python counts them; None for a heading alone."""
        counted: Sequence[Part] = parts(self.request, self.layouts, self.rows)
        lines = [line for part in counted for line in (part.begun, *part.lines)]
        return iter(enumerate(lines, start=8))

    def marks(self) -> Iterator[Mark]:
        """Every conditional format of the data sheets, in each row and in a blank one below."""
        request = self.request
        for layout in self.layouts:
            sheet = layout.sheet
            found = faults(sheet, request.codebook, request.cycle)
            texts = formats(self.book, sheet.name)
            for at, row in enumerate([*self.rows.sheets[sheet.name], {}], start=FIRST_ROW):
                for fault, text in zip(found, texts, strict=True):
                    expected = fault.condition.holds(row, self.rows) and _looked_at(
                        fault, layout, row
                    )
                    yield Mark(sheet.name, at, text, fault, expected)

    def cover_marks(self, line: Values) -> Iterator[Mark]:
        """Every conditional format of the Cover, for values that stand on it."""
        found = cover_faults(self.request)
        cover = self.request.form.cover.name
        for fault, text in zip(found, formats(self.book, cover), strict=True):
            yield Mark(cover, 0, text, fault, fault.condition.holds(line, Rows({})))

    def fill_cover(self, value: object) -> Values:
        """Put one value into every line of the Cover that the entity fills in."""
        columns = self.request.form.cover.columns.values()
        line = {column.code: value for column in columns if not column.prefilled}
        for code in line:
            cell = self.book[self.request.form.cover.name][place(self.request, code)]
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
        return line


def _looked_at(fault: Fault, layout: Layout, row: Values) -> bool:
    if not fault.is_missing:
        return True
    numbered = not is_blank(row.get(layout.sheet.key))
    return numbered if fault.prepared else is_begun(layout.sheet, row)


def formats(book: Workbook, sheet: str) -> list[str]:
    """The formulas of a sheet's conditional formats, in their order."""
    rules = [rule for cells in book[sheet].conditional_formatting for rule in cells.rules]
    return [str(rule.formula[0]) for rule in sorted(rules, key=lambda rule: rule.priority)]


def complete(form: str) -> State:
    """A form in which nothing is left to do."""
    return State(valid.request(form, ENTITY, COMPLETE[form]), {})


def untouched(form: str) -> State:
    """A form as it is sent out."""
    return State(blank(form), {})


def faulty(form: str) -> State:
    """A form with rows below those prepared of which every other cell is filled, and with rows of
    odd values."""
    rows, sheets = COMPLETE[form], blank(form).form.sheets.values()
    odd = {s.name: [dict.fromkeys(s.columns, value) for value in ODD] for s in sheets}
    halves = {sheet: _halves(rows[sheet][0]) for sheet in rows}
    return State(blank(form), {name: [*halves.get(name, ()), *odd[name]] for name in odd})


def _halves(row: Values) -> list[Values]:
    cells = list(row.items())
    return [dict(cells[::2]), dict(cells[1::2])]
