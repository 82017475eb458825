"""How cells look, where that says more than their values: number formats, pieces of a text.

Styles and texts stand in parts of their own. Most workbooks have none that says anything, and
then no cell is looked at.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from xml.etree.ElementTree import Element

from wps_xl.model import Look
from wps_xl.office.reading.package import Package, element_of, local
from wps_xl.office.reading.unreadable import RefusedError

Pieces = tuple[tuple[str, str], ...]
_PERCENT = {9: "0%", 10: "0.00%"}
_WHITE, _BLACK = "FFFFFF", "000000"
# Nobody tells colours apart whose parts differ by so little, or reads letters so small [points].
_SAME, _TINY = 10, 2
# Colours of the first lists, which all programs share: white and black.
_INDEXED = {"1": _WHITE, "9": _WHITE, "65": _WHITE, "0": _BLACK, "8": _BLACK, "64": _BLACK}
_THEME = {"0": _WHITE, "1": _BLACK}
_WHITE_PIECE = re.compile(rb'(?i)rgb="(?:FF|00)?(?:F[5-9A-F]){3}"|theme="0"|indexed="[19]"')
_TINY_PIECE = re.compile(rb'val="[12](?:\.[0-9]+)?"')
# The format of sheet Check of the forms, of which no number is read.
_OF_THE_FORM = '[=0]"ok";0'
# What a number format may hold without saying more than digits, dates included.
_BRACKETS = re.compile(r"\[(?!\$|=|<|>)[^\]]*\]")
_ASIDE = re.compile(r'_.|\*.|\\[ (),.\-]|"[ ()\-]*"')
_PADDING = re.compile(r"_.|\*.")
_UNQUOTED = str.maketrans("", "", '"\\ ')
_PLAIN = re.compile(r"(?:General|[@#0?., ;()\-/+E]*)")
_DATE = re.compile(r"[ymdhsYMDHS]")
_LITERAL = re.compile(r'"[^"]*"|\\.|\[\$[^\]]*\]')
_SCALED = re.compile(r"[0#?],+(?:[^0#?,.]|$)")
_LEADING = re.compile(r"^0{2,}(?:\D|$)")
_HIDES = re.compile(r";\s*(?:;|$)")
# A first part with a sign of numbers below zero, or with a plus behind its digits.
_SIGNED = re.compile(r"^[^;0#?]*(?:\(|-|−)[^;0#?A-Za-z]*[0#?]|^[^;]*[0#?]\+")
# A second part of the format, for numbers below zero, that has no sign for it.
_TURNS = re.compile(r"(?i)^[^;]*;(?!\s*;)(?=[^;]*[0#?])(?![^;]*(?:[-−(]|\[red))")
_MARKS = (
    *(b"strike", b"vertAlign", b'rgb="F', b'rgb="00F', b'theme="0"', b'indexed="9"'),
    *(b'indexed="1"', b'sz val="1', b'sz val="2"'),
)
_ATTRIBUTE = re.compile(rb'\bval="([^"]*)"')
_OFF = (b"0", b"false")
_RAISED = {b"superscript": "raised", b"subscript": "lowered"}


@dataclass(frozen=True)
class Telling:
    """The styles, by number, and the texts, by number, that say more than a value."""

    styles: Mapping[int, Look] = field(default_factory=dict)
    texts: Mapping[int, Pieces] = field(default_factory=dict)

    def search(self, prefix: bytes) -> re.Pattern[bytes]:
        """Finds the cells that have one of the styles."""
        return re.compile(
            rb'<%sc\b((?=[^>]*?\bs="(?:%s)")[^>]*)>' % (re.escape(prefix), self._numbers)
        )

    @cached_property
    def _numbers(self) -> bytes:
        return b"|".join(str(number).encode() for number in self.styles)

    @staticmethod
    def is_set(xml: bytes) -> bool:
        """Whether pieces of a text may be set apart from the others."""
        return b"rPr" in xml and any(mark in xml for mark in _MARKS)


NOTHING_TELLING = Telling()


def telling_of(package: Package) -> Telling:
    """The styles and texts of a workbook that say more than a value.

    A part that is broken says nothing; the readers of values judge it.
    """
    try:
        styles = _known_styles(package.archive.read(package.styles)) if package.styles else {}
    except RefusedError:
        styles = {}
    texts: dict[int, Pieces] = {}
    if package.texts in package.archive:
        xml = package.archive.read(package.texts)
        if Telling.is_set(xml):
            prefix = re.search(rb"<(?:([\w.-]+):)?sst\b", xml)
            own = prefix[1] + b":" if prefix and prefix[1] else b""
            texts = {at: pieces for at, pieces in enumerate(texts_in(xml, own, b"si")) if pieces}
    return Telling(styles, texts)


@lru_cache(maxsize=16)
def _known_styles(xml: bytes) -> Mapping[int, Look]:
    """The styles of a part that say something; forms that one program saved share theirs."""
    return dict(_styles(element_of(xml, "styles")))


def _styles(root: Element) -> Iterator[tuple[int, Look]]:
    formats: dict[int, str] = dict(_PERCENT)
    groups = {local(group): group for group in root}
    for one in groups.get("numFmts", ()):
        formats[_number(one, "numFmtId")] = one.get("formatCode", "")
    fonts = list(groups.get("fonts", ()))
    fills = [_fill(fill) for fill in groups.get("fills", ())]
    for at, style in enumerate(groups.get("cellXfs", ())):
        code = formats.get(_number(style, "numFmtId"), "")
        font = _number(style, "fontId")
        struck, colour, tiny = _font(fonts[font]) if font < len(fonts) else (False, "", False)
        fill = _number(style, "fillId")
        hidden = tiny or _are_alike(colour, fills[fill] if fill < len(fills) else _WHITE)
        look = Look(code if is_telling(code) else "", struck, hidden)
        if look != Look():
            yield at, look


def is_telling(code: str) -> bool:
    """Whether a number format shows more than digits, or other digits; dates are values."""
    if code == _OF_THE_FORM:
        return False
    bare = _ASIDE.sub("", _BRACKETS.sub("", code))
    words = _LITERAL.sub("", bare)
    if _DATE.search(words.replace("General", "").replace("E", "")):
        return False
    if any(odd.search(bare) for odd in (_LEADING, _SCALED, _HIDES)) or _TURNS.search(code):
        return True
    if _SIGNED.search(_PADDING.sub("", _BRACKETS.sub("", code)).translate(_UNQUOTED)):
        return True
    return _PLAIN.fullmatch(bare) is None


def _number(element: Element, name: str) -> int:
    text = element.get(name, "0")
    return int(text) if text.isdigit() else 0


def _are_alike(colour: str, behind: str) -> bool:
    """Whether letters of a colour cannot be seen on another; not where one is not known."""
    if len(colour) != len(_WHITE) or len(behind) != len(_WHITE):
        return False
    try:
        pairs = zip(bytes.fromhex(colour), bytes.fromhex(behind), strict=True)
    except ValueError:
        return False
    return all(abs(one - other) <= _SAME for one, other in pairs)


def _font(font: Element) -> tuple[bool, str, bool]:
    """Whether it is struck out, its colour, and whether it is too small to be read."""
    struck, colour, tiny = False, "", False
    for part in font:
        if local(part) == "strike":
            struck = part.get("val", "1") not in ("0", "false")
        elif local(part) == "color":
            colour = _colour(part)
        elif local(part) == "sz":
            tiny = (
                part.get("val", "").replace(".", "", 1).isdigit()
                and float(part.get("val", "")) <= _TINY
            )
    return struck, colour, tiny


def _colour(part: Element) -> str:
    """A colour as six digits, blank where only a program knows it."""
    if part.get("tint", "0").strip("-0."):
        return ""
    rgb = part.get("rgb", "").upper()[-6:]
    return rgb or _INDEXED.get(part.get("indexed", ""), _THEME.get(part.get("theme", ""), ""))


def _fill(fill: Element) -> str:
    """The colour behind the text: white where there is none, blank where it is not one colour."""
    for pattern in fill:
        kind = pattern.get("patternType", "none")
        front = next((part for part in pattern if local(part) == "fgColor"), None)
        if local(pattern) != "patternFill" or kind not in ("none", "solid"):
            return ""
        if kind == "solid":
            return "" if front is None else _colour(front)
    return _WHITE


def texts_in(xml: bytes, prefix: bytes, element: bytes) -> Iterator[Pieces]:
    """The pieces of each text of a part; nothing for a text all of which is set alike.

    ``element`` is what holds a text, blank where ``xml`` is what one holds.
    """
    name = re.escape(prefix + element)
    run = re.compile(rb"<@r(?:\s[^>]*)?>(.*?)</@r>".replace(b"@", re.escape(prefix)), re.DOTALL)
    word = re.compile(
        rb"<@t(?:\s[^>]*)?(?<!/)>([^<]*)</@t>".replace(b"@", re.escape(prefix)), re.DOTALL
    )
    whole = re.compile(rb"<%s(?:\s[^>]*)?(?:/>|(?<!/)>(.*?)</%s>)" % (name, name), re.DOTALL)
    for text in (match[1] for match in whole.finditer(xml)) if element else (xml,):
        if text is None or not Telling.is_set(text):
            yield ()
            continue
        pieces = tuple(
            (_set(match[1], prefix), html.unescape(b"".join(word.findall(match[1])).decode()))
            for match in run.finditer(text)
        )
        yield pieces if any(how for how, _ in pieces) else ()


def _set(run: bytes, prefix: bytes) -> str:
    """How a piece is set apart: raised, lowered, struck or hidden; blank where it is not."""
    about = run.partition(b"<%st" % prefix)[0]
    for tag in re.findall(rb"<(?:[\w.-]+:)?(?:strike|vertAlign|color|sz)\b[^>]*>", about):
        value = _ATTRIBUTE.search(tag)
        if b"strike" in tag and not (value and value[1] in _OFF):
            return "struck"
        if b"vertAlign" in tag and value and value[1] in _RAISED:
            return _RAISED[value[1]]
        if b"sz " in tag and _TINY_PIECE.search(tag):
            return "hidden"
        if _WHITE_PIECE.search(tag) and b"tint" not in tag:
            return "hidden"
    return ""
