"""What LibreOffice finds in cells: values, formulas, links, notes, colours, and what they accept.

Runs under LibreOffice's own Python, as ``libreoffice_bridge.py`` does.
"""

from __future__ import annotations

from typing import Any

from com.sun.star.sheet import ReferenceFlags

# The objects of UNO carry no types.
Uno = Any
Answer = Any


def cells(document: Uno, sheet: str, ref: str) -> Answer:
    """Rows of values: text, number, or None where blank; an error as its text."""
    found = document.Sheets.getByName(sheet).getCellRangeByName(ref)
    return rows_of(found)


def rows_of(found: Uno) -> list[list[object]]:
    """The values of a range. An error has no value, but a formula."""
    rows = [list(row) for row in found.getDataArray()]
    for y, formulas in enumerate(found.getFormulaArray()):
        for x, formula in enumerate(formulas):
            cell = found.getCellByPosition(x, y) if formula.startswith("=") else None
            if cell is not None and cell.getError():
                rows[y][x] = cell.String
            elif formula == "":
                rows[y][x] = None
    return rows


def formulas(document: Uno, sheet: str, ref: str) -> Answer:
    """Rows of formulas: what the formula bar shows."""
    found = document.Sheets.getByName(sheet).getCellRangeByName(ref)
    return [list(row) for row in found.getFormulaArray()]


def links(document: Uno, sheet: str, ref: str) -> Answer:
    """Address → target of each link in the range."""
    found = {}
    for cell in each_cell(document, sheet, ref):
        for field in cell.TextFields:
            found[a1(cell)] = field.URL
    return found


def protection(document: Uno, sheet: str, ref: str) -> Answer:
    """Whether book and sheet are protected, and which cells of the range are locked."""
    locked = [a1(cell) for cell in each_cell(document, sheet, ref) if cell.CellProtection.IsLocked]
    page = document.Sheets.getByName(sheet)
    return {"book": document.isProtected(), "sheet": page.isProtected(), "locked": locked}


def validations(document: Uno, sheet: str, ref: str) -> Answer:
    """Address → what the cell accepts; for a list the items that its drop-down offers now."""
    found = {}
    for cell in each_cell(document, sheet, ref):
        rule = cell.Validation
        if rule.Type.value == "ANY":
            continue
        formulas = [seen_from(document, cell, rule, n) for n in (1, 2)]
        found[a1(cell)] = {
            "type": rule.Type.value,
            "operator": rule.getOperator().value,
            "formulas": formulas,
            "stops": rule.ShowErrorMessage and rule.ErrorAlertStyle.value == "STOP",
            "prompt": [rule.InputTitle, rule.InputMessage],
            "items": offered(document, formulas[0]) if rule.Type.value == "LIST" else None,
        }
    return found


def seen_from(document: Uno, cell: Uno, rule: Uno, which: int) -> str:
    """A formula of the rule as it is for this cell, with the sheet named in every reference.

    LibreOffice keeps the formula of the rule's first cell.
    """
    formula = str(getattr(rule, f"getFormula{which}")())
    if formula.startswith('"'):
        return formula
    parser = document.createInstance("com.sun.star.sheet.FormulaParser")
    parser.CompileEnglish = True
    tokens = parser.parseFormula(formula, rule.getSourcePosition())
    for token in tokens:
        name_sheet(token, cell.CellAddress.Sheet)
    return str(parser.printFormula(tokens, cell.CellAddress))


def name_sheet(token: Uno, sheet: int) -> None:
    """Change a reference to the formula's own sheet into one to sheet number ``sheet``."""
    data = token.Data
    if hasattr(data, "Reference1"):
        data.Reference1 = with_sheet(data.Reference1, sheet)
        data.Reference2 = with_sheet(data.Reference2, sheet)
    elif hasattr(data, "RelativeSheet"):
        data = with_sheet(data, sheet)
    token.Data = data


def with_sheet(reference: Uno, sheet: int) -> Uno:
    """The reference; UNO gives and takes copies of such values."""
    if reference.Flags & ReferenceFlags.SHEET_RELATIVE:
        reference.Sheet = sheet + reference.RelativeSheet
        reference.Flags &= ~ReferenceFlags.SHEET_RELATIVE
    reference.Flags |= ReferenceFlags.SHEET_3D
    return reference


def offered(document: Uno, formula: str) -> list[object]:
    """The items of a list: written out, or computed."""
    if formula.startswith('"'):
        return [item.strip('"') for item in formula.split(";")]
    height = computed(document, f"ROWS({formula})", 1)
    found = computed(document, formula, int(height[0])) if height else []
    return [item for item in found if item not in (None, "")]


def computed(document: Uno, formula: str, height: int) -> list[Any]:
    """The values of an array formula, found in spare cells; none if it is an error."""
    if all(sheet.isProtected() for sheet in document.Sheets):
        document.Sheets.insertNewByName("Spare", len(document.Sheets))
    sheet = next(sheet for sheet in document.Sheets if not sheet.isProtected())
    spare = sheet.getCellRangeByPosition(1000, 0, 1000, height - 1)
    spare.setArrayFormula(f"={formula}")
    failed = spare.getCellByPosition(0, 0).getError()
    values = [row[0] for row in spare.getDataArray()]
    spare.setArrayFormula("")
    return [] if failed else values


def each_cell(document: Uno, sheet: str, ref: str) -> list[Uno]:
    """The cells of a range, row by row."""
    found = document.Sheets.getByName(sheet).getCellRangeByName(ref)
    width, height = len(found.Columns), len(found.Rows)
    return [found.getCellByPosition(x, y) for y in range(height) for x in range(width)]


def a1(cell: Uno) -> str:
    """The address of a cell inside its sheet."""
    return str(cell.AbsoluteName.split(".")[-1].replace("$", ""))


def notes(document: Uno, sheet: str) -> Answer:
    """Address → text of each note of the sheet."""
    page = document.Sheets.getByName(sheet)
    found = {}
    for note in page.Annotations:
        place = note.Position
        found[a1(page.getCellByPosition(place.Column, place.Row))] = note.String
    return found


def colours(document: Uno, sheet: str, ref: str) -> Answer:
    """Address → colour of each cell of the range that has one."""
    cells_of = each_cell(document, sheet, ref)
    return {a1(cell): f"{cell.CellBackColor:06X}" for cell in cells_of if cell.CellBackColor >= 0}
