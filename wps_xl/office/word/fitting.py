"""What one page of a template holds: how high a title, a paragraph and the rows of a table stand.

The template sets every line to an exact height, so that lines decide it (see ``pagination``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil
from pathlib import Path

from wps_xl.office.word import opening
from wps_xl.office.word.looks import Look, Looks
from wps_xl.office.word.ooxml import paragraph
from wps_xl.office.word.pagination import geometry
from wps_xl.office.word.tables import FULL_WIDTH

STYLES = ("Title", "Heading1", "SingleTxt", "TableHead", "TableTxt")
MARGIN = 108
"""Beside the text of a cell, in twips, on either side: the widest that a style here sets."""
CUT = " …"


@dataclass(frozen=True)
class Page:
    """The room of one page in twips, and how the styles of a page document look."""

    height: int
    width: int
    looks: dict[str, Look]

    @classmethod
    def of(cls, template: Path) -> Page:
        """The page of this template."""
        document = opening.open_template(template)
        looks, size = Looks(document), geometry(document)
        return cls(
            size["h"] - size["top"] - size["bottom"],
            size["w"] - size["left"] - size["right"],
            {style: looks.of(paragraph(style)) for style in STYLES},
        )

    def column(self, texts: Iterable[tuple[str, str]]) -> int:
        """The height of paragraphs one below the other, each a style and its words."""
        found = space = 0
        for style, text in texts:
            look = self.looks[style]
            found += max(space, look.before) + look.height * len(_broken(look, text, self.width))
            space = look.after
        return found + space

    def row(self, cells: Sequence[str], widths: Sequence[int], style: str = "TableTxt") -> int:
        """The height of a row of a table in full measure."""
        look = self.looks[style]
        rooms = self._rooms(widths)
        most = max(len(_broken(look, *pair)) for pair in zip(cells, rooms, strict=True))
        return look.before + look.height * most + look.after

    def cut(self, cells: Sequence[str], widths: Sequence[int], lines: int) -> tuple[str, ...]:
        """The cells of a row, each with as many words as stand in some lines."""
        look = self.looks["TableTxt"]
        return tuple(
            _cut(look, text, room, lines)
            for text, room in zip(cells, self._rooms(widths), strict=True)
        )

    def _rooms(self, widths: Sequence[int]) -> list[int]:
        whole = min(self.width, FULL_WIDTH)
        return [whole * width // sum(widths) - 2 * MARGIN for width in widths]


def _cut(look: Look, text: str, room: int, most: int) -> str:
    if len(_broken(look, text, room)) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = len(_broken(look, text[:middle].rstrip() + CUT, room)) <= most
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low].rstrip() + CUT


def _broken(look: Look, text: str, room: int) -> list[str]:
    """The lines of a text, a word that is wider than the room broken as Word does."""
    found = []
    for line in look.lines(text, room):
        found += [line] * max(1, ceil(look.width(line.rstrip()) / room))
    return found


def shared(needs: Sequence[int], shares: Sequence[int]) -> list[int]:
    """How much each gets: its share, and what others leave of theirs, those that come first first.

    >>> shared([100, 900, 500], [300, 300, 300])
    [100, 500, 300]
    """
    spare = sum(max(share - need, 0) for need, share in zip(needs, shares, strict=True))
    found = []
    for need, share in zip(needs, shares, strict=True):
        more = min(max(need - share, 0), spare)
        spare -= more
        found.append(min(need, share) + more)
    return found


def fitting(heights: Iterable[int], room: int) -> int:
    """How many of these, one below the other, have room."""
    return sum(1 for total in accumulate(heights) if total <= room)
