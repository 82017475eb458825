"""Reads a PivotTable as a person does: from the labels in its cells to the figures beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from wps_xl.office.excel.pivots.layout import box_of
from wps_xl.office.excel.pivots.tables import Pivot, Placed

Key = tuple[tuple[str, ...], tuple[str, ...], str]
"""Row labels from outside in, column labels, caption of the value. No labels: the total."""


@dataclass(frozen=True)
class Words:
    """How a program says total and blank."""

    total: str
    subtotal: str
    blank: str


OURS = Words("Total", " Total", "(blank)")
LIBRE_OFFICE = Words("Total Result", " Result", "(empty)")


@dataclass(frozen=True)
class Body:
    """The cells of a PivotTable from its headings on, and the depth of each row label.

    ``levels`` is None where the column of a label is its depth, as everywhere but in Excel's
    compact layout.
    """

    pivot: Pivot
    rows: Sequence[Sequence[object]]
    words: Words
    levels: Sequence[int] | None = None

    @property
    def label_columns(self) -> int:
        """How many columns hold row labels."""
        return 1 if self.levels is not None else len(self.pivot.rows)

    @property
    def heading_rows(self) -> int:
        """How many rows hold headings."""
        several = len(self.pivot.values) > 1
        across = len(self.pivot.columns) + 1 + several if self.pivot.columns else 1
        return across + (several and not self.pivot.columns and self.words is LIBRE_OFFICE)

    def figures(self) -> dict[Key, float]:
        """Every figure with the labels that a reader finds for it."""
        heads = self._column_keys()
        found = {}
        for key, line in zip(self.row_keys(), self.rows[self.heading_rows :], strict=True):
            for (column, caption), figure in zip(heads, line[self.label_columns :], strict=True):
                if isinstance(figure, int | float):
                    found[key, column, caption] = float(figure)
        return found

    def row_keys(self) -> list[tuple[str, ...]]:
        """The labels of each line; those of the line above go on where a cell is blank."""
        keys = []
        before: tuple[str, ...] = ()
        for at, line in enumerate(self.rows[self.heading_rows :]):
            labels = list(line[: self.label_columns])
            if self.levels is not None:
                labels = [None] * self.levels[at] + labels
            before = self._carried(before, labels)
            keys.append(before)
        return keys

    def _carried(self, before: tuple[str, ...], labels: Sequence[object]) -> tuple[str, ...]:
        first = next((i for i, label in enumerate(labels) if label is not None), len(labels))
        shown = [label for label in labels[first:] if label is not None]
        if shown and shown[0] == self.words.total:
            return ()
        return (*before[:first], *map(self._plain, shown))

    def _plain(self, label: object) -> str:
        text = as_text(label).removesuffix(self.words.subtotal)
        return "(blank)" if text == self.words.blank else text

    def _column_keys(self) -> list[tuple[tuple[str, ...], str]]:
        captions = [value.caption for value in self.pivot.values]
        heads: list[tuple[tuple[str, ...], str]] = []
        before: tuple[str, ...] = ()
        for column in range(self.label_columns, len(self.rows[0])):
            cells = [row[column] for row in self.rows[: self.heading_rows]]
            if not self.pivot.columns:
                heads.append(((), str(cells[-1])))
                continue
            labels, caption = self._split(cells[1:], captions)
            before = self._carried(before, labels)
            heads.append((before, caption or captions[0]))
        return heads

    def _split(self, cells: list[object], captions: list[str]) -> tuple[list[object], str]:
        """The labels and the caption, which stands below them or behind the word for total."""
        if len(captions) == 1:
            return cells, ""
        *labels, caption = cells
        if caption is not None:
            return labels, str(caption)
        for at, label in enumerate(labels):
            found = next((c for c in captions if str(label).endswith(f" {c}")), None)
            if found:
                word = str(label).removesuffix(f" {found}")
                labels[at] = self.words.total if word == "Total" else word
                return labels, found
        return labels, ""


def body_in(sheet: Worksheet, pivot: Pivot, placed: Placed) -> Body:
    """The cells of one of our pivots."""
    left, top, right, bottom = box_of(placed.ref)
    cells = [
        [sheet.cell(row, column) for column in range(left, right + 1)]
        for row in range(top, bottom + 1)
    ]
    body = Body(pivot, [[cell.value for cell in row] for row in cells], OURS)
    if pivot.layout == "tabular":
        return body
    lines = cells[body.heading_rows :]
    return Body(pivot, body.rows, OURS, [int(row[0].alignment.indent) for row in lines])


def body_of(pivot: Pivot, seen: Mapping[str, object]) -> Body:
    """The cells of a pivot as LibreOffice shows it."""
    rows = seen["cells"]
    assert isinstance(rows, list)
    pages = len(pivot.pages)
    return Body(pivot, rows[pages + 1 if pages else 0 :], LIBRE_OFFICE)


def as_text(label: object) -> str:
    """A label as a person reads it: 2005, 2007-01-31."""
    if isinstance(label, dt.datetime):
        return f"{label:%Y-%m-%d}"
    return f"{label:g}" if isinstance(label, int | float) else str(label)
