"""What the office decided about rows: kept over every consolidation, wherever the rows go.

It hangs on what a row says (see ``moves``). Where no row is clearly the one that was meant, it is
kept in sheets Decisions and Notes, and the row is as if nobody had typed anything.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from wps_xl.forms.definitions import FormSheet, data_sheets
from wps_xl.intake.identity import RowIdentity, followed, names_apart, remembered, says, words_said
from wps_xl.model import Value
from wps_xl.records import Decision, text
from wps_xl.records.kinds import Gathered
from wps_xl.review.layout import office_fields
from wps_xl.review.moves import Moves, Rows, lines, lines_in_turn, rows_of, typed_over
from wps_xl.review.workbook import Review

ROW_GONE = "row not in this workbook"
IN_USE = "in use"


@dataclass(frozen=True)
class Decided:
    """What the office typed for one row, by heading, and what the row is known by.

    ``number`` is the row of the data sheet, 0 where it is in none. ``before`` are the lines of
    sheet Decisions about it, by heading.
    """

    sheet: str
    entity: str
    row_id: str
    line: RowIdentity
    entries: Mapping[str, Value]
    number: int = 0
    before: Mapping[str, Decision] = field(default_factory=dict)


@dataclass(frozen=True)
class Whereabouts:
    """Where a row is after a run: its row of the data sheet, 0 where it is held back."""

    number: int
    row_id: str
    line: RowIdentity


def row_id(sheet: FormSheet, classification: str, row: Gathered) -> str:
    """What numbers a row within its entity: its No., or the columns that do instead."""
    parts = row.by_code(sheet.row_key(classification)).values()
    return " / ".join(text(part) for part in parts if part is not None)


def named(review: Review, sheet: FormSheet, rows: Iterable[Gathered]) -> dict[int, str]:
    """The name of each row, unlike that of every other row of its entity."""
    by_entity: dict[str, list[tuple[int, str]]] = defaultdict(list)
    how = review.text("classification")
    for row in rows:
        by_entity[row.entity].append((row.at, row_id(sheet, how, row)))
    found: dict[int, str] = {}
    for pairs in by_entity.values():
        names = names_apart(name for _, name in pairs)
        found |= {number: name for (number, _), name in zip(pairs, names, strict=True)}
    return found


def current(review: Review) -> list[Decided]:
    """Every decision of the office: cells of the data sheets, and the register for rows not there.

    For a row that stands in a data sheet the cell is the truth, so that clearing it undoes the
    decision.
    """
    registered = _registered(review)
    found: list[Decided] = []
    rows = rows_of(review)
    for sheet in data_sheets(review.codebook):
        names = named(review, sheet, rows[sheet.name])
        known = dict(lines(review, sheet, rows, typed_over(review, sheet.name)))
        office = office_fields(sheet.name)
        for row in rows[sheet.name]:
            name = (sheet.name, row.entity, names[row.at])
            before = registered.pop((*name, IN_USE), [])
            typed = {entry.heading: row.raw(entry.column) for entry in office}
            entries = {heading: value for heading, value in typed.items() if value is not None}
            if entries:
                kept = {line.column: line for line in before}
                found.append(Decided(*name, known[row.at], entries, row.at, kept))
    return [*found, *_of_rows_gone(review, registered)]


_Registered = dict[tuple[str, str, str, str], list[Decision]]


def _registered(review: Review) -> _Registered:
    """The lines of sheet Decisions by sheet, entity, row id, and whether the row was there."""
    found: _Registered = defaultdict(list)
    for row in review.rows(Decision):
        # Answers to issues stand in the same register; see answers.
        if row.sheet and row.entity and row.row_id and row.column and not row.issue:
            state = ROW_GONE if row.state == ROW_GONE else IN_USE
            found[row.sheet, row.entity, row.row_id, state].append(row)
    return found


def _of_rows_gone(review: Review, registered: _Registered) -> Iterator[Decided]:
    sheets = {sheet.name: sheet for sheet in data_sheets(review.codebook)}
    for (name, entity, row, _), kept in registered.items():
        by_words: dict[str, dict[str, Decision]] = defaultdict(dict)
        for line in kept:
            by_words[line.row_says][line.column] = line
        for words, before in by_words.items():
            said = words_said(words)
            how = review.text("classification")
            known = (
                remembered(sheets[name], how, entity, row, said)
                if name in sheets
                else RowIdentity(entity, row, (), tuple(said))
            )
            entries = {heading: line.raw("decision") for heading, line in before.items()}
            yield Decided(name, entity, row, known, entries, 0, before)


@dataclass(frozen=True)
class Followed:
    """Where all rows went: ``rows`` by sheet and row before, ``decided`` by position."""

    rows: Mapping[str, Mapping[int, Whereabouts]]
    decided: Mapping[int, Whereabouts]

    @property
    def moves(self) -> Moves:
        """Row before to row after, of every row that is in the data sheet before and after."""
        return {
            sheet: {old: place.number for old, place in places.items() if place.number}
            for sheet, places in self.rows.items()
        }


def follow(review: Review, after: Review, waiting: Rows, made: Sequence[Decided]) -> Followed:
    """Where the rows of ``review`` went, and those decided about that it does not hold.

    ``waiting`` are the rows held back, with negative numbers, which may be what a row has become.
    """
    old = rows_of(review)
    new = {name: (*rows, *waiting.get(name, ())) for name, rows in rows_of(after).items()}
    found: dict[str, dict[int, Whereabouts]] = {}
    decided: dict[int, Whereabouts] = {}
    for sheet in data_sheets(review.codebook):
        there, names = dict(lines(after, sheet, new)), named(after, sheet, new[sheet.name])
        gone = {
            -at - 1: one.line
            for at, one in enumerate(made)
            if one.sheet == sheet.name and not one.number
        }
        went = followed(there, *lines_in_turn(review, sheet, old), gone)
        places = {
            one: Whereabouts(max(other, 0), names[other], there[other])
            for one, other in went.items()
        }
        found[sheet.name] = {one: place for one, place in places.items() if one > 0}
        decided |= {-one - 1: place for one, place in places.items() if one < 0}
    for at, one in enumerate(made):
        if one.number in found.get(one.sheet, {}):
            decided[at] = found[one.sheet][one.number]
    return Followed(found, decided)


def apply(
    sheet: FormSheet, rows: pd.DataFrame, made: Sequence[Decided], places: Mapping[int, Whereabouts]
) -> pd.DataFrame:
    """The rows of one data sheet with the office's columns filled from its decisions."""
    filled = rows.copy()
    for at, one in enumerate(made):
        place = places.get(at)
        if one.sheet == sheet.name and place is not None and place.number:
            for heading, value in one.entries.items():
                filled.at[place.number, heading] = value  # type: ignore[assignment]
    return filled


def register(
    review: Review, made: Sequence[Decided], places: Mapping[int, Whereabouts], today: dt.datetime
) -> list[dict[str, Value]]:
    """The rows of sheet Decisions; one whose row is gone is kept and says so."""
    forms = {sheet.name: sheet.form for sheet in data_sheets(review.codebook)}
    rows: list[Decision] = []
    for at, one in enumerate(made):
        place = places.get(at)
        line = place.line if place else one.line
        for heading, value in one.entries.items():
            before = one.before.get(heading) or review.new(Decision)
            same = before.raw("decision") == value
            rows.append(
                review.new(
                    Decision,
                    sheet=one.sheet,
                    entity=one.entity,
                    form=forms.get(one.sheet) or before.raw("form"),
                    row_id=place.row_id if place else one.row_id,
                    column=heading,
                    decision=value,
                    reason=before.raw("reason") if same else None,
                    initials=before.raw("initials") if same else None,
                    date=(before.raw("date") if same else None) or today,
                    state=IN_USE if place and place.number else ROW_GONE,
                    row_says=says(line.words) or None,
                )
            )
    sheets, rank = list(forms), review.codebook["entities"].rank

    def place_of(row: Decision) -> tuple[int, int, list[str]]:
        at = sheets.index(row.sheet) if row.sheet in sheets else len(sheets)
        texts = [row.row_id, row.column, row.state, row.row_says, row.decision]
        return at, rank(row.entity), texts

    return [row.by_heading() for row in sorted(rows, key=place_of)]
