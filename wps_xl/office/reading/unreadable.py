"""Why a file is not read: every reason, its code and its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from wps_xl.errors import WpsError
from wps_xl.model import Unreadable
from wps_xl.model.text import as_words

_AGAIN = "Open it in Excel, save it as .xlsx and put it back."

# Reason: (code of the Unreadable, sentence). {book} is the file's name, {found} what is in it.
REASONS: Mapping[str, tuple[str, str]] = {
    "missing": ("not-readable", "{book} is not there. Look in its folder, then try again."),
    "denied": (
        "not-readable",
        "{book} cannot be opened: access is denied. Close it in other programs, or ask for access "
        "to its folder, then try again.",
    ),
    "no_file": ("not-readable", "{book} is not a file. Name the workbook itself."),
    "lock": (
        "lock-file",
        "{book} shows that somebody has {found} open. What they have not saved is not in it. Ask "
        "them to save and close it, then try again.",
    ),
    "empty": ("empty-file", "{book} is empty (0 bytes). Ask its sender for it again."),
    "zeros": (
        "damaged",
        "{book} holds nothing but zeros: it was not copied whole. Copy it again, or ask its "
        "sender for it.",
    ),
    "password": (
        "encrypted",
        "{book} is protected with a password. Open it in Excel, remove the password (File, Info, "
        "Protect Workbook, Encrypt with Password), save it and put it back.",
    ),
    "rights": (
        "encrypted",
        "{book} is encrypted by a sensitivity label or by rights management, so that only some "
        "people may open it. Ask its sender for a copy under a label without encryption (File, "
        "Info, Protect Workbook, Restrict Access), or save such a copy as somebody who may.",
    ),
    "online": (
        "old-format",
        "{book} is only a shortcut to {found} on the web. Open it there, download it as Microsoft "
        "Excel (.xlsx), and put that file in its place.",
    ),
    "old": ("old-format", "{book} is {found}. " + _AGAIN),
    "numbers": (
        "old-format",
        "{book} is an Apple Numbers spreadsheet. Open it in Numbers, export it to Excel and put "
        "the .xlsx file in its place.",
    ),
    "strict": (
        "strict-format",
        "{book} was saved as 'Strict Open XML Spreadsheet' and cannot be read. Open it in Excel, "
        "save it as 'Excel Workbook (.xlsx)' and put it back.",
    ),
    "other": (
        "not-a-workbook",
        "{book} is not an Excel workbook but {found}. Put the .xlsx file in its place.",
    ),
    "beside": (
        "other-file",
        "{book} is {found} and was not read. Ask its sender for the workbook itself if it is a "
        "return; keep it in another folder if not.",
    ),
    "packed": (
        "other-file",
        "{book} is {found} and was not read. Open it, and save the workbooks that are in it into "
        "the folder of returns.",
    ),
    "renamed": (
        "other-file",
        "{book} looks like a workbook, but its name does not say so, and it was not read. Call "
        "it by a name that ends in .xlsx.",
    ),
    "cut": ("damaged", "{book} is cut off: its end is missing. Copy it again, or ask its sender."),
    "damaged": ("damaged", "{book} is damaged: {found}. " + _AGAIN),
    "stopped": (
        "damaged",
        "{book} is damaged: the reader stopped in the middle of it. " + _AGAIN,
    ),
    "large": (
        "too-large",
        "{book} is too large: {found}. Open it in Excel, delete what does not belong to the "
        "return, save it and put it back.",
    ),
    "slow": (
        "timeout",
        "{book} could not be read within {found}. Open it in Excel, delete the empty rows and "
        "stray cells outside the tables, save it and put it back.",
    ),
    "unsafe": (
        "unsafe",
        "{book} was not opened for safety: {found}. Ask its sender for a copy saved by Excel.",
    ),
    "macros": (
        "unsafe",
        "{book} was not opened for safety: it holds macros, and its name ends in {found}. Ask its "
        "sender for a workbook without macros.",
    ),
    "no_macros": (
        "unsafe",
        "{book} was not opened: its name says that it holds macros, and it holds none. Change the "
        "end of its name to .xlsx, then try again.",
    ),
}


@dataclass(frozen=True)
class Refusal:
    """Why a file is not read, without its words: ``reason`` as in ``RefusedError``."""

    reason: str
    found: str = ""


class RefusedError(WpsError):
    """A file is not read. ``reason`` is a key of ``REASONS``; ``found`` says what is in it."""

    def __init__(self, reason: str, found: str = "") -> None:
        super().__init__(reason, found)
        self.reason = reason
        self.found = found


def unreadable(path: Path, reason: str, found: str = "") -> Unreadable:
    """The file ``path`` with the code and the sentence of ``reason``."""
    code, sentence = REASONS[reason]
    return Unreadable(path, code, sentence.format(book=as_words(path.name), found=printable(found)))


def printable(found: str) -> str:
    """What comes from a file, such as the name of a part: short and on one line."""
    line = "".join(letter if letter.isprintable() else " " for letter in found)
    return line if len(line) <= 160 else f"{line[:157]}..."
