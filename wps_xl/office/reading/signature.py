"""What a file really is, told by its content and not by its name."""

from __future__ import annotations

import re

from wps_xl.office.reading.unreadable import RefusedError

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
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
    ".gsheet": ("online", "a Google spreadsheet"),
}
# Excel and WPS Office on Windows; LibreOffice, ONLYOFFICE and Collabora; WPS Office elsewhere.
LOCK = re.compile(
    r"(?:~\$|\.~(?:lock\.)?)(?P<book>.+\.(?:xl[a-z]+|ods|et|csv|numbers))#?", re.IGNORECASE
)

# Files in which a workbook may come, and what they are.
PACKED = {".zip": "a compressed archive", ".eml": "a saved e-mail message"}

# Ends of the names of parts that Apple Numbers keeps, of any version.
OF_NUMBERS = (".iwa", "index.zip", "buildversionhistory.plist")

# Other files that people put beside returns: (reason, found).
BESIDE = {
    ".pdf": ("beside", "a PDF document"),
    **dict.fromkeys((".doc", ".docx", ".docm", ".odt", ".rtf"), ("beside", "a text document")),
    **dict.fromkeys((".ppt", ".pptx", ".odp"), ("beside", "a presentation")),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff"), ("beside", "a picture")),
    ".msg": ("packed", PACKED[".eml"]),
    **dict.fromkeys((".7z", ".rar", ".gz", ".tar"), ("packed", PACKED[".zip"])),
}
# What systems leave in folders, which is nobody's concern.
NOBODYS = re.compile(r"desktop\.ini|thumbs\.db|~\$.*|.*\.(?:tmp|lnk|log)", re.IGNORECASE)

_TEXT = "a text file (such as .csv)"

# Streams of an OLE container, by which Office tells its own files apart: (name, reason, found).
_STREAMS = (
    # Rights management encrypts in the same way as a password, which nobody was given here.
    ("DRMEncrypted", "rights", ""),
    ("\x09DRMContent", "rights", ""),
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
    (b".pfile", "rights", ""),
    (b"\x09\x00\x04\x00", "old", "an Excel 2 workbook (.xls)"),
    (b"\x09\x02\x06\x00", "old", "an Excel 3 workbook (.xls)"),
    (b"\x09\x04\x06\x00", "old", "an Excel 4 workbook (.xls)"),
)

_WEB_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html|head|table|meta)\b", re.IGNORECASE)
_XML_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


# Copies that programs and people keep of a file; they are no returns.
KEPT = re.compile(
    r".*(?:\.(?:bak|old|orig|xlk|wbk|save|part|crdownload|download)|~)", re.IGNORECASE
)
_HOLDS_WORKBOOK = b"xl/workbook."


def looks_like(head: bytes, end: bytes) -> bool:
    """Whether a file with this beginning and end holds a workbook of Excel, whatever its name."""
    return head.startswith(ZIP) and _HOLDS_WORKBOOK in end


def as_beside(suffix: str, reason: str, found: str) -> tuple[str, str]:
    """The reason for not reading a file; one whose name promises no table is only told."""
    ending = suffix.lower()
    if ending in (*WORKBOOKS, *OLD) or reason not in _TOLD:
        return reason, found
    what = PACKED.get(ending)
    return ("packed", f"{what} that cannot be opened") if what else ("beside", found)


_TOLD = ("other", "large", "damaged", "cut", "zeros", "empty")


def require_zip(data: bytes) -> None:
    """Return if ``data`` begins as a zip file; raise ``RefusedError`` saying what it is if not."""
    if data.startswith(ZIP):
        return
    if data.startswith(OLE):
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
