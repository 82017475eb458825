"""Finds, sentence by sentence, what a text has from the draft that the workbook gives now."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from wps_xl.model.text import sentences as ends_of_sentences
from wps_xl.office.word.manuscript import Manuscript, Note

ALIKE = 0.55
"""Share of words from which two sentences count as the same one."""
BEGINS = 5
"""How many of its first words name a sentence."""
PROMPT = "[Drafter:"
LETTERS = 120
"""Longest beginning of a sentence, should its words have no end."""
_SAME_SIGNS = str.maketrans("“”‘’–—\u2011\xa0\t\n", "\"\"''---   ")


@dataclass(frozen=True)
class Said:
    """One sentence of a text: the number of its paragraph, its place, its words and notes."""

    number: str
    at: int
    text: str
    notes: tuple[Note, ...]
    heading: bool = False

    @cached_property
    def plain(self) -> str:
        """The words as they are compared: signs that look alike are one."""
        return " ".join(self.text.translate(_SAME_SIGNS).split())

    @cached_property
    def begins(self) -> str:
        """Its first words."""
        return " ".join(self.text.split(None, BEGINS)[:BEGINS])[:LETTERS]

    @cached_property
    def whole(self) -> str:
        """The words with those of the notes."""
        notes = (" ".join(note.text.translate(_SAME_SIGNS).split()) for note in self.notes)
        return " | ".join((self.plain, *notes))


def sentences(text: Manuscript) -> list[Said]:
    """The sentences of a text; what asks the drafter to act is left out."""
    found = []
    for at, passage in enumerate(text.passages):
        if not passage.text or passage.text.startswith(PROMPT):
            continue
        spans = list(ends_of_sentences(passage.text)) or [(0, len(passage.text))]
        reaches = [len(passage.text[:end].rstrip()) for _, end in spans]
        notes: list[list[Note]] = [[] for _ in spans]
        for note in passage.notes:
            place = next((n for n, reach in enumerate(reaches) if note.at <= reach), -1)
            notes[place].append(note)
        for (start, end), own in zip(spans, notes, strict=True):
            words = passage.text[start:end].strip()
            found.append(Said(passage.number, at, words, tuple(own), passage.heading))
    return found


def pairs(here: Sequence[Said], there: Sequence[Said]) -> list[tuple[Said, Said | None]]:
    """Each sentence here with the one there that it is, or was; None for one of its own."""
    left: dict[str, list[Said]] = defaultdict(list)
    for said in there:
        left[said.whole].append(said)
    found: dict[int, Said] = {}
    for at, said in enumerate(here):
        if left[said.whole]:
            found[at] = left[said.whole].pop(0)
    rest = [said for same in left.values() for said in same]
    open_ones = [at for at in range(len(here)) if at not in found]
    found |= _alike(here, open_ones, rest)
    return [(said, found.get(at)) for at, said in enumerate(here)]


def _alike(here: Sequence[Said], open_ones: Iterable[int], rest: Sequence[Said]) -> dict[int, Said]:
    """The best match of each, the surest pairs first; no sentence is used twice."""
    words = [Counter(_words(said.plain)) for said in rest]
    by_word: dict[str, list[int]] = defaultdict(list)
    for at, counted in enumerate(words):
        for word in counted:
            by_word[word].append(at)
    scores: list[tuple[float, int, int]] = []
    for at in open_ones:
        mine = Counter(_words(here[at].plain))
        rare = sorted(mine, key=lambda word: len(by_word.get(word, ())))[:8]
        for other in {candidate for word in rare for candidate in by_word.get(word, ())}:
            common = sum((mine & words[other]).values())
            score = common / max(sum(mine.values()), sum(words[other].values()), 1)
            if score >= ALIKE:
                scores.append((score, at, other))
    found: dict[int, Said] = {}
    used: set[int] = set()
    for _, at, other in sorted(scores, key=lambda item: (-item[0], item[1], item[2])):
        if at not in found and other not in used:
            found[at] = rest[other]
            used.add(other)
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"\w+(?:[.,'-]\w+)*", text.casefold())
