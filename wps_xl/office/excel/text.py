"""Text on its way into a workbook: what Excel can hold, and never as a formula."""

from __future__ import annotations

import datetime as dt
import re

from openpyxl.cell import Cell, MergedCell

from wps_xl.model.text import shortened, show_control

LONGEST_CELL = 32_767
LONGEST_PROMPT = 255
LONGEST_PROMPT_TITLE = 32
_LONGEST_FILE_NAME = 120

_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
# In Open XML, _x0041_ in a text stands for the character with that number.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
FORMULA_STARTS = ("=", "+", "-", "@", "\t")
_FORBIDDEN_IN_FILE_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def pieces(text: str, limit: int) -> list[str]:
    """The text in pieces of at most ``limit`` characters, parted where one thing ends."""
    found = []
    while len(text) > limit:
        ends = (text.rfind(mark, 0, limit - len(mark)) + len(mark) for mark in ("; ", ". ", " "))
        at = next((end for end in ends if end > limit // 2), limit)
        found.append(text[:at].rstrip())
        text = text[at:]
    return [*found, text]


def safe_text(text: str) -> str:
    """The text as a cell can hold it: control characters shown, line ends plain, not too long."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    shown = _NO_XML.sub("\ufffd", show_control(lines))
    return _ESCAPE.sub("_x005F_", shortened(shown, LONGEST_CELL))


def put(cell: Cell | MergedCell, value: object, style: str = "") -> None:
    """Write one value as what it is: text stays text, also where it looks like a formula."""
    if isinstance(cell, MergedCell):
        raise ValueError(f"{cell.coordinate} lies inside a merged range.")
    if style:
        cell.style = style
    if isinstance(value, bool):
        value = "Yes" if value else "No"
    if not isinstance(value, str):
        cell.value = value if isinstance(value, int | float | dt.date) else None
        return
    cell.value = safe_text(value)
    if value.startswith(FORMULA_STARTS):
        cell.data_type = "s"
        # So that editing the cell does not turn it into a formula either.
        cell.quotePrefix = True


def safe_file_name(name: str) -> str:
    """The name without what some file system forbids; ``name`` includes the ending."""
    stem, dot, ending = name.rpartition(".")
    plain = _FORBIDDEN_IN_FILE_NAME.sub("-", stem).replace("..", "-").strip(" .")
    plain = plain[: _LONGEST_FILE_NAME - len(dot + ending)].rstrip(" .") or "form"
    return f"_{plain}{dot}{ending}" if _DEVICES.match(plain) else f"{plain}{dot}{ending}"
