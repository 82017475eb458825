"""Which row of one state of a return is which row of the next: by its words, then by its number.

Entities insert rows and number them anew, so that a number alone may mean another row tomorrow.
Rows whose words agree are one row, wherever they stand; words that were corrected a little are
held together by the number. What is not clear stays apart: it is for a person to say.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from wps_xl.forms.definitions import FormSheet
from wps_xl.intake.cover import show
from wps_xl.intake.likeness import is_corrected, is_longer, likeness, same_figures, same_names
from wps_xl.model import Value
from wps_xl.model.text import squeezed

Which = TypeVar("Which")
Old = TypeVar("Old")
New = TypeVar("New")
Values = Mapping[str, Value]
"""The values of a row by column code."""
_BETWEEN, _BLANK = " / ", "–"
_COUNT = re.compile(r" \(\d+\)$")
# Behind a name that stands twice, or in place of one that is blank (see ``answered.row_ids``).
_ROW = re.compile(r"(?:^| )row \d+$")
# How much of a long text tells rows apart.
_LONG = 1_000
# How alike words must be: of a row that kept its number, and of one that moved.
_SAME_NUMBER, _MOVED = 0.6, 0.85
_CLEARLY = 0.1


@dataclass(frozen=True)
class RowIdentity:
    """What one row is known by.

    ``number`` may be given anew by the entity; ``fixed`` are codes and years, which may not.
    ``words`` say what the row is about, column by column; ``rest`` is all else that it says, None
    where nobody knows it any more. ``sure`` is false where somebody typed over the row.
    """

    owner: str
    number: str
    fixed: tuple[str, ...]
    words: tuple[str, ...]
    rest: tuple[str, ...] | None = None
    sure: bool = True

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """The words, whatever their case."""
        return tuple(word.casefold() for word in self.words)


def row_name(sheet: FormSheet, classification: str, row: Values) -> str:
    """What numbers a row within its return, as people write it: its No., or what does instead."""
    return _name(squeezed(show(row.get(code))) for code in sheet.row_key(classification))


def names_apart(names: Iterable[str]) -> list[str]:
    """The names with a count behind each that stood before."""
    often: Counter[str] = Counter()
    found = []
    for name in names:
        often[name] += 1
        found.append(f"{name} ({often[name]})" if often[name] > 1 else name)
    return found


def words_of(sheet: FormSheet, row: Values) -> list[str]:
    """What a row says that it is about, column by column."""
    return [squeezed(show(row.get(code)))[:_LONG] for code in sheet.words]


def line_of(
    sheet: FormSheet,
    classification: str,
    owner: str,
    row: Values,
    above: Sequence[str] = (),
    sure: bool = True,
) -> RowIdentity:
    """What a row is known by; ``above`` are the words of the row that it belongs to."""
    keys = sheet.row_key(classification)
    passed = {*keys, *sheet.refers, *sheet.words}
    rest = [_plain(row.get(code)) for code in sheet.columns if code not in passed]
    name = row_name(sheet, classification, row)
    return RowIdentity(
        owner,
        name.casefold(),
        _fixed(sheet, keys, name),
        tuple(words_of(sheet, row) or above),
        (*rest, *(word.casefold() for word in above)),
        sure,
    )


def remembered(
    sheet: FormSheet, classification: str, owner: str, name: str, words: Sequence[str]
) -> RowIdentity:
    """What a row is known by of which only its name and its words were kept."""
    keys = sheet.row_key(classification)
    plain = _COUNT.sub("", name) if len(keys) > 1 else name
    return RowIdentity(
        owner,
        plain.casefold(),
        _fixed(sheet, keys, _ROW.sub("", plain)),
        tuple(words),
    )


def says(words: Sequence[str]) -> str:
    """The words of a row as they are kept; see ``words_said``."""
    return "\n".join(word or _BLANK for word in words)


def words_said(text: str) -> list[str]:
    """The words of a row from what was kept of it."""
    return ["" if word == _BLANK else word for word in text.split("\n")]


def _fixed(sheet: FormSheet, keys: Sequence[str], name: str) -> tuple[str, ...]:
    """The parts of a name that are no number of the entity's own.

    Taken from the name, in which blank parts are left out, since it may be all that was kept.
    """
    parts = name.split(_BETWEEN) if len(keys) > 1 else [name]
    return tuple(
        part.casefold()
        for code, part in zip(keys, parts, strict=False)
        if part and sheet.columns[code].type != "text"
    )


def _name(parts: Iterable[str]) -> str:
    return _BETWEEN.join(part for part in parts if part)


def _plain(value: Value) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.12g}"
    return squeezed(show(value)).casefold()


def followed(
    after: Mapping[New, RowIdentity], *befores: Mapping[Old, RowIdentity]
) -> dict[Old, New]:
    """Each row of before that is clearly one of ``after``, and which.

    Rows of the first ``befores`` come first; those of the next may have what these leave.
    """
    found: dict[Old, New] = {}
    there = _by(_group, after, after)
    for before in befores:
        for group, olds in _by(_group, before, before).items():
            pairing = _Pairing(before, after, olds, there.get(group, []))
            found |= pairing.pairs()
            there[group] = list(pairing.left)
    return found


def _group(line: RowIdentity) -> object:
    return line.owner, line.fixed


def _whole(line: RowIdentity) -> object:
    return line.number, line.plain, line.rest


def _by(
    what: Callable[[RowIdentity], object],
    lines: Mapping[Which, RowIdentity],
    which: Iterable[Which],
) -> dict[object, list[Which]]:
    """The keys of lines by what these have in common."""
    found: dict[object, list[Which]] = defaultdict(list)
    for at in which:
        found[what(lines[at])].append(at)
    return found


class _Pairing(Generic[Old, New]):
    """The rows of one entity before and after, on the way to pairs.

    ``left`` are the rows after that nothing was found for, and that are no riddle.
    """

    def __init__(
        self,
        before: Mapping[Old, RowIdentity],
        after: Mapping[New, RowIdentity],
        olds: Iterable[Old],
        news: Iterable[New],
    ) -> None:
        self._before, self._after = before, after
        self._olds, self.left = dict.fromkeys(olds), dict.fromkeys(news)
        self._kin = list(self._olds), list(self.left)
        self._found: dict[Old, New] = {}

    def pairs(self) -> dict[Old, New]:
        """What is one row, the surest first."""
        before, after = (
            _by(lambda line: line.plain, lines, which)
            for lines, which in ((self._before, self._olds), (self._after, self.left))
        )
        wholly = _by(_whole, self._after, self.left)
        for line, ones in _by(_whole, self._before, self._olds).items():
            for old, new in zip(ones, wholly.get(line, ()), strict=False):
                self._take(old, new)
        numbered = _by(lambda line: (line.number, line.plain), self._after, self.left)
        for old in [old for old in self._olds if self._before[old].rest is None]:
            line = self._before[old]
            self._pair([old], numbered.get((line.number, line.plain), []))
        for words, olds in before.items():
            if any(self._before[olds[0]].words):
                self._of_same_words(olds, after.get(words, []))
        self._of_like_words()
        self._typed_over()
        return self._found

    def _take(self, old: Old, new: New) -> None:
        self._found[old] = new
        del self._olds[old], self.left[new]

    def _of_same_words(self, olds: Sequence[Old], news: Sequence[New]) -> None:
        """Rows with the same words: one of each is clear; of several, what else they say."""
        if len(olds) == len(news) == 1:
            self._pair(olds, news)
        elif news:
            self._of_same_rest(*self._open(olds, news))
            olds, news = self._open(olds, news)
            if not self._of_same_numbers(olds, news):
                # Rows alike, of which one came or went: nobody can say which is which.
                for old in olds:
                    del self._olds[old]
                for new in news:
                    del self.left[new]

    def _open(self, olds: Sequence[Old], news: Sequence[New]) -> tuple[list[Old], list[New]]:
        return [old for old in olds if old in self._olds], [new for new in news if new in self.left]

    def _pair(self, olds: Sequence[Old], news: Sequence[New]) -> None:
        for old, new in zip(*self._open(olds, news), strict=False):
            self._take(old, new)

    def _of_same_rest(self, olds: Sequence[Old], news: Sequence[New]) -> None:
        alike = _by(lambda line: line.rest, self._after, news)
        for rest, ones in _by(lambda line: line.rest, self._before, olds).items():
            others = alike.get(rest, []) if rest is not None else []
            if len(ones) == len(others) == 1:
                self._pair(ones, others)
            else:
                self._of_same_numbers(ones, others)

    def _of_same_numbers(self, olds: Sequence[Old], news: Sequence[New]) -> bool:
        """Pair rows by their numbers where none of these came or went."""
        ones = sorted(olds, key=lambda old: self._before[old].number)
        others = sorted(news, key=lambda new: self._after[new].number)
        agree = [self._before[old].number for old in ones] == [
            self._after[new].number for new in others
        ]
        if agree:
            self._pair(ones, others)
        return agree

    def _of_like_words(self) -> None:
        """Rows whose words were corrected: the likest pairs that no other comes near."""
        scores = {(old, new): self._score(old, new) for old in self._olds for new in self.left}
        scores = {pair: score for pair, score in scores.items() if score}
        for (old, new), score in sorted(scores.items(), key=lambda item: -item[1]):
            rivals = [
                other
                for pair, other in scores.items()
                if pair != (old, new) and (pair[0] == old or pair[1] == new)
            ]
            apart = 0.0 if self._has_number_of(old, new) else _CLEARLY
            free = old in self._olds and new in self.left
            if free and max(rivals, default=0.0) < score - apart:
                self._take(old, new)

    def _score(self, old: Old, new: New) -> float:
        """How alike two rows are; nought where they are not one row, or nobody can say so."""
        one, other = self._before[old], self._after[new]
        here = self._has_number_of(old, new)
        if not any(one.words) or not any(other.words):
            return _SAME_NUMBER if here else 0.0
        alike = _alike(one, other)
        if alike < (_SAME_NUMBER if here else _MOVED):
            return 0.0
        if not here and not all(same_figures(a, b) for a, b in _both(one, other)):
            return 0.0
        return alike if self._is_corrected(old, new, alike) else 0.0

    def _is_corrected(self, old: Old, new: New, alike: float) -> bool:
        """Whether the words were corrected, and not a pattern filled anew: they are longer or
        shorter, or like each other more than like any other row of the entity."""
        one, other = self._before[old], self._after[new]
        both = _both(one, other)
        apart = one.rest != other.rest and None not in (one.rest, other.rest)
        if apart and not all(same_names(a, b) for a, b in both):
            return False
        if all(is_longer(a, b) and same_figures(a, b) for a, b in both):
            return True
        rivals = [_alike(one, self._before[at]) for at in self._kin[0] if at != old]
        rivals += [_alike(other, self._after[at]) for at in self._kin[1] if at != new]
        clear = alike >= max(rivals, default=0.0) + _CLEARLY
        return clear and all(is_corrected(a, b) for a, b in both)

    def _has_number_of(self, old: Old, new: New) -> bool:
        return self._before[old].number == self._after[new].number

    def _typed_over(self) -> None:
        """Rows that somebody typed over are known by their numbers and what else they say."""
        alike = _by(lambda line: line.rest, self._after, self.left)
        unsure = [old for old in self._olds if not self._before[old].sure]
        for rest, olds in _by(lambda line: line.rest, self._before, unsure).items():
            self._of_same_numbers(olds, alike.get(rest, []))


def _both(one: RowIdentity, other: RowIdentity) -> list[tuple[str, str]]:
    """What two rows say in columns that both fill."""
    return [(a, b) for a, b in zip(one.words, other.words, strict=False) if a and b]


def _alike(one: RowIdentity, other: RowIdentity) -> float:
    return min((likeness(a, b) for a, b in _both(one, other)), default=0.0)
