"""Words that stand for nothing, such as n/a, in cells of any column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from unicodedata import category, normalize

from wps_xl.codebook import Codebook
from wps_xl.forms.definitions import Column
from wps_xl.intake.cells import Finding, Reader, Typed
from wps_xl.intake.spelling import LONGEST_SOUND, is_broken
from wps_xl.model import Value
from wps_xl.model.text import latin, show_control, show_held, squeezed, visible
from wps_xl.rules.kinds.says_nothing import EMPTY_WORDS

BLANK, FAULT = "read-as-blank", "says-nothing"
_MORE_WORDS, _PHRASES = "further_empty_words", "empty_phrases"
_MIDNIGHT = dt.time(0, 0)
_EMPTY_DAY = "1900-01-00"
_LONGEST = 60
"""The longest of these words and phrases, and what may be around it."""
_PIECE = re.compile(r"[^\W_]+")
# What may follow a phrase: the number or the letter of an annex.
_FEW = 2
_ROW_NUMBER = re.compile(r"[A-Z]{1,2}-[1-9][0-9]{0,3}")
_NUMBER = re.compile(r"\d{1,2}|[ivx]{1,4}|[a-z]")
# What Excel shows for an error, as a text: something stood there.
_ERROR = re.compile(r"#[A-Z0-9/]+[!?]")
_SIGNS = frozenset("−~=|<>∅×¯`´^")
_OBJECT = "\ufffc"


def plain(text: str) -> str:
    """A text as it is held against the words for nothing: without case, signs and accents."""
    text = text.casefold()
    if not text.isascii():
        marked = normalize("NFD", latin(text).replace("\u0640", ""))
        text = "".join(sign for sign in marked if category(sign) != "Mn")
    return " ".join(_PIECE.findall(text))


def _are_signs(text: str) -> bool:
    """Whether a text is but signs that say nothing; a tick and a plus say something."""
    shown = show_control(text.replace(_OBJECT, "-"))
    return bool(text) and all(sign in _SIGNS or category(sign)[0] in "PZ" for sign in shown)


@dataclass(frozen=True)
class Phrase:
    """Words of which any two or more say nothing, one of them being among the needed."""

    needed: frozenset[str]
    others: frozenset[str]

    @classmethod
    def of(cls, line: str) -> Phrase:
        """The phrase that staff write: the words that are needed, a bar, the others."""
        needed, _, others = line.partition("|")
        return cls(frozenset(plain(needed).split()), frozenset(plain(others).split()))

    def says(self, pieces: Sequence[str]) -> bool:
        """Whether a text of these words, which may end with a number, is such a phrase."""
        if len(pieces) > _FEW and _NUMBER.fullmatch(pieces[-1]):
            pieces = pieces[:-1]
        if len(pieces) < _FEW or self.needed.isdisjoint(pieces):
            return False
        return all(piece in self.needed or piece in self.others for piece in pieces)


@dataclass(frozen=True)
class Empty:
    """The words and the phrases that say nothing, in the form of ``plain``."""

    words: frozenset[str]
    phrases: tuple[Phrase, ...] = ()

    @cached_property
    def heads(self) -> frozenset[str]:
        """The words with which something begins that says nothing."""
        words = (word.split(" ")[0] for word in self.words)
        return frozenset(words).union(*(one.needed | one.others for one in self.phrases))

    def says(self, text: str) -> bool:
        """Whether a text is one of the words, or made of words of one group."""
        if len(text) > _LONGEST or _ERROR.fullmatch(text):
            return False
        first = _PIECE.search(text) if text.isascii() else None
        # Most cells begin with a word with which none of these do.
        if first and first[0].casefold() not in self.heads:
            return False
        said = plain(text)
        if not said:
            return _are_signs(squeezed(text))
        return said in self.words or any(one.says(said.split(" ")) for one in self.phrases)


def empty_words(codebook: Codebook) -> Empty:
    """The words that say nothing; staff may change the lists."""
    words = (*codebook.words(EMPTY_WORDS), *codebook.words(_MORE_WORDS))
    phrases = map(Phrase.of, codebook.words(_PHRASES))
    return Empty(frozenset(filter(None, map(plain, words))), tuple(phrases))


def or_nothing(reader: Reader, column: Column, empty: Empty, is_required: bool) -> Reader:
    """A reader that takes words for nothing as nothing, but not where something is required.

    What a list, a number or a date can be read from counts as that.
    """
    if column.prefilled:
        return reader
    code = FAULT if is_required else BLANK
    # A row may be called X; what all rows have in common is asked about elsewhere.
    if column.numbers_rows:
        empty = Empty(frozenset(word for word in empty.words if len(word) > 1))

    def read_words(value: Value) -> Typed:
        if _is_empty(value, empty):
            return None, Finding(code, _shown(value, column))
        return reader(value)

    def read(value: Value) -> Typed:
        typed = reader(value)
        if typed[0] is not None or typed[1] is None or typed[1].others:
            return typed
        return (None, Finding(code, _shown(value, column))) if _is_empty(value, empty) else typed

    return read_words if column.type == "text" else read


def is_free(column: Column) -> bool:
    """Whether a column takes any text, and not a number of a row or an address."""
    is_one_word = column.numbers_rows or column.rule("e-mail")
    return column.type == "text" and not (column.list_name or is_one_word)


def is_row_number(column: Column) -> Callable[[str], object] | None:
    """What tells numbers of rows that are as the form asks for them, in a column of such."""
    return _ROW_NUMBER.fullmatch if column.numbers_rows and column.type == "text" else None


def ordinary_texts(empty: Empty) -> re.Pattern[str]:
    """Matches the whole of texts that are kept as they are and of which nothing is to be said.

    Most free text is so: short, of common signs, and longer than all words for nothing or begun
    with a word with which none of them begins.
    """
    # All ASCII signs but the marks of broken letters: see ``spelling.is_sound``.
    signs = r"!-$'-<>@-\[\]-~"
    heads: dict[str, list[str]] = {}
    for head in filter(str.isascii, empty.heads):
        heads.setdefault(re.escape(head[0]), []).append(re.escape(head[1:]))
    first = "|".join(f"{letter}(?:{'|'.join(ends)})" for letter, ends in sorted(heads.items()))
    begins = rf"(?:(?=.{{{_LONGEST + 1}}})[{signs}]|(?!(?i:{first})(?![A-Za-z0-9]))[A-Za-z])"
    return re.compile(rf"{begins}[ {signs}]{{0,{LONGEST_SOUND - 1}}}(?<! )")


def _is_empty(value: Value, empty: Empty) -> bool:
    """Whether a value stands for nothing; 0 is what a formula makes of a blank cell."""
    if isinstance(value, str):
        return not ("?" in value and is_broken(value)) and empty.says(value)
    return value == _MIDNIGHT or (type(value) in (int, float) and value == 0 and "0" in empty.words)


def _shown(value: Value, column: Column) -> str:
    if isinstance(value, str):
        return visible(value)
    return _EMPTY_DAY if value == _MIDNIGHT and column.type == "date" else show_held(value)
