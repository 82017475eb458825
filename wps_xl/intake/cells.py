"""Cell by cell: from what a cell holds to a typed value, and what to tell about it.

Typing comes before pandera, because one bad cell would hide all other faults of its column.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from wps_xl.codebook import CodeList
from wps_xl.intake import numbers
from wps_xl.intake.parts import parts_of
from wps_xl.intake.spelling import BROKEN, CUT, is_broken, is_cut, is_sound, repaired
from wps_xl.model import Value
from wps_xl.model.text import (
    has_control,
    is_plain,
    latin,
    show_control,
    show_held,
    squeezed,
    trimmed,
    visible,
    without_raised,
)

LONGEST_LIST = 7
STAYS = " in its place, and keep the other values of the cell"
UNLISTED, LOOK_ALIKE, NO_VALUE = "list-value", "look-alike", "no-value"
MARKED = "marked-part"
# A date before this year is a number that was typed into a cell for dates.
_NOT_BEFORE = 1990
# How alike a word of the list must be to be named, how many are, and to be suggested.
_LIKE, _NAMED, _CLOSE = 0.65, 3, 0.72


@dataclass(frozen=True)
class Finding:
    """What is to be said of one cell: the code of the issue, what was found, what may be meant.

    ``expected`` words what the column takes, ``meant`` the suggestion. ``part`` is the value it is
    about in a cell of several; ``others`` are the findings about the others.
    """

    code: str
    found: str
    suggestion: str = ""
    expected: str = ""
    meant: str = ""
    part: str = ""
    is_one_of_several: bool = False
    others: tuple[Finding, ...] = ()

    @property
    def slots(self) -> dict[str, str]:
        """What fills the texts of the issue."""
        meant = {"meant": self.meant} if self.meant else {}
        stays = {"stays": STAYS} if self.is_one_of_several else {}
        return {"found": self.found, "expected": self.expected, **meant, **stays}


def failed(shown: str) -> Finding:
    """The finding for a cell that shows an error, or holds what no program reads as a value."""
    return Finding("error-value" if shown.startswith("#") else NO_VALUE, visible(shown))


# Signs that people put between values; tokens at odd positions are these.
_BETWEEN = re.compile(r"(\s*[,،、，；;/&+|·•]\s*|\s+(?:and|et|y|or|with|-|–|—)\s+)", re.IGNORECASE)
Typed = tuple[Value, Finding | None]
Reader = Callable[[Value], Typed]


def read_column(
    values: Sequence[Value],
    reader: Reader,
    known: dict[Value, Typed],
    is_ordinary: Callable[[str], object] | None = None,
) -> tuple[list[Value], dict[int, Finding]]:
    """Type one column: its values, and findings by position.

    ``known`` is what equal cells were read as; what ``is_ordinary`` the reader would keep as it is.
    """
    typed: list[Value] = []
    findings: dict[int, Finding] = {}
    for position, value in enumerate(values):
        if value is None or (is_ordinary and type(value) is str and is_ordinary(value)):
            typed.append(value)
            continue
        # True and 1 are equal, but not the same in a cell.
        result = reader(value) if isinstance(value, bool) else known.get(value)
        if result is None:
            result = known[value] = reader(value)
        typed.append(result[0])
        if result[1] is not None:
            findings[position] = result[1]
    return typed, findings


def read_text(value: Value) -> Typed:
    """Free text: kept as it is but for white space at the ends; control characters are shown."""
    value = numbers.moment(value)
    if not isinstance(value, str):
        return _as_text(value)
    if is_plain(value):
        return value, None if is_sound(value) else _spoiled(value)
    text = trimmed(value)
    if not text:
        return None, Finding("blank-text", visible(value))
    spoiled = None if is_sound(text) else _spoiled(text)
    if has_control(text):
        told = spoiled is not None and spoiled.code == BROKEN
        shown = Finding("control-characters", visible(value))
        return show_control(text), spoiled if told else shown
    if text != value and spoiled is None:
        return text, Finding("spaces", visible(value))
    return text, spoiled


def _spoiled(text: str) -> Finding | None:
    """What is to be said of a text whose letters were broken, or whose end was cut off."""
    if is_broken(text):
        better = repaired(text)
        meant = f", perhaps “{visible(better)}”" if better != text else ""
        return Finding(BROKEN, visible(text), better if meant else "", meant=meant)
    return Finding(CUT, f"…{text[-30:]}", expected=str(len(text))) if is_cut(text) else None


def read_number_text(value: Value) -> Typed:
    """A row number such as A-1: text in which no spaces or invisible characters count.

    Letters of another script and hyphens that only look like those of the form are those.
    """
    if not isinstance(value, str):
        return _as_text(value)
    if value.isascii() and value.isprintable() and " " not in value:
        return value, None
    text, plain = squeezed(value), latin(value)
    if not text:
        return None, Finding("blank-text", visible(value))
    if without_raised(plain) != plain:
        return None, Finding(MARKED, visible(value), without_raised(plain))
    if plain != text:
        return plain, Finding(LOOK_ALIKE, visible(value), plain)
    if has_control(text):
        return show_control(text), Finding("control-characters", visible(value))
    return text, None if text == value else Finding("spaces", visible(value), text)


def _as_text(value: Value) -> Typed:
    if isinstance(value, dt.datetime | dt.time | dt.timedelta):
        text = show_held(value)
        return text, Finding("date-in-text", text, _typed_as(value, "-"), _kind(value))
    if isinstance(value, bool):
        return ("Yes" if value else "No"), None
    return show_held(value), None


def _kind(value: Value) -> str:
    return "the date" if isinstance(value, dt.datetime) else "the time"


def _typed_as(value: Value, sign: str) -> str:
    """What somebody may have typed where Excel made a date or a time of it."""
    if isinstance(value, dt.datetime):
        if value.year < _NOT_BEFORE:
            return str(numbers.to_serial(value))
        return f"{value.day}{sign}{value.month} or {value.month}{sign}{value.day}"
    hours, _, minutes = show_held(value).partition(":")
    return f"{hours}:{int(minutes)}" if minutes.isdigit() else ""


def number_reader(style: str, percent: bool = True) -> Reader:
    """A reader of numbers; text is a number only in the cycle's style.

    ``percent`` says whether the column may hold a percentage: amounts and counts may not.
    """

    def read(value: Value) -> Typed:
        if isinstance(value, bool):
            return None, Finding("not-a-number", "Yes" if value else "No")
        if isinstance(value, int | float):
            return value, None
        value = numbers.moment(value)
        if not isinstance(value, str):
            typed = _typed_as(value, ".")
            return None, Finding("date-for-number", show_held(value), typed, _kind(value))
        if not squeezed(value):
            return None, Finding("blank-text", visible(value))
        if (kept := without_raised(value)) != value:
            return None, Finding(MARKED, visible(value), str(numbers.number(kept, style) or ""))
        if numbers.other_currency(value):
            return None, Finding("other-currency", visible(value))
        if numbers.is_percentage(value) and not percent:
            return None, Finding("not-a-number", visible(value))
        result = numbers.number(value, style)
        if result is not None:
            return result, Finding("number-as-text", visible(value), str(result))
        meant = numbers.readings(value, style)
        code = "number-unclear" if meant and not re.search("[A-Za-z~<>]", value) else "not-a-number"
        return None, Finding(code, visible(value), " or ".join(map(str, meant)))

    return read


def code_reader(codes: CodeList) -> Reader:
    """A reader of one code: the code, its label or another word for it, whatever its case."""

    def read(value: Value) -> Typed:
        if isinstance(value, str) and value in codes:
            return value, None
        text = _code_text(value)
        if not squeezed(text):
            return None, Finding("blank-text", visible(text))
        code = _find(text, codes)
        if code is None:
            return None, unlisted(text, codes)
        return code, _how_written(text, code, codes)

    return read


def _find(text: str, codes: CodeList) -> str | None:
    return codes.find(squeezed(text)) or codes.find(latin(text))


def pieces_of(text: str, codes: CodeList) -> list[str] | None:
    """The values between other signs than semicolons, or "and", where each of them is known."""
    tokens = _BETWEEN.split(squeezed(text))
    if len(tokens) < 3:
        return None
    found: list[str] = []
    at = 0
    while at < len(tokens):
        # The longest first: names of countries have commas and "and" of their own.
        for end in range(len(tokens), at, -2):
            piece = "".join(tokens[at:end]).strip()
            if _find(piece, codes) is not None:
                found.append(piece)
                at = end + 1
                break
        else:
            return None
    return found


def codes_reader(codes: CodeList) -> Reader:
    """A reader of several codes between semicolons; other signs count where all parts are known.

    Each value that is not read has a finding of its own; the others count.
    """

    def read(value: Value) -> Typed:
        text = _code_text(value)
        if not squeezed(text):
            return None, Finding("blank-text", visible(text))
        notes: list[Finding] = []
        parts = list(parts_of(text))
        for at, part in reversed(list(enumerate(parts))):
            pieces = pieces_of(part, codes) if _find(part, codes) is None else None
            if pieces:
                parts[at : at + 1] = pieces
                read_as = "; ".join(map(squeezed, parts))
                notes = [Finding("separators", visible(text), read_as)]
        found: list[str] = []
        for part in dict.fromkeys(parts):
            code = _find(part, codes)
            said = _how_written(part.strip(), code, codes) if code else unlisted(part, codes)
            found += [code] if code else []
            if said is not None:
                several = len(parts) > 1
                notes.append(replace(said, part=squeezed(part), is_one_of_several=several))
        return "; ".join(dict.fromkeys(found)) or None, _together(notes)

    return read


def _together(findings: Sequence[Finding]) -> Finding | None:
    """The findings about one cell as one, the grave first."""
    ordered = sorted(findings, key=lambda finding: finding.code != UNLISTED)
    return replace(ordered[0], others=tuple(ordered[1:])) if ordered else None


def unlisted(text: str, codes: CodeList) -> Finding:
    """The finding for a value that the list does not have, with the nearest code."""
    text = text.strip()
    words: dict[str, str] = {}
    for entry in codes.entries.values():
        for word in (entry.code, entry.label, *entry.also):
            words[word.casefold()] = entry.code
    words = {**_telling_words(codes), **words}
    typed = squeezed(text).casefold()
    near = difflib.get_close_matches(typed, words, n=_NAMED, cutoff=_LIKE)
    nearest = list(dict.fromkeys(words[word] for word in near))
    is_close = bool(near) and difflib.SequenceMatcher(a=typed, b=near[0]).ratio() >= _CLOSE
    suggestion = nearest[0] if is_close else ""
    expected, meant = _expected(codes, nearest), _as_offered(suggestion, codes)
    return Finding(UNLISTED, visible(text), suggestion, expected, meant)


def _as_offered(code: str, codes: CodeList) -> str:
    """A suggested code as the drop-down list shows it; blank where it shows the code itself."""
    label = codes.label(code) if code else ""
    return f" (perhaps “{label}”, {code})" if label.casefold() != code.casefold() else ""


def _telling_words(codes: CodeList) -> dict[str, str]:
    """Single words of labels that only one code has: who types one of them means that code."""
    owners: dict[str, set[str]] = {}
    for entry in codes.entries.values():
        for word in re.findall(r"[^\W\d_]{6,}", entry.label.casefold()):
            owners.setdefault(word, set()).add(entry.code)
    return {word: min(found) for word, found in owners.items() if len(found) == 1}


def _expected(codes: CodeList, near: Sequence[str]) -> str:
    if len(codes) > LONGEST_LIST:
        some = f", such as {', '.join(codes.label(code) for code in near)}" if near else ""
        return f"a code or name from the drop-down list of the column{some}"
    return "one of " + ", ".join(codes.label(code) for code in codes)


def _how_written(text: str, code: str, codes: CodeList) -> Finding | None:
    plain = squeezed(text)
    if codes.find(plain) is None:
        return Finding(LOOK_ALIKE, visible(text), code)
    if plain != text:
        return Finding("spaces", visible(text), plain)
    if plain in (code, codes.label(code)) or plain in codes[code].also:
        return None
    return Finding("letter-case", visible(text), code)


def _code_text(value: Value) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return show_held(value)
