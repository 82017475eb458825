"""The tab as a picture for the guide, printed from the list of buttons into ``docs/img``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape

from wps_xl.desk.commands.buttons import ALWAYS, BUTTONS, RETURN, REVIEW, Button
from wps_xl.desk.commands.ribbon_xml import TAB, TAB_KEY

Column = Sequence[Button]
"""A large button, or up to three small ones below each other."""

STACK = 3
HEIGHT, TOP, LINE = 196, 44, 24
"""Of the picture, the upper edge of the buttons, from one small button to the next [px]."""
LARGE, SMALL, EDGE = 34, 17, 10
"""Sides of the icons, and room beside things [px]."""
LETTER = 6.4
"""Width of a letter of 12 px, roughly [px]."""
COLOURS = {
    REVIEW: "#1F4E79",
    RETURN: "#548235",
    f"{REVIEW} {RETURN}": "url(#two)",
    ALWAYS: "#767676",
}
MEANINGS = {
    REVIEW: "needs the review workbook in front",
    RETURN: "needs a return in front",
    f"{REVIEW} {RETURN}": "works with either",
    ALWAYS: "works with any workbook",
}
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" '
    'height="{high}" font-family="Segoe UI, Arial, sans-serif" font-size="12" fill="#222">'
)
TWO = (
    '<defs><linearGradient id="two"><stop offset="0.5" stop-color="{left}"/>'
    '<stop offset="0.5" stop-color="{right}"/></linearGradient></defs>'
)


def ribbon_svg() -> str:
    """The tab with its groups; an icon is the letter of the key, its colour what must be open."""
    drawn, left = [], EDGE
    for name, buttons in groupby(BUTTONS, key=lambda button: button.group):
        lines, right = _group(name, list(_columns(list(buttons))), left)
        drawn += lines
        left = right + EDGE
    parts = [
        HEAD.format(wide=left, high=HEIGHT),
        f"<title>The tab {TAB}</title>",
        TWO.format(left=COLOURS[REVIEW], right=COLOURS[RETURN]),
        f'<rect width="{left}" height="{HEIGHT}" fill="#fff"/>',
        f'<rect y="28" width="{left}" height="{HEIGHT - 64}" fill="#f3f3f3" stroke="#d0d0d0"/>',
        _text(EDGE, 19, f"{TAB}   (Alt, {TAB_KEY})", 'font-weight="bold"'),
        *drawn,
        *_legend(),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _columns(buttons: Sequence[Button]) -> Iterator[Column]:
    """As Excel stacks them: a large button stands alone, small ones by threes."""
    for large, found in groupby(buttons, key=lambda button: button.large):
        alike = list(found)
        size = 1 if large else STACK
        yield from (alike[at : at + size] for at in range(0, len(alike), size))


def _group(name: str, columns: Sequence[Column], left: int) -> tuple[list[str], int]:
    """What a group is drawn of, and its right edge."""
    lines, at = [], left
    for column in columns:
        wide = _width(column)
        lines += _large(column[0], at, wide) if column[0].large else _small(column, at)
        at += wide + EDGE
    middle = (left + at - EDGE) // 2
    lines.append(_text(middle, 154, name, 'text-anchor="middle" fill="#666"'))
    lines.append(f'<path d="M{at} 36V156" stroke="#d0d0d0"/>')
    return lines, at


def _width(column: Column) -> int:
    if column[0].large:
        return max(LARGE, *(_long(word) for word in column[0].caption.split()))
    return SMALL + 6 + max(_long(button.caption) for button in column)


def _long(text: str) -> int:
    return round(LETTER * len(text))


def _large(button: Button, left: int, wide: int) -> list[str]:
    middle = left + wide // 2
    lines = _icon(button, middle - LARGE // 2, TOP, LARGE)
    for at, word in enumerate(button.caption.split()):
        lines.append(_text(middle, TOP + LARGE + 17 + 15 * at, word, 'text-anchor="middle"'))
    return lines


def _small(column: Column, left: int) -> list[str]:
    lines: list[str] = []
    for at, button in enumerate(column):
        top = TOP + at * LINE
        lines += _icon(button, left, top, SMALL)
        lines.append(_text(left + SMALL + 6, top + 13, button.caption))
    return lines


def _icon(button: Button, left: int, top: int, side: int) -> list[str]:
    words = f'font-size="{side * 2 // 3}" font-weight="bold" text-anchor="middle" fill="#fff"'
    return [
        _square(left, top, side, COLOURS[button.on]),
        _text(left + side // 2, top + side * 3 // 4, button.keytip, words),
    ]


def _legend() -> Iterator[str]:
    left = EDGE
    for kind, meaning in MEANINGS.items():
        yield _square(left, 172, 13, COLOURS[kind])
        yield _text(left + 19, 183, meaning)
        left += 19 + _long(meaning) + 2 * EDGE


def _square(left: int, top: int, side: int, colour: str) -> str:
    size = f'width="{side}" height="{side}" rx="3"'
    return f'<rect x="{left}" y="{top}" {size} fill="{colour}"/>'


def _text(left: int, base: int, text: str, look: str = "") -> str:
    return f'<text x="{left}" y="{base}"{" " if look else ""}{look}>{escape(text)}</text>'
