"""Pictures of PDF pages: cut, joined, and written as small PNG files."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Picture: TypeAlias = NDArray[np.uint8]
"""Rows, columns, and red, green and blue of each dot [0–255]."""

WHITE, LINE = 255, 190
PALETTE = 256
MASKS = (0xF8F8F8, 0xF0F0F0, 0xE0E0E0, 0xC0C0C0)
"""Which bits of red, green and blue tell colours apart, until there are few enough."""


def page_as_picture(pdf: Path, number: int, dots: int) -> Picture:
    """One page at ``dots`` per inch."""
    options = ("-r", str(dots), "-f", str(number), "-l", str(number))
    found = _poppler("pdftoppm", *options, str(pdf))
    head = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", found)
    assert head is not None
    wide, high = int(head[1]), int(head[2])
    return np.frombuffer(found, np.uint8, offset=head.end()).reshape(high, wide, 3)


def page_with(pdf: Path, words: str) -> int:
    """The number of the first page that has the words."""
    pages = _poppler("pdftotext", str(pdf), "-").decode().split("\f")
    return next(at for at, text in enumerate(pages, 1) if words in " ".join(text.split()))


def heights(pdf: Path, number: int, word: str) -> Sequence[float]:
    """How far below the upper edge each occurrence of a word stands, as share of the page."""
    found = _poppler("pdftotext", "-bbox", "-f", str(number), "-l", str(number), str(pdf), "-")
    text = found.decode()
    page = re.search(r'<page width="[\d.]+" height="([\d.]+)"', text)
    assert page is not None
    tops = re.findall(rf'yMin="([\d.]+)"[^>]*>{re.escape(word)}</word>', text)
    return [float(top) / float(page[1]) for top in tops]


def trimmed(picture: Picture, margin: int = 0) -> Picture:
    """Without its white edges, but for a margin [dots]."""
    inked = np.argwhere((picture < WHITE).any(axis=2))
    upper, left = np.maximum(inked.min(axis=0) - margin, 0)
    lower, right = inked.max(axis=0) + margin + 1
    return picture[upper:lower, left:right]


def framed(picture: Picture, high: int, wide: int) -> Picture:
    """The upper left part, filled up with white to this size [dots], in a thin frame."""
    cut = picture[:high, :wide]
    found = np.full((high, wide, 3), WHITE, np.uint8)
    found[: cut.shape[0], : cut.shape[1]] = cut
    found[0] = found[-1] = LINE
    found[:, 0] = found[:, -1] = LINE
    return found


def joined(rows: Sequence[Sequence[Picture]], gap: int) -> Picture:
    """Pictures of one size side by side and below each other, a gap [dots] between them."""
    space = ((0, gap), (0, gap), (0, 0))
    padded = [[np.pad(p, space, constant_values=WHITE) for p in row] for row in rows]
    found: Picture = np.vstack([np.hstack(row) for row in padded])
    return found[:-gap, :-gap]


def write_png(picture: Picture, path: Path) -> None:
    """Write the picture with at most 256 colours: alike ones become the commonest of them."""
    red, green, blue = np.moveaxis(picture.astype(np.uint32), 2, 0)
    packed, where, counts = np.unique(
        red << 16 | green << 8 | blue, return_inverse=True, return_counts=True
    )
    common = packed[np.argsort(-counts.astype(np.int64), kind="stable")]
    for mask in MASKS:
        kinds, first = np.unique(common & mask, return_index=True)
        if len(kinds) <= PALETTE:
            break
    colours = common[first].astype(">u4").view(np.uint8).reshape(-1, 4)[:, 1:]
    dots = np.searchsorted(kinds, packed & mask).astype(np.uint8)[where.reshape(red.shape)]
    high, wide = dots.shape
    lines = np.pad(dots, ((0, 0), (1, 0))).tobytes()
    head = struct.pack(">IIBBBBB", wide, high, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", colours.tobytes()), (b"IDAT", zlib.compress(lines, 9)))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_part(*p) for p in (*parts, (b"IEND", b""))))


def _part(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _poppler(name: str, *options: str) -> bytes:
    program = shutil.which(name)
    if program is None:
        raise SystemExit(f"Install poppler-utils for {name}, then try again.")
    return subprocess.run([program, *options], check=True, capture_output=True).stdout
