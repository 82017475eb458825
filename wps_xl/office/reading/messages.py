"""Messages over a pipe: the length first, so that half a message is never taken for a whole one."""

from __future__ import annotations

from typing import BinaryIO

# What the child is asked for: a workbook by its fast or its careful reader, or a Word file.
FAST, CAREFUL, WORD = "fast", "careful", "word"
_LENGTH = 8


def send(stream: BinaryIO, message: bytes) -> None:
    """Write one message."""
    stream.write(len(message).to_bytes(_LENGTH, "big"))
    stream.write(message)
    stream.flush()


def receive(stream: BinaryIO) -> bytes | None:
    """The next message; None when the other side is gone, even in the middle of one."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    length = int.from_bytes(head, "big")
    message = stream.read(length)
    return message if len(message) == length else None
