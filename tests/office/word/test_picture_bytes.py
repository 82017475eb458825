"""Pictures tell who took them, where and with what: not in the edition for submission."""

from __future__ import annotations

import struct
import zlib

from wps_xl.office.word.picture_bytes import cleaned

PERSON = b"Jane Q Drafter"
PIXELS = b"\xff\xda\x00\x02" + b"seen" + b"\xff\xd9"


def segment(kind: int, content: bytes) -> bytes:
    return bytes((0xFF, kind)) + struct.pack(">H", len(content) + 2) + content


def exif(turned: int) -> bytes:
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, turned, 0)
    return b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + entry + bytes(4) + PERSON


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind))


def png(*chunks: bytes) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + chunk(b"IEND", b"")


def test_a_photograph_keeps_what_is_seen_and_loses_the_rest() -> None:
    seen = segment(0xE0, b"JFIF\0") + segment(0xE2, b"ICC_PROFILE\0") + segment(0xDB, b"table")
    told = segment(0xE1, exif(1)) + segment(0xED, PERSON) + segment(0xFE, PERSON)

    found = cleaned(b"\xff\xd8" + seen + told + PIXELS + PERSON)

    assert found == b"\xff\xd8" + seen + PIXELS


def test_a_photograph_that_is_turned_stays_turned() -> None:
    found = cleaned(b"\xff\xd8" + segment(0xE1, exif(6)) + PIXELS)

    assert found is not None
    assert PERSON not in found
    assert struct.pack(">HHIH", 0x0112, 3, 1, 6) in found


def test_a_drawing_keeps_its_colours_and_loses_its_texts() -> None:
    seen = (chunk(b"IHDR", b"size"), chunk(b"gAMA", b"light"), chunk(b"IDAT", b"seen"))
    told = (chunk(b"tEXt", PERSON), chunk(b"iTXt", PERSON), chunk(b"eXIf", PERSON))

    assert cleaned(png(*told, *seen) + PERSON) == png(*seen)


def test_a_metafile_forgets_which_program_drew_what_file() -> None:
    name = PERSON.decode().encode("utf-16-le")
    head = struct.pack("<II", 1, 108) + bytes(32) + b" EMF" + bytes(16)
    content = head + struct.pack("<II", len(name) // 2, 108) + bytes(40) + name + b"seen"

    found = cleaned(content)

    assert found is not None
    assert name not in found
    assert (len(found), found[-4:]) == (len(content), b"seen")


def test_a_picture_that_nothing_can_be_taken_out_of_is_told() -> None:
    for content in (b"<svg/>", b"II*\0", b"GIF89a", b"\xff\xd8\xff\xe1\x00", b""):
        assert cleaned(content) is None
