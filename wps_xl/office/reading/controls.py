"""Form controls on a sheet, such as boxes to tick, from the old drawing format that keeps them.

Programs write this format loosely, so that its text is searched and not parsed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from wps_xl.model import column_letter

_SHAPE = re.compile(rb"<(?:\w+:)?shape\b.*?</(?:\w+:)?shape\s*>", re.DOTALL)
_TYPE = re.compile(rb'ObjectType="(\w+)"')
_ANCHOR = re.compile(rb"<(?:\w+:)?Anchor>\s*(\d+),\s*-?\d+,\s*(\d+),")
_CHECKED = re.compile(rb"<(?:\w+:)?Checked>\s*[1-9]")
_BOX = re.compile(rb"<(?:\w+:)?textbox\b[^>]*>(.*?)</(?:\w+:)?textbox\s*>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
# Notes are told by their texts; a picture stands for an embedded file.
_NOT_CONTROLS = (b"Note", b"Pict")


def controls(shapes: bytes) -> Iterator[tuple[str, str]]:
    """Cell and words of each form control."""
    if b"ObjectType" not in shapes:
        return
    for match in _SHAPE.finditer(shapes):
        kind = _TYPE.search(match[0])
        if kind and kind[1] not in _NOT_CONTROLS:
            anchor = _ANCHOR.search(match[0])
            cell = f"{column_letter(int(anchor[1]) + 1)}{int(anchor[2]) + 1}" if anchor else ""
            yield cell, _words(match[0])


def _words(shape: bytes) -> str:
    box = _BOX.search(shape)
    text = html.unescape(_TAG.sub(" ", box[1].decode("utf-8", "replace"))) if box else ""
    ticked = "ticked" if _CHECKED.search(shape) else ""
    return ", ".join(filter(None, (" ".join(text.split()), ticked)))
