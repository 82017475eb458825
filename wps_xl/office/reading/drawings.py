"""The things that are drawn on a sheet: text boxes, pictures, shapes, charts, with their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from wps_xl.model import column_letter
from wps_xl.office.reading.package import local

_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
_GROUP = "grpSp"
_LEADING = ("hlinkClick", "chart", "relIds")
_KEY = re.compile(r"\{.*/relationships\}(?:id|dm)")
Leads = Callable[[str], str]
"""The address, or the words of the part, that a relationship leads to."""
Drawn = tuple[str, str, str]
"""What it is, the cell where it begins, its words."""


def _nowhere(_: str) -> str:
    return ""


def drawn(drawing: Element, leads: Leads = _nowhere) -> Iterator[Drawn]:
    """Everything on a sheet; things that are grouped each for itself."""
    for anchor in drawing:
        # What only some programs draw stands twice, once for the others.
        content = [*_choices(anchor)] if local(anchor) == "AlternateContent" else [anchor]
        for one in content:
            if local(one) in _ANCHORS:
                yield from _things(one, _cell(one), leads)


def _choices(element: Element) -> Iterator[Element]:
    for choice in element:
        if local(choice) == "Choice":
            yield from choice


def _cell(anchor: Element) -> str:
    for start in anchor:
        if local(start) == "from":
            numbers = {local(part): part.text or "" for part in start}
            column, row = numbers.get("col", ""), numbers.get("row", "")
            if column.isdigit() and row.isdigit():
                return f"{column_letter(int(column) + 1)}{int(row) + 1}"
    return ""


def _things(parent: Element, cell: str, leads: Leads) -> Iterator[Drawn]:
    for element in parent:
        name = local(element)
        if name == "AlternateContent":
            # A picture of a form control or an embedded file, which are told themselves.
            yield from (
                thing
                for choice in element
                if local(choice) == "Choice"
                for thing in _things(choice, cell, leads)
                if thing[2]
            )
        elif name == _GROUP:
            yield from _things(element, cell, leads)
        elif name == "sp":
            words = _words(element)
            kind = "text box" if words else "shape"
            yield kind, cell, _with_links(words or _described(element), element, leads)
        elif name in ("pic", "cxnSp", "graphicFrame", "contentPart"):
            kind = {"pic": "picture", "graphicFrame": "chart"}.get(name, "shape")
            yield kind, cell, _with_links(_described(element), element, leads)


def _with_links(words: str, element: Element, leads: Leads) -> str:
    """The words, with those of a chart or diagram, and with the addresses behind them."""
    keys = (
        value
        for part in element.iter()
        if local(part) in _LEADING
        for key, value in part.attrib.items()
        if _KEY.fullmatch(key)
    )
    return "; ".join(filter(None, dict.fromkeys((words, *map(leads, keys)))))


def _words(element: Element) -> str:
    """The paragraphs of a text body."""
    paragraphs = [
        "".join(piece.text or "" for piece in paragraph.iter() if local(piece) == "t")
        for paragraph in element.iter()
        if local(paragraph) == "p"
    ]
    return "\n".join(paragraphs).strip()


def _described(element: Element) -> str:
    """What the thing is said to show, for those who cannot see it."""
    for part in element.iter():
        if local(part) == "cNvPr":
            return (part.get("descr") or part.get("title") or "").strip()
    return ""
