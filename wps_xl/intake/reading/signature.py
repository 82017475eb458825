"""What a file really is, told by its content and not by its name."""

from __future__ import annotations

import re

from wps_xl.intake.reading.refusals import RefusedError

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096

# Names of files that are read, that hold tables in other formats, that tell of an open workbook.
WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm")
_XLS = "an Excel 97-2003 workbook (.xls)"
OLD = {
    ".xls": ("old", _XLS),
    ".xlsb": ("old", "a binary workbook (.xlsb)"),
    ".ods": ("old", "an OpenDocument spreadsheet (.ods)"),
    ".csv": ("old", "a text file (.csv)"),
    ".numbers": ("numbers", ""),
}
LOCK = re.compile(r"~\$(?P<book>.+\.xl\w+)", re.IGNORECASE)

# Other files that people put beside returns: (reason, found).
BESIDE = {
    ".pdf": ("beside", "a PDF document"),
    **dict.fromkeys((".doc", ".docx", ".docm", ".odt", ".rtf"), ("beside", "a text document")),
    **dict.fromkeys((".ppt", ".pptx", ".odp"), ("beside", "a presentation")),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff"), ("beside", "a picture")),
    **dict.fromkeys((".msg", ".eml"), ("packed", "a saved e-mail message")),
    **dict.fromkeys((".zip", ".7z", ".rar", ".gz"), ("packed", "a compressed archive")),
}
# What systems leave in folders, which is nobody's concern.
NOBODYS = re.compile(r"desktop\.ini|thumbs\.db|~\$.*|.*\.(?:tmp|lnk|log)", re.IGNORECASE)

_TEXT = "a text file (such as .csv)"

# Streams of an OLE container, by which Office tells its own files apart: (name, reason, found).
_STREAMS = (
    ("EncryptedPackage", "password", ""),
    ("Workbook", "old", _XLS),
    ("Book", "old", _XLS),
    ("WordDocument", "other", "a Word document"),
    ("PowerPoint Document", "other", "a PowerPoint presentation"),
)

# (first bytes, reason, found)
_STARTS = (
    (b"\x89PNG\r\n", "other", "a picture (PNG)"),
    (b"\xff\xd8\xff", "other", "a picture (JPEG)"),
    (b"GIF8", "other", "a picture (GIF)"),
    (b"%PDF", "other", "a PDF document"),
    (b"{\\rtf", "other", "a text document (RTF)"),
    (b"7z\xbc\xaf\x27\x1c", "other", "a compressed archive (7z)"),
    (b"Rar!", "other", "a compressed archive (RAR)"),
    (b"\x1f\x8b", "other", "a compressed archive (gzip)"),
    (b"\x09\x00\x04\x00", "old", "an Excel 2 workbook (.xls)"),
    (b"\x09\x02\x06\x00", "old", "an Excel 3 workbook (.xls)"),
    (b"\x09\x04\x06\x00", "old", "an Excel 4 workbook (.xls)"),
)

_WEB_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html|head|table|meta)\b", re.IGNORECASE)
_XML_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def require_zip(data: bytes) -> None:
    """Return if ``data`` begins as a zip file; raise ``RefusedError`` saying what it is if not."""
    if data.startswith(ZIP):
        return
    if data.startswith(_OLE):
        raise _refused_container(data)
    for start, reason, found in _STARTS:
        if data.startswith(start):
            raise RefusedError(reason, found)
    if not data.strip(b"\x00"):
        raise RefusedError("zeros")
    raise _refused_text(data[:_HEAD])


def _refused_container(data: bytes) -> RefusedError:
    for stream, reason, found in _STREAMS:
        if stream.encode("utf-16-le") in data:
            return RefusedError(reason, found)
    return RefusedError("other", "an old Office file")


def _refused_text(head: bytes) -> RefusedError:
    text = _text(head)
    if text is None:
        return RefusedError("other", "a file of unknown kind")
    if _XML_2003 in text:
        return RefusedError("old", "an XML spreadsheet of Excel 2003")
    if _WEB_PAGE.match(text):
        return RefusedError("other", "a web page")
    return RefusedError("other", _TEXT)


def _text(head: bytes) -> bytes | None:
    """The beginning of a text file as UTF-8; None if it is no text."""
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return head.decode(codec, errors="ignore").encode()
    control = head.translate(None, bytes(range(32, 256)) + b"\t\n\r\x0c\x1a")
    return None if control else head
