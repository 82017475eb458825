"""Repairs of what openpyxl writes, where Excel's rules or a validator demand more.

``repaired`` is called once for every part of a workbook that we write. The repairs that pivots
need are in the pivot classes themselves (``pivot_cache``, ``pivot_definition``), because a pivot
without them is broken and not only untidy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

_FONT_ORDER = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)


def sort_fonts(styles: etree._Element) -> None:
    """Bring the children of each font into the order of Microsoft's schema.

    Excel reads any order, but Microsoft's validator rejects every file with openpyxl's.
    """
    for font in styles.iter(f"{_MAIN}font"):
        font[:] = sorted(font, key=lambda child: _FONT_ORDER.index(etree.QName(child).localname))


REPAIRS: Mapping[str, Callable[[etree._Element], None]] = {"xl/styles.xml": sort_fonts}
"""Part → what is changed in its XML."""


def repaired(name: str, part: bytes) -> bytes:
    """The part as it shall stand in the file; most come back as they are."""
    if name not in REPAIRS:
        return part
    root = etree.fromstring(part)
    REPAIRS[name](root)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))
