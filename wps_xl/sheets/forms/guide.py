"""The Guide of a form: a text that staff edit, and what the definitions say of every column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from wps_xl import assets
from wps_xl.codebook import CodeList, Entry
from wps_xl.errors import CodebookError
from wps_xl.forms.words import words
from wps_xl.office.excel.fitting import fit_row
from wps_xl.office.excel.text import pieces, put
from wps_xl.sheets.forms.cover import due
from wps_xl.sheets.forms.lists import used_lists
from wps_xl.sheets.forms.names import GUIDE
from wps_xl.sheets.forms.request import Request
from wps_xl.sheets.page import lay_out_page
from wps_xl.sheets.styles import (
    BODY,
    HEAD,
    HEAD_EXTRA,
    HEAD_REQUIRED,
    LABEL,
    MARKED,
    PLAIN,
    SECTION,
    TITLE,
    cell_style,
)

_LETTERS, _WIDTHS = "ABC", (30, 92, 9)
_HEIGHTS = {TITLE: 28.0, SECTION: 20.0}
_LIST = re.compile(r"\{list (\w+)\}")
_LONG_LIST = 40
# What the column of instructions holds in a row of Excel's greatest height.
_MOST = 1500


@dataclass(frozen=True)
class GuideRow:
    """One row of the Guide: the texts of its columns, each with a style; a single one spans all."""

    texts: tuple[str, ...]
    style: str
    first_style: str = ""


def add_guide(book: Workbook, request: Request) -> None:
    """Write the Guide from ``templates/guide_<form>.txt``.

    Raises
    ------
    CodebookError
        Where the text has a slot that the writer does not know; it names file and line.
    """
    sheet = book.create_sheet(GUIDE)
    for letter, width in zip(_LETTERS, _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    shown = (part for line in _lines(request) for part in _parted(line))
    for row, line in enumerate(shown, start=1):
        _write(sheet, row, line)
    sheet.protection.sheet = True
    sheet.sheet_view.showGridLines = False
    lay_out_page(sheet, request)


def _parted(line: GuideRow) -> Iterator[GuideRow]:
    """The line, as several where Excel has no row high enough for it."""
    columns = (pieces(text, _MOST) for text in line.texts)
    for texts in zip_longest(*columns, fillvalue=""):
        yield replace(line, texts=texts)


def _write(sheet: Worksheet, row: int, line: GuideRow) -> None:
    for letter in _LETTERS:
        sheet[f"{letter}{row}"].style = line.style
    for letter, text in zip(_LETTERS, line.texts, strict=False):
        put(sheet[f"{letter}{row}"], text or None)
    if line.first_style:
        sheet[f"A{row}"].style = line.first_style
    if len(line.texts) == 1:
        # Not merge_cells(), which takes its time to draw borders that are not there.
        sheet.merged_cells.add(f"A{row}:{_LETTERS[-1]}{row}")
    spans = {1: len(_LETTERS)} if len(line.texts) == 1 else {}
    fit_row(sheet, row, least=_HEIGHTS.get(line.style, 17.0), more=4, spans=spans)


def _lines(request: Request) -> Iterator[GuideRow]:
    """The rows of the Guide; a heading without anything under it is left out."""
    heading: GuideRow | None = None
    for line in _all_lines(request):
        if line.style == SECTION:
            heading = line
            continue
        if heading and any(line.texts):
            yield heading
            heading = None
        if heading is None:
            yield line


def _all_lines(request: Request) -> Iterator[GuideRow]:
    name = f"templates/guide_{request.form.code}.txt"
    slots = _slots(request)
    text = assets.path(name).read_text(encoding="utf-8-sig")
    title = TITLE
    for number, line in enumerate(map(str.strip, text.splitlines()), start=1):
        wanted = _LIST.fullmatch(line)
        try:
            if line in _PARTS:
                yield from _PARTS[line](request)
            elif wanted:
                yield from _codes(request.codebook[wanted[1]])
            elif line.startswith("# "):
                yield GuideRow((line[2:].format_map(slots),), title)
                title = SECTION
            else:
                yield GuideRow((line.format_map(slots),), PLAIN)
        except (KeyError, ValueError, IndexError) as fault:
            known = ", ".join(f"{{{slot}}}" for slot in (*slots, *(p[1:-1] for p in _PARTS)))
            raise CodebookError(
                f"{name}, line {number}: {fault} is not a slot that can be filled in. "
                f"There are: {known}."
            ) from fault


def _slots(request: Request) -> Mapping[str, str]:
    cycle, text = request.cycle, words("guide")
    days = {
        "review_from": cycle.review[0],
        "review_to": cycle.review[1],
        "plan_from": cycle.plan_period[0],
        "plan_to": cycle.plan_period[1],
        "practices_from": cycle.practices_from,
    }
    return {
        "form": request.form.label,
        "cycle": cycle.name,
        "entity": request.entity_name,
        "due": due(request),
        "contact": request.contact or text["contact_unknown"],
        "plan": cycle.plan,
        "focal_point": request.form.cover.columns["focal_point"].heading,
        **{code: f"{day.day} {day:%B %Y}" for code, day in days.items()},
    }


def _columns(request: Request) -> Iterator[GuideRow]:
    """Every column of the form: heading, instruction, the paragraph that asks for it."""
    text = words("guide")
    yield GuideRow(tuple(text[key] for key in ("heading", "instruction", "para")), LABEL)
    for sheet in request.form.sheets.values():
        about = request.schemas[sheet.name]
        yield GuideRow((sheet.name, about.description or "", ""), LABEL)
        for column in about.columns.values():
            said = column.description or text["free"]
            yield GuideRow((str(column.title), said, column.metadata["para"]), BODY)


def _all_codes(request: Request) -> Iterator[GuideRow]:
    """The codes of every list that the form uses, but for those it has prepared."""
    sheets = request.form.sheets.values()
    columns = [c for sheet in sheets for c in sheet.columns.values()]
    prepared = {c.choices for c in columns if c.prefilled}
    asked = {c.list_name or c.choices for c in columns if not c.prefilled}
    for codes in used_lists(request):
        if codes.name in asked or codes.name not in prepared:
            headings = (c.heading for c in columns if codes.name in (c.list_name, c.choices))
            yield from _codes(codes, next(headings, ""))


def _codes(codes: CodeList, heading: str = "") -> Iterator[GuideRow]:
    """The codes of one list, a long one by the first letter of its names."""
    heading = heading or codes.name.replace("_", " ").capitalize()
    entries = list(codes.entries.values())
    if len(entries) <= _LONG_LIST:
        yield GuideRow((heading, _named(entries), ""), BODY)
        return
    entries.sort(key=lambda entry: (_initial(entry), entry.label))
    for initial, group in groupby(entries, key=_initial):
        yield GuideRow((f"{heading}, {initial}", _named(group), ""), BODY)


def _named(entries: Iterable[Entry]) -> str:
    """Code and label of each, or the label alone where it says the same."""
    return "; ".join(
        entry.label
        if entry.code.casefold() == entry.label.casefold()
        else f"{entry.code} – {entry.label}"
        for entry in entries
    )


def _initial(entry: Entry) -> str:
    return unicodedata.normalize("NFD", entry.label)[:1].upper()


def _initiatives(request: Request) -> Iterator[GuideRow]:
    for number, title in request.prefill.initiatives.items():
        yield GuideRow((number, title, ""), BODY)


def _legend(request: Request) -> Iterator[GuideRow]:
    looks = {
        "required": HEAD_REQUIRED,
        "optional": HEAD,
        "extra": HEAD_EXTRA,
        "prefilled": cell_style("text", prefilled=True),
        **MARKED,
    }
    for key, style in looks.items():
        about = words("legend")
        yield GuideRow((about[f"{key}_sample"], about[key]), PLAIN, style)


# Lines of a guide that stand for a whole part.
_PARTS: Mapping[str, Callable[[Request], Iterator[GuideRow]]] = {
    "{columns}": _columns,
    "{codes}": _all_codes,
    "{initiatives}": _initiatives,
    "{legend}": _legend,
}
