"""Filters that staff set in a PivotTable of ours, set again where it is laid anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from wps_xl.office.excel.pivots.layout import Layout, Pivot
from wps_xl.office.excel.pivots.source import PivotSource

BLANK = "(blank)"


@dataclass(frozen=True)
class Filter:
    """Which entries of one field are shown, and which are hidden."""

    shown: frozenset[str]
    hidden: frozenset[str]

    def agrees_with(self, other: Filter | None) -> bool:
        """Whether both let the same through; programs leave out entries that no row has."""
        return other is not None and (self.shown == other.shown or self.hidden == other.hidden)


Filters = Mapping[str, Mapping[str, Filter]]
"""By the name of the PivotTable and its field; page filters are there in any case."""


def label(value: object) -> str:
    """An entry as it is compared: a number without the digits that programs add to it."""
    if value is None:
        return BLANK
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def with_filters(source: PivotSource, pivot: Pivot, found: Mapping[str, Filter]) -> Pivot:
    """The pivot with each filter whose entries are still there; one that hides all is left out."""
    for name, one in found.items():
        if name in pivot.axes:
            filtered = _with_filter(source, pivot, name, one)
            if Layout(source, filtered, 1, 1).chosen.any():
                pivot = filtered
    return pivot


def _with_filter(source: PivotSource, pivot: Pivot, name: str, one: Filter) -> Pivot:
    codes = {label(item): code for code, item in enumerate(source.fields[name].items)}
    away = {name: frozenset(codes[entry] for entry in one.hidden if entry in codes)}
    if name not in pivot.pages:
        return replace(pivot, hidden={**pivot.hidden, **away})
    chosen = next(iter(one.shown)) if len(one.shown) == 1 and one.hidden else BLANK
    if chosen == BLANK:
        return replace(pivot, pages={**pivot.pages, name: None}, hidden={**pivot.hidden, **away})
    if chosen not in codes or not source.has({name: source.fields[name].items[codes[chosen]]}):
        return pivot
    return replace(pivot, pages={**pivot.pages, name: source.fields[name].items[codes[chosen]]})
