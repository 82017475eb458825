"""Workbooks as openpyxl opened them, kept for the next test that opens the same file: to have one
again takes a tenth of the time that it takes to read it. wps_xl itself opens none so."""

from __future__ import annotations

import copyreg
import io
import pickle
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

import openpyxl
from openpyxl import Workbook
from openpyxl.utils.bound_dictionary import BoundDictionary
from openpyxl.worksheet.dimensions import DimensionHolder
from openpyxl.worksheet.merge import MergedCellRange
from openpyxl.worksheet.table import TableList

_read = openpyxl.load_workbook
_seen: set[int] = set()


def load_workbook(file: str | Path | IO[bytes], **how: Any) -> Workbook:
    """``openpyxl.load_workbook``; what is opened in a way of its own is read as ever."""
    if how:
        return _read(file, **how)
    content = Path(file).read_bytes() if isinstance(file, str | Path) else file.read()
    # The engine of open Excel leaves out the borders of merged cells.
    borders = MergedCellRange.format
    if hash((content, borders)) not in _seen:
        # Most files are opened once.
        _seen.add(hash((content, borders)))
        return _read(io.BytesIO(content))
    kept = _kept(content, borders)
    book: Workbook = pickle.loads(kept) if kept else _read(io.BytesIO(content))
    return book


@lru_cache(maxsize=8)
def _kept(content: bytes, borders: object) -> bytes:
    """The workbook to be had again; nothing where something in it, as a picture, cannot be kept."""
    try:
        return pickle.dumps(_read(io.BytesIO(content)))
    except (TypeError, pickle.PicklingError):
        return b""


def keep() -> None:
    """Let tests open workbooks so from now on."""
    setattr(openpyxl, "load_workbook", load_workbook)  # noqa: B010
    for kind in (TableList, BoundDictionary, DimensionHolder):
        copyreg.pickle(kind, _reduced)


def _reduced(held: Any) -> tuple[Any, ...]:
    """How tables, and sizes of rows and columns, are kept: what pickle asks of a dict gives other
    answers here."""
    factory = {"default_factory": held.default_factory} if hasattr(held, "reference") else {}
    return _bare, (type(held),), (vars(held), factory), None, iter(dict.items(held))


def _bare(kind: Any) -> Any:
    return kind.__new__(kind)
