"""The workbook inside another file: an archive or a saved message with one workbook in it."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from wps_xl.office.reading.archive import open_archive
from wps_xl.office.reading.signature import OF_NUMBERS, PACKED, WORKBOOKS, ZIP
from wps_xl.office.reading.unreadable import RefusedError

if TYPE_CHECKING:
    from email.message import EmailMessage

_TYPES = "[content_types].xml"
# What other programs than Office keep in their own packages.
_OTHERS = (_TYPES, "mimetype")
_NAMED = 3
Held = Mapping[str, Callable[[], bytes]]
"""Names of what an archive or a message holds, and how to get at it."""


class Found(NamedTuple):
    """The bytes of a workbook, what its name ends in, and in words what it came in."""

    data: bytes
    suffix: str
    came_in: str = ""


def workbook_in(data: bytes, suffix: str) -> Found:
    """The workbook that ``data`` is or holds; ``suffix`` is what the name of the file ends in.

    Nothing is written anywhere, and sizes are bounded before anything is unpacked.

    Raises
    ------
    RefusedError
        Where it holds no workbook, or several: a person must choose.
    """
    if suffix.lower() == ".eml":
        return _only(dict(_attached(data)), suffix)
    if not data.startswith(ZIP):
        return Found(data, suffix)
    try:
        archive = open_archive(data)
    except RefusedError as refusal:
        if suffix.lower() not in PACKED:
            raise
        raise RefusedError("packed", f"{PACKED[suffix.lower()]} that cannot be opened") from refusal
    parts = archive.entries
    if any(part in parts for part in _OTHERS) or any(p.endswith(OF_NUMBERS) for p in parts):
        return Found(data, suffix)
    held = {info.filename: _reads(archive.read, part) for part, info in parts.items()}
    return _only(held, suffix)


def _reads(read: Callable[[str], bytes], part: str) -> Callable[[], bytes]:
    return lambda: read(part)


def _only(held: Held, suffix: str) -> Found:
    """The one workbook among what is held, and what lies beside it."""
    names = [name for name in held if _is_somebodys(name)]
    books = [name for name in names if name.lower().endswith(WORKBOOKS)]
    what = PACKED.get(suffix.lower(), "a compressed archive")
    if len(books) == 1:
        others = [posixpath.basename(name) for name in names if name != books[0]]
        beside = f"; not read beside it: {_some(others)}" if others else ""
        name = posixpath.basename(books[0])
        return Found(held[books[0]](), posixpath.splitext(name)[1], f"{what} ({name}{beside})")
    if suffix.lower() not in PACKED:
        raise RefusedError("other", "a zip archive with " + (_some(books) or "no workbook"))
    raise RefusedError("packed", f"{what} with {_some(books) or 'no workbook'} in it")


def _is_somebodys(name: str) -> bool:
    """Whether a person put it there, and not their system."""
    file = posixpath.basename(name)
    return not file.startswith((".", "~$")) and "__MACOSX" not in name and file != "Thumbs.db"


def _attached(data: bytes) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """What is attached to a saved message; its own words count as something, too."""
    # Few returns come in one, and to know messages takes longer than to read a return.
    from email import message_from_bytes, policy
    from email.message import EmailMessage

    message = message_from_bytes(data, policy=policy.default)
    if isinstance(message, EmailMessage):
        yield "the words of the message", lambda: b""
        for part in message.walk():
            name = part.get_filename()
            if name and isinstance(part, EmailMessage):
                yield name, _content(part)


def _content(part: EmailMessage) -> Callable[[], bytes]:
    return lambda: bytes(part.get_payload(decode=True) or b"")


def _some(names: list[str]) -> str:
    """The first names and how many more there are."""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
