"""The looks of our workbooks: a few named styles, sober, told apart in grey as in colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.named_styles import NamedStyleList
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.workbook import Workbook

INK, PAPER, GREY = "FF1F2A36", "FFFFFFFF", "FF6B7280"
DEEP, PALE, WASH, LINE = "FF2B4A66", "FFDCE4EC", "FFF1F2F4", "FFB8C0C8"
FACE = "Arial"
DATE_FORMAT = "yyyy-mm-dd"
MONEY_FORMAT = "#,##0"

TITLE, HELP, CODE = "WPS title", "WPS help", "WPS code row"
HEAD_REQUIRED, HEAD, BAND = "WPS heading required", "WPS heading", "WPS band"
HEAD_EXTRA, HEAD_COUNT, TOTAL = "WPS heading extra", "WPS heading count", "WPS total"
LABEL, LOCKED, LOCKED_DATE, NOTE = "WPS label", "WPS locked", "WPS locked date", "WPS note"
SECTION, BODY, COUNT, DONE = "WPS section", "WPS body", "WPS count", "WPS to do"
VERDICT, PLAIN, LINK = "WPS verdict", "WPS plain", "WPS link"
MARKED: Mapping[str, str] = {
    "missing": "WPS mark missing",
    "error": "WPS mark wrong",
    "warning": "WPS mark unusual",
}

# What a cell of data holds, and Excel's number format for it.
KINDS: Mapping[str, str] = {
    "text": "General",
    "code": "@",
    "number": "General",
    "money": MONEY_FORMAT,
    "date": DATE_FORMAT,
}

_THIN = Side(style="thin", color=LINE)
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_UNDER = Border(bottom=_THIN)


def cell_style(kind: str, prefilled: bool = False, open_cell: bool = False) -> str:
    """The style of a cell of data: prefilled by the office, or open on a protected sheet."""
    return f"WPS {kind}{' prefilled' if prefilled else ' open' if open_cell else ''}"


def add_styles(book: Workbook) -> None:
    """Give ``book`` our face and our named styles; staff find them among Excel's cell styles."""
    # The first font is that of the style Normal, whose digits are the measure of column widths;
    # openpyxl offers no other way to it.
    book._fonts = IndexedList([Font(name=FACE, size=10, family=2)])  # type: ignore[attr-defined]
    for style in (*_words(), *_cells()):
        book.add_named_style(style)
    book._named_styles = _Found(book._named_styles)  # type: ignore[attr-defined]


class _Found(NamedStyleList):
    """Named styles found at once: openpyxl goes through all names twice for each cell."""

    def __init__(self, styles: Iterable[NamedStyle]) -> None:
        super().__init__(styles)
        self._known = {style.name: style for style in self}

    @property
    def names(self) -> list[str]:
        return list(self._known)

    def __getitem__(self, key: Any) -> Any:
        return self._known[key] if key in self._known else super().__getitem__(key)

    def append(self, style: NamedStyle) -> None:
        super().append(style)
        self._known[style.name] = style


def _words() -> list[NamedStyle]:
    return [
        _style(TITLE, size=15, bold=True, color=DEEP, wrap=False, middle=True),
        _style(HELP, color=GREY, wrap=False, middle=True),
        _style(CODE, size=7, color=GREY, wrap=False, fill=WASH, middle=True),
        _style(HEAD_REQUIRED, bold=True, color=PAPER, fill=DEEP, border=_BOX, middle=True),
        _style(HEAD, bold=True, fill=PALE, border=_BOX, middle=True),
        _style(HEAD_EXTRA, italic=True, fill=PALE, border=_BOX, middle=True),
        _style(HEAD_COUNT, bold=True, fill=PALE, border=_BOX, middle=True, right=True),
        _style(BAND, size=9, italic=True, fill=PALE, wrap=False),
        _style(LABEL, bold=True, fill=PALE, border=_BOX, middle=True, indent=1),
        _style(LOCKED, fill=WASH, border=_BOX, middle=True, indent=1),
        _style(
            LOCKED_DATE,
            fill=WASH,
            border=_BOX,
            middle=True,
            indent=1,
            number_format=DATE_FORMAT,
        ),
        _style(NOTE, size=9, color=GREY, middle=True, indent=1),
        _style(
            SECTION, size=11, bold=True, color=DEEP, fill=PALE, wrap=False, middle=True, indent=1
        ),
        _style(PLAIN, indent=1),
        _style(BODY, border=_UNDER, indent=1),
        _style(COUNT, border=_UNDER, right=True, number_format="0"),
        # Nought needs no attention: it is shown as a word, so that figures stand out.
        _style(DONE, border=_UNDER, right=True, number_format='[=0]"ok";0'),
        _style(TOTAL, size=11, bold=True, color=DEEP, fill=PALE, right=True, middle=True),
        _style(VERDICT, size=16, bold=True, wrap=False, middle=True),
        _style(LINK, size=11, bold=True, color=DEEP, fill=PALE, wrap=False, middle=True, indent=1),
        *(_marked(name, _MARKS[key]) for key, name in MARKED.items()),
    ]


def _marked(name: str, mark: _Mark) -> NamedStyle:
    """How a cell with a mark looks, for the legend."""
    return NamedStyle(
        name=name,
        font=Font(name=FACE, size=10, bold=mark.bold, italic=mark.italic, color=mark.ink),
        fill=PatternFill("solid", fgColor=mark.fill),
        border=mark.border,
        alignment=Alignment(vertical="top", horizontal="left", indent=1),
    )


def _cells() -> list[NamedStyle]:
    return [style for kind in KINDS for style in _cells_of(kind)]


def _cells_of(kind: str) -> Iterator[NamedStyle]:
    left = kind in ("text", "code", "date")
    for prefilled, open_cell in ((False, False), (True, False), (False, True)):
        yield _style(
            cell_style(kind, prefilled, open_cell),
            fill=WASH if prefilled else "",
            border=_BOX,
            left=left,
            number_format=KINDS[kind],
            locked=not open_cell,
            middle=open_cell,
            indent=int(open_cell),
        )


def _style(
    name: str,
    *,
    size: float = 10,
    bold: bool = False,
    italic: bool = False,
    color: str = INK,
    fill: str = "",
    border: Border | None = None,
    wrap: bool = True,
    middle: bool = False,
    left: bool = False,
    right: bool = False,
    indent: int = 0,
    number_format: str = "General",
    locked: bool = True,
) -> NamedStyle:
    return NamedStyle(
        name=name,
        font=Font(name=FACE, size=size, bold=bold, italic=italic, color=color),
        fill=PatternFill("solid", fgColor=fill) if fill else PatternFill(),
        border=border or Border(),
        alignment=Alignment(
            wrap_text=wrap,
            vertical="center" if middle else "top",
            horizontal="left" if left or indent else "right" if right else None,
            indent=indent,
        ),
        number_format=number_format,
        protection=Protection(locked=locked),
    )


@dataclass(frozen=True)
class _Mark:
    fill: str
    ink: str
    bold: bool = False
    italic: bool = False
    framed: bool = True

    @property
    def border(self) -> Border:
        side = Side(style="thin", color=self.ink) if self.framed else None
        return Border(left=side, right=side, top=side, bottom=side)

    @property
    def format(self) -> DifferentialStyle:
        return DifferentialStyle(
            font=Font(bold=self.bold, italic=self.italic, color=self.ink),
            fill=PatternFill(bgColor=self.fill),
            border=self.border,
        )


# A blank cell has only its frame and shade to speak with, a wrong one is bold, a doubtful one
# italic: none needs its colour to be understood.
_MARKS: Mapping[str, _Mark] = {
    "missing": _Mark("FFFBE3BC", "FF8A4B08"),
    "error": _Mark("FFF3BFB8", "FF7A1F1A", bold=True),
    "warning": _Mark("FFFFF6C2", "FF6B5A00", italic=True),
    "ready": _Mark("FFD5E8D4", "FF1E4D2B", bold=True, framed=False),
    "not ready": _Mark("FFFBE3BC", "FF8A4B08", bold=True, framed=False),
}
MARKS: Mapping[str, DifferentialStyle] = {key: mark.format for key, mark in _MARKS.items()}
"""The marks of conditional formats."""
