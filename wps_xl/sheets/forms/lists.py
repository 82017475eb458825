"""The hidden sheet Lists: what drop-downs offer and formats compare with, by defined names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.codebook import CodeList, Entry
from wps_xl.forms.definitions import Column, FormSheet
from wps_xl.model import column_letter
from wps_xl.office.excel.text import put
from wps_xl.rules import expressions as ex
from wps_xl.rules.expressions import Text
from wps_xl.rules.kinds.listed import labels_of, words_of
from wps_xl.rules.names import keys as keys_name
from wps_xl.rules.names import words as words_name
from wps_xl.sheets.forms import names as names
from wps_xl.sheets.forms.names import CODE_ROW, LISTS, Layout
from wps_xl.sheets.forms.request import Request
from wps_xl.sheets.styles import HEAD

INITIATIVE = "initiative_id"
_PLAN = "initiatives of the plan"
_FIRST = CODE_ROW - 1
_WIDTH = 30


def used_lists(request: Request) -> list[CodeList]:
    """The code lists of the columns of a form, in their order."""
    form = request.form
    columns = [column for sheet in form.sheets.values() for column in sheet.columns.values()]
    columns += [column for column in form.cover.columns.values() if not column.prefilled]
    used = (column.list_name or column.choices for column in columns)
    return [request.codebook[name] for name in dict.fromkeys(used) if name]


def parent_column(column: Column, sheet: FormSheet, codes: CodeList) -> Column | None:
    """The column whose value narrows the choice in a column of free text, if there is one.

    That is a column of the same sheet whose code is one of the list's own columns.
    """
    fields = next((entry.fields for entry in codes.entries.values()), {})
    others = (c for c in sheet.columns.values() if c.code in fields and c.list_name)
    return None if column.list_name else next(others, None)


def add_lists(book: Workbook, request: Request, layouts: Iterable[Layout]) -> None:
    """Write the sheet Lists and define the names that the other sheets use."""
    sheet = book.create_sheet(LISTS)
    writer = _Writer(book, sheet)
    for codes in used_lists(request):
        words = words_of(codes)
        writer.column(codes.name, words, {words_name(codes.name): len(words)})
        writer.define(names.labels(codes.name), len(labels_of(codes)))
    for layout in layouts:
        for name, block in _dependent(layout.sheet, request):
            writer.column(f"{name}: belongs to", block[0], {names.parents(name): len(block[0])})
            writer.column(name, block[1], {names.choices_below(name): 1})
        _define_rows(writer, layout)
    plan = request.prefill.initiatives
    if plan:
        writer.column(_PLAN, list(plan), {names.labels(_PLAN): len(plan)})
        writer.column(f"{_PLAN}: titles", list(plan.values()), {})
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True


def drop_down(
    column: Column, sheet: FormSheet, request: Request, place: Callable[[str], str]
) -> str:
    """What the drop-down of a column offers, as a formula; blank where it has none.

    ``place`` gives the cell of another column in the same row.
    """
    rule = column.rule("refers-to")
    if rule:
        target, _, key = rule.operand.partition(".")
        return names.key_choices(target, key)
    if column.code == INITIATIVE and request.prefill.initiatives:
        return "" if column.prefilled or column.rule("unique") else names.labels(_PLAN)
    name = column.list_name or column.choices
    if not name or column.prefilled:
        return ""
    parent = parent_column(column, sheet, request.codebook[name])
    if parent is None:
        return names.labels(name)
    above, cell = names.parents(name), ex.trimmed(place(parent.code))
    number = ex.total(ex.flag(ex.compared(Text(above), "=", cell)))
    # What is among the parents is none of MATCH's patterns; Excel has no room to make sure of it.
    below = f"OFFSET({names.choices_below(name)},MATCH({cell},{above},0)-1,0,{number},1)"
    return f"IF({ex.compared(number, '=', ex.ZERO)},{names.labels(name)},{below})"


class _Writer:
    """Puts one list beside the other and names them."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        self.book = book
        self.sheet = sheet
        self.width = 0

    def column(self, heading: str, words: Sequence[str], ranges: Mapping[str, int]) -> None:
        self.width += 1
        put(self.sheet.cell(_FIRST - 1, self.width), heading, HEAD)
        self.sheet.column_dimensions[column_letter(self.width)].width = _WIDTH
        for row, word in enumerate(words, start=_FIRST):
            put(self.sheet.cell(row, self.width), word)
        for name, length in ranges.items():
            self.define(name, length)

    def define(self, name: str, length: int) -> None:
        letter = column_letter(self.width)
        last = _FIRST + max(length, 1) - 1
        self.formula(name, f"{LISTS}!${letter}${_FIRST}:${letter}${last}")

    def formula(self, name: str, formula: str) -> None:
        self.book.defined_names[name] = DefinedName(name, attr_text=formula)


def _define_rows(writer: _Writer, layout: Layout) -> None:
    sheet = layout.sheet.name
    writer.formula(names.begun(sheet), layout.begun_everywhere())
    for column in layout.columns:
        if column.rule("unique") or column.rule("refers-to"):
            writer.formula(keys_name(sheet, column.code), layout.keys(column.code))
    if layout.sheet.key:
        writer.formula(names.prepared(sheet), layout.prepared_everywhere())
        heading, whole = layout.heading(layout.sheet.key), layout.whole(layout.sheet.key)
        filled = f"OFFSET({heading},1,0,MAX(1,COUNTA({whole})-1),1)"
        writer.formula(names.key_choices(sheet, layout.sheet.key), filled)


def _dependent(
    sheet: FormSheet, request: Request
) -> Iterator[tuple[str, tuple[list[str], list[str]]]]:
    """Lists narrowed by another column: name, and for each entry its parent and itself.

    Each entry stands twice, under the label and under the code of its parent: both are right.
    """
    for column in sheet.columns.values():
        codes = request.codebook[column.choices] if column.choices else None
        parent = parent_column(column, sheet, codes) if codes else None
        if codes is None or parent is None:
            continue
        above = request.codebook[parent.list_name]
        entries = _sorted(codes, parent.code, above)
        by_label = [above.label(entry[parent.code]) for entry in entries]
        by_code = [entry[parent.code] for entry in entries]
        labels = [entry.label for entry in entries]
        yield codes.name, (by_label + by_code, labels + labels)


def _sorted(codes: CodeList, field: str, above: CodeList) -> list[Entry]:
    order = {code: at for at, code in enumerate(above)}
    return sorted(codes.entries.values(), key=lambda entry: order.get(entry[field], len(order)))
