"""What the office typed for rows that nobody finds any more: kept on Notes, and said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from wps_xl.forms.definitions import data_sheets
from wps_xl.model import Value
from wps_xl.nouns import some
from wps_xl.records import text
from wps_xl.review.decisions import Decided, Whereabouts
from wps_xl.review.layout import office_fields
from wps_xl.review.references import Broken
from wps_xl.review.workbook import Review

_SHOWN = 80


def parked(
    review: Review,
    made: Sequence[Decided],
    places: Mapping[int, Whereabouts],
    renewed: Collection[tuple[str, str]],
) -> list[Decided]:
    """What stood beside rows of returns that were read anew, and beside no row now.

    A row of a return that was not read, or that the office took out, waits in sheet Decisions; one
    that staff typed into the sheet themselves comes from no return.
    """
    strange = {
        (sheet.name, row.at)
        for sheet in data_sheets(review.codebook)
        for row in review.gathered(sheet.name)
        if not row.book
    }
    forms = {sheet.name: sheet.form for sheet in data_sheets(review.codebook)}
    return [
        one
        for at, one in enumerate(made)
        if one.number and at not in places
        if (one.entity, forms[one.sheet]) in renewed or (one.sheet, one.number) in strange
    ]


def without_words(
    review: Review, made: Sequence[Decided], places: Mapping[int, Whereabouts]
) -> dict[int, Decided]:
    """By position, what was typed about words of a row that are blank now, though the row stands:
    about its challenge, where the entity took that out."""
    found = {}
    sheets = {sheet.name: sheet for sheet in data_sheets(review.codebook)}
    for at, one in enumerate(made):
        place = places.get(at)
        if place is None or one.sheet not in sheets:
            continue
        words = sheets[one.sheet].words
        gone = {
            field.heading: one.entries[field.heading]
            for field in office_fields(one.sheet)
            if field.about in words and field.heading in one.entries
            if _word(one, words.index(field.about)) and not _word(place, words.index(field.about))
        }
        if gone:
            found[at] = replace(one, entries=gone)
    return found


def _word(row: Decided | Whereabouts, at: int) -> str:
    return "".join(row.line.words[at : at + 1])


def note_rows(
    review: Review,
    gone: Sequence[Decided],
    broken: Sequence[tuple[Decided, Broken]],
    when: dt.datetime,
) -> Iterator[dict[str, Value]]:
    """The lines of sheet Notes: sheet, cell, and in words row, heading and what was typed."""
    for one in gone:
        for heading, value in one.entries.items():
            yield _note(review, one, heading, text(value), when)
    for one, lost in broken:
        yield _note(review, one, lost.heading, lost.text, when)


def _note(
    review: Review, one: Decided, heading: str, value: str, when: dt.datetime
) -> dict[str, Value]:
    cell = review.cell(one.sheet, one.number, heading).a1 if one.number else None
    row = f"{one.entity} {one.row_id}{_quoted(one)}"
    return {"When": when, "Sheet": one.sheet, "Cell": cell, "Text": f"{row}, {heading}: {value}"}


def _quoted(one: Decided) -> str:
    words = next(filter(None, one.line.words), "")
    cut = f"{words[: _SHOWN - 1]}…" if len(words) > _SHOWN else words
    return f" (“{cut}”)" if cut else ""


def said(
    made: Sequence[Decided],
    places: Mapping[int, Whereabouts],
    gone: Sequence[Decided],
    broken: Sequence[tuple[Decided, Broken]],
) -> Iterator[str]:
    """A sentence each for what went with its row, what waits, and what is parked."""
    went = [(one, places[at]) for at, one in enumerate(made) if at in places and one.entries]
    moved = [
        f"{_name(one)} is {place.row_id} now"
        for one, place in went
        if place.number and place.row_id != one.row_id
    ]
    if moved:
        yield f"What the office typed went with rows that were numbered anew: {some(moved)}."
    changed = [
        f"{_name(one)} ({', '.join(one.entries)})"
        for one, place in went
        # Of a decision without words nobody knows what its row said when it was made.
        if place.number and one.line.sure and any(one.line.words)
        if one.line.plain != place.line.plain
    ]
    if changed:
        yield (
            "Changed by their entities, with what the office typed left beside them: "
            f"{some(changed)}. See whether it still fits."
        )
    held = [_name(one) for one, place in went if one.number and not place.number]
    if held:
        yield (
            "Held back, with what the office typed kept in sheet Decisions until they count "
            f"again: {some(held)}."
        )
    if gone:
        names = [f"{_name(one)} ({', '.join(one.entries)})" for one in gone]
        yield (
            "Parked on sheet Notes, as no row is clearly the one that the office meant: "
            f"{some(names)}. Look for the row and mark it anew."
        )
    if broken:
        names = [f"{_name(one)}, {lost.heading} ({', '.join(lost.names)})" for one, lost in broken]
        yield (
            f"Rows that the office named are gone, so the name was taken out or marked gone, and "
            f"what stood there is on sheet Notes: {some(names)}. Name another row there."
        )


def _name(one: Decided) -> str:
    return f"{one.sheet} {one.entity} {one.row_id}"
