"""The nouns of workbooks: cells, grids, books, tables and issues. All frozen."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

Value = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None

_ADDRESS = re.compile(
    r"(?:'(?:\[(?P<book>[^\]]+)\])?(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!\[\]]+))"
    r"!\$?(?P<column>[A-Z]{1,3})\$?(?P<row>[1-9]\d{0,6})"
)


def column_letter(number: int) -> str:
    """Excel's letters for column ``number``, counted from 1."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number, counted from 1, of Excel's column ``letters``."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def split_address(address: str) -> tuple[str, int]:
    """Column letters and row number of an address inside its sheet: ``D14`` is D and 14."""
    letters = address.rstrip("0123456789")
    return letters, int(address[len(letters) :])


@dataclass(frozen=True, order=True)
class CellRef:
    """Address of one cell in Excel's own notation, ``'[book.xlsx]Sheet'!D14``.

    ``book`` is empty for a cell of the review workbook: ``Sheet!D14``.
    """

    book: str
    sheet: str
    column: str
    row: int

    def __str__(self) -> str:
        sheet = self.sheet.replace("'", "''")
        if self.book:
            return f"'[{self.book}]{sheet}'!{self.column}{self.row}"
        if re.fullmatch(r"[A-Za-z_]\w*", self.sheet):
            return f"{sheet}!{self.column}{self.row}"
        return f"'{sheet}'!{self.column}{self.row}"

    @classmethod
    def parse(cls, text: str) -> CellRef:
        """Read what ``str()`` wrote; raise ValueError on anything else."""
        match = _ADDRESS.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"not a cell address: {text!r}")
        sheet = match["plain"] or match["quoted"].replace("''", "'")
        return cls(match["book"] or "", sheet, match["column"], int(match["row"]))

    @property
    def a1(self) -> str:
        """The address inside its sheet: ``D14``."""
        return f"{self.column}{self.row}"


@dataclass(frozen=True)
class Look:
    """How a cell looks, where that may say more than its value.

    ``format`` is its number format where that is more than digits. ``pieces`` are the pieces of a
    text, each with how it is set: blank, raised, lowered, struck or hidden.
    """

    format: str = ""
    struck: bool = False
    hidden: bool = False
    pieces: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Grid:
    """One sheet as it stands in the file: ``rows[0][0]`` is cell A1, blank cells are None.

    Trailing blank rows and cells are left out, so rows may differ in length. ``errors`` maps an
    address to what Excel shows there (``#REF!``); ``uncached`` are formulas without a stored
    result; ``merged`` are ranges such as ``B2:C4``; ``hidden_rows`` are Excel row numbers;
    ``looks`` are cells that look like more than they hold; ``objects`` are cells that hold a place,
    a picture or the like, of which no value can be read; ``linked`` maps an address to a formula
    that takes its value from another workbook; ``of_blanks`` are formulas that came to 0 because
    all they refer to is blank. What stands in the file and is no value at all is
    among ``errors``.
    """

    name: str
    rows: Sequence[Sequence[Value]]
    visible: bool = True
    errors: Mapping[str, str] = field(default_factory=dict)
    uncached: frozenset[str] = frozenset()
    merged: tuple[str, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    looks: Mapping[str, Look] = field(default_factory=dict)
    objects: frozenset[str] = frozenset()
    linked: Mapping[str, str] = field(default_factory=dict)
    of_blanks: frozenset[str] = frozenset()

    def value(self, row: int, column: int) -> Value:
        """The value at Excel row and column, both counted from 1; None outside the grid."""
        if 0 < row <= len(self.rows) and 0 < column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None


@dataclass(frozen=True)
class Aside:
    """Something that a workbook holds beside the values of its cells, with its words.

    ``kind`` says what it is: note, comment (threaded), text box, picture, shape, chart, form
    control, embedded file, link (behind the words of a cell), broken part. ``cell`` is the one it
    belongs to or begins at, blank where there is none.
    """

    kind: str
    sheet: str
    cell: str = ""
    words: str = ""
    author: str = ""


@dataclass(frozen=True)
class Book:
    """One workbook, read whole. ``modified`` is the date inside the file, else the file's own.

    ``label`` is what it is called where its name alone would not do; ``asides`` is what it holds
    beside the values of its cells. ``dated`` says that the date is the one inside the file;
    ``came_in`` in words what the workbook was taken out of, or how else its file is called.
    """

    path: Path
    grids: Mapping[str, Grid]
    modified: dt.datetime
    sha256: str = ""
    label: str = ""
    asides: tuple[Aside, ...] = ()
    dated: bool = True
    came_in: str = ""

    @property
    def name(self) -> str:
        """The file name, or the label."""
        return self.label or self.path.name


@dataclass(frozen=True)
class Unreadable:
    """A file that could not be read, and one sentence that says why and what to do.

    ``label`` is what it is called where its name alone would not do; ``entity`` and ``form`` are
    those that its name says, ``modified`` the file's own date.
    """

    path: Path
    code: str
    reason: str
    label: str = ""
    entity: str = ""
    form: str = ""
    modified: dt.datetime | None = None

    @property
    def name(self) -> str:
        """The file name, or the label."""
        return self.label or self.path.name


@dataclass(frozen=True)
class Table:
    """One sheet of one return, typed.

    ``numbers`` are the Excel rows of its rows of data; ``columns`` holds one list of values per
    column code in that order; ``letters`` and ``headings`` say where each column found stands and
    what its user reads above it. So any value can be traced to its cell.
    """

    book: str
    sheet: str
    numbers: Sequence[int]
    columns: Mapping[str, Sequence[Value]]
    letters: Mapping[str, str]
    headings: Mapping[str, str]
    heading_row: int

    def cell(self, row: int, column: str) -> CellRef:
        """Address of the value of ``column`` in Excel row ``row``."""
        return CellRef(self.book, self.sheet, self.letters[column], row)

    @property
    def frame(self) -> pd.DataFrame:
        """The table as a frame whose index is the Excel row."""
        import pandas as pd

        return pd.DataFrame(dict(self.columns), index=pd.Index(self.numbers, name="row"))


@dataclass(frozen=True)
class Issue:
    """Something for a person to correct or decide. Collected, shown, never raised.

    ``severity`` is ``error`` (holds the row back), ``warning`` or ``note``; ``cell`` is the
    address in the user's own file; ``also`` are further cells of the same cause; ``answer`` is
    what the office has decided about it; ``part`` is the value or piece of text that the issue is
    about where the cell holds more than that.
    """

    code: str
    severity: str
    message: str
    book: str
    entity: str = ""
    form: str = ""
    sheet: str = ""
    cell: str | None = None
    row: int | None = None
    column: str = ""
    heading: str = ""
    found: str = ""
    suggestion: str = ""
    also: tuple[str, ...] = ()
    para: str = ""
    answer: str = ""
    part: str = ""

    @property
    def count(self) -> int:
        """How many cells have this cause."""
        return 1 + len(self.also)

    def is_error_at(self, sheet: str, row: int, column: str) -> bool:
        """Whether it is an error of that value of its return."""
        return self.severity == "error" and (self.sheet, self.row, self.column) == (
            sheet,
            row,
            column,
        )
