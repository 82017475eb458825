"""Where things stand in a form: rows, ranges, and the defined names of lists and columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import quote_sheetname

from wps_xl.forms.definitions import Column, FormSheet
from wps_xl.model import column_letter
from wps_xl.rules import expressions as ex
from wps_xl.rules.expressions import Flag, Number, Text
from wps_xl.rules.names import plain

TITLE_ROW, HELP_ROW, CODE_ROW, HEADING_ROW, FIRST_ROW = 1, 2, 3, 4, 5
GUIDE, CHECK, LISTS = "Guide", "Check", "Lists"
_REACH = 1000
_SPARE = 300


def labels(name: str) -> str:
    """The name of the cells with the labels of a list, which a drop-down shows."""
    return f"lst_{plain(name)}"


def choices_below(name: str) -> str:
    """The name of the first of the cells with a list's entries, sorted by what they belong to."""
    return f"of_{plain(name)}"


def parents(name: str) -> str:
    """The name of the cells beside ``choices_below`` that say what an entry belongs to."""
    return f"under_{plain(name)}"


def key_choices(sheet: str, code: str) -> str:
    """The name of the filled cells of a column that other sheets refer to."""
    return f"lst_{plain(sheet)}_{plain(code)}"


def begun(sheet: str) -> Flag:
    """The name of a formula that says of each row whether it is begun."""
    return Flag(Number(f"begun_{plain(sheet)}"))


def prepared(sheet: str) -> Flag:
    """The name of a formula that says of each row whether it has a number."""
    return Flag(Number(f"prepared_{plain(sheet)}"))


def table(sheet: str) -> str:
    """The name of the native table on a sheet."""
    return plain(sheet)


@dataclass(frozen=True)
class Layout:
    """Where the columns of one data sheet stand, and how far down its formulas reach."""

    sheet: FormSheet
    columns: Sequence[Column]
    letters: Mapping[str, str]
    last_row: int

    def cell(self, code: str) -> str:
        """The cell of a column in the first row of data; rows below follow it."""
        return f"${self.letters[code]}{FIRST_ROW}"

    def data(self, code: str) -> str:
        """The cells of a column from the first row of data on."""
        letter = self.letters[code]
        return f"${letter}${FIRST_ROW}:${letter}${self.last_row}"

    def whole(self, code: str) -> str:
        """The cells of a column from its heading on, for formulas on another sheet.

        The heading is among them so that a row inserted above the first one is, too.
        """
        letter = self.letters[code]
        name = quote_sheetname(self.sheet.name)
        return f"{name}!${letter}${HEADING_ROW}:${letter}${self.last_row}"

    def heading(self, code: str) -> str:
        """The cell of a column's heading, for formulas on another sheet."""
        return f"{quote_sheetname(self.sheet.name)}!${self.letters[code]}${HEADING_ROW}"

    def begun_here(self) -> Flag:
        """Whether the first row of data is begun, as a formula in the sheet itself."""
        runs = _runs([self.letters[code] for code in self.sheet.signs_of_life], self._letters)
        cells = ",".join(f"${first}{FIRST_ROW}:${last}{FIRST_ROW}" for first, last in runs)
        return ex.flag(ex.compared(Number(f"COUNTA({cells})"), ">", ex.ZERO))

    def prepared_here(self) -> Flag:
        """Whether the first row of data has a number, as a formula in the sheet itself."""
        return ex.flag(ex.is_filled(self.cell(self.sheet.key)))

    def begun_everywhere(self) -> Flag:
        """1 or 0 for each row from the heading on, whether it is a row of data and begun."""
        cells = map(self.whole, self.sheet.signs_of_life)
        begun_ = ex.some(*(ex.flag(ex.has_something(column)) for column in cells))
        return ex.every(self._below_heading(), begun_)

    def prepared_everywhere(self) -> Flag:
        """1 or 0 for each row from the heading on, whether it is a row of data with a number."""
        numbered = ex.flag(ex.is_filled(self.whole(self.sheet.key)))
        return ex.every(self._below_heading(), numbered)

    def keys(self, code: str) -> Text:
        """The keys in a column from the heading on, which has 0 in front where they have 1."""
        return Text(f"{self._below_heading()}&{ex.key_text(self.whole(code))}")

    @property
    def _letters(self) -> list[str]:
        return list(self.letters.values())

    def _below_heading(self) -> Flag:
        first = self.columns[0].code
        own, heading = (Number(f"ROW({of(first)})") for of in (self.whole, self.heading))
        return ex.flag(ex.compared(own, ">", heading))


def lay_out(sheet: FormSheet, rows: int) -> Layout:
    """The columns of a sheet, those marked optional at the right, and its reach below ``rows``."""
    columns = sorted(sheet.columns.values(), key=lambda column: column.optional_extra)
    letters = {column.code: column_letter(at) for at, column in enumerate(columns, start=1)}
    return Layout(sheet, columns, letters, max(_REACH, HEADING_ROW + rows + _SPARE))


def _runs(wanted: Sequence[str], letters: Sequence[str]) -> list[tuple[str, str]]:
    """First and last letter of each run of neighbours among the wanted letters."""
    runs: list[tuple[str, str]] = []
    for before, letter in zip(["", *letters], letters, strict=False):
        if letter not in wanted:
            continue
        if runs and runs[-1][1] == before:
            runs[-1] = (runs[-1][0], letter)
        else:
            runs.append((letter, letter))
    return runs
