"""The advance widths of Arial's metric twin, read from its font files.

``python tests/sheets/font_widths.py`` writes ``wps_xl/office/excel/arial.csv`` anew.
"""

from __future__ import annotations

import csv
import struct
import subprocess
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

CSV = Path(__file__).parents[2] / "wps_xl" / "office" / "excel" / "arial.csv"
FACES = ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf")
RANGES = (
    *((0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x2C6, 0x2DD), (0x384, 0x3CE)),
    *((0x400, 0x45F), (0x1E80, 0x1EF3), (0x2010, 0x2044), (0x20A0, 0x20BF), (0x2116, 0x2122)),
    *((0x2190, 0x2195), (0x2212, 0x2265)),
)
"""Letters of Latin, Greek and Cyrillic, marks, signs of money, arrows."""


def face_path(name: str) -> Path | None:
    """Where the font is installed; None where it is not."""
    try:
        done = subprocess.run(["fc-list", ":", "file"], capture_output=True, text=True, check=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        return None
    paths = (Path(line.partition(":")[0]) for line in done.stdout.splitlines())
    return next((path for path in paths if path.name == name), None)


def widths(path: Path) -> Mapping[int, int]:
    """Code point → advance width in units of 1/2048 of the size."""
    data = path.read_bytes()
    tables = {
        data[at : at + 4]: struct.unpack_from(">II", data, at + 8)
        for at in range(12, 12 + 16 * struct.unpack_from(">H", data, 4)[0], 16)
    }
    (units,) = struct.unpack_from(">H", data, tables[b"head"][0] + 18)
    (long,) = struct.unpack_from(">H", data, tables[b"hhea"][0] + 34)
    start = tables[b"hmtx"][0]
    advances = [struct.unpack_from(">H", data, start + 4 * at)[0] for at in range(long)]
    found = dict(_glyphs(data, tables[b"cmap"][0]))
    return {
        code: round(advances[min(glyph, long - 1)] * 2048 / units) for code, glyph in found.items()
    }


def _glyphs(data: bytes, cmap: int) -> Iterator[tuple[int, int]]:
    """Code point and glyph, from the subtable for the characters of Unicode's first plane."""
    for at in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        system, kind, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * at)
        if (system, kind) == (3, 1):
            yield from _segments(data, cmap + offset)


def _segments(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    double = struct.unpack_from(">H", data, at + 6)[0]
    ends, starts = at + 14, at + 16 + double
    deltas, offsets = starts + double, starts + 2 * double
    for step in range(0, double, 2):
        (first,), (last,) = (struct.unpack_from(">H", data, box + step) for box in (starts, ends))
        (delta,), (far,) = (struct.unpack_from(">H", data, box + step) for box in (deltas, offsets))
        for code in range(first, last + 1):
            glyph = code
            if far:
                place = offsets + step + far + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", data, place)
            if glyph or not far:
                yield code, (glyph + delta) % 0x10000


def rows() -> Iterator[tuple[str, int, int]]:
    """Code point, regular and bold width of each character of the table."""
    regular, bold = (widths(path) for name in FACES if (path := face_path(name)) is not None)
    for first, last in RANGES:
        for code in range(first, last + 1):
            if code in regular and code in bold and unicodedata.category(chr(code)) != "Cn":
                yield f"{code:04X}", regular[code], bold[code]


if __name__ == "__main__":
    with CSV.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "regular", "bold"))
        writer.writerows(rows())
