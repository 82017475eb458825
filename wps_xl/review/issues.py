"""The rows of sheet Issues: what each says, since when, and what the office answered."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from wps_xl.intake.overlay import ACCEPT, USE_SUGGESTION, USES, Key, key_of, row_of
from wps_xl.intake.validation import Intake
from wps_xl.model import CellRef, Issue, Value
from wps_xl.model.text import as_words
from wps_xl.review.answers import Given, Row, key_row, keys_of, listed_keys
from wps_xl.review.earlier import unread
from wps_xl.review.layout import plans
from wps_xl.review.rows_named import ROW_WORDS, Remembered, names_sent, read_now
from wps_xl.review.workbook import Review, table

ANSWERED = "answered"
ORDER: Mapping[str, int] = {"error": 0, "warning": 1, "note": 2, ANSWERED: 3}
"""What a line of sheet Issues may be, the pressing first."""
_OFFICE = ("Our answer", "Value", "Reason", "Initials")


def issue_tables(
    review: Review, known: Given, intake: Intake, today: dt.datetime
) -> dict[str, pd.DataFrame]:
    """Sheets Issues and Issue keys after a run; lines about returns not in it are kept."""
    known = known.led_on(intake)
    before = {
        intake.renamed.get(key, key): row for row, keys in listed_keys(review) for key in keys
    }
    kept = list(_kept(review, intake))
    lines = [*kept, *_fresh(review, known, intake, before, today)]
    rank = {code: at for at, code in enumerate(review.codebook["entities"])}
    lines.sort(
        key=lambda line: (
            ORDER.get(str(line[0]["Severity"]), len(ORDER)),
            rank.get(str(line[0]["Entity"]), len(rank)),
        )
    )
    layout = {plan.name: plan for plan in plans(review.codebook)}
    return {
        "Issues": table(layout["Issues"], [row for row, _ in lines]),
        "Issue keys": table(layout["Issue keys"], [keys for _, keys in lines]),
        "Row words": table(layout["Row words"], _row_words(review, intake, [r for _, r in lines])),
    }


def _kept(review: Review, intake: Intake) -> Iterator[tuple[Row, Row]]:
    """Lines about returns that this run did not read, but for withdrawn ones."""
    stands = unread(review, intake)
    for row, keys in listed_keys(review):
        if stands(row):
            yield row, key_row(str(row["Book"]), _cell(row), str(row["Message"]), keys)


def _cell(row: Row) -> str | None:
    return str(row["Cell"]) if row["Cell"] else None


def _fresh(
    review: Review, known: Given, intake: Intake, before: Mapping[Key, Row], today: dt.datetime
) -> Iterator[tuple[Row, Row]]:
    rows = names_sent(intake, review.codebook)
    for issue in intake.issues:
        keys = [key_of(issue, rows, number) for number in _rows_of(issue)]
        old = next((before[key] for key in keys if key in before), {})
        row = {**_row(issue), "Since": old.get("Since") or today}
        row |= {column: old.get(column) for column in _OFFICE}
        answer = known.answers.get(keys[0])
        if answer is not None and issue.answer:
            # A suggestion is used without a value; one that was typed is not taken away.
            value = old.get("Value") if answer.choice == USE_SUGGESTION else answer.value
            columns = (answer.choice, value, answer.reason, answer.initials)
            row |= dict(zip(_OFFICE, columns, strict=True))
        yield row, key_row(issue.book, issue.cell, issue.message, keys)


def _row_words(review: Review, intake: Intake, lines: Sequence[Row]) -> Iterator[Row]:
    """What the rows of sheet Issues say: those read now, else what was remembered of them."""
    known = read_now(intake, review.codebook, {str(line["Owner"]) for line in lines})
    before = Remembered(review).words
    rows = dict.fromkeys(row_of(key) for line in lines for key in keys_of(line) if key.row_id)
    for row in rows:
        words = known.get(row) or before.get(row)
        if words:
            values = (row.owner, row.form, row.sheet, row.name, words)
            yield dict(zip(ROW_WORDS, values, strict=True))


def _row(issue: Issue) -> Row:
    answered = issue.severity == "note" and issue.answer in (*USES, ACCEPT)
    return {
        "Severity": ANSWERED if answered else issue.severity,
        "Entity": issue.entity or None,
        "Form": issue.form or None,
        "Book": issue.book,
        "Sheet": issue.sheet or None,
        "Cell": issue.cell,
        "Heading": issue.heading or None,
        "Found": issue.found or None,
        "Message": issue.message,
        "Suggestion": issue.suggestion or None,
    }


def _rows_of(issue: Issue) -> Sequence[int | None]:
    """The Excel rows of an issue and of the cells of the same cause in the same sheet."""
    others: list[int] = []
    for address in issue.also:
        try:
            cell = CellRef.parse(address)
        except ValueError:
            continue
        if not cell.book and cell.sheet == issue.sheet:
            others.append(cell.row)
    return list(dict.fromkeys([issue.row, *others]))


def file_rows(review: Review, intake: Intake, folder: Path) -> list[dict[str, Value]]:
    """The rows of sheet Files: where each return was read from, seen from the workbook's folder."""
    paths = {str(row["Book"]): row["Path"] for _, row in review.records("Files")}
    paths |= {book: seen_from(folder, file) for book, file in intake.files.items()}
    return [{"Book": book, "Path": paths[book]} for book in sorted(paths)]


def seen_from(folder: Path, file: Path) -> str:
    """The way from a folder to a file, with slashes; the whole path from another drive."""
    try:
        return as_words(Path(os.path.relpath(file.absolute(), folder.absolute())).as_posix())
    except ValueError:
        return as_words(file.absolute().as_posix())
