"""A press of a button on a workbook that is open in the test engine's Excel."""

from __future__ import annotations

from pathlib import Path

import docx
from demonstrations import MOMENT
from desk.hosts.excel_engine import ENGINE, App, open_in_excel
from desk.hosts.excel_record import RECORD
from openpyxl import load_workbook

from wps_xl import __version__, ribbon
from wps_xl.desk.commands.store import with_rows
from wps_xl.desk.hosts.files import FilesHost
from wps_xl.model import Value
from wps_xl.office.word.leftovers import is_yellow

CALM = {
    "screen_updating": True,
    "display_alerts": True,
    "enable_events": True,
    "calculation": "automatic",
    "status_bar": False,
}


def press(button: str, path: Path, *answers: object, version: str = __version__) -> str:
    """The message after a press with the workbook in front; questions are answered in turn."""
    open_in_excel(path)
    RECORD.answers = list(answers)
    ribbon.run(button, version)
    assert excel().states == CALM
    assert RECORD.answers == []
    assert len(RECORD.alerts) <= 1
    return "".join(RECORD.alerts)


def excel() -> App:
    return ENGINE.apps.open[0]


def in_front() -> str:
    """Where the workbook in front lies."""
    book = excel().books.active
    assert book is not None
    return str(book.fullname)


def selected() -> str:
    """Sheet and address of what is selected in the workbook in front."""
    area = excel().selection
    assert area is not None
    return f"{area.sheet.name}!{area.get_address(False, False, False)}"


def saved(path: Path) -> Path:
    """The workbook in front, as if its user had saved it as ``path``."""
    book = excel().books.active
    assert book is not None
    book.wb.save(path)
    return path


def review(work: Path) -> Path:
    """The review workbook of the demonstration."""
    return work / "review.xlsx"


def broken_return(work: Path) -> Path:
    """A return of the demonstration whose first area is one that no list has."""
    path = next((work / "returns").glob("*progress*.xlsx"))
    book = load_workbook(path)
    book["Progress"]["B5"].value = "no such area"
    book.save(path)
    return path


def at_a_source(work: Path) -> Path:
    """The review workbook with a cell selected on which a sentence of the draft rests."""
    path = review(work)
    book = load_workbook(path)
    cell = next(row[0] for row in book["Sources"].iter_rows(min_row=2, min_col=7) if row[0].value)
    sheet, address = str(cell.value).strip("'").split("!")
    sheet = sheet.strip("'")
    book.active = book[sheet]
    book[sheet].sheet_view.selection[0].sqref = address.split(":")[0]
    book.save(path)
    return path


def with_a_case(work: Path) -> Path:
    """The review workbook with a case of good practice."""
    path, host = review(work), FilesHost(backups=False)
    row: dict[str, Value] = {"Entity": "WFP", "No.": "P-1", "Title": "Women's desks"}
    host.write(with_rows(host.read(path), "Practices", [row]), path, MOMENT)
    return path


def with_prompts_done(work: Path) -> Path:
    """The review workbook beside a draft whose drafter wrote over every yellow paragraph."""
    path = work / "council_report.docx"
    document = docx.Document(str(path))
    for paragraph in document.paragraphs:
        if is_yellow(paragraph._p, paragraph.text):
            first, *others = paragraph.runs
            first.text = "What the drafter has to say here."
            for run in others:
                run.text = ""
    document.save(str(path))
    return review(work)
