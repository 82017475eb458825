"""The sheet Check: plain formulas that count what is still to be done before the form is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from wps_xl.forms.definitions import FormSheet
from wps_xl.forms.instructions import about
from wps_xl.forms.words import words
from wps_xl.intake.catalogue import catalogue
from wps_xl.rules import expressions as ex
from wps_xl.rules.conditions import Rows, Values, absent, is_blank, spelled
from wps_xl.rules.expressions import Number
from wps_xl.sheets.forms import names as names
from wps_xl.sheets.forms.cover import cover_faults, cover_row, place
from wps_xl.sheets.forms.faults import Fault, faults
from wps_xl.sheets.forms.names import Layout
from wps_xl.sheets.forms.request import Request

# Rows that need a row elsewhere: each initiative states at least one result (S/2007/567, para. 45).
_NEEDED_ROWS = {"Initiatives.initiative_id": "Results.initiative_id"}


@dataclass(frozen=True)
class CheckLine:
    """One count: what is looked at, its formula, the result now, and whether it stops the form."""

    text: str
    formula: str
    result: int
    severity: str = "error"


@dataclass(frozen=True)
class Part:
    """The counts of one sheet; ``begun`` counts the rows in which something stands."""

    sheet: str
    title: str
    lines: Sequence[CheckLine]
    begun: CheckLine | None = None


def parts(request: Request, layouts: Sequence[Layout], rows: Rows) -> list[Part]:
    """What Check counts, sheet by sheet, with the results for the rows as they stand."""
    counted = [_data(request, layout, rows) for layout in layouts]
    needed = {part.sheet: list(_needed_rows(part.sheet, layouts, rows)) for part in counted}
    return [
        _cover(request),
        *(replace(part, lines=[*part.lines, *needed[part.sheet]]) for part in counted),
    ]


def _cover(request: Request) -> Part:
    cover = request.form.cover
    row = cover_row(request)

    def here(code: str) -> str:
        return f"{cover.name}!{place(request, code)}"

    lines = []
    for group in _grouped(cover_faults(request)):
        formulas = [spelled(fault.condition.formula, here, here) for fault in group]
        counts = [ex.total(formula) for formula in formulas]
        result = sum(fault.condition.holds(row, Rows({})) for fault in group)
        lines.append(_line(group, cover, counts, result))
    return Part(cover.name, words("check")["cover"], lines)


def _data(request: Request, layout: Layout, rows: Rows) -> Part:
    sheet = layout.sheet
    begun = [row for row in rows.sheets[sheet.name] if is_begun(sheet, row)]
    found = faults(sheet, request.codebook, request.cycle)
    lines = [_counted(group, layout, rows, begun) for group in _grouped(found)]
    lines.append(_errors(layout))
    number = ex.total(names.begun(sheet.name))
    if _must_be_filled(request, sheet):
        none = ex.flag(ex.compared(number, "=", ex.ZERO))
        lines.insert(0, CheckLine(words("check")["empty"], none, int(not begun)))
    counts = words("check")["answered" if sheet.prefilled else "begun"]
    title = counts.format(title=about(sheet.title, request.cycle))
    return Part(sheet.name, title, lines, CheckLine(title, number, len(begun)))


def is_begun(sheet: FormSheet, row: Values) -> bool:
    """Whether something stands in a column that the entity fills in."""
    return any(row.get(code) not in (None, "") for code in sheet.signs_of_life)


def _grouped(found: Iterable[Fault]) -> list[list[Fault]]:
    """A line for each column that is still blank, and for each other fault whatever its column."""
    groups: dict[tuple[str, ...], list[Fault]] = {}
    for fault in found:
        key = (fault.code, *fault.columns) if fault.is_missing else (fault.code,)
        groups.setdefault(key, []).append(fault)
    order = ("missing", "error", "warning")
    return sorted(groups.values(), key=lambda group: order.index(group[0].mark))


def _counted(
    group: Sequence[Fault], layout: Layout, rows: Rows, begun: Sequence[Values]
) -> CheckLine:
    sheet = layout.sheet
    prepared = [row for row in rows.sheets[sheet.name] if not is_blank(row.get(sheet.key))]
    counts, result = [], 0
    for fault in group:
        scope = names.prepared(sheet.name) if fault.prepared else names.begun(sheet.name)
        condition = spelled(fault.condition.of_rows, layout.whole, layout.whole)
        counts.append(ex.total(ex.every(scope, condition)))
        looked_at = prepared if fault.prepared else begun
        result += sum(fault.condition.holds(row, rows) for row in looked_at)
    return _line(group, sheet, counts, result)


def _line(
    group: Sequence[Fault], sheet: FormSheet, counts: Sequence[Number], result: int
) -> CheckLine:
    code = group[0].code
    columns = (sheet.columns[fault.columns[0]].heading for fault in group)
    ways = (" + ".join(sheet.columns[c].heading for c in one) for one in sheet.one_of)
    headings = "; ".join(ways if code == "one-of-required" else columns)
    # A question mark while a cell shows an Excel error: such cells have a line of their own.
    formula = f'IFERROR({ex.plus(*counts)},"?")'
    said = words("faults").get(code) or catalogue()[code].counted
    text = said.format(headings=headings)
    return CheckLine(text, formula, result, group[0].severity)


def _needed_rows(sheet: str, layouts: Sequence[Layout], rows: Rows) -> Iterator[CheckLine]:
    """Rows that need a row in another sheet and have none there."""
    by_name = {layout.sheet.name: layout for layout in layouts}
    for owner, needed in _NEEDED_ROWS.items():
        (own, code), (other, key) = owner.split("."), needed.split(".")
        if own != sheet or other not in by_name:
            continue
        alone = absent(code, other, key)
        test = spelled(alone.of_rows, by_name[own].whole, by_name[own].whole)
        missing = [row for row in rows.sheets[own] if alone.holds(row, rows)]
        text = words("check")["without"].format(other=other)
        formula = f'IFERROR({ex.total(ex.every(names.begun(own), test))},"?")'
        yield CheckLine(text, formula, len(missing))


def _errors(layout: Layout) -> CheckLine:
    first, last = (layout.whole(layout.columns[at].code) for at in (0, -1))
    block = f"{first.split(':')[0]}:{last.split(':')[1]}"
    return CheckLine(words("check")["error_cells"], ex.total(ex.flag(ex.is_error(block))), 0)


def _must_be_filled(request: Request, sheet: FormSheet) -> bool:
    """Whether a form without a row here says nothing: it has no questions to answer instead."""
    asks = any(other.prefilled == "questions" for other in request.form.sheets.values())
    return not asks and sheet.name == next(iter(request.form.sheets))
