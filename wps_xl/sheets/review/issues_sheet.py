"""Sheet Issues: the summary on top, links into the returns, colours that also read in grey."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from openpyxl.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.intake.overlay import ASK, UNUSABLE, USE_VALUE
from wps_xl.nouns import counted
from wps_xl.office.excel.fitting import grow, height
from wps_xl.office.excel.package.blocks import LongBook
from wps_xl.office.excel.text import put
from wps_xl.records import File, RegisterLine
from wps_xl.review.answers import FOR_ALL, listed_keys
from wps_xl.review.issue_lines import IssueLine
from wps_xl.review.issues import ANSWERED
from wps_xl.review.layout import Field, SheetPlan
from wps_xl.review.workbook import Review
from wps_xl.sheets import styles
from wps_xl.sheets.review.table_sheet import FORMATS, VALIDATED_ROWS

HOW = (
    f"Answer on the right, from the list or by filling down. With “{FOR_ALL.strip()}” behind it an "
    "answer goes for every line of its kind. “Ask entity” puts a line into the correction copies."
)
WRAPPED = ("Heading", "Found", "Message", "Suggestion", "Value", "Reason")
SEVERE = ("error", "warning")
_NAMED = 3
_GREY = DifferentialStyle(font=Font(italic=True, color=styles.GREY))
_ASKED = DifferentialStyle(font=Font(bold=True, underline="single"))
_LINK = Font(name=styles.FACE, size=9, underline="single", color="FF1F4E9E")
# What may not stand in the address of a link; letters of any script may.
_UNSAFE = re.compile(r"[\x00-\x20\"#%<>?\[\]^`{|}\\]")
_MOST_LINKS = 60_000


def dress_issues(book: LongBook, plan: SheetPlan, review: Review) -> None:
    """Complete the sheet, whose headings and native table stand there already."""
    sheet = book[plan.name]
    lines = review.rows(IssueLine)
    put(sheet["A1"], plan.title, styles.TITLE)
    texts = (count_line(review), cause_line(review), HOW)
    for at, text in enumerate(texts, start=2):
        put(sheet.cell(at, 1), text or None, styles.HELP)
    columns = {heading: at for at, heading in enumerate(plan.headings, start=1)}
    # Cell by cell, not as a block: rows have heights here, and cells links.
    book.blocks.pop(plan.name, None)
    _write(book, sheet, plan, lines)
    _link(sheet, columns, lines, review)
    _offer(sheet, columns["Our answer"], plan, list(review.codebook["issue_answers"]))
    last = max([plan.header_row + 1, *(line.at for line in lines)])
    _colour(sheet, columns, plan, last)
    sheet.freeze_panes = f"A{plan.header_row + 1}"


def count_line(review: Review) -> str:
    """How many block, how many are to be checked, in how many returns."""
    lines = review.rows(IssueLine)
    counts = Counter(line.severity for line in lines)
    errors, warnings = (sum(line.is_for_office(grade) for line in lines) for grade in SEVERE)
    books = {line.book for line in lines if line.severity in SEVERE}
    asked = counts["error"] + counts["warning"] - errors - warnings
    put_to_them = f"{asked} put to the entities; " if asked else ""
    held = sum(line.held_back or 0 for line in review.rows(RegisterLine))
    return (
        f"{counted(errors, 'error')} to answer, {counted(int(held), 'row')} held back; "
        f"{counted(warnings, 'warning')} to check, in {counted(len(books), 'return')}; "
        f"{put_to_them}{counted(counts['note'], 'note')}, {counts[ANSWERED]} answered."
    )


def cause_line(review: Review) -> str:
    """The causes whose correction clears most errors; blank where there are none."""
    causes: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], str] = {}
    for line, keys in listed_keys(review):
        if line.is_for_office("error"):
            cause = (keys[0].code, line.heading or line.sheet or "the file")
            causes[cause] += 1
            place = " ".join(filter(None, (line.entity, line.sheet, line.cell)))
            first.setdefault(cause, place or line.book)
    if not causes:
        return ""
    most = causes.most_common(_NAMED)
    cleared = sum(number for _, number in most)
    named = "; ".join(f"{cause[1]}: {number} (first {first[cause]})" for cause, number in most)
    return f"What clears most, {cleared} of {counted(causes.total(), 'error')}: {named}."


def _write(book: LongBook, sheet: Worksheet, plan: SheetPlan, lines: Sequence[IssueLine]) -> None:
    """The rows of the table, each as high as its longest text."""
    looks = [_look(sheet, field) for field in plan.fields]
    for at, look in enumerate(looks, start=1):
        book.know(sheet, at, look.style_id)
    for row in lines:
        tallest = 0.0
        for at, (field, look) in enumerate(zip(plan.fields, looks, strict=True), start=1):
            cell = sheet.cell(row.at, at)
            # Far faster than setting a style: the array of one cell serves the whole column.
            cell._style = look._style  # type: ignore[attr-defined, union-attr]
            value = row.raw(field.column)
            put(cell, value)
            if field.heading in WRAPPED:
                tallest = max(tallest, height(str(value or ""), field.width, 9))
        grow(sheet, row.at, tallest + 3)


def _look(sheet: Worksheet, field: Field) -> Cell:
    """The formats of one column: long texts break, links look like links."""
    probe = Cell(sheet, row=1, column=1)
    probe.font = _LINK if field.heading == "Cell" else Font(name=styles.FACE, size=9)
    wraps = field.heading in WRAPPED
    probe.alignment = Alignment(vertical="top", horizontal="left", wrap_text=wraps)
    probe.border = Border(bottom=Side(style="hair", color=styles.LINE))
    probe.number_format = FORMATS.get(field.type, "General")
    return probe


def _link(
    sheet: Worksheet,
    columns: Mapping[str, int],
    lines: Sequence[IssueLine],
    review: Review,
) -> None:
    """Links that open the return at the cell; at the file where the issue has no cell."""
    paths = {file.book: file.path for file in review.rows(File)}
    for row in lines[:_MOST_LINKS]:
        path = paths.get(row.book)
        if path is not None:
            name = row.sheet.replace("'", "''")
            location = f"'{name}'!{row.cell}" if row.cell else None
            cell = sheet.cell(row.at, columns["Cell" if row.cell else "Book"])
            cell.hyperlink = Hyperlink(ref=cell.coordinate, target=web(path), location=location)


def web(path: str) -> str:
    """A path as the address of a link."""
    safe = _UNSAFE.sub(lambda match: quote(match[0]), path)
    if path.startswith("/") or re.match(r"[A-Za-z]:/", path):
        return f"file:///{safe.lstrip('/')}"
    return safe


def _offer(sheet: Worksheet, at: int, plan: SheetPlan, answers: list[str]) -> None:
    """The answers as a list, each but a value also for all lines of its kind."""
    letter, first = get_column_letter(at), plan.header_row + 1
    ref = f"{letter}{first}:{letter}{first + VALIDATED_ROWS}"
    offers = sheet.data_validations.dataValidation
    sheet.data_validations.dataValidation = [rule for rule in offers if str(rule.sqref) != ref]
    every = [f"{answer}{FOR_ALL}" for answer in answers if answer != USE_VALUE]
    offer = DataValidation(
        type="list",
        formula1=f'"{",".join([*answers, *every])}"',
        allow_blank=True,
        promptTitle="Our answer",
        prompt=(
            "What the office decides. “For all” answers every line of the same kind: same sheet, "
            "same heading, same fault. For use value, type the value beside."
        ),
        showErrorMessage=False,
    )
    offer.add(ref)
    sheet.add_data_validation(offer)


def _colour(sheet: Worksheet, columns: Mapping[str, int], plan: SheetPlan, last: int) -> None:
    """Conditional formats, so that an answer greys its line as soon as it is typed."""
    first = plan.header_row + 1
    names = ("Severity", "Our answer", "Message")
    severity, answer, message = (get_column_letter(columns[name]) for name in names)
    right = get_column_letter(len(plan.fields))
    asked = f'LEFT(${answer}{first},{len(ASK)})="{ASK}"'
    refused = f'ISNUMBER(SEARCH("{UNUSABLE}",${message}{first}))'
    answered = f'AND(${answer}{first}<>"",NOT({asked}),NOT({refused}))'
    _when(sheet, f"A{first}:{right}{last}", answered, _GREY, stops=True)
    _when(sheet, f"{answer}{first}:{answer}{last}", asked, _ASKED)
    for name in ("error", "warning"):
        ref = f"{severity}{first}:{severity}{last}"
        _when(sheet, ref, f'${severity}{first}="{name}"', styles.MARKS[name])


def _when(
    sheet: Worksheet, ref: str, formula: str, look: DifferentialStyle, stops: bool = False
) -> None:
    rule = Rule(type="expression", dxf=look, formula=[formula], stopIfTrue=stops or None)
    sheet.conditional_formatting.add(ref, rule)
