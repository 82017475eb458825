"""The review workbook as values: the office's store, read from the file and written back to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

import pandas as pd

from wps_xl import __version__
from wps_xl.codebook import Codebook, Cycle
from wps_xl.codebook.loader import columns_of
from wps_xl.model import CellRef, Value, column_letter
from wps_xl.records import Column, R, Record, Run, made, text
from wps_xl.records.kinds import GATHERED, Gathered
from wps_xl.review.layout import SheetPlan, plans, retired_plan


@dataclass(frozen=True)
class Typed:
    """Something in a generated range that wps_xl did not write: its address and what it says.

    In a table it is a whole row: its number, its values by heading, the letters of the headings.
    """

    sheet: str
    cell: str
    text: str
    number: int = 0
    row: Mapping[str, Value] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Review:
    """All tables of the review workbook.

    ``settings`` are the lines of sheet Cycle by code. ``tables`` holds a frame a sheet: columns
    are the headings, the index is the row of the sheet, blanks are None. ``letters`` says in which
    column of its sheet a heading stands. ``typed`` is what staff typed over generated ranges,
    ``missing`` are sheets that somebody took away. ``list_rows`` are the rows of sheet Lists where
    its lists begin. ``retired`` are sheets that wps_xl wrote for thematic areas that are called
    otherwise now, or are gone; ``emptied`` are those of them that still hold their figures.
    ``moves`` says of each data sheet which row is which of those
    that were read from the workbook; a sheet that is not named is as it was read.
    """

    codebook: Codebook
    settings: Mapping[str, Value]
    tables: Mapping[str, pd.DataFrame]
    letters: Mapping[str, Mapping[str, str]]
    typed: tuple[Typed, ...] = ()
    missing: tuple[str, ...] = ()
    list_rows: Mapping[str, int] = field(default_factory=dict)
    retired: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    moves: Mapping[str, Mapping[int, int]] = field(default_factory=dict)

    @property
    def cycle(self) -> Cycle:
        """The cycle that the workbook is for."""
        return self.codebook.cycle(self.text("cycle"))

    @property
    def version(self) -> str:
        """The version of wps_xl that wrote the workbook last, this one where its Log is blank:
        an older one may have laid it out otherwise, and made fewer columns."""
        lines = self.rows(Run)
        return (lines[-1].version if lines else "") or __version__

    def text(self, code: str) -> str:
        """One setting as text, blank where there is none."""
        return text(self.settings.get(code))

    def cell(self, sheet: str, row: int, heading: str) -> CellRef:
        """The cell of the review workbook that holds one value."""
        return CellRef("", sheet, self.letters[sheet][heading], row)

    def rows(self, kind: type[R]) -> tuple[R, ...]:
        """The rows of the table that a kind of record stands for."""
        return self._made(kind, kind.sheet_name)

    def rows_of(self, sheet: str) -> tuple[Record, ...]:
        """The rows of any table."""
        return self._made(Record, sheet)

    def gathered(self, sheet: str) -> tuple[Gathered, ...]:
        """The rows of a data sheet, whatever entities report on it."""
        return self._made(GATHERED.get(sheet, Gathered), sheet)

    def gathered_from(
        self, sheet: str, rows: Iterable[tuple[int, Mapping[str, Value]]]
    ) -> tuple[Gathered, ...]:
        """Rows for a data sheet that it does not hold: from numbers, and values by heading."""
        return made(GATHERED.get(sheet, Gathered), sheet, self._columns(sheet), rows)

    def new(self, kind: type[R], **values: Value) -> R:
        """A row that the table does not hold yet: its values by code."""
        columns = self._columns(kind.sheet_name)
        named = {column.heading: values.get(column.code) for column in columns}
        return made(kind, kind.sheet_name, columns, [(0, named)])[0]

    def _made(self, kind: type[R], sheet: str) -> tuple[R, ...]:
        found = self._records.get((kind, sheet))
        if found is None:
            found = made(kind, sheet, self._columns(sheet), self._numbered(sheet))
            self._records[kind, sheet] = found
        return cast("tuple[R, ...]", found)

    def _columns(self, sheet: str) -> list[Column]:
        if sheet not in self._known_columns:
            letters = self.letters.get(sheet, {})
            self._known_columns[sheet] = [
                Column(field.column, field.heading, field.holds, letters.get(field.heading, ""))
                for field in self._plans[sheet].fields
            ]
        return self._known_columns[sheet]

    @cached_property
    def _known_columns(self) -> dict[str, list[Column]]:
        return {}

    @cached_property
    def _records(self) -> dict[tuple[type[Record], str], tuple[Record, ...]]:
        """What was made so far: each table once."""
        return {}

    @cached_property
    def _plans(self) -> Mapping[str, SheetPlan]:
        return {plan.name: plan for plan in plans(self.codebook)}

    def _numbered(self, sheet: str) -> list[tuple[int, dict[str, Value]]]:
        """The rows of one table: Excel row and values by heading."""
        frame = self.tables[sheet]
        names = [str(name) for name in frame.columns]
        # Not to_dict("records"): it asks each cell what it is, and takes four times as long.
        rows = frame.to_numpy(dtype=object).tolist() if len(frame) else ()
        return [
            (number, dict(zip(names, row, strict=True)))
            for number, row in zip(map(int, frame.index.tolist()), rows, strict=True)
        ]


def table(plan: SheetPlan, rows: Iterable[Mapping[str, Value] | Record]) -> pd.DataFrame:
    """A table of the review workbook from records or rows by heading, numbered from its first."""
    by_heading = (row.by_heading() if isinstance(row, Record) else row for row in rows)
    data = [[row.get(heading) for heading in plan.headings] for row in by_heading]
    first = plan.header_row + 1
    index = pd.RangeIndex(first, first + len(data), name="row")
    return pd.DataFrame(data, columns=pd.Index(plan.headings), index=index, dtype=object)


def standard_letters(plan: SheetPlan) -> dict[str, str]:
    """Where the columns of a table stand in a workbook that wps_xl has written."""
    return {heading: column_letter(at) for at, heading in enumerate(plan.headings, start=1)}


def empty_tables(codebook: Codebook) -> dict[str, pd.DataFrame]:
    """Every table of the review workbook, without rows."""
    return {plan.name: table(plan, []) for plan in plans(codebook) if plan.fields}


def settings_of(cycle: Cycle) -> dict[str, Value]:
    """The lines of sheet Cycle for a cycle of the code lists."""
    moments: dict[str, Value] = {
        "review_from": cycle.review[0],
        "review_to": cycle.review[1],
        "plan_from": cycle.plan_period[0],
        "plan_to": cycle.plan_period[1],
        "practices_from": cycle.practices_from,
        **{f"{form}_due": day for form, day in (cycle.due or {}).items()},
    }
    days = {
        code: dt.datetime(day.year, day.month, day.day)
        for code, day in moments.items()
        if isinstance(day, dt.date)
    }
    return {
        "cycle": cycle.code,
        "name": cycle.name,
        "plan": cycle.plan,
        "classification": cycle.classification,
        "frequency": cycle.frequency,
        "number_style": cycle.number_style,
        "report_symbol": cycle.symbol,
        "mandate": cycle.mandate,
        **days,
    }


def cycle_row(settings: Mapping[str, Value]) -> dict[str, str]:
    """The row of the list of cycles that sheet Cycle states."""
    return {column: text(settings.get(column)) for column in columns_of("cycles")}


def sheets_of(review: Review) -> Sequence[SheetPlan]:
    """Our sheets in order, those behind them that are not filled any more."""
    return (*plans(review.codebook), *map(retired_plan, review.retired))


def sheet_names(codebook: Codebook) -> Sequence[str]:
    """The names of our sheets in order."""
    return [plan.name for plan in plans(codebook)]
