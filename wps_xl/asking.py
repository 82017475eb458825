"""What a command wants to know when a button starts it: from sheet Cycle, the selection, or asked.

A folder that sheet Cycle lacks is asked for once and written there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from wps_xl.commands import Command, Parameter
from wps_xl.commands.buttons import Button
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

    def set_setting(self, code: str, value: str) -> None:
        """Write a line of sheet Cycle."""

    def selected(self) -> tuple[str, int, int]:
        """Sheet, row and column of the first selected cell."""

    def ask(self, question: str, suggestion: str = "") -> str:
        """What the user types, blank where they cancel."""

    def ask_folder(self, title: str) -> Path | None:
        """The folder that the user picks."""

    def ask_file(self, title: str, kind: str) -> Path | None:
        """The file that the user picks."""


def options(button: Button, command: Command, desk: Desk) -> dict[str, Any]:
    """The options of a command: those it must have, and those its button is about."""
    found: dict[str, Any] = {}
    for parameter in command.parameters:
        key = parameter.name.replace("-", "_")
        if parameter.required or parameter.name in (*button.options, *ALWAYS):
            found[key] = _answer(parameter, command, desk)
        else:
            found[key] = () if parameter.kind in ("paths", "texts") else None
    return found


def _answer(parameter: Parameter, command: Command, desk: Desk) -> object:
    if parameter.name == "out":
        return _new_document(desk, command)
    known = ANSWERS.get(parameter.name)
    if known is not None:
        return known(desk)
    if parameter.kind != "text":
        raise InputError(f"This needs a place: {parameter.help} Use the command line.")
    hint = f" ({parameter.metavar})" if parameter.metavar else ""
    text = desk.ask(f"{parameter.help}{hint}").strip()
    if parameter.required and not text:
        raise InputError(NOTHING_CHOSEN)
    return text or None


def folder(desk: Desk, code: str, title: str) -> Path:
    """A folder that sheet Cycle names; where it names none, it is asked for and written there."""
    text = desk.setting(code)
    if text and (desk.is_local or Path(text).is_absolute()):
        return desk.path.parent / text
    chosen = desk.ask_folder(title)
    if chosen is None:
        raise InputError(NOTHING_CHOSEN)
    desk.set_setting(code, str(chosen))
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


def _new_document(desk: Desk, command: Command) -> Path:
    """A document of today beside the others; one that is there is never written over."""
    place = folder(desk, "drafts_folder", "Folder of the drafts")
    place.mkdir(parents=True, exist_ok=True)
    words = "_".join(command.label.lower().split())
    stem = f"{words}_{dt.date.today().isoformat()}"
    names = (f"{stem}.docx", *(f"{stem}_{number}.docx" for number in range(2, 1000)))
    return next(place / name for name in names if not (place / name).exists())


def _new_workbook(desk: Desk) -> Path:
    place = _beside("", "Folder of the new review workbook")(desk)
    name = desk.ask("Name of the new review workbook", "review").strip()
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
ANSWERS: Mapping[str, Callable[[Desk], Any]] = {
    "workbook": lambda desk: desk.path,
    "paths": lambda desk: [folder(desk, "returns_folder", "Folder of the returns")],
    "folder": _beside("forms", "Folder for the forms"),
    "annotate": _beside("corrections", "Folder for the correction copies"),
    "update": _document,
    "draft": _document,
    "compare": lambda desk: _chosen(desk.ask_file("The other review workbook", "xlsx")),
    "target": _new_workbook,
    "ref": _selected_cell,
}
