"""What a form says when it is issued, apart from its rows: titles, help, labels, instructions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from wps_xl.codebook import Codebook, Cycle
from wps_xl.forms.definitions import VERSION, FormSheet, forms
from wps_xl.forms.instructions import instruction
from wps_xl.forms.words import words
from wps_xl.intake.cover import Cover
from wps_xl.intake.text import squeezed
from wps_xl.model import Value, column_number, split_address

# Sheets of a form without data; entities report nothing in them.
_WITHOUT_DATA = ("guide", "check", "lists")
_NOTE = 2
"""How many columns the explanation of a line of the Cover stands to the right of its value."""


@dataclass(frozen=True, eq=False)
class Issued:
    """The texts of the forms of a cycle, as they were when these forms were issued."""

    codebook: Codebook
    cycle: Cycle

    def is_sheet_of_ours(self, name: str, first: Value) -> bool:
        """Whether a sheet is one of the form without data, or the one in front of our copies."""
        front = isinstance(first, str) and first.startswith("Issues: ")
        return front or name.casefold() in _WITHOUT_DATA

    def above_table(self, sheet: FormSheet, value: Value, column: int, is_old: bool) -> bool:
        """Whether a cell above the headings is as issued; older texts are not known."""
        texts = {squeezed(text) for text in (sheet.title, sheet.help, words("data")["band"])}
        return squeezed(str(value)) in texts or (is_old and column == 1)

    def on_cover(self, cover: Cover, cell: str, value: Value) -> bool:
        """Whether a cell of the Cover that holds no value of a line is as issued."""
        letters, row = split_address(cell)
        at = column_number(letters)
        lines = {split_address(place)[1]: (code, place) for code, place in cover.cells.items()}
        code, place = lines.get(row, ("", ""))
        beside = at - column_number(split_address(place)[0]) if place else 0
        if cover.text("form_version") != VERSION and at <= self._last_column(cover):
            return True
        # What the code of a line means stands beside it, in the words of its own list.
        if beside == _NOTE and self._cover.columns[code].prefilled:
            return True
        return self._texts.fullmatch(squeezed(str(value))) is not None

    @staticmethod
    def _last_column(cover: Cover) -> int:
        found = (column_number(split_address(cell)[0]) for cell in cover.cells.values())
        return max(found, default=0) + _NOTE

    @cached_property
    def _cover(self) -> FormSheet:
        return next(iter(forms(self.codebook).values())).cover

    @cached_property
    def _texts(self) -> re.Pattern[str]:
        """Every text of a Cover; slots stand for what differs from form to form."""
        labels = [form.label for form in forms(self.codebook).values()]
        patterns = [f"{re.escape(label)}: .*" for label in labels]
        patterns += [".*".join(map(re.escape, _pieces(text))) for text in words("cover").values()]
        for column in self._cover.columns.values():
            about = instruction(self._cover, column, self.codebook, self.cycle)
            patterns += [re.escape(squeezed(text)) for text in (column.heading, column.code, about)]
        return re.compile("|".join(patterns))


def _pieces(text: str) -> list[str]:
    return re.split(r"\{\w+\}", squeezed(text))
