"""Odd and hostile Word files: each is made of a good draft in a moment, and stands for a kind.

``REFUSED`` are kinds that end in a sentence, with words of it; ``READ`` are odd and are read, also
all of them at once.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping

from intake.hostile import OLE, Parts, packed

Make = Callable[[Parts], Parts | bytes]
Edit = Callable[[Parts], Parts]
DOCUMENT, STYLES, NOTES = "word/document.xml", "word/styles.xml", "word/footnotes.xml"
NUMBERING, COMMENTS, TYPES = "word/numbering.xml", "word/comments.xml", "[Content_Types].xml"
ROOT, LINKS = "_rels/.rels", "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN_TYPE = "wordprocessingml.document.main+xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WIDE = f"<w:document xmlns:w='{W}'><w:body/></w:document>"


def file_of(made: Parts | bytes) -> bytes:
    """The file that was made."""
    return made if isinstance(made, bytes) else packed(made)


def with_part(name: str, content: bytes) -> Edit:
    """The draft with one part more, or with other content in a part it has."""
    return lambda parts: {**parts, name: content}


def without(name: str) -> Edit:
    return lambda parts: {key: part for key, part in parts.items() if key != name}


def changed(name: str, old: str, new: str) -> Edit:
    """The draft with words of one part replaced where they first stand."""

    def make(parts: Parts) -> Parts:
        text = parts[name].decode()
        assert old in text, (name, old)
        return {**parts, name: text.replace(old, new, 1).encode()}

    return make


def with_text(inside: str) -> Edit:
    """The draft with XML at the end of its text."""
    return changed(DOCUMENT, "<w:sectPr", f"{inside}<w:sectPr")


def saying(words: str) -> Edit:
    return with_text(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")


def of_type(kind: str) -> Edit:
    """The draft whose main part is called another kind."""
    return changed(TYPES, f"application/vnd.openxmlformats-officedocument.{MAIN_TYPE}", kind)


def linked(key: str, kind: str, target: str) -> Edit:
    """The draft with one more relationship of its text."""
    made = f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>'
    return changed(LINKS, "</Relationships>", f"{made}</Relationships>")


def bytes_of(content: bytes) -> Make:
    return lambda parts: content


def _twice(second: str) -> Make:
    return lambda parts: packed([*parts.items(), (second, parts[DOCUMENT])])


def _lying_bomb(parts: Parts) -> bytes:
    """A part of 8 MB whose size is said to be 1,000 bytes."""
    bomb = bytearray(packed({**parts, DOCUMENT: parts[DOCUMENT] + b" " * (8 << 20)}))
    size = struct.pack("<I", len(parts[DOCUMENT]) + (8 << 20))
    at = bomb.find(size)
    while at >= 0:
        bomb[at : at + 4] = struct.pack("<I", 1000)
        at = bomb.find(size, at)
    return bytes(bomb)


def _locked(parts: Parts) -> bytes:
    content = bytearray(packed(parts))
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def _chain(parts: Parts) -> Parts:
    """Parts that refer to one another, each to the next."""
    kind = f"{OFFICE}/customXml"
    more = {f"customXml/c{n}.xml": b"<x/>" for n in range(100)}
    links = {
        f"customXml/_rels/c{n}.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r" Type="{kind}" Target="c{n + 1}.xml"/></Relationships>'
        ).encode()
        for n in range(99)
    }
    begun = linked("chain", kind, "/customXml/c0.xml")
    return begun({**parts, **more, **links})


def _many_parts(parts: Parts) -> bytes:
    return packed({**parts, **{f"x/{n}.bin": b"" for n in range(3001)}}, level=0)


def _broken_inside(parts: Parts) -> bytes:
    """A part whose bytes are no longer those that were packed."""
    content = bytearray(packed(parts, level=0))
    at = content.find(b"<w:body>")
    content[at + 10] ^= 1
    return bytes(content)


def _dtd(part: str, definition: str, use: str) -> Edit:
    return with_part(part, f"<!DOCTYPE x [{definition}]>{use}".encode())


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
REFUSED: Mapping[str, tuple[Make, str]] = {
    "empty": (bytes_of(b""), "is empty"),
    "zeros": (bytes_of(bytes(5000)), "nothing but zeros"),
    "text": (bytes_of(b"not a document"), "no Office file"),
    "web page": (bytes_of(b"<html><body><p>Report</p></body></html>"), "is a web page"),
    "rich text": (bytes_of(rb"{\rtf1 Report}"), "Rich Text"),
    "pdf": (bytes_of(b"%PDF-1.7 ..."), "is a PDF"),
    "picture": (bytes_of(b"\x89PNG\r\n\x1a\n" + bytes(100)), "is a picture"),
    "old": (bytes_of(OLE + bytes(600)), "older Word"),
    "password": (
        bytes_of(OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le")),
        "protected by a password",
    ),
    "locked zip": (_locked, "protected by a password"),
    "open document": (
        lambda parts: packed({"mimetype": b"application/vnd.oasis.opendocument.text"}),
        "OpenDocument text",
    ),
    "zip": (lambda parts: packed({"notes.txt": b"x"}), "without a Word document"),
    "cut off": (lambda parts: packed(parts)[:-200], "is cut off"),
    "broken inside": (_broken_inside, r"broken \(word/document.xml\)"),
    "workbook": (
        of_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
        "an Excel workbook",
    ),
    "slides": (
        of_type("application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml"),
        "a PowerPoint",
    ),
    "macros": (of_type("application/vnd.ms-word.document.macroEnabled.main+xml"), "holds macros"),
    "template": (
        of_type("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
        "is a template",
    ),
    "strict": (
        changed(ROOT, f"{OFFICE}/officeDocument", "http://purl.oclc.org/ooxml/officeDocument"),
        "Strict Open XML",
    ),
    "no list of contents": (without(TYPES), "zip archive without"),
    "contents of another kind": (with_part(TYPES, b"<Override/>"), "not what it is called"),
    "no relationships": (without(ROOT), "without a text"),
    "no text": (without(DOCUMENT), r"missing \(/word/document.xml\)"),
    "no body": (with_part(DOCUMENT, f'<w:document xmlns:w="{W}"/>'.encode()), "has no text"),
    "two bodies": (changed(DOCUMENT, "<w:body>", "<w:body/><w:body>"), "has no text"),
    "wrong root": (with_part(DOCUMENT, b"<html/>"), "not what it is called"),
    "broken text": (changed(DOCUMENT, "</w:body>", "</w:bod>"), r"broken \(word/document.xml\)"),
    "broken styles": (with_part(STYLES, b"<w:styles>"), r"broken \(word/styles.xml\)"),
    "broken notes": (with_part(NOTES, b""), r"broken \(word/footnotes.xml\)"),
    "broken relationships": (changed(LINKS, ' Id="', ' id="'), "broken"),
    "styles of no kind": (changed(TYPES, "wordprocessingml.styles+xml", "x+xml"), "is called"),
    "header of no kind": (changed(TYPES, "wordprocessingml.header+xml", "x+xml"), "is called"),
    "styles twice": (linked("again", f"{OFFICE}/styles", "numbering.xml"), "twice"),
    "no numbering": (without(NUMBERING), r"missing \(/word/numbering.xml\)"),
    "no comments": (without(COMMENTS), r"missing \(/word/comments.xml\)"),
    "part outside": (with_part("../../outside.xml", b"<x/>"), "points outside"),
    "absolute part": (with_part("/etc/passwd", b"x"), "points outside"),
    "part twice": (_twice(DOCUMENT), "same piece twice"),
    "part twice but for case": (_twice("WORD/Document.xml"), "same piece twice"),
    "zip bomb": (with_part(STYLES, b"<x>" + b" " * (4 << 20) + b"</x>"), "swells"),
    "lying zip bomb": (_lying_bomb, "broken"),
    "many parts": (_many_parts, "pieces"),
    "endless chain": (_chain, "refer to one another"),
    "entity bomb": (_dtd(STYLES, f'<!ENTITY a0 "ha">{BOMB}', "<x>&a9;</x>"), "does not begin"),
    "external entity": (
        _dtd(DOCUMENT, '<!ENTITY x SYSTEM "file:///etc/passwd">', "<x>&x;</x>"),
        "does not begin",
    ),
    "entity in other data": (
        _dtd("customXml/item1.xml", "<!ENTITY a 'b'>", "<x/>"),
        "does not begin",
    ),
    "hidden entity": (
        with_part(NUMBERING, f"<!--{'x' * 9000}--><!DOCTYPE x [<!ENTITY a 'b'>]><x/>".encode()),
        "does not begin",
    ),
    "wide entity": (
        with_part(DOCUMENT, f"<!DOCTYPE x [<!ENTITY a 'b'>]>{WIDE}".encode("utf-16")),
        "does not begin",
    ),
    "deep": (with_text("<w:p>" * 5000 + "</w:p>" * 5000), "nested without end"),
    "many elements": (with_text("<w:p/>" * 300_001), "elements"),
    "long paragraph": (saying("a" * 500_001), "paragraphs has over"),
    "long text": (
        with_text(f"<w:p><w:r><w:t>{'a' * 400_000}</w:t></w:r></w:p>" * 11),
        "its text has",
    ),
    "note without number": (changed(NOTES, "<w:footnote w:id=", "<w:footnote w:no="), "a number"),
    "level of no number": (changed(NUMBERING, 'w:ilvl="0"', 'w:ilvl="abc"'), "‘abc’"),
    "level too deep": (changed(NUMBERING, 'w:ilvl="0"', 'w:ilvl="9999"'), "‘9999’"),
    "two billion": (
        changed(NUMBERING, '<w:start w:val="1"/>', '<w:start w:val="2000000000"/>'),
        "‘2000000000’",
    ),
    "long number": (changed(NUMBERING, 'w:val="%1', f'w:val="{"%1" * 200}'), "too long"),
    "number of 5,000 digits": (changed(DOCUMENT, 'w:id="', f'w:id="{"9" * 5000}'), "‘9999"),
    "comment of nobody": (changed(COMMENTS, 'w:author="', 'w:by="'), "no author"),
}
READ: Mapping[str, Edit] = {
    **{f"200,000 times {sign}": saying(sign * 200_000) for sign in "a1{“"},
    "100,000 times 1,": saying("1," * 100_000),
    "data that is no XML": with_part("customXml/item1.xml", b"\x00\x01"),
    "name in another case": changed(LINKS, "styles.xml", "STYLES.XML"),
    "link to nothing": linked("rId900", f"{OFFICE}/image", "media/gone.png"),
    "styles in a ring": changed(
        STYLES,
        "</w:styles>",
        "".join(
            f'<w:style w:type="paragraph" w:styleId="R{n}"><w:name w:val="R{n}"/>'
            f'<w:basedOn w:val="R{1 - n}"/></w:style>'
            for n in (0, 1)
        )
        + "</w:styles>",
    ),
    "measures of no number": with_text(
        '<w:tbl><w:tr><w:trPr><w:trHeight w:val="x"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="true"/>'
        '</w:tcPr><w:p><w:pPr><w:tabs><w:tab w:pos="²"/></w:tabs><w:rPr><w:sz w:val="1.5"/></w:rPr>'
        "</w:pPr></w:p></w:tc></w:tr></w:tbl>"
    ),
    "fields without end": with_text(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="end"/>'
        '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    ),
}
