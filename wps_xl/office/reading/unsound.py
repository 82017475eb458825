"""Sheets whose XML holds cells that readers drop, move or fail at, written anew without them.

Readers know numbers and texts. What is no number at all (1E400, NaN), a text that the file does
not have, an address that is none, or two cells at one address come out blank, elsewhere, or end
the reading. Few files hold any, so a quick look says which sheets have to be gone through.
"""

from __future__ import annotations

import datetime as dt
import html
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import iterparse

from wps_xl.model import column_letter, column_number, split_address
from wps_xl.office.reading.ordinary import LAST_COLUMN, LAST_ROW

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?0*([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_NO_NUMBER = re.compile(r"(?i)[+-]?(?:nan|inf|infinity)")
_LOGICAL = ("0", "1", "true", "false")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Rows that say their number and hold nothing: there may be a million of them.
_BLANK = re.compile(
    rb"<(?:\w+:)?row\b(?![^>]*hidden)(?=[^>]*\sr=)[^>]*(?:/>|>(?:<(?:\w+:)?c\b[^>]*/>)*</(?:\w+:)?row>)"
)
_DIGITS = re.compile(r"[0-9]{1,9}")
_PARTS = ("f", "v", "is", "extLst")
_LONGEST = 200
_BREAKS = {9: "&#9;", 10: "&#10;", 13: "&#13;"}


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _quoted(text: str) -> str:
    """A text as the value of an attribute. What xml.sax offers for it takes as long to import as
    a small workbook to read."""
    return f'"{html.escape(text).translate(_BREAKS)}"'


# Midnight as SheetJS writes it for a day; another hour of Greenwich may be the day after.
_OF_GREENWICH = re.compile(r"T00:00(?::00(?:\.0+)?)?Z$")


@dataclass
class _Row:
    """One row on its way: its attributes, and its cells by column, each with what it shows."""

    attributes: str = ""
    cells: dict[int, tuple[str, str]] = field(default_factory=dict)


@dataclass
class _Sheet:
    """A sheet on its way: its rows, and what its cells hold that cannot be read, by address."""

    texts: int | None
    rows: dict[int, _Row] = field(default_factory=dict)
    unsound: dict[str, str] = field(default_factory=dict)

    def tell(self, at: str, found: str) -> None:
        """Add what stands at an address."""
        whole = f"{self.unsound[at]}; {found}" if at in self.unsound else found
        self.unsound[at] = whole if len(whole) <= _LONGEST else f"{whole[: _LONGEST - 1]}…"

    def put(self, number: int, column: int, content: str, shown: str) -> None:
        """Enter a cell, unless another one has its address and holds something else."""
        cells = self.rows[number].cells
        before = cells.setdefault(column, (content, shown))
        if before[0] != content:
            at = f"{column_letter(column)}{number}"
            if before[0]:
                self.tell(at, before[1])
                cells[column] = ("", "")
            self.tell(at, shown)

    def settled(self) -> Mapping[str, str]:
        """What cannot be read, and whatever else stands at such an address."""
        for at in list(self.unsound):
            letters, number = split_address(at)
            content, shown = self.rows[number].cells.pop(column_number(letters), ("", ""))
            if content:
                self.tell(at, shown)
        return self.unsound


def sound_sheet(xml: bytes, texts: int | None) -> tuple[bytes, Mapping[str, str]]:
    """The sheet with what can be read, and what else its cells hold, by address.

    ``texts`` is how many shared texts the file has, None where their part is missing. A sheet that
    is no XML comes back as it is.
    """
    sheet = _Sheet(texts)
    namespace, number = "", 0
    merged: list[str] = []
    try:
        for event, element in iterparse(
            io.BytesIO(_BLANK.sub(b"", xml)), ("start", "end"), forbid_dtd=True
        ):
            name = _local(element)
            if event == "start" and name == "worksheet":
                namespace = element.tag.rpartition("}")[0].lstrip("{")
            elif event == "end" and name == "row":
                number = _read_row(element, number, sheet)
                element.clear()
            elif event == "end" and name == "mergeCell":
                merged.append(f"<mergeCell ref={_quoted(element.get('ref', ''))}/>")
    except ParseError:
        return xml, {}
    unsound = sheet.settled()
    return "".join(_pieces(namespace, sheet.rows, "".join(merged))).encode(), unsound


def _read_row(element: Element, before: int, sheet: _Sheet) -> int:
    """Take the cells of one row over; its number, that after the last where it has none."""
    said = element.get("r", "")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 8 else 0
    known = 0 < number <= LAST_ROW
    number = number if known else before + 1
    where = "" if known or not said else f" in row {said}"
    row = sheet.rows.setdefault(number, _Row())
    row.attributes = row.attributes or _attributes(element, "hidden")
    column = 0
    for cell in element:
        if _local(cell) == "c":
            column, address = _column(cell.get("r", ""), number, column)
            place = f" under the address {address}" if address else where
            content, sound = _content(cell, sheet.texts)
            if content and sound and not place:
                sheet.put(number, column, content, _shown(cell))
            elif content:
                sheet.tell(f"{column_letter(column)}{number}", f"{_shown(cell)}{place}")
    return number


def _column(address: str, row: int, before: int) -> tuple[int, str]:
    """The column of a cell, and its address where that is none or of another row."""
    match = _ADDRESS.fullmatch(address)
    if match and int(match[2]) == row and column_number(match[1].upper()) <= LAST_COLUMN:
        return column_number(match[1].upper()), ""
    return min(before + 1, LAST_COLUMN), address


def _content(cell: Element, texts: int | None) -> tuple[str, bool]:
    """A cell as XML without its address, blank where it is blank; and whether it can be read."""
    own = _attributes(cell, "s", "vm", "cm")
    kind = cell.get("t", "n")
    values, inline, formulas = (
        [part for part in cell if _local(part) == name] for name in ("v", "is", "f")
    )
    stored = {text for part in values if (text := part.text or "").strip()}
    formula = "".join(f"<f>{_escaped(part.text or '')}</f>" for part in formulas[:1])
    inside = "".join("".join(part.itertext()) for part in inline)
    if _is_strange(cell) or len(stored) + bool(inside) > 1:
        return f"{own}>", False
    if inside:
        return f'{own} t="inlineStr">{formula}<is>{_inner(inline[0])}</is>', kind == "inlineStr"
    if not stored:
        nameless = kind == "e" and bool(values)
        blank = f"{own}>{formula}" if formula or nameless else ""
        # Excel stores the empty text, which a formula may well result in, like this.
        return (f'{own} t="str">{formula}<v></v>' if formula and kind == "str" else blank), (
            not nameless
        )
    text = _OF_GREENWICH.sub("", stored.pop()) if kind == "d" else stored.pop()
    kind, sound = _kind(kind, text, texts)
    return f'{own} t="{kind}">{formula}<v>{_escaped(text)}</v>', sound


def _is_strange(cell: Element) -> bool:
    """Whether something stands in a cell where nothing belongs."""
    beside = (cell.text, *(part.tail for part in cell))
    parts = [
        part for part in cell if _local(part) not in _PARTS or (_local(part) == "v" and len(part))
    ]
    return bool(parts) or any((text or "").strip() for text in beside)


def _kind(kind: str, stored: str, texts: int | None) -> tuple[str, bool]:
    """As what a value is to be read, and whether it can be."""
    if kind == "n":
        if _NUMBER.fullmatch(stored):
            return kind, isfinite(float(stored))
        return "str", _NO_NUMBER.fullmatch(stored.strip()) is None
    if kind == "s":
        # Without their part the file is broken as a whole, which the readers say.
        is_one = _DIGITS.fullmatch(stored) is not None
        return kind, texts is None or (is_one and int(stored) < texts)
    if kind == "b":
        return kind, stored in _LOGICAL
    if kind == "d":
        return (kind if _is_day(stored) else "str"), True
    return (kind if kind == "e" else "str"), kind != "inlineStr"


def _is_day(text: str) -> bool:
    """Whether a text is a day as it is seen, whatever the zone of who reads it."""
    if text.endswith("Z"):
        return False
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _shown(cell: Element) -> str:
    """What stands in a cell, formulas apart, for a person to know it by."""
    words: list[str | None] = [cell.text]
    for part in cell:
        words += [*([] if _local(part) == "f" else part.itertext()), part.tail]
    said = " and ".join(dict.fromkeys(word.strip() for word in words if word and word.strip()))
    if cell.get("t") == "s":
        return f"the number {said} of a text" if said else ""
    return said or ("an error without its name" if cell.get("t") == "e" else "")


def _inner(element: Element) -> str:
    """What is inside an element, as XML without namespaces."""
    return _escaped(element.text or "") + "".join(
        f"<{_local(part)}{_all_attributes(part)}>{_inner(part)}</{_local(part)}>"
        + _escaped(part.tail or "")
        for part in element
    )


def _all_attributes(element: Element) -> str:
    kept = {name.replace(_SPACE, "xml:space"): value for name, value in element.attrib.items()}
    return "".join(f" {name}={_quoted(value)}" for name, value in kept.items() if "}" not in name)


def _attributes(element: Element, *names: str) -> str:
    pairs = ((name, element.get(name, "")) for name in names)
    return "".join(
        f' {name}="{value}"' for name, value in pairs if value.isdigit() or value == "true"
    )


def _pieces(namespace: str, rows: Mapping[int, _Row], merged: str) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns={_quoted(namespace)}>'
    yield "<sheetData>"
    for number, row in sorted(rows.items()):
        if row.cells or "hidden" in row.attributes:
            yield f'<row r="{number}"{row.attributes}>'
            for column, (content, _) in sorted(row.cells.items()):
                yield f'<c r="{column_letter(column)}{number}"{content}</c>'
            yield "</row>"
    yield f"</sheetData>{f'<mergeCells>{merged}</mergeCells>' if merged else ''}</worksheet>"


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
