"""Takes out of the bytes of a picture what is not seen: who made it, where, with what."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping

# Segments of a JPEG that its looks hang on: JFIF, colour profile, Adobe's transform.
_JPEG_STAYS = (0xE0, 0xE2, 0xEE)
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_GONE = (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME")
_EXIF = b"Exif\0\0"
_ORIENTATION = 0x0112
_EMF_MARK = b" EMF"


def cleaned(content: bytes) -> bytes | None:
    """The picture without them; None where it is of a kind that nothing can be taken out of."""
    clean = next((one for begin, one in _KINDS.items() if content.startswith(begin)), None)
    try:
        return clean(content) if clean is not None else None
    except (struct.error, IndexError, ValueError):
        return None


def _as_it_is(content: bytes) -> bytes:
    return content


def _jpeg(content: bytes) -> bytes:
    kept = [content[:2]]
    at = 2
    while content[at] == 0xFF and content[at + 1] != 0xDA:
        kind, size = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
        segment = content[at : at + 2 + size]
        if kind == 0xE1 and segment[4:10] == _EXIF:
            kept.append(_turned(segment[10:]))
        elif (not 0xE0 <= kind <= 0xEF and kind != 0xFE) or kind in _JPEG_STAYS:
            kept.append(segment)
        at += 2 + size
    end = content.rfind(b"\xff\xd9")
    # Behind the end of the picture stand previews, films and other pictures.
    return b"".join(kept) + content[at : end + 2 if end > at else None]


def _turned(exif: bytes) -> bytes:
    """What says that the picture is turned, which is seen; nothing where it is not."""
    order = "<" if exif[:2] == b"II" else ">"
    first = struct.unpack(order + "I", exif[4:8])[0]
    for at in range(struct.unpack(order + "H", exif[first : first + 2])[0]):
        begin = first + 2 + 12 * at
        tag, _, _, value = struct.unpack(order + "HHIH", exif[begin : begin + 10])
        if tag == _ORIENTATION and value != 1:
            entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, value, 0)
            said = _EXIF + b"MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
            return b"\xff\xe1" + struct.pack(">H", len(said) + 2) + said
    return b""


def _png(content: bytes) -> bytes:
    return _PNG + b"".join(_chunks(content))


def _chunks(content: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    while at < len(content):
        size = struct.unpack(">I", content[at : at + 4])[0]
        kind = content[at + 4 : at + 8]
        if kind not in _PNG_GONE:
            yield content[at : at + 12 + size]
        if kind == b"IEND":
            return
        at += 12 + size


def _emf(content: bytes) -> bytes:
    """A metafile of Windows says in its head which program drew what file."""
    if content[40:44] != _EMF_MARK:
        raise ValueError("no metafile")
    letters, begin = struct.unpack("<II", content[60:68])
    end = begin + 2 * letters
    return content[:begin] + bytes(end - begin) + content[end:] if letters else content


_KINDS: Mapping[bytes, Callable[[bytes], bytes]] = {
    b"\xff\xd8\xff": _jpeg,
    _PNG: _png,
    b"BM": _as_it_is,
    b"\xd7\xcd\xc6\x9a": _as_it_is,
    b"\x01\x00\x09\x00": _as_it_is,
    b"\x01\x00\x00\x00": _emf,
}
