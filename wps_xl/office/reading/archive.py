"""The zip file that a workbook is: its parts, bounded before anything is unpacked."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wps_xl.office.reading.unreadable import RefusedError

MAX_PARTS = 3000
MAX_PART = 128 << 20
MAX_TOTAL = 300 << 20
# Deflate reaches 1:1000 on a bomb; sheets full of empty formatted rows stay under 1:60.
MAX_RATIO = 200
_SMALL = 1 << 20
_HEAD = 4096

_OUTSIDE = re.compile(r"[/\\]|[A-Za-z]:|(?:.*[/\\])?\.\.(?:[/\\]|$)|.*\x00", re.DOTALL)
# Comments and instructions such as <?xml ?>, which may stand before the first element.
_ASIDE = re.compile(rb"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_BLIND = (
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


@dataclass(frozen=True)
class Archive:
    """The parts of a zip file, by name in lower case, as Office compares names."""

    data: bytes
    entries: Mapping[str, zipfile.ZipInfo]

    def __contains__(self, part: str) -> bool:
        return part.lower() in self.entries

    def read(self, part: str) -> bytes:
        """The whole part; raise ``RefusedError`` if it is missing or not what the index says."""
        info = self.entries.get(part.lower())
        if info is None:
            raise RefusedError("damaged", f"a piece inside it is missing ({part})")
        content = self._unpack(info, info.file_size + 1)
        if len(content) != info.file_size or zlib.crc32(content) != info.CRC:
            raise RefusedError("damaged", f"a piece inside it is broken ({part})")
        return content

    def root(self, part: str) -> str:
        """Local name of the part's root element, empty if it has none.

        Raises ``RefusedError`` if the part declares a document type, the way to entity attacks: no
        Office program writes one. It would have to stand before the root element.
        """
        head = self._unpack(self.entries[part.lower()], _HEAD)
        prolog = _ASIDE.sub(b"", _as_utf8(head))
        match = _ROOT.search(prolog)
        before = prolog[: match.start()] if match else prolog
        if b"<!" in before or (match is None and len(head) == _HEAD):
            raise RefusedError(
                "unsafe", f"a piece inside it ({part}) does not begin as Office writes it"
            )
        return match[1].decode() if match else ""

    def _unpack(self, info: zipfile.ZipInfo, limit: int) -> bytes:
        """At most ``limit`` bytes of a part, so that a size that lies cannot fill the memory."""
        head = self.data[info.header_offset : info.header_offset + 30]
        if len(head) < 30 or not head.startswith(b"PK\x03\x04"):
            raise RefusedError("damaged", f"a piece inside it is missing ({info.filename})")
        name, extra = struct.unpack("<HH", head[26:30])
        begin = info.header_offset + 30 + name + extra
        packed = memoryview(self.data)[begin : begin + info.compress_size]
        if info.compress_type == zipfile.ZIP_STORED:
            return bytes(packed[:limit])
        if info.compress_type != zipfile.ZIP_DEFLATED:
            raise RefusedError(
                "unsafe", f"a piece inside it ({info.filename}) is not packed as Office packs it"
            )
        try:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, limit)
        except zlib.error as fault:
            raise RefusedError(
                "damaged", f"a piece inside it is broken ({info.filename})"
            ) from fault


def open_archive(data: bytes) -> Archive:
    """The zip file ``data`` as an archive; raise ``RefusedError`` if it is damaged or a trap."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            infos = [info for info in file.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as fault:
        if b"PK\x05\x06" not in data[-65_557:]:
            raise RefusedError("cut") from fault
        raise RefusedError("damaged", "its list of contents is broken") from fault
    for check in _CHECKS:
        check(infos)
    return Archive(data, {info.filename.lower(): info for info in infos})


def _names_stay_inside(infos: Sequence[zipfile.ZipInfo]) -> None:
    for info in infos:
        if _OUTSIDE.match(info.orig_filename):
            raise RefusedError("unsafe", f"a piece inside it ({info.orig_filename}) points outside")


def _names_differ(infos: Sequence[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for info in infos:
        name = info.filename.lower()
        if name in seen:
            raise RefusedError("unsafe", f"it holds the same piece twice ({info.filename})")
        seen.add(name)


def _nothing_locked(infos: Sequence[zipfile.ZipInfo]) -> None:
    if any(info.flag_bits & 1 for info in infos):
        raise RefusedError("password")


def _sizes_are_plausible(infos: Sequence[zipfile.ZipInfo]) -> None:
    for info in infos:
        if info.file_size > _SMALL and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            times = info.file_size // max(info.compress_size, 1)
            raise RefusedError(
                "unsafe", f"a piece inside it ({info.filename}) swells {times:,} times when opened"
            )


def _sizes_are_bounded(infos: Sequence[zipfile.ZipInfo]) -> None:
    if len(infos) > MAX_PARTS:
        raise RefusedError("large", f"it consists of {len(infos):,} pieces")
    total = sum(info.file_size for info in infos)
    if total > MAX_TOTAL or any(info.file_size > MAX_PART for info in infos):
        raise RefusedError("large", f"it swells to {total >> 20:,} MB when opened")


_CHECKS = (
    _nothing_locked,
    _names_stay_inside,
    _names_differ,
    _sizes_are_plausible,
    _sizes_are_bounded,
)


def _as_utf8(head: bytes) -> bytes:
    for mark, codec in _BLIND:
        if head.startswith(mark):
            return head.decode(codec, errors="ignore").encode()
    return head
