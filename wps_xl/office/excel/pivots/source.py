"""The rows that PivotTables count: one native table, its columns, and the order of their items."""

from __future__ import annotations

import datetime as dt
import math
import numbers
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

import pandas as pd

from wps_xl.office.excel.text import safe_text

Scalar = str | int | float | dt.datetime
"""What one cell of a pivot's source may hold; blank is None."""

Kind = Literal["text", "number", "date", "blank"]

LONGEST_NAME = 255

_FIRST_DAY = dt.datetime(1900, 1, 1)


@dataclass(frozen=True)
class SourceField:
    """One column of the source; what follows ``values`` is empty unless it is one of the axes.

    ``items`` are the distinct values in the order in which a pivot shows them, and ``codes`` has
    one position in ``items`` per row. ``unused`` are the positions of items that the list knows
    but no row has; ``listed`` says that the order comes from a list and not from sorting.
    """

    name: str
    values: tuple[Scalar | None, ...]
    items: tuple[Scalar | None, ...] = ()
    codes: tuple[int, ...] = ()
    unused: frozenset[int] = frozenset()
    listed: bool = False

    @property
    def everything(self) -> tuple[Scalar | None, ...]:
        """All values and the items that no row has."""
        return (*self.values, *(self.items[code] for code in sorted(self.unused)))

    @property
    def kind(self) -> Kind:
        """What the column holds."""
        return kind_of(self.everything)

    def caption(self, code: int) -> Scalar:
        """How a pivot shows the item at ``code``."""
        item = self.items[code]
        return "(blank)" if item is None else item


@dataclass(frozen=True, eq=False)
class PivotSource:
    """The rows of one native table, ready to be counted: one cache for any number of pivots.

    Parameters
    ----------
    frame
        Exactly what stands in the table: same headings, same rows, same order.
    table
        The table's name.
    axes
        Columns that some pivot shows as rows, columns or page filter.
    order
        Axis → its items in the order of their code list. Listed items without a row stay in the
        cache as unused items, as Excel itself keeps items whose rows are gone, and take their
        place when a refresh finds rows for them. Items that the list lacks follow, sorted.

    Raises
    ------
    ValueError
        If Excel would refuse such a cache: no rows, headings that are blank or alike but for
        their case, a column that mixes text, numbers and dates, a value that no cell can hold.
    """

    frame: pd.DataFrame
    table: str
    axes: Sequence[str]
    order: Mapping[str, Sequence[Scalar]] = field(default_factory=dict)
    fields: Mapping[str, SourceField] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Read the frame once, so that what Excel would refuse is refused here."""
        names = [_checked_name(name) for name in self.frame.columns]
        _refuse_unusable(self, names)
        fields = {name: self._field(name) for name in names}
        object.__setattr__(self, "fields", MappingProxyType(fields))

    def _field(self, name: str) -> SourceField:
        values = tuple(clean(value, name) for value in self.frame[name].tolist())
        listed = [clean(item, name) for item in self.order.get(name, ())]
        try:
            kind_of((*values, *listed))
        except ValueError as mixed:
            raise ValueError(f"Column {name!r} {mixed}. Make them one kind first.") from mixed
        if name not in self.axes:
            return SourceField(name, values)
        return _axis(name, values, [item for item in listed if item is not None])

    @property
    def count(self) -> int:
        """How many rows the table has."""
        return len(self.frame)

    def position(self, name: str) -> int:
        """The place of column ``name``, counted from 0."""
        return list(self.fields).index(name)

    def code(self, name: str, item: Scalar) -> int | None:
        """The position of ``item`` among the items of axis ``name``, ignoring case."""
        wanted = key_of(clean(item, name))
        items = self.fields[name].items
        return next((code for code, other in enumerate(items) if key_of(other) == wanted), None)

    def rows_of(self, pages: Mapping[str, Scalar | None]) -> pd.Series[bool]:
        """True for each row that the page filters let through; None lets every item through."""
        mask = pd.Series(True, index=range(self.count))
        strangers = [name for name in pages if name not in self.axes]
        if strangers:
            raise ValueError(f"{strangers[0]!r} is not one of the axes of {self.table}.")
        for name, item in pages.items():
            if item is not None:
                mask &= pd.Series(self.fields[name].codes) == self.code(name, item)
        return mask

    def has(self, pages: Mapping[str, Scalar | None]) -> bool:
        """True if some row has all these page items: a pivot filtered by them is not empty."""
        return bool(self.rows_of(pages).any())


def key_of(value: Scalar | None) -> object:
    """What Excel compares: two texts that differ only in case are one item."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).casefold()
    return value


def kind_of(values: Iterable[Scalar | None]) -> Kind:
    """The one kind of the values that are not blank; raise ValueError if there are several."""
    kinds = {_kind(value) for value in values if value is not None}
    if len(kinds) > 1:
        raise ValueError(f"mixes {' and '.join(sorted(kinds))}")
    return kinds.pop() if kinds else "blank"


def _kind(value: Scalar) -> Kind:
    if isinstance(value, str):
        return "text"
    return "date" if isinstance(value, dt.datetime) else "number"


def _checked_name(name: object) -> str:
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME:
        raise ValueError(
            f"Column {name!r} cannot be a pivot field. Give it a heading of 1 to "
            f"{LONGEST_NAME} characters."
        )
    if safe_text(name) != name:
        raise ValueError(f"Column {name!r} has characters that Excel cannot hold. Rename it.")
    return name


def _refuse_unusable(source: PivotSource, names: list[str]) -> None:
    """What Excel's repair is known to remove: ClosedXML 123, openxlsx2 713 and 909, EPPlus 478."""
    if len({name.casefold() for name in names}) < len(names):
        raise ValueError(
            f"Table {source.table} has two headings that are alike but for their case. Rename one."
        )
    if source.frame.empty:
        raise ValueError(
            f"Table {source.table} has no rows. A PivotTable needs at least one; leave it out."
        )
    strangers = [name for name in (*source.axes, *source.order) if name not in names]
    if strangers:
        raise ValueError(f"Table {source.table} has no column {strangers[0]!r}.")


def clean(value: object, column: str) -> Scalar | None:
    """The value as the table's cell holds it, None if blank; raise ValueError if it cannot."""
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, bool):
        value = "Yes" if value else "No"
    if isinstance(value, str):
        return _safe(value) or None
    if isinstance(value, dt.date):
        return _moment(value, column)
    if isinstance(value, numbers.Real):
        return _number(value, column)
    raise ValueError(
        f"Column {column!r} holds {value!r}, a {type(value).__name__}. "
        "A pivot counts text, numbers and dates."
    )


# The same few labels stand in most rows.
_safe = lru_cache(4096)(safe_text)


def _number(value: numbers.Real, column: str) -> int | float | None:
    if isinstance(value, numbers.Integral):
        return int(value)
    number = float(value)
    if math.isinf(number):
        raise ValueError(f"Column {column!r} holds an infinite number.")
    return None if math.isnan(number) else number


def _moment(value: dt.date, column: str) -> dt.datetime:
    """The date to the second, as Excel's cache keeps it."""
    if value.year < _FIRST_DAY.year:
        raise ValueError(f"Column {column!r} holds {value}, which Excel cannot show as a date.")
    if not isinstance(value, dt.datetime):
        return dt.datetime(value.year, value.month, value.day)
    if value.tzinfo is not None:
        raise ValueError(f"Column {column!r} holds {value}; Excel knows no time zones.")
    return dt.datetime(*value.timetuple()[:6])


def _axis(name: str, values: tuple[Scalar | None, ...], listed: Sequence[Scalar]) -> SourceField:
    """The column with its items: those of the list first, then the others sorted, blank last."""
    known = {key_of(item): item for item in listed}
    # Reversed, so that of two spellings the first in the table is the one shown, as in Excel.
    present = {key_of(value): value for value in reversed(values)}
    others = sorted(present.keys() - known.keys(), key=lambda key: sort_key(present[key]))
    keys = [*known, *others]
    codes = {key: code for code, key in enumerate(keys)}
    return SourceField(
        name,
        values,
        items=tuple(present[key] if key in present else known[key] for key in keys),
        codes=tuple(codes[key_of(value)] for value in values),
        unused=frozenset(codes[key] for key in known if key not in present),
        listed=bool(known),
    )


def sort_key(value: Scalar | None) -> tuple[int, float, str, str]:
    """Excel's ascending order: numbers and dates, then text with accents beside it, blank last."""
    if value is None:
        return (2, 0.0, "", "")
    if isinstance(value, str):
        folded = value.casefold()
        letters = unicodedata.normalize("NFKD", folded)
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
        return (1, 0.0, plain, folded)
    if isinstance(value, dt.datetime):
        return (0, (value - _FIRST_DAY).total_seconds(), "", "")
    return (0, float(value), "", "")
