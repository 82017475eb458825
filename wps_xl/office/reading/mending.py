"""A workbook without the cells that no reader can read; what they hold is told beside it."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from wps_xl.office.reading.archive import open_archive
from wps_xl.office.reading.package import Package
from wps_xl.office.reading.unreadable import RefusedError
from wps_xl.office.reading.unsound import sound_sheet

_TEXT = re.compile(rb"<(?:[\w.-]+:)?si\b")
# What is large and nothing that values depend on.
_MEDIA = "xl/media/"


def without_unsound(
    package: Package, names: Collection[str]
) -> tuple[Package, dict[str, Mapping[str, str]]]:
    """The package with these sheets written anew, and by sheet what no reader can read of them."""
    # A part that is promised and missing leaves the file without any of its texts.
    texts = None if package.texts else 0
    if package.texts in package.archive:
        texts = len(_TEXT.findall(package.archive.read(package.texts)))
    unsound: dict[str, Mapping[str, str]] = {}
    written: dict[str, bytes] = {}
    for sheet in package.sheets:
        if sheet.name in names:
            xml = package.archive.read(sheet.part)
            written[sheet.part.lower()], unsound[sheet.name] = sound_sheet(xml, texts)
    return _repacked(package, written), unsound


def _repacked(package: Package, written: Mapping[str, bytes]) -> Package:
    out = io.BytesIO()
    with ZipFile(out, "w") as file:
        for part, info in package.archive.entries.items():
            # A broken part that no reader of values looks at is judged elsewhere.
            with contextlib.suppress(RefusedError):
                if not part.startswith(_MEDIA):
                    content = written.get(part)
                    # Without the time of day: a zip file has none before 1980.
                    entry = ZipInfo(info.filename)
                    whole = package.archive.read(part) if content is None else content
                    file.writestr(entry, whole, ZIP_DEFLATED, compresslevel=1)
    return replace(package, archive=open_archive(out.getvalue()))
