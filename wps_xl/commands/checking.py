"""The verbs ``validate`` and ``consolidate``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from wps_xl.analysis.consolidation import Consolidated, issue_rows
from wps_xl.analysis.consolidation import consolidate as merge
from wps_xl.analysis.review import Review
from wps_xl.codebook import Codebook, Cycle, load
from wps_xl.commands import Outcome, Progress
from wps_xl.commands.store import folder_of, logged, now, today, with_rows
from wps_xl.errors import InputError
from wps_xl.hosts import Host
from wps_xl.hosts.files import FilesHost, refuse_if_open
from wps_xl.intake.validation import Intake
from wps_xl.intake.validation import validate as check
from wps_xl.model import Issue

SHOWN = 20


def validate(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """Check returns; with a workbook its lists are used and its Issues and Log are written."""
    workbook: Path | None = options.get("workbook")
    host = FilesHost()
    review = None
    if workbook is not None:
        refuse_if_open(workbook)
        review = host.read(workbook)
    paths = _paths(options["paths"], review, workbook)
    intake = _examine(paths, review, progress)
    if review is not None and workbook is not None:
        _record(host, review, workbook, intake)
    return Outcome(validate_lines(intake), bool(intake.count("error")), validate_data(intake))


def consolidate(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """Check returns, gather their rows, rebuild the pivot sheets (contract 6)."""
    workbook: Path = options["workbook"]
    refuse_if_open(workbook)
    host: Host = FilesHost()
    review = host.read(workbook)
    paths = _paths(options["paths"], review, workbook)
    intake = _examine(paths, review, progress)
    result = gather_into(host, review, workbook, intake)
    lines = [*consolidate_lines(result, intake), *_problem_lines(intake.issues)]
    return Outcome(lines, bool(intake.count("error")), consolidate_data(result, intake))


def gather_into(host: Host, review: Review, workbook: Path, intake: Intake) -> Consolidated:
    """Write the next state of the workbook with a line in its Log."""
    moment = now()
    result = merge(review, intake, today(moment))
    gathered = result.gathered
    outcome = (
        f"{len(intake.returns)} returns read; {gathered.found} rows found, "
        f"{gathered.accepted} accepted, {len(gathered.held_back)} held back."
    )
    host.write(logged(result.review, "consolidate", outcome, moment), workbook, moment)
    return result


def _examine(paths: Sequence[Path], review: Review | None, progress: Progress) -> Intake:
    if review is not None:
        intake = check(paths, review.codebook, review.cycle, progress)
    else:
        codebook = load()
        intake = check(paths, codebook, _latest(codebook), progress)
    if not intake.returns and not intake.unreadable:
        raise InputError(
            f"There is no workbook in {', '.join(map(str, paths))}. "
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
    moment = now()
    rows = issue_rows(review, intake.issues, today(moment))
    outcome = f"{len(intake.returns)} returns read; {intake.count('error')} errors."
    updated = with_rows(review, "Issues", rows)
    host.write(logged(updated, "validate", outcome, moment), workbook, moment)


def validate_lines(intake: Intake) -> list[str]:
    """What a person reads after a check: the summary first, then the worst."""
    lines = [
        f"{len(intake.returns)} returns, {intake.rows_found} rows: {intake.count('error')} errors, "
        f"{intake.count('warning')} warnings, {intake.count('note')} notes."
    ]
    return [*lines, *_problem_lines(intake.issues)]


def _problem_lines(issues: Sequence[Issue]) -> list[str]:
    errors = [issue for issue in issues if issue.severity == "error"]
    lines = [f"{_about(issue)}{issue.message}" for issue in errors[:SHOWN]]
    if len(errors) > SHOWN:
        lines.append(f"… and {len(errors) - SHOWN} more; see sheet Issues, or use --json.")
    return lines


def _about(issue: Issue) -> str:
    return f"{issue.book}, " if not issue.message.startswith(issue.book) else ""


def validate_data(intake: Intake) -> dict[str, object]:
    """The JSON of ``validate`` (contract 4)."""
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
    }


def _issue_data(issue: Issue) -> dict[str, object]:
    names = ("code", "severity", "book", "entity", "form", "sheet", "cell", "row", "column")
    order = (*names, "heading", "found", "message", "suggestion")
    values = asdict(issue)
    return {
        **{name: values[name] for name in order},
        "count": issue.count,
        "also": list(issue.also),
        "para": issue.para,
    }


def consolidate_data(result: Consolidated, intake: Intake) -> dict[str, object]:
    """The JSON of ``consolidate`` (contract 6)."""
    gathered = result.gathered
    aside = [
        {"book": item.book, "reason": _reason(item.book, item.issues)}
        for item in intake.returns
        if item.status == "set-aside"
    ]
    aside += [{"book": file.path.name, "reason": file.reason} for file in intake.unreadable]
    held = [
        {"book": row.book, "sheet": row.sheet, "row": row.row, "reason": row.reason}
        for row in gathered.held_back
    ]
    return {
        "version": 1,
        "returns": {"read": len(intake.returns), "set_aside": aside},
        "rows": {"found": gathered.found, "accepted": gathered.accepted, "held_back": held},
        "totals": totals(result),
    }


def _reason(book: str, issues: Sequence[Issue]) -> str:
    return next((issue.message for issue in issues if issue.severity == "error"), book)


def totals(result: Consolidated) -> dict[str, float]:
    """The control totals over the workbook, in US dollars, to the cent."""
    return {
        "amount_usd": _sum(result.review, "Measures", "Amount (US dollars)"),
        "core_usd": _sum(result.review, "Resources", "Core (US dollars)"),
        "extrabudgetary_usd": _sum(result.review, "Resources", "Extrabudgetary (US dollars)"),
    }


def _sum(review: Review, sheet: str, heading: str) -> float:
    values = review.tables[sheet][heading].tolist()
    cents = sum(round(value * 100) for value in values if isinstance(value, int | float))
    return cents / 100


def consolidate_lines(result: Consolidated, intake: Intake) -> list[str]:
    """What a person reads after a consolidation: the control first."""
    gathered = result.gathered
    money = totals(result)
    lines = [
        f"{len(intake.returns)} returns read. Rows found {gathered.found} = accepted "
        f"{gathered.accepted} + held back {len(gathered.held_back)}.",
        f"Amounts reported with activities: US dollars {money['amount_usd']:,.2f}.",
    ]
    lines += [f"Not used: {file.reason}" for file in intake.unreadable]
    return lines
