"""How office suites write the looks of cells: number formats, fonts, pieces of a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock

Look = tuple[str, bool, str]
"""Number format, whether it is struck out, colour of the letters."""
PLAIN: Look = ("General", False, "")
DAY: Look = ("yyyy-mm-dd", False, "")


@dataclass
class Looks:
    """The looks that a workbook uses so far; ``first`` is the number of the first own format."""

    prefix: str = ""
    first: int = 164
    said: str = "<{p}strike/>"
    fonts: bool = True
    found: dict[Look, int] = field(default_factory=lambda: {PLAIN: 0, DAY: 1})

    def number(self, cell: Cell) -> int:
        """The number of the style of a cell; what a suite does not know of is plain."""
        font = cell.font
        colour = str(font.color.rgb) if font.color is not None and font.color.type == "rgb" else ""
        # Nothing is written behind letters: those on a colour are not hidden.
        is_seen = colour == "FF000000" or cell.fill.fill_type is not None
        fonts = (bool(font.strike), "" if is_seen else colour)
        form = "General" if cell.number_format == "@" else cell.number_format
        look = (form, *(fonts if self.fonts else (False, "")))
        return self.found.setdefault(look, len(self.found))

    def xml(self) -> str:
        """What the part of styles holds."""
        return "".join(self._groups()).replace("{p}", self.prefix)

    def _groups(self) -> Iterator[str]:
        formats = list(dict.fromkeys(look[0] for look in self.found if look[0] != "General"))
        rows = "".join(
            f'<{{p}}numFmt numFmtId="{at}" formatCode={quoteattr(one)}/>'
            for at, one in enumerate(formats, start=self.first)
        )
        yield f'<{{p}}numFmts count="{len(formats)}">{rows}</{{p}}numFmts>'
        fonts = list(dict.fromkeys(look[1:] for look in self.found))
        yield f'<{{p}}fonts count="{len(fonts)}">{"".join(map(self._font, fonts))}</{{p}}fonts>'
        none = '<{p}fill><{p}patternFill patternType="none"/></{p}fill>'
        yield f'<{{p}}fills count="1">{none}</{{p}}fills>'
        yield '<{p}borders count="1"><{p}border/></{p}borders>'
        yield '<{p}cellStyleXfs count="1"><{p}xf numFmtId="0"/></{p}cellStyleXfs>'
        styles = "".join(
            f'<{{p}}xf numFmtId="{self.first + formats.index(form) if form in formats else 0}" '
            f'fontId="{fonts.index((struck, colour))}" fillId="0" borderId="0" xfId="0"/>'
            for form, struck, colour in self.found
        )
        yield f'<{{p}}cellXfs count="{len(self.found)}">{styles}</{{p}}cellXfs>'

    def _font(self, font: tuple[bool, str]) -> str:
        struck, colour = font
        said = (self.said if struck else "") + '<{p}sz val="11"/>'
        coloured = f'<{{p}}color rgb="{colour}"/>' if colour else ""
        return f'<{{p}}font>{said}{coloured}<{{p}}name val="Arial"/></{{p}}font>'

    def pieces(self, text: CellRichText) -> str:
        """A text with the looks of its pieces, as it stands among the shared ones."""
        return "".join(map(self._piece, text)).replace("{p}", self.prefix)

    def _piece(self, piece: str | TextBlock) -> str:
        words = escape(str(piece.text if isinstance(piece, TextBlock) else piece))
        text = f'<{{p}}t xml:space="preserve">{words}</{{p}}t>'
        if not isinstance(piece, TextBlock):
            return f"<{{p}}r>{text}</{{p}}r>"
        font = piece.font
        about = self.said if font.strike else ""
        about += f'<{{p}}vertAlign val="{font.vertAlign}"/>' if font.vertAlign else ""
        about += f'<{{p}}color rgb="{font.color.rgb}"/>' if font.color is not None else ""
        return f"<{{p}}r><{{p}}rPr>{about}</{{p}}rPr>{text}</{{p}}r>"
