"""The sheet Check as it looks: one verdict on top, then the counts of each sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from openpyxl.formatting.rule import Rule
from openpyxl.utils import quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.forms.words import words
from wps_xl.office.excel.fitting import fit_row
from wps_xl.office.excel.text import put
from wps_xl.rules.expressions import quoted
from wps_xl.sheets.forms.check import CheckLine, Part
from wps_xl.sheets.forms.names import CHECK
from wps_xl.sheets.forms.request import Request
from wps_xl.sheets.page import lay_out_page
from wps_xl.sheets.styles import (
    BODY,
    DONE,
    HEAD,
    HEAD_COUNT,
    HELP,
    LINK,
    MARKS,
    SECTION,
    TITLE,
    TOTAL,
    VERDICT,
)

_VERDICT_ROW, _LOOK_ROW, _HEADING_ROW, _FIRST_ROW = 4, 5, 7, 8
_WIDTHS = {"A": 16, "B": 78, "C": 9, "D": 13, "E": 13}
_COLUMNS = {"rows": "C", "error": "D", "warning": "E"}


def add_check(book: Workbook, request: Request, parts: Sequence[Part]) -> Mapping[str, str | int]:
    """Write the sheet Check; return what its formulas give for the form as it stands."""
    sheet = book.create_sheet(CHECK)
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    text = words("check")
    put(sheet["A1"], text["title"], TITLE)
    sheet.row_dimensions[1].height = 24
    put(sheet["A2"], text["help"], HELP)
    for letter, key in zip(_WIDTHS, ("sheet", "what", "rows", "errors", "warnings"), strict=True):
        put(sheet[f"{letter}{_HEADING_ROW}"], text[key], HEAD if letter in "AB" else HEAD_COUNT)
    results = {**dict(_counts(sheet, parts)), **_verdict(sheet, parts)}
    _marks(sheet)
    sheet.freeze_panes = f"A{_FIRST_ROW}"
    sheet.sheet_view.showGridLines = False
    sheet.protection.sheet = True
    lay_out_page(sheet, request, pages_high=1)
    return results


def _counts(sheet: Worksheet, parts: Sequence[Part]) -> Iterator[tuple[str, int]]:
    below = _FIRST_ROW
    for part in parts:
        yield from _part_head(sheet, below, part)
        for row, line in enumerate(part.lines, start=below + 1):
            put(sheet.cell(row, 1), None, BODY)
            put(sheet.cell(row, 2), line.text, BODY)
            fit_row(sheet, row, more=4)
            for letter in "CDE":
                sheet[f"{letter}{row}"].style = DONE
            yield _formula(sheet, f"{_COLUMNS[line.severity]}{row}", line.formula, line.result)
        below += 1 + len(part.lines)


def _part_head(sheet: Worksheet, row: int, part: Part) -> Iterator[tuple[str, int]]:
    put(sheet.cell(row, 1), part.sheet, LINK)
    target = f"{quote_sheetname(part.sheet)}!A1"
    sheet.cell(row, 1).hyperlink = Hyperlink(ref=f"A{row}", location=target, display=part.sheet)
    sheet.cell(row, 1).style = LINK
    put(sheet.cell(row, 2), part.title, SECTION)
    for letter in "CDE":
        sheet[f"{letter}{row}"].style = TOTAL
    sheet.row_dimensions[row].height = 18
    if part.begun:
        yield _formula(sheet, f"{_COLUMNS['rows']}{row}", part.begun.formula, part.begun.result)


def _formula(sheet: Worksheet, cell: str, formula: str, result: int) -> tuple[str, int]:
    sheet[cell].value = f"={formula}"
    return cell, result


def _verdict(sheet: Worksheet, parts: Sequence[Part]) -> Mapping[str, str | int]:
    text = words("check")
    errors, warnings = (_total(parts, severity) for severity in ("error", "warning"))
    last = sheet.max_row
    open_, look = (
        f"SUM({c}{_FIRST_ROW}:{c}{last})" for c in (_COLUMNS["error"], _COLUMNS["warning"])
    )
    things = f"IF({open_}=1,{quoted(text['thing'])},{quoted(text['things'])})"
    verdict = f"A{_VERDICT_ROW}"
    for letter in _WIDTHS:
        sheet[f"{letter}{_VERDICT_ROW}"].style = VERDICT
    sheet.row_dimensions[_VERDICT_ROW].height = 34
    sheet[
        verdict
    ].value = f"=IF({open_}=0,{quoted(text['ready'])},{quoted(text['not_ready'])}&{open_}&{things})"
    sheet[f"A{_LOOK_ROW}"].style = HELP
    sheet[f"A{_LOOK_ROW}"].value = f'=IF({look}=0,"",{look}&{quoted(text["look"])})'
    return {
        verdict: _said(errors),
        f"A{_LOOK_ROW}": f"{warnings}{text['look']}" if warnings else "",
    }


def _total(parts: Sequence[Part], severity: str) -> int:
    lines: Iterator[CheckLine] = (line for part in parts for line in part.lines)
    return sum(line.result for line in lines if line.severity == severity)


def _said(errors: int) -> str:
    text = words("check")
    if not errors:
        return text["ready"]
    return f"{text['not_ready']}{errors}{text['thing' if errors == 1 else 'things']}"


def _marks(sheet: Worksheet) -> None:
    total = f"SUM($D${_FIRST_ROW}:$D${sheet.max_row})"
    across = f"A{_VERDICT_ROW}:E{_VERDICT_ROW}"
    counts = f"{_FIRST_ROW}:{{}}{sheet.max_row}"
    for cells, mark, formula in (
        (across, "ready", f"{total}=0"),
        (across, "not ready", f"{total}>0"),
        (f"D{counts.format('D')}", "missing", f"N($D{_FIRST_ROW})>0"),
        (f"D{counts.format('D')}", "error", f"ISTEXT($D{_FIRST_ROW})"),
        (f"E{counts.format('E')}", "warning", f"N($E{_FIRST_ROW})>0"),
    ):
        rule = Rule(type="expression", dxf=MARKS[mark], formula=[formula])
        sheet.conditional_formatting.add(cells, rule)
