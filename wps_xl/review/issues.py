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
from wps_xl.records import File
from wps_xl.review.answers import Given, Values, key_row, listed_keys
from wps_xl.review.earlier import unread
from wps_xl.review.issue_lines import IssueLine
from wps_xl.review.layout import plans
from wps_xl.review.rows_named import Remembered, names_sent, read_now
from wps_xl.review.workbook import Review, table

ANSWERED = "answered"
ORDER: Mapping[str, int] = {"error": 0, "warning": 1, "note": 2, ANSWERED: 3}
"""What a line of sheet Issues may be, the pressing first."""
OFFICE = ("our_answer", "value", "reason", "initials")


def issue_tables(
    review: Review, known: Given, intake: Intake, today: dt.datetime
) -> dict[str, pd.DataFrame]:
    """Sheets Issues and Issue keys after a run; lines about returns not in it are kept."""
    known = known.led_on(intake)
    before = {
        intake.renamed.get(key, key): row for row, keys in listed_keys(review) for key in keys
    }
    stands = unread(review, intake)
    # Of lines about returns that this run did not read, those of withdrawn ones go.
    kept = [(line, keys) for line, keys in listed_keys(review) if stands(line)]
    lines = [*kept, *_fresh(review, known, intake, before, today)]
    rank = review.codebook["entities"].rank
    lines.sort(key=lambda pair: (ORDER.get(pair[0].severity, len(ORDER)), rank(pair[0].entity)))
    layout = {plan.name: plan for plan in plans(review.codebook)}
    return {
        "Issues": table(layout["Issues"], [line for line, _ in lines]),
        "Issue keys": table(layout["Issue keys"], [key_row(line, keys) for line, keys in lines]),
        "Row words": table(
            layout["Row words"], _row_words(review, intake, [keys for _, keys in lines])
        ),
    }


def _fresh(
    review: Review,
    known: Given,
    intake: Intake,
    before: Mapping[Key, IssueLine],
    today: dt.datetime,
) -> Iterator[tuple[IssueLine, list[Key]]]:
    rows = names_sent(intake, review.codebook)
    for issue in intake.issues:
        keys = [key_of(issue, rows, number) for number in _rows_of(issue)]
        old = next((before[key] for key in keys if key in before), None)
        office = old.by_code(OFFICE) if old else {}
        answer = known.answers.get(keys[0])
        if answer is not None and issue.answer:
            # A suggestion is used without a value; one that was typed is not taken away.
            suggested = answer.choice == USE_SUGGESTION
            value = office.get("value") if suggested else answer.value
            columns = (answer.choice, value, answer.reason, answer.initials)
            office = dict(zip(OFFICE, columns, strict=True))
        since = (old and old.raw("since")) or today
        yield review.new(IssueLine, **_about(issue), since=since, **office), keys


def _row_words(review: Review, intake: Intake, lines: Sequence[Sequence[Key]]) -> Iterator[Values]:
    """What the rows of sheet Issues say: those read now, else what was remembered of them."""
    known = read_now(intake, review.codebook, {keys[0].owner for keys in lines})
    before = Remembered(review).words
    rows = dict.fromkeys(row_of(key) for keys in lines for key in keys if key.row_id)
    for row in rows:
        words = known.get(row) or before.get(row)
        if words:
            yield {
                "Owner": row.owner,
                "Form": row.form,
                "Sheet": row.sheet,
                "Row id": row.name,
                "Row says": words,
            }


def _about(issue: Issue) -> dict[str, Value]:
    answered = issue.severity == "note" and issue.answer in (*USES, ACCEPT)
    return {
        "severity": ANSWERED if answered else issue.severity,
        "entity": issue.entity or None,
        "form": issue.form or None,
        "book": issue.book,
        "sheet": issue.sheet or None,
        "cell": issue.cell,
        "heading": issue.heading or None,
        "found": issue.found or None,
        "message": issue.message,
        "suggestion": issue.suggestion or None,
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
    paths = {file.book: file.path for file in review.rows(File)}
    paths |= {book: seen_from(folder, file) for book, file in intake.files.items()}
    return [{"Book": book, "Path": paths[book]} for book in sorted(paths)]


def seen_from(folder: Path, file: Path) -> str:
    """The way from a folder to a file, with slashes; the whole path from another drive."""
    try:
        return as_words(Path(os.path.relpath(file.absolute(), folder.absolute())).as_posix())
    except ValueError:
        return as_words(file.absolute().as_posix())
