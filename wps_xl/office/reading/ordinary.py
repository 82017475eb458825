"""A quick look at the XML of a sheet: whether every reader finds each value where it stands.

Few sheets hold anything else; ``unsound.py`` goes through those.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from wps_xl.model import column_number

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_ROW, _CELL = 1, 2
"""What the groups of ``_Searches.places`` find."""
# Rows and cells as nearly all programs write them, taken in without a way back: the quick look.
_PLAIN = re.compile(
    rb"<sheetData[^>]*+>"
    rb'(?:<row r="([1-9][0-9]{0,5})"[^>]*+(?:(?<=/)>|(?<!/)>'
    rb'(?:<c r="[A-Z]{1,2}\1"(?: s="[0-9]++")?+(?:/>| t="s"><v>[0-9]++</v></c>'
    rb'| t="inlineStr"><is><t[^>]*+(?<!/)>[^<]++</t></is></c>|(?: t="(?:n|str)")?+>'
    rb"(?:<f[^>]*+(?:(?<=/)>|(?<!/)>[^<]*+</f>))?+(?:<v>[^<]++</v>)?+</c>))*+</row>))*+</sheetData>"
)


@dataclass(frozen=True)
class _Searches:
    """The patterns for one prefix: rows and cells with their addresses, values of cells, and what
    no cell should hold, each behind a word that is looked for first."""

    places: re.Pattern[bytes]
    filled: tuple[re.Pattern[bytes], ...]
    odd: tuple[tuple[bytes, re.Pattern[bytes]], ...]


@lru_cache(maxsize=8)
def _searches(prefix: bytes) -> _Searches:
    def pattern(template: bytes) -> re.Pattern[bytes]:
        return re.compile(template.replace(b"@", re.escape(prefix)), re.DOTALL)

    nothing = rb"(?:<@t\s*/>|<@t[^>]*></@t>)?"
    formula = rb"(?:<@f\b[^>]*(?:/>|>[^<]*</@f>))?"
    return _Searches(
        places=pattern(
            rb'<@(?:row\b[^>]*?\sr="([^"]*)"|c\b(?![^>]*/>)(?:[^>]*?\sr="([^"]*)")?[^>]*>'
            rb"(?:\s*<(?:@(?:v|f|is|extLst)\b|/)|()))"
        ),
        filled=(
            pattern(rb"<@v(?:\s[^>]*)?(?<!/)>[^<]"),
            pattern(rb"<@is(?:\s[^>]*)?>(?!\s*" + nothing + rb"\s*</@is>)"),
        ),
        odd=(
            (b"<%sv" % prefix, pattern(rb"<@v(?:\s[^>]*)?(?<!/)>[^<]*<(?!/)")),
            (b' t="s"', pattern(rb' t="s"[^>]*>\s*<@v>(?![0-9]+<)')),
            (b' t="d"', pattern(rb'\st="d"[^>]*>\s*<@v>[^<]*Z\s*<')),
            (b' t="b"', pattern(rb'<@c\b[^>]*?\st="b"[^>]*>\s*<@v>(?![01]<)')),
            (b' t="e"', pattern(rb'\st="e"[^>]*>\s*' + formula + rb"\s*<@v>?\s*(?:/>|</@v>)")),
        ),
    )


def filled_plainly(xml: bytes) -> int | None:
    """How many values the cells of a sheet hold that nearly any program may have written.

    None for a sheet that has to be looked at closely: see ``is_ordinary`` and ``filled``.
    """
    rows = _PLAIN.search(xml)
    return xml.count(b"<v>", *rows.span()) + xml.count(b"<is>", *rows.span()) if rows else None


def is_ordinary(xml: bytes, prefix: bytes) -> bool:
    """Whether each cell of a sheet stands in its row, at an address that there is, in plain XML.

    ``prefix`` is that of the sheet's elements.
    """
    begin = max(xml.find(b"<%ssheetData" % prefix), 0)
    if xml.find(b"<!", begin) >= 0:
        return False
    searches = _searches(prefix)
    if any(xml.find(word, begin) >= 0 and odd.search(xml, begin) for word, odd in searches.odd):
        return False
    row, end = b"", 0
    letters: set[bytes] = set()
    for tag in searches.places.finditer(xml, begin):
        group = tag.lastindex
        if group == _CELL:
            address = tag[_CELL]
            if address[end:] == row and address[:end] in letters:
                continue
            if address:
                if not _fits(address, row):
                    return False
                letters.add(address[:end])
        elif group == _ROW:
            row = tag[_ROW]
            if not row.isdigit() or (len(row) > 6 and int(row[:9]) > LAST_ROW):
                return False
            end = -len(row)
        elif group is not None:
            return False
    return True


def _fits(address: bytes, row: bytes) -> bool:
    """Whether a cell has an address that there is in its row."""
    letters = address[: -len(row)]
    far = len(letters) > 2 and column_number(letters.decode("latin-1")) > LAST_COLUMN
    return address.endswith(row) and letters.isalpha() and letters.isupper() and not far


def filled(xml: bytes, prefix: bytes, rows: tuple[int, int]) -> int:
    """How many values the cells of a sheet hold; ``rows`` is where its rows begin and end."""
    return sum(len(one.findall(xml, *rows)) for one in _searches(prefix).filled)
