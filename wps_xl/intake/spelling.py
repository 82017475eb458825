"""Texts that were spoiled on the way: letters broken by a wrong encoding, ends cut off."""

from __future__ import annotations

import html
import re

from wps_xl.model.text import units

_TIMES = 3
BROKEN, CUT = "broken-letters", "cut-off"
# What two or three bytes of UTF-8 look like where each is taken for a letter of its own.
_MORE = "ŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™"
_PAIRS = re.compile(f"(?:[ÃÂÅÄ][\x80-\xbf{_MORE}]|â[€‚„†‹][\x80-\xbf\u0080-\uffff]?)+")
_CYRILLIC = re.compile(f"(?:[ÐÑ][\x80-\xbf{_MORE}]){{3,}}")
_ARABIC = re.compile(f"(?:[ØÙ][\x80-\xbf{_MORE}]){{3,}}")
# The same of Chinese and of Indian scripts, and of all of them where the bytes were taken for
# letters of a Mac, of DOS or of Russian Windows.
_LONG = re.compile(f"(?:[à-ï][\x80-\xbf{_MORE}]{{2}}){{2,}}")
_OTHERS = (
    (re.compile("√[©®†°±≤≥¥µ∂∑∏ªºΩ¢§∫ø´ß]|‚Ä[ôúùìîò¶¢]"), "mac_roman"),
    (re.compile("├[\x80-\xff⌐¬│┤║╗╝╜╛┐└┴┬├─┼ó]"), "cp437"),
    (re.compile("(?:[РС][\xa0-\xbfЂ-џ‘-„†-‰‹›€™]){4,}"), "cp1251"),
)
_SIGN = re.compile("&(?:[A-Za-z]{2,8}|#[0-9]{2,5});")
# Letters as programs write them into addresses, letters by mail and source text.
_CODED = re.compile(
    r"(?:%[C-F][0-9A-F](?:%[89AB][0-9A-F]){1,3})+|(?:=[C-F][0-9A-F](?:=[89AB][0-9A-F]){1,3})+"
)
_ESCAPED = re.compile(r"\\u[0-9A-Fa-f]{4}")
_ADDRESS = re.compile(r"\S*(?:://|www\.)\S*")
# Russian of one codepage read as another: the capitals of a word are exchanged with the others.
_TURNED = re.compile(r"(?<!\w)[а-яё][А-ЯЁ]{3,}(?!\w)")
_WINDOWS = re.compile("[\x80-\x84\x86-\x9f]")
# Words that hold no letter but those of other codepages, and marks where letters were.
_NO_WORD = re.compile("(?<![^\\W])[À-ÖØ-öø-ÿ]{6,}(?!\\w)")
_INSIDE = r"[^\W\d_]+\?[^\W\d_]+(?![\w/=?])"
_MARKS = re.compile(
    rf"(?<![\w/?=&])[^\W\d_]\?[^\W\d_]{{2,}}(?![/=?])|{_INSIDE}.*{_INSIDE}|\?{{3,}} \?{{2,}}"
    r"|[^\W\d_]n\?t(?!\w)|\?{3,} \? \?{2,}",
    re.DOTALL,
)
_LOST = "\ufffd"
# The length at which old drivers and programs cut texts, with what may have been trimmed, and
# that of what a cell may hold.
_CUT_AT = (*range(254, 257), 32_766, 32_767)
LONGEST_SOUND = _CUT_AT[0] - 1
_ENDS = ".!?…:;)]}»”\"'’。！？؟।"


_ASCII_MARKS = frozenset("?&%=\\")


def is_sound(text: str) -> bool:
    """Whether there is nothing to look at: a short text of common letters, as most are."""
    return len(text) <= LONGEST_SOUND and text.isascii() and _ASCII_MARKS.isdisjoint(text)


def is_broken(text: str) -> bool:
    """Whether letters of the text were broken by a wrong encoding."""
    if _LOST in text or _NO_WORD.search(text) or ("?" in text and _MARKS.search(text)):
        return True
    return repaired(text) != text


def repaired(text: str) -> str:
    """The text with its broken letters put together again, where that is possible."""
    if "&" in text:
        text = _SIGN.sub(lambda sign: html.unescape(sign[0]), text)
    if not _ASCII_MARKS.isdisjoint(text) and not _ADDRESS.search(text):
        text = _CODED.sub(_uncoded, text)
        text = _ESCAPED.sub(lambda sign: _letter(sign[0]), text)
    text = _TURNED.sub(_turned, text)
    # What was broken twice is put together twice.
    for _ in range(_TIMES):
        better = _repaired(text)
        if better == text:
            break
        text = better
    return text


def _uncoded(match: re.Match[str]) -> str:
    try:
        return bytes.fromhex(re.sub("[%=]", "", match[0])).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _letter(escaped: str) -> str:
    letter = chr(int(escaped[2:], 16))
    return letter if letter.isalpha() else escaped


def _turned(match: re.Match[str]) -> str:
    return match[0].encode("cp1251").decode("koi8_r")


def _repaired(text: str) -> str:
    if text.isascii():
        return text
    for pattern in (_PAIRS, _CYRILLIC, _ARABIC, _LONG):
        text = pattern.sub(_joined, text)
    for pattern, encoding in _OTHERS:
        text = pattern.sub(lambda match, by=encoding: _decoded(match, by), text)  # type: ignore[misc]
    return _WINDOWS.sub(lambda sign: sign[0].encode("latin-1").decode("cp1252", "ignore"), text)


def _joined(match: re.Match[str]) -> str:
    bytes_ = b"".join(_byte(mark) for mark in match[0])
    try:
        return bytes_.decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _decoded(match: re.Match[str], encoding: str) -> str:
    try:
        return match[0].encode(encoding).decode("utf-8")
    except UnicodeError:
        return match[0]


def _byte(mark: str) -> bytes:
    try:
        return mark.encode("cp1252")
    except UnicodeEncodeError:
        return mark.encode("latin-1", "replace")


def is_cut(text: str) -> bool:
    """Whether the text has the length at which programs cut, and ends within a sentence."""
    length = len(text) if text.isascii() else units(text)
    return length in _CUT_AT and text[-1:] not in _ENDS
