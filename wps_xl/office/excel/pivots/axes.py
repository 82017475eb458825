"""The lines of a PivotTable's two axes: items, subtotals, totals, in Excel's own order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

ItemKey = tuple[int, ...]
"""Item positions from the outermost field inwards."""


@dataclass(frozen=True)
class AxisLine:
    """One row or column of a PivotTable.

    ``key`` holds the items that the line counts: of all fields for an innermost line, of the
    outer ones for a subtotal or a heading line, of none for the grand total. ``repeated`` is how
    many fields show the same item as the line before and stay blank. ``measure`` is the position
    of the value shown, and ``shown`` the item positions that the file lists.
    """

    kind: Literal["data", "default", "grand"]
    key: ItemKey
    repeated: int
    measure: int
    shown: ItemKey


@dataclass(frozen=True)
class Axis:
    """How one axis is laid out. ``depth`` is the number of fields, ``measures`` the values.

    ``outline`` puts an outer item on a line of its own above its inner ones, as the compact
    layout does; otherwise outer items get a subtotal line below.
    """

    depth: int
    measures: int = 1
    outline: bool = False
    grand_total: bool = True

    def lines(self, keys: Sequence[ItemKey]) -> tuple[AxisLine, ...]:
        """All lines for the combinations of items that occur, which must be sorted."""
        if self.depth == 0:
            return tuple(self._spread("data", (), 0, ()))
        return tuple(self._walk(keys))

    def _walk(self, keys: Sequence[ItemKey]) -> Iterator[AxisLine]:
        before: ItemKey = ()
        for key in keys:
            shared = _shared(before, key)
            yield from self._subtotals(before, shared)
            yield from self._items(key, shared)
            before = key
        yield from self._subtotals(before, 0)
        if self.grand_total:
            yield from self._spread("grand", (), 0, (0,))

    def _items(self, key: ItemKey, shared: int) -> Iterator[AxisLine]:
        if not self.outline:
            yield from self._spread("data", key, shared, key[shared:])
            return
        for level in range(shared, self.depth):
            yield from self._spread("data", key[: level + 1], level, (key[level],))

    def _subtotals(self, key: ItemKey, shared: int) -> Iterator[AxisLine]:
        """A line for each outer item of ``key`` that ends here, the innermost first."""
        if self.outline or not key:
            return
        for level in range(self.depth - 2, shared - 1, -1):
            yield from self._spread("default", key[: level + 1], level, (key[level],))

    def _spread(
        self, kind: Literal["data", "default", "grand"], key: ItemKey, repeated: int, shown: ItemKey
    ) -> Iterator[AxisLine]:
        """The line once per value; the values are one field more, behind the others."""
        for measure in range(self.measures):
            if kind != "data" or self.measures == 1:
                yield AxisLine(kind, key, repeated, measure, shown)
            elif measure == 0:
                yield AxisLine(kind, key, repeated, measure, (*shown, 0))
            else:
                yield AxisLine(kind, key, self.depth, measure, (measure,))


def _shared(before: ItemKey, key: ItemKey) -> int:
    """How many outer items the two have in common."""
    pairs = zip(before, key, strict=False)
    return next((i for i, (one, other) in enumerate(pairs) if one != other), len(before))
