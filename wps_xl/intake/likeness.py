"""How alike two texts are, word by word, and whether one is the other with a correction."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache

Words = Counter[str]
_WORD = re.compile(r"\w+(?:[-.,'’]\w+)*")
_SENTENCE = re.compile(r"(?:^|[.!?:]\s)\W*\w+(?:[-.,'’]\w+)*")
_MISSPELT = 0.8
# How much of the shorter text a correction leaves, figures apart.
_LEFT = 0.75
# Long words say more than short ones, up to a limit; a number says as much as the longest.
_LONGEST = 8
_MOST_LEFT, _FEW, _LITTLE = 40, 6, 0.3


def likeness(one: str, other: str) -> float:
    """The share of words that both texts have; a misspelt word is the word that is meant."""
    if one.casefold() == other.casefold():
        return 1.0
    whole = _weight(_words(one)) + _weight(_words(other))
    first, second = _apart(one, other)
    return 1.0 - (_weight(first) + _weight(second)) / whole if whole else 0.0


def is_longer(one: str, other: str) -> bool:
    """Whether one of the texts is the other with words put in, if any."""
    return not all(_apart(one, other))


def is_corrected(one: str, other: str) -> bool:
    """Whether the texts differ by no more than a correction changes: no name became another, and
    most of the shorter one is in the longer."""
    first, second = _apart(one, other)
    if first.keys() & _names(one) and second.keys() & _names(other):
        return False
    lost = min(_weight(_said(first)), _weight(_said(second)))
    least = min(_weight(_said(_words(one))), _weight(_said(_words(other))))
    return lost <= (1.0 - _LEFT) * least


def same_names(one: str, other: str) -> bool:
    """Whether no name stands in the place of another, however near (Gambia, Zambia)."""
    left, right = _words(one), _words(other)
    return not ((left - right).keys() & _names(one) and (right - left).keys() & _names(other))


def same_figures(one: str, other: str) -> bool:
    """Whether the same numbers stand in both texts."""
    return _figures(one) == _figures(other)


def _figures(text: str) -> Words:
    words = _words(text)
    return Counter({word: often for word, often in words.items() if _is_number(word)})


def _said(words: Words) -> Words:
    return Counter({word: often for word, often in words.items() if not _is_number(word)})


@lru_cache(maxsize=4_000)
def _apart(one: str, other: str) -> tuple[Words, Words]:
    """The words that one text has and the other has not, even misspelt."""
    left, right = _words(one), _words(other)
    first, second = left - right, right - left
    whole = _weight(left) + _weight(right)
    most = max(first.total(), second.total())
    if most <= _FEW or (most <= _MOST_LEFT and 2.0 * _weight(left & right) >= _LITTLE * whole):
        for word in _said(first).elements():
            near = next((o for o in second if not _is_number(o) and _is_slip(word, o)), None)
            if near is not None:
                first, second = first - Counter([word]), second - Counter([near])
    return first, second


@lru_cache(maxsize=20_000)
def _is_slip(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= _MISSPELT and matcher.ratio() >= _MISSPELT


@lru_cache(maxsize=4_000)
def _words(text: str) -> Words:
    return Counter(_WORD.findall(text.casefold()))


@lru_cache(maxsize=4_000)
def _names(text: str) -> frozenset[str]:
    """The words with a capital letter that do not begin a sentence."""
    rest = _SENTENCE.sub(" ", text)
    return frozenset(w.casefold() for w in _WORD.findall(rest) if w[0].isupper())


def _is_number(word: str) -> bool:
    return any(mark.isdigit() for mark in word)


def _of_word(word: str) -> int:
    return _LONGEST if _is_number(word) else min(len(word), _LONGEST)


def _weight(words: Words) -> float:
    return float(sum(_of_word(word) * often for word, often in words.items()))
