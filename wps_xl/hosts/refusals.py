"""What a busy or refusing Excel raises, and the sentence that it ends as."""

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
