"""The verb ``validate``.

What reads and writes review workbooks takes long to import; a check without one does without.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wps_xl.codebook import Codebook, Cycle, load
from wps_xl.desk.commands import Outcome, Progress
from wps_xl.desk.commands.terminal import summary_line, table_lines
from wps_xl.errors import InputError
from wps_xl.intake.validation import LOCK_FILE, OTHER_FILE, Intake
from wps_xl.intake.validation import validate as check
from wps_xl.model import Issue, split_address
from wps_xl.notices import was_written

if TYPE_CHECKING:
    from wps_xl.sheets.copies.writer import Copies

# What a review workbook of their own may make of returns that are faulty without one.
_OF_THE_WORKBOOK = ("other-cycle", "unknown-form", "unknown-entity", "cover-changed", "not-invited")


def validate(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """Check returns; with a workbook its lists and answers are used and its Issues written."""
    if options.get("workbook") is not None:
        from wps_xl.desk.commands.consolidating import validate as against

        return against(options, progress)
    paths, codebook = named(options["paths"]), load()
    intake = examine(paths, codebook, _latest(codebook), progress)
    return outcome_of(intake, _unnamed(intake), options)


def outcome_of(intake: Intake, said: Sequence[str], options: Mapping[str, Any]) -> Outcome:
    """What was found, for people and programs, after the correction copies were written."""
    lines = [summary_line(intake), *said]
    refused = 0
    if options.get("annotate"):
        copies = annotate(intake, options["annotate"])
        lines += copies.lines
        refused = copies.refused
    lines += table_lines(intake)
    return Outcome(lines, bool(intake.count("error") or refused), validate_data(intake))


def examine(
    paths: Sequence[Path], codebook: Codebook, cycle: Cycle, progress: Progress, *known: Any
) -> Intake:
    """The returns checked; ``known`` is what a workbook knows, as the check takes it.

    Raises
    ------
    InputError
        Where there is nothing but files of others.
    """
    intake = check(paths, codebook, cycle, progress, *known)
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


def named(given: Sequence[Path]) -> Sequence[Path]:
    """The paths, where there are some and they exist; else InputError."""
    if not given:
        raise InputError(
            "Name the returns, or the folder that holds them: wps-xl validate returns. "
            "With a review workbook its sheet Cycle may name the folder."
        )
    missing = [str(path) for path in given if not path.exists()]
    if missing:
        raise InputError(f"{', '.join(missing)} does not exist. Check the name and try again.")
    return given


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
