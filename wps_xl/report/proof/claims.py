"""What a sentence claims: its numbers, the entities it names, the symbols, what it refers to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from wps_xl.codebook import Codebook
from wps_xl.report.council.counts import name_of
from wps_xl.report.editorial import style

LARGEST_WORD = 999
_FIGURE = re.compile(r"(?<![\w/.,-])\d[\d,]*(?:\.\d+)?(?: (?:million|billion|trillion))?(?![\w/])")
_SYMBOL = re.compile(r"\b[A-Z]{1,4}/(?:[A-Z]+/)?\d[\w/.]*\w(?: \(\d{4}\))?")
_RESOLUTION = re.compile(r"\bresolution (\d{3,4}) \((\d{4})\)")
_REFERENCE = re.compile(
    r"(?<!, )\b(?:paragraph|para\.|footnote|note) (?P<number>\d{1,3})(?P<sub> \([a-z]+\))?"
    r"(?! of (?:resolution|the|its|Security))"
)
# From the beginning of a word, and no longer than a number is, so that no text takes long.
_COUNTED = r"(?<![\w,-])(?P<n>[\w,-]{1,40}) (?:United Nations )?(?:entities|entity|bodies)"


@dataclass(frozen=True)
class Names:
    """The names of all entities as they are printed, longest first."""

    codes: Mapping[str, str]

    @classmethod
    def of(cls, codebook: Codebook) -> Names:
        """Full and short names of the list of entities."""
        found: dict[str, str] = {}
        for code in codebook["entities"]:
            name = name_of(codebook, code)
            for text in (name.full, name.short):
                if text:
                    found.setdefault(_plain(text), code)
        return cls(found)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches any name as a whole word."""
        ordered = sorted(self.codes, key=len, reverse=True)
        return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w-])", re.I)

    def find(self, text: str) -> list[str]:
        """The codes of the entities that a text names, in its order."""
        return [self._code(match[0]) for match in self.pattern.finditer(_plain(text))]

    def _code(self, text: str) -> str:
        return self.codes.get(text) or next(
            code for name, code in self.codes.items() if name.casefold() == text.casefold()
        )


def _plain(text: str) -> str:
    return text.replace("’", "'").replace("\u2011", "-").replace("\xa0", " ")


@cache
def _word_numbers() -> tuple[re.Pattern[str], Mapping[str, int]]:
    values = {style.words(n): n for n in range(2, LARGEST_WORD + 1)}
    ordered = sorted(values, key=len, reverse=True)
    begins = "".join(sorted({word[0] for word in ordered}))
    return re.compile(rf"\b(?=[{begins}])(?:{'|'.join(ordered)})\b"), values


def numbers(text: str) -> Counter[float]:
    """The numbers of a text, in figures or words, each with how often it stands there.

    "one" is left out, which is a pronoun as often as a number; so are years in parentheses,
    symbols and paragraph numbers.
    """
    bare = _SYMBOL.sub(" ", _RESOLUTION.sub(" ", _REFERENCE.sub(" ", text)))
    pattern, values = _word_numbers()
    found = Counter(float(values[word]) for word in pattern.findall(bare.lower()))
    found.update(value(match[0]) for match in _FIGURE.finditer(bare))
    return found


def value(figure: str) -> float:
    """A printed number as a number: 34,086; 2.3 million."""
    digits, _, scale = figure.partition(" ")
    factor = next((size for size, name in style.SCALES if name == scale), 1)
    return float(digits.replace(",", "").rstrip(".")) * factor


def symbols(text: str) -> list[str]:
    """Symbols of documents, and resolutions by the symbol they have."""
    found = [match[0] for match in _SYMBOL.finditer(text)]
    return found + [f"S/RES/{number} ({year})" for number, year in _RESOLUTION.findall(text)]


def references(text: str) -> Iterator[tuple[str, str]]:
    """Kind and number of each cross-reference: paragraph or footnote."""
    for match in _REFERENCE.finditer(text):
        rest = text[match.end() : match.end() + 8]
        if re.match(r" (?:above|below)|[,.;)]|$| ", rest):
            kind = "footnote" if "note" in match[0] else "paragraph"
            yield kind, f"{match['number']}{match['sub'] or ''}"


def counted(text: str) -> list[int]:
    """How many entities a sentence says there are: "Thirteen entities", "nine entities"."""
    _, values = _word_numbers()
    found = []
    for match in re.finditer(rf"{_COUNTED}\b", text):
        word = match["n"].lower()
        if word in values:
            found.append(values[word])
        elif word.replace(",", "").isdecimal():
            found.append(int(word.replace(",", "")))
        elif word == "one":
            found.append(1)
    return found


def listed(text: str, names: Names) -> list[tuple[int, list[str]]]:
    """Counts with a list between dashes: "five entities – A, B and C –"."""
    found = []
    for match in re.finditer(rf"{_COUNTED} ?[–—-] ?(?P<list>[^–—]{{1,2000}}?) ?[–—]", text):
        count = counted(f"{match['n']} entities")
        members = list(dict.fromkeys(names.find(match["list"])))
        if count and members:
            found.append((count[0], members))
    return found


def members(note: str, names: Names) -> list[str]:
    """The entities of a note that is a list of entities; empty for any other note."""
    found = list(dict.fromkeys(names.find(note)))
    rest = names.pattern.sub("", _plain(note))
    words = [word for word in re.findall(r"[A-Za-z]{2,}", rest) if word.lower() not in _GLUE]
    return found if found and len(words) <= len(found) // 2 else []


def unknown_members(note: str, names: Names) -> Sequence[str]:
    """What stands in a list of entities and is no name that is known."""
    rest = names.pattern.sub("", _plain(note))
    parts: Iterable[str] = (part.strip(" .") for part in re.split(r"[,;]|\band\b", rest))
    return [part for part in parts if len(part) > 1 and part.lower() not in _GLUE]


_GLUE = frozenset(("the", "and", "of", "its", "as", "well"))
