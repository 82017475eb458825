"""What a form says when it is issued, apart from its rows: titles, help, labels, instructions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from wps_xl.codebook import Codebook, Cycle
from wps_xl.forms.definitions import COVER, VERSION, Form, FormSheet, forms
from wps_xl.forms.imprint import (
    MARGINS,
    MOST_CELLS,
    Imprint,
    digest,
    is_imprint,
    read_imprint,
    said,
)
from wps_xl.forms.instructions import about, instruction
from wps_xl.forms.words import words
from wps_xl.intake.cover import Cover, show
from wps_xl.model import Book, Grid, Value, column_letter, column_number, split_address
from wps_xl.model.text import squeezed

# Sheets of a form without data; entities report nothing in them. How many columns each fills.
_TABLE_OF_NUMBERS = re.compile(r" - \w+ \d+$")
_WITHOUT_DATA = {"guide": 3, "check": 5, "lists": 0}
_CHECK, _LISTS = "check", "lists"
_FRONT, _FRONT_COLUMNS = "Issues: ", 7
_NOTE = 2
"""How many columns the explanation of a line of the Cover stands to the right of its value."""


@dataclass(frozen=True, eq=False)
class Issued:
    """The texts of the forms of a cycle, as they were when these forms were issued."""

    codebook: Codebook
    cycle: Cycle
    _lists: dict[object, frozenset[str] | None] = field(default_factory=dict)
    _bands: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def is_sheet_of_ours(self, name: str, first: Value) -> bool:
        """Whether a sheet is one of the form without data, or the one in front of our copies."""
        return _is_front(first) or _ours(name) in _WITHOUT_DATA

    @staticmethod
    def imprint(book: Book) -> Imprint:
        """What the form of this return said when it was issued, by its own account."""
        grids = (grid for grid in book.grids.values() if _ours(grid.name) == _LISTS)
        return next((read_imprint(grid.rows) for grid in grids), Imprint())

    def beside_data(self, grid: Grid, imprint: Imprint) -> Callable[[int, int, Value], bool]:
        """Tells of a cell of a sheet without data whether it is as issued.

        Where the form says nothing of itself, cells to the right of ours and below a list are
        known to be none of ours.
        """
        front = _is_front(grid.value(1, 1))
        name = "" if front else _ours(grid.name)
        imprint = read_imprint(grid.rows) if front else imprint
        ends = _ends(grid) if name == _LISTS else {}

        def is_ours(row: int, at: int, value: Value) -> bool:
            if row > ends.get(at, row):
                return False
            if not imprint.known:
                return name == _LISTS or at <= _WITHOUT_DATA.get(name, _FRONT_COLUMNS)
            if name == _LISTS:
                where = show(grid.value(1, at)) if row > 1 else _LISTS.capitalize()
                return is_imprint(value) or imprint.holds(where, show(value))
            computes = name == _CHECK and imprint.computes(f"{column_letter(at)}{row}")
            return (
                imprint.holds(name.capitalize(), show(value))
                or is_imprint(value)
                or (computes and self._is_result(grid.value(row, at)))
            )

        return is_ours

    def are_lists_as_issued(self, grid: Grid, imprint: Imprint) -> bool:
        """Whether a sheet Lists says only what stood there when the form was issued.

        It is the longest sheet and the same in most returns, so what it says is looked at once.
        """
        if grid.name.casefold() != _LISTS:
            return False
        top = ((None if is_imprint(one) else one for one in row) for row in grid.rows[:MOST_CELLS])
        says = (*map(tuple, top), *map(tuple, grid.rows[MOST_CELLS:]))
        if says not in self._lists:
            self._lists[says] = _said_in_lists(grid)
        said = self._lists[says]
        return said is not None and (not imprint.known or said <= imprint.digests)

    def _is_result(self, value: Value) -> bool:
        """Whether a formula of the sheet Check may give this; None where it has no result."""
        if isinstance(value, str):
            return self._results.fullmatch(squeezed(value)) is not None
        return True

    def in_margins(self, words: str, form: Form, imprint: Imprint) -> bool:
        """Whether the words of a header or footer are as issued."""
        if imprint.known:
            return imprint.holds(MARGINS, words)
        titles = (about(sheet.title, self.cycle) for sheet in form.sheets.values())
        known = (self.cycle.name, form.label, *titles, *self._entities)
        start = squeezed(words).rstrip("…")
        return any(squeezed(text).startswith(start) for text in known)

    def above_table(
        self, sheet: FormSheet, value: Value, column: int, is_old: bool, imprint: Imprint
    ) -> bool:
        """Whether a cell above the headings is as issued; older texts are not known."""
        said = squeezed(str(value)) in self._above(sheet) or imprint.holds(sheet.name, show(value))
        return said or (is_old and column == 1)

    def _above(self, sheet: FormSheet) -> frozenset[str]:
        """What stands above the headings of a sheet in a form of today."""
        key = (sheet.form, sheet.name)
        if key not in self._bands:
            ours = (about(text, self.cycle) for text in (sheet.title, sheet.help))
            self._bands[key] = frozenset(map(squeezed, (*ours, words("data")["band"])))
        return self._bands[key]

    def on_cover(self, cover: Cover, imprint: Imprint) -> Callable[[str, Value], bool]:
        """Tells of a cell of the Cover that holds no value of a line whether it is as issued."""
        lines: dict[int, tuple[str, int]] = {}
        for code, place in cover.cells.items():
            letters, row = split_address(place)
            lines[row] = (code, column_number(letters))
        last = max((at for _, at in lines.values()), default=0) + _NOTE
        is_old = cover.text("form_version") != VERSION

        def is_ours(cell: str, value: Value) -> bool:
            if imprint.holds(COVER, show(value)):
                return True
            letters, row = split_address(cell)
            at = column_number(letters)
            if is_old and at <= last:
                return True
            # What the code of a line means stands beside it, in the words of its own list.
            code, place = lines.get(row, ("", at))
            if at - place == _NOTE and self._cover.columns[code].prefilled and not imprint.known:
                return True
            return self._texts.fullmatch(squeezed(str(value))) is not None

        return is_ours

    @cached_property
    def _cover(self) -> FormSheet:
        return next(iter(forms(self.codebook).values())).cover

    @cached_property
    def _entities(self) -> list[str]:
        return [entry.label for entry in self.codebook["entities"].entries.values()]

    @cached_property
    def _results(self) -> re.Pattern[str]:
        """What the formulas of the sheet Check may say."""
        text = {key: re.escape(squeezed(said)) for key, said in words("check").items()}
        things = f"(?:{text['thing']}|{text['things']})"
        counted = rf"{text['not_ready']} ?\d+ ?{things}"
        return re.compile(rf"\?|{text['ready']}|{counted}|\d+ ?{text['look']}")

    @cached_property
    def _texts(self) -> re.Pattern[str]:
        """Every text of a Cover; slots stand for what differs from form to form."""
        labels = [form.label for form in forms(self.codebook).values()]
        patterns = [f"{re.escape(label)}: .*" for label in labels]
        patterns += [".*".join(map(re.escape, _pieces(text))) for text in words("cover").values()]
        for column in self._cover.columns.values():
            told = instruction(self._cover, column, self.codebook, self.cycle)
            patterns += [re.escape(squeezed(text)) for text in (column.heading, column.code, told)]
        return re.compile("|".join(patterns))


def _ours(name: str) -> str:
    """The name of a sheet as the form has it; Numbers puts that of a table after it."""
    return _TABLE_OF_NUMBERS.sub("", name).casefold()


def _is_front(first: Value) -> bool:
    """Whether a sheet that begins like this is the one in front of our correction copies."""
    return isinstance(first, str) and first.startswith(_FRONT)


def _ends(grid: Grid) -> dict[int, int]:
    """The last row of each list on the sheet Lists; below it stands nothing of ours."""
    ends: dict[int, int] = {}
    width = max((len(row) for row in grid.rows), default=0)
    for at in range(1, width + 1):
        filled = (len(row) >= at and row[at - 1] is not None for row in grid.rows)
        ends[at] = sum(1 for _ in takewhile(bool, filled))
    return ends


def _said_in_lists(grid: Grid) -> frozenset[str] | None:
    """The digests of all that a sheet Lists says; None where something stands below a list."""
    ends = _ends(grid)
    heads = [show(value) for value in grid.rows[0]] if grid.rows else []
    found = set()
    for row, cells in enumerate(grid.rows, start=1):
        for at, value in enumerate(cells, start=1):
            if value is None or is_imprint(value):
                continue
            if row > ends[at]:
                return None
            where = heads[at - 1] if row > 1 else _LISTS.capitalize()
            found.add(digest(said(where, show(value))))
    return frozenset(found)


def _pieces(text: str) -> list[str]:
    return re.split(r"\{\w+\}", squeezed(text))
