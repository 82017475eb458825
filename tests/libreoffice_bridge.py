"""Runs under LibreOffice's own Python: reads jobs as JSON lines, asks LibreOffice, answers in JSON.

``office.py`` starts it. It must not import anything but the standard library, ``uno`` and
``office_cells`` beside it.
"""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException
from com.sun.star.sheet import CellFlags
from libreoffice_cells import (
    a1,
    cells,
    colours,
    formulas,
    links,
    notes,
    protection,
    rows_of,
    validations,
)

# The objects of UNO carry no types.
Uno = Any
Answer = Any

FILTERS = {
    "sheet": {
        "pdf": "calc_pdf_Export",
        "xlsx": "Calc MS Excel 2007 XML",
        "ods": "calc8",
        "csv": "Text - txt - csv (StarCalc)",
    },
    "text": {
        "pdf": "writer_pdf_Export",
        "docx": "MS Word 2007 XML",
        "odt": "writer8",
        "txt": "Text (encoded)",
    },
}
HEADINGS = 2000
"""Room beside a printed range for the letters and numbers of its columns and rows [1/100 mm]."""
ADDIN = "Calc MS Excel 2007 VBA XML"
_EVERYTHING = CellFlags.VALUE | CellFlags.DATETIME | CellFlags.STRING | CellFlags.FORMULA


def option(name: str, value: object) -> Uno:
    """One named value, as UNO wants it."""
    pair = PropertyValue()
    pair.Name, pair.Value = name, value
    return pair


def connect(pipe: str, seconds: float = 60) -> Uno:
    """LibreOffice's desktop, as soon as it listens."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    until = time.monotonic() + seconds
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return context.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", context
            )


def sheets(document: Uno) -> Answer:
    """Name and visibility of each sheet."""
    return [{"name": sheet.Name, "visible": sheet.IsVisible} for sheet in document.Sheets]


def pivots(document: Uno) -> Answer:
    """Every PivotTable: where it is, what it counts and what it shows."""
    return [
        describe(document, sheet, table)
        for sheet in document.Sheets
        for table in sheet.getDataPilotTables()
    ]


def describe(document: Uno, sheet: Uno, table: Uno) -> Answer:
    """One PivotTable. ``ref`` and ``cells`` include the page filters."""
    area = table.getOutputRange()
    ref = address(document, area).split("!")[1]
    found = rows_of(sheet.getCellRangeByName(ref))
    return {
        "name": table.Name,
        "sheet": sheet.Name,
        "ref": ref,
        "source": address(document, table.getSourceRange()),
        "rows": [field.Name for field in table.RowFields],
        "columns": [field.Name for field in table.ColumnFields if field.Name != "Data"],
        "pages": {row[0]: row[1] for row in found[: len(table.PageFields)]},
        "values": [[field.Name, field.Function.value] for field in table.DataFields],
        "cells": found,
    }


def address(document: Uno, area: Uno) -> str:
    """``Sheet!A1:B2`` of a range address."""
    sheet = document.Sheets.getByIndex(area.Sheet)
    found = sheet.getCellRangeByPosition(
        area.StartColumn, area.StartRow, area.EndColumn, area.EndRow
    )
    return f"{sheet.Name}!{found.AbsoluteName.split('.')[-1].replace('$', '')}"


def refresh(document: Uno) -> Answer:
    """Count every PivotTable again from its table."""
    for sheet in document.Sheets:
        for table in sheet.getDataPilotTables():
            table.refresh()


def put(document: Uno, sheet: str, cell: str, value: object) -> Answer:
    """Enter text, a number, a formula (text that begins with =) or None into a cell."""
    target = document.Sheets.getByName(sheet).getCellRangeByName(cell)
    if value is None:
        target.clearContents(_EVERYTHING)
    elif isinstance(value, str) and value.startswith("="):
        target.Formula = value
    elif isinstance(value, str):
        target.String = value
    else:
        target.Value = value


def recalculate(document: Uno) -> Answer:
    """Compute every formula again."""
    document.calculateAll()


def save_copy(document: Uno, path: str, kind: str, pages: str) -> Answer:
    """Write the document as LibreOffice writes ``kind``; the document itself stays as it is.

    ``pages`` are those of a PDF, such as 1-9; blank for all.
    """
    spreadsheet = document.supportsService("com.sun.star.sheet.SpreadsheetDocument")
    name = FILTERS["sheet" if spreadsheet else "text"][kind]
    data = (option("PageRange", pages),) if pages else ()
    options = option("FilterData", uno.Any("[]com.sun.star.beans.PropertyValue", data))
    document.storeToURL(uno.systemPathToFileUrl(path), (option("FilterName", name), options))
    return path


def cells_as_pdf(document: Uno, sheet: str, ref: str, path: str, hidden: list[str]) -> Answer:
    """Write a range as a PDF page of its size, with letters and numbers, its first note shown."""
    page = document.Sheets.getByName(sheet)
    for note in page.Annotations:
        note.IsVisible = note.Position.Row == page.Annotations[0].Position.Row
    chosen = page.getCellRangeByName(ref)
    for row in chosen.Rows:
        # Rows without a height of their own grow with their text, which Excel does on opening.
        row.OptimalHeight = row.OptimalHeight
    hide(page, hidden)
    as_large_as(document, page.PageStyle, chosen.Size)
    data = (option("Selection", chosen), option("ExportNotes", False))
    options = option("FilterData", uno.Any("[]com.sun.star.beans.PropertyValue", data))
    kind = option("FilterName", FILTERS["sheet"]["pdf"])
    document.storeToURL(uno.systemPathToFileUrl(path), (kind, options))
    return path


def hide(page: Uno, parts: list[str]) -> None:
    """Hide columns, such as C:D, and rows, such as 2:9, of a sheet."""
    for part in parts:
        first, last = part.split(":")
        if first.isdigit():
            page.getCellRangeByName(f"A{first}:A{last}").Rows.IsVisible = False
        else:
            page.getCellRangeByName(f"{first}1:{last}1").Columns.IsVisible = False


def as_large_as(document: Uno, name: str, size: Uno) -> None:
    """Make a page style as large as what is printed on it, without margins, header and footer."""
    style = document.StyleFamilies.getByName("PageStyles").getByName(name)
    style.HeaderIsOn = style.FooterIsOn = style.CenterHorizontally = False
    style.LeftMargin = style.RightMargin = style.TopMargin = style.BottomMargin = 0
    style.PrintHeaders, style.PageScale = True, 100
    style.Width, style.Height = size.Width + HEADINGS, size.Height + HEADINGS


def follow(document: Uno, sheet: str, cell: str) -> Answer:
    """Book, sheet and address of the cell that LibreOffice selects when the link is opened."""
    source = document.Sheets.getByName(sheet).getCellRangeByName(cell)
    url = source.TextFields[0].URL
    desktop = document.CurrentController.Frame.Creator
    opened = desktop.loadComponentFromURL(url, "_blank", 0, (option("Hidden", True),))
    try:
        chosen = opened.CurrentSelection
        return [opened.Title, chosen.Spreadsheet.Name, a1(chosen)]
    finally:
        opened.close(True)


def macro(document: Uno, name: str, arguments: list[object]) -> Answer:
    """What ``Module.Function`` of the document's own VBA project returns."""
    project = document.BasicLibraries.ProjectName
    place = f"vnd.sun.star.script:{project}.{name}?language=Basic&location=document"
    return document.getScriptProvider().getScript(place).invoke(tuple(arguments), (), ())[0]


STEPS: dict[str, Callable[..., Answer]] = {
    step.__name__: step
    for step in (
        *(sheets, cells, formulas, pivots, refresh, put, recalculate),
        *(links, notes, colours, follow, cells_as_pdf, protection, validations, save_copy, macro),
    )
}


def run(desktop: Uno, path: str, steps: list[dict[str, Any]]) -> Answer:
    """Open the file, take the steps in order, close it; what each step found."""
    url = uno.systemPathToFileUrl(path)
    options = [option("Hidden", True)]
    if path.endswith(".xlam"):
        # Its type is not detected, and its macros run only where that is asked for.
        options += [option("FilterName", ADDIN), option("MacroExecutionMode", 4)]
    document = desktop.loadComponentFromURL(url, "_blank", 0, tuple(options))
    if document is None:
        raise ValueError(f"LibreOffice cannot open {path}")
    try:
        return [STEPS[step.pop("do")](document, **step) for step in steps]
    finally:
        document.close(True)


def main() -> None:
    """Answer jobs until there are none or the office is gone."""
    desktop = connect(sys.argv[1])
    for line in sys.stdin:
        try:
            answer = {"found": run(desktop, **json.loads(line))}
        except DisposedException:
            return
        except Exception:  # whatever else goes wrong is the test's to report
            answer = {"failed": traceback.format_exc()}
        print(json.dumps(answer), flush=True)
    desktop.terminate()


if __name__ == "__main__":
    main()
