"""From an intake to the next state of the review workbook (S/2007/567, paras. 43, 49)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from wps_xl.forms.definitions import FormSheet, data_sheets
from wps_xl.intake.counted import Gathered, gather
from wps_xl.intake.validation import Intake
from wps_xl.model import Value
from wps_xl.records import Origin
from wps_xl.review import answers, earlier, held, office_words, register, signed
from wps_xl.review.issues import issue_tables
from wps_xl.review.layout import BOOK, ENTITY, ROW, SHEET, plans
from wps_xl.review.workbook import Review, standard_letters, table


@dataclass(frozen=True)
class Consolidated:
    """The next state of the workbook, the rows behind it, and what was gathered in this run.

    ``said`` are sentences about rows of earlier runs, kept or not.
    """

    review: Review
    gathered: Gathered
    said: tuple[str, ...] = ()


def consolidate(review: Review, intake: Intake, today: dt.datetime) -> Consolidated:
    """Replace the rows of the returns that came in; keep all that the office typed."""
    gathered = gather(intake)
    renewed = {(item.entity, item.form) for item in intake.returns if not item.status}
    before = earlier.Earlier(review, renewed, earlier.withdrawn(review))
    layout = {plan.name: plan for plan in plans(review.codebook)}
    tables = dict(review.tables)
    for sheet in data_sheets(review.codebook):
        fresh = _rows(sheet, gathered.rows[sheet.name])
        kept = (row.by_heading() for row in before.rows(sheet))
        rows = _ordered(review, [*kept, *fresh])
        tables[sheet.name] = table(layout[sheet.name], rows)
    waiting = {
        sheet.name: review.gathered_from(
            sheet.name,
            ((-at, row) for at, row in enumerate(_rows(sheet, gathered.waiting[sheet.name]), 1)),
        )
        for sheet in data_sheets(review.codebook)
    }
    office = office_words.carry(review, replace(review, tables=tables), waiting, renewed, today)
    tables |= office.tables
    known = answers.given(review)
    tables |= issue_tables(review, known, intake, today)
    tables[held.SHEET] = table(
        layout[held.SHEET], held.held_table(review, intake, tables["Issues"])
    )
    tables["Register"] = table(layout["Register"], register.update(review, intake))
    tables[signed.SHEET] = table(layout[signed.SHEET], signed.amount_rows(review, intake))
    tables["Origins"] = table(layout["Origins"], _origins(review, intake))
    if any(not _same(review, tables, sheet.name) for sheet in data_sheets(review.codebook)):
        # The cells that the last draft rests on have moved; the next draft names them anew.
        tables["Sources"] = table(layout["Sources"], [])
    listed = [*office.register, *answers.decision_rows(review, known, intake, today)]
    tables["Decisions"] = table(layout["Decisions"], listed)
    letters = {name: standard_letters(plan) for name, plan in layout.items() if plan.fields}
    result = replace(review, tables=tables, letters=letters, moves=office.moves)
    return Consolidated(result, gathered, (*before.said(), *office.said))


def _rows(sheet: FormSheet, frame: pd.DataFrame) -> list[dict[str, Value]]:
    if frame.empty:
        return []
    origin = {"book": BOOK, "sheet": SHEET, "row": ROW, "entity": ENTITY}
    names = {code: column.heading for code, column in sheet.columns.items()} | origin
    columns = {names[code]: _values(frame[code]) for code in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _values(column: pd.Series) -> list[Value]:
    """Plain values of one column: None for blanks, whole numbers as int, dates as datetime."""
    plain: list[Value] = []
    for value in column.tolist():
        if value is None or value != value:
            plain.append(None)
        elif isinstance(value, pd.Timestamp):
            plain.append(value.to_pydatetime())
        elif isinstance(value, float) and value.is_integer():
            plain.append(int(value))
        else:
            plain.append(value)
    return plain


def _ordered(review: Review, rows: list[dict[str, Value]]) -> list[dict[str, Value]]:
    rank = review.codebook["entities"].rank

    def place(row: Mapping[str, Value]) -> tuple[int, str, int]:
        number = row[ROW]
        return (
            rank(str(row[ENTITY])),
            str(row[ENTITY]),
            int(number) if isinstance(number, int | float) else 0,
        )

    return sorted(rows, key=place)


def _same(review: Review, tables: Mapping[str, pd.DataFrame], sheet: str) -> bool:
    before, after = review.tables[sheet], tables[sheet]
    # As lists: a frame compares blanks as unlike, and asks each cell what it is.
    return _plain_table(before) == _plain_table(after)


def _plain_table(frame: pd.DataFrame) -> tuple[list[str], list[list[Value]]]:
    return frame.columns.tolist(), frame.to_numpy(dtype=object).tolist()


def _origins(review: Review, intake: Intake) -> list[dict[str, Value]]:
    """In which column of each return every heading stands, for addresses in the entity's file."""
    rows: dict[tuple[str, str], dict[str, Value]] = {
        (row.book, row.sheet): row.by_heading() for row in review.rows(Origin)
    }
    for item in intake.returns:
        for name, found in item.tables.items():
            sheet = next(s for s in data_sheets(review.codebook) if s.name == name)
            letters = "; ".join(
                f"{letter}={sheet.columns[code].heading}" for code, letter in found.letters.items()
            )
            rows[(item.book, found.sheet)] = {
                BOOK: item.book,
                SHEET: found.sheet,
                "Letters": letters,
            }
    return [rows[key] for key in sorted(rows, key=str)]
