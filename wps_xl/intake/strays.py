"""Rows among the data that are none: headings once more, tags, notes and titles of sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from wps_xl.codebook import Codebook
from wps_xl.forms.definitions import FormSheet
from wps_xl.intake.misfit import Misfit
from wps_xl.intake.tables import RawTable, heading_of
from wps_xl.model import Value, column_number, split_address
from wps_xl.model.text import squeezed, visible

NO_ROW, SHIFTED = "no-data-row", "shifted-rows"
_TAG = "#"
# How many cells of a row must say the same for it to be known by that.
_LEAST = 2
# What numbers a row has a digit and no words: A-1, 7, I 2, P-1a.
_NUMBER = re.compile(r"[^\W\d_]{0,4}[\s.\-–/]*\d[\w.\-–/]*")
_FIRST = ("1", "a", "A")
_LETTERS = re.compile(r"[^\W\d_]{3}")
Cells = Mapping[str, Value]


def strays(raw: RawTable, sheet: FormSheet, codebook: Codebook) -> Iterator[Misfit]:
    """An issue for each row that looks like something else than data, and what it looks like."""
    order = sorted(raw.letters, key=lambda code: column_number(raw.letters[code]))
    starts = tuple(codebook.words("note_words"))
    below: list[int] = []
    columns = [(code, raw.columns[code]) for code in order]
    numbered = columns[0][1] if columns else ()
    for at, (number, text) in enumerate(zip(raw.numbers, numbered, strict=True)):
        # Most rows begin with their number, and need no second look.
        if isinstance(text, str) and _is_number(text):
            continue
        first, text = next(
            ((code, values[at]) for code, values in columns if values[at] is not None), ("", None)
        )
        if str(text).strip("().[]") in _FIRST:
            said = [
                str(values[at]).strip("().[]") for _, values in columns if values[at] is not None
            ]
            if len(said) > _LEAST and _are_counted(said):
                yield _stray(f"{raw.letters[first]}{number}", str(text), "numbers of columns")
                continue
        if not isinstance(text, str) or _is_number(text):
            continue
        cells = {code: values[at] for code, values in columns if values[at] is not None}
        if not any(map(str.isalnum, text)) and _is_line(_filled(cells)):
            yield _stray(f"{raw.letters[first]}{number}", text, "a line between rows")
            continue
        may_be = text[:1] == _TAG or heading_of(squeezed(text), sheet) is not None
        if len(cells) > _LEAST and not may_be:
            continue
        what = _headings(text, cells, sheet) or _tags(text, cells) or _note(cells, sheet, starts)
        if what == _OTHER_ORDER:
            below = list(raw.numbers[at + 1 :])
            yield _shifted(raw, order, number, text, below)
            break
        if what:
            yield _stray(f"{raw.letters[first]}{number}", text, what)
    yield from _below_prepared(raw, sheet, codebook, starts)


def _is_line(said: Sequence[str]) -> bool:
    """Whether several cells hold signs alone."""
    return len(said) > 1 and not any(map(str.isalnum, "".join(said)))


def _are_counted(said: Sequence[str]) -> bool:
    """Whether cells count from the first on, in numbers or in letters, as under headings."""
    if said[0].isdigit():
        return said == [str(at) for at in range(1, len(said) + 1)]
    return said == [chr(ord(said[0]) + at) for at in range(len(said))]


def _stray(cell: str, text: str, what: str) -> Misfit:
    return Misfit(NO_ROW, cell, found=visible(text), other=what, row=split_address(cell)[1])


def _filled(cells: Cells) -> list[str]:
    return [squeezed(str(value)) for value in cells.values()]


_HEADINGS, _OTHER_ORDER = "the headings once more", "the headings in another order"
_NOTE = "a note or a title"


def _headings(text: str, cells: Cells, sheet: FormSheet) -> str:
    """Whether a row says the headings of its columns again, or those of other columns."""
    if heading_of(squeezed(text), sheet) is None:
        return ""
    said = {code: heading_of(squeezed(str(value)), sheet) for code, value in cells.items()}
    named = [code for code in said.values() if code]
    if len(named) < _LEAST or 2 * len(named) < len(said):
        return ""
    own = sum(code == name for code, name in said.items())
    return _HEADINGS if 2 * own >= len(named) else _OTHER_ORDER


def _tags(text: str, cells: Cells) -> str:
    if not text.startswith(_TAG):
        return ""
    said = _filled(cells)
    tagged = len(said) >= _LEAST and all(word.startswith(_TAG) for word in said)
    return "a row of tags" if tagged else ""


def _note(cells: Cells, sheet: FormSheet, starts: tuple[str, ...]) -> str:
    """Whether a row is but words where its number should stand, or begins as notes begin."""
    if len(cells) > _LEAST:
        return ""
    said = _filled(cells)
    code = next(iter(cells))
    in_place = len(said) == 1 and sheet.columns[code].numbers_rows and _is_words(said[0])
    return _NOTE if in_place or _begins(said[0], starts) else ""


def _begins(text: str, starts: tuple[str, ...]) -> bool:
    return bool(starts) and text.casefold().startswith(starts)


def _is_words(text: str) -> bool:
    return not _is_number(text) and _LETTERS.search(text) is not None


@lru_cache(maxsize=10_000)
def _is_number(text: str) -> bool:
    """Whether a text numbers a row; entities number theirs alike."""
    return _NUMBER.fullmatch(text) is not None


def _shifted(
    raw: RawTable, order: Sequence[str], number: int, text: str, below: Sequence[int]
) -> Misfit:
    """One issue for headings in another order, and for all rows that follow them."""
    letter = raw.letters[order[0]]
    return Misfit(
        SHIFTED,
        f"{letter}{number}",
        found=visible(text),
        row=number,
        other=str(len(below)),
        also=tuple(f"{letter}{row}" for row in below),
    )


def _below_prepared(
    raw: RawTable, sheet: FormSheet, codebook: Codebook, starts: tuple[str, ...]
) -> Iterator[Misfit]:
    """Notes and titles among the rows that the office prepared, in the column of their numbers."""
    column = sheet.columns.get(sheet.key)
    if column is None:
        return
    for number, value in raw.idle.items():
        text = squeezed(value) if isinstance(value, str) else ""
        if not text or (column.list_name and codebook[column.list_name].find(text)):
            continue
        if _begins(text, starts) or (" " in text and _is_words(text)):
            yield _stray(f"{raw.letters[sheet.key]}{number}", text, _NOTE)
