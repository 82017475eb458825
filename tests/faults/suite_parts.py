"""What office suites write beside the cells of a sheet: notes, text boxes, links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.worksheet.worksheet import Worksheet

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
# What a note is framed by: Google Sheets gives each piece a number and a day, others the author.
NOTES: Mapping[str, str] = {
    "Google Sheets": "======\nID#AAAAGm1s_OE\nSomebody    (2007-04-11 02:25:12)\n{}",
    "WPS Office": "Somebody:\n{}",
}


@dataclass(frozen=True)
class Beside:
    """One part beside a sheet: the last word of its relationship, its name, its content."""

    kind: str
    name: str
    xml: str


def notes(sheet: Worksheet, suite: str) -> str:
    """The notes of a sheet, as one suite writes them; blank where there are none."""
    said = [(c.coordinate, c.comment.text) for row in sheet.iter_rows() for c in row if c.comment]
    frame = NOTES.get(suite, "{}")
    each = "".join(
        f'<comment ref="{at}" authorId="0"><text><t xml:space="preserve">'
        f"{escape(frame.format(words))}</t></text></comment>"
        for at, words in said
    )
    whole = f"<authors><author>Somebody</author></authors><commentList>{each}</commentList>"
    return f'<comments xmlns="{_MAIN}">{whole}</comments>' if said else ""


def boxes(said: Sequence[tuple[str, str]], anchor: str) -> str:
    """A drawing with text boxes at these cells."""
    each = "".join(_box(at, words, anchor) for at, words in said)
    spaces = f'xmlns:xdr="{_DRAWING}/spreadsheetDrawing" xmlns:a="{_DRAWING}/main"'
    return f"<xdr:wsDr {spaces}>{each}</xdr:wsDr>"


def _box(cell: str, words: str, anchor: str) -> str:
    letters, row = coordinate_from_string(cell)
    start = f"<xdr:col>{column_index_from_string(letters) - 1}</xdr:col><xdr:colOff>0</xdr:colOff>"
    start += f"<xdr:row>{row - 1}</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    text = f"<a:p><a:r><a:t>{escape(words)}</a:t></a:r></a:p>"
    about = '<xdr:nvSpPr><xdr:cNvPr id="3" name="Shape 3"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr>'
    shape = (
        f'<xdr:sp macro="" textlink="">{about}<xdr:txBody><a:bodyPr/>{text}</xdr:txBody></xdr:sp>'
    )
    return f"<xdr:{anchor}><xdr:from>{start}</xdr:from>{shape}<xdr:clientData/></xdr:{anchor}>"


def links(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    """Cells with an address behind their words."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.hyperlink is not None and cell.hyperlink.target:
                yield cell.coordinate, cell.hyperlink.target


def relations(parts: Sequence[Beside], addresses: Sequence[str]) -> str:
    """The relationships of a sheet."""
    inside = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/{part.kind}" Target="/{part.name}"/>'
        for at, part in enumerate(parts, start=1)
    )
    outside = "".join(
        f'<Relationship Id="rIdLink{at}" Type="{OFFICE}/hyperlink" '
        f'Target={quoteattr(address)} TargetMode="External"/>'
        for at, address in enumerate(addresses)
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{package}">{inside}{outside}</Relationships>'
