"""The verbs ``validate`` and ``consolidate``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wps_xl.analysis.money import totals
from wps_xl.codebook import Codebook, Cycle, load
from wps_xl.desk.commands import Outcome, Progress
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
from wps_xl.errors import InputError
from wps_xl.intake.counted import Gathered
from wps_xl.intake.returns import BLANK_FORM, SET_ASIDE
from wps_xl.intake.side_by_side import Background
from wps_xl.intake.validation import LOCK_FILE, OTHER_FILE, Intake
from wps_xl.intake.validation import validate as check
from wps_xl.model import Issue, split_address
from wps_xl.notices import tell, was_written
from wps_xl.nouns import counted
from wps_xl.review import answers, before, earlier, earlier_plan, earlier_rows, register, signed
from wps_xl.review.consolidation import Consolidated
from wps_xl.review.consolidation import consolidate as merge
from wps_xl.review.issues import file_rows, issue_tables
from wps_xl.review.restored import lacks_keys, with_keys
from wps_xl.review.workbook import Review

if TYPE_CHECKING:
    from wps_xl.sheets.copies.writer import Copies

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
# What a review workbook of their own may make of returns that are faulty without one.
_OF_THE_WORKBOOK = ("other-cycle", "unknown-form", "unknown-entity", "cover-changed", "not-invited")


def validate(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """Check returns; with a workbook its lists and answers are used and its Issues written."""
    workbook: Path | None = options.get("workbook")
    host = host_of(options)
    review = None
    if workbook is not None:
        host.ready(workbook)
        review = host.read(workbook)
    paths = _paths(options["paths"], review, workbook)
    review, intake = _checked(paths, review, progress)
    lines = [summary_line(intake), *(_said(review, intake) if review else _unnamed(intake))]
    refused = 0
    if options.get("annotate"):
        copies = annotate(intake, options["annotate"])
        lines += copies.lines
        refused = copies.refused
    lines += table_lines(intake)
    if review is not None and workbook is not None:
        _record(host, review, workbook, intake)
    return Outcome(lines, bool(intake.count("error") or refused), validate_data(intake))


def consolidate(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """Check returns, gather their rows, rebuild the pivot sheets."""
    workbook: Path = options["workbook"]
    host = host_of(options)
    host.ready(workbook)
    review = host.read(workbook)
    paths = _paths(options["paths"], review, workbook)
    again = earlier.to_read_again(review, workbook.parent, paths)
    whole, intake = _checked([*paths, *again], review, progress)
    review = whole or review
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


def _checked(
    paths: Sequence[Path], review: Review | None, progress: Progress
) -> tuple[Review | None, Intake]:
    """The review whole, where somebody took its hidden sheets away, and the returns checked."""
    intake = _examine(paths, review, progress)
    for name in review.missing if review is not None else ():
        tell(MISSING[name])
    if review is None or not lacks_keys(review):
        return review, intake
    review, said = with_keys(review, intake, now())
    for sentence in said:
        tell(sentence)
    return review, _examine(paths, review, progress)


def _examine(paths: Sequence[Path], review: Review | None, progress: Progress) -> Intake:
    if review is not None:
        answered = answers.given(review).answers
        earlier_returns = before.gathered(review)
        gone = earlier.withdrawn(review)
        intake = check(
            paths,
            review.codebook,
            review.cycle,
            progress,
            answered,
            earlier_returns,
            gone,
            signed.known(review),
            earlier_plan.initiatives(review),
            Background(earlier_plan.filled_in(review), earlier_rows.known(review)),
        )
    else:
        codebook = load()
        intake = check(paths, codebook, _latest(codebook), progress)
    foreign = all(file.code in (OTHER_FILE, LOCK_FILE) for file in intake.unreadable)
    if not intake.returns and foreign:
        others = ", ".join(file.name for file in intake.unreadable)
        raise InputError(
            f"There is no workbook in {', '.join(map(str, paths))}"
            f"{f', only {others}' if others else ''}. "
            "Name the files that the entities sent, or the folder that holds them."
        )
    return intake


def _latest(codebook: Codebook) -> Cycle:
    cycles = [codebook.cycle(code) for code in codebook["cycles"]]
    return max(cycles, key=lambda cycle: cycle.review)


def _paths(given: Sequence[Path], review: Review | None, workbook: Path | None) -> Sequence[Path]:
    """The paths named, else the folder of returns on sheet Cycle."""
    if not given and review is not None and workbook is not None:
        folder = folder_of(review, workbook, "returns_folder")
        given = [folder] if folder else []
    if not given:
        raise InputError(
            "Name the returns, or the folder that holds them: wps-xl validate returns. "
            "With a review workbook its sheet Cycle may name the folder."
        )
    missing = [str(path) for path in given if not path.exists()]
    if missing:
        raise InputError(f"{', '.join(missing)} does not exist. Check the name and try again.")
    return given


def _record(host: Host, review: Review, workbook: Path, intake: Intake) -> None:
    """Write what a check found: Issues, the counts of the Register, what became of answers."""
    moment = now()
    known = answers.given(review)
    decided = [row for _, row in review.records("Decisions") if not row["Issue"]]
    decided += answers.decision_rows(review, known, intake, today(moment))
    updated = with_rows(review, "Files", file_rows(review, intake, workbook.parent))
    updated = with_rows(updated, "Register", register.update(review, intake))
    updated = with_rows(updated, signed.SHEET, list(signed.amount_rows(review, intake)))
    updated = with_rows(updated, "Decisions", decided)
    issues = issue_tables(review, known, intake, today(moment))
    updated = replace(updated, tables={**updated.tables, **issues})
    outcome = " ".join([summary_line(intake), *_said(review, intake)])
    host.write(logged(updated, "validate", outcome, moment), workbook, moment)


def _said(review: Review | None, intake: Intake) -> list[str]:
    """What became of the office's answers, for people and for the Log."""
    return answers.answer_lines(answers.given(review), intake) if review else []


def _unnamed(intake: Intake) -> list[str]:
    """What explains errors on the Cover where no review workbook says which cycle is meant."""
    if not any(issue.code in _OF_THE_WORKBOOK for issue in intake.issues):
        return []
    return [
        "No review workbook was named, so the returns were held against the lists and the last "
        "cycle that wps-xl knows. If they are of another cycle, name its workbook: "
        "wps-xl validate … --workbook REVIEW.xlsx."
    ]


def annotate(intake: Intake, folder: Path) -> Copies:
    """Write the correction copies and say where they are."""
    from wps_xl.sheets.copies.writer import write_copies

    copies = write_copies(intake, folder)
    was_written(copies.lines[0])
    return copies


def validate_data(intake: Intake) -> dict[str, object]:
    """The JSON of ``validate``."""
    return {
        "version": 1,
        "summary": {
            "returns": len(intake.returns),
            "rows": intake.rows_found,
            "errors": intake.count("error"),
            "warnings": intake.count("warning"),
            "notes": intake.count("note"),
            "not_run": list(intake.not_run),
        },
        "issues": [_issue_data(issue) for issue in intake.issues],
        "account": account_data(intake),
    }


def account_data(intake: Intake) -> list[dict[str, object]]:
    """What each file holds and what became of it: cells by fate, and what lies beside them."""
    read: list[dict[str, object]] = [
        {
            "book": item.book,
            "status": item.status or "counts",
            "cells": dict(item.account.cells),
            "beside": [
                {"kind": aside.kind, "sheet": aside.sheet, "cell": aside.cell, "fate": fate}
                for aside, fate in item.account.asides
            ],
        }
        for item in intake.returns
    ]
    for file in intake.unreadable:
        read.append({"book": file.name, "status": file.code})
    return read


def _issue_data(issue: Issue) -> dict[str, object]:
    names = ("code", "severity", "book", "entity", "form", "sheet", "cell", "row", "column")
    order = (*names, "heading", "found", "message", "suggestion")
    values = asdict(issue)
    if issue.cell and issue.row is None:
        values["row"] = split_address(issue.cell)[1]
    answered = {"answer": issue.answer} if issue.answer else {}
    return {
        **{name: values[name] for name in order},
        "count": issue.count,
        "also": list(issue.also),
        "para": issue.para,
        **answered,
    }


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
