"""Our sheets as built anew, before they are put into the workbook of the staff."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from wps_xl.office.excel.package import workbook_part
from wps_xl.office.excel.package.blocks import TableBlock
from wps_xl.office.excel.package.parts import Package
from wps_xl.office.excel.package.references import Moves
from wps_xl.office.excel.package.workbook_part import Sheet


@dataclass(frozen=True)
class Fresh:
    """Our sheets as built anew; ``whole`` are those whose panes and widths staff may set.

    ``looks`` are the formats of our columns, by sheet. ``moves`` says how the tables were laid
    anew. ``frozen`` asks those who open the file to leave it as it is.
    """

    package: Package
    blocks: Mapping[str, Sequence[TableBlock]]
    whole: frozenset[str]
    looks: Mapping[str, Mapping[int, Collection[int]]]
    moves: Moves = field(default_factory=dict)
    frozen: bool = False

    @cached_property
    def moved(self) -> Moves:
        """The tables of which a cell stands elsewhere now."""
        return {name: move for name, move in self.moves.items() if not move.is_still}

    @cached_property
    def index(self) -> etree._Element:
        """The workbook part."""
        return self.package.tree(self.package.workbook)

    @cached_property
    def sheets(self) -> Sequence[Sheet]:
        """Our sheets in order."""
        return workbook_part.sheets(self.package, self.index)
