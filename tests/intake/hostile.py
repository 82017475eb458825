"""Odd and hostile files: each is written in a moment and stands for something people send.

Every entry of ``ODD_FILES`` is a file name, what writes it, and the code that reading it must end
with, or ``BOOK`` if it must be read.
"""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

BOOK = "book"

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
BINARY_TYPE = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

HELLO = '<row r="1"><c r="A1" t="inlineStr"><is><t>hello</t></is></c></row>'

Parts = dict[str, bytes]


def sheet(rows: str, *, before: str = "", after: str = "", main: str = MAIN) -> bytes:
    """The XML of a worksheet with these rows."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{main}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    ).encode()


def parts(
    sheets: Mapping[str, bytes | None],
    *,
    kind: str = SHEET_TYPE,
    settings: str = "",
    main: str = MAIN,
    office: str = OFFICE,
) -> Parts:
    """The parts of a workbook by name; a sheet that is None is promised and missing."""
    tabs = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(sheets, start=1)
    )
    links = "".join(
        _link(f"rId{number}", f"{office}/worksheet", f"worksheets/sheet{number}.xml")
        for number in range(1, len(sheets) + 1)
    )
    texts = _link("rIdT", f"{office}/sharedStrings", "sharedStrings.xml")
    book = _link("rId1", f"{office}/officeDocument", "xl/workbook.xml")
    named: Parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/>'
            '<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
        ).encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{book}</Relationships>'
        ).encode(),
        "xl/workbook.xml": (
            f'<workbook xmlns="{main}" xmlns:r="{office}">{settings}'
            f"<sheets>{tabs}</sheets></workbook>"
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{links}{texts}</Relationships>'
        ).encode(),
        "xl/sharedStrings.xml": f'<sst xmlns="{main}"><si><t>shared</t></si></sst>'.encode(),
    }
    for number, content in enumerate(sheets.values(), start=1):
        if content is not None:
            named[f"xl/worksheets/sheet{number}.xml"] = content
    return named


def _link(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>'


def packed(named: Mapping[str, bytes] | Iterable[tuple[str, bytes]], *, level: int = 1) -> bytes:
    """A zip file of these parts; level 0 stores them as they are."""
    pairs = named.items() if isinstance(named, Mapping) else named
    method = zipfile.ZIP_DEFLATED if level else zipfile.ZIP_STORED
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of names that occur twice.
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in pairs:
                # Without the time of day, so that the same parts make the same file.
                archive.writestr(zipfile.ZipInfo(name), content, method, level or None)
    return file.getvalue()


def workbook(rows: str = HELLO, *, before: str = "", after: str = "", level: int = 1) -> bytes:
    """A workbook with one sheet, 'Data', of these rows."""
    return packed(parts({"Data": sheet(rows, before=before, after=after)}), level=level)


def with_part(name: str, content: bytes) -> bytes:
    """A good workbook with one part more, or with other content in a part it has."""
    return packed({**parts({"Data": sheet(HELLO)}), name: content})


def with_entities(name: str, definition: str, use: str) -> bytes:
    """A workbook with a document type in one part."""
    content = f"<!DOCTYPE x [{definition}]><sst xmlns='{MAIN}'><si><t>{use}</t></si></sst>"
    return with_part(name, content.encode())


def _billion_laughs() -> bytes:
    steps = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return with_entities("xl/sharedStrings.xml", f'<!ENTITY a0 "ha">{steps}', "&a9;")


def _external_entity() -> bytes:
    return with_entities("xl/sharedStrings.xml", '<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;")


def _hidden_entity() -> bytes:
    """The document type behind a comment that is longer than anybody looks."""
    content = f"<!--{'x' * 9000}--><!DOCTYPE x [<!ENTITY a 'b'>]><sst xmlns='{MAIN}'/>"
    return with_part("xl/sharedStrings.xml", content.encode())


def _entity_behind_instruction() -> bytes:
    content = f"<?x <sst ?><!DOCTYPE x [<!ENTITY a 'b'>]><sst xmlns='{MAIN}'/>"
    return with_part("xl/sharedStrings.xml", content.encode())


def _wide_entity() -> bytes:
    content = f"<!DOCTYPE x [<!ENTITY a 'b'>]><sst xmlns='{MAIN}'/>"
    return with_part("xl/sharedStrings.xml", content.encode("utf-16"))


def _zip_bomb() -> bytes:
    return with_part("xl/sharedStrings.xml", b"<sst>" + b" " * (60 << 20) + b"</sst>")


def _lying_bomb() -> bytes:
    """A part of 60 MB whose size is said to be 1,000 bytes."""
    bomb = bytearray(_zip_bomb())
    size = struct.pack("<I", (60 << 20) + 11)
    at = bomb.find(size)
    while at >= 0:
        bomb[at : at + 4] = struct.pack("<I", 1000)
        at = bomb.find(size, at)
    return bytes(bomb)


def _many_texts() -> bytes:
    text = "".join(f"<si><t>{n:x}</t></si>" for n in range(1_000_000))
    return with_part("xl/sharedStrings.xml", f"<sst xmlns='{MAIN}'>{text}</sst>".encode())


def lying_count() -> bytes:
    """A file that python-calamine does not survive: it takes room for as many texts as promised."""
    content = f'<sst xmlns="{MAIN}" uniqueCount="99999999999"><si><t>x</t></si></sst>'
    return with_part("xl/sharedStrings.xml", content.encode())


def _locked_zip() -> bytes:
    content = bytearray(workbook())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def _million_rows(attributes: str, cells: str = "") -> bytes:
    rows = "".join(f'<row r="{n}" {attributes}>{cells}</row>' for n in range(2, 1_048_577))
    return workbook(HELLO + rows)


def _million_blank_cells() -> bytes:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" s="0"/><c r="B{n}" s="0"/></row>' for n in range(2, 600_000)
    )
    return workbook(HELLO + rows)


def _many_formulas() -> bytes:
    """What a program writes that knows formulas but cannot calculate."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><f>ROW()</f><v/></c></row>' for n in range(2, 200_000)
    )
    return workbook(HELLO + rows)


def cell(address: str, value: str, attributes: str = "") -> str:
    """A row of its own for one stored value."""
    row = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{address}" {attributes}><v>{value}</v></c></row>'


def _wide_rows(count: int) -> bytes:
    return workbook("".join(cell(f"XFD{n}", "1") for n in range(1, count)))


def strict_workbook(rows: str = HELLO) -> bytes:
    """What Excel saves as 'Strict Open XML Spreadsheet'."""
    content = sheet(rows, main=STRICT_MAIN)
    return packed(parts({"Data": content}, main=STRICT_MAIN, office=STRICT_OFFICE))


def _of_kind(kind: str) -> bytes:
    return packed(parts({"Data": sheet(HELLO)}, kind=kind))


def _ole(stream: str) -> bytes:
    return OLE + b"\x00" * 500 + stream.encode("utf-16-le") + b"\x00" * 500


def _ods() -> bytes:
    return packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})


def _twice(second: str) -> bytes:
    named = parts({"Data": sheet(HELLO)})
    return packed([*named.items(), (second, named["xl/workbook.xml"])])


ODD_FILES: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "far cell.xlsx": (lambda: workbook(HELLO + cell("XFD1048576", "7")), BOOK),
    "far corner of two.xlsx": (lambda: workbook(cell("XFD1", "1") + cell("A1048576", "2")), BOOK),
    "value in the last row.xlsx": (lambda: workbook(HELLO + cell("A1048576", "7")), BOOK),
    "a million formatted rows.xlsx": (lambda: _million_rows('s="0" customFormat="1"'), BOOK),
    "a million hidden rows.xlsx": (lambda: _million_rows('hidden="1"'), BOOK),
    "a million formatted cells.xlsx": (_million_blank_cells, BOOK),
    "formulas never calculated.xlsx": (_many_formulas, BOOK),
    "merged over all.xlsx": (
        lambda: workbook(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        BOOK,
    ),
    "wide rows.xlsx": (lambda: _wide_rows(300), BOOK),
    "too many wide rows.xlsx": (lambda: _wide_rows(600), "too-large"),
    "long comment.xlsx": (lambda: workbook(before=f"<!--{'x' * (30 << 20)}-->", level=0), BOOK),
    "long text.xlsx": (lambda: workbook(cell("A1", "x" * (20 << 20), 't="str"'), level=0), BOOK),
    "deep.xlsx": (
        lambda: workbook(after="<x>" * 200_000 + "</x>" * 200_000, level=0),
        BOOK,
    ),
    "many texts.xlsx": (_many_texts, BOOK),
    "lying count of texts.xlsx": (lying_count, BOOK),
    "zip bomb.xlsx": (_zip_bomb, "unsafe"),
    "lying zip bomb.xlsx": (_lying_bomb, "damaged"),
    "entity bomb.xlsx": (_billion_laughs, "unsafe"),
    "external entity.xlsx": (_external_entity, "unsafe"),
    "hidden entity.xlsx": (_hidden_entity, "unsafe"),
    "entity behind an instruction.xlsx": (_entity_behind_instruction, "unsafe"),
    "wide entity.xlsx": (_wide_entity, "unsafe"),
    "part outside.xlsx": (lambda: with_part("../../outside.xml", b"<x/>"), "unsafe"),
    "absolute part.xlsx": (lambda: with_part("/etc/passwd", b"x"), "unsafe"),
    "part on a drive.xlsx": (lambda: with_part("C:\\x.xml", b"<x/>"), "unsafe"),
    "part twice.xlsx": (lambda: _twice("xl/workbook.xml"), "unsafe"),
    "part twice but for case.xlsx": (lambda: _twice("XL/Workbook.xml"), "unsafe"),
    "macros under another name.xlsx": (lambda: _of_kind(MACRO_TYPE), "unsafe"),
    "no macros.xlsm": (lambda: _of_kind(SHEET_TYPE), "unsafe"),
    "macros.xlsm": (lambda: _of_kind(MACRO_TYPE), BOOK),
    "strict.xlsx": (strict_workbook, BOOK),
    "strict and far.xlsx": (lambda: strict_workbook(cell("XFD1048576", "7")), "strict-format"),
    "missing sheet.xlsx": (lambda: packed(parts({"Data": None})), "damaged"),
    "web page as sheet.xlsx": (
        lambda: packed(parts({"Data": b"<html><p>no</p></html>"})),
        "damaged",
    ),
    "nothing as sheet.xlsx": (lambda: packed(parts({"Data": b""})), "damaged"),
    "half a sheet.xlsx": (lambda: packed(parts({"Data": sheet(HELLO)[:-60]})), "damaged"),
    "zeros in a sheet.xlsx": (lambda: workbook(HELLO + "\x00" * 50), BOOK),
    "cut off.xlsx": (lambda: workbook()[:-200], "damaged"),
    "zeros.xlsx": (lambda: b"\x00" * 5000, "damaged"),
    "empty.xlsx": (lambda: b"", "empty-file"),
    "password.xlsx": (lambda: _ole("EncryptedPackage"), "encrypted"),
    "locked zip.xlsx": (_locked_zip, "encrypted"),
    "xls.xlsx": (lambda: _ole("Workbook"), "old-format"),
    "xlsb.xlsx": (lambda: _of_kind(BINARY_TYPE), "old-format"),
    "ods.xlsx": (_ods, "old-format"),
    "word.xlsx": (lambda: _of_kind(WORD_TYPE), "not-a-workbook"),
    "csv.xlsx": (lambda: "Indicator;Value\nstaff;12\n".encode("cp1252"), "not-a-workbook"),
    "text.xlsx": (lambda: b"not a workbook", "not-a-workbook"),
    "png.xlsx": (lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "not-a-workbook"),
    "html.xlsx": (lambda: b"<html><table><tr><td>1</td></tr></table></html>", "not-a-workbook"),
    "pdf.xlsx": (lambda: b"%PDF-1.7 ...", "not-a-workbook"),
    "zip.xlsx": (lambda: packed({"notes.txt": b"x"}), "not-a-workbook"),
    "noise.xlsx": (lambda: bytes(range(256)) * 9, "not-a-workbook"),
}


def write_odd_files(folder: Path) -> list[Path]:
    """All of them, in ``folder``."""
    paths = [folder / name for name in ODD_FILES]
    for path in paths:
        path.write_bytes(ODD_FILES[path.name][0]())
    return paths
