"""What a sheet's XML says outside its values: headers and footers, addresses in formulas."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

LINKS = b"HYPERLINK("
_MARGINS = re.compile(rb"<(?:[\w.-]+:)?(?:odd|even|first)(?:Header|Footer)\b[^>]*>([^<]+)<")
_PART = re.compile(r"&[LCR]")
# Codes that say how the words look, and those that stand for a number, a date or a name.
_LOOKS = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|[BIUSXYEOH])')
_FIELDS = re.compile(r"&[PNDTAFZG](?:[+-]\d+)?")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f\b[^>]*>([^<]*)<")
_LINK = re.compile(r'HYPERLINK\(\s*("(?:[^"]|"")*"|[^,;)]*)', re.IGNORECASE)


def in_margins(xml: bytes) -> Iterator[str]:
    """The words of each part of the headers and footers; page numbers and the like are none."""
    at = xml.rfind(b"</", 0, xml.rfind(b"eaderFooter>") + 1)
    if at < 0:
        return
    start = xml.rfind(b"sheetData", 0, at)
    seen: dict[str, None] = {}
    for found in _MARGINS.findall(xml, max(start, 0)):
        # An ampersand that is meant as one is written twice.
        text = html.unescape(found.decode("utf-8", "replace")).replace("&&", "\0")
        for part in _PART.split(text):
            words = _FIELDS.sub(" ", _LOOKS.sub(" ", part)).replace("\0", "&")
            if any(sign.isalnum() for sign in words):
                seen.setdefault(" ".join(words.split()))
    yield from seen


def linked(cell: bytes) -> str:
    """The address to which the formula of a cell leads; blank for one inside the workbook."""
    formula = _FORMULA.search(cell)
    if formula is None or LINKS not in formula[1].upper():
        return ""
    target = _LINK.search(html.unescape(formula[1].decode("utf-8", "replace")))
    address = target[1].strip() if target else ""
    if address.startswith('"'):
        address = address[1:-1].replace('""', '"')
    return "" if address.startswith("#") else address
