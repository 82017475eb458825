"""Text that was pasted from a PDF: lines broken in mid-sentence, signs that nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wps_xl.nouns import counted

# Joiners of scripts such as Arabic are letters' own and stay.
_UNSEEN = {"\u00ad": "soft hyphen", "\u200b": "zero-width space", "\u2060": "word joiner"}
_UNSEEN |= {"\ufeff": "byte-order mark"}
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b]")
_SIGNS = str.maketrans({**dict.fromkeys(_UNSEEN, ""), **_LIGATURES})
_ENDED = re.compile(r"[.!?…:;][”’\"')\]]*$")
_ITEM = re.compile(r"[-–—•·*▪]|\(?\w{1,3}[.)]\s")
_LONG_LINE = 40
"""A shorter line before a capital may be an entry of a list."""


@dataclass(frozen=True)
class Pasted:
    """A text without what pasting left in it, and what that was, for the drafter."""

    text: str
    remark: str = ""


def unbroken(text: str) -> Pasted:
    """The text with lines joined that end in mid-sentence, and without signs that nobody sees."""
    if text.isprintable() and not any(sign in text for sign in _LIGATURES):
        return Pasted(text)
    lines = _LINE_ENDS.sub("\n", text.strip()).split("\n")
    joined, doubtful, count = lines[0].rstrip(" "), [], 0
    for line in lines[1:]:
        if not _runs_on(joined, line):
            joined += f"\n{line}"
            continue
        count += 1
        if joined.endswith("-"):
            doubtful.append(f"{joined.split()[-1]}{line.split()[0]}")
        glue = "" if joined.endswith(("-", "\u00ad")) else " "
        joined = f"{joined.rstrip()}{glue}{line.lstrip()}"
    plain = joined.translate(_SIGNS)
    return Pasted(plain, " ".join(_said(text, count, doubtful)))


def _runs_on(before: str, line: str) -> bool:
    """Whether a sentence goes on over the end of a line."""
    last, first = before.rpartition("\n")[2].strip(), line.strip()
    if not last or not first or _ENDED.search(last) or _ITEM.match(first):
        return False
    on = first[0].islower() or first[0].isdigit() or last[-1] in ",-–—\u00ad"
    return on or len(last) >= _LONG_LINE


def _said(text: str, count: int, doubtful: list[str]) -> Iterator[str]:
    found = [counted(count, "line end in mid-sentence", "line ends in mid-sentence")] * bool(count)
    signs = {sign: text.count(sign) for sign in (*_UNSEEN, *_LIGATURES)}
    found += [
        counted(number, _UNSEEN.get(sign, f"ligature {sign}"))
        for sign, number in signs.items()
        if number
    ]
    if found:
        yield f"Pasted text was tidied here: {', '.join(found)}."
    if doubtful:
        words = ", ".join(f"“{word}”" for word in doubtful)
        yield f"A line ended with a hyphen: see whether it belongs into {words}."
