"""The verb ``demo``: forms, consolidation and draft of a whole cycle, on real rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from wps_xl.codebook import load
from wps_xl.desk.commands import Outcome, Progress
from wps_xl.desk.commands.consolidating import consolidate_lines, gather_into
from wps_xl.desk.commands.issuing import new_review
from wps_xl.desk.commands.reporting import draft_lines, draft_of, write_draft
from wps_xl.desk.commands.store import logged, now, with_rows
from wps_xl.desk.commands.updating import refuse_edited
from wps_xl.desk.hosts.files import FilesHost
from wps_xl.desk.hosts.locks import refuse_if_open
from wps_xl.errors import InputError
from wps_xl.intake.validation import validate
from wps_xl.nouns import counted
from wps_xl.places import made
from wps_xl.review.workbook import Review
from wps_xl.sample import Sample, load_sample
from wps_xl.sample.plan import Plan, load_plan
from wps_xl.sheets.forms.writer import Request, file_name, write_form
from wps_xl.sheets.untouched import is_untouched

RETURNS, WORKBOOK, DRAFT = "returns", "review.xlsx", "council_report.docx"
LATER = "_later"
VERB = "demo"


def demo(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """Make DIR/returns, DIR/review.xlsx and DIR/council_report.docx.

    With ``plan`` action plans and a later progress return are added; they are made up, and every
    sheet and the draft say so.
    """
    folder: Path = options.get("folder") or Path("demo")
    returns, workbook, draft = folder / RETURNS, folder / WORKBOOK, folder / DRAFT
    codebook = load()
    sample = load_sample(codebook)
    plan = load_plan(codebook, sample) if options.get("plan") else None
    rounds = _rounds(sample, plan, returns)
    _refuse_others([workbook, draft, *(path for found in rounds for path in found)], workbook)
    refuse_edited(draft)
    made(returns, "demonstration")
    refuse_if_open(workbook)
    steps = 2 * sum(map(len, rounds)) + 1
    done = 0
    for found in rounds:
        for path, request in found.items():
            write_form(request, path)
            done += 1
            progress(done, steps, f"Form of {request.entity}")
    host = FilesHost(backups=False)
    workbook.unlink(missing_ok=True)
    review = _first_state(new_review(codebook, sample.cycle), sample, plan)
    host.write(review, workbook, now())
    files: list[Path] = []
    for found in rounds:
        files += found
        intake = validate(files, codebook, review.cycle, lambda *_: None)
        result = gather_into(host, host.read(workbook), workbook, intake)
        done += len(found)
        progress(done, steps, WORKBOOK)
    counts = ", ".join(f"{intake.count(kind)} {kind}s" for kind in ("error", "warning", "note"))
    review = host.read(workbook)
    told = draft_of(review)
    printed = write_draft(host, review, workbook, draft, draft=told)
    progress(steps, steps, DRAFT)
    return Outcome(
        [
            f"{counted(len(files), 'return')} in {returns}.",
            *consolidate_lines(result, intake),
            f"{counts}: see sheet Issues.",
            *draft_lines(draft, printed, review, told),
            f"Look first at sheet Start of {workbook}, then at section III of {draft}.",
        ],
        faults=bool(intake.count("error")),
    )


def _rounds(sample: Sample, plan: Plan | None, folder: Path) -> Sequence[Mapping[Path, Request]]:
    """What comes in together: the returns of the cycle, then the later ones; each with its file."""
    first = [*sample.requests, *(plan.plans if plan else ())]
    rounds = [{folder / file_name(request): request for request in first}]
    if plan:
        later = ((Path(file_name(request)), request) for request in plan.updates)
        rounds.append({folder / f"{name.stem}{LATER}{name.suffix}": r for name, r in later})
    return rounds


def _first_state(review: Review, sample: Sample, plan: Plan | None) -> Review:
    """The workbook before anything came in: decisions, recommendations, folder, mark."""
    review = with_rows(review, "Decisions", list(sample.decisions))
    review = with_rows(review, "Recommendations", list(sample.recommendations))
    settings = {**review.settings, "returns_folder": RETURNS}
    if plan:
        settings["mark"] = plan.mark
    return logged(replace(review, settings=settings), VERB, "Made.", now())


def _refuse_others(files: Sequence[Path], workbook: Path) -> None:
    """InputError where a file that would be written over is not of an earlier demonstration."""
    standing = [path for path in files if path.exists()]
    if standing and not _is_demonstration(workbook):
        raise InputError(
            f"{standing[0]} is there, and not as the demonstration makes it. Name another folder "
            "for the demonstration."
        )


def _is_demonstration(workbook: Path) -> bool:
    """Whether the workbook is as an earlier demonstration left it."""
    if not is_untouched(workbook):
        return False
    try:
        lines = FilesHost().read(workbook).tables["Log"]["Command"].tolist()
    except InputError:
        return False
    return lines[:1] == [VERB] and lines.count("report") == 1 and lines[-1] == "report"
