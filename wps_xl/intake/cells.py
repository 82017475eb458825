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
from wps_xl.intake.parts import comma_parts, parts_of
from wps_xl.intake.text import (
    has_control,
    is_plain,
    show_control,
    squeezed,
    trimmed,
    visible,
)
from wps_xl.model import Value

LONGEST_LIST = 7
STAYS = " in its place, and keep the other values of the cell"
NAMED_NEAR = 3
UNLISTED = "list-value"
# How alike a word of the list must be to be named among others, and to be suggested.
_LIKE, _CLOSE = 0.5, 0.72


@dataclass(frozen=True)
class Finding:
    """What is to be said of one cell: the code of the issue, what was found, what may be meant.

    ``expected`` words what the column takes, for the message, and ``meant`` the suggestion.
    ``part`` is the value it is about in a cell that holds several; ``others`` are the findings
    about other values of the same cell.
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


Typed = tuple[Value, Finding | None]
Reader = Callable[[Value], Typed]


def read_column(
    values: Sequence[Value], reader: Reader, known: dict[Value, Typed] | None = None
) -> tuple[list[Value], dict[int, Finding]]:
    """Type one column: its values, and findings by position.

    ``known`` remembers what equal cells were read as, for columns in which values repeat.
    """
    typed: list[Value] = []
    findings: dict[int, Finding] = {}
    memory = {} if known is None else known
    for position, value in enumerate(values):
        if value is None:
            typed.append(None)
            continue
        result = memory.get(value)
        # True and 1 are equal, but not the same in a cell.
        if result is None or value is True or value is False:
            result = reader(value)
            if known is not None:
                known[value] = result
        typed.append(result[0])
        if result[1] is not None:
            findings[position] = result[1]
    return typed, findings


def read_text(value: Value) -> Typed:
    """Free text: kept as it is but for white space at the ends; control characters are shown."""
    if not isinstance(value, str):
        return _as_text(value)
    if is_plain(value):
        return value, None
    text = trimmed(value)
    if not text:
        return None, Finding("blank-text", visible(value))
    if has_control(text):
        return show_control(text), Finding("control-characters", visible(value))
    if text != value:
        return text, Finding("spaces", visible(value))
    return text, None


def read_number_text(value: Value) -> Typed:
    """A row number such as A-1: text in which no spaces or invisible characters count."""
    if not isinstance(value, str):
        return _as_text(value)
    if value.isascii() and value.isprintable() and " " not in value:
        return value, None
    text = squeezed(value)
    if not text:
        return None, Finding("blank-text", visible(value))
    return text, None if text == value else Finding("spaces", visible(value), text)


def _as_text(value: Value) -> Typed:
    if isinstance(value, dt.datetime):
        text = value.date().isoformat()
        return text, Finding("date-in-text", text)
    if isinstance(value, bool):
        return ("Yes" if value else "No"), None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value), None


def number_reader(style: str, percent: bool = True) -> Reader:
    """A reader of numbers; text is a number only in the cycle's style.

    ``percent`` says whether the column may hold a percentage: amounts and counts may not.
    """

    def read(value: Value) -> Typed:
        if isinstance(value, bool):
            return None, Finding("not-a-number", "Yes" if value else "No")
        if isinstance(value, int | float):
            return value, None
        if not isinstance(value, str):
            return None, Finding("date-for-number", _show(value))
        if not squeezed(value):
            return None, Finding("blank-text", visible(value))
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


def read_date(value: Value) -> Typed:
    """A day. Text counts where it can be read in one way, a bare number where it is a serial."""
    if isinstance(value, dt.datetime):
        return value.replace(hour=0, minute=0, second=0, microsecond=0), None
    if isinstance(value, int | float) and not isinstance(value, bool):
        if int(value) in numbers.SERIALS:
            day = numbers.from_serial(value)
            return day, Finding("date-serial", _show(value), day.date().isoformat())
        return None, Finding("not-a-date", _show(value))
    if not isinstance(value, str):
        return None, Finding("not-a-date", _show(value))
    if not squeezed(value):
        return None, Finding("blank-text", visible(value))
    days = numbers.dates(value)
    readings = " or ".join(day.date().isoformat() for day in days)
    if len(days) == 1:
        return days[0], Finding("date-as-text", visible(value), readings)
    return None, Finding("date-unclear" if days else "not-a-date", visible(value), readings)


def code_reader(codes: CodeList) -> Reader:
    """A reader of one code: the code, its label or another word for it, whatever its case."""

    def read(value: Value) -> Typed:
        if isinstance(value, str) and value in codes:
            return value, None
        text = _code_text(value)
        if not squeezed(text):
            return None, Finding("blank-text", visible(text))
        code = codes.find(squeezed(text))
        if code is None:
            return None, unlisted(text, codes)
        return code, _how_written(text, code, codes)

    return read


def codes_reader(codes: CodeList) -> Reader:
    """A reader of several codes between semicolons; commas are taken where all parts are known.

    Each value that is not read has a finding of its own; the others count.
    """

    def read(value: Value) -> Typed:
        text = _code_text(value)
        if not squeezed(text):
            return None, Finding("blank-text", visible(text))
        parts = parts_of(text)
        notes: list[Finding] = []
        if len(parts) == 1 and codes.find(squeezed(text)) is None and "," in text:
            pieces = comma_parts(text)
            if all(codes.find(piece) is not None for piece in pieces):
                parts = pieces
                notes.append(Finding("separators", visible(text), "; ".join(pieces)))
        found: list[str] = []
        for part in dict.fromkeys(parts):
            code = codes.find(squeezed(part))
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
    near = difflib.get_close_matches(typed, words, n=NAMED_NEAR, cutoff=_LIKE)
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
    return _show(value)


def _show(value: Value) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)
