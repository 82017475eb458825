"""What a busy or refusing Excel raises, and the sentences that it ends as."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import cache

from wps_xl.errors import OutputError

BUSY = (
    "Excel is busy or a cell is being edited. Press Enter or Esc in Excel, close its open windows, "
    "then press the button again."
)
UNCHANGED = f"{BUSY} The workbook is as it was."
NEEDS_A_FILE = (
    "The pivot sheets of {name} have to be laid out anew, and that needs a file on this computer. "
    "Save a copy in a folder, press the button there, and upload the copy. Nothing was changed."
)
ON_A_SERVER = (
    "{name} lies on a server, and a snapshot needs a file on this computer. Save a copy in a "
    "folder, press Snapshot there, and upload the snapshot. Nothing was changed."
)
HALF_WRITTEN = (
    "Excel stopped while {name} was being written. Close {name} without saving it and open it "
    "again; then press the button again."
)
NOT_SAVED = (
    "Excel could not save {name}. Save it yourself: if Excel refuses, it says why. Then press the "
    "button again. Nothing was changed."
)
STAYED_CLOSED = (
    "{why}{name} had to be closed, and Excel did not open it again. It is as it was: open {path}, "
    "then press the button again."
)
WRITTEN_CLOSED = (
    "{name} was closed and written, but Excel did not open it again. Nothing is lost: open {path}."
)
REOPENED = "{name} was saved and opened again, as its pivot sheets were laid out anew."
NOT_SHOWN = "It did not open by itself. Open {path}."


@cache
def excel_errors() -> tuple[type[BaseException], ...]:
    """The exceptions of xlwings, of COM on Windows, and of appscript on macOS."""
    import xlwings

    found: list[type[BaseException]] = [xlwings.XlwingsError]
    with contextlib.suppress(ImportError):
        import pywintypes

        found.append(pywintypes.com_error)
    with contextlib.suppress(ImportError):
        from appscript.reference import CommandError

        found.append(CommandError)
    return tuple(found)


@contextlib.contextmanager
def sentences(text: str = BUSY, *also: type[Exception]) -> Iterator[None]:
    """Whatever Excel refuses ends as this sentence, and so do ``also`` the exceptions named."""
    try:
        yield
    except (*excel_errors(), *also) as fault:
        raise OutputError(text) from fault
