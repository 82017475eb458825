"""Makes a return with a very large number of blank rows that have a format."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

_END = b"</sheetData>"


def main(folder: Path, target: Path, rows: int) -> None:
    """The first return of a folder, with so many blank rows below those of its largest sheet."""
    source = min(folder.glob("*.xlsx"))
    target.mkdir(parents=True, exist_ok=True)
    with ZipFile(source) as before, ZipFile(target / source.name, "w", ZIP_DEFLATED) as after:
        sheets = [info for info in before.infolist() if "/worksheets/sheet" in info.filename]
        largest = max(sheets, key=lambda info: info.file_size).filename
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, _with_rows(part, rows) if name == largest else part)


def _with_rows(part: bytes, rows: int) -> bytes:
    head, end, tail = part.rpartition(_END)
    first = 1 + max(int(number) for number in re.findall(rb'<row [^>]*?r="(\d+)"', head))
    blank = (
        f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>'
        for n in range(first, min(first + rows, 2**20 + 1))
    )
    return b"".join([head, "".join(blank).encode(), end, tail])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
