"""The one entrance of Word files: read where nothing can go wrong, or refused in a sentence."""

from __future__ import annotations

import atexit
import functools
import hashlib
import io
import os
import tomllib
import zipfile
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.exceptions import InvalidXmlError
from lxml import etree

from wps_xl.errors import InputError
from wps_xl.model.text import as_words
from wps_xl.office.reading.process import Reader
from wps_xl.office.reading.unreadable import Refusal, printable
from wps_xl.office.reading.word import Word

REFUSED: Mapping[str, str] = tomllib.loads(
    Path(__file__).with_name("refused.toml").read_text(encoding="utf-8")
)["refused"]
NOT_A_WORD_FILE = (
    *(PackageNotFoundError, zipfile.BadZipFile, etree.XMLSyntaxError, InvalidXmlError),
    *(KeyError, ValueError, OSError),
)
_TEMPLATE = "It is a template of wps_xl: the one that was installed can be put back, too."
# A run opens the same template several times.
_KEPT = 4
_KEPT_SIZE = 4 << 20
_KNOWN: OrderedDict[str, bytes] = OrderedDict()


def open_word(path: Path) -> Document:
    """The Word file at ``path``; raise InputError where it is none, is broken or a trap."""
    try:
        return docx.Document(io.BytesIO(_packed(path)))
    except NOT_A_WORD_FILE as error:
        raise InputError(_said("damaged", path, "its pieces do not fit together")) from error


def require_word(path: Path) -> None:
    """Raise InputError as ``open_word`` does, before any other work is done."""
    _packed(path)


def open_template(path: Path) -> Document:
    """A template, which staff may have edited; raise InputError where nothing can go into it."""
    try:
        document = open_word(path)
    except InputError as error:
        raise InputError(f"{error} {_TEMPLATE}") from error
    return document


def _packed(path: Path) -> bytes:
    """The file as the child has read it, its parts put together again."""
    known = _KNOWN.get(_digest(path))
    if known is not None:
        return known
    read = reader().read_word(path)
    if isinstance(read, Refusal):
        raise InputError(_said(read.reason, path, read.found))
    return _kept(read)


def _kept(read: Word) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as file:
        for name, content in read.parts.items():
            file.writestr(zipfile.ZipInfo(name), content)
    packed = made.getvalue()
    if len(packed) <= _KEPT_SIZE:
        _KNOWN[read.sha256] = packed
        while len(_KNOWN) > _KEPT:
            _KNOWN.popitem(last=False)
    return packed


def _digest(path: Path) -> str:
    """What tells the content of a small file from any other; blank for every other file."""
    try:
        if path.is_file() and path.stat().st_size <= _KEPT_SIZE:
            return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        pass
    return ""


def reader() -> Reader:
    """The reader of this process: to start a child for each file would cost more than reading."""
    return _reader(os.getpid())


@functools.cache
def _reader(process: int) -> Reader:
    made = Reader()
    atexit.register(made.close)
    return made


def _said(reason: str, path: Path, found: str) -> str:
    return REFUSED[reason].format(name=as_words(path.name), path=path, found=printable(found))
