"""United Nations editorial rules for numbers, money, dates and lists, as small pure functions.

The ids in the docstrings (N1, M1, …) are those of ``docs/editing.md``, which names the sources.
Names stand in ``names.py``, checks of finished text in ``lint.py``.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from num2words import num2words

Number = int | float | Decimal

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
DENOMINATORS = {2: ("half", "halves"), 3: ("third", "thirds"), 4: ("quarter", "quarters")}

_AN_LETTERS = frozenset("AEFHILMNORSX")
_SILENT_H = ("hour", "honest", "honour", "heir")
_SOUNDS_LIKE_YOU = re.compile(r"(?:uni(?!n|m|d)|unani|us[aeu]|uti|eu|ewe|one\b|once\b)")


@dataclass(frozen=True)
class Profile:
    """What changed between the printed model and today's manual: the dashes (D3, L5)."""

    name: str
    dash: str
    aside: str


UN = Profile("un", "–", " – ")
S2007 = Profile("printed", "-", " — ")
PROFILES = {profile.name: profile for profile in (UN, S2007)}


def capital(text: str) -> str:
    """The text with its first letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=1024)
def words(n: int) -> str:
    """A whole number in words, ``four hundred and fifty``."""
    return str(num2words(n))


def is_whole(n: Number) -> bool:
    """Whether a number can be said without a decimal point."""
    return n == int(n)


def in_figures(n: Number) -> str:
    """A number in figures: 34,086; 0.85; 2.3 million, exact figures kept (N2, N7, N8)."""
    _refuse_no_number(n)
    if not is_whole(n):
        # A float holds 15 digits; what comes behind them is noise that nobody typed.
        known = Decimal(f"{n:.15g}") if isinstance(n, float) else Decimal(n)
        return f"{known:,.10f}".rstrip("0").rstrip(".")
    whole = int(n)
    for scale, name in SCALES:
        if abs(whole) >= scale:
            hundredths, rest = divmod(whole * 100, scale)
            if rest == 0:
                return f"{Decimal(hundredths) / 100:,.2f}".rstrip("0").rstrip(".") + f" {name}"
            break
    return f"{whole:,}"


def cardinal(n: Number, start: bool = False, figures: bool = False) -> str:
    """A number in running text: words below 10, figures from 10, words to open a sentence (N1-N3).

    ``figures`` keeps figures below 10 for the sake of other numbers in the sentence (N5).
    """
    _refuse_no_number(n)
    if not is_whole(n):
        return in_figures(n)
    if start:
        return capital("no" if n == 0 else words(int(n)))
    if figures or n < 0 or n >= 10:
        return in_figures(n)
    return "no" if n == 0 else words(int(n))


def opens_well(n: Number) -> bool:
    """Whether a number spelled out opens a sentence without running on: at most two words (N4)."""
    return is_whole(n) and 0 <= n < 10**6 and len(words(int(n)).split()) <= 2


def opening(n: Number, noun: str) -> str:
    """The opening of a sentence: ``Thirteen entities``, ``A total of 34,086 victims`` (N3, N4)."""
    if opens_well(n):
        return f"{cardinal(n, start=True)} {noun}"
    return f"A total of {in_figures(n)} {noun}"


def same_category(numbers: Iterable[Number]) -> list[str]:
    """Numbers of one category in one sentence: one of 10 or more puts all in figures (N5)."""
    found = list(numbers)
    figures = any(n >= 10 or n < 0 or not is_whole(n) for n in found)
    return [cardinal(n, figures=figures) for n in found]


def side_by_side(n: int, size: Number, unit: str) -> str:
    """Two numbers together in different styles: ``twenty 15-cent stamps`` (N6)."""
    return f"{words(n)} {in_figures(size)}-{unit}"


def fraction(part: int, whole: int, before_noun: bool = False) -> str:
    """A simple fraction in words: ``two thirds``, before a noun ``two-thirds`` (N11)."""
    one, many = DENOMINATORS.get(whole, (_ordinal(whole), f"{_ordinal(whole)}s"))
    text = f"{words(part)} {one if part == 1 else many}"
    return text.replace(" ", "-") if before_noun else text


def per_cent(x: Number, start: bool = False) -> str:
    """A percentage: figures and ``per cent``, in words to open a sentence (N9, N10).

    One decimal at most. A percentage with a decimal cannot open a sentence in words, so the
    opening is recast: ``A share of 61.3 per cent``.
    """
    _refuse_no_number(x)
    rounded = round(Decimal(str(x)), 1)
    if not start:
        return f"{in_figures(rounded)} per cent"
    if is_whole(rounded):
        return f"{capital(words(int(rounded)))} per cent"
    return f"A share of {in_figures(rounded)} per cent"


def fits_base(percent: int, base: int) -> bool:
    """Whether some whole number out of ``base`` rounds to ``percent``: 61 of 93 does (N13)."""
    if base <= 0 or not 0 <= percent <= 100:
        return False
    part = math.floor(percent * base / 100)
    return any(abs(100 * n / base - percent) <= 0.5 for n in (part, part + 1) if n <= base)


def article(text: str) -> str:
    """``a`` or ``an`` before ``text`` as it is spoken: an 84 per cent, a UN, an FAO (N12)."""
    found = re.match(r"[^\w]*(\d[\d,]*|\w+)", text)
    if found is None:
        return "a"
    word = found[1]
    if word[0].isdigit():
        digits = word.replace(",", "")
        word = words(int(digits[: (len(digits) - 1) % 3 + 1]))
    if word.isupper():
        return "an" if _initial_sounds_open(word) else "a"
    return "an" if _word_sounds_open(word.lower()) else "a"


def amount(n: Number) -> str:
    """An amount without its currency, as tables print it: 509,765; 2.5 million; 698,378.50."""
    _refuse_no_number(n)
    cents = round(Decimal(str(n)), 2)
    return in_figures(int(cents)) if is_whole(cents) else f"{cents:,.2f}"


def money(amount_of: Number, currency: str = "USD") -> str:
    """An amount: $509,765; $2.5 million; €1,200; CHF 1,200; $6.50 (M1, M2)."""
    _refuse_no_number(amount_of)
    cents = round(Decimal(str(amount_of)), 2)
    text = amount(abs(cents))
    minus = "-" if cents < 0 else ""
    symbol = SYMBOLS.get(currency)
    return f"{minus}{symbol}{text}" if symbol else f"{currency} {minus}{text}"


def date(d: dt.date) -> str:
    """A date: ``12 September 2007`` (D1)."""
    return f"{d.day} {MONTHS[d.month - 1]} {d.year}"


def period(a: dt.date, b: dt.date) -> str:
    """A period in a sentence: ``from 1 July 2006 to 1 July 2007`` (D2).

    What both dates share stands once: ``from 5 to 9 May 2030``.
    """
    first = str(a.day)
    if (a.year, a.month) != (b.year, b.month):
        first += f" {MONTHS[a.month - 1]}"
    if a.year != b.year:
        first += f" {a.year}"
    return f"from {first} to {date(b)}"


def years(a: int, b: int, profile: Profile = UN) -> str:
    """A range of years: ``2008–2009``, in the model of 2007 with a hyphen (D3)."""
    return str(a) if a == b else f"{a}{profile.dash}{b}"


def join(items: Iterable[str], conj: str = "and") -> str:
    """Items in a row, no comma before ``and``; semicolons where an item holds a comma (L1, L2)."""
    found = list(items)
    if len(found) < 2:
        return "".join(found)
    if any("," in item or ";" in item for item in found):
        return f"{'; '.join(found[:-1])}; {conj} {found[-1]}"
    return f"{', '.join(found[:-1])} {conj} {found[-1]}"


def subparagraphs(items: Sequence[str]) -> list[str]:
    """Items for (a), (b), …: capital letter, semicolons, a full stop after the last (L3)."""
    bare = [capital(item.strip().rstrip(";.").rstrip()) for item in items]
    return [f"{item};" for item in bare[:-1]] + [f"{item}." for item in bare[-1:]]


def aside(text: str, profile: Profile = UN) -> str:
    """A remark between dashes, with the spaces around it (L5)."""
    return f"{profile.aside}{text}{profile.aside}"


def note(text: str) -> str:
    """The text of a footnote: capital letter and full stop (F3)."""
    bare = text.strip()
    return capital(bare) if bare.endswith((".", "?", "!", ".”", ".)")) else f"{capital(bare)}."


def quote(text: str) -> str:
    """A quotation in double curly marks, quotations inside it in single ones (Q1)."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def resolution(number: int | str, year: int) -> str:
    """A resolution of the Council, always with its year: ``resolution 1325 (2000)`` (S1)."""
    return f"resolution {number} ({year})"


def _refuse_no_number(n: Number) -> None:
    """Raise ValueError for what is no finite number."""
    if not math.isfinite(n):
        raise ValueError(f"{n} is not a number that can be printed")


def _ordinal(n: int) -> str:
    return str(num2words(n, to="ordinal"))


def _initial_sounds_open(word: str) -> bool:
    """Whether initials, spelled out or said as a word, begin with a vowel sound."""
    if len(word) > 3 and word[0] not in "AEIOU" and word[1] in "AEIOU":
        return False  # said as a word: NATO, MONUC
    return word[0] in _AN_LETTERS


def _word_sounds_open(word: str) -> bool:
    if word.startswith(_SILENT_H):
        return True
    return word[0] in "aeiou" and _SOUNDS_LIKE_YOU.match(word) is None
