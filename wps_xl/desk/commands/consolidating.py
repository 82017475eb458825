"""The verb ``consolidate``, and ``validate`` against a review workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from wps_xl.analysis.money import totals
from wps_xl.desk.commands import Outcome, Progress
from wps_xl.desk.commands.checking import account_data, examine, named, outcome_of
from wps_xl.desk.commands.comparing import compared, comparison_said
from wps_xl.desk.commands.store import (
    folder_of,
    host_of,
    logged,
    now,
    tell_lists,
    tell_slips,
    today,
    with_rows,
)
from wps_xl.desk.commands.terminal import held_words, summary_line, table_lines
from wps_xl.desk.hosts import Host
from wps_xl.intake.counted import Gathered
from wps_xl.intake.returns import BLANK_FORM, SET_ASIDE
from wps_xl.intake.side_by_side import Background
from wps_xl.intake.validation import LOCK_FILE, Intake
from wps_xl.model import Issue
from wps_xl.notices import tell
from wps_xl.nouns import counted
from wps_xl.records import Decision
from wps_xl.review import answers, before, earlier, earlier_plan, earlier_rows, register, signed
from wps_xl.review.consolidation import Consolidated
from wps_xl.review.consolidation import consolidate as merge
from wps_xl.review.issues import file_rows, issue_tables
from wps_xl.review.restored import lacks_keys, with_keys
from wps_xl.review.workbook import Review

# What the loss of a hidden sheet means.
MISSING = {
    "Written": (
        "The hidden sheet Written is gone, so this run cannot tell what you typed since the last "
        "one into cells that wps_xl fills: such words were written over. They are in the backup."
    ),
    "Origins": (
        "The hidden sheet Origins is gone; cells of returns that this run did not read cannot be "
        "traced until they are read again."
    ),
    "Sources": (
        "The sheet Sources is gone; figures of the last draft cannot be traced until the next one."
    ),
}


def validate(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """Check returns with the lists and answers of a workbook, and write its Issues."""
    workbook: Path = options["workbook"]
    host = host_of(options)
    host.ready(workbook)
    review = host.read(workbook)
    paths = _paths(options["paths"], review, workbook)
    whole, intake = _checked(paths, review, progress)
    outcome = outcome_of(intake, _said(whole, intake), options)
    _record(host, whole, workbook, intake)
    return outcome


def consolidate(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """Check returns, gather their rows, rebuild the pivot sheets."""
    workbook: Path = options["workbook"]
    host = host_of(options)
    host.ready(workbook)
    review = host.read(workbook)
    paths = _paths(options["paths"], review, workbook)
    again = earlier.to_read_again(review, workbook.parent, paths)
    review, intake = _checked([*paths, *again], review, progress)
    other: Path | None = options.get("compare")
    result = gather_into(host, review, workbook, intake, other)
    tell_slips(result.review)
    tell_lists(review)
    lines = [*consolidate_lines(result, intake), *comparison_said(result.review, other)]
    if again:
        names = ", ".join(path.name for path in again)
        lines.append(f"Read again, since rows of theirs were typed over: {names}.")
    lines += [*_said(review, intake), *table_lines(intake)]
    return Outcome(lines, bool(intake.count("error")), consolidate_data(result, intake))


def gather_into(
    host: Host, review: Review, workbook: Path, intake: Intake, other: Path | None = None
) -> Consolidated:
    """Write the next state of the workbook with a line in its Log."""
    moment = now()
    files = with_rows(review, "Files", file_rows(review, intake, workbook.parent))
    result = merge(files, intake, today(moment))
    result = replace(result, review=compared(host, result.review, other))
    gathered = result.gathered
    outcome = (
        f"{counted(len(intake.returns), 'return')} read; {counted(gathered.found, 'row')} found, "
        f"{gathered.accepted} accepted, {_held(gathered)}."
    )
    outcome = " ".join([outcome, *result.said, *_said(review, intake)])
    host.write(logged(result.review, "consolidate", outcome, moment), workbook, moment)
    return result


def _checked(paths: Sequence[Path], review: Review, progress: Progress) -> tuple[Review, Intake]:
    """The review whole, where somebody took its hidden sheets away, and the returns checked."""
    intake = _examine(paths, review, progress)
    for name in review.missing:
        tell(MISSING[name])
    if not lacks_keys(review):
        return review, intake
    review, said = with_keys(review, intake, now())
    for sentence in said:
        tell(sentence)
    return review, _examine(paths, review, progress)


def _examine(paths: Sequence[Path], review: Review, progress: Progress) -> Intake:
    return examine(
        paths,
        review.codebook,
        review.cycle,
        progress,
        answers.given(review).answers,
        before.gathered(review),
        earlier.withdrawn(review),
        signed.known(review),
        earlier_plan.initiatives(review),
        Background(earlier_plan.filled_in(review), earlier_rows.known(review)),
    )


def _paths(given: Sequence[Path], review: Review, workbook: Path) -> Sequence[Path]:
    """The paths named, else the folder of returns on sheet Cycle."""
    folder = None if given else folder_of(review, workbook, "returns_folder")
    return named([folder] if folder else given)


def _record(host: Host, review: Review, workbook: Path, intake: Intake) -> None:
    """Write what a check found: Issues, the counts of the Register, what became of answers."""
    moment = now()
    known = answers.given(review)
    decided = [row for row in review.rows(Decision) if not row.issue]
    answered = answers.decision_rows(review, known, intake, today(moment))
    updated = with_rows(review, "Files", file_rows(review, intake, workbook.parent))
    updated = with_rows(updated, "Register", register.update(review, intake))
    updated = with_rows(updated, signed.SHEET, list(signed.amount_rows(review, intake)))
    updated = with_rows(updated, "Decisions", [*decided, *answered])
    issues = issue_tables(review, known, intake, today(moment))
    updated = replace(updated, tables={**updated.tables, **issues})
    outcome = " ".join([summary_line(intake), *_said(review, intake)])
    host.write(logged(updated, "validate", outcome, moment), workbook, moment)


def _said(review: Review, intake: Intake) -> list[str]:
    """What became of the office's answers, for people and for the Log."""
    return answers.answer_lines(answers.given(review), intake)


def consolidate_data(result: Consolidated, intake: Intake) -> dict[str, object]:
    """The JSON of ``consolidate``."""
    gathered = result.gathered
    aside = [
        {"book": item.book, "reason": _reason(item.book, item.issues)}
        for item in intake.returns
        if item.status in (SET_ASIDE, BLANK_FORM)
    ]
    aside += [{"book": file.name, "reason": file.reason} for file in intake.unreadable]
    held = [
        {"book": row.book, "sheet": row.sheet, "row": row.row, "reason": row.reason}
        for row in gathered.held_back
    ]
    return {
        "version": 1,
        "returns": {"read": len(intake.returns), "set_aside": aside},
        "rows": {"found": gathered.found, "accepted": gathered.accepted, "held_back": held},
        "totals": totals(result.review),
        "account": account_data(intake),
    }


def _reason(book: str, issues: Sequence[Issue]) -> str:
    first = sorted(issues, key=lambda issue: issue.severity != "error")
    return next((issue.message for issue in first), book)


def _held(gathered: Gathered) -> str:
    return f"held back {held_words(row.reason for row in gathered.held_back)}"


def consolidate_lines(result: Consolidated, intake: Intake) -> list[str]:
    """What a person reads after a consolidation: the control first."""
    gathered = result.gathered
    money = totals(result.review)
    lines = [
        f"{counted(len(intake.returns), 'return')} read. Rows found {gathered.found} = accepted "
        f"{gathered.accepted} + {_held(gathered)}.",
        f"Amounts reported with activities: US dollars {money['amount_usd']:,.2f}.",
    ]
    lines += [
        file.reason if file.code == LOCK_FILE else f"Not used: {file.reason}"
        for file in intake.unreadable
    ]
    return [*lines, *result.said]
