"""Where correction copies go: decided once for all of them, before the first is written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from wps_xl.errors import InputError
from wps_xl.office.excel.text import safe_file_name
from wps_xl.office.reading.signature import WORKBOOKS
from wps_xl.places import made


def places(files: Mapping[str, Path], folder: Path) -> dict[str, Path]:
    """The file of the copy of each book: right in the folder, each with a name of its own.

    What a book is called is no path: it may name folders where two returns are called alike.

    Raises
    ------
    InputError
        Where the folder holds one of the returns.
    OutputError
        Where it cannot be a folder.
    """
    here = folder.resolve()
    if any(_same(source.resolve().parent, here) for source in files.values()):
        raise InputError(
            f"{folder} holds the returns themselves, which are never written to. "
            "Name another folder for the copies."
        )
    made(folder, "copies")
    taken: set[str] = set()
    return {book: folder / _free(_as_workbook(book), taken) for book in sorted(files)}


def _as_workbook(book: str) -> str:
    """The name of a copy, which is a workbook even where the return came in something else."""
    return book if book.lower().endswith(WORKBOOKS) else f"{book}.xlsx"


def _same(one: Path, other: Path) -> bool:
    """Whether two ways lead to one folder, also where case or a mount makes them differ."""
    try:
        return one == other or one.samefile(other)
    except OSError:
        return False


def _free(book: str, taken: set[str]) -> str:
    """A name that no other copy has, upper and lower case alike; ``taken`` learns it."""
    name = safe_file_name(book) if set(book) & {"/", "\\"} else book
    stem, dot, ending = name.rpartition(".")
    number = 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}_{number}{dot}{ending}"
    taken.add(name.casefold())
    return name
