"""The slow reader, openpyxl, for workbooks that the fast one does not bear.

It gives what python-calamine would give, with three exceptions: a date-formatted number beyond the
year 9999 becomes the text ``#VALUE!``; spaces around a text that stands in the sheet itself are
kept even where the file does not ask for it; a row that stands in the file below a later one is
skipped.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from wps_xl.model import Value, column_number, split_address
from wps_xl.office.reading.package import Package
from wps_xl.office.reading.plain import (
    Rows,
    plain_date,
    plain_duration,
    plain_moment,
    plain_number,
    plain_time,
    without_blank_ends,
)
from wps_xl.office.reading.unreadable import RefusedError

# Cells up to the last value of each row, blank ones included.
MAX_CELLS = 8_000_000
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_XML_WHITESPACE = " \t\r\n"


def careful_rows(package: Package, errors: Mapping[str, Iterable[str]]) -> dict[str, Rows]:
    """Rows by sheet name, from A1, read by openpyxl.

    ``errors`` are the addresses of error cells by sheet name. They come out blank: openpyxl would
    give their text, as if somebody had typed it.
    """
    from openpyxl import load_workbook

    grids: dict[str, Rows] = {}
    shared = list(_shared_texts(package))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(
            io.BytesIO(package.archive.data), read_only=True, data_only=True, keep_links=False
        )
        for sheet in package.sheets:
            # A read-only sheet, which the stubs of openpyxl describe only in part.
            cells: Any = book[sheet.name]
            # openpyxl drops every 'x005F_' of the shared texts, the mark of a real underscore.
            cells._shared_strings = shared
            # What the file says of its own extent is not always true.
            cells.reset_dimensions()
            rows = _plain_rows(cells.iter_rows(values_only=True), book.epoch)
            grids[sheet.name] = without_blank_ends(_blanked(rows, errors[sheet.name]))
        book.close()
    return grids


def _blanked(rows: Iterable[list[Value]], addresses: Iterable[str]) -> Iterator[list[Value]]:
    columns: dict[int, list[int]] = {}
    for address in addresses:
        letters, at = split_address(address)
        columns.setdefault(at, []).append(column_number(letters))
    for number, row in enumerate(rows, start=1):
        for column in columns.get(number, ()):
            row[column - 1] = None
        yield row


def _plain_rows(rows: Iterable[Sequence[object]], epoch: dt.datetime) -> Iterator[list[Value]]:
    texts: dict[str, str] = {}
    count = 0
    for row in rows:
        count += len(row)
        if count > MAX_CELLS:
            raise RefusedError("large", f"its values are spread over more than {MAX_CELLS:,} cells")
        yield [None if value is None else _plain(value, epoch, texts) for value in row]


def _plain(value: object, epoch: dt.datetime, texts: dict[str, str]) -> Value:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return plain_number(float(value))
    if isinstance(value, dt.datetime):
        return plain_moment(value) if value >= epoch else plain_time(value.time())
    if isinstance(value, dt.date):
        return plain_date(value)
    if isinstance(value, dt.time):
        return plain_time(value)
    if isinstance(value, dt.timedelta):
        return plain_duration(value)
    text = _ESCAPE.sub(_character, str(value))
    return texts.setdefault(text, text) or None


def _character(escape: re.Match[str]) -> str:
    """What ``_x000D_`` and the like stand for; halves of a character stay as they are."""
    code = int(escape[1], 16)
    return escape[0] if 0xD800 <= code <= 0xDFFF else chr(code)


def _shared_texts(package: Package) -> Iterator[str]:
    """The texts that sheets refer to by number."""
    if package.texts not in package.archive:
        return
    part = io.BytesIO(package.archive.read(package.texts))
    for _, element in iterparse(part, forbid_dtd=True):
        if element.tag.endswith("}si"):
            yield "".join(_runs(element))
            element.clear()


def _runs(text: Element) -> Iterator[str]:
    """The pieces of a text, without the readings that Japanese adds."""
    for piece in text:
        if piece.tag.endswith("}t"):
            words = piece.text or ""
            yield words if piece.get(_SPACE) == "preserve" else words.strip(_XML_WHITESPACE)
        elif piece.tag.endswith("}r"):
            yield from _runs(piece)
