"""Writes a reporting form: one workbook for one entity, ready to be filled in."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from wps_xl.forms.words import AUTHOR
from wps_xl.office.excel.packing import packed
from wps_xl.office.excel.saving import replace
from wps_xl.rules.conditions import Rows
from wps_xl.sheets.forms.check import parts
from wps_xl.sheets.forms.check_sheet import add_check
from wps_xl.sheets.forms.cover import add_cover
from wps_xl.sheets.forms.data import add_data_sheet
from wps_xl.sheets.forms.guide import add_guide
from wps_xl.sheets.forms.issued import add_imprint
from wps_xl.sheets.forms.lists import add_lists
from wps_xl.sheets.forms.names import CHECK, lay_out
from wps_xl.sheets.forms.request import Prefill, Request, check, file_name, sheet_rows
from wps_xl.sheets.styles import add_styles

__all__ = ["Prefill", "Request", "file_name", "form_bytes", "write_form"]


def write_form(request: Request, target: Path) -> None:
    """Write the form that is asked for to ``target``, in one step.

    Raises
    ------
    InputError
        Where values are given for sheets or columns that the form does not have.
    OutputError
        Where the file cannot be written.
    """
    replace(target, form_bytes(request))


def form_bytes(request: Request) -> bytes:
    """The form as the bytes of an .xlsx file: the same for the same request."""
    check(request)
    rows = Rows({s.name: sheet_rows(request, s) for s in request.form.sheets.values()})
    layouts = [lay_out(s, len(rows.sheets[s.name])) for s in request.form.sheets.values()]
    book = Workbook()
    book.remove(book.worksheets[0])
    add_styles(book)
    add_cover(book, request)
    add_guide(book, request)
    for layout in layouts:
        add_data_sheet(book, request, layout, rows.sheets[layout.sheet.name])
    results = add_check(book, request, parts(request, layouts, rows))
    add_lists(book, request, layouts)
    add_imprint(book)
    book.properties.title = f"{request.form.label}, {request.entity_name}"
    book.properties.subject = request.cycle.name
    book.properties.creator = book.properties.lastModifiedBy = AUTHOR
    return packed(book, request.written, {CHECK: results})
