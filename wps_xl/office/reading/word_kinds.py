"""What a file that is called a Word document really is, and what its pieces are called."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from wps_xl.office.reading.archive import Archive
from wps_xl.office.reading.unreadable import RefusedError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINS = (
    (b"{\\rtf", "is a Rich Text file (.rtf)"),
    (b"%PDF", "is a PDF, which Word can convert only roughly: ask for the Word file"),
    (b"\x89PNG\r\n", "is a picture (PNG)"),
    (b"\xff\xd8\xff", "is a picture (JPEG)"),
)
_WEB_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|meta)\b", re.IGNORECASE
)
_XML_2003 = b"http://schemas.microsoft.com/office/word/2003/wordml"
_HEAD = 4096

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FILE = "http://schemas.openxmlformats.org/package/2006"
_PACKAGE = f"{_FILE}/relationships/metadata"
_STRICT = "http://purl.oclc.org/ooxml/"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_MAIN_TYPE = f"{_WORD}document.main+xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
MAIN = f"{_OFFICE}/officeDocument"

_NAMES = ("styles", "numbering", "settings", "footnotes", "endnotes", "comments")
_SEVERAL = {"header": "hdr", "footer": "ftr"}
# What a file holds once at most, and what it may hold more often: the content type of each, by
# the type of the relationship that leads to it.
ONCE: Mapping[str, str] = {
    MAIN: _MAIN_TYPE,
    f"{_PACKAGE}/core-properties": _CORE_TYPE,
    **{f"{_OFFICE}/{name}": f"{_WORD}{name}+xml" for name in _NAMES},
}
KINDS: Mapping[str, str] = {
    **ONCE,
    **{f"{_OFFICE}/{name}": f"{_WORD}{name}+xml" for name in _SEVERAL},
}
# The root element of parts by content type, its namespace before it.
OWN: Mapping[str, str] = {
    _MAIN_TYPE: f"{_W}document",
    _CORE_TYPE: f"{_FILE}/metadata/core-properties coreProperties",
    **{f"{_WORD}{name}+xml": f"{_W}{root}" for name, root in _SEVERAL.items()},
    **{f"{_WORD}{name}+xml": f"{_W}{name}" for name in _NAMES},
}
TYPES_ROOT = f"{_FILE}/content-types Types"
LINKS_ROOT = f"{_FILE}/relationships Relationships"
_OTHERS = (
    ("ms-word.document.macroenabled", "other", "holds macros (.docm)"),
    ("wordprocessingml.template", "other", "is a template (.dotx)"),
    ("ms-word.template", "other", "is a template with macros (.dotm)"),
    ("spreadsheetml", "foreign", "an Excel workbook"),
    ("ms-excel", "foreign", "an Excel workbook"),
    ("presentationml", "foreign", "a PowerPoint presentation"),
)


def require_word(data: bytes) -> None:
    """Return if ``data`` begins as a zip file; raise ``RefusedError`` saying what it is if not."""
    if data.startswith(b"PK"):
        return
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise RefusedError("password")
        raise RefusedError("other", "is a document of an older Word (.doc)")
    for begin, found in _BEGINS:
        if data.startswith(begin):
            raise RefusedError("other", found)
    if not data.strip(b"\x00"):
        raise RefusedError("zeros")
    head = data[:_HEAD]
    if _WEB_PAGE.match(head):
        raise RefusedError("other", "is a web page")
    if _XML_2003 in head:
        raise RefusedError("other", "is an XML document of Word 2003")
    raise RefusedError("foreign", "no Office file at all")


def require_package(archive: Archive) -> None:
    """Return if the zip file is an Office package."""
    if "[Content_Types].xml" not in archive:
        raise _refused_zip(archive)


def require_text(relation: str, content_type: str) -> None:
    """Return if what the file says is its main part is a Word document of today."""
    if relation.startswith(_STRICT):
        raise RefusedError("other", "is a Strict Open XML Document")
    if relation == MAIN and content_type != _MAIN_TYPE:
        told = ((reason, found) for word, reason, found in _OTHERS if word in content_type)
        raise RefusedError(*next(told, ("foreign", "an Office file without a text")))


def _refused_zip(archive: Archive) -> RefusedError:
    if "mimetype" in archive:
        kind = archive.read("mimetype").decode("ascii", "replace")
        if "opendocument.text" in kind:
            return RefusedError("other", "is an OpenDocument text (.odt)")
        return RefusedError("foreign", "a document of another office program")
    if any(
        posixpath.basename(part) == "index.zip" or part.endswith(".iwa") for part in archive.entries
    ):
        return RefusedError("other", "is an Apple Pages document")
    return RefusedError("foreign", "a zip archive without a Word document")
