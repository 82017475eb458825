"""What a command wants to know when a button starts it: from sheet Cycle, the selection, or asked.

A folder that sheet Cycle lacks is asked for once and written there.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from wps_xl.desk.commands import Command, Parameter
from wps_xl.desk.commands.buttons import Button
from wps_xl.errors import InputError

NOTHING_CHOSEN = "Nothing was chosen, so nothing was done."


class Desk(Protocol):
    """What the open workbook and its user can be asked."""

    @property
    def path(self) -> Path:
        """Where the workbook lies."""

    @property
    def is_local(self) -> bool:
        """Whether that is a folder of this computer."""

    def setting(self, code: str) -> str:
        """A line of sheet Cycle, blank where there is none."""

    def remember(self, code: str, value: str) -> None:
        """Have a line of sheet Cycle written when the press was done."""

    def selected(self) -> tuple[str, int, int]:
        """Sheet, row and column of the first selected cell."""

    def ask(self, question: str, suggestion: str = "") -> str | None:
        """What the user types, None where they cancel."""

    def ask_folder(self, title: str) -> Path | None:
        """The folder that the user picks."""

    def ask_file(self, title: str, kind: str) -> Path | None:
        """The file that the user picks."""


def options(button: Button, command: Command, desk: Desk) -> dict[str, Any]:
    """The options of a command: those it must have, and those its button is about.

    The document to write comes last: its name says what it is about.
    """
    found: dict[str, Any] = {}
    for parameter in sorted(command.parameters, key=lambda one: one.name == "out"):
        key = parameter.name.replace("-", "_")
        if parameter.name == "out":
            found[key] = _new_document(desk, command, found)
        elif parameter.required or parameter.name in (*button.options, *ALWAYS):
            found[key] = _answer(parameter, command, desk)
        else:
            found[key] = () if parameter.kind in ("paths", "texts") else None
    return found


def _answer(parameter: Parameter, command: Command, desk: Desk) -> object:
    known = ANSWERS.get(parameter.name)
    if known is not None:
        return known(desk)
    if parameter.kind == "flag":
        return True
    if parameter.kind != "text":
        raise InputError(f"This needs a place: {parameter.help} Use the command line.")
    text = _typed(desk, QUESTIONS.get((command.name, parameter.name), parameter.help))
    if parameter.required and not text:
        raise InputError(NOTHING_CHOSEN)
    return text or None


def _typed(desk: Desk, question: str, suggestion: str = "") -> str:
    """What the user types, blank where they leave it so; Cancel ends the press."""
    text = desk.ask(question, suggestion)
    if text is None:
        raise InputError(NOTHING_CHOSEN)
    return text.strip()


def folder(desk: Desk, code: str, title: str) -> Path:
    """A folder that sheet Cycle names; where it names none, it is asked for, and written there when
    the press was done."""
    text = desk.setting(code)
    if text and (desk.is_local or Path(text).is_absolute()):
        return desk.path.parent / text
    chosen = desk.ask_folder(title)
    if chosen is None:
        raise InputError(NOTHING_CHOSEN)
    desk.remember(code, str(chosen))
    return chosen


def _beside(name: str, title: str) -> Callable[[Desk], Path]:
    """A folder beside the workbook, or asked for where it lies on a server."""

    def found(desk: Desk) -> Path:
        return desk.path.parent / name if desk.is_local else _chosen(desk.ask_folder(title))

    return found


def _chosen(path: Path | None) -> Path:
    if path is None:
        raise InputError(NOTHING_CHOSEN)
    return path


def _new_document(desk: Desk, command: Command, found: Mapping[str, object]) -> Path:
    """A document of today beside the others, named after the country or entity that it is about;
    one that is there is never written over."""
    place = folder(desk, "drafts_folder", "Folder of the drafts")
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise InputError(
            f"The folder {place} cannot be used: {fault.strerror}. Name another one on sheet "
            "Cycle, or leave that cell blank to be asked."
        ) from fault
    about = [str(found[name]) for name in ABOUT if found.get(name)]
    about += ["for_submission"] if found.get("clean") else []
    words = [*command.label.lower().split(), *(re.sub(r"\W+", "-", text) for text in about)]
    stem = f"{'_'.join(words)}_{dt.date.today().isoformat()}"
    names = (f"{stem}.docx", *(f"{stem}_{number}.docx" for number in range(2, 1000)))
    return next(place / name for name in names if not (place / name).exists())


def _new_workbook(desk: Desk) -> Path:
    place = _beside("", "Folder of the new review workbook")(desk)
    suggestion = f"review_{dt.date.today().year}"
    name = _typed(desk, "Name of the new review workbook", suggestion)
    if not name:
        raise InputError(NOTHING_CHOSEN)
    return place / f"{name.removesuffix('.xlsx')}.xlsx"


def _selected_cell(desk: Desk) -> str:
    from wps_xl.model import CellRef, column_letter

    sheet, row, column = desk.selected()
    return str(CellRef("", sheet, column_letter(column), row))


def _document(desk: Desk) -> Path:
    return _chosen(desk.ask_file("The draft", "docx"))


ALWAYS = ("workbook", "paths")
ABOUT = ("country", "entity")
PERIOD = "two dates with a colon between, year-month-day:year-month-day."
# Where the help of the command line is not a question for somebody who sees only a box.
QUESTIONS: Mapping[tuple[str, str], str] = {
    ("new", "cycle"): "A short code for the new cycle, in capital letters and digits. It becomes "
    "part of the names of its forms.",
    ("new", "review"): f"The review period: {PERIOD}",
    ("new", "plan"): f"The period of the plan: {PERIOD}",
    ("snapshot", "name"): "What is the copy called? A short word or two, such as shell or July.",
}
ANSWERS: Mapping[str, Callable[[Desk], Any]] = {
    "workbook": lambda desk: desk.path,
    "paths": lambda desk: [folder(desk, "returns_folder", "Folder of the returns")],
    "folder": _beside("forms", "Folder for the forms"),
    "letters": _beside("letters", "Folder for the letters"),
    "annotate": _beside("corrections", "Folder for the correction copies"),
    "update": _document,
    "draft": _document,
    "compare": lambda desk: _chosen(desk.ask_file("The other review workbook", "xlsx")),
    "target": _new_workbook,
    "ref": _selected_cell,
}
