"""Files that are called drafts and are no .docx as Word writes it today: a sentence for each."""

from __future__ import annotations

import io
import zipfile

from wps_xl.errors import InputError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE = "Open it in Word and save it as Word Document (.docx)"
_BEGINNINGS = (
    (b"{\\rtf", "is a Rich Text file (.rtf)"),
    (b"%PDF", "is a PDF, which Word can convert only roughly: ask for the Word file"),
)
_PASSWORD = (
    "{name} is protected by a password. Open it in Word, remove the password (File, Info, Protect "
    "Document, Encrypt with Password), save it and try again."
)
_KINDS = (
    ("macroEnabled", "holds macros (.docm)"),
    ("document.template", "is a template (.dotx)"),
    ("opendocument.text", "is an OpenDocument text (.odt)"),
)
_STRICT = b"http://purl.oclc.org/ooxml/"


def refuse(name: str, content: bytes) -> None:
    """InputError where the file is known to be of another kind."""
    if content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise InputError(_PASSWORD.format(name=name))
    found = _kind(content)
    if found:
        raise InputError(f"{name} {found}. {_SAVE}, then try again.")


def _kind(content: bytes) -> str:
    if content.startswith(_OLE):
        return "is a document of an older Word (.doc)"
    told = (said for begins, said in _BEGINNINGS if content.startswith(begins))
    return next(told, "") or _zipped(content)


def _zipped(content: bytes) -> str:
    """The kind of a zip file, by what it says of itself."""
    if not content.startswith(b"PK"):
        return ""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = set(file.namelist())
        told = [name for name in ("[Content_Types].xml", "mimetype") if name in names]
        said = b"".join(map(file.read, told)).decode("utf-8", "replace")
        found = next((text for kind, text in _KINDS if f"{kind}" in said), "")
        if not found and "_rels/.rels" in names and _STRICT in file.read("_rels/.rels"):
            return "is a Strict Open XML Document"
    return found
