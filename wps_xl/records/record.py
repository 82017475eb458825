"""One row of a table of the review workbook: what it says, by column, and where it says so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NoReturn, TypeVar

from wps_xl.model import CellRef, Value
from wps_xl.records.values import codes, number, text


def _moment(value: Value) -> dt.datetime | None:
    return value if isinstance(value, dt.datetime) else None


_READ: Mapping[str, Callable[[Value], object]] = {
    "text": text,
    "several": codes,
    "number": number,
    "date": _moment,
    "moment": _moment,
}
"""What the cells of a column are read as, by its type."""


@dataclass(frozen=True)
class Column:
    """One column: its code, its heading, what it holds, and its letter on the sheet.

    ``type`` is text, several (codes), number, date or moment.
    """

    code: str
    heading: str
    type: str
    letter: str


R = TypeVar("R", bound="Record")


class Record:
    """One row, never changed: each column is an attribute, called by its code.

    Words are text, blank where there are none; several codes are a tuple; numbers and dates are
    None where the cell holds no such thing. Columns that the office added are attributes as well.
    ``at`` is the row of the sheet of the review workbook.
    """

    sheet_name: ClassVar[str] = ""
    """The table whose rows a kind of record is."""
    at: int
    _columns: Mapping[str, Column]
    _values: Mapping[str, Value]
    _sheet: str

    def cell_of(self, code: str) -> CellRef:
        """The cell of the review workbook that says it."""
        return CellRef("", self._sheet, self._columns[code].letter, self.at)

    def raw(self, code: str) -> Value:
        """The value as it stands in the cell."""
        return self._values.get(self._columns[code].heading)

    def by_code(self, codes: Iterable[str] | None = None) -> dict[str, Value]:
        """Values as they stand in the cells by code: of all columns, unless some are named."""
        return {code: self.raw(code) for code in (self._columns if codes is None else codes)}

    def by_heading(self) -> dict[str, Value]:
        """All values as they stand in the cells, by heading."""
        return dict(self._values)

    def heading_of(self, code: str) -> str:
        """What the column is called on the sheet."""
        return self._columns[code].heading

    def but(self: R, **values: Value) -> R:
        """The same row with other values, by code, as cells hold them."""
        changed = {self._columns[code].heading: value for code, value in values.items()}
        record = self.__class__.__new__(self.__class__)
        record.__dict__.update(at=self.at, _columns=self._columns, _sheet=self._sheet)
        record.__dict__["_values"] = {**self._values, **changed}
        return record

    def has(self, code: str) -> bool:
        """Whether the sheet has such a column."""
        return code in self._columns

    def __setattr__(self, code: str, value: object) -> NoReturn:
        raise AttributeError(f"a record of sheet {self._sheet} is never changed")

    if not TYPE_CHECKING:

        def __getattr__(self, code: str) -> object:
            # Read when it is asked for, once: most readers ask for a few columns.
            column = self.__dict__.get("_columns", {}).get(code)
            if column is None:
                sheet = self.__dict__.get("_sheet", "")
                raise AttributeError(f"sheet {sheet} has no column {code}")
            value = _READ[column.type](self._values.get(column.heading))
            self.__dict__[code] = value
            return value


def made(
    kind: type[R],
    sheet: str,
    columns: Sequence[Column],
    rows: Iterable[tuple[int, Mapping[str, Value]]],
) -> tuple[R, ...]:
    """The rows of a table as records: from numbers of rows, and values by heading."""
    named = {column.code: column for column in columns}
    found = []
    for at, values in rows:
        record = kind.__new__(kind)
        record.__dict__.update(at=at, _columns=named, _values=values, _sheet=sheet)
        found.append(record)
    return tuple(found)


_RESERVED = {"at", *(name for name in vars(Record) if not name.startswith("__"))}


def code_of(heading: str) -> str:
    """The code of a column that has none of its own: its heading in small letters."""
    plain = re.sub(r"[^a-z0-9]+", "_", heading.casefold().replace("'", "")).strip("_")
    return f"{plain}_" if plain in _RESERVED else plain
