"""Whether a workbook is as wps_xl wrote it, or was saved by somebody since."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from lxml import etree

from wps_xl.office.excel.package.parts import Package

_ABOUT = "docProps/core.xml"
_TERMS = "{http://purl.org/dc/terms/}"


def is_untouched(path: Path) -> bool:
    """Whether no program has saved it: all of them note when, in the properties of the file."""
    try:
        with ZipFile(path) as archive:
            about = Package(archive).tree(_ABOUT)
    except (OSError, KeyError, BadZipFile, etree.XMLSyntaxError):
        return False
    made, saved = (about.findtext(f"{_TERMS}{name}") for name in ("created", "modified"))
    return made is not None and made == saved
