"""What a form said when it was issued, as a list of digests that travels inside the form.

The office's lists, dates and guides change after forms are issued, so a form issued anew does not
say what this one said. A return is held against its own imprint; forms without one are older.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

LEAD = "As issued:"
HEADING = "as issued"
MARGINS, FRONT = "&", ""
"""Where headers and footers say something, and the sheet in front of our copies."""
_IN_A_CELL = 2000
MOST_CELLS = 20
"""An imprint stands in the first rows of its sheet."""


@lru_cache(maxsize=20_000)
def digest(text: str) -> str:
    """Eight signs for a text, whatever spaces and line ends a program makes of it."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    return f"{zlib.crc32(plain.encode('utf-8', 'replace')):08x}"


def said(where: str, text: str) -> str:
    """What stands in an imprint for a text: a sheet or a list says it, not all of them."""
    return f"{where}\n{text}"


def computed(cell: str) -> str:
    """What stands in an imprint for a cell whose content a formula gives."""
    return said("=", cell)


@dataclass(frozen=True)
class Imprint:
    """The digests of all that a form said; ``known`` is false where it has none with it."""

    digests: frozenset[str] = field(default_factory=frozenset)

    @property
    def known(self) -> bool:
        """Whether the form has its imprint with it."""
        return bool(self.digests)

    def holds(self, where: str, text: str) -> bool:
        """Whether the form said this there when it was issued."""
        return digest(said(where, text)) in self.digests

    def computes(self, cell: str) -> bool:
        """Whether a formula stood in that cell of the sheet Check."""
        return digest(computed(cell)) in self.digests


def is_imprint(value: object) -> bool:
    """Whether a cell holds a piece of an imprint."""
    return isinstance(value, str) and value.startswith(LEAD)


def imprinted(texts: Iterable[str]) -> Iterator[str]:
    """The cells of the imprint of these texts."""
    digests = sorted({digest(text) for text in texts})
    for at in range(0, len(digests), _IN_A_CELL):
        yield " ".join((LEAD, *digests[at : at + _IN_A_CELL]))


def read_imprint(rows: Iterable[Sequence[object]]) -> Imprint:
    """The imprint that stands in the cells of a sheet."""
    top = islice(rows, MOST_CELLS)
    cells = (str(value) for row in top for value in row if is_imprint(value))
    return Imprint(frozenset(word for cell in cells for word in cell[len(LEAD) :].split()))
