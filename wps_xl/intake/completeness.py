"""What is not there although the form asks for it: questions, results, answers, anything at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from wps_xl.forms.definitions import Column, FormSheet
from wps_xl.intake.catalogue import Place, issue
from wps_xl.intake.cover import place, show
from wps_xl.intake.returns import Return
from wps_xl.intake.side_by_side import Gathering, Line, found_columns
from wps_xl.model import Issue
from wps_xl.model.text import visible

_YES = "yes"


def questions(here: Gathering) -> Iterator[Issue]:
    """Questions whose row is missing (errors) and questions without answer (warnings)."""
    for item, sheet in here.sheets():
        if sheet.prefilled != "questions" or not here.is_invited(item):
            continue
        answer = answer_column(sheet)
        if not found_columns(item, sheet.name, sheet.key, answer.code):
            continue
        asked = [line.text(sheet.key) for line in here.lines_of(item, sheet)]
        codes = here.codebook[sheet.columns[sheet.key].list_name]
        idle = {row: codes.find(str(value)) for row, value in item.idle[sheet.name].items()}
        asked += [code for code in idle.values() if code]
        missing = [code for code in codes if code not in asked]
        # A row whose question cannot be read, or stands twice, is told where it stands.
        rows = len(item.tables[sheet.name].numbers) + len(idle)
        if len(missing) > rows - len(set(filter(None, asked))):
            yield from (_missing(item, sheet, code, codes.label(code)) for code in missing)
        blank = [line for line in here.lines_of(item, sheet) if line[answer.code] is None]
        rowless = [(line.row, line.text(sheet.key)) for line in blank if not is_told(line, answer)]
        for row, code in [*rowless, *((row, code or "") for row, code in idle.items())]:
            yield issue("question-unanswered", item.place(sheet, row, answer.code), other=code)


def answer_column(sheet: FormSheet) -> Column:
    """The column in which a prepared question is answered."""
    return next(c for c in sheet.columns.values() if c.list_name and not c.prefilled)


def is_told(line: Line, column: Column) -> bool:
    """Whether a fault of this cell has been told already."""
    key = (line.owner.tables[line.sheet.name].sheet, line.row, column.code)
    return any(
        (found.sheet, found.row, found.column) == key and found.severity == "error"
        for found in line.owner.issues
    )


def _missing(item: Return, sheet: FormSheet, code: str, label: str) -> Issue:
    table = item.tables[sheet.name]
    cell = f"{table.letters[sheet.key]}{table.heading_row}"
    where = item.place(sheet, table.heading_row, sheet.key)
    where = Place(**{**where.__dict__, "cell": cell})
    return issue("question-missing", where, found=code, other=f"“{visible(label)}”")


def results(here: Gathering) -> Iterator[Issue]:
    """An error for each prepared result of the plan in force about which nothing is said."""
    for item, sheet in here.sheets():
        if sheet.prefilled != "results" or not here.is_invited(item) or _is_silent(here, item):
            continue
        first = sheet.one_of[0][0]
        other = "; ".join(sheet.columns[code].heading for (code, *_) in sheet.one_of)
        for row in item.idle[sheet.name] if found_columns(item, sheet.name, first) else ():
            yield issue("one-of-required", item.place(sheet, row, first), other=other)


def rows_named_nowhere(here: Gathering) -> Iterator[Issue]:
    """An error for each row that needs a row of another sheet, such as an initiative its result."""
    for item, sheet in here.sheets():
        for column in sheet.columns.values():
            rule = column.rule("named-in")
            target, _, key = rule.operand.partition(".") if rule else ("", "", "")
            if not rule or not found_columns(item, target, key):
                continue
            named = [str(value).casefold() for value in item.tables[target].columns[key] if value]
            own = {line.text(column.code).casefold(): line for line in here.lines_of(item, sheet)}
            alone = own.keys() - {"", *named}
            # References that lead nowhere are told where they stand.
            astray = len(item.tables[target].numbers) - sum(name in own for name in named)
            for name, line in own.items() if len(alone) > astray else ():
                if name in alone:
                    found = visible(line.text(column.code))
                    where = line.place(column.code)
                    yield issue("initiative-without-result", where, found=found, other=target)


def completed_early(here: Gathering) -> Iterator[Issue]:
    """A warning for each report on the review period that was completed before it ended."""
    end = dt.datetime.combine(here.cycle.review[1], dt.time())
    for item in here.returns:
        form = here.forms[item.form]
        reports = any(reports_on(sheet, "review") for sheet in form.sheets.values())
        day = item.cover.values.get("completed") if item.cover else None
        if reports and isinstance(day, dt.datetime) and day < end:
            column = form.cover.columns["completed"]
            where = place(item.book, item.cover, column, item.entity, item.form)
            yield issue("completed-early", where, found=show(day), expected=show(end))


def reports_on(sheet: FormSheet, period: str) -> bool:
    """Whether the rows of a sheet are about what was done in a period of the cycle."""
    rules = (column.rule("within") for column in sheet.columns.values())
    return any(rule is not None and rule.operand == period for rule in rules)


def tells_what_was_done(sheet: FormSheet) -> bool:
    """Whether a row of a sheet is told once and not in the next cycle again: work and cases."""
    rules = (column.rule("not-before") for column in sheet.columns.values())
    since = any(rule is not None and rule.operand == "practices_from" for rule in rules)
    return since or reports_on(sheet, "review")


def silence(here: Gathering) -> Iterator[Issue]:
    """A warning for each return of an invited entity that reports nothing."""
    for item in here.returns:
        if here.is_invited(item) and _is_silent(here, item):
            yield issue("nothing-reported", here.entity_place(item), found=item.entity)


def _is_silent(here: Gathering, item: Return) -> bool:
    sheets = here.forms[item.form].sheets
    if set(item.tables) != set(sheets):
        return False
    return all(_says_nothing(item, sheet) for sheet in sheets.values())


def _says_nothing(item: Return, sheet: FormSheet) -> bool:
    if not item.tables[sheet.name].letters:
        return False
    if sheet.prefilled != "questions":
        return not item.tables[sheet.name].numbers
    answer = answer_column(sheet).code
    return _YES not in item.tables[sheet.name].columns[answer]
