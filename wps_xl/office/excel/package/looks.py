"""How cells look to somebody who colours them: fill, colour and cut of the letters."""

from __future__ import annotations

from functools import cached_property

from lxml import etree

from wps_xl.office.excel.package.parts import MAIN, parsed

Look = tuple[object, ...]
_CUTS = ("b", "i", "u", "strike")
_BLACK = {"FF000000", "00000000", "FF1F2A36"}


class Looks:
    """The formats of a file by what is seen of them, whoever saved it."""

    def __init__(self, styles: bytes) -> None:
        root = parsed(styles)
        self._fonts, self._fills, self._cells = (
            list(root.find(f"{MAIN}{name}")) for name in ("fonts", "fills", "cellXfs")
        )
        self._known: dict[int, Look] = {}

    @cached_property
    def plain(self) -> Look:
        """A cell that nobody coloured."""
        return (False,) * len(_CUTS) + ("", "")

    def of(self, style: int) -> Look:
        """What is seen of a format."""
        if style not in self._known:
            entry = self._cells[style] if style < len(self._cells) else None
            self._known[style] = self.plain if entry is None else self._look(entry)
        return self._known[style]

    def _look(self, entry: etree._Element) -> Look:
        font = self._fonts[int(entry.get("fontId", "0"))]
        fill = self._fills[int(entry.get("fillId", "0"))]
        cuts = tuple(_is_on(font.find(f"{MAIN}{name}")) for name in _CUTS)
        return (*cuts, _colour(font.find(f"{MAIN}color")), _filled(fill))


def _is_on(mark: etree._Element | None) -> bool:
    return mark is not None and mark.get("val") not in ("0", "false", "none")


def _colour(element: etree._Element | None) -> str:
    """The colour, blank where it is that of plain text."""
    if element is None or element.get("auto") or element.get("indexed") in ("8", "64"):
        return ""
    if element.get("theme") == "1" and not element.get("tint"):
        return ""
    rgb = element.get("rgb", "").upper()
    if rgb:
        return "" if rgb in _BLACK else rgb[-6:]
    return "/".join(f"{name}={value}" for name, value in sorted(element.attrib.items()))


def _filled(fill: etree._Element) -> str:
    pattern = fill.find(f"{MAIN}patternFill")
    if pattern is None:
        return "gradient" if len(fill) else ""
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return ""
    return f"{kind} {_colour(pattern.find(f'{MAIN}fgColor')) or 'black'}"
