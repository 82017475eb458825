"""All returns of a run side by side: what rules that compare rows and returns look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from wps_xl.codebook import Codebook, Cycle
from wps_xl.forms.definitions import Form, FormSheet
from wps_xl.intake.catalogue import Place
from wps_xl.intake.cover import place
from wps_xl.intake.returns import Return
from wps_xl.model import CellRef, Value, split_address


@dataclass(frozen=True)
class Line:
    """One row of one sheet of a return: ``at`` is its position in the table, ``row`` Excel's."""

    owner: Return
    sheet: FormSheet
    at: int
    row: int

    def __getitem__(self, column: str) -> Value:
        return self.owner.tables[self.sheet.name].columns[column][self.at]

    def text(self, column: str) -> str:
        """The value as text, blank where there is none."""
        value = self[column]
        return value if isinstance(value, str) else ""

    def codes(self, column: str) -> list[str]:
        """The codes of a cell that holds several."""
        return [part for part in self.text(column).split("; ") if part]

    def place(self, column: str) -> Place:
        """Where the value stands."""
        return self.owner.place(self.sheet, self.row, column)

    def address(self, column: str, reader: Return) -> str:
        """The cell as ``also`` lists it in an issue of ``reader``; blank where there is none."""
        where = self.place(column)
        if where.cell is None:
            return ""
        if self.owner is reader:
            return f"{where.sheet}!{where.cell}"
        return str(CellRef(where.book, where.sheet, *split_address(where.cell)))


Planned = Mapping[str, Collection[str]]
"""Entity to the numbers of its initiatives, in the plan in force or in the one now asked for."""


Values = Mapping[str, Value]
"""Values by column code."""


@dataclass(frozen=True)
class Earlier:
    """One row of the last cycle's workbook: what it says that it is about, and where it stands."""

    entity: str
    sheet: str
    number: str
    words: tuple[str, ...]
    cell: str


@dataclass(frozen=True)
class Background:
    """What the workbook knows beside the returns of this run.

    ``plans`` has the plans that an entity's form may have been filled in from, each as its
    results by number; ``earlier`` are rows of the last cycle.
    """

    plans: Mapping[str, Sequence[Mapping[str, Values]]] = field(default_factory=dict)
    earlier: Sequence[Earlier] = ()


@dataclass(frozen=True)
class Gathering:
    """The returns that count, in entity order, and the lists that they are held against.

    ``planned`` are the initiatives that the workbook knows beside those of the returns.
    """

    returns: Sequence[Return]
    forms: Mapping[str, Form]
    codebook: Codebook
    cycle: Cycle
    planned: Planned = field(default_factory=dict)
    background: Background = field(default_factory=Background)

    @cached_property
    def invited(self) -> Mapping[str, str]:
        """Entity to how it takes part in the cycle."""
        return self.codebook.invited(self.cycle.code)

    def is_invited(self, item: Return) -> bool:
        """Whether a return is an entity's own, not one entered by the office."""
        return not self.invited or self.invited.get(item.entity) == "invited"

    def is_body(self, item: Return) -> bool:
        """Whether it is the return of an inter-agency or other body, not of an entity."""
        entities = self.codebook["entities"]
        return item.entity in entities and entities[item.entity]["kind"] == "body"

    def sheets(self) -> Iterator[tuple[Return, FormSheet]]:
        """Every sheet of every return."""
        for item in self.returns:
            for sheet in self.forms[item.form].sheets.values():
                if sheet.name in item.tables:
                    yield item, sheet

    def lines(self, sheet_name: str) -> list[Line]:
        """The rows of one sheet over all returns, totals left out."""
        return list(chain.from_iterable(self._lines.get(sheet_name, {}).values()))

    def lines_of(self, item: Return, sheet: FormSheet) -> list[Line]:
        """The rows of one sheet of a return, totals left out."""
        return self._lines[sheet.name][item.book]

    @cached_property
    def _lines(self) -> dict[str, dict[str, list[Line]]]:
        """The rows by sheet and book: made once, since nearly every rule looks at them."""
        lines: dict[str, dict[str, list[Line]]] = defaultdict(dict)
        for item, sheet in self.sheets():
            lines[sheet.name][item.book] = list(_lines_of(item, sheet))
        return lines

    def entity_place(self, item: Return) -> Place:
        """The line of the Cover that names the entity."""
        column = self.forms[item.form].cover.columns["entity"]
        return place(item.book, item.cover, column, item.entity, item.form)


def _lines_of(item: Return, sheet: FormSheet) -> Iterator[Line]:
    for at, row in enumerate(item.tables[sheet.name].numbers):
        if (sheet.name, row, "") not in item.silent:
            yield Line(item, sheet, at, row)


def found_columns(item: Return, sheet_name: str, *columns: str) -> bool:
    """Whether a return has the sheet with all of these columns."""
    table = item.tables.get(sheet_name)
    return table is not None and all(column in table.letters for column in columns)
