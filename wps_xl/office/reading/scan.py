"""What a sheet's XML says that readers hide: errors, formulas without result, hidden rows, extent.

The fast reader turns error cells and formulas without a stored result into blanks, and takes room
for every cell up to the farthest one; so the bytes are searched before it sees them. The searches
look for rare words first: scanning an ordinary sheet costs less than unpacking it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from wps_xl.model import Look, column_letter, column_number
from wps_xl.office.reading import ordinary
from wps_xl.office.reading.edges import LINKS, in_margins, linked
from wps_xl.office.reading.looks import NOTHING_TELLING, Telling, texts_in
from wps_xl.office.reading.references import Nought, leads_outside

# Up to here the exact extent does not matter: what the fast reader takes for it is small.
SMALL_AREA = 4_000_000

_ROOT = re.compile(rb"<(?:([\w.-]+):)?worksheet\b")
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_CDATA = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
_SINGLE_QUOTED = re.compile(rb"='([^'\"<>]*)'")
# (number of columns, what a cell to the right of them looks like)
_BEYOND = (
    (26, re.compile(rb' r="[A-Z]{2}')),
    (104, re.compile(rb' r="(?:[A-Z]{3}|[D-Z][A-Z])')),
)
_REF = re.compile(rb'\br="([A-Z]{0,3})([0-9]{1,7})"')
_TEXT = re.compile(rb'\bt="str"')
_SHARED, _STYLE = re.compile(rb'\bt="s"'), re.compile(rb'\bs="([0-9]+)"')
# Data types and pictures in cells have the number of their metadata; WPS Office and Google Sheets
# write a formula for a picture.
_OF_OBJECTS = (b' vm="', b"DISPIMG(", b"IMAGE(")
_RICH = re.compile(rb'\bvm="[0-9]+"')
_GROUP = re.compile(rb'\bsi="([0-9]+)"')
_PICTURE = re.compile(rb">\s*(?:of:)?=?(?:_xlfn\.)*(?:DISPIMG|IMAGE)\(")


@dataclass(frozen=True)
class Scan:
    """What the bytes of one sheet say.

    ``rows`` and ``columns`` reach at least as far as the cells that hold a value, and exactly
    so far where a looser answer would pass ``SMALL_AREA``. ``links`` are addresses in formulas,
    ``linked`` formulas that take their value from another workbook, ``noughts`` those that came
    to 0, all by cell; ``margins`` are the words of headers and footers. ``filled`` is how many
    cells hold a value; ``is_ordinary`` says whether any reader finds each of them where it is.
    """

    rows: int = 0
    columns: int = 0
    errors: Mapping[str, str] = field(default_factory=dict)
    uncached: frozenset[str] = frozenset()
    merged: tuple[str, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    looks: Mapping[str, Look] = field(default_factory=dict)
    objects: frozenset[str] = frozenset()
    links: Mapping[str, str] = field(default_factory=dict)
    margins: tuple[str, ...] = ()
    linked: Mapping[str, str] = field(default_factory=dict)
    noughts: Mapping[str, Nought] = field(default_factory=dict)
    filled: int = 0
    is_ordinary: bool = True

    @property
    def area(self) -> int:
        """Number of cells from A1 to the farthest one."""
        return self.rows * self.columns


def scan_sheet(xml: bytes, telling: Telling = NOTHING_TELLING) -> Scan:
    """What the XML of a worksheet says about its cells, without reading their values.

    ``telling`` are the styles and texts of the workbook that say more than a value.
    """
    sheet = _Sheet(_markup(xml))
    rows, columns = sheet.extent()
    plain = ordinary.filled_plainly(xml)
    prefix = sheet.find.prefix
    return Scan(
        rows,
        columns,
        errors=dict(sheet.errors()),
        uncached=frozenset(sheet.uncached()),
        merged=tuple(sheet.merged()),
        hidden_rows=frozenset(row for row in sheet.hidden_rows() if row <= rows),
        looks=dict(sheet.looks(telling)),
        objects=frozenset(sheet.objects()),
        links=dict(sheet.links()),
        margins=tuple(in_margins(xml)),
        linked=dict(sheet.linked()),
        noughts=dict(sheet.noughts()),
        filled=ordinary.filled(sheet.xml, prefix, sheet.rows) if plain is None else plain,
        is_ordinary=plain is not None or ordinary.is_ordinary(xml, prefix),
    )


def _markup(xml: bytes) -> bytes:
    """The XML in the plain form that the searches expect; most sheets have it already."""
    if b"!" in xml:
        xml = _COMMENT.sub(b"", xml)
        xml = _CDATA.sub(b"-", xml)
    if b"'" in xml:
        xml = _SINGLE_QUOTED.sub(rb'="\1"', xml)
    return xml


@dataclass(frozen=True)
class _Searches:
    """The patterns, for the prefix that a sheet gives its element names (most give none)."""

    prefix: bytes
    tag: re.Pattern[bytes]
    hidden: re.Pattern[bytes]
    error: re.Pattern[bytes]
    unstored: tuple[re.Pattern[bytes], ...]
    filled: re.Pattern[bytes]
    merge: re.Pattern[bytes]
    shared: re.Pattern[bytes]
    inline: re.Pattern[bytes]
    whole: re.Pattern[bytes]
    formula: re.Pattern[bytes]
    nought: re.Pattern[bytes]


@lru_cache(maxsize=8)
def _searches(prefix: bytes) -> _Searches:
    def pattern(template: bytes) -> re.Pattern[bytes]:
        return re.compile(template.replace(b"@", re.escape(prefix)), re.DOTALL)

    formula = rb"(?:<@f\b[^>]*(?<!/)>[^<]*</@f>|<@f\b[^>]*/>)"
    blank = rb"\s*(?:<@v\b[^>]*/>|<@v\b[^>]*>\s*</@v>)?\s*</@c>"
    cell = rb"<@c\b([^>]*)(?<!/)>\s*"
    return _Searches(
        prefix,
        tag=pattern(rb"<@(?:row|c)\b([^>]*)>"),
        hidden=pattern(rb'<@row\b([^>]*?\bhidden="(?:1|true)"[^>]*)>'),
        error=pattern(
            rb'<@c\b([^>]*?\bt="e"[^>]*)(?<!/)>\s*' + formula + rb"?\s*<@v\b[^>]*>\s*([^<\s]+)"
        ),
        unstored=(pattern(rb"</@f>" + blank), pattern(rb"<@f\b[^>]*/>" + blank)),
        filled=pattern(cell + formula + rb"?\s*<@(?:v\b[^>]*(?<!/)>[^<]|is\b)"),
        merge=pattern(rb'<@mergeCell\b[^>]*?\bref="([A-Z0-9:]+)"'),
        shared=pattern(cell + formula + rb"?\s*<@v\b[^>]*>\s*([0-9]+)\s*<"),
        inline=pattern(cell + rb"<@is\b[^>]*>(.*?)</@is>"),
        whole=pattern(rb"<@c\b([^>]*)(?<!/)>((?:(?!</@c>).)*)</@c>"),
        formula=pattern(cell + rb"<@f\b([^>]*?)(?:/>|>([^<]*)</@f>)"),
        nought=pattern(rb"\s*<@v\b[^>]*>\s*0(?:\.0+)?\s*<"),
    )


@dataclass(frozen=True)
class _Sheet:
    """The XML of one sheet, searched."""

    xml: bytes

    @cached_property
    def find(self) -> _Searches:
        root = _ROOT.search(self.xml, 0, 4096)
        return _searches(root[1] + b":" if root and root[1] else b"")

    def opens(self, name: bytes) -> bytes:
        """How a tag of that name begins."""
        return b"<" + self.find.prefix + name

    @cached_property
    def rows(self) -> tuple[int, int]:
        """Where the rows begin and end."""
        begin = max(self.xml.find(self.opens(b"sheetData")), 0)
        end = self.xml.rfind(b"</" + self.find.prefix + b"sheetData>")
        return begin + len(b"<sheetData"), end if end >= 0 else len(self.xml)

    def _holds(self, letter: bytes, word: bytes) -> bool:
        """Whether ``word`` stands in the rows. To look for a rare letter first is much faster."""
        return self.xml.find(letter, *self.rows) >= 0 and self.xml.find(word, *self.rows) >= 0

    def extent(self) -> tuple[int, int]:
        """Rows and columns that hold a value: a quick bound where that is small enough."""
        rows = self._last_row()
        if rows is not None:
            for columns, beyond in _BEYOND:
                if rows * columns > SMALL_AREA:
                    break
                if not beyond.search(self.xml):
                    return rows, columns
        return self._exact_extent()

    def _last_row(self) -> int | None:
        """The number of the last row; None if the file does not write it."""
        at = self.xml.rfind(self.opens(b"row "))
        if at < 0:
            return None if self.opens(b"row") in self.xml else 0
        ref = _REF.search(self.xml, at, self.xml.find(b">", at))
        return int(ref[2]) if ref else None

    def _exact_extent(self) -> tuple[int, int]:
        rows = 0
        letters: set[bytes] = set()
        for cell in self.find.filled.finditer(self.xml):
            ref = _REF.search(cell[1])
            if ref:
                letters.add(ref[1])
                rows = max(rows, int(ref[2]))
            else:
                row, column = self.counted[cell.start()]
                letters.add(column_letter(column).encode())
                rows = max(rows, row)
        return rows, max((column_number(text.decode()) for text in letters), default=0)

    def errors(self) -> Iterator[tuple[str, str]]:
        """Address and text of every error cell."""
        if self._holds(b"e", b't="e"'):
            for cell in self.find.error.finditer(self.xml):
                yield self._address(cell.start(), cell[1]), cell[2].decode("utf-8", "replace")

    def uncached(self) -> Iterator[str]:
        """Address of every formula without a stored result."""
        if not self._holds(b"f", self.find.prefix + b"f>"):
            return
        for unstored in self.find.unstored:
            after = self.rows[0]
            for formula in unstored.finditer(self.xml, after):
                start = self._cell_between(after, formula.start())
                tag = self.xml[start : self.xml.find(b">", start)]
                # Excel stores the empty text, which a formula may well result in, like this.
                if not (_TEXT.search(tag) and self.opens(b"v") in formula[0]):
                    yield self._address(start, tag)
                after = formula.end()

    def _cell_between(self, begin: int, end: int) -> int:
        """Offset of the last cell that begins there: the one that is open at ``end``."""
        tag = self.opens(b"c")
        start = max(self.xml.rfind(tag + b" ", begin, end), begin)
        return max(self.xml.rfind(tag + b">", start, end), start)

    def hidden_rows(self) -> Iterator[int]:
        """Numbers of the rows that are hidden, by a filter or by hand."""
        if self._holds(b"h", b' hidden="'):
            for row in self.find.hidden.finditer(self.xml):
                ref = _REF.search(row[1])
                yield int(ref[2]) if ref else self.counted[row.start()][0]

    def merged(self) -> Iterator[str]:
        """Ranges of merged cells."""
        for merge in self.find.merge.finditer(self.xml, self.rows[1]):
            yield merge[1].decode()

    def looks(self, telling: Telling) -> Iterator[tuple[str, Look]]:
        """Address and look of every cell that looks like more than it holds."""
        texts = {}
        if telling.texts:
            for cell in self.find.shared.finditer(self.xml, *self.rows):
                if int(cell[2]) in telling.texts and _SHARED.search(cell[1]):
                    texts[self._address(cell.start(), cell[1])] = telling.texts[int(cell[2])]
        if b"inlineStr" in self.xml and telling.is_set(self.xml):
            for cell in self.find.inline.finditer(self.xml, *self.rows):
                if pieces := next(texts_in(cell[2], self.find.prefix, b""), ()):
                    texts[self._address(cell.start(), cell[1])] = pieces
        styled = dict(self._styled(telling))
        for address in dict.fromkeys((*styled, *texts)):
            style = telling.styles.get(styled.get(address, -1), Look())
            yield address, Look(style.format, style.struck, style.hidden, texts.get(address, ()))

    def _styled(self, telling: Telling) -> Iterator[tuple[str, int]]:
        """Address and style of the cells whose style says something."""
        # Most styles that say something are those of headings and of sheets of the form itself.
        if any(self.xml.find(b's="%d"' % style, *self.rows) >= 0 for style in telling.styles):
            for cell in telling.search(self.find.prefix).finditer(self.xml, *self.rows):
                style = _STYLE.search(cell[1])
                if style and not cell[0].endswith(b"/>"):
                    yield self._address(cell.start(), cell[1]), int(style[1])

    def objects(self) -> Iterator[str]:
        """Address of every cell that holds a place, a picture or the like."""
        if not any(self._holds(b"M" if b"M" in word else b"v", word) for word in _OF_OBJECTS):
            return
        formula = self.opens(b"f")
        for cell in self.find.whole.finditer(self.xml, *self.rows):
            # The metadata of a formula says which error it shows.
            is_rich = _RICH.search(cell[1]) and formula not in cell[2]
            if is_rich or _PICTURE.search(cell[2]):
                yield self._address(cell.start(), cell[1])

    def links(self) -> Iterator[tuple[str, str]]:
        """Address of every cell with a formula that links, and where to."""
        if self._holds(b"H", LINKS):
            for cell in self.find.whole.finditer(self.xml, *self.rows):
                if address := linked(cell[2]):
                    yield self._address(cell.start(), cell[1]), address

    def linked(self) -> Iterator[tuple[str, str]]:
        """Address and formula of every cell whose value another workbook gave."""
        yield from ((at, said) for at, said, _, _ in self._formulas if leads_outside(said))

    def noughts(self) -> Iterator[tuple[str, Nought]]:
        """Address of every cell whose formula came to 0, and the formula."""
        for address, formula, first, end in self._formulas:
            if formula and self.find.nought.match(self.xml, end):
                yield address, Nought(formula, first)

    @cached_property
    def _formulas(self) -> Sequence[tuple[str, str, str, int]]:
        """Address, formula, the cell in which it was written first, and where it ends."""
        if not self._holds(b"f", self.opens(b"f")):
            return ()
        shared: dict[bytes, tuple[str, str]] = {}
        found = []
        for cell in self.find.formula.finditer(self.xml, *self.rows):
            address = self._address(cell.start(), cell[1])
            said = html.unescape((cell[3] or b"").decode("utf-8", "replace"))
            group = _GROUP.search(cell[2])
            if group and said:
                shared[group[1]] = said, address
            formula, first = (
                (said, address) if said or not group else shared.get(group[1], ("", ""))
            )
            found.append((address, formula, first or address, cell.end()))
        return found

    def _address(self, start: int, attributes: bytes) -> str:
        ref = _REF.search(attributes)
        if ref:
            return (ref[1] + ref[2]).decode()
        row, column = self.counted[start]
        return f"{column_letter(column)}{row}"

    @cached_property
    def counted(self) -> Mapping[int, tuple[int, int]]:
        """Row and column of every row and cell by the offset of its tag.

        Some programs write no addresses; then each row and cell follows the one before.
        """
        places: dict[int, tuple[int, int]] = {}
        row = column = 0
        for tag in self.find.tag.finditer(self.xml):
            ref = _REF.search(tag[1])
            if tag[0].startswith(self.opens(b"row")):
                row, column = int(ref[2]) if ref else row + 1, 0
            else:
                column = column_number(ref[1].decode()) if ref else column + 1
            places[tag.start()] = (row, column)
        return places
