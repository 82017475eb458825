"""How alike two texts are, word by word: 1 the same, 0 nothing in common."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache

_WORD = re.compile(r"\w+(?:[-.,'’]\w+)*")
_MISSPELT = 0.75
# Long words say more than short ones, up to a limit; a number says as much as the longest.
_LONGEST = 8
_MOST_LEFT, _FEW, _LITTLE = 40, 6, 0.3


def likeness(one: str, other: str) -> float:
    """The share of words that both texts have; a misspelt word is the word that is meant."""
    if one == other:
        return 1.0
    left, right = _words(one), _words(other)
    whole = _weight(left) + _weight(right)
    if not whole:
        return 0.0
    shared = left & right
    common = 2.0 * _weight(shared)
    first, second = left - shared, right - shared
    most = max(first.total(), second.total())
    if most <= _FEW or (most <= _MOST_LEFT and common >= _LITTLE * whole):
        common += _misspelt(first, second)
    return common / whole


def same_figures(one: str, other: str) -> bool:
    """Whether the same numbers stand in both texts."""
    return _figures(one) == _figures(other)


def _figures(text: str) -> Counter[str]:
    words = _words(text)
    return Counter({word: often for word, often in words.items() if _is_number(word)})


def _misspelt(first: Counter[str], second: Counter[str]) -> float:
    """The weight of the words on both sides that differ by a slip of the pen."""
    found = 0.0
    left = [word for word in second.elements() if not _is_number(word)]
    for word in first.elements():
        if _is_number(word):
            continue
        near = next((other for other in left if _is_slip(word, other)), None)
        if near is not None:
            left.remove(near)
            found += _of_word(word) + _of_word(near)
    return found


@lru_cache(maxsize=20_000)
def _is_slip(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= _MISSPELT and matcher.ratio() >= _MISSPELT


@lru_cache(maxsize=4_000)
def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))


def _is_number(word: str) -> bool:
    return any(mark.isdigit() for mark in word)


def _of_word(word: str) -> int:
    return _LONGEST if _is_number(word) else min(len(word), _LONGEST)


def _weight(words: Counter[str]) -> float:
    return float(sum(_of_word(word) * often for word, often in words.items()))
