"""The things that are drawn on a sheet: text boxes, pictures, shapes, charts, with their words."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from wps_xl.intake.reading.package import local
from wps_xl.model import column_letter

_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
_GROUP = "grpSp"
Drawn = tuple[str, str, str]
"""What it is, the cell where it begins, its words."""


def drawn(drawing: Element) -> Iterator[Drawn]:
    """Everything on a sheet; things that are grouped each for itself."""
    for anchor in drawing:
        # What only some programs draw stands twice, once for the others.
        content = [*_choices(anchor)] if local(anchor) == "AlternateContent" else [anchor]
        for one in content:
            if local(one) in _ANCHORS:
                yield from _things(one, _cell(one))


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


def _things(parent: Element, cell: str) -> Iterator[Drawn]:
    for element in parent:
        name = local(element)
        if name == "AlternateContent":
            # A picture of a form control or an embedded file, which are told themselves.
            yield from (
                thing
                for choice in element
                if local(choice) == "Choice"
                for thing in _things(choice, cell)
                if thing[2]
            )
        elif name == _GROUP:
            yield from _things(element, cell)
        elif name == "sp":
            words = _words(element)
            yield ("text box" if words else "shape"), cell, words
        elif name in ("pic", "cxnSp", "graphicFrame", "contentPart"):
            kind = {"pic": "picture", "graphicFrame": "chart"}.get(name, "shape")
            yield kind, cell, _described(element)


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
            return (part.get("descr") or "").strip()
    return ""
