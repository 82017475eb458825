"""Words that stand for nothing, such as n/a, in cells of any column."""

from __future__ import annotations

import datetime as dt
import re
import string
from collections.abc import Collection
from unicodedata import normalize

from wps_xl.codebook import Codebook
from wps_xl.forms.definitions import Column
from wps_xl.intake.cells import Finding, Reader, Typed, show_held
from wps_xl.intake.spelling import LONGEST_SOUND, is_broken
from wps_xl.model import Value
from wps_xl.model.text import squeezed, visible
from wps_xl.rules.kinds.says_nothing import EMPTY_WORDS

BLANK, FAULT = "read-as-blank", "says-nothing"
_MORE_WORDS = "further_empty_words"
_MIDNIGHT = dt.time(0, 0)
_EMPTY_DAY = "1900-01-00"
_AROUND = re.compile(r"^[\s(\[<*#\"'“”«„‹]+|[\s)\]>*.:;,!\"'“”»›]+$")
_LETTERS = string.ascii_letters
_LONGEST = 36
"""The longest of these words, and what may be around it."""
_SIGNS = re.compile(r"[\s\-–—―…·•_*=~/\\.,:;|'\"#!?()\[\]<>{}]+")


def empty_words(codebook: Codebook) -> frozenset[str]:
    """The words that say nothing, in lower case; staff may change the list."""
    return frozenset((*codebook.words(EMPTY_WORDS), *codebook.words(_MORE_WORDS)))


def or_nothing(reader: Reader, column: Column, words: Collection[str], is_required: bool) -> Reader:
    """A reader that takes words for nothing as nothing, but not where something is required.

    What a list, a number or a date can be read from counts as that.
    """
    if column.prefilled:
        return reader
    code = FAULT if is_required else BLANK
    # A row may be called X; what all rows have in common is asked about elsewhere.
    known = {w for w in words if len(w) > 1 or not w.isalnum()} if column.numbers_rows else words

    # Most texts are longer than all of the words, or begin with a letter that none of them has.
    telling = frozenset(_telling(known))

    def read_words(value: Value) -> Typed:
        if isinstance(value, str) and (len(value) > _LONGEST or value[:1] in telling):
            return reader(value)
        if _is_empty(value, known):
            return None, Finding(code, _shown(value, column))
        return reader(value)

    def read(value: Value) -> Typed:
        typed = reader(value)
        if typed[0] is not None or typed[1] is None or typed[1].others:
            return typed
        return (None, Finding(code, _shown(value, column))) if _is_empty(value, known) else typed

    return read_words if column.type == "text" else read


def is_free(column: Column) -> bool:
    """Whether a column takes any text, and not a number of a row or an address."""
    is_one_word = column.numbers_rows or column.rule("e-mail")
    return column.type == "text" and not (column.list_name or is_one_word)


def ordinary_texts(words: Collection[str]) -> re.Pattern[str]:
    """Matches the whole of texts that are kept as they are and of which nothing is to be said.

    Most free text is so: short, of common signs, and longer than all words for nothing or begun
    with a letter that none of them has.
    """
    telling = _telling(words)
    # All ASCII signs but the marks of broken letters: see ``spelling.is_sound``.
    plain = r"!-$'-<>@-\[\]-~"
    begins = rf"(?:(?=.{{{_LONGEST + 1}}})[{plain}]{f'|[{telling}]' if telling else ''})"
    return re.compile(rf"{begins}[ {plain}]{{0,{LONGEST_SOUND - 1}}}(?<! )")


def _telling(words: Collection[str]) -> str:
    """The letters that none of the words begins with."""
    starts = {word[:1] for word in words}
    return "".join(letter for letter in _LETTERS if letter.lower() not in starts)


def _is_empty(value: Value, words: Collection[str]) -> bool:
    """Whether a value stands for nothing; 0 is what a formula makes of a blank cell."""
    if isinstance(value, str):
        if len(value) > _LONGEST:
            return False
        if value.isascii() and value.isprintable() and "  " not in value:
            text = value.casefold()
            # Most cells begin and end with a letter or a digit: nothing is around their words.
            if text in words or (text[:1].isalnum() and text[-1:].isalnum()):
                return text in words
        if "?" in value and is_broken(value):
            return False
        text = squeezed(value if value.isascii() else normalize("NFKC", value)).casefold()
        return text in words or _AROUND.sub("", text) in words or bool(_SIGNS.fullmatch(text))
    return value == _MIDNIGHT or (type(value) in (int, float) and value == 0 and "0" in words)


def _shown(value: Value, column: Column) -> str:
    if isinstance(value, str):
        return visible(value)
    return _EMPTY_DAY if value == _MIDNIGHT and column.type == "date" else show_held(value)
